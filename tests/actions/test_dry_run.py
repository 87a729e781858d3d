"""Dry runs: every destructive action has one, it changes nothing, and what it tells is what then goes."""

import re
from pathlib import Path

import jsonschema
import pytest
import seed
from anki.collection import AddNoteRequest
from examples import DOCUMENT, FILTERED, ROOT, STUDIED
from kept_gateways import KeptGateway
from local_gateway import LocalGateway
from sizes import for_rows, some, turns

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn
from addon.schemas.fields.dry_run import MAX_LISTED

DESTRUCTIVE = {action.name: action for action in REGISTRY.listed() if action.destructive}


@pytest.fixture(scope="module")
def full_collection(example_collection, tmp_path_factory):
    """The path of the example collection with something of everything that can go, and ids in it by their names."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("full")))
    col = gateway.col
    both = col.models.by_name("Basic (and reversed card)")
    cloze = col.models.by_name("Cloze")
    other = col.decks.add_normal_deck_with_name("Other").id
    requests = []
    for model, deck, fields, tags in (
        (both, other, ["front", "back"], ["level::A1", "Level", "x"]),
        (both, other, ["only front", ""], ["levels"]),
        (cloze, other, ["{{c1::one}} {{c2::two}} {{c3::three}}", "extra"], []),
        (both, seed.ITALIAN, ["", ""], ["a1"]),
    ):
        note = col.new_note(model)
        note.fields, note.tags = fields, tags
        requests.append(AddNoteRequest(note, deck))
    col.add_notes(requests)
    ids = dict(zip(("front", "single", "cloze", "empty"), (request.note.id for request in requests), strict=True))
    note = col.get_note(ids["single"])  # its second card has become empty
    note["Back"] = "soon gone"
    col.update_note(note)
    note["Back"] = ""
    col.update_note(note)
    col.set_deck([col.get_note(ids["front"]).card_ids()[1]], seed.ITALIAN)
    col.tags.bulk_add([seed.MELA], "gone \u00c9t\u00e9 used\u00c9")
    col.tags.bulk_remove([seed.MELA], "gone \u00c9t\u00e9")
    col.sched.set_due_date([seed.UVA_CARD], "5")
    ids["preset"] = gateway.rpc("cloneDeckConfigId", {"name": "Hard", "cloneFrom": 1})["result"]
    gateway.rpc("setDeckPreset", {"decks": ["Italian", "Other"], "preset": "Hard"})
    terms = [{"search": f"nid:{seed.MELA},{ids['front']}"}]
    gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": terms})
    gateway.rpc("storeMediaFile", {"filename": "_gone.txt", "data": "Y2lhbw=="})
    gateway.rpc("deleteMediaFile", {"filename": "_gone.txt"})
    gateway.rpc("saveSearch", {"name": "hard", "search": "tag:hard"})
    gateway.rpc("setConfigValues", {"values": {"mine.a": 1, "mine.b": None, "others.c": []}})
    gateway.close()
    return gateway.host.path, ids


@pytest.fixture(scope="module")
def kept_full(full_collection, tmp_path_factory):
    path, ids = full_collection
    gateways = KeptGateway(path, tmp_path_factory.mktemp("kept"), lambda gateway: vars(gateway).update(ids))
    yield gateways
    gateways.close()


@pytest.fixture
def full(kept_full):
    return kept_full.unchanged()


def state_of(gateway):
    """All that can go, by its kind and id."""
    col, rows = gateway.col, gateway.col.db.all
    models = col.models.all()
    return {
        "notes": {
            id: ({*fields.split("\x1f")} - {""}, {*tags.casefold().split()})
            for id, fields, tags in rows("select id, flds, tags from notes")
        },
        "cards": {
            id: (type != 0, odid != 0, None if type else place)
            for id, type, odid, place in rows("select id, type, odid, iif(odid, odue, due) from cards")
        },
        "decks": {deck["id"]: (deck["name"], deck.get("conf")) for deck in col.decks.all()},
        "presets": {preset["id"]: (preset["name"],) for preset in col.decks.all_config()},
        "tags": {tag: (tag,) for tag in col.tags.all()},
        "configValues": {key: (key,) for key in col.db.list("select key from config where key like '%.%'")},
        "files": {
            path: (path.name,)
            for folder in (Path(col.media.dir()), Path(col.media.dir()).with_name("media.trash"))
            for path in (folder.iterdir() if folder.exists() else ())
        },
        "searches": {name: (name,) for name in col.get_config("savedFilters", {})},
        "fields": {field["id"]: (field["name"],) for model in models for field in model["flds"]},
        "templates": {template["id"]: (template["name"],) for model in models for template in model["tmpls"]},
        "models": {
            model["id"]: (
                model["name"],
                [field["id"] for field in model["flds"]],
                [(template["id"], template["qfmt"], template["afmt"]) for template in model["tmpls"]],
                model["css"],
            )
            for model in models
        },
    }


def gone(before, after):
    """What went between two states, as a dry run tells it: sets of ids or names by kind."""

    def staying(kind, is_less):
        return {id for id, was in before[kind].items() if id in after[kind] and is_less(was, after[kind][id])}

    went = {kind: {*items} - {*after[kind]} for kind, items in before.items()}
    for kind in ("decks", "presets", "files", "models", "fields", "templates", "searches", "configValues"):
        went[kind] = {before[kind][id][0] for id in went[kind]}
    went["changedNotes"] = staying("notes", lambda was, now: not (was[0] <= now[0] and was[1] <= now[1]))
    went["changedCards"] = staying(
        "cards", lambda was, now: was[:2] > now[:2] or (was[2] != now[2] and None not in (was[2], now[2]))
    )
    decks = staying("decks", lambda was, now: was[1] != now[1])
    went["changedDecks"] = {before["decks"][id][0] for id in decks}
    models = staying("models", lambda was, now: was != now)
    went["changedModels"] = {before["models"][id][0] for id in models}
    return {kind: things for kind, things in went.items() if things}


def told(losses):
    """The same from a dry run's answer, whose shape is checked."""
    schema = {"$ref": "#/components/schemas/Losses"}
    jsonschema.Draft7Validator({"allOf": [schema], "components": DOCUMENT["components"]}).validate(losses)
    assert losses.pop("dryRun") is True
    for kind in losses.values():
        (things,) = (value for name, value in kind.items() if name != "count")
        assert kind["count"] == len(things) == len(set(things)) > 0
    return {kind: {*value.get("ids", ()), *value.get("names", ())} for kind, value in losses.items()}


