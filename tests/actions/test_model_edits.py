"""Editing a note type in several ways at once, on a real collection."""

import copy

import pytest
import seed
from sizes import for_rows

VOCAB, BOTH = "Italian vocab", "Basic (and reversed card)"


def make_history(gateway):
    """Do something that can be undone, and undo something else."""
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()
    gateway.status = str(gateway.col.undo_status())


@pytest.fixture
def step(gateway):
    make_history(gateway)
    return gateway


@pytest.fixture(scope="module")
def kept_step(keep):
    return keep(make_history)


def add(field, **more):
    return {"op": "addField", "name": field, **more}


def template(op, name="Card 1", **more):
    return {"op": f"{op}Template", "name": name, **more}


def edit(gateway, *edits, model=VOCAB):
    """The note type, or the error, which a dry run has too."""
    params = {"modelName": model, "edits": [*edits]}
    before = str(gateway.col.undo_status())
    dry = gateway.rpc("editModel", {**params, "dryRun": True})
    assert str(gateway.col.undo_status()) == before
    answer = gateway.rpc("editModel", params)
    if "error" in answer:
        assert dry["error"] == answer["error"]
        assert str(gateway.col.undo_status()) == before
        return answer["error"]
    assert dry["result"]["dryRun"] is True
    assert answer["result"] == gateway.rpc("findModelsById", {"modelIds": [answer["result"]["id"]]})["result"][0]
    return answer["result"]


def kind(error):
    return error["data"]["kind"]


def fields(model):
    return [field["name"] for field in model["flds"]]


def sides(model):
    return [(item["name"], item["qfmt"], item["afmt"], item["bqfmt"], item["bafmt"]) for item in model["tmpls"]]


def notes(gateway):
    return [text.split("\x1f") for text in gateway.col.db.list("select flds from notes order by id")]


@for_rows("call", ["rpc", "legacy"])
def test_edits_of_all_kinds_are_one_step(kept_step, call):
    step = kept_step.unchanged()
    before = copy.deepcopy(step.col.models.by_name(VOCAB)), notes(step), step.col.db.all("select * from cards")
    edits = [
        add("Audio", index=0),
        {"op": "renameField", "name": "Meaning", "newName": "English"},
        {"op": "moveField", "name": "English", "index": 0},
        add("Spare"),
        {"op": "removeField", "name": "Spare"},
        template("add", "Listen", front="{{Audio}}", back="{{English}}", browserFront="{{Word}}", index=0),
        template("rename", newName="Read"),
        template("update", "Read", back="{{FrontSide}} {{English}} {{Audio}}", browserBack="{{English}}"),
        template("add", "Recall", front="{{English}}", back="{{Word}}"),
        template("move", "Recall", index=0),
        template("remove", "Listen"),
        {"op": "setCss", "css": ".card {}"},
    ]
    params = {"modelName": "italian VOCAB", "edits": edits}
    reply = step.rpc("editModel", params) if call == "rpc" else step.legacy("editModel", **params)
    model = reply["result"]
    assert fields(model) == ["English", "Audio", "Word"]
    assert sides(model) == [
        ("Recall", "{{English}}", "{{Word}}", "", ""),
        ("Read", "{{Word}}", "{{FrontSide}} {{English}} {{Audio}}", "", "{{English}}"),
    ]
    assert model["css"] == ".card {}"
    assert notes(step) == [["apple", "", "mela"], ["grapes", "", "uva"]]
    assert step.col.card_count() == 4
    assert step.col.undo_status().undo == "Update Note Type"
    step.col.undo()
    assert (step.col.models.by_name(VOCAB), notes(step), step.col.db.all("select * from cards")) == before
    assert str(step.col.undo_status()).splitlines()[0] == step.status.splitlines()[0]


def test_templates_follow_the_new_name_of_a_field_and_lose_a_removed_one(step):
    step.rpc(
        "updateModelTemplates", {"model": {"name": VOCAB, "templates": {"Card 1": {"BrowserBack": "{{Meaning}}"}}}}
    )
    model = edit(step, {"op": "renameField", "name": "Meaning", "newName": "English"}, add("More"))
    assert sides(model) == [("Card 1", "{{Word}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{English}}", "", "{{English}}")]
    model = edit(step, {"op": "removeField", "name": "English"})
    assert sides(model) == [("Card 1", "{{Word}}", "{{FrontSide}}\n\n<hr id=answer>\n\n", "", "")]


