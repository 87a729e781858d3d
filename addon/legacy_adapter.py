"""The protocol of AnkiConnect: `{action, version, params, key}` to JSON-RPC, and the response back.

Everything that exists only for old clients is in one of two files: here (fixed texts, shapes of replies, old names), or
in `schemas/tolerance.py` (the params that they may send, and the texts that refuse them). Without these two files the
gateway speaks only JSON-RPC. The texts are AnkiConnect's own, because clients compare them. All functions are pure.

An envelope is translated once, and its reply written once: `serve` reads the envelope, passes a JSON-RPC request to
`plan`, and returns a function that runs the call and returns the bytes of the reply.

An action may check whether its request is `tolerant` only if AnkiConnect's action has a different effect:

- Actions that write a note, or fill a window with one (`note/notes.py`, `note/updates.py`, `graphical/notes.py`), skip
  fields that the note type does not have, and fold names by Python's rules instead of Anki's. An error of a media file
  is written into the note's fields, and the file's name is written there unchanged. In the search for duplicates, a
  card in a filtered deck counts only for that deck. Most of this is in `note/drafts.py` and `media/files.py`.
- Anki's texts in the results of cardsInfo, guiCurrentCard and getCollectionStatsHTML keep their invisible marks
  (`card/cards.py`, `statistic/reviews.py`).
- getDecks and deckNameFromId use the deck Default instead of one that does not exist, and getDeckStats leaves out
  decks that do not exist, and an empty deck Default (`deck/decks.py`).
- Actions on a list of cards or notes skip ids that do not exist, and insertReviews accepts them (`card/cards.py`,
  `tag/tags.py`). A tag that does not exist is replaced in no note (`tag/tags.py`).
- setDeckConfigId skips filtered decks, and for one of these getDeckConfig returns the deck (`deck/options.py`).
- A broken regular expression in a search is an error only if Anki compares a note with it (`searching.py`).
- Notes for a filtered deck end up in the deck Default.
- Changes of note types let Anki change a taken name, and change an existing field or template instead of adding it. The
  removal of one that does not exist fails. updateModelTemplates skips unknown templates, and modelTemplateRename
  accepts a name of blanks (`model/models.py`, `model/fields.py`, `model/templates.py`).
- guiSelectCard and guiSelectNote select nothing if the browser does not list the card (`graphical/notes.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, Protocol

from .rpc.errors import (
    ActionError,
    CollectionUnavailable,
    InvalidParams,
    KeyRequired,
    MethodNotFound,
    ResponseTooLarge,
)

BANNER = b'{"apiVersion": "AnkiConnect v.6"}'
"""The reply to an empty body."""

DEFAULT_VERSION = 4
LAST_BARE_VERSION = 4
"""Up to this API version, a success is answered with the bare result; later versions get an envelope."""

_ADDON = "2055492159"
"""The name of AnkiConnect's folder, which occurs in one of Python's error texts."""


class Envelope(NamedTuple):
    """A request of the old protocol. The envelopes inside `multi` are not checked: their members can have any type."""

    action: Any
    version: Any = DEFAULT_VERSION
    params: Any = {}  # noqa: RUF012  (never changed)
    key: Any = None


class Reply(NamedTuple):
    """A reply before it is written: a bare result, or an envelope with exactly two members."""

    result: Any
    error: str | None = None
    bare: bool = False


class Refusal(Exception):
    """The request does not reach an action. The text is AnkiConnect's."""


class ParsedBody(Protocol):
    """A parsed body; see `rpc.codec.Document`."""

    @property
    def value(self) -> Any: ...
    @property
    def error(self) -> str | None:
        """Python's explanation of why the body does not parse, or None."""

    @property
    def is_empty(self) -> bool: ...


Response = Mapping[str, Any]
Run = Callable[[], Response]