def mark_of(gateway):
    """What the slightest write changes."""
    col = gateway.col
    rows = [col.db.all(f"select * from {table}") for table in ("col", "notes", "cards", "revlog", "graves")]
    return str(col.undo_status()), rows, state_of(gateway)


def after(response, params):
    """The params of a call that comes after another one."""
    assert "error" not in response
    return params


CASES = {
    "deleteNotes": [lambda g: {"notes": [seed.MELA, g.front, 5]}, lambda g: {"notes": []}],
    "removeEmptyNotes": [lambda g: {}],
    "removeEmptyCards": [lambda g: {}, lambda g: {"keepNotes": False}],
    "deleteDecks": [
        lambda g: {"decks": ["Italian"], "cardsToo": True},
        lambda g: {"decks": ["Other", "Cram"], "cardsToo": True},
        lambda g: {"decks": ["Cram"], "cardsToo": True},
        lambda g: {"decks": ["Default", "nosuch"], "cardsToo": True},
    ],
    "deleteMediaFile": [lambda g: {"filename": "_ciao.txt"}, lambda g: {"filename": "../collection.anki2"}],
    "deleteMediaFiles": [
        lambda g: {"filenames": ["_ciao.txt", "nosuch.txt", "../collection.anki2"]},
        lambda g: {"filenames": []},
    ],
    "emptyMediaTrash": [lambda g: {}],
    "removeDeckConfigId": [lambda g: {"configId": g.preset}, lambda g: {"configId": 5}],
    "removeConfigValues": [
        lambda g: {"keys": ["mine.b", "mine.a", "mine.nosuch", "mine.a"]},
        lambda g: {"keys": ["mine.nosuch"]},
    ],
    "deleteModels": [
        lambda g: {"modelNames": ["italian vocab", "Cloze", "nosuch"]},
        lambda g: {"modelNames": ["nosuch"]},
    ],
    "editModel": [
        lambda g: {
            "modelName": "Basic (and reversed card)",
            "edits": [
                {"op": "addField", "name": "New"},
                {"op": "updateTemplate", "name": "Card 1", "front": "{{Front}} {{New}}", "back": "{{New}}"},
                {"op": "removeTemplate", "name": "Card 2"},
                {"op": "removeField", "name": "Back"},
            ],
        },
        lambda g: {"modelName": "Cloze", "edits": [{"op": "setCss", "css": ""}]},
        lambda g: {"modelName": "Cloze", "edits": []},
    ],
    "restoreModel": [
        lambda g: {"modelName": "Basic (and reversed card)", "kind": "basic"},
        lambda g: (
            g.rpc("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": "Audio", "index": 0})
            and g.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Meaning": "x"}}]})
            and {"modelName": "Italian vocab", "kind": "basic"}
        ),
        lambda g: {"modelName": "Cloze", "kind": "cloze"},
    ],
    "modelFieldRemove": [
        lambda g: {"modelName": "Cloze", "fieldName": "Back Extra"},
        lambda g: {"modelName": "italian vocab", "fieldName": "Word"},
    ],
    "modelTemplateRemove": [lambda g: {"modelName": "basic (and reversed card)", "templateName": "Card 2"}],
    "changeNoteType": [
        lambda g: {"notes": [g.front, g.single], "modelName": "Basic", "fields": {"Front": "Front"}},
        lambda g: {"notes": [g.front], "modelName": "Basic", "templates": {"Card 1": "Card 2"}},
        lambda g: {"notes": [g.cloze], "modelName": "Basic (and reversed card)", "fields": {"Front": "Text"}},
        lambda g: {"notes": [g.front], "modelName": "Cloze"},
        lambda g: {"notes": [], "modelName": "Basic"},
    ],
    "updateNoteModel": [
        lambda g: {"note": {"id": g.front, "modelName": "Basic", "fields": {"Front": "front"}, "tags": ["Level"]}},
        lambda g: {"note": {"id": g.cloze, "modelName": "Basic", "fields": {"Front": "x"}}},
        lambda g: {"note": {"id": g.front, "modelName": "Basic (and reversed card)", "fields": {"Front": "new"}}},
        lambda g: {"note": {"id": seed.MELA, "modelName": "Basic", "fields": {"Front": "mela", "Back": "apple"}}},
    ],
    "clearUnusedTags": [lambda g: {}],
    "removeTags": [
        lambda g: {"notes": [seed.MELA, g.front, g.single], "tags": "level A1"},
        lambda g: {"notes": [g.front], "tags": " "},
    ],
    "replaceTags": [
        lambda g: {"notes": [seed.MELA, g.empty], "tag_to_replace": "A1", "replace_with_tag": "new tags"},
        lambda g: {"notes": [seed.MELA], "tag_to_replace": "A1", "replace_with_tag": "more a1"},
    ],
    "replaceTagsInAllNotes": [
        lambda g: {"tag_to_replace": "A1", "replace_with_tag": ""},
        lambda g: {"tag_to_replace": "used\u00e9", "replace_with_tag": "x"},
    ],
    "renameTag": [
        lambda g: {"tag": "level", "newName": "x::y"},
        lambda g: {"tag": "LEVEL", "newName": "level::deeper"},
        lambda g: {"tag": "a1", "newName": "fruit"},
        lambda g: {"tag": "gone", "newName": "x"},
    ],
    "moveTags": [
        lambda g: {"tags": ["level", "fruit"], "parent": "x::y"},
        lambda g: {"tags": ["LEVEL::a1"], "parent": None},
        lambda g: {"tags": ["gone", "x"], "parent": "new"},
        lambda g: {"tags": ["x"], "parent": ""},
    ],
    "removeSavedSearch": [lambda g: {"name": "hard"}, lambda g: {"name": "nosuch"}],
    "removeTagsInAllNotes": [lambda g: {"tags": ["level A1", "gone", "nosuch"]}, lambda g: {"tags": []}],
    "findAndReplaceInNotes": [
        lambda g: {"findText": "E", "replaceText": "$1", "query": "deck:Italian"},
        lambda g: {"findText": "(o)n", "replaceText": "n$1", "notes": [g.front, g.single, g.cloze], "regex": True},
        lambda g: {"findText": "apple", "replaceText": "apple", "query": ""},
    ],
    "findAndReplaceInModels": [
        lambda g: {"modelName": "", "findText": "<hr id=answer>", "replaceText": "<hr>"},
        lambda g: {"modelName": None, "findText": "<hr", "replaceText": "<hr"},
    ],
    "forgetCards": [lambda g: {"cards": [*g.col.find_cards("")]}],
    "emptyFilteredDeck": [lambda g: {"deck": "cram"}],
    "updateDeckPreset": [
        lambda g: in_random_order(g) or {"preset": "Hard", "changes": {"newCardInsertOrder": "due"}},
        lambda g: {"preset": "Hard", "changes": {"newCardInsertOrder": "due", "newPerDay": 5}, "newName": "x"},
    ],
    "customStudy": [
        lambda g: {"deck": "Italian", "aheadDays": 9},
        lambda g: after(
            g.rpc("customStudy", {"deck": "Italian", "cram": {"kind": "all"}}),
            {"deck": "Italian", "cram": {"kind": "review"}},
        ),
    ],
}


