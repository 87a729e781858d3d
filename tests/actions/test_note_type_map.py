"""How Anki would map fields and templates, on a real collection."""

import pytest
import seed
from sizes import for_rows

BOTH, VOCAB, CLOZE = "Basic (and reversed card)", "Italian vocab", "Cloze"


def suggested(gateway, old, new):
    params = {"oldModelName": old, "newModelName": new}
    result = gateway.rpc("suggestNoteTypeMap", params)["result"]
    assert gateway.legacy("suggestNoteTypeMap", **params) == {"result": result, "error": None}
    return result


@for_rows(
    ("old", "new", "fields", "templates"),
    [
        ("basic", BOTH, {"Front": "Front", "Back": "Back"}, {"Card 1": "Card 1", "Card 2": None}),
        (BOTH, "Basic", {"Front": "Front", "Back": "Back"}, {"Card 1": "Card 1"}),
        (VOCAB, "Basic", {"Front": "Word", "Back": "Meaning"}, {"Card 1": "Card 1"}),
        (
            "Basic",
            "Basic (optional reversed card)",
            {"Front": "Front", "Back": "Back", "Add Reverse": None},
            {"Card 1": "Card 1", "Card 2": None},
        ),
        ("Basic", "Basic", {"Front": "Front", "Back": "Back"}, {"Card 1": "Card 1"}),
        ("Basic", CLOZE, {"Text": "Front", "Back Extra": "Back"}, None),
        (CLOZE, "Basic", {"Front": "Text", "Back": "Back Extra"}, None),
    ],
)
def test_names_come_first_and_then_the_order(reading, old, new, fields, templates):
    assert suggested(reading, old, new) == {"fields": fields, "templates": templates}


@pytest.mark.parametrize("new", ["Basic", BOTH, CLOZE])
def test_the_maps_are_those_by_which_notes_are_changed_without_maps(gateway, open_gateway, new):
    other = open_gateway()
    maps = suggested(gateway, VOCAB, new)
    call = {"notes": [seed.MELA, seed.UVA], "modelName": new}
    assert gateway.rpc("changeNoteType", {**call, **maps}) == other.rpc("changeNoteType", call)
    for table in ("notes", "cards"):
        select = f"select id, {'flds' if table == 'notes' else 'nid, ord'} from {table} order by 1"
        rows = [one.col.db.all(select) for one in (gateway, other)]
        assert rows[0] == rows[1] or table == "cards"
    assert gateway.rpc("undoStatus")["result"]["undo"] == "Change Note Type"


def test_asking_changes_nothing(gateway):
    before = str(gateway.col.undo_status()), gateway.col.mod
    suggested(gateway, VOCAB, BOTH)
    assert (str(gateway.col.undo_status()), gateway.col.mod) == before


@pytest.mark.parametrize("name", ["oldModelName", "newModelName"])
def test_an_unknown_note_type_is_an_error(reading, name):
    params = {"oldModelName": VOCAB, "newModelName": BOTH, name: "Basik"}
    error = reading.rpc("suggestNoteTypeMap", params)["error"]
    assert error["data"] == {"kind": "model_not_found", "model": "Basik", "suggestions": ["Basic"]}
