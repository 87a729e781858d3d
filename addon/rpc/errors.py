"""Every error that a client can get: a stable integer code, a `kind` for programs and a message for people.

Codes of JSON-RPC 2.0 itself are the specification's; -32099 to -32000 are for the gateway's state, and positive codes
for errors of actions. The docstring of a class is its message in the OpenRPC document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from ..text.plain import joined, plain


class Hint(NamedTuple):
    """What helps to correct a call."""

    suggestions: Sequence[str]
    """The names that were probably meant, the likeliest first."""
    text: str
    """Sentences to append to the message; each begins with a space."""


HintFor = Callable[[Mapping[str, Any]], Hint | None]
"""Returns the hint for an error with these data; None if there is none."""


class ActionError(Exception):
    """The action failed."""

    code: ClassVar[int]
    kind: ClassVar[str]
    example: ClassVar[Mapping[str, Any]] = {}
    """An example of the members of `data` besides the kind, for the OpenRPC document."""

    def __init__(self, message: str | None = None, *, in_plain_words: str | None = None, **data: Any) -> None:
        """`in_plain_words`: says the same as the message, if that is a text which does not help its reader."""
        super().__init__(message or self.summary())
        self.data: dict[str, Any] = {"kind": self.kind, **data}
        self._in_plain_words = in_plain_words
        self._hint = ""
        self._others: list[ActionError] = []

    @classmethod
    def summary(cls) -> str:
        return (cls.__doc__ or "").partition("\n")[0]

    @property
    def message(self) -> str:
        """The text for the caller: that of the error itself, made plain, with the hints that were added."""
        text = self._in_plain_words or plain(str(self))
        text = f'{text} ""' if str(self).endswith(": ") else text  # an empty name
        text = f"{_sentence(text)}{self._hint}" if self._hint else text
        return joined([text, *(other.message for other in self._others)])

    def also(self, other: ActionError) -> Self:
        """Add another fault of the same item to the message, and return this error."""
        self._others.append(other.without_traceback())
        return self

    def add_hints(self, hint_for: HintFor) -> None:
        """Add what helps to correct the call. Without this, `message` is the bare text."""
        if (hint := hint_for(self.data)) is not None:
            self._hint = hint.text
            if hint.suggestions:
                self.data["suggestions"] = list(hint.suggestions)
        for other in self._others:
            other.add_hints(hint_for)

    def without_traceback(self) -> Self:
        """This error, after `drop_frames`."""
        drop_frames(self)
        return self

    def to_object(self, *, bare: bool = False) -> dict[str, Any]:
        """The error object of JSON-RPC 2.0, section 5.1. `bare`: with the text of the error itself as the message."""
        return {"code": self.code, "message": str(self) if bare else self.message, "data": self.data}


def drop_frames(error: BaseException) -> None:
    """Remove cause, context and traceback of an error, and of those errors, too. Anki frees cycles of frames late.

    Since Python 3.12 there is a cycle also if a function with `contextmanager` raises another error than it receives:
    its frame belongs to the traceback of the error that it has received, and refers to the frame with that error.
    """
    left: list[BaseException | None] = [error]
    while left:
        if (each := left.pop()) is not None:
            left += each.__cause__, each.__context__
            each.__cause__ = each.__context__ = each.__traceback__ = None


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def every_error() -> list[type[ActionError]]:
    """All errors that have a code: those of the protocol and the gateway, then the others by code.

    Errors about Anki are included once the actions are loaded.
    """
    return sorted(_with_code(ActionError), key=lambda error: max(error.code, 0))


def _with_code(root: type[ActionError]) -> list[type[ActionError]]:
    found = [root] if "code" in vars(root) else []
    for child in root.__subclasses__():
        found += _with_code(child)
    return found


# --- JSON-RPC 2.0, section 5.1 ---


class ParseError(ActionError):
    """Parse error"""

    code, kind = -32700, "parse_error"


class InvalidRequest(ActionError):
    """Invalid Request"""

    code, kind = -32600, "invalid_request"


class MethodNotFound(ActionError):
    """Method not found"""

    code, kind = -32601, "method_not_found"
    example = {"method": "addNoet", "suggestions": ["addNote", "addNotes", "canAddNote"]}


class Problem(NamedTuple):
    """One error in the params: its path and a message."""

    path: str
    message: str
    about: Mapping[str, Any] | None = None
    """The data of the error that it would be alone, if a name is unknown; see `HintFor`."""


MOST_PROBLEMS = 1000
"""The most problems in the data of an error: every few bytes of params can be a problem."""
_MOST_SHOWN = 3
"""The most problems in the message of an error."""


class InvalidParams(ActionError):
    """Invalid params"""

    code, kind = -32602, "invalid_params"
    example = {"fields": {"note.deckName": ["Must be a string, not a number: write it in quotes."]}}

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self._set(problems)

    def _set(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        fields: dict[str, list[str]] = {}
        for problem in problems[:MOST_PROBLEMS]:
            fields.setdefault(problem.path, []).append(problem.message)
        self.data["fields"] = fields
        self.args = (f"{self.summary()}: {self._shown(1)}",)

    def _shown(self, most: int) -> str:
        return joined([f"{problem.path}: {problem.message}" for problem in self.problems[:most]])

    @property
    def message(self) -> str:
        more = len(self.problems) - _MOST_SHOWN
        return plain(f"{self.summary()}: {self._shown(_MOST_SHOWN)}{f' ... and {more} more' if more > 0 else ''}")

    def add_hints(self, hint_for: HintFor) -> None:
        hints = [None if problem.about is None else hint_for(problem.about) for problem in self.problems]
        self._set(
            [
                Problem(problem.path, f"{_sentence(problem.message)}{hint.text}") if hint else problem
                for problem, hint in zip(self.problems, hints, strict=True)
            ]
        )

    def move(self, old: str, new: str) -> None:
        """Replace the beginning of the path of each problem: the call has the object in another place."""
        self._set(
            [
                problem._replace(path=new + problem.path[len(old) :]) if problem.path.startswith(f"{old}.") else problem
                for problem in self.problems
            ]
        )


class InternalError(ActionError):
    """Internal error"""

    code, kind = -32603, "internal_error"


# --- the gateway's state ---


class Busy(ActionError):
    """The gateway is busy; the call was not started."""

    code, kind = -32001, "busy"


class StillRunning(ActionError):
    """The call was started and is still running; its outcome will not be reported."""

    code, kind = -32002, "still_running"


class KeyRequired(ActionError):
    """A valid API key must be provided."""

    code, kind = -32003, "key_required"


class PermissionDenied(ActionError):
    """The caller may not do this."""

    code, kind = -32004, "permission_denied"
    example = {"origin": "https://example.com", "scope": "write"}


class CollectionUnavailable(ActionError):
    """collection is not available"""

    code, kind = -32005, "collection_unavailable"


class GuiUnavailable(ActionError):
    """This action needs Anki's window, and the gateway runs without one."""

    code, kind = -32006, "gui_unavailable"


