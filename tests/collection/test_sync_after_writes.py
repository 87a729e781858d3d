"""What becomes of a sync that is owed and cannot begin."""

import threading
from concurrent.futures import Future
from types import SimpleNamespace

import pytest
from limits import no_more_threads

from addon.collection.sync_after_writes import SyncAfterWrites
from addon.rpc.errors import Busy, CollectionUnavailable

WAIT = 20.0


class Role:
    """The role of a host that syncs: the first tries fail."""

    def __init__(self, failures, *, is_closed):
        self.failures = failures
        self.is_closed = is_closed
        self.now = "first"
        self.tries = 0
        self.synced = threading.Event()
        self.tried = threading.Event()

    def session(self):
        return self.now

    def collection(self):
        return None if self.is_closed and not self._may() else SimpleNamespace()

    def _may(self):
        self.tries += 1
        self.tried.set()
        return not self.failures

    def sync_unattended(self, may_begin):
        done = Future()
        if not self.is_closed and self.failures:
            self.tries += 1
            self.tried.set()
            done.set_exception(self.failures.pop())
        else:
            if may_begin():
                self.synced.set()
            done.set_result({})
        return done


def after_writes(host):
    return SyncAfterWrites(host, lambda: 0.02, lambda: False, lambda col: None)


@pytest.mark.parametrize("error", [CollectionUnavailable, Busy])
def test_it_is_done_when_the_collection_is_there_again(error):
    host = Role([error(), error()], is_closed=False)
    after_writes(host).wrote()
    assert host.synced.wait(WAIT)
    assert host.tries == 2


def test_it_is_done_when_the_collection_was_closed_for_a_moment():
    host = Role(["closed"], is_closed=True)
    after_writes(host).wrote()
    assert host.tried.wait(WAIT)
    assert not host.synced.is_set()
    host.failures.clear()
    assert host.synced.wait(WAIT)


def test_it_is_not_done_for_another_collection():
    host = Role(["closed"], is_closed=True)
    owed = after_writes(host)
    owed.wrote()
    assert host.tried.wait(WAIT)
    host.now = "second"
    host.failures.clear()
    assert until(lambda: owed._owed is None and not owed._is_armed)
    assert not host.synced.is_set()


def test_without_a_thread_it_is_done_after_a_later_write():
    host = Role([], is_closed=False)
    owed = after_writes(host)
    with no_more_threads():
        owed.wrote()
    assert not host.synced.wait(0.1)
    owed.wrote()
    assert host.synced.wait(WAIT)


def test_without_a_thread_to_wait_longer_it_is_done_after_a_later_write():
    host = Role([], is_closed=False)
    owed = SyncAfterWrites(host, lambda: 0.2, lambda: False, lambda col: None)
    owed.wrote()
    threading.Event().wait(0.1)
    owed.wrote()
    with no_more_threads():
        assert until(lambda: not owed._is_armed)
    assert not host.synced.is_set()
    owed.wrote()
    assert host.synced.wait(WAIT)


def until(is_so):
    for _ in range(2000):
        if is_so():
            return True
        threading.Event().wait(0.01)
    return False
