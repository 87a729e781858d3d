"""Templates that would end Anki, brought by a sync or an import: calls that need them say so, and all others work."""

from pathlib import Path

import pytest
import seed
from anki.collection import ExportAnkiPackageOptions
from anki.notetypes_pb2 import Notetype
from kept_gateways import KeptGateway
from sizes import for_rows, some, turns

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

SIDES = ["q_format", "a_format", "q_format_browser", "a_format_browser"]
DEEP, LONG = ("{{Word}}" + "{{#Word}}" * count + "a" + "{{/Word}}" * count for count in (20_000, 1_000))
"""What ends Anki, and what is refused as well and soon read."""
MESSAGE = "More than 500 conditions on one side of the template 'Card 1'"
VOCAB, BASIC = "Italian vocab", "Basic"
LEAVES_THE_MACHINE = {"sync", "syncLogin"}


def store(col, side, where="where ntid in (select id from notetypes where name = 'Italian vocab')", text=DEEP):
    """Write deadly templates, past all checks."""
    for model_id, place, config in col.db.all(f"select ntid, ord, config from templates {where}"):
        template = Notetype.Template.Config.FromString(bytes(config))
        setattr(template, side, text)
        blob = template.SerializeToString().hex()
        col.db.execute("update templates set config = unhex(?) where ntid = ? and ord = ?", blob, model_id, place)
    col.close()
    col.reopen()


@pytest.fixture
def deadly(gateway):
    """A gateway on a collection in which the note type of both notes has a deadly front."""
    store(gateway.col, SIDES[0])
    return gateway


@pytest.fixture(scope="module")
def kept_deadly(example_collection, tmp_path_factory):
    """Such gateways with a step to undo, by the side that is deadly."""

    def keep(side):
        def prepare(gateway):
            store(gateway.col, side)
            gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})

        return KeptGateway(example_collection, tmp_path_factory.mktemp("kept"), prepare)

    gateways = {side: keep(side) for side in SIDES}
    yield gateways
    for each in gateways.values():
        each.close()


NEEDING = {
    "addNote": {"note": {"deckName": "Default", "modelName": VOCAB, "fields": {"Word": "pera"}}},
    "updateNoteFields": {"note": {"id": seed.MELA, "fields": {"Word": "pera"}}},
    "updateNote": {"note": {"id": seed.MELA, "fields": {"Word": "pera"}, "tags": ["x"]}},
    "updateNoteTags": {"note": seed.MELA, "tags": ["x"]},
    "updateNoteModel": {"note": {"id": seed.MELA, "modelName": BASIC, "fields": {"Front": "pera"}}},
    "changeNoteType": {"notes": [seed.MELA], "modelName": BASIC},
    "modelFieldAdd": {"modelName": VOCAB, "fieldName": "Audio"},
    "renameModel": {"modelName": VOCAB, "newName": "x"},
    "copyModel": {"modelName": VOCAB, "newName": "x"},
    "setModelOptions": {"modelName": VOCAB, "latexSvg": True},
    "modelFieldSetOptions": {"modelName": VOCAB, "fields": [{"fieldName": "Word", "rtl": True}]},
    "modelTemplateSetOptions": {"modelName": VOCAB, "templates": [{"templateName": "Card 1", "browserFont": "x"}]},
    "editModel": {"modelName": VOCAB, "edits": [{"op": "addField", "name": "Audio"}]},
    "findAndReplaceInNotes": {"findText": "mela", "replaceText": "pera", "notes": [seed.MELA]},
    "previewCards": {"noteId": seed.MELA},
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
    "deleteModels": {"modelNames": ["Cloze"]},
    "restoreModel": {"modelName": VOCAB, "kind": "basic"},
    "undo": {},
}


@for_rows(("method", "side"), turns(NEEDING, lambda method: SIDES))
def test_a_call_that_needs_the_template_is_refused_and_the_undo_history_stays(kept_deadly, method, side):
    deadly = kept_deadly[side].unchanged()
    undo = deadly.rpc("undoStatus")
    error = deadly.rpc(method, NEEDING[method])["error"]
    assert (error["data"]["kind"], error["message"]) == ("refused", MESSAGE)
    assert (error["data"]["model"], error["data"]["template"]) == (VOCAB, "Card 1")
    assert deadly.legacy(method, **NEEDING[method])["error"] == MESSAGE
    assert deadly.rpc("undoStatus") == undo


@for_rows(("method", "side"), turns(EACH, lambda method: SIDES))
def test_in_a_list_it_is_an_error_of_its_item(kept_deadly, method, side):
    response = kept_deadly[side].unchanged().rpc(method, EACH[method])
    assert MESSAGE in str(response)
    assert "internal" not in str(response).lower()


def test_a_card_that_cannot_be_shown_says_why(deadly):
    (card,) = deadly.rpc("cardsInfo", {"cards": [seed.MELA_CARD]})["result"]
    assert MESSAGE in card["question"]


def test_all_other_calls_work(deadly):
    for method, params in OTHERS.items():
        assert "error" not in deadly.rpc(method, params), method


