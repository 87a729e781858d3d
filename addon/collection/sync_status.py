"""Whether a sync is needed: by the changes here alone, or by asking the server."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.dbproxy import DBProxy
from anki.sync import SyncStatus

from ..rpc import threads
from ..rpc.errors import CollectionUnavailable
from .trial import trial_collection

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.sync import SyncAuth

    from ..rpc.lane import Lane

KEPT_S = 300.0
"""Seconds for which the server's answer is kept, as in Anki."""

_WORDS = {SyncStatus.NO_CHANGES: "none", SyncStatus.NORMAL_SYNC: "normal", SyncStatus.FULL_SYNC: "full"}


class _Stamps(NamedTuple):
    """Times in milliseconds by which both sides compare their collections."""

    modified: int
    schema: int
    synced: int

    @property
    def required(self) -> str | None:
        """The sync that the changes here need; None if there is no change since the last sync."""
        if self.schema > self.synced:
            return "full"
        return "normal" if self.modified > self.synced else None


class _ServerAnswer(NamedTuple):
    """An answer of the server, and what it was about."""

    stamps: _Stamps
    key: str
    required: str
    checked_at: int
    age_since: float


class SyncCheck:
    """Tells whether a sync is needed. Only the server is waited for, on a thread of its own; the lane is not held.

    Anki's own check cannot say how old its answer is: it also keeps that of the last sync, and nothing makes it ask
    again. So the server is asked by a collection that has nothing but the same times. Anki's answer stays as it was.
    """

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._known: _ServerAnswer | None = None

    def start(
        self,
        lane: Lane,
        collection: Callable[[], Collection | None],
        login: Callable[[Collection], SyncAuth],
        moved: Callable[[str], None],
        *,
        fresh: bool,
    ) -> Future[dict[str, Any]]:
        """Begin the check. The future's result is that of the action `syncStatus`. Any thread.

        - `login` returns the login, and may block. It is not called if there are changes here.
        - `moved` receives the address to which the server has moved the account.
        - `fresh`: do not use a kept answer.
        """
        answer: Future[dict[str, Any]] = Future()

        def ask(col: Collection, stamps: _Stamps) -> None:
            with self._asking:
                known = self._ask(stamps, login(col), moved, fresh=fresh)
            answer.set_result({"required": known.required, "local": False, "checkedAt": known.checked_at})

        def look_here() -> None:
            if not answer.set_running_or_notify_cancel():
                return
            col = collection()
            if col is None or col.db is None:
                raise CollectionUnavailable
            (stamps,) = map(_Stamps._make, col.db.all("select mod, scm, ls from col"))
            if stamps.required is None:
                threads.start("sync check", _reporting(answer, lambda: ask(col, stamps)))
            else:
                answer.set_result({"required": stamps.required, "local": True, "checkedAt": None})

        def ended(done: Future[bool]) -> None:
            if not done.result() and answer.set_running_or_notify_cancel():
                answer.set_exception(CollectionUnavailable())

        lane.submit(_reporting(answer, look_here), reads=True).add_done_callback(ended)
        return answer

    def _ask(self, stamps: _Stamps, auth: SyncAuth, moved: Callable[[str], None], *, fresh: bool) -> _ServerAnswer:
        known, now = self._known, time.monotonic()
        if known and not fresh and known[:2] == (stamps, auth.hkey) and now - known.age_since < KEPT_S:
            return known
        self._known = None
        checked_at = int(time.time())
        with tempfile.TemporaryDirectory() as folder, trial_collection(path=str(Path(folder, "c.anki2"))) as backend:
            statement = "update col set mod = ?, scm = ?, ls = ?"
            DBProxy(backend).execute(statement, stamps.modified, stamps.schema, stamps.synced)
            response = backend.sync_status(auth)
        if response.new_endpoint:
            moved(response.new_endpoint)
        self._known = _ServerAnswer(stamps, auth.hkey, _WORDS[response.required], checked_at, now)
        return self._known


def _reporting(answer: Future[Any], work: Callable[[], None]) -> Callable[[], None]:
    """The same work, whose error becomes that of the future."""

    def call() -> None:
        try:
            work()
        except Exception as error:
            answer.set_exception(error.with_traceback(None))

    return call
