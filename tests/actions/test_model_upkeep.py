"""Renaming and deleting note types, on a real collection."""

import pytest
import seed
from sizes import for_rows

VOCAB = "Italian vocab"
MODEL = seed.FIRST_MODEL + 6


def make_history(gateway):
    """Have the user do something that can be undone."""
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    gateway.user = gateway.col.undo_status().undo


@pytest.fixture
def step(gateway):
    make_history(gateway)
    return gateway


@pytest.fixture(scope="module")
def kept_step(keep):
    return keep(make_history)


def schema_time(gateway):
    return gateway.col.db.scalar("select scm from col")


def rows(gateway):
    return [gateway.col.db.all(f"select * from {table} order by 1, 2") for table in ("notes", "cards", "notetypes")]


# --- renaming ---


@for_rows("call", ["rpc", "legacy"])
def test_a_note_type_gets_another_name_and_its_notes_stay_without_a_full_sync(kept_step, call):
    step = kept_step.unchanged()
    before, schema = step.col.db.all("select * from notes"), schema_time(step)
    params = {"modelName": "ITALIAN vocab", "newName": 'Lingua "italiana"::A1'}
    reply = step.rpc("renameModel", params) if call == "rpc" else step.legacy("renameModel", **params)
    assert reply["result"] == "Lingua italiana::A1"
    assert step.rpc("modelNameFromId", {"modelId": MODEL})["result"] == "Lingua italiana::A1"
    assert (step.col.db.all("select * from notes"), schema_time(step)) == (before, schema)
    assert step.col.undo_status().undo == "Update Note Type"
    step.col.undo()
    assert step.rpc("modelNameFromId", {"modelId": MODEL})["result"] == VOCAB
    assert step.col.undo_status().undo == step.user


@for_rows("name", ["Basic", "bASIC", 'Ba"sic'])
def test_the_name_of_another_note_type_is_refused_and_never_gets_a_number(kept_step, name):
    step = kept_step.unchanged()
    error = step.rpc("renameModel", {"modelName": VOCAB, "newName": name})["error"]
    assert (error["data"]["kind"], error["data"]["model"]) == ("already_exists", name.replace('"', ""))
    assert step.col.undo_status().undo == step.user
    assert step.legacy("renameModel", modelName=VOCAB, newName=name)["error"] == "Model name already exists"


@for_rows("name", ["", '"', '""'])
def test_an_empty_name_is_refused_and_the_undo_history_stays(kept_step, name):
    step = kept_step.unchanged()
    assert step.rpc("renameModel", {"modelName": VOCAB, "newName": name})["error"]["data"]["kind"] == "refused"
    assert step.col.undo_status().undo == step.user


def test_a_note_type_may_change_the_case_of_its_name(gateway):
    assert gateway.rpc("renameModel", {"modelName": VOCAB, "newName": "ITALIAN Vocab"})["result"] == "ITALIAN Vocab"
    assert "ITALIAN Vocab" in gateway.rpc("modelNames")["result"]


def test_letters_of_a_name_are_composed(gateway):
    assert gateway.rpc("renameModel", {"modelName": VOCAB, "newName": "Caffe\u0300"})["result"] == "Caff\u00e8"
    error = gateway.rpc("renameModel", {"modelName": "Basic", "newName": "caffe\u0300"})["error"]
    assert error["data"]["kind"] == "already_exists"


# --- deleting ---


@for_rows("call", ["rpc", "legacy"])
def test_a_note_type_goes_with_its_notes_and_cards_in_one_step(kept_step, call):
    step = kept_step.unchanged()
    before, schema = rows(step), schema_time(step)
    params = {"modelNames": ["italian VOCAB", "Cloze", "nosuch", VOCAB]}
    reply = step.rpc("deleteModels", params) if call == "rpc" else step.legacy("deleteModels", **params)
    assert reply["result"] == {"models": [VOCAB, "Cloze"], "notes": 2, "cards": 2}
    assert step.col.note_count() == step.col.card_count() == 0
    assert not {VOCAB, "Cloze"} & {*step.rpc("modelNames")["result"]}
    assert schema_time(step) > schema, "the next sync is a full one"
    assert step.col.undo_status().undo == "Remove Note Type"
    step.col.undo()
    assert rows(step) == before
    assert step.col.undo_status().undo == step.user
    step.col.redo()
    assert step.col.note_count() == 0


def test_names_of_nothing_delete_nothing(step):
    last = step.col.undo_status().last_step
    empty = {"models": [], "notes": 0, "cards": 0}
    assert step.rpc("deleteModels", {"modelNames": ["nosuch", ""]})["result"] == empty
    assert step.rpc("deleteModels", {"modelNames": []})["result"] == empty
    assert step.col.undo_status().last_step == last


def test_if_none_is_left_anki_adds_basic_again(gateway):
    names = gateway.rpc("modelNames")["result"]
    assert gateway.rpc("deleteModels", {"modelNames": names})["result"]["models"] == names
    assert gateway.rpc("modelNames")["result"] == ["Basic"]
    gateway.col.undo()
    assert gateway.rpc("modelNames")["result"] == names


def test_a_dry_run_counts_and_deletes_nothing(step):
    before = rows(step)
    losses = step.rpc("deleteModels", {"modelNames": [VOCAB, "nosuch"], "dryRun": True})["result"]
    assert losses == {
        "dryRun": True,
        "models": {"count": 1, "names": [VOCAB]},
        "notes": {"count": 2, "ids": [seed.MELA, seed.UVA]},
        "cards": {"count": 2, "ids": [seed.MELA_CARD, seed.UVA_CARD]},
    }
    assert rows(step) == before


@pytest.mark.parametrize("damage", ["update notes set flds = cast(x'ff' as text)", "update cards set did = 'x'"])
def test_a_damaged_note_or_card_is_refused_and_the_undo_history_stays(gateway, damage):
    gateway.col.db.execute(damage)
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    assert gateway.rpc("deleteModels", {"modelNames": [VOCAB]})["error"]["data"]["kind"] == "refused"
    assert gateway.col.undo_status().undo == "Rename Deck"
    assert gateway.rpc("deleteModels", {"modelNames": ["Cloze"]})["result"]["models"] == ["Cloze"]