def in_random_order(gateway):
    """New cards have an order that another one in the preset would change."""
    gateway.rpc("updateDeckPreset", {"preset": "Hard", "changes": {"newCardInsertOrder": "random"}})
    cards = [*gateway.col.find_cards("is:new")]
    gateway.rpc("repositionNewCards", {"orderedCardIds": cards, "startPosition": 500, "step": 1, "shift": False})


TRIED_ELSEWHERE = {"importCollection", "restoreBackup", "deleteProfile"}
"""They need files or profiles: see test_whole_collection.py and ../headless/test_changing_profiles.py."""


def test_every_destructive_action_has_a_dry_run_as_its_last_param_and_is_tried_here():
    for name, action in DESTRUCTIVE.items():
        fields = [*action.params.instance().load_fields.values()]
        assert fields[-1].data_key == "dryRun", name
        assert not fields[-1].load_default
    hint = "Give each destructive action a row in CASES here: a call that destroys, and what a dry run says."
    assert DESTRUCTIVE.keys() == CASES.keys() | TRIED_ELSEWHERE, hint
    text = " ".join((ROOT / "docs" / "new-actions.md").read_text("utf-8").split())
    listed = text.partition("destructive actions:")[2].partition(".")[0]
    assert {*re.findall("`(.*?)`", listed)} == {*DESTRUCTIVE}, 'Mend "Dry runs" in docs/new-actions.md.'


