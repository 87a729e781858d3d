"""Errors about Anki's things (notes, decks, searches, syncs, windows), and the translation of Anki's own errors."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import anki.collection  # before any other part of Anki, which imports in circles
from anki import errors as anki_errors
from anki.buildinfo import version
from anki.dbproxy import DBProxy

from ..files.consent import explained
from ..rpc.errors import (
    ActionError,
    AnkiTooOld,
    Busy,
    Cancelled,
    CollectionUnavailable,
    FileProblem,
    NotFound,
    Refused,
)
from ..text.folders import replace_path, spelling, without_home
from .system_errors import reason_of, words_of

if TYPE_CHECKING:
    from anki.collection import Collection


class NoteNotFound(ActionError):
    """The note was not found."""

    code, kind = 101, "note_not_found"
    example = {"note": 1700000000009}


class CardNotFound(ActionError):
    """The card was not found."""

    code, kind = 102, "card_not_found"
    example = {"card": 1700000001009}


class DeckNotFound(ActionError):
    """The deck was not found."""

    code, kind = 103, "deck_not_found"
    example = {"deck": "Italien", "suggestions": ["Italian"]}


class ModelNotFound(ActionError):
    """The note type was not found."""

    code, kind = 104, "model_not_found"
    example = {"model": "Basik", "suggestions": ["Basic"]}


class Duplicate(ActionError):
    """The note is a duplicate; `data.notes` has the ids of up to 100 equal notes, without those of the same call."""

    code, kind = 201, "duplicate"
    example = {"notes": [1700000000001]}


class EmptyNote(ActionError):
    """The note's first field is empty."""

    code, kind = 202, "empty_note"


class ClozeProblem(ActionError):
    """The note's cloze deletions do not fit its note type."""

    code, kind = 203, "cloze_problem"
    example = {"reason": "there is no cloze deletion"}


class InvalidSearch(ActionError):
    """The search text is malformed."""

    code, kind = 301, "invalid_search"


class ReviewInactive(ActionError):
    """No review is running."""

    code, kind = 401, "review_inactive"


class WindowClosed(ActionError):
    """The window that the action works on is not open."""

    code, kind = 402, "window_closed"


class NotLoggedIn(ActionError):
    """No account is set up for syncing."""

    code, kind = 501, "not_logged_in"


class LoginRefused(ActionError):
    """The sync server refused the login."""

    code, kind = 502, "login_refused"


class Offline(ActionError):
    """The server cannot be reached."""

    code, kind = 503, "offline"


class FullSyncRequired(ActionError):
    """A full sync is needed, which replaces one side by the other; `data.ways` lists the possible ways."""

    code, kind = 504, "full_sync_required"
    example = {"ways": ["upload", "download"]}


class SyncFailed(ActionError):
    """The sync failed."""

    code, kind = 505, "sync_failed"


class AnkiError(ActionError):
    """Anki reported an error."""

    code, kind = 901, "anki_error"


class StorageFailed(ActionError):
    """The disk is full, cannot be written to, or fails."""

    code, kind = 902, "storage_failed"
    example = {"reason": "full"}


class SchedulerOutdated(ActionError):
    """The collection uses a scheduler that Anki no longer supports."""

    code, kind = 903, "scheduler_outdated"

    def __init__(self) -> None:
        """Replace Anki's own message, which refers to a link in its window."""
        super().__init__(
            f"{self.summary()} Upgrade it: in Anki, by the message below the list of decks; without a window, by "
            "starting the gateway with --upgrade-scheduler."
        )


# --- groups, for the declarations of actions ---

OF_CARDS = (CardNotFound, Refused)
"""A call that changes each of the cards it names, or none."""
OF_MODEL_PARTS = (ModelNotFound, NotFound, Refused)
"""A call that changes a field or a template of a note type."""
OF_PRESETS = (NotFound, InvalidSearch, Refused)
"""A call that computes something from the reviews of a preset, which a search chooses."""

logger = logging.getLogger("anki_rpc")

_TABLE: tuple[tuple[type[BaseException], type[ActionError]], ...] = (
    (anki_errors.SearchError, InvalidSearch),
    (anki_errors.NotFoundError, NotFound),
    (anki_errors.FilteredDeckError, Refused),
    (anki_errors.CardTypeError, Refused),
    (anki_errors.InvalidInput, Refused),
    (anki_errors.NetworkError, Offline),
    (anki_errors.SyncError, SyncFailed),
    (anki_errors.Interrupted, Cancelled),
    (anki_errors.BackendError, AnkiError),
)

_PLAIN_WORDS = {
    "Empty notetype name": "A note type needs a name.",
    "Empty field name": "A field needs a name.",
    "Empty template name": "A template needs a name.",
}
_CLEANED_FIELD = "Field name: "
_CLOSED = "CollectionNotOpen"
_NO_SCHEDULER = "v1/v2 scheduler no longer supported"
"""Message of a bare Exception that Anki's Python part raises."""

_NO_PATH = re.compile(r"""((?<!\w)'|'(?!\w)|(?<!\b[A-Za-z]):|:(?![\\/])|["*?<>|\n])""")
"""What no path contains. Apostrophes inside a word and the colon after the letter of a drive may be parts of one."""
_ROOT = re.compile(r"\b[A-Za-z]:(?=[\\/])|(?<![\w.\\])\\{2,4}(?=[^\\])|(?<!\w)/")
"""The beginning of an absolute path: a drive, a computer, or the root."""
_NAME = re.compile(r"[\\/](?=collection\.|media\.trash\b|backups\b|prefs21\.db)")
"""The separator before a name that Anki gives to files and folders of a profile."""