def serve(
    document: ParsedBody,
    plan: Callable[[dict[str, Any]], Run],
    encode: Callable[..., bytes],
    *,
    fits: Callable[[int], None],
    is_long: bool,
) -> Callable[[], bytes]:
    """Read an envelope and plan its call. Return a function that runs the call and returns the bytes of the reply.

    - `plan`: checks a JSON-RPC request object, and returns a function that runs it.
    - `encode`: returns its arguments together, bytes as they are and values as JSON.
    - `fits`: raises ResponseTooLarge if a reply has too many bytes.
    - `is_long`: the document is too long to be repeated in an error text.

    Errors become replies; nothing is raised.
    """

    def write(reply: Reply) -> bytes:
        body = _to_bytes(reply, encode)
        try:
            fits(len(body))
        except ResponseTooLarge as error:
            return _to_bytes(_refuse(error.message), encode)
        return body

    def answer() -> bytes:
        try:
            return write(_reply_to(envelope, run()))
        except (Refusal, RecursionError) as error:
            return write(_refuse(_error_text(error)))

    if document.is_empty:
        return lambda: BANNER
    try:
        if document.error is not None:
            raise Refusal(document.error)
        envelope = _read(document.value, _type_only if is_long else repr)
        run = plan(_request(envelope))
    except (Refusal, RecursionError) as error:
        words = _error_text(error)
        return lambda: write(_refuse(words))
    return answer


def refusal(error: ActionError, encode: Callable[..., bytes]) -> bytes:
    """Return the reply to a body that was refused before it was read."""
    return _to_bytes(_reply(Envelope(""), None, error.to_object()), encode)


def _error_text(error: Exception) -> str:
    return "maximum recursion depth exceeded" if isinstance(error, RecursionError) else str(error)


# --- in ---


def _read(document: Any, shown: Callable[[Any], str]) -> Envelope:
    """Check a parsed body as AnkiConnect's request schema does, and return the envelope.

    Raises Refusal; its text contains the wrong value as `shown` formats it.
    """
    if not isinstance(document, dict):
        raise Refusal(f"{shown(document)} is not of type 'object'")
    if "action" not in document:
        raise Refusal("'action' is a required property")
    envelope = _envelope(document)
    if not isinstance(envelope.action, str):
        raise Refusal(f"{shown(envelope.action)} is not of type 'string'")
    if not envelope.action:
        raise Refusal("'' should be non-empty")
    if not _is_whole(envelope.version):
        raise Refusal(f"{shown(envelope.version)} is not of type 'integer'")
    if not isinstance(envelope.params, dict):
        raise Refusal(f"{shown(envelope.params)} is not of type 'object'")
    return envelope


def is_meant(body: bytes) -> bool:
    """Whether a body that does not parse was meant to be an envelope: some clients do not escape their texts."""
    return b'"action"' in body and b'"jsonrpc"' not in body


def _type_only(value: Any) -> str:
    """Format a value that is too long to be repeated: its type only."""
    return f"'{type(value).__name__}' object"


def _request(envelope: Envelope) -> dict[str, Any]:
    """Return the JSON-RPC request for an envelope."""
    method, params = _call(envelope)
    return {"jsonrpc": "2.0", "id": 0, "method": method, "params": params}


def _envelope(member: Mapping[str, Any]) -> Envelope:
    return Envelope(
        member.get("action", ""),
        member.get("version", DEFAULT_VERSION),
        member.get("params", {}),
        member.get("key"),
    )


def _is_whole(value: Any) -> bool:
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def _call(envelope: Envelope) -> tuple[str, dict[str, Any]]:
    """Return the JSON-RPC method and params for an envelope."""
    action, params = envelope.action, envelope.params
    if not isinstance(action, str) or action.startswith("rpc."):  # JSON-RPC reserves these names
        return "", {}
    if not isinstance(params, dict):
        return action, _NO_MAPPING
    if (successor := _SUCCESSORS.get(action)) and _is_at_most(envelope.version, successor.version):
        action, params = successor.action, successor.params(params)
    if action == "findCards" and any(params.get(name) is not None for name in _DETAILS):
        action, params = "cardsDetails", params if params.get("query") is not None else {"cards": [], **params}
    adapt = _PARAMS.get(action)
    return action, adapt(params) if adapt else params


def _method(envelope: Envelope) -> str:
    """Return the JSON-RPC method for an envelope, whose action may have a former name."""
    return _call(envelope._replace(params={}))[0]