class AnkiTooOld(ActionError):
    """This version of Anki cannot do that; a newer one can."""

    code, kind = -32007, "anki_too_old"
    example = {"missing": "set_due_date"}


class OfExtension(Protocol):
    """An extension, as an error names it."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...


class ExtensionFailed(ActionError):
    """An extension has failed. The call is not at fault."""

    code, kind = -32010, "extension_failed"
    example = {"extension": "furigana"}

    @classmethod
    def of(cls, extension: OfExtension, what: str) -> Self:
        """Return the error of an extension. `what`: a verb phrase that says what the extension did."""
        return cls(
            f"The extension {extension.title} {what.removesuffix('.')}. Report this to the author of the extension.",
            extension=extension.name,
        )


class StaleSession(ActionError):
    """The profile or the collection is another one than when the session began; nothing was changed."""

    code, kind = -32009, "stale_session"
    example = {"session": "5e0c12ab7f3d9a41"}


class ResponseTooLarge(ActionError):
    """The response would be larger than allowed; `data.ran` says whether the call has run."""

    code, kind = -32008, "response_too_large"
    example = {"limit": 1073741824, "setting": "limits.responseMegabytes", "ran": True}


# --- what an action found ---


class NotFound(ActionError):
    """Something that the call names was not found."""

    code, kind = 105, "not_found"
    example = {"model": "Basic", "field": "Fornt", "suggestions": ["Front"]}


class AlreadyExists(ActionError):
    """Something of that name exists already."""

    code, kind = 204, "already_exists"
    example = {"model": "Basic"}


class Conflict(ActionError):
    """It was changed meanwhile; `data.mod` is the time of its last change."""

    code, kind = 205, "conflict"
    example = {"note": 1700000000001, "mod": 1700000000}


class Refused(ActionError):
    """Anki cannot do what the call asks for."""

    code, kind = 206, "refused"
    example = {"field": "pattern"}


class SomeFailed(ActionError):
    """Some items failed, so nothing was changed; `data.errors` lists the items and their errors."""

    code, kind = 207, "some_failed"
    example = {
        "errors": [
            {
                "code": 103,
                "message": "deck was not found: Italien. Did you mean Italian?",
                "data": {"kind": "deck_not_found", "deck": "Italien", "index": 1, "suggestions": ["Italian"]},
            }
        ]
    }


class FileProblem(ActionError):
    """A file could not be read or written."""

    code, kind = 302, "file_problem"
    example = {"field": "path"}

    def __init__(self, message: str, *, field: str = "path", **data: Any) -> None:
        """`field`: the param that the file comes from."""
        super().__init__(message, field=field, **data)


class DownloadFailed(ActionError):
    """The download failed."""

    code, kind = 303, "download_failed"
    example = {"url": "https://example.com/mela.mp3"}


class Cancelled(ActionError):
    """It was cancelled, in Anki's window or by cancelOperation."""

    code, kind = 506, "cancelled"
