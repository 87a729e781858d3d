"""Refreshes Anki's windows after writes, rarely enough that windows and programs stay responsive."""

from __future__ import annotations

import json
import logging
import math
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from anki.collection import OpChanges
from aqt.operations import on_op_finished
from aqt.qt import Qt, QTimer, qconnect

from ..rpc.lane import Lane
from .editors import Editors
from .main_thread import MainThread
from .pacing import Pacing

if TYPE_CHECKING:
    from aqt.main import AnkiQt
    from aqt.reviewer import Reviewer

logger = logging.getLogger("anki_rpc")

LONGEST_REST_S = 0.1
"""Seconds for which the lane rests at most: the main thread may be about to wait for the lane."""
SHOW_COUNTS = "document.querySelectorAll('#ansbut .stattxt').forEach(shown => { shown.innerHTML = %s; })"
"""Part of the bottom bar; the rest of it, with the card's timer, stays."""
LONGEST_WAIT_MS = 500
"""Milliseconds to wait for a rest: work that never gives way, such as that of an extension, must hide no write."""


class Refresh:
    """Collects changes from any thread and passes them to Anki on the main thread, as Anki's own media server does.

    A change is posted a moment later, together with those that have followed, and not sooner than `Pacing` allows.
    During long work on the lane, the lane rests meanwhile: Anki asks for the undo history then, and would wait, and its
    window with it, until a part of the work is written.
    """

    def __init__(self, mw: AnkiQt, main: MainThread, lane: Lane, editors: Editors) -> None:
        self._mw = mw
        self._main = main
        self._lane = lane
        self._awaits_rest = False
        self._editors = editors
        self._waiting: list[Callable[[], None]] = []
        self._is_posting = False
        self.is_telling = False
        """Whether Anki is being informed of programs' writes right now."""
        self._lock = threading.Lock()
        self._pending: OpChanges | None = None
        self._pacing = Pacing()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        qconnect(self._timer.timeout, self._flush_if_due)

    def add(self, changes: OpChanges) -> None:
        """Record changes for the next refresh. Never blocks. Any thread."""
        with self._lock:
            is_first = self._pending is None or (changes.note_text and not self._pending.note_text)
            if self._pending is None:
                self._pending = OpChanges()
            self._pending.MergeFrom(changes)  # the flags are never cleared
            self._pacing.changed()
        if is_first:
            self._main.post(self._schedule)

    def _schedule(self) -> None:
        """Plan to post the pending changes. While a refresh is running, its end does this.

        It is urgent while the user works on what may have changed: an editor would store its older text over the new
        one, and the reviewer would answer a card that has changed.
        """
        pending = self._pending
        if pending is None or self._pacing.is_running:
            return
        is_urgent = self._mw.state == "review" or (pending.note_text and bool(self._editors.showing(None)))
        if is_urgent or not self._timer.isActive():
            self._pacing.plan(is_urgent=is_urgent)
            self._flush_if_due()

    def _flush_if_due(self) -> None:
        delay = self._pacing.delay()
        if delay > 0:
            self._timer.start(math.ceil(delay * 1000))
        elif not self._lane.has_long_work:
            self.flush()
        elif not self._awaits_rest:
            self._awaits_rest = True
            self._main.when_free(self._rest)  # otherwise the lane would rest again and again until Anki is free

    def _rest(self) -> None:
        rest = self._lane.submit(self._flush_while_resting, reads=True)
        rest.add_done_callback(lambda _: self._main.post(lambda: self._rested(rest)))
        QTimer.singleShot(LONGEST_WAIT_MS, rest.cancel)

    def _flush_while_resting(self) -> None:
        is_over = threading.Event()

        def flush() -> None:
            self.flush()
            is_over.set()

        self._main.post(flush)
        is_over.wait(LONGEST_REST_S)

    def _rested(self, rest: Future[bool]) -> None:
        self._awaits_rest = False
        if rest.cancelled() or not rest.result():
            self.flush()
        else:
            self._schedule()

    def flush(self, then: Callable[[], None] | None = None) -> None:
        """Post the changes that are pending, then call `then`, even if others follow without a pause. Main thread only.

        Changed text makes every editor reload its note, so what is typed there is stored first.
        """
        if then is not None:
            self._waiting.append(then)
        self._main.when_free(self._flush)

    def _flush(self) -> None:
        if self._is_posting:
            return
        with self._lock:
            changes, self._pending = self._pending, None
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        if changes is None:
            self._go_on(waiting)
        else:
            self._is_posting = True
            if changes.note_text:
                self._editors.save(None, lambda: self._post(changes, waiting))
            else:
                self._post(changes, waiting)

    def _post(self, changes: OpChanges, waiting: Sequence[Callable[[], None]]) -> None:
        col = self._mw.col
        self._pacing.begin()
        try:
            # While a profile is being closed, the deck browser would read a collection that is already closed.
            if col is not None and col.db is not None and self._mw.isEnabled():
                self.is_telling = True
                reviewer = self._unaffected_reviewer(changes)
                if reviewer is not None and changes.study_queues:
                    self._show_counts(reviewer)
                on_op_finished(self._mw, changes, reviewer)
        except Exception:  # Anki would show it in a window, and the caller would wait forever
            logger.exception("Anki's windows could not be refreshed")
        finally:
            self.is_telling = False
        self._is_posting = False
        self._main.when_free(self._shown)
        if waiting:
            self._main.when_free(lambda: self._go_on(waiting))
        if self._waiting:
            self.flush()

    def _unaffected_reviewer(self, changes: OpChanges) -> Reviewer | None:
        """Return the reviewer if the card on screen is still the next one and unchanged; else None.

        As the initiator of the changes it is not redrawn. Otherwise it would show the question again although the user
        sees the answer or types one, restart the card's timer, and play the sounds again.
        """
        reviewer, col = self._mw.reviewer, self._mw.col
        card, shown = reviewer.card, reviewer._v3
        if self._mw.state != "review" or reviewer.state not in ("question", "answer") or card is None or shown is None:
            return None
        if changes.notetype or changes.deck_config:
            return None
        queued = col.sched.get_queued_cards().cards
        if not queued or queued[0].card != shown.top_card().card:
            return None
        before, now = card.note(), col.get_note(card.nid)
        return reviewer if (before.fields, before.tags) == (now.fields, now.tags) else None

    def _show_counts(self, reviewer: Reviewer) -> None:
        """Show how many cards are left beside *Show Answer*, and draw nothing else. With the answer Anki shows none."""
        assert reviewer._v3 is not None
        shown, now = reviewer._v3.queued_cards, self._mw.col.sched.get_queued_cards()
        shown.new_count, shown.learning_count, shown.review_count = now.new_count, now.learning_count, now.review_count
        reviewer.bottom.web.eval(SHOW_COUNTS % json.dumps(reviewer._remaining()))

    def _shown(self) -> None:
        self._pacing.end()
        self._schedule()

    def _go_on(self, waiting: Sequence[Callable[[], None]]) -> None:
        for call in waiting:
            self._main.post(call)