def test_a_new_template_gets_no_format_for_the_browser_that_nobody_wanted(step):
    rename = {"op": "renameField", "name": "Meaning", "newName": "English"}
    model = edit(step, add("Audio", index=0), rename, template("add", "Recall", front="{{English}}", back="x"))
    assert [item["bqfmt"] for item in model["tmpls"]] == ["", ""]


@for_rows(
    ("edits", "is_full"),
    [
        ([add("Audio")], True),
        ([{"op": "moveField", "name": "Meaning", "index": 0}], True),
        ([{"op": "removeField", "name": "Meaning"}], True),
        ([template("add", "Recall", front="{{Meaning}}", back="x")], True),
        ([{"op": "renameField", "name": "Meaning", "newName": "English"}], False),
        ([template("rename", newName="Read")], False),
        ([template("update", front="{{Word}}!")], False),
        ([{"op": "setCss", "css": ""}], False),
    ],
)
def test_the_next_sync_is_a_full_one_only_if_there_are_other_fields_or_templates(kept_step, edits, is_full):
    step = kept_step.unchanged()
    before = step.col.db.scalar("select scm from col")
    edit(step, *edits)
    assert (step.col.db.scalar("select scm from col") > before) == is_full


@for_rows(
    "edits",
    [
        [],
        [{"op": "setCss", "css": seed.CSS}],
        [{"op": "moveField", "name": "Meaning", "index": 7}],
        [add("Spare"), {"op": "removeField", "name": "Spare"}],
        [{"op": "renameField", "name": "Word", "newName": "x"}, {"op": "renameField", "name": "x", "newName": "Wo:rd"}],
        [template("update", front="{{Word}}", browserFront="")],
        [template("move", index=3)],
    ],
)
def test_edits_that_change_nothing_keep_undo_and_redo(kept_step, edits):
    step = kept_step.unchanged()
    before = step.col.db.all("select * from notetypes"), step.col.db.scalar("select scm from col")
    edit(step, *edits)
    assert str(step.col.undo_status()) == step.status
    assert (step.col.db.all("select * from notetypes"), step.col.db.scalar("select scm from col")) == before


REFUSED = {
    "an unknown field to rename": [{"op": "renameField", "name": "nosuch", "newName": "x"}],
    "an unknown field to move": [{"op": "moveField", "name": "word", "index": 0}],
    "an unknown field to remove": [{"op": "removeField", "name": "nosuch"}],
    "a field that was renamed": [
        {"op": "renameField", "name": "Word", "newName": "x"},
        {"op": "removeField", "name": "Word"},
    ],
    "an unknown template to update": [template("update", "nosuch", back="x")],
    "an unknown template to rename": [template("rename", "nosuch", newName="x")],
    "an unknown template to move": [template("move", "nosuch", index=0)],
    "an unknown template to remove": [template("remove", "nosuch")],
}


@pytest.mark.parametrize("edits", REFUSED.values(), ids=REFUSED)
def test_what_does_not_exist_is_not_found_and_nothing_is_changed(step, edits):
    error = edit(step, {"op": "setCss", "css": "x"}, *edits)
    assert (kind(error), error["data"]["model"]) == ("not_found", VOCAB)
    assert step.col.models.by_name(VOCAB)["css"] == seed.CSS
    assert kind(edit(step, model="nosuch")) == "model_not_found"


@pytest.mark.parametrize(
    "edits",
    [
        [add("")],
        [add(':{}"')],
        [template("add", "Recall", front="no field", back="x")],
        [template("add", "Recall", front="{{Word}}", back="x")],
        [template("add", "", front="{{Meaning}}", back="x")],
        [template("update", front="")],
        [template("update", front="{{nosuch}}")],
        [template("update", back="{{nosuch}}")],
        [template("update", back="{{#Word}}")],
        [template("update", browserFront="{{nosuch}}")],
        [template("update", browserBack="{{Word}} {{nosuch}}")],
        [template("update", browserFront="{{#Word}}x", browserBack="{{/Word}}")],
        [template("add", "Recall", front="{{Meaning}}", back="x", browserBack="{{nosuch}}")],
        [{"op": "removeField", "name": "Word"}, {"op": "removeField", "name": "Meaning"}],
        [template("remove")],
        [template("update", browserFront="{{#Word}}" * 501 + "{{/Word}}" * 501)],
    ],
    ids=lambda edits: str(edits)[:60],
)
def test_what_anki_refuses_or_should_refuse_is_refused_before_anything_is_written(step, edits):
    error = edit(step, {"op": "setCss", "css": "x"}, *edits)
    assert kind(error) == "refused"
    assert "\u2068" not in error["message"]
    assert "<br>" not in error["message"]
    assert step.col.models.by_name(VOCAB)["css"] == seed.CSS


