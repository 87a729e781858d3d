"""Templates that would end Anki, brought by a sync or an import: calls that need them say so, and all others work."""

from pathlib import Path

import pytest
import seed
from anki.collection import ExportAnkiPackageOptions
from anki.notetypes_pb2 import Notetype
from sizes import some, turns

from addon import actions  # noqa: F401  (fills the registry)
from addon.rpc.registry import REGISTRY, RunsOn

SIDES = ["q_format", "a_format", "q_format_browser", "a_format_browser"]
DEEP = "{{Word}}" + "{{#Word}}" * 20_000 + "a" + "{{/Word}}" * 20_000
MESSAGE = "More than 500 conditions on one side of the template 'Card 1'"
VOCAB, BASIC = "Italian vocab", "Basic"
LEAVES_THE_MACHINE = {"sync"}


def store(col, side, where="where ntid in (select id from notetypes where name = 'Italian vocab')"):
    """Write deadly templates, past all checks."""
    for model_id, place, config in col.db.all(f"select ntid, ord, config from templates {where}"):
        template = Notetype.Template.Config.FromString(bytes(config))
        setattr(template, side, DEEP)
        blob = template.SerializeToString().hex()
        col.db.execute("update templates set config = unhex(?) where ntid = ? and ord = ?", blob, model_id, place)
    col.close()
    col.reopen()


@pytest.fixture
def deadly(request, gateway):
    """A gateway on a collection in which the note type of both notes has a deadly side, the front or another."""
    store(gateway.col, getattr(request, "param", SIDES[0]))
    return gateway


NEEDING = {
    "addNote": {"note": {"deckName": "Default", "modelName": VOCAB, "fields": {"Word": "pera"}}},
    "updateNoteFields": {"note": {"id": seed.MELA, "fields": {"Word": "pera"}}},
    "updateNote": {"note": {"id": seed.MELA, "fields": {"Word": "pera"}, "tags": ["x"]}},
    "updateNoteTags": {"note": seed.MELA, "tags": ["x"]},
    "updateNoteModel": {"note": {"id": seed.MELA, "modelName": BASIC, "fields": {"Front": "pera"}}},
    "changeNoteType": {"notes": [seed.MELA], "modelName": BASIC},
    "modelFieldAdd": {"modelName": VOCAB, "fieldName": "Audio"},
    "findEmptyCards": {},
    "removeEmptyCards": {"keepNotes": True},
    "checkDatabase": {},
}
EACH = {
    "addNotes": {"notes": [NEEDING["addNote"]["note"]]},
    "updateNotes": {"notes": [{"id": seed.MELA, "fields": {"Word": "pera"}}]},
    "upsertNotes": {"notes": [NEEDING["addNote"]["note"]]},
}
OTHERS = {
    "addNote": {"note": {"deckName": "Default", "modelName": BASIC, "fields": {"Front": "pera"}}},
    "findNotes": {"query": "Word:mela"},
    "notesInfo": {"notes": [seed.MELA]},
    "addTags": {"notes": [seed.MELA], "tags": "x"},
    "modelTemplates": {"modelName": VOCAB},
    "suspend": {"cards": [seed.MELA_CARD]},
    "deleteNotes": {"notes": [seed.UVA]},
    "undo": {},
}


@pytest.mark.parametrize(("method", "deadly"), turns(NEEDING, lambda method: SIDES), indirect=["deadly"])
def test_a_call_that_needs_the_template_is_refused_and_the_undo_history_stays(deadly, method):
    deadly.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    undo = deadly.rpc("getUndoStatus")
    error = deadly.rpc(method, NEEDING[method])["error"]
    assert (error["data"]["kind"], error["message"]) == ("refused", MESSAGE)
    assert (error["data"]["model"], error["data"]["template"]) == (VOCAB, "Card 1")
    assert deadly.legacy(method, **NEEDING[method])["error"] == MESSAGE
    assert deadly.rpc("getUndoStatus") == undo


@pytest.mark.parametrize(("method", "deadly"), turns(EACH, lambda method: SIDES), indirect=["deadly"])
def test_in_a_list_it_is_an_error_of_its_item(deadly, method):
    response = deadly.rpc(method, EACH[method])
    assert MESSAGE in str(response)
    assert "internal" not in str(response).lower()


def test_a_card_that_cannot_be_shown_says_why(deadly):
    (card,) = deadly.rpc("cardsInfo", {"cards": [seed.MELA_CARD]})["result"]
    assert MESSAGE in card["question"]


def test_all_other_calls_work(deadly):
    for method, params in OTHERS.items():
        assert "error" not in deadly.rpc(method, params), method


@pytest.mark.parametrize(("side", "name"), [("q_format", "Front"), ("a_format", "Back")])
def test_the_template_can_be_mended(gateway, side, name):
    store(gateway.col, side)
    model = {"name": VOCAB, "templates": {"Card 1": {name: "{{Word}}"}}}
    assert gateway.rpc("updateModelTemplates", {"model": model})["result"] is None
    assert "result" in gateway.rpc("addNote", NEEDING["addNote"])


@pytest.mark.parametrize("side", some(SIDES, 3))
def test_no_example_of_any_action_ends_anki_or_fails_inside(gateway, side):
    store(gateway.col, side, "")
    for action in REGISTRY.listed():
        if action.runs_on is not RunsOn.GUI and action.name not in LEAVES_THE_MACHINE:
            for example in action.examples:
                response = gateway.rpc(action.name, example.params)
                assert response.get("error", {"code": 0})["code"] != -32603, action.name


@pytest.mark.parametrize(("side", "legacy"), turns(SIDES, lambda side: [True, False]))
def test_a_package_with_such_a_template_is_refused(open_gateway, side, legacy):
    source, target = open_gateway(), open_gateway()
    store(source.col, side)
    path = str(Path(target.col.path).parent / "deadly.apkg")
    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
    source.col.export_anki_package(out_path=path, options=options, limit=None)
    target.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    undo = target.rpc("getUndoStatus")
    error = target.rpc("importPackage", {"path": path})["error"]
    assert (error["data"]["kind"], error["message"]) == (
        "file_problem",
        f"{MESSAGE} of the note type {VOCAB!r} in the package",
    )
    assert target.rpc("getUndoStatus") == undo
