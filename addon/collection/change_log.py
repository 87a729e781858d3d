"""Which notes and cards changed: written down by the open collection itself, read on the collection lane.

Anki tells only which kinds of objects changed, and an undone change bears its old time, so no search finds it.
Triggers of the connection's own (`temp`) see every row, whoever writes it, and never reach the file. Making them
empties Anki's undo history, so they are made as soon as a collection is open; they are read when somebody follows.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from anki.collection import OpChanges
from anki.errors import DBError

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.dbproxy import DBProxy

    from ..rpc.events import Events
    from ..rpc.executor import Lane

logger = logging.getLogger("anki_rpc")

IDS_AT_ONCE = 1000
"""The most ids in one event; more make several."""

SETTLE_TIMEOUT_S = 5.0
"""Seconds that a follower waits for the lane before it is served all the same."""

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
"""Anki's flags to the names on the wire. Its others tell which windows to draw."""

_SCHEMA = (
    "pragma temp_store = memory",  # in a file a row costs three times as much
    "create temp table anki_rpc_log (place integer primary key, what text, id integer, ease integer)",
    # It empties itself, at the end of each operation of Anki's, which writes its time into this table of one row: a
    # statement of ours that deletes would cost the user's undo history.
    (
        "create temp trigger anki_rpc_ring after update on main.col begin delete from anki_rpc_log "
        "where place <= (select max(place) from anki_rpc_log) - 100000; end"
    ),
    # "or replace" inserts over a row without deleting it, and "or ignore" does nothing after this one.
    (
        "create temp trigger anki_rpc_over before insert on main.notes "
        "when exists (select 1 from main.notes where id = new.id) "
        "begin insert into anki_rpc_log (what, id) values ('over', new.id); end"
    ),
    (
        "create temp trigger anki_rpc_add after insert on main.notes "
        "begin insert into anki_rpc_log (what, id) values ('add', new.id); end"
    ),
    # Not of usn: every sync ends with setting it.
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
"""SQL, executed in this order. A revlog entry of type 4 or more is a rescheduling, no answer."""


def everything() -> OpChanges:
    """All flags: anything may have changed."""
    return OpChanges(**dict.fromkeys((flag.name for flag in OpChanges.DESCRIPTOR.fields), True))


class ChangeTracker:
    """Turns what Anki tells of changes into events, in their order. From any thread, but for what the lane runs."""

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
        """Something was written. Never waits."""
        if not self._is_followed:
            return
        with self._lock:
            is_queued, self._is_queued = self._is_queued, True
            self._merge(changes)
        if not is_queued:
            self._lane.submit(self._tell, reads=True).add_done_callback(self._ran)

    def opened(self) -> None:
        """A collection is open, another one or anew: it writes down what changes from now on, and all may have changed.

        On the lane, or before that is open: on a thread that nobody waits for while Anki uses the collection.
        """
        with self._lock:
            self._merge(everything())
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
        """Make sure that changes are told from now on."""
        if not self._has_begun:
            self._is_followed = True
            try:
                self._lane.submit(self._skip, reads=True).result(SETTLE_TIMEOUT_S)
            except TimeoutError:
                logger.warning("the collection is busy: changes are told from when it is free")

    def _ran(self, done: Future[bool]) -> None:
        if not done.result():  # the gate is closed; the next change, or the next collection, has it told
            with self._lock:
                self._is_queued = False

    # --- on the lane ---

    def _skip(self) -> None:
        """What was written before anybody followed is told to nobody."""
        col = self._collection()
        if self._has_begun or col is None or col.db is None:
            return
        self._make_log(col.db)
        self._read = col.db.scalar("select max(place) from anki_rpc_log") or 0
        self._has_begun = True

    def _tell(self) -> None:
        with self._lock:
            changes, self._pending, self._is_queued = self._pending, None, False
        col = self._collection()
        if col is None or col.db is None:
            return
        try:
            is_new, rows = self._new_rows(col.db)
        except DBError:
            logger.exception("what changed cannot be told")
            return
        if is_new:
            self._events.publish("collectionReplaced", {})
        self._publish(changes, rows)

    def _new_rows(self, db: DBProxy) -> tuple[bool, list[Any]]:
        """Rows written since the last time; and whether another collection is open, or this one was opened anew."""
        was_there = self._has_log
        if self._make_log(db):
            return was_there, []
        rows = db.all("select place, what, id, ease from anki_rpc_log where place > ? order by place", self._read)
        if rows:
            is_torn = rows[0][0] != self._read + 1  # more rows than are kept
            self._read = rows[-1][0]
            if is_torn:
                return True, []
        return False, rows

    def _make_log(self, db: DBProxy) -> bool:
        """False where there is one."""
        if db.scalar("select count() from sqlite_temp_master where name = 'anki_rpc_log'"):
            return False
        for statement in _SCHEMA:
            db.execute(statement)
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


def _outcome(rows: Iterable[Any]) -> dict[str, list[int]]:
    """What became of each note, by the name of the event: one that came and went is in none."""
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
