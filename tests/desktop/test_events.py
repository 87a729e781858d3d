"""What a user does in a real Anki is told to whoever follows, by ids, in order, and what programs do is told once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from events import Stream
from sync_server import SyncServer

from .conftest import GatewayProcess
from .test_sync import log_in, result

ADD = """
from aqt.operations.note import add_note
note = mw.col.new_note(mw.col.models.by_name('Basic'))
note['Front'], note['Back'] = front, 'b'
add_note(parent=mw, note=note, target_deck_id=1).success(lambda _: keep.update(note=note.id)).run_in_background()
"""


@pytest.fixture(scope="module")
def anki(two_profiles: GatewayProcess) -> GatewayProcess:
    """In place of the session's: two profiles."""
    return two_profiles


@pytest.fixture
def stream(anki: GatewayProcess) -> Iterator[Stream]:
    one = Stream(anki.port)
    yield one
    one.close()
    assert anki.errors() == []


def add(anki: GatewayProcess, front: str) -> int:
    anki.exec("keep.pop('note', None)")
    anki.exec(ADD, front=front)
    return int(anki.wait_for("keep.get('note')"))


def rest(anki: GatewayProcess, stream: Stream) -> list[str]:
    """The names of what comes until a deck is made by a program, but for what that told."""
    name = f"deck {time.monotonic()}"
    anki.legacy("createDeck", deck=name)
    start = len(stream.told)
    stream.until("decksChanged")
    return [event["method"] for event in stream.told[start:-2]]


def test_what_the_user_adds_edits_undoes_and_deletes_is_told_by_ids(anki: GatewayProcess, stream: Stream) -> None:
    note = add(anki, "by hand")
    assert stream.until("notesAdded") == {"notes": [note]}
    anki.exec(
        "from aqt.operations.note import update_note\nnote = mw.col.get_note(id)\nnote['Back'] = 'c'\n"
        "update_note(parent=mw, note=note).run_in_background()",
        id=note,
    )
    assert stream.until("notesUpdated") == {"notes": [note]}
    anki.exec("mw.undo()")
    assert stream.until("notesUpdated") == {"notes": [note]}
    anki.exec("mw.redo()")
    assert stream.until("notesUpdated") == {"notes": [note]}
    anki.exec("mw.undo()")
    stream.until("notesUpdated")
    anki.exec("mw.undo()")
    assert stream.until("notesDeleted") == {"notes": [note]}


def test_the_add_window_is_followed(anki: GatewayProcess, stream: Stream) -> None:
    anki.legacy(
        "guiAddCards", note={"deckName": "Default", "modelName": "Basic", "fields": {"Front": "w", "Back": "b"}}
    )
    anki.wait_for("aqt.dialogs.getInstance('AddCards').editor.note['Front'] == 'w'")
    anki.exec("aqt.dialogs.getInstance('AddCards').add_current_note()")
    (note,) = stream.until("notesAdded")["notes"]
    assert anki.eval("mw.col.get_note(id)['Front']", id=note) == "w"
    anki.tidy()


def test_answers_in_the_reviewer_are_told(anki: GatewayProcess, stream: Stream) -> None:
    add(anki, "to review")
    anki.exec("mw.col.decks.select(1)\nmw.moveToState('review')")
    anki.wait_for("mw.state == 'review' and mw.reviewer.card is not None")
    card = anki.eval("mw.reviewer.card.id")
    anki.exec("mw.reviewer._showAnswer()")
    anki.wait_for("mw.reviewer.state == 'answer'")
    anki.exec("mw.reviewer._answerCard(3)")
    assert stream.until("cardsAnswered") == {"answers": [{"card": card, "ease": 3}]}
    anki.wait_for("not mw._background_op_count")  # the event may come before the reviewer has finished answering
    anki.exec("mw.moveToState('deckBrowser')")


def test_what_programs_write_is_told_once(anki: GatewayProcess, stream: Stream) -> None:
    notes = [{"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"p{n}", "Back": "b"}} for n in range(3)]
    added = [anki.legacy("addNote", note=note)["result"] for note in notes]
    told: list[int] = []
    while len(told) < 3:
        told += stream.until("notesAdded")["notes"]
    assert told == added
    time.sleep(0.4)  # by now the windows have been told
    assert rest(anki, stream) == []


WAITED = """
from pathlib import Path
def waited():
    times = 0
    for thread in Path("/proc/self/task").glob("*/schedstat"):
        try:
            times += int(thread.read_text("ascii").split()[1])
        except OSError:  # it has ended
            continue
    return times / 1e9
"""
"""Defines a function: the seconds for which the threads of its process have waited for a processor (0 but on Linux)."""


def test_the_delay_is_below_a_tenth_of_a_second(anki: GatewayProcess, stream: Stream) -> None:
    """From Anki's hook until a client has the event, but for what Anki and the client wait for a processor."""
    here: dict[str, Any] = {}
    exec(WAITED, here)
    anki.exec(
        f"{WAITED}\nimport time\nkeep['waited'], keep['times'] = waited, {{}}\n"
        "note_time = lambda changes, handler: keep['times'].update(last=time.time(), waited=waited())\n"
        "aqt.gui_hooks.operation_did_execute.append(note_time)"
    )
    delays = []
    for number in range(9):
        add(anki, f"delay {number}")
        waited = here["waited"]()
        stream.until("notesAdded")
        times = anki.eval("{**keep['times'], 'now': keep['waited']()}")
        waited = here["waited"]() - waited + times["now"] - times["waited"]
        delays.append(stream.arrived - times["last"] - waited)
    assert sorted(delays)[len(delays) // 2] < 0.1, delays


def test_profiles_are_told_as_they_close_and_open(anki: GatewayProcess, stream: Stream) -> None:
    anki.legacy("loadProfile", name="two")
    assert stream.until("profileClosed") == {"profile": "one"}
    assert stream.until("profileOpened") == {"profile": "two"}
    note = add(anki, "in the other")
    assert stream.until("notesAdded") == {"notes": [note]}
    anki.legacy("loadProfile", name="one")
    assert stream.until("profileClosed") == {"profile": "two"}
    assert stream.until("profileOpened") == {"profile": "one"}
    assert "collectionReplaced" in [event["method"] for event in stream.told]


def test_syncs_are_told_and_what_they_bring(
    anki: GatewayProcess, stream: Stream, tmp_path_factory: pytest.TempPathFactory
) -> None:
    def told(name: str) -> Any:
        return stream.until(name)

    with SyncServer(tmp_path_factory.mktemp("sync") / "server") as server:
        log_in(anki, server.url)
        result(anki, full="upload")
        told("syncStarted")
        told("syncFinished")
        anki.legacy("loadProfile", name="two")
        log_in(anki, server.url)
        result(anki, full="download")
        told("syncStarted")
        told("collectionReplaced")
        note = add(anki, "from the other side")
        assert told("notesAdded") == {"notes": [note]}
        result(anki)
        told("syncFinished")
        anki.legacy("loadProfile", name="one")
        told("profileOpened")
        result(anki)
        told("syncStarted")
        assert told("notesAdded") == {"notes": [note]}
        told("syncFinished")
