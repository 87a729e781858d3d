"""The log of changed notes costs little, also inside a transaction that holds several writes."""

import time

import pytest
from anki.collection import AddNoteRequest, Collection

from addon.collection import change_log

NOTES, OTHERS = 2_000, 5
"""Notes that change, and notes of another type between two of them, so that each is on a page of its own."""


@pytest.fixture
def logged(tmp_path):
    col = Collection(str(tmp_path / "collection.anki2"))
    for statement in change_log._SCHEMA:
        col.db.execute(statement)
    models = [col.models.by_name(name) for name in ("Basic", *["Basic (and reversed card)"] * OTHERS)]
    notes = [col.new_note(model) for _ in range(NOTES) for model in models]
    for index, note in enumerate(notes):
        note.fields = [f"front {index}", "back" * 100]
    col.add_notes([AddNoteRequest(note, 1) for note in notes])
    yield col
    col.close()


def computed(col):
    """Seconds to remove a field of all notes, and to add it again."""
    model = col.models.by_name("Basic")
    field = model["flds"][1]
    begin = time.process_time()
    col.models.remove_field(model, field)
    col.models.update_dict(model)
    col.models.add_field(model, field)
    col.models.update_dict(model)
    return time.process_time() - begin


def test_logging_in_a_transaction_takes_linear_time(logged):
    """SQLite lists the pages that it may have to take back, and must not walk through the list for each note."""
    alone = computed(logged)
    logged._backend.db_begin()
    within = computed(logged)
    logged._backend.db_commit()
    assert within < alone * 3
    assert logged.db.scalar("select count() from anki_rpc_log where what = 'update'") >= 2 * NOTES