@for_rows(
    ("name", "params", "protocol"),
    [
        pytest.param(name, case, protocol, id=f"{name} {n} {protocol}")
        for (name, n, case), protocol in turns(
            [(name, n, case) for name in CASES for n, case in enumerate(CASES[name])], lambda row: ["rpc", "legacy"]
        )
    ],
)
def test_a_dry_run_changes_nothing_and_tells_the_truth(kept_full, name, params, protocol):
    full = kept_full.unchanged()
    params = params(full)

    def call(**more):
        both = {**params, **more}
        return full.rpc(name, both) if protocol == "rpc" else full.legacy(name, **both)

    before = mark_of(full)
    answer = call(dryRun=True)["result"]
    assert mark_of(full) == before
    assert call(dryRun=False).get("error") is None
    would = told(answer)
    goes = gone(before[2], state_of(full))
    if name == "deleteModels":  # fields and templates go with their note type
        goes = {kind: things for kind, things in goes.items() if kind not in ("fields", "templates")}
    if name == "changeNoteType":  # the note types keep theirs
        would.pop("fields", None)
        would.pop("templates", None)
    assert would == goes


UNKNOWN = {
    "forgetCards": {"cards": [seed.MELA_CARD, 5]},
    "removeTags": {"notes": [seed.UVA, 5], "tags": "A1"},
    "replaceTags": {"notes": [seed.MELA], "tag_to_replace": "two tags", "replace_with_tag": "x"},
    "replaceTagsInAllNotes": {"tag_to_replace": "", "replace_with_tag": "x"},
}
REFUSED = {
    **UNKNOWN,
    "renameTag": {"tag": "nosuch", "newName": "x"},
    "deleteDecks": {"decks": ["Italian"]},
    "removeDeckConfigId": {"configId": 1},
    "modelFieldRemove": {"modelName": "Basic (and reversed card)", "fieldName": "Back"},
    "editModel": {"modelName": "Basic (and reversed card)", "edits": [{"op": "removeField", "name": "Back"}]},
    "modelTemplateRemove": {"modelName": "Cloze", "templateName": "Cloze"},
    "restoreModel": {"modelName": "Cloze", "kind": "basic"},
    "changeNoteType": {"notes": [seed.MELA, 5], "modelName": "Basic"},
    "updateNoteModel": {"note": {"id": seed.MELA, "modelName": "Basic", "fields": {"Word": "x"}}},
    "findAndReplaceInNotes": {"findText": "mela", "replaceText": "", "notes": [seed.MELA]},
    "findAndReplaceInModels": {"modelName": "Basic", "findText": "{{Front}}", "replaceText": "{{"},
    "emptyFilteredDeck": {"deck": "Italian"},
    "updateDeckPreset": {"preset": "Hard", "newName": "Default"},
    "customStudy": {"deck": "Cram", "cram": {"kind": "all"}},
}


