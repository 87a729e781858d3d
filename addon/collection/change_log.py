"""Which notes and cards changed: triggers of the open collection log it, and the collection lane reads the log.

Anki reports only which kinds of objects changed. No search finds an undone change, as the note gets its old time back.
Temporary triggers (`temp`) belong to the connection: they see every changed row, whether Anki or the gateway writes it,
and are never stored in the file. They make a bulk write of Anki up to 1.5 times as long, so they exist only while a
client follows events, and for a while after. A version of Anki without quiet statements would clear its undo history
when they are created: there they exist as soon as a collection is open. The log is read only while a client follows.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from anki.collection import OpChanges
from anki.errors import DBError

from .quiet_statements import quiet_statements

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.dbproxy import DBProxy

    from ..rpc.events import Events
    from ..rpc.lane import Lane

logger = logging.getLogger("anki_rpc")

IDS_AT_ONCE = 1000
"""Most ids in one event; more are split into several events."""

SETTLE_TIMEOUT_S = 5.0
"""Seconds that a new follower waits for the lane; after that it is served all the same."""

KEPT_S = 600.0
"""Seconds for which changes are still published after the last follower has left, as it may reconnect."""

KINDS = {
    "note": "note",
    "card": "card",
    "deck": "deck",
    "tag": "tag",
    "notetype": "noteType",
    "config": "config",
    "deck_config": "deckConfig",
    "study_queues": "studyQueues",
}
"""The wire names of Anki's flags. Its other flags concern only the redrawing of windows."""

_MEMORY = 2
"""SQLite's number for temporary tables in memory. In a file each row would take three times as long, and Anki's own
writes would fail where the folder for temporary files has no room. It is set as soon as a collection is open: it drops
all temporary tables, those of other add-ons too.
"""

_SCHEMA = (
    "create temp table anki_rpc_log (place integer primary key, what text, id integer, ease integer)",
    # The log is trimmed by a trigger, at the end of each operation, when Anki writes the time into the table `col`: a
    # delete statement of ours would clear the user's undo history.
    (
        "create temp trigger anki_rpc_ring after update on main.col begin delete from anki_rpc_log "
        "where place <= (select max(place) from anki_rpc_log) - 100000; end"
    ),
    # "insert or replace" fires no delete trigger. After "insert or ignore" of an existing row only this trigger fires.
    (
        "create temp trigger anki_rpc_over before insert on main.notes "
        "when exists (select 1 from main.notes where id = new.id) "
        "begin insert into anki_rpc_log (what, id) values ('over', new.id); end"
    ),
    (
        "create temp trigger anki_rpc_add after insert on main.notes "
        "begin insert into anki_rpc_log (what, id) values ('add', new.id); end"
    ),
    # The column usn is left out, as every sync sets it at its end.
    (
        "create temp trigger anki_rpc_update after update of mid, mod, tags, flds on main.notes "
        "begin insert into anki_rpc_log (what, id) values ('update', new.id); end"
    ),
    (
        "create temp trigger anki_rpc_delete after delete on main.notes "
        "begin insert into anki_rpc_log (what, id) values ('delete', old.id); end"
    ),
    (
        "create temp trigger anki_rpc_answer after insert on main.revlog when new.ease > 0 and new.type < 4 "
        "begin insert into anki_rpc_log (what, id, ease) values ('answer', new.cid, new.ease); end"
    ),
)
"""SQL statements, executed in this order. A revlog entry of type 4 or more is a rescheduling, not an answer."""

_DROP = (
    *(f"drop trigger if exists temp.anki_rpc_{name}" for name in ("ring", "over", "add", "update", "delete", "answer")),
    "drop table if exists temp.anki_rpc_log",
)


def everything() -> OpChanges:
    """Return changes with all flags set, because anything may have changed."""
    return OpChanges(**dict.fromkeys((flag.name for flag in OpChanges.DESCRIPTOR.fields), True))


