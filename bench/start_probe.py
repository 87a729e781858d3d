"""An add-on that the benchmark puts into Anki: notes the first paint of its window, and the pauses after it."""

import time

import aqt
from aqt.qt import QEvent, QObject, Qt, QTimer

WATCHED_S = 5.0


class StartProbe(QObject):
    """`painted`: the moment by the monotonic clock of the machine. `computed`: milliseconds that the main thread has
    computed by then. `longest`: the longest pause since, in milliseconds, when the five seconds are over.
    """

    def __init__(self):
        super().__init__()
        self.painted = self.computed = self.longest = None
        self._gaps = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)
        aqt.mw.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.painted is None:
            aqt.mw.removeEventFilter(self)
            self.computed = time.thread_time() * 1000
            self.painted = self._last = time.monotonic()
            self._timer.start()
        return False

    def _tick(self):
        now = time.monotonic()
        self._gaps.append((now - self._last) * 1000)
        self._last = now
        if now - self.painted > WATCHED_S:
            self._timer.stop()
            self.longest = max(self._gaps)


aqt.mw.bench_start = StartProbe()
