"""The actions on the browser, the Add window and the window that edits a note, by what these show."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from examples import kind_as_shown

from .conftest import GatewayProcess

pytestmark = pytest.mark.usefixtures("clean")

BROWSER = "aqt.dialogs.getInstance('Browser')"
ADD = "aqt.dialogs.getInstance('AddCards')"
EDIT = "aqt.dialogs.getInstance('AnkiRpcEditNote')"
DECK = "Note windows"


@pytest.fixture
def notes(anki: GatewayProcess) -> Iterator[list[int]]:
    anki.legacy("createDeck", deck=DECK)
    notes = [{"deckName": DECK, "modelName": "Basic", "fields": {"Front": f"n{i}", "Back": "b"}} for i in range(3)]
    reply = anki.legacy("addNotes", notes=notes)
    assert reply["error"] is None
    yield reply["result"]
    anki.delete_deck(DECK)


def card_of(anki: GatewayProcess, note: int) -> int:
    return int(anki.legacy("findCards", query=f"nid:{note}")["result"][0])


# --- browser ---


def test_the_browser_shows_what_was_added_since_and_selects_a_card(anki: GatewayProcess, notes: list[int]) -> None:
    assert anki.legacy("guiSelectCard", card=1)["result"] is False
    assert kind_as_shown(anki.rpc("guiSelectCard", {"card": 1})["error"]) == "window_closed"
    assert anki.legacy("guiSelectedNotes")["result"] == []
    anki.legacy("guiBrowse", query=f'"deck:{DECK}"')
    for action, name, note in [("guiSelectCard", "card", notes[2]), ("guiSelectNote", "note", notes[1])]:
        card = card_of(anki, note)
        assert anki.legacy(action, **{name: card}) == {"result": True, "error": None}
        assert anki.eval(f"list({BROWSER}.selected_cards())") == [card]
        assert anki.legacy("guiSelectedNotes")["result"] == [note]
        assert anki.rpc(action, {name: 1})["error"]["data"] == {"kind": "card_not_found", "card": 1, "index": 0}
        assert anki.legacy("guiSelectedNotes")["result"] == [note]
    anki.legacy("guiBrowse", query=f"nid:{notes[0]}")
    unlisted = card_of(anki, notes[1])
    assert anki.rpc("guiSelectCard", {"card": unlisted})["error"]["data"] == {"kind": "refused", "card": unlisted}
    assert anki.legacy("guiSelectCard", card=1)["result"] is True
    assert anki.legacy("guiSelectedNotes")["result"] == []

    assert len(anki.legacy("guiBrowse", query=f'"deck:{DECK}"')["result"]) == 3
    assert anki.eval(f"{BROWSER}.table.len()") == 3
    note = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "later", "Back": "b"}}
    assert anki.legacy("addNote", note=note)["error"] is None
    assert len(anki.legacy("guiBrowse", query=f'"deck:{DECK}"')["result"]) == 4
    assert anki.eval(f"{BROWSER}.table.len()") == 4


# --- Add window ---


@pytest.fixture
def add_window(anki: GatewayProcess, notes: list[int]) -> None:
    note = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "f", "Back": "b"}, "tags": ["old"]}
    anki.legacy("guiAddCards", note=note)
    anki.wait_for(f"{ADD}.editor.note and {ADD}.editor.note.fields == ['f', 'b'] and {ADD}.editor.web._domDone")


def test_the_closed_add_window_is_told_of_in_the_result(anki: GatewayProcess) -> None:
    answer = {"error": "Add Note dialog is not open", "code": 1}
    assert anki.legacy("guiAddNoteSetData", note={}) == {"result": answer, "error": None}
    error = anki.rpc("guiAddNoteSetData", {"note": {}})["error"]
    assert kind_as_shown(error) == "window_closed"
    assert error["message"] == "The Add window is not open. guiAddCards opens it."


NOT_FITTING = [
    ({"deckName": "No"}, 'Deck "No" not found'),
    ({"modelName": "No"}, 'Model "No" not found'),
    ({"fields": {"front": "x"}}, 'Field "front" not found in current note'),
    ({"deckName": "Default", "modelName": "Cloze", "fields": {"Front": "x"}}, 'Field "Front" not found'),
    ({"fields": {"Front": 1}}, "bad argument type for built-in operation"),
]


@pytest.mark.usefixtures("add_window")
def test_the_open_add_window_is_filled_in_and_what_does_not_fit_changes_nothing(anki: GatewayProcess) -> None:
    """One window for all steps, by names and by ids: opening it takes longer than they do."""
    for not_fitting, text in NOT_FITTING:
        reply = anki.legacy("guiAddNoteSetData", note=not_fitting)
        assert reply["result"] is None, not_fitting
        assert reply["error"].startswith(text), not_fitting
        assert anki.eval(f"({ADD}.editor.note.fields, {ADD}.editor.note.note_type()['name'])") == [["f", "b"], "Basic"]
        assert anki.eval(f"mw.col.decks.name({ADD}.deck_chooser.selected_deck_id)") == DECK

    change: dict[str, Any] = {"fields": {"Front": "pera"}, "tags": ["fruit"]}
    assert anki.legacy("guiAddNoteSetData", note=change) == {"result": True, "error": None}
    assert anki.eval(f"({ADD}.editor.note.fields, {ADD}.editor.note.tags)") == [["pera", "b"], ["fruit"]]
    change = {"fields": {"Front": "!"}, "tags": ["new", "fruit"]}
    assert anki.rpc("guiAddNoteSetData", {"note": change, "append": True})["result"] is True
    assert anki.eval(f"({ADD}.editor.note.fields, {ADD}.editor.note.tags)") == [["pera!", "b"], ["fruit", "new"]]
    change = {"deckName": "default", "modelName": "Cloze", "fields": {"Text": "{{c1::x}}"}}
    assert anki.legacy("guiAddNoteSetData", note=change)["result"] is True
    assert anki.eval(f"{ADD}.editor.note.note_type()['name']") == "Cloze"
    assert anki.eval(f"{ADD}.editor.note.fields[0]") == "{{c1::x}}"
    assert anki.eval(f"mw.col.decks.name({ADD}.deck_chooser.selected_deck_id)") == "Default"
    picture = {"filename": "_gui.png", "data": "AAAA", "fields": ["Text"]}
    assert anki.legacy("guiAddNoteSetData", note={"picture": picture})["result"] is True
    assert anki.eval(f"{ADD}.editor.note.fields[0]") == '{{c1::x}}<img src="_gui.png">'

    model, deck = anki.eval(f"(mw.col.models.by_name('Basic')['id'], mw.col.decks.id_for_name({DECK!r}))")
    change = {"deckId": deck, "modelId": model, "fields": {"Back": "by ids"}}
    assert anki.rpc("guiAddNoteSetData", {"note": change})["result"] is True
    shown_note = f"[{ADD}.editor.note.mid, {ADD}.deck_chooser.selected_deck_id, {ADD}.editor.note.fields[1]]"
    assert anki.eval(shown_note) == [model, deck, "by ids"]
    error = anki.rpc("guiAddNoteSetData", {"note": {"deckId": 5}})["error"]
    assert (error["data"]["kind"], error["data"]["deck"]) == ("deck_not_found", 5)
    both = {"deckId": 1, "deckName": "Default"}
    assert [*anki.rpc("guiAddNoteSetData", {"note": both})["error"]["data"]["fields"]] == ["note.deckId"]
    assert anki.legacy("guiAddNoteSetData", note={**both, "modelName": None})["error"] is None
    assert [*anki.rpc("guiAddCards", {"note": {}})["error"]["data"]["fields"]] == ["note.deckName", "note.modelName"]


def test_ankis_experimental_add_window_is_told_of(anki: GatewayProcess, notes: list[int]) -> None:
    if not anki.eval("'NewAddCards' in aqt.dialogs._dialogs"):
        pytest.skip("this Anki has no other Add window")
    anki.exec("window = aqt.dialogs.open('NewAddCards', mw)\nwindow.load_new_note()")
    anki.wait_for("window.editor._ready")
    answer = anki.legacy("guiAddNoteSetData", note={"fields": {"Front": "x"}})["result"]
    assert (answer["code"], "experimental" in answer["error"]) == (1, True)
    error = anki.rpc("guiAddNoteSetData", {"note": {}})["error"]
    assert (error["data"]["kind"], error["message"]) == ("window_closed", answer["error"])
    draft = {"deckName": DECK, "modelName": "Basic", "fields": {"Front": "in the other"}}
    assert anki.legacy("guiAddCards", note=draft)["error"] is None
    anki.wait_for(f"{ADD}.editor.note and {ADD}.editor.note.fields[0] == 'in the other'")
    assert anki.legacy("guiAddNoteSetData", note={"fields": {"Back": "b"}})["result"] is True
    anki.exec("window._close()")  # which its page does, unless its deck is gone


# --- the window that edits a note ---


def shown(anki: GatewayProcess, note: int) -> None:
    anki.wait_for(f"{EDIT}.editor.note.id == note and {EDIT}.editor.web._domDone", note=note)


def press(anki: GatewayProcess, name: str) -> None:
    anki.exec(f"{EDIT}.{name}_action.trigger()")


@pytest.mark.parametrize("theme", ["LIGHT", pytest.param("DARK", marks=pytest.mark.matrix)])
def test_one_window_edits_note_after_note_goes_back_and_shows_what_is_left(
    anki: GatewayProcess, notes: list[int], theme: str, tmp_path: Path
) -> None:
    anki.exec("from aqt.theme import Theme\nmw.set_theme(Theme[theme])", theme=theme)
    try:
        goes_back(anki, notes)
        looks_like_a_window(anki, tmp_path / f"edit-{theme}.png")
    finally:
        anki.exec("mw.set_theme(Theme.LIGHT)")
    anki.legacy("deleteNotes", notes=notes[1:])
    shown(anki, notes[0])
    anki.legacy("deleteNotes", notes=notes)
    anki.wait_for(f"{EDIT} is None")
    assert anki.windows() == []


def goes_back(anki: GatewayProcess, notes: list[int]) -> None:
    for note in notes:
        assert anki.legacy("guiEditNote", note=note) == {"result": None, "error": None}
        shown(anki, note)
    assert anki.windows() == ["EditDialog 'Edit'"]
    assert anki.eval(f"({EDIT}.previous_action.isEnabled(), {EDIT}.next_action.isEnabled())") == [True, False]
    assert anki.eval(f"{EDIT}.findChildren(__import__('aqt').qt.QDialogButtonBox)") == []
    press(anki, "previous")
    shown(anki, notes[1])
    press(anki, "previous")
    shown(anki, notes[0])
    assert anki.eval(f"({EDIT}.previous_action.isEnabled(), {EDIT}.next_action.isEnabled())")[1] is True
    press(anki, "next")
    shown(anki, notes[1])


def test_the_edit_window_previews_and_browses(anki: GatewayProcess, notes: list[int]) -> None:
    for note in notes[:2]:
        anki.legacy("guiEditNote", note=note)
        shown(anki, note)
    press(anki, "preview")
    previewer = f"{EDIT}._previewer"
    anki.wait_for(f"{previewer}.isVisible() and {previewer}.card().nid == note", note=notes[1])
    press(anki, "previous")
    anki.wait_for(f"{previewer}.card().nid == note and {EDIT}.editor.note.id == note", note=notes[0])
    press(anki, "preview")
    anki.wait_for(f"{previewer} is None")
    press(anki, "browse")
    anki.wait_for(
        f"{BROWSER} and {BROWSER}.table.len() >= 2 and list({BROWSER}.selected_notes()) == [note]", note=notes[0]
    )


def test_a_note_that_is_deleted_while_it_is_opened_again_is_left(anki: GatewayProcess, notes: list[int]) -> None:
    for note in notes[:2]:
        anki.legacy("guiEditNote", note=note)
        shown(anki, note)
    again = f"{EDIT}.reopen(mw, note)\nmw.col.remove_notes([note])"  # it is opened when the page has answered
    anki.exec(again, note=notes[1])
    shown(anki, notes[0])
    anki.exec(again, note=notes[0])
    anki.wait_for(f"{EDIT} is None")
    assert anki.windows() == []


def looks_like_a_window(anki: GatewayProcess, picture: Path) -> None:
    deadline = time.monotonic() + 10
    while anki.grab(EDIT, picture).stat().st_size < 7000:  # the page is painted by and by
        assert time.monotonic() < deadline, "one flat colour"
        time.sleep(0.1)


def test_other_windows_are_told_of_the_deletion_that_closes_the_edit_window(
    anki: GatewayProcess, notes: list[int]
) -> None:
    anki.legacy("guiEditNote", note=notes[0])
    anki.exec(f"{EDIT}.history.note_ids[:] = [note]", note=notes[0])
    anki.legacy("guiBrowse", query=f"nid:{notes[0]}")
    anki.wait_for(f"is_idle() and {BROWSER}.editor.note is not None")
    anki.legacy("deleteNotes", notes=[notes[0]])
    anki.wait_for(f"{EDIT} is None")
    anki.wait_for(f"{BROWSER}.editor.note is None")


def test_an_unknown_note_is_not_edited(anki: GatewayProcess) -> None:
    text = (
        "Your database appears to be in an inconsistent state. Please use the Check Database action. "
        "No such note: '12345'"
    )
    assert anki.legacy("guiEditNote", note=12345) == {"result": None, "error": text}
    assert anki.legacy("guiEditNote", note="x")["error"] == "'str' object cannot be interpreted as an integer"
    assert anki.rpc("guiEditNote", [12345])["error"]["data"] == {"kind": "note_not_found", "note": 12345}
    assert anki.windows() == []


def test_a_file_that_cannot_be_read_opens_no_add_window(anki: GatewayProcess) -> None:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "a"}}
    picture = {"filename": "a.png", "path": "nothing.png", "fields": ["Front"]}
    error = anki.rpc("guiAddCards", {"note": {**note, "picture": [picture]}})["error"]
    assert error["data"]["kind"] == "file_problem"
    assert anki.eval("not any(type(window).__name__ == 'AddCards' for window in windows())")
