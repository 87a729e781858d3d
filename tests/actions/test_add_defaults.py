"""What Anki proposes for a new note, on a real collection."""

import pytest
import seed

DEFAULT = {"deckName": "Default", "modelName": "Basic"}


def defaults(gateway, **params):
    result = gateway.rpc("getAddDefaults", params)["result"]
    assert gateway.legacy("getAddDefaults", **params) == {"result": result, "error": None}
    return result


def add(gateway, model, deck, **fields):
    note = {"modelName": model, "deckName": deck, "fields": fields}
    assert "result" in gateway.rpc("addNote", {"note": note})


def test_the_current_deck_and_the_note_type_of_the_last_note_are_proposed(gateway):
    assert defaults(gateway) == DEFAULT
    gateway.rpc("selectDeck", {"deck": "Italian::A1"})
    assert defaults(gateway) == {**DEFAULT, "deckName": "Italian::A1"}
    add(gateway, "Cloze", "Italian", Text="{{c1::x}}")
    assert defaults(gateway) == {"deckName": "Italian::A1", "modelName": "Cloze"}
    assert defaults(gateway, modelName="BASIC") == {"deckName": "Italian::A1", "modelName": "Basic"}


@pytest.fixture
def by_note_type(gateway):
    changes = {"editing": {"addingDefaultsToCurrentDeck": False}}
    assert gateway.rpc("setPreferences", {"changes": changes})["result"] == changes
    return gateway


def test_if_the_user_prefers_it_the_deck_is_that_of_the_note_type(by_note_type):
    add(by_note_type, "Cloze", "Italian", Text="{{c1::x}}")
    add(by_note_type, "Italian vocab", "Italian::A1", Word="pera")
    assert defaults(by_note_type) == {"deckName": "Italian::A1", "modelName": "Italian vocab"}
    assert defaults(by_note_type, modelName="Cloze") == {"deckName": "Italian", "modelName": "Cloze"}
    never_used = defaults(by_note_type, modelName="Basic")
    assert never_used == {"deckName": "Italian::A1", "modelName": "Basic"}


def test_a_deck_or_note_type_that_is_gone_is_not_proposed(by_note_type):
    add(by_note_type, "Cloze", "Italian", Text="{{c1::x}}")
    by_note_type.col.decks.remove([seed.ITALIAN])
    assert defaults(by_note_type, modelName="Cloze") == {"deckName": "Default", "modelName": "Cloze"}
    by_note_type.rpc("deleteModels", {"modelNames": ["Cloze"]})
    assert defaults(by_note_type) == DEFAULT


@pytest.mark.parametrize("prefers", [True, False])
def test_a_filtered_deck_is_not_proposed(gateway, prefers):
    gateway.rpc("setPreferences", {"changes": {"editing": {"addingDefaultsToCurrentDeck": prefers}}})
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]})
    gateway.rpc("selectDeck", {"deck": "Cram"})
    assert defaults(gateway) == DEFAULT
    assert defaults(gateway, modelName="Basic") == DEFAULT


def test_reading_changes_nothing(gateway):
    before = str(gateway.col.undo_status()), gateway.col.mod, gateway.col.db.all("select * from config")
    defaults(gateway)
    defaults(gateway, modelName="Cloze")
    assert (str(gateway.col.undo_status()), gateway.col.mod, gateway.col.db.all("select * from config")) == before


def test_an_unknown_note_type_is_an_error(reading):
    assert reading.rpc("getAddDefaults", {"modelName": "Clozee"})["error"]["data"] == {
        "kind": "model_not_found",
        "model": "Clozee",
        "suggestions": ["Cloze"],
    }