_NO_MAPPING = {"": None}
"""Params that every action rejects. The key and the action's name are checked before them, as in AnkiConnect."""


def _is_at_most(version: Any, last: int) -> bool:
    return isinstance(version, int | float) and version <= last


# --- former names of actions: each works up to the last API version that had it ---


class _Successor(NamedTuple):
    version: int
    """The last API version that had the name."""
    action: str
    params: Callable[[dict[str, Any]], dict[str, Any]] = dict


def _only(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda params: {name: params[name] for name in names if name in params}


_SUCCESSORS = {
    "features": _Successor(1, "apiReflect", lambda _: {"scopes": ["actions"]}),
    "browseNote": _Successor(1, "guiBrowse", lambda params: {"query": f"nid:{params.get('note')}"}),
    "getNextCard": _Successor(4, "guiCurrentCard"),
    "guiGetNextCard": _Successor(4, "guiCurrentCard"),
    "answerCard": _Successor(4, "guiAnswerCard", _only("ease")),
    "checkState": _Successor(4, "guiReviewActive"),
    "guiReview": _Successor(4, "guiDeckReview"),
    "showQuestion": _Successor(4, "guiShowQuestion"),
    "showAnswer": _Successor(4, "guiShowAnswer"),
    "browse": _Successor(4, "findCards"),
    "isSuspended": _Successor(4, "suspended"),
}


# --- actions whose params or results differ between the protocols ---


def _without_permission(params: dict[str, Any]) -> dict[str, Any]:
    """Drop params by which a client could grant itself permission. AnkiConnect overwrites them."""
    return {name: value for name, value in params.items() if name not in _PERMISSION}


_PERMISSION = ("origin", "allowed")


def _untagged(params: dict[str, Any]) -> dict[str, Any]:
    """Add empty tags if updateNoteModel names none: AnkiConnect clears the tags of the note then."""
    note = params.get("note")
    return {**params, "note": {"tags": [], **note}} if isinstance(note, dict) else params


def _with(params: dict[str, Any], **ours: Any) -> dict[str, Any]:
    """Add params that AnkiConnect does not have. If a client sends one of these itself, it is rejected as unknown."""
    return _NO_MAPPING if _OURS & params.keys() else {**params, **ours}


_OURS = {"onError", "wait", "full", "waitForMedia"}


def _cards_too_first(params: dict[str, Any]) -> dict[str, Any]:
    """Drop the decks unless `cardsToo` is set: AnkiConnect checks `cardsToo` before the decks."""
    return params if params.get("cardsToo") or "decks" not in params else {**params, "decks": []}


_DETAILS = ("fields", "noteFields")
"""If one of these params is set, a fork's findCards returns the same details as its cardsDetails."""


_CARD_VALUES = (
    *("cardId", "fields", "fieldOrder", "question", "answer", "modelName", "ord", "deckName", "css", "factor"),
    *("interval", "note", "type", "queue", "due", "reps", "lapses", "left", "mod", "nextReviews", "flags"),
)


def _only_card_values(params: dict[str, Any]) -> dict[str, Any]:
    """Request the members of a card that AnkiConnect returns, and no more."""
    return params if params.get("fields") is not None else {**params, "fields": [*_CARD_VALUES]}


def _inner_calls(params: dict[str, Any]) -> dict[str, Any]:
    members = params.get("actions")
    if not isinstance(members, list):
        return params
    calls = []
    for envelope in _inner(members):
        method, inner_params = _call(envelope)
        if method == "requestPermission" and _missing_permission(envelope):
            inner_params = _NO_MAPPING
        calls.append({"action": method, "params": inner_params, "key": envelope.key})
    return {**params, "actions": calls}


def _inner(members: Sequence[Any]) -> list[Envelope]:
    """Return the envelopes of a `multi` up to the first member that is no object: AnkiConnect stops there."""
    envelopes = []
    for member in members:
        if not isinstance(member, dict):
            break
        envelopes.append(_envelope(member))
    return envelopes


def _missing_permission(envelope: Envelope) -> list[str]:
    """Return the missing params of requestPermission. AnkiConnect adds them at top level, but not inside `multi`."""
    params = envelope.params if isinstance(envelope.params, dict) else {}
    return [name for name in _PERMISSION if name not in params]


_PARAMS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "requestPermission": _without_permission,
    "apiReflect": lambda params: {"scopes": None, **params},
    "deleteDecks": _cards_too_first,
    "multi": _inner_calls,
    "addNotes": lambda params: _with(params, onError="abort"),
    "updateNoteModel": _untagged,
    "guiCheckDatabase": lambda params: _with(params, wait=False),
    "cardsInfo": _only_card_values,
    "sync": _with,
}