@for_rows("name", REFUSED)
def test_what_a_call_is_refused_with_its_dry_run_is_refused_with(kept_full, name):
    full = kept_full.unchanged()
    errors = [full.rpc(name, {**REFUSED[name], "dryRun": dry_run})["error"] for dry_run in (True, False)]
    assert errors[0] == errors[1]


@for_rows("name", UNKNOWN)
def test_in_the_old_protocol_what_does_not_exist_loses_nothing(reading, name):
    assert reading.legacy(name, **UNKNOWN[name], dryRun=True) == {"result": {"dryRun": True}, "error": None}
    assert reading.legacy(name, **UNKNOWN[name]) == {"result": None, "error": None}


OTHERS = [
    pytest.param(action, example, id=f"{action.name}: {example.name}")
    for action in REGISTRY.listed()
    for example in action.examples
    if action.writes and not action.destructive and action.runs_on is RunsOn.COLLECTION
    if action.name not in {"importPackage", "mergePackage", *STUDIED}
]


@for_rows(("action", "example"), some(OTHERS, 2))
def test_nothing_goes_by_the_example_of_an_action_that_is_not_destructive(kept, action, example):
    gateway = kept.unchanged()
    if action.name in FILTERED:
        gateway.rpc("createFilteredDeck", REGISTRY["createFilteredDeck"].examples[0].params)
    before = state_of(gateway)
    assert "error" not in gateway.rpc(action.name, example.params)
    assert not {kind for kind in gone(before, state_of(gateway)) if not kind.startswith("changed")}


def test_many_ids_are_counted_and_not_all_told(gateway):
    notes = [{"modelName": "Basic", "deckName": "Default", "fields": {"Front": str(n)}} for n in range(MAX_LISTED + 5)]
    gateway.rpc("addNotes", {"notes": notes})
    losses = gateway.rpc("deleteDecks", {"decks": ["Default"], "cardsToo": True, "dryRun": True})["result"]
    assert losses["notes"]["count"] == losses["cards"]["count"] == MAX_LISTED + 5
    assert len(losses["notes"]["ids"]) == len(losses["cards"]["ids"]) == MAX_LISTED


def test_a_dry_run_stores_nothing_of_what_the_user_is_typing():
    params = {"notes": [seed.MELA], "dry_run": True}
    touches_notes = DESTRUCTIVE["deleteNotes"].touches_notes
    assert [*touches_notes(params)] == []
    assert [*touches_notes({**params, "dry_run": False})] == [seed.MELA]


@for_rows("value", [None, "true", 1, []])
def test_what_is_neither_true_nor_false_deletes_nothing_by_either_protocol(reading, value):
    params = {"notes": [seed.MELA], "dryRun": value}
    if value is not None:  # null counts as left out there, as for every optional param
        assert [*reading.rpc("deleteNotes", params)["error"]["data"]["fields"]] == ["dryRun"]
    assert reading.legacy("deleteNotes", **params)["error"] == 'option parameter "dryRun" must be boolean'
    assert reading.col.note_count() == 2


def test_a_batch_is_named_after_what_it_writes(gateway):
    calls = [("deleteNotes", {"notes": [seed.MELA], "dryRun": True}), ("addTags", {"notes": [seed.UVA], "tags": "x"})]
    gateway.post([{"jsonrpc": "2.0", "id": n, "method": m, "params": p} for n, (m, p) in enumerate(calls)])
    assert gateway.col.undo_status().undo == "Update Tag"


def test_a_change_of_note_type_tells_the_fields_and_templates_whose_content_is_lost(full):
    params = {"notes": [full.front, full.single], "modelName": "Basic", "fields": {"Front": "Front"}}
    losses = full.rpc("changeNoteType", {**params, "dryRun": True})["result"]
    assert losses["fields"] == {"count": 1, "names": ["Back"]}
    assert losses["templates"] == {"count": 1, "names": ["Card 2"]}
    assert losses["changedNotes"] == {"count": 1, "ids": [full.front]}  # the other one has nothing there
