"""The sockets of Windows, simulated for the server: `select` and Waitress's trigger as they are there."""

import errno
import importlib.util
import os
import select
import selectors
import stat

from addon.http.server import event_loop, server
from addon.vendored import waitress

MOST_SOCKETS = 512
"""FD_SETSIZE of Python on Windows."""


def simulate(monkeypatch):
    """Let servers that are started from now on find the sockets of Windows."""
    monkeypatch.setattr(event_loop, "USE_EPOLL", False)
    monkeypatch.setattr(server, "USE_EPOLL", False)
    monkeypatch.setattr(selectors.SelectSelector, "_select", staticmethod(_select))
    monkeypatch.setattr(waitress.trigger, "trigger", _trigger_of_windows(monkeypatch))


def _select(readers, writers, _, timeout=None):
    """As `selectors` calls it on Windows. It takes sockets only, 512 at most, and at least one."""
    if not readers and not writers:
        raise OSError(errno.EINVAL, "An invalid argument was supplied")
    if max(len(readers), len(writers)) > MOST_SOCKETS:
        raise ValueError("too many file descriptors in select()")
    if not all(stat.S_ISSOCK(os.fstat(number).st_mode) for number in (*readers, *writers)):
        raise OSError(errno.ENOTSOCK, "An operation was attempted on something that is not a socket")
    ready, free, failed = select.select(readers, writers, writers, timeout)
    return ready, free + failed, []


def _trigger_of_windows(monkeypatch):
    """Return Waitress's trigger of two connected sockets. Its module chooses by `os.name` when it is imported."""
    spec = importlib.util.find_spec(waitress.trigger.__name__)
    module = importlib.util.module_from_spec(spec)
    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        spec.loader.exec_module(module)
    assert module.trigger.kind == "loopback"
    return module.trigger