def _inner_replies(envelope: Envelope, results: list[dict[str, Any]]) -> list[Any]:
    members = envelope.params["actions"]
    envelopes = _inner(members)
    replies = [
        _plain(_reply(inner, outcome["result"], outcome["error"]))
        for inner, outcome in zip(envelopes, results, strict=True)
    ]
    if len(envelopes) < len(members):
        kind = type(members[len(envelopes)]).__name__
        raise Refusal(f"'{kind}' object has no attribute 'get'")
    return replies


def _all_have_reviews(_: Envelope, values: list[Any]) -> list[Any]:
    """Refuse null as AnkiConnect does, which takes the last element of an empty list of reviews."""
    if None in values:
        raise Refusal("list index out of range")
    return values


def _intervals(envelope: Envelope, values: list[Any]) -> list[Any]:
    if envelope.params.get("complete"):
        return [[] if value is None else value for value in values]
    return _all_have_reviews(envelope, values)


def _unless_dry_run(fold: Callable[[Any], Any]) -> Callable[[Envelope, Any], Any]:
    """A function that changes what a deletion returns, but not the report of a dry run."""
    return lambda _, deleted: deleted if isinstance(deleted, dict) else fold(deleted)


_RESULTS: dict[str, Callable[[Envelope, Any], Any]] = {
    "areDue": _all_have_reviews,
    "getIntervals": _intervals,
    "getReviewsOfCards": lambda _, cards: {card: reviews or [] for card, reviews in cards.items()},
    "multi": _inner_replies,
    "addNotes": lambda _, added: [note["id"] for note in added],
    "createDeck": lambda _, deck: deck["deckId"],
    **dict.fromkeys(
        ("changeDeck", "modelFieldAdd", "modelFieldRename", "modelTemplateAdd", "modelTemplateRename"),
        lambda _, name: None,
    ),
    **dict.fromkeys(
        ("deleteDecks", "deleteMediaFile", "deleteNotes", "modelFieldRemove", "modelTemplateRemove", "removeTags"),
        _unless_dry_run(lambda deleted: None),
    ),
    "removeDeckConfigId": _unless_dry_run(lambda name: name is not None),
    "guiCheckDatabase": lambda _, check: True,
    "guiUndo": lambda _, undone: True,
    "sync": lambda _, outcome: None,
}


def needs_value(method: str) -> bool:
    """Whether the result of a method must be a value, and not encoded JSON, because the old protocol changes it."""
    return method in _RESULTS


def _value_not_set(envelope: Envelope, error: Mapping[str, Any]) -> Any:
    """Return a failure as a result, as AnkiConnect does: `false` for refused params, else `[[false, text]]`."""
    text = _text(envelope, error)
    problems = error.get("data", {}).get("problems", ())
    if (error["code"] < 0 and not problems) or any(_problem_kind(problem) != "invalid" for problem in problems):
        raise Refusal(text)
    return False if any(_legacy_message(problem) is None for problem in problems) else [[False, text]]


def _window_closed(envelope: Envelope, error: Mapping[str, Any]) -> dict[str, Any]:
    if _kind(error) != "window_closed":
        raise Refusal(_text(envelope, error))
    return {"error": error["message"], "code": 1}


def _shown_to_the_user(envelope: Envelope, error: Mapping[str, Any]) -> None:
    """Succeed although the file cannot be imported: AnkiConnect shows the error only to the user."""
    if _kind(error) != "file_problem":
        raise Refusal(_text(envelope, error))


