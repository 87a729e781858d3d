"""Quiet statements: what was not found once is searched again."""

import sys

import anki
import pytest

from addon.collection import quiet_statements as module
from addon.collection.quiet_statements import quiet_statements


@pytest.fixture
def clock(monkeypatch):
    """The moment, which the test sets; nothing was searched yet."""
    now = [1000.0]
    monkeypatch.setattr(module, "_known", [])
    monkeypatch.setattr(module, "_next_search", [0.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    return now


def test_a_statement_leaves_undo_as_it_is(gateway, clock):
    gateway.rpc("createDeck", {"deck": "one"})
    status = gateway.col.undo_status()
    quiet_statements(gateway.col)("create temp table quiet as select 1 as one")
    assert gateway.col.db.scalar("select one from quiet") == 1
    assert gateway.col.undo_status() == status


def test_a_search_on_a_closed_collection_is_repeated_a_minute_later(gateway, clock):
    gateway.col.close()
    assert quiet_statements(gateway.col) is None
    gateway.col.reopen()
    assert quiet_statements(gateway.col) is None
    clock[0] += 60
    assert quiet_statements(gateway.col) is not None


def test_a_library_without_the_call_is_searched_once(gateway, clock, monkeypatch):
    monkeypatch.setitem(sys.modules, "anki.ankidroid_pb2", None)
    monkeypatch.delattr(anki, "ankidroid_pb2", raising=False)
    assert quiet_statements(gateway.col) is None
    monkeypatch.setattr(module, "_search", lambda backend: pytest.fail("searched again"))
    clock[0] += 1e6
    assert quiet_statements(gateway.col) is None
