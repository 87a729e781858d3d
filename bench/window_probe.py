"""Runs inside Anki, sent there as source: how long its main thread is away, and what keeps it.

A 5 ms timer on the main thread gives the gaps. Meanwhile a thread looks every 2 ms where all threads are. Where it
comes late itself, some thread has held Python's lock; the thread that does something then is the one.
"""

import sys
import threading
import time

from aqt.qt import Qt, QTimer

AWAY = 0.012
"""Seconds without a tick, or without the lock, from which on it is looked at."""

WAITING = {"threading.py", "selectors.py", "wasyncore.py", "connection.py", "socket.py", "_base.py", "queue.py"}
"""Where threads stand that wait for something to do."""


class Watch:
    def __init__(self):
        self._main = threading.main_thread().ident
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._tick)

    def start(self):
        self._gaps, self._samples, self._is_on = [], [], True
        self._last = time.perf_counter()
        self._timer.start()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self):
        """The gaps of more than 20 ms as [milliseconds, {cause: share}], and the longest in milliseconds."""
        self._timer.stop()
        self._tick()
        self._is_on = False
        self._thread.join()
        longest = max(end - start for start, end in self._gaps)
        told = [[(end - start) * 1000, self._causes(start, end)] for start, end in self._gaps if end - start > 0.02]
        return {"longest": longest * 1000, "gaps": sorted(told, reverse=True)[:20]}

    def _tick(self):
        now = time.perf_counter()
        self._gaps.append((self._last, now))
        self._last = now

    def _look(self):
        own = threading.get_ident()
        now = time.perf_counter()
        while self._is_on:
            before = now
            time.sleep(0.002)
            now = time.perf_counter()
            if now - before > AWAY or now - self._last > AWAY:
                frames = sys._current_frames()
                del frames[own]  # it would hold itself, and with it the others, for ever
                cause = main_work(frames.pop(self._main)) or held_by(frames.values())
                self._samples.append((before, now, cause))
                frames.clear()

    def _causes(self, start, end):
        shares = {}
        for before, after, cause in self._samples:
            overlap = min(end, after) - max(start, before)
            if overlap > 0:
                shares[cause] = shares.get(cause, 0.0) + overlap / (end - start)
        return shares


def main_work(frame):
    """What the main thread does; None where it waits for an event, or for Python's lock to handle one."""
    inner = place(frame)
    while frame is not None and not place(frame).startswith(("aqt", "anki", "addon")):
        frame = frame.f_back
    if frame is None or "_tick" in inner or place(frame).startswith("aqt:_run"):
        return None
    outer = frame
    while outer.f_back is not None and not place(outer.f_back).startswith("aqt:_run"):
        outer = outer.f_back
    return f"main thread: {place(outer)} > {place(frame)}"


def held_by(frames):
    busy = []
    for innermost in frames:
        if innermost.f_code.co_filename.rpartition("/")[2] not in WAITING:
            frame, inner = innermost, place(innermost)
            while frame is not None and not place(frame).startswith(("addon", "anki", "aqt", "waitress")):
                frame = frame.f_back
            if frame is not None and "_loop" not in place(frame):
                outer = f" > {inner}" if place(frame) != inner else ""
                busy.append(f"{place(frame)}:{frame.f_lineno}{outer}")
    return "Python's lock: " + (" | ".join(sorted(set(busy))) or "unknown")


def place(frame):
    """Module and function."""
    file = frame.f_code.co_filename.replace("\\", "/")
    path = file.rpartition("/site-packages/")[2].rpartition("/addons21/")[2]
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    if parts[0].isdigit():
        parts[0] = "addon"
    return f"{'.'.join(parts)}:{frame.f_code.co_qualname}"


watch = Watch()