_FAILURES: dict[str, Callable[[Envelope, Mapping[str, Any]], Any]] = {
    "guiAddNoteSetData": _window_closed,
    "guiImportFile": _shown_to_the_user,
    "setSpecificValueOfCard": _value_not_set,
}
"""Actions whose failures AnkiConnect answers as successes, if the result depends on the call."""

_VALUES: dict[tuple[str, str], Any] = {
    ("cardReviews", "deck_not_found"): [],
    ("cloneDeckConfigId", "not_found"): False,
    ("exportPackage", "deck_not_found"): False,
    ("getDeckConfig", "deck_not_found"): False,
    ("getLatestReviewID", "deck_not_found"): 0,
    ("guiAnswerCard", "refused"): False,
    ("guiAnswerCard", "review_inactive"): False,
    ("guiDeckOverview", "deck_not_found"): False,
    ("guiDeckReview", "deck_not_found"): False,
    ("guiPlayAudio", "review_inactive"): False,
    ("guiSelectCard", "window_closed"): False,
    ("guiSelectNote", "window_closed"): False,
    ("guiShowAnswer", "review_inactive"): False,
    ("guiShowQuestion", "review_inactive"): False,
    ("guiStartCardTimer", "review_inactive"): False,
    ("loadProfile", "not_found"): False,
    ("retrieveMediaFile", "not_found"): False,
    ("saveDeckConfig", "not_found"): False,
    ("saveDeckConfig", "refused"): False,
    ("setDeckConfigId", "deck_not_found"): False,
    ("setDeckConfigId", "not_found"): False,
}
"""What AnkiConnect answers if a method fails with an error of this kind."""


# --- out ---


def _reply_to(envelope: Envelope, response: Response) -> Reply:
    """Return the reply to an envelope, given the JSON-RPC response."""
    return _reply(envelope, response.get("result"), response.get("error"))


def _refuse(text: str) -> Reply:
    """Return an error reply. Refused requests get an envelope at every API version."""
    return Reply(None, text)


def _to_bytes(reply: Reply, encode: Callable[..., bytes]) -> bytes:
    """Write a reply, with spaces between the members of an envelope: some scripts search for exactly this text."""
    if reply.bare:
        return encode(reply.result)
    return encode(b'{"result": ', reply.result, b', "error": ', reply.error, b"}")


def _plain(reply: Reply) -> Any:
    return reply.result if reply.bare else {"result": reply.result, "error": reply.error}


def _reply(envelope: Envelope, result: Any, error: Mapping[str, Any] | None) -> Reply:
    try:
        if error is not None:
            result = _in_place_of(envelope, error)
        elif fold := _RESULTS.get(envelope.action):
            result = fold(envelope, result)
        if not isinstance(envelope.version, int | float):
            kind = type(envelope.version).__name__
            raise Refusal(f"'<=' not supported between instances of '{kind}' and 'int'")
    except Refusal as refusal:
        return _refuse(str(refusal))
    return Reply(result, bare=envelope.version <= LAST_BARE_VERSION)


def _in_place_of(envelope: Envelope, error: Mapping[str, Any]) -> Any:
    """Return what AnkiConnect answers in place of an error. Raises Refusal if it is an error there, too."""
    method = _method(envelope)
    if (failure := (method, _kind(error))) in _VALUES:
        return _VALUES[failure]
    if excuse := _FAILURES.get(method):
        return excuse(envelope, error)
    raise Refusal(_text(envelope, error))