@for_rows(
    ("edits", "name"),
    [
        ([add("word")], "word"),
        ([add("Wo:rd")], "Word"),
        ([add("New"), add("NEW")], "NEW"),
        ([{"op": "renameField", "name": "Meaning", "newName": "WORD"}], "WORD"),
    ],
)
def test_a_taken_name_of_a_field_is_refused(kept_step, edits, name):
    step = kept_step.unchanged()
    error = edit(step, *edits)
    assert (kind(error), error["data"]["field"]) == ("already_exists", name)


def test_a_taken_name_of_a_template_is_refused(step):
    for edits in (
        [template("add", "card 1", front="{{Back}}!", back="x")],
        [template("rename", "Card 2", newName="CARD 1")],
    ):
        assert kind(edit(step, *edits, model=BOTH)) == "already_exists"


@for_rows(
    "edits",
    [
        [{"op": "removeField", "name": "Meaning"}, add("meaning")],
        [{"op": "renameField", "name": "Meaning", "newName": "English"}, add('Mean"ing')],
        [
            {"op": "renameField", "name": "Word", "newName": "x"},
            {"op": "renameField", "name": "Meaning", "newName": "Word"},
            {"op": "renameField", "name": "x", "newName": "Meaning"},
        ],
    ],
)
def test_a_field_does_not_inherit_the_references_to_another_one(kept_step, edits):
    step = kept_step.unchanged()
    assert kind(edit(step, *edits)) == "refused"


def test_a_template_may_get_the_name_of_another_one(step):
    model = edit(step, template("remove", "Card 2"), template("add", "Card 2", front="{{Back}}!", back="x"), model=BOTH)
    assert sides(model)[1][:3] == ("Card 2", "{{Back}}!", "x")
    swap = [
        template("rename", newName="x"),
        template("rename", "Card 2", newName="Card 1"),
        template("rename", "x", newName="Card 2"),
    ]
    assert [item[0] for item in sides(edit(step, *swap, model=BOTH))] == ["Card 2", "Card 1"]


def test_no_note_loses_all_its_cards_in_exchange_for_a_new_template(step):
    new = template("add", "Card 2", front="{{Meaning}}", back="{{Word}}")
    before = step.col.db.list("select distinct nid from cards order by nid")
    error = edit(step, new, template("remove"))
    assert kind(error) == "refused"
    assert "Add the new templates in a call before" in error["message"]
    edit(step, new)
    edit(step, template("remove"), template("add", "Card 3", front="{{Word}}{{Meaning}}", back="x"))
    assert step.col.db.list("select distinct nid from cards order by nid") == before
    step.rpc("deleteNotes", {"notes": before})
    assert [item[0] for item in sides(edit(step, new | {"name": "x"}, template("remove", "Card 2")))] == ["Card 3", "x"]


def test_the_last_field_and_template_stay_and_the_error_says_what_else_to_do(step):
    for edits in ([template("remove")], [{"op": "removeField", "name": name} for name in ("Word", "Meaning")]):
        error = edit(step, *edits)
        assert kind(error) == "refused"
        assert "Add another one before" in error["message"]


def test_a_protected_field_stays(step):
    error = edit(step, {"op": "removeField", "name": "Image"}, model="Image Occlusion")
    assert (kind(error), error["data"]["field"]) == ("refused", "Image")


def test_templates_of_a_cloze_note_type_are_only_rewritten(step):
    for edits in ([template("add", "x", front="{{cloze:Text}}", back="x")], [template("remove", "Cloze")]):
        assert kind(edit(step, *edits, model="Cloze")) == "refused"
    update = template("update", "Cloze", back="{{cloze:Text}}!", browserFront="{{cloze:Text}}", browserBack="{{Text}}")
    model = edit(step, update, template("move", "Cloze", index=3), add("Hint", index=1), model="Cloze")
    assert sides(model) == [("Cloze", "{{cloze:Text}}", "{{cloze:Text}}!", "{{cloze:Text}}", "{{Text}}")]
    assert fields(model) == ["Text", "Hint", "Back Extra"]