def without_folders(text: str, col: Collection | None = None, named: str = "") -> str:
    """Remove the folders of the user's files from a text of Anki or the system, unless the caller has named them.

    `named` is the path from the caller. The open collection may have any name; files of other profiles are recognised
    by the names that Anki gives them. Of other paths, the user's own folder is shortened to `~`.
    """
    for folder, words in _folders(col):
        path = spelling(folder)
        if not re.match(rf"{path}(?:[\\/]|\Z)", named):
            text = re.sub(rf"{path}[\\/]+", "", text)
            text = replace_path(text, folder, words)
    if not Path(named).is_absolute():
        text = "".join(map(_without_profile, _NO_PATH.split(text)))
    return without_home(text, named)


def _folders(col: Collection | None) -> list[tuple[str, str]]:
    """Pairs of folder and replacement: the collection's folder, and that of temporary files (inside the user's folder
    on Windows).

    The longest comes first. The root of a disk is left out, because it reveals nothing about the user.
    """
    found = {tempfile.gettempdir(): "a temporary folder"}
    if col is not None:
        found[str(Path(col.path).parent)] = "the folder of the collection"
    found |= {os.path.realpath(folder): words for folder, words in found.items()}
    return [(folder, found[folder]) for folder in sorted(found, key=len, reverse=True) if Path(folder).name]


def _without_profile(part: str) -> str:
    """Remove the folders before a file of a profile. Each part is searched once: it may quote a caller's long input."""
    end = max((found.start() for found in _NAME.finditer(part)), default=0)
    begin = _ROOT.search(part, 0, end)
    return part if begin is None else part[: begin.start()] + part[end + 1 :]


_SQLITE = {
    "database or disk is full": "full",
    "attempt to write a readonly database": "read_only",
    "disk I/O error": "failing",
    "unable to open database file": "failing",
    "database disk image is malformed": "failing",
}
"""Message of SQLite to the reason that the client gets."""


def translate(error: BaseException, col: Collection | None = None) -> ActionError | None:
    """The error that a client gets for an error of Anki; None for other errors. `col` is the open collection."""
    if (state := _state(error)) is not None:
        return state
    if isinstance(error, anki_errors.SyncError) and error.kind is anki_errors.SyncErrorKind.AUTH:
        return LoginRefused(without_folders(str(error), col))
    for theirs, ours in _TABLE:
        if isinstance(error, theirs):
            return ours(without_folders(str(error), col), in_plain_words=_plain_words(str(error)))
    if (missing := _missing(error)) is not None:
        logger.warning("an action failed for want of %s", missing, exc_info=error)
        return AnkiTooOld(f"Anki {version} cannot do that, a newer one can: it has no {missing}.", missing=missing)
    return None


def _plain_words(text: str) -> str | None:
    """Return what a text of Anki means that no window of Anki shows; None for others."""
    if text.startswith(_CLEANED_FIELD):
        return f"A field needs a name, and Anki removes all of this one: {text.removeprefix(_CLEANED_FIELD)!r}"
    return _PLAIN_WORDS.get(text)


def file_error(error: BaseException, col: Collection | None = None, field: str = "filename") -> ActionError | None:
    """Like `translate`, for the work on a file that `field` names: every error of the system is an ActionError."""
    if (known := translate(error, col)) is None and isinstance(error, OSError):
        return FileProblem(without_folders(str(error), col), field=field)
    return known


def storage_error(error: BaseException) -> StorageFailed | Busy | None:
    """The error for a disk that is full, read-only or broken, and for a file in use; without the path."""
    if isinstance(error, anki_errors.DBError):
        words = next((known for known in _SQLITE if known in str(error)), "")
        reason = _SQLITE.get(words)
    else:
        words, reason = words_of(error), reason_of(error)
    if reason == "busy":
        return Busy("The file is in use by another program. Close it there, or try again later.")
    return StorageFailed(explained(f"the disk failed: {words}"), reason=reason) if reason else None


def raise_if_full(error: BaseException) -> None:
    """Raise StorageFailed if Anki or the system failed because the disk is full, and not because of the file."""
    if any(words in str(error) for words in _FULL) or reason_of(error) == "full":
        raise StorageFailed("The disk is too full. Free some space, and try again.", reason="full") from None


_FULL = ("database or disk is full", "(os error 28)", "(os error 112)")
"""What Anki's errors say that it does not report as errors of the system."""


def _state(error: BaseException) -> ActionError | None:
    """The error for a bad state of the collection or the disk, which any call can meet."""
    if (isinstance(error, anki_errors.InvalidInput) and _CLOSED in str(error)) or _is_of_closed(error):
        return CollectionUnavailable()
    if isinstance(error, anki_errors.SchedulerUpgradeRequired) or str(error) == _NO_SCHEDULER:
        return SchedulerOutdated()
    return storage_error(error)


def _is_of_closed(error: BaseException) -> bool:
    """Whether the error is that a collection which was closed meanwhile has no database."""
    if not isinstance(error, AttributeError):
        return False
    if error.obj is None:
        return hasattr(DBProxy, error.name)
    return isinstance(error.obj, anki.collection.Collection) and error.obj.db is None


def _missing(error: BaseException) -> str | None:
    """The name that is missing in Anki's packages, if that is the error: versions of Anki differ."""
    if isinstance(error, ImportError):
        owner, name = error.name or "", getattr(error, "name_from", None) or ""  # since Python 3.12
    elif isinstance(error, AttributeError):
        thing = error.obj if isinstance(error.obj, ModuleType | type) else type(error.obj)
        owner = thing.__name__ if isinstance(thing, ModuleType) else f"{thing.__module__}.{thing.__qualname__}"
        name = error.name or ""
    else:
        return None
    full = f"{owner}.{name}".strip(".")
    return full if full.partition(".")[0] in {"anki", "aqt"} else None
