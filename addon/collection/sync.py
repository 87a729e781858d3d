"""One run of Anki's sync, for both hosts: what it did, and in which direction a full sync may go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from ..rpc.errors import CollectionUnavailable
from .errors import FullSyncRequired

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.dbproxy import DBProxy
    from anki.sync import SyncAuth, SyncOutput

UPLOAD, DOWNLOAD = "upload", "download"


def server_address(text: str) -> str:
    """Return the address of a sync server with the final slash that Anki needs. Raises ValueError, without the text,
    which may contain credentials, if it is invalid.
    """
    try:
        parts = urlsplit(text)
        is_usable = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
        is_usable = is_usable and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        is_usable = False
    if not is_usable or not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("Use an address such as https://sync.example.com/, without a user and a password.")
    return text.rstrip("/") + "/"


class SyncOutcome(NamedTuple):
    """The outcome of a sync of the collection. The media are synced afterwards, in the background."""

    collection: str
    """`unchanged`, `merged`, `uploaded` or `downloaded`."""
    server_message: str
    media: str
    """`off`, `running`, `synced` or `failed`."""

    def to_result(self) -> dict[str, Any]:
        """Return the result of the action `sync`."""
        return {"collection": self.collection, "media": self.media, "serverMessage": self.server_message}


def merge(col: Collection, auth: SyncAuth, *, media: bool) -> tuple[SyncOutput, bool]:
    """Sync without a full sync. Return the server's answer, and whether anything was exchanged. Blocks.

    Anki does not report the latter: each merge counts as a change for the other side, so two collections would report
    changes forever.
    """
    db = _database(col)
    before = db.all("select ls, usn from col")
    ((_, usn),) = before
    has_own = any(db.scalar(f"select exists(select 1 from {table} where usn = -1)") for table in _TIMES)  # noqa: S608
    rows = _rows_since(db, usn)
    answer = col.sync_collection(auth, media)
    col.models._clear_cache()
    if db.all("select ls, usn from col") == before:
        return answer, False
    return answer, has_own or _rows_since(db, usn) != rows


_TIMES = {
    "notes": "mod",
    "cards": "mod",
    "decks": "mtime_secs",
    "notetypes": "mtime_secs",
    "deck_config": "mtime_secs",
    "revlog": "0",
    "tags": "0",
    "graves": "0",
}
"""Tables whose rows have a sync number (usn; -1 if not synced yet), each with its column for the time of change."""


def _rows_since(db: DBProxy, usn: int) -> list[Any]:
    """Return values that differ if a sync after this number has added or changed rows, or settings, which are always
    sent.
    """
    return [
        *(db.first(f"select count(), total({time}) from {t} where usn >= ?", usn) for t, time in _TIMES.items()),  # noqa: S608
        db.all("select key, val from config order by key"),
    ]


def _database(col: Collection) -> DBProxy:
    if col.db is None:
        raise CollectionUnavailable
    return col.db


def full_way(answer: SyncOutput, wanted: str | None) -> str | None:
    """Return the direction of the full sync that has to follow; None if none is needed.

    Raises FullSyncRequired if `wanted` is None or is not possible: nothing can be copied from a side without notes.
    """
    ways = {
        answer.FULL_SYNC: [UPLOAD, DOWNLOAD],
        answer.FULL_DOWNLOAD: [DOWNLOAD],
        answer.FULL_UPLOAD: [UPLOAD],
    }.get(answer.required)
    if ways is None:
        return None
    if wanted not in ways:
        raise FullSyncRequired(ways=ways)
    return wanted
