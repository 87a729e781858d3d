"""What a user is typing into an editor when a program writes to the same note."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sizes import for_matrix

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

DECK = "Editing"
WINDOWS = {
    "browser": "aqt.dialogs.getInstance('Browser')",
    "current": "aqt.dialogs.getInstance('EditCurrent')",
    "own": "aqt.dialogs.getInstance('AnkiRpcEditNote')",
}


@pytest.fixture
def note(anki: GatewayProcess) -> Iterator[int]:
    anki.legacy("createDeck", deck=DECK)
    draft = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "front", "Back": "back"}}
    reply = anki.legacy("addNote", note=draft)
    assert reply["error"] is None
    yield int(reply["result"])
    anki.delete_deck(DECK)


@pytest.fixture(params=for_matrix(WINDOWS, 3, 2))
def editor(anki: GatewayProcess, note: int, request: pytest.FixtureRequest) -> str:
    """The expression for an open editor that shows the note."""
    if request.param == "browser":
        anki.legacy("guiBrowse", query=f"nid:{note}")
    elif request.param == "own":
        anki.legacy("guiEditNote", note=note)
    else:
        anki.legacy("guiDeckReview", name=DECK)
        anki.wait_for("mw.state == 'review' and mw.reviewer.card is not None")
        anki.exec("mw.onEditCurrent()")
    editor = f"{WINDOWS[request.param]}.editor"
    anki.wait_for(f"{editor}.note and {editor}.note.id == note and {editor}.web._domDone", note=note)
    anki.wait_for(f"shown({editor}, 0) == 'front'")
    return editor


@pytest.fixture(autouse=True)
def page(anki: GatewayProcess) -> None:
    """`shown(editor, n)`: what a field shows. `insert(editor, n, text)`: type into it, as far as the page can tell."""
    anki.exec(
        "import json\n"
        "field = 'require(\"anki/NoteEditor\").instances[0].fields[%d].editingArea.content'\n"
        "seen = {}\n"
        "def shown(editor, n):\n"
        "    js = '(() => { let v; (' + field % n + ').subscribe(x => v = x)(); return v })()'\n"
        "    editor.web.evalWithCallback(js, lambda value: seen.__setitem__((id(editor), n), value))\n"
        "    return seen.get((id(editor), n))\n"
        "def insert(editor, n, text):\n"
        "    editor.web.eval('(' + field % n + ').set(' + json.dumps(text) + ')')\n"
    )


def stored(anki: GatewayProcess, note: int) -> list[str]:
    fields = anki.legacy("notesInfo", notes=[note])["result"][0]["fields"]
    return [fields["Front"]["value"], fields["Back"]["value"]]


def test_what_is_being_typed_survives_all_that_a_program_writes(anki: GatewayProcess, note: int, editor: str) -> None:
    """One editor for all steps: opening it takes longer than they do."""
    anki.exec(f"insert({editor}, 0, 'typed')")
    write = {"id": note, "fields": {"Back": "written"}}
    assert anki.legacy("updateNoteFields", note=write) == {"result": None, "error": None}
    assert stored(anki, note) == ["typed", "written"]
    anki.wait_for(f"[shown({editor}, 0), shown({editor}, 1)] == ['typed', 'written']")
    assert anki.eval(f"{editor}.note.fields") == ["typed", "written"]

    anki.exec(f"insert({editor}, 0, 'typed, and overwritten')")
    changes = {"id": note, "fields": {"Front": "written"}, "tags": ["t"]}
    assert anki.rpc("updateNote", {"note": changes})["result"] is None
    assert stored(anki, note) == ["written", "written"]
    anki.wait_for(f"shown({editor}, 0) == 'written'")
    assert anki.legacy("guiUndo")["result"] is True
    assert stored(anki, note) == ["typed, and overwritten", "written"]
    anki.wait_for(f"shown({editor}, 0) == 'typed, and overwritten'")

    anki.exec(f"insert({editor}, 0, 'typed beside a new note')")
    draft = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "another", "Back": "b"}}
    assert anki.legacy("addNote", note=draft)["error"] is None
    anki.wait_for("mw.col.get_note(note).fields[0] == 'typed beside a new note'", note=note)
    anki.wait_for(f"shown({editor}, 0) == 'typed beside a new note'")

    anki.exec(f"insert({editor}, 0, 'typed before tags')")
    anki.legacy("addTags", notes=[note], tags="one two")
    info = anki.legacy("notesInfo", notes=[note])["result"][0]
    assert (info["fields"]["Front"]["value"], info["tags"]) == ("typed before tags", ["one", "two"])
    anki.wait_for(f"{editor}.note.tags == ['one', 'two']")
    anki.rpc("guiReviewActive")  # after all refreshes, as the text that is shown does not tell when it was read again
    anki.wait_for(f"shown({editor}, 0) == 'typed before tags'")

    anki.exec(f"insert({editor}, 0, 'typed before it is replaced')")
    replacement = {"findText": "typed", "replaceText": "found", "query": f"nid:{note}"}
    assert anki.rpc("findAndReplaceInNotes", replacement)["result"] == 1
    assert stored(anki, note)[0] == "found before it is replaced"
    anki.wait_for(f"shown({editor}, 0) == 'found before it is replaced'")

    anki.exec(f"insert({editor}, 0, 'typed before the end')")
    assert anki.legacy("deleteNotes", notes=[note])["error"] is None
    anki.wait_for(f"{editor.removesuffix('.editor')} is None or {editor}.note is None")


def test_an_editor_stores_only_what_was_changed_in_it(anki: GatewayProcess, note: int, editor: str) -> None:
    """The page also sends back what it was only given to show. What a program has written meanwhile must stay.

    The test speaks for the page, which would say up to 0.6 seconds later that it shows something else.
    """
    anki.exec(f"{editor}.web.set_bridge_command(lambda command: None, {editor})")
    say = f"{editor}.onBridgeCmd"
    anki.exec(
        "written = mw.col.get_note(note)\n"
        "written['Back'], written.tags = 'written', ['t']\n"
        "mw.col.update_note(written)\n"  # and before the editor is refreshed:
        f"{say}(f'key:1:{{note}}:back')\n"
        f"{say}(f'key:0:{{note}}:typed')\n",
        note=note,
    )
    anki.wait_for("mw.col.get_note(note).fields[0] == 'typed'", note=note)
    assert anki.eval("mw.col.get_note(note).fields + mw.col.get_note(note).tags") == ["typed", "written", "t"]

    anki.exec(
        "written['Front'], written['Back'] = 'written', 'again'\n"
        "mw.col.update_note(written)\n"
        f"{say}(f'blur:0:{{note}}:typed')\n"  # as before
        f"{say}(f'blur:1:{{note}}:')\n"
        f"{say}('saveTags:[\"mine\"]')\n"
    )
    anki.wait_for("mw.col.get_note(note).tags == ['mine']")
    assert anki.eval("mw.col.get_note(note).fields") == ["written", ""]


def test_an_editor_stores_nothing_in_a_note_whose_note_type_has_changed(
    anki: GatewayProcess, note: int, editor: str
) -> None:
    anki.exec(
        "note_type = mw.col.models.by_name('Basic (and reversed card)')\n"
        "change = mw.col.models.change_notetype_info(\n"
        "    old_notetype_id=mw.col.get_note(note).mid, new_notetype_id=note_type['id'])\n"
        "change.input.note_ids.append(note)\n"
        "mw.col.models.change_notetype_of_notes(change.input)\n"
        f"{editor}.onBridgeCmd(f'key:0:{{note}}:typed')\n",
        note=note,
    )
    anki.wait_for("is_idle()")
    assert anki.eval("mw.col.get_note(note).mid == note_type['id']")
    assert stored(anki, note) == ["front", "back"]


SHOWING = """
import gc
(editors,) = (v for v in gc.get_objects() if type(v).__name__ == "Editors")
result = [editor.nid for editor in editors.showing(None)]
"""


def test_ankis_experimental_editor_loses_nothing_either(anki: GatewayProcess, note: int) -> None:
    if not anki.eval("hasattr(mw.col, 'experiment_enabled') and hasattr(aqt.editor, 'NewEditor')"):
        pytest.skip("this Anki has one editor only")
    anki.exec("mw.col._experiments = {str(int(aqt.main.ExperimentFlag.SVELTE_EDITOR)): True}")
    try:
        anki.legacy("guiBrowse", query=f"nid:{note}")
        editor = f"{WINDOWS['browser']}.editor"
        anki.wait_for(f"type({editor}).__name__ == 'NewEditor' and {editor}._ready and {editor}.nid == note", note=note)
        anki.wait_for(f"shown({editor}, 0) == 'front'")
        anki.exec(f"insert({editor}, 0, 'typed')")
        assert anki.legacy("updateNoteFields", note={"id": note, "fields": {"Back": "written"}})["error"] is None
        assert stored(anki, note) == ["typed", "written"]
        anki.wait_for(f"[shown({editor}, 0), shown({editor}, 1)] == ['typed', 'written']")
        anki.exec(f"keep['editor'] = {editor}")
        anki.legacy("deleteNotes", notes=[note])
        anki.tidy()
        assert anki.eval("keep.pop('editor').nid") == note
        assert anki.exec(SHOWING) == []
    finally:
        anki.exec("mw.col._experiments = {}")


EDITORS = "import sys\neditors = sys.modules['1234567890.desktop.editors']\n"


def test_only_an_editor_that_shows_the_note_and_does_not_answer_delays_a_write_for_a_short_time(
    anki: GatewayProcess, note: int
) -> None:
    anki.legacy("guiEditNote", note=note)
    draft = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "another", "Back": "b"}}
    other = anki.legacy("addNote", note=draft)["result"]
    editor = f"{WINDOWS['own']}.editor"
    anki.wait_for(f"shown({editor}, 0) == 'front'")
    anki.exec(
        f"{editor}.web.eval('globalThis.save = saveNow; globalThis.saveNow = () => new Promise(() => undefined)')"
    )
    limit = anki.exec(f"{EDITORS}result = editors.PAGE_TIMEOUT_MS\neditors.PAGE_TIMEOUT_MS = 500")
    started = time.monotonic()
    write: dict[str, Any] = {"id": note, "fields": {"Back": "written"}}
    assert anki.legacy("updateNoteFields", note=write)["error"] is None
    assert 0.4 < time.monotonic() - started < 10
    assert limit == 2000
    anki.exec(
        f"editors.PAGE_TIMEOUT_MS = limit\n{editor}.web.eval('globalThis.saveNow = globalThis.save')", limit=limit
    )
    assert stored(anki, note)[1] == "written"

    anki.post("import time; time.sleep(1.5)")  # no other note needs the main thread
    started = time.monotonic()
    anki.legacy("updateNoteFields", note={"id": other, "fields": {"Back": "written"}})
    assert time.monotonic() - started < 1