@for_rows(
    ("side", "name", "text"),
    [
        ("q_format", "Front", "{{Word}}"),
        ("a_format", "Back", "{{Word}}"),
        ("q_format_browser", "BrowserFront", "{{Word}}"),
        ("q_format_browser", "BrowserFront", ""),
        ("a_format_browser", "BrowserBack", ""),
    ],
)
@for_rows("protocol", ["rpc", "legacy"])
def test_the_template_can_be_mended(kept, side, name, text, protocol):
    gateway = kept.unchanged()
    store(gateway.col, side)
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    params = {"model": {"name": VOCAB, "templates": {"Card 1": {name: text}}}}
    assert gateway.rpc("addNote", NEEDING["addNote"])["error"]["data"]["side"] == name
    reply = gateway.rpc("updateModelTemplates", params) if protocol == "rpc" else None
    reply = reply or gateway.legacy("updateModelTemplates", **params)
    assert reply["result"] is None
    assert reply.get("error") is None
    assert gateway.col.undo_status().undo == "Update Note Type"
    assert "result" in gateway.rpc("addNote", NEEDING["addNote"])


def test_all_deadly_sides_are_mended_by_one_call(gateway):
    for side in SIDES:
        store(gateway.col, side)
    sides = {"Front": "{{Word}}", "Back": "{{Meaning}}", "BrowserFront": "", "BrowserBack": "{{Word}}"}
    while sides:
        model = {"name": VOCAB, "templates": {"Card 1": sides}}
        assert "error" not in gateway.rpc("updateModelTemplates", {"model": model})
        template = gateway.col.models.by_name(VOCAB)["tmpls"][0]
        assert (template["bqfmt"], template["bafmt"]) == ("", "{{Word}}")
        sides = {"Front": "{{Word}}!"} if len(sides) > 1 else None


@for_rows("name", ["Front", "Back", "BrowserFront", "BrowserBack"])
def test_no_side_is_made_deadly(kept, name):
    gateway = kept.unchanged()
    model = {"name": VOCAB, "templates": {"Card 1": {name: DEEP}}}
    assert gateway.rpc("updateModelTemplates", {"model": model})["error"]["data"]["side"] == name


DAMAGES = [
    f"update notes set flds = cast(x'ff' as text) where id = {seed.UVA}",
    f"update notes set mod = 'x' where id = {seed.UVA}",
    f"update cards set ivl = -1 where id = {seed.UVA_CARD}",
    f"update cards set did = 'x' where id = {seed.UVA_CARD}",
    f"update cards set ord = 9 where id = {seed.UVA_CARD}",
]


@for_rows(("side", "damage"), turns(SIDES, lambda side: DAMAGES))
def test_a_damaged_note_or_card_of_its_note_type_leaves_undo_and_the_others(open_gateway, side, damage):
    deadly = open_gateway()
    store(deadly.col, side, text=LONG)
    deadly.col.db.execute(damage)
    deadly.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    undo = deadly.rpc("undoStatus")
    for method, params in NEEDING.items():
        for answer in (deadly.rpc(method, params), deadly.legacy(method, **params)):
            assert MESSAGE in str(answer["error"]), method
        assert deadly.rpc("undoStatus") == undo
    for method, params in EACH.items():
        assert MESSAGE in str(deadly.rpc(method, params)), method
        assert deadly.rpc("undoStatus") == undo
    assert len(deadly.rpc("notesInfo", {"notes": [seed.UVA, seed.MELA]})["result"]) == 2
    cards = deadly.rpc("cardsInfo", {"cards": [seed.UVA_CARD, seed.MELA_CARD]})["result"]
    assert [card["cardId"] for card in cards if card] in ([seed.UVA_CARD, seed.MELA_CARD], [seed.MELA_CARD])
    sides = {"Front": "{{Word}}", "Back": "x", "BrowserFront": "", "BrowserBack": ""}
    mended = deadly.rpc("updateModelTemplates", {"model": {"name": VOCAB, "templates": {"Card 1": sides}}})
    assert "error" not in mended or mended["error"]["data"] == {"kind": "refused", "card": seed.UVA_CARD}
    assert deadly.rpc("undoStatus")["result"]["undo"] is not None


@pytest.mark.parametrize("side", some(SIDES, 4))
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
    undo = target.rpc("undoStatus")
    error = target.rpc("importPackage", {"path": path})["error"]
    assert (error["data"]["kind"], error["message"]) == (
        "file_problem",
        f"{MESSAGE} of the note type {VOCAB!r} in the package",
    )
    assert target.rpc("undoStatus") == undo


@pytest.mark.parametrize(("side", "legacy"), turns(SIDES, lambda side: [True, False]))
def test_a_collection_with_such_a_template_replaces_no_other(open_gateway, side, legacy):
    source, target = open_gateway(), open_gateway()
    store(source.col, side)
    path = str(Path(target.col.path).parent / "deadly.colpkg")
    source.rpc("exportCollection", {"path": path, "legacy": legacy})
    target.rpc("addTags", {"notes": [seed.MELA], "tags": "new"})
    undo = target.rpc("undoStatus")
    for dry_run in (True, False):
        error = target.rpc("importCollection", {"path": path, "dryRun": dry_run})["error"]
        assert (error["data"]["kind"], MESSAGE in error["message"]) == ("file_problem", True)
    assert target.rpc("undoStatus") == undo
