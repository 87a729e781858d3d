"""Threads of our own, and how they take turns. The system may allow a process no more of them, such as in a container
with a limit.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVarTuple

from .errors import Busy

Args = TypeVarTuple("Args")

SWITCH_INTERVAL_S = 0.001
"""Seconds for which a thread keeps Python's lock while others wait for it. The usual 5 ms add up: Anki's main thread
needs the lock again after each call into Qt, and a request passes through several threads."""


def switch_often() -> None:
    """Let the threads of this process take turns more often than usual. For programs that serve, not for embedding."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)


def start(name: str, target: Callable[[*Args], object], *args: *Args) -> threading.Thread:
    """Call `target(*args)` on a new daemon thread. Raises Busy if the system allows no more threads."""
    thread = threading.Thread(target=target, args=args)
    _start(thread, name)
    return thread


def start_timer(name: str, seconds: float, target: Callable[[], object]) -> threading.Timer:
    """Call `target` after some seconds, on a daemon thread that waits until then. Raises Busy as `start` does."""
    timer = threading.Timer(seconds, target)
    _start(timer, name)
    return timer


def _start(thread: threading.Thread, name: str) -> None:
    thread.name, thread.daemon = f"anki-rpc {name}", True
    try:
        thread.start()
    except RuntimeError:
        raise Busy(
            "The system allows this process no more threads. Try again later, or raise the limit of processes."
        ) from None