_ID_USED = (
    'DbError { info: "SqliteFailure(Error { code: ConstraintViolation, extended_code: 1555 }, '
    'Some(\\"UNIQUE constraint failed: revlog.id\\"))", kind: Other }'
)
_NO_SUCH_NOTE = (
    "Your database appears to be in an inconsistent state. Please use the Check Database action. "
    "No such note: '%(note)s'"
)
_TEXTS: dict[tuple[str, str], str] = {
    ("getDeckDescription", "deck_not_found"): "Deck not found: %(deck)s",
    ("guiAddNoteSetData", "deck_not_found"): 'Deck "%(deck)s" not found',
    ("guiAddNoteSetData", "model_not_found"): 'Model "%(model)s" not found',
    ("guiAddNoteSetData", "not_found"): 'Field "%(field)s" not found in current note',
    ("guiEditNote", "note_not_found"): _NO_SUCH_NOTE,
    ("insertReviews", "already_exists"): _ID_USED,
    ("setDeckDescription", "deck_not_found"): "Deck not found: %(deck)s",
    ("sync", "not_logged_in"): "sync: auth not configured",
    ("updateNoteModel", "model_not_found"): "Model '%(model)s' not found",
}
"""Error texts of single actions that come from inside Anki or Python, as templates for the data of the error."""


_FIXED = {
    CollectionUnavailable.code: "collection is not available",
    KeyRequired.code: "valid api key must be provided",
    MethodNotFound.code: "unsupported action",
}
"""Texts of errors, whatever the reason was."""


def _text(envelope: Envelope, error: Mapping[str, Any]) -> str:
    """Return AnkiConnect's text for an error object."""
    code, kind, data = error["code"], _kind(error), error.get("data", {})
    if code in _FIXED:
        return _FIXED[code]
    if text := _TEXTS.get((envelope.action, kind)):
        with suppress(KeyError):  # Anki's own errors have no such data
            return str(text % data)
    if kind == "full_sync_required":
        return _full_sync_text(*data["ways"])
    if kind == "some_failed":
        return str([item["message"] for item in data["errors"]])
    text = _params_text(envelope, data.get("problems", ())) if code == InvalidParams.code else None
    return text or str(error["message"])  # never empty, as many clients test only the truth of `error`


def _kind(error: Mapping[str, Any]) -> str:
    return str(error.get("data", {}).get("kind"))


def _full_sync_text(way: str, *more: str) -> str:
    status = 2 if more else {"download": 3, "upload": 4}[way]
    return (
        f"Sync status {status} not one of [0, 1] - see SyncCollectionResponse.ChangesRequired for list of sync "
        "statuses: https://github.com/ankitects/anki/blob/e41c4573d789afe8b020fab5d9d1eede50c3fa3d/"
        "proto/anki/sync.proto#L57-L65"
    )


def _params_text(envelope: Envelope, problems: Sequence[Any]) -> str | None:
    """Return Python's error text for a call with wrong arguments, checked in Python's order; None if it has none."""
    function = f"AnkiConnect.{_method(envelope)}()"
    if not isinstance(envelope.params, dict):
        kind = type(envelope.params).__name__
        return f"{_ADDON}.{function} argument after ** must be a mapping, not {kind}"
    if "_" in envelope.action:  # an action of an extension, which AnkiConnect does not have
        return None
    unknown = {problem.path for problem in problems if _problem_kind(problem) == "unknown"} | _OURS
    for name in envelope.params:
        if name == "self":
            return f"{function} got multiple values for argument 'self'"
        if name in unknown:
            return f"{function} got an unexpected keyword argument '{name}'"
    missing = [problem.path for problem in problems if _problem_kind(problem) == "missing" and "." not in problem.path]
    if envelope.action == "requestPermission":
        missing = _missing_permission(envelope)
    if missing:
        return f"{function} {_missing(missing)}"
    return next((said for problem in problems if (said := _legacy_message(problem)) is not None), None)


def _problem_kind(problem: Any) -> str:
    """Return the sort of a problem, as the tolerant schema has set it: `missing`, `unknown` or `invalid`."""
    return getattr(problem.message, "sort", "invalid")


def _legacy_message(problem: Any) -> str | None:
    """Return AnkiConnect's text for a problem, if the tolerant schema has one."""
    return getattr(problem.message, "words", None)


def _missing(names: Sequence[str]) -> str:
    quoted = [repr(name) for name in names]
    if len(quoted) == 1:
        return f"missing 1 required positional argument: {quoted[0]}"
    words = " and ".join(quoted) if len(quoted) == 2 else f"{', '.join(quoted[:-1])}, and {quoted[-1]}"
    return f"missing {len(quoted)} required positional arguments: {words}"