@for_rows(
    ("given", "path"),
    [
        ({"op": "nosuch"}, "edits.0.op"),
        ({"name": "x"}, "edits.0.op"),
        ({"op": "addField"}, "edits.0.name"),
        ({"op": "renameField", "name": "Word"}, "edits.0.newName"),
        ({"op": "addTemplate", "name": "x", "front": "x"}, "edits.0.back"),
        ({"op": "setCss", "css": "x", "name": "x"}, "edits.0.name"),
        ({"op": "removeField", "name": "Word", "newName": "x"}, "edits.0.newName"),
        ({"op": "moveField", "name": "Word", "index": -1}, "edits.0.index"),
        ({"op": "moveField", "name": "Word", "index": None}, "edits.0.index"),
        (5, "edits.0"),
    ],
)
def test_each_kind_of_edit_has_its_members(kept_step, given, path):
    step = kept_step.unchanged()
    error = edit(step, given)
    assert (kind(error), [*error["data"]["fields"]]) == ("invalid_params", [path])
    if given != {"op": "moveField", "name": "Word", "index": -1}:  # there it counts from the end
        assert step.legacy("editModel", modelName=VOCAB, edits=[given])["error"]


def test_a_dry_run_says_what_is_lost(step):
    note = {"modelName": BOTH, "deckName": "Default", "fields": {"Front": "a", "Back": "b"}}
    id = step.rpc("addNote", {"note": note})["result"]
    cards = step.col.get_note(id).card_ids()
    params = {"modelName": BOTH, "dryRun": True}
    edits = [template("remove", "Card 1"), {"op": "removeField", "name": "Front"}, add("New", index=0)]
    edits.insert(0, template("update", "Card 2", front="{{Back}}", back="{{Back}}"))
    assert step.rpc("editModel", {**params, "edits": edits})["result"] == {
        "dryRun": True,
        "fields": {"count": 1, "names": ["Front"]},
        "templates": {"count": 1, "names": ["Card 1"]},
        "cards": {"count": 1, "ids": cards[:1]},
        "changedNotes": {"count": 1, "ids": [id]},
        "changedModels": {"count": 1, "names": [BOTH]},
    }
    assert step.rpc("editModel", {**params, "edits": [add("New")]})["result"] == {"dryRun": True}


@for_rows(
    ("method", "params"),
    [
        ("editModel", {"edits": [template("remove", "Card 2")]}),
        ("restoreModel", {"kind": "basic"}),
        ("modelTemplateRemove", {"templateName": "Card 2"}),
    ],
)
def test_a_dry_run_tells_which_notes_would_be_left_without_cards(kept_step, method, params):
    """Anki lets them stay, and its database check makes the cards that they should have."""
    step = kept_step.unchanged()
    notes = [{"modelName": BOTH, "deckName": "Default", "fields": {"Front": x, "Back": x}} for x in "ab"]
    kept, left = (entry["id"] for entry in step.rpc("addNotes", {"notes": notes})["result"])
    first, second = step.col.get_note(left).card_ids()
    step.col.remove_cards_and_orphaned_notes([first])
    params = {"modelName": BOTH, **params}
    lost = step.rpc(method, {**params, "dryRun": True})["result"]
    assert lost["changedNotes"] == {"count": 1, "ids": [left]}
    assert set(lost["cards"]["ids"]) == {second, step.col.get_note(kept).card_ids()[1]}
    assert "result" in step.rpc(method, params)
    assert [len(step.col.get_note(id).card_ids()) for id in (kept, left)] == [1, 0]
    assert step.rpc("checkDatabase")["result"]["ok"]
    assert len(step.col.get_note(left).card_ids()) == 1


@pytest.mark.parametrize("damage", ["update notes set flds = cast(x'ff1fff' as text)", "update notes set mod = 'x'"])
def test_a_damaged_note_that_anki_would_read_is_refused(gateway, damage):
    gateway.col.db.execute(damage)
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    assert kind(edit(gateway, add("Audio", index=0))) == "refused"
    assert edit(gateway, {"op": "setCss", "css": ""})["css"] == ""