class ChangeTracker:
    """Publishes what changed as events, in order. Used from any thread; the log is read on the collection lane."""

    def __init__(self, events: Events, lane: Lane, collection: Callable[[], Collection | None]) -> None:
        self._events = events
        self._lane = lane
        self._collection = collection
        self._lock = threading.Lock()
        self._pending: OpChanges | None = None
        self._is_queued = False
        self._is_followed = False
        self._has_begun = False
        self._has_log = False
        self._read = 0
        events.before_following = self._begin

    def add(self, changes: OpChanges) -> None:
        """Report that something was written; the events follow soon. Never waits."""
        if not self._is_followed:
            return
        with self._lock:
            is_queued, self._is_queued = self._is_queued, True
            self._merge(changes)
        if not is_queued:
            self._lane.submit(self._tell, reads=True).add_done_callback(self._ran)

    def opened(self) -> None:
        """Report that a collection was opened, the same or another one. Everything counts as changed.

        Called on the lane, or before the lane is open. It may wait for the collection, so no thread that Anki waits for
        may call it.
        """
        with self._lock:
            self._merge(everything())
        try:
            self._keep_in_memory()
        except DBError:  # in a transaction; it only costs time
            logger.warning("The collection's temporary tables stay in files", exc_info=True)
        self._tell()

    def _merge(self, changes: OpChanges) -> None:
        if self._pending is None:
            self._pending = OpChanges()
        self._pending.MergeFrom(changes)  # flags are only ever set

    def announce(self, name: str, params: Mapping[str, Any]) -> None:
        """Publish an event after the changes that came before it."""

        def work() -> None:
            self._tell()
            self._events.publish(name, params)

        def ran(done: Future[bool]) -> None:
            if not done.result():
                self._events.publish(name, params)

        if self._is_followed:
            self._lane.submit(work).add_done_callback(ran)
        else:
            self._events.publish(name, params)

    def _begin(self) -> None:
        """Make sure that changes are published from now on."""
        with self._lock:
            self._is_followed = True
            has_begun = self._has_begun
        if not has_begun:
            try:
                self._lane.submit(self._skip, reads=True).result(SETTLE_TIMEOUT_S)
            except TimeoutError:
                logger.warning("A client follows events, but the collection is busy: changes follow when it is free")

    def _ran(self, done: Future[bool]) -> None:
        if not done.result():  # the gate is closed; the next change or the next collection publishes it
            with self._lock:
                self._is_queued = False

    # --- on the lane ---

    def _open_collection(self) -> Collection | None:
        col = self._collection()
        return None if col is None or col.db is None else col

    def _keep_in_memory(self) -> None:
        col = self._open_collection()
        if col is not None and _db(col).scalar("select temp_store from pragma_temp_store") != _MEMORY:
            _run(col, [f"pragma temp_store = {_MEMORY}"])

    def _skip(self) -> None:
        """Log changes from now on, and skip what was logged before the first follower came."""
        col = self._open_collection()
        if self._has_begun or col is None:
            return
        if not self._make_log(col):
            self._read = _db(col).scalar("select max(place) from anki_rpc_log") or 0
        self._has_begun = True

    def _tell(self) -> None:
        with self._lock:
            changes, self._pending, self._is_queued = self._pending, None, False
            is_followed = self._is_followed
        col = self._open_collection()
        if col is None or (not is_followed and quiet_statements(col) is not None):
            return
        try:
            is_new, rows = self._new_rows(col)
        except DBError:
            logger.exception("The log of changes cannot be read; followers of events miss some changes")
            return
        if is_new:
            self._events.publish("collectionReplaced", {})
        self._publish(changes, rows)
        if is_followed:
            self._has_begun = True
            if self._events.seconds_alone() > KEPT_S:
                self._stop(col)

    def _stop(self, col: Collection) -> None:
        """Log no more changes, unless a follower has just come, or the log could not be created again quietly."""
        if quiet_statements(col) is None:
            return
        with self._lock:
            if self._events.seconds_alone() <= KEPT_S:
                return
            self._is_followed = self._has_begun = self._has_log = False
            self._events.forget()
        try:
            _run(col, _DROP)
        except DBError:
            logger.exception("The log of changes stays, although nobody follows events")

    def _new_rows(self, col: Collection) -> tuple[bool, list[Any]]:
        """Return whether the collection was replaced or opened again, and the rows written since the last call.

        It also counts as replaced if rows were lost, because more were written than are kept.
        """
        was_there = self._has_log
        if self._make_log(col):
            return was_there, []
        newer = "select place, what, id, ease from anki_rpc_log where place > ? order by place"
        rows = _db(col).all(newer, self._read)
        if rows:
            is_torn = rows[0][0] != self._read + 1  # more rows than are kept
            self._read = rows[-1][0]
            if is_torn:
                return True, []
        return False, rows

    def _make_log(self, col: Collection) -> bool:
        """Create the log. Return False if it exists already."""
        if _db(col).scalar("select count() from sqlite_temp_master where name = 'anki_rpc_log'"):
            return False
        _run(col, _SCHEMA)
        self._has_log, self._read = True, 0
        return True

    def _publish(self, changes: OpChanges | None, rows: list[Any]) -> None:
        kinds = [name for flag, name in KINDS.items() if getattr(changes, flag, False)]
        if rows and not kinds:
            kinds = ["note"]
        if kinds:
            self._events.publish("collectionChanged", {"kinds": kinds})
        for name, note_ids in _outcome(rows).items():
            for part in _parts(note_ids):
                self._events.publish(name, {"notes": part})
        for answers in _parts([{"card": id, "ease": ease} for _, what, id, ease in rows if what == "answer"]):
            self._events.publish("cardsAnswered", {"answers": answers})
        if "deck" in kinds:
            self._events.publish("decksChanged", {})
        if "noteType" in kinds:
            self._events.publish("noteTypesChanged", {})


def _db(col: Collection) -> DBProxy:
    assert col.db is not None
    return col.db


def _run(col: Collection, statements: Iterable[str]) -> None:
    """Run statements, and leave the undo history as it is if this version of Anki can."""
    run = quiet_statements(col)
    for statement in statements:
        if run is not None:
            run(statement)
        else:
            _db(col).execute(statement)


def _outcome(rows: Iterable[Any]) -> dict[str, list[int]]:
    """Return the ids of the changed notes by the name of the event. A note that was added and deleted is left out."""
    was_there: dict[int, bool] = {}
    is_there: dict[int, bool] = {}
    over = set()
    for _, what, id, _ in rows:
        if what == "over":
            over.add(id)
        elif what != "answer":
            was_there.setdefault(id, what != "add" or id in over)
            is_there[id] = what != "delete"
    outcome: dict[str, list[int]] = {"notesAdded": [], "notesUpdated": [], "notesDeleted": []}
    for id, was in was_there.items():
        if is_there[id]:
            outcome["notesUpdated" if was else "notesAdded"].append(id)
        elif was:
            outcome["notesDeleted"].append(id)
    return outcome


def _parts(items: list[Any]) -> Iterable[list[Any]]:
    return (items[start : start + IDS_AT_ONCE] for start in range(0, len(items), IDS_AT_ONCE))
