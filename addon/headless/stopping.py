"""Ends the process in order: after a signal, if its console is closed, or if the server fails."""

from __future__ import annotations

import queue
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""SIGHUP: the terminal was closed. SIGBREAK: Ctrl-Break on Windows."""
CONSOLE_ENDS = frozenset({2, 5, 6})
"""The console was closed, the user logs off, the computer shuts down: CTRL_CLOSE_EVENT and others of Windows."""
CONSOLE_WAIT_S = 10.0
"""Longer than Windows waits."""


class ServerFailed(OSError):
    """The server has ended by itself. The message says why."""


class Stopping:
    """Waits for a reason to end. Create it on the main thread."""

    def __init__(self) -> None:
        self._reasons: queue.SimpleQueue[ServerFailed | None] = queue.SimpleQueue()
        """Why to end; None if the process was asked to. A signal's handler runs between any two steps of the main
        thread: it may put something into such a queue, but would wait for ever for a lock that the main thread holds,
        as in the middle of `threading.Event.wait`.
        """
        self._is_done = threading.Event()
        for number in (getattr(signal, name) for name in SIGNALS if hasattr(signal, name)):
            if number != getattr(signal, "SIGHUP", None) or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._ask)
        if sys.platform == "win32":
            self._console_handler = _handle_console(self._console_ends)

    def fail(self, reason: str) -> None:
        """End, because the server has failed. Any thread."""
        self._reasons.put(ServerFailed(reason))

    def wait(self) -> None:
        """Return when the process is asked to end. Raises ServerFailed if the server has failed."""
        while True:
            try:
                reason = self._reasons.get(timeout=1 if sys.platform == "win32" else None)
            except queue.Empty:  # on Windows no signal interrupts a wait
                continue
            if reason is not None:
                raise reason
            return

    def done(self) -> None:
        """Note that everything is closed."""
        self._is_done.set()

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._reasons.put(None)

    def _console_ends(self, event: int) -> bool:
        """Called on a thread of the system. Windows ends the process as soon as this returns."""
        if event not in CONSOLE_ENDS:
            return False
        self._reasons.put(None)
        self._is_done.wait(CONSOLE_WAIT_S)
        return True


def _handle_console(call: Callable[[int], bool]) -> object:
    """Let Windows call a function with each event of the console. Return what must be kept meanwhile.

    Python's own handler turns the events into SIGBREAK and returns, so the process would end before Python runs the
    signal's handler.
    """
    import ctypes  # noqa: PLC0415 - on Windows only

    if sys.platform != "win32":
        return None

    handler = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(call)
    ctypes.windll.kernel32.SetConsoleCtrlHandler(handler, 1)
    return handler
