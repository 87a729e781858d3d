"""Ends the process in order: after a signal, if its console is closed, or if the server fails."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Callable

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""SIGHUP: the terminal was closed. SIGBREAK: Ctrl-Break on Windows."""
CONSOLE_ENDS = frozenset({2, 5, 6})
"""The console was closed, the user logs off, the computer shuts down: CTRL_CLOSE_EVENT and others of Windows."""
CONSOLE_WAIT_S = 10.0
"""Longer than Windows waits."""
_END = 0
"""No signal has this number."""


class ServerFailed(OSError):
    """The server has ended by itself. The message says why."""


class Stopping:
    """Waits for a reason to end. Create it on the main thread."""

    def __init__(self) -> None:
        self._failures: list[ServerFailed] = []
        self._is_done = threading.Event()
        self._bell, self._rope = socket.socketpair()
        """What wakes the main thread. A lock would not: if a signal comes just before the main thread waits for a lock,
        or to another thread, Python runs the signal's handler only when the main thread goes on.
        """
        self._rope.setblocking(False)
        self._signals = {int(getattr(signal, name)) for name in SIGNALS if hasattr(signal, name)}
        for number in self._signals:
            if number != getattr(signal, "SIGHUP", None) or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, lambda number, frame: self._end())
        if sys.platform == "win32":
            self._console_handler = _handle_console(self._console_ends)

    def fail(self, reason: str) -> None:
        """End, because the server has failed. Any thread."""
        self._failures.append(ServerFailed(reason))
        self._end()

    def wait(self) -> None:
        """Return when the process is asked to end. Raises ServerFailed if the server has failed. Main thread only."""
        before = signal.set_wakeup_fd(self._rope.fileno(), warn_on_full_buffer=False)  # receives numbers of signals
        try:
            while self._bell.recv(1)[0] not in {_END, *self._signals}:
                pass
        finally:
            signal.set_wakeup_fd(before)
        if self._failures:
            raise self._failures[0]

    def done(self) -> None:
        """Note that everything is closed."""
        self._is_done.set()

    def _end(self) -> None:
        with contextlib.suppress(BlockingIOError):  # it has been woken many times
            self._rope.send(bytes([_END]))

    def _console_ends(self, event: int) -> bool:
        """Called on a thread of the system. Windows ends the process as soon as this returns."""
        if event not in CONSOLE_ENDS:
            return False
        self._end()
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
