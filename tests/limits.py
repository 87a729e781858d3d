"""Limits of the system that no test can reach for real."""

import threading
from contextlib import contextmanager

import pytest


@contextmanager
def no_more_threads(name=""):
    """Have the system start no thread whose name contains this text, as in a container at its limit of processes."""
    start = threading.Thread.start

    def refuse(thread):
        if name in thread.name:
            raise RuntimeError("can't start new thread")
        start(thread)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        yield
