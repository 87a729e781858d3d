"""Long writes of a gateway in the tests' own process, held in their middle."""

import threading

import pytest
from anki.collection import Collection
from gateway_process import WAIT

CHUNK = 100


@pytest.fixture
def small_chunks(monkeypatch):
    """Gateways in the tests' own process write `CHUNK` notes at once, and then give way."""
    monkeypatch.setattr("addon.actions.note.writing.NOTES_PER_CHUNK", CHUNK)
    monkeypatch.setattr("addon.rpc.lane.SLICE_S", 0.0)


@pytest.fixture
def hold_chunk(small_chunks, monkeypatch):
    """Have the writes of notes wait when one chunk is written: the events `reached` and `go_on`."""
    reached, go_on = threading.Event(), threading.Event()
    add_notes = Collection.add_notes

    def add_later(col, requests):
        if col.note_count() >= CHUNK:
            reached.set()
            go_on.wait(WAIT)
        return add_notes(col, requests)

    monkeypatch.setattr(Collection, "add_notes", add_later)
    yield reached, go_on
    go_on.set()
