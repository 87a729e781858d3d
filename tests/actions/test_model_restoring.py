"""Restoring note types to Anki's built-in ones, on a real collection."""

import json

import pytest
import seed
from anki.collection import AddNoteRequest
from sizes import for_rows

from addon.schemas.model.copies import KINDS

VOCAB, BOTH, OCCLUSION = "Italian vocab", "Basic (and reversed card)", "Image Occlusion"


@pytest.fixture
def edit(call):
    """Makes edits to a note type."""
    return lambda name, *edits: call("editModel", modelName=name, edits=edits)


def add(gateway, model, *fields):
    note = gateway.col.new_note(gateway.col.models.by_name(model))
    note.fields = [*fields]
    gateway.col.add_notes([AddNoteRequest(note, 1)])
    return note.id


def fields_of(gateway, note_id):
    return dict(gateway.col.get_note(note_id).items())


def shape(model):
    """What a note type has of a built-in one."""
    parts = [
        [{key: value for key, value in part.items() if key != "id"} for part in model[kind]]
        for kind in ("flds", "tmpls")
    ]
    return parts, model["css"], model["type"], model["originalStockKind"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_edited_built_in_note_type_is_as_new_again(gateway, call, edit, kind):
    number = KINDS.index(kind)
    name = json.loads(gateway.col._backend.get_stock_notetype_legacy(number))["name"]
    fresh = shape(gateway.col.models.by_name(name))
    last = gateway.col.models.by_name(name)["flds"][-1]["name"]
    edit(
        name,
        {"op": "renameField", "name": last, "newName": "Other"},
        {"op": "addField", "name": "More"},
        {"op": "setCss", "css": "x"},
    )
    call("modelFieldSetOptions", modelName=name, fields=[{"fieldName": "More", "rtl": True}])
    before = gateway.col.models.by_name(name)
    assert shape(before) != fresh
    restored = call("restoreModel", modelName=name.upper(), kind=kind)
    assert shape(restored) == fresh
    assert (restored["id"], restored["name"]) == (before["id"], name)
    status = gateway.col.undo_status()
    assert call("restoreModel", modelName=name, kind=kind) == restored
    assert gateway.col.undo_status() == status
    assert call("undo")["redo"] == "Update Note Type"
    assert shape(gateway.col.models.by_name(name)) == shape(before)


def test_notes_keep_their_texts_and_a_dry_run_says_what_goes(gateway, call, edit):
    note = add(gateway, "Basic", "question", "answer")
    edit("Basic", {"op": "addField", "name": "More", "index": 0})
    call("updateNotes", notes=[{"id": note, "fields": {"More": "lost"}}])
    lost = call("restoreModel", modelName="Basic", kind="basic", dryRun=True)
    assert lost == {
        "dryRun": True,
        "fields": {"count": 1, "names": ["More"]},
        "changedNotes": {"count": 1, "ids": [note]},
        "changedModels": {"count": 1, "names": ["Basic"]},
    }
    call("restoreModel", modelName="Basic", kind="basic")
    assert fields_of(gateway, note) == {"Front": "question", "Back": "answer"}  # Anki itself would keep "lost"
    call("undo")
    assert fields_of(gateway, note) == {"More": "lost", "Front": "question", "Back": "answer"}


@for_rows(
    ("method", "options"),
    [
        ("modelFieldSetOptions", {"fields": [{"fieldName": "Front", "rtl": True, "sticky": True}]}),
        ("modelTemplateSetOptions", {"templates": [{"templateName": "Card 1", "deck": "Italian"}]}),
        (
            "modelTemplateSetOptions",
            {"templates": [{"templateName": "Card 1", "browserFont": "Arial", "browserSize": 30}]},
        ),
    ],
)
def test_a_dry_run_tells_that_options_go(kept, method, options):
    gateway = kept.unchanged()
    call = gateway.call
    assert call("restoreModel", modelName="Basic", kind="basic", dryRun=True) == {"dryRun": True}
    before = gateway.col.models.by_name("Basic")
    call(method, modelName="Basic", **options)
    assert shape(gateway.col.models.by_name("Basic")) != shape(before)
    lost = call("restoreModel", modelName="Basic", kind="basic", dryRun=True)
    assert lost == {"dryRun": True, "changedModels": {"count": 1, "names": ["Basic"]}}
    assert shape(call("restoreModel", modelName="Basic", kind="basic")) == shape(before)
    assert call("restoreModel", modelName="Basic", kind="basic", dryRun=True) == {"dryRun": True}


@for_rows("kind", KINDS)
def test_a_new_built_in_note_type_loses_nothing(kept, kind):
    call = kept.unchanged().call
    name = call("createStockModel", kind=kind, name="New")["name"]
    assert call("restoreModel", modelName=name, kind=kind, dryRun=True) == {"dryRun": True}


def test_fields_that_were_moved_are_not_exchanged(gateway, call, edit):
    note = add(gateway, "Basic", "question", "answer")
    edit("Basic", {"op": "moveField", "name": "Back", "index": 0})
    call("restoreModel", modelName="Basic", kind="basic")
    assert fields_of(gateway, note) == {"Front": "question", "Back": "answer"}
    assert call("modelTemplates", modelName="Basic")["Card 1"]["Front"] == "{{Front}}"


def test_fields_of_image_occlusion_are_known_by_their_marks(gateway, call, edit):
    note = add(gateway, OCCLUSION, "{{c1::image-occlusion:rect:left=.1:top=.1:width=.1:height=.1}}", "i", "h", "b", "c")
    edit(
        OCCLUSION,
        {"op": "renameField", "name": "Header", "newName": "Top"},
        {"op": "addField", "name": "More", "index": 2},
    )
    call("restoreModel", modelName=OCCLUSION, kind="imageOcclusion")
    found = fields_of(gateway, note)
    assert (found["Header"], found["Back Extra"], found["Comments"]) == ("h", "b", "c")
    assert [field["tag"] for field in gateway.col.models.by_name(OCCLUSION)["flds"]] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("renamed", ["Back Extra", "Notes"])
def test_cloze_and_image_occlusion_keep_the_extra_text_of_the_back(gateway, call, edit, renamed):
    """Both have a field of that name, under different numbers."""
    note = add(gateway, "Cloze", "{{c1::text}}", "extra")
    if renamed != "Back Extra":
        edit("Cloze", {"op": "renameField", "name": "Back Extra", "newName": renamed})
    call("restoreModel", modelName="Cloze", kind="imageOcclusion")
    found = {"Occlusion": "{{c1::text}}", "Image": "", "Header": "", "Back Extra": "extra", "Comments": ""}
    assert fields_of(gateway, note) == found
    assert [field["tag"] for field in gateway.col.models.by_name("Cloze")["flds"]] == [0, 1, 2, 3, 4]
    if renamed != "Back Extra":
        edit("Cloze", {"op": "renameField", "name": "Back Extra", "newName": renamed})
    lost = call("restoreModel", modelName="Cloze", kind="cloze", dryRun=True)
    assert lost["fields"]["names"] == ["Image", "Header", "Comments"]
    assert "changedNotes" not in lost
    call("restoreModel", modelName="Cloze", kind="cloze")
    assert fields_of(gateway, note) == {"Text": "{{c1::text}}", "Back Extra": "extra"}


@pytest.mark.parametrize(("name", "kind"), [("Cloze", "imageOcclusion"), (OCCLUSION, "cloze")])
def test_new_cloze_note_types_become_each_other(call, name, kind):
    assert call("restoreModel", modelName=name, kind=kind)["name"] == name


def test_a_note_type_of_ones_own_becomes_a_named_kind_only(gateway, call):
    """Anki counts every new note type as a Basic one, and would restore it to that."""
    assert gateway.col.models.by_name(VOCAB)["originalStockKind"] == 1
    assert call("restoreModel", modelName=VOCAB)["kind"] == "invalid_params"
    assert call("restoreModel", modelName=VOCAB, kind="basicAndReversed")["name"] == VOCAB
    assert fields_of(gateway, seed.MELA) == {"Front": "mela", "Back": "apple"}
    assert len(call("findCards", query=f'"note:{VOCAB}"')) == 4
    assert shape(gateway.col.models.by_name(VOCAB)) == shape(gateway.col.models.by_name(BOTH))


def test_cards_of_further_templates_go(gateway, call):
    note = add(gateway, BOTH, "one", "two")
    first, second = gateway.col.get_note(note).card_ids()
    lost = call("restoreModel", modelName=BOTH, kind="basic", dryRun=True)
    assert (lost["cards"]["ids"], lost["templates"]["names"]) == ([second], ["Card 2"])
    call("restoreModel", modelName=BOTH, kind="basic")
    assert gateway.col.get_note(note).card_ids() == [first]


def test_templates_are_known_by_their_names(gateway, call, edit):
    note = add(gateway, BOTH, "one", "two")
    first, _ = gateway.col.get_note(note).card_ids()
    edit(BOTH, {"op": "moveTemplate", "name": "Card 2", "index": 0})
    call("restoreModel", modelName=BOTH, kind="basic")
    assert gateway.col.get_note(note).card_ids() == [first]
    assert call("modelTemplates", modelName=BOTH)["Card 1"]["Front"] == "{{Front}}"


@for_rows(("name", "kind"), [("Basic", "cloze"), ("Cloze", "basic"), (VOCAB, "imageOcclusion")])
def test_standard_and_cloze_note_types_stay_what_they_are(kept, name, kind):
    gateway = kept.unchanged()
    call = gateway.call
    models, status = str(gateway.col.models.all()), gateway.col.undo_status()
    for dry_run in (True, False):
        refused = call("restoreModel", modelName=name, kind=kind, dryRun=dry_run)
        assert refused == {"kind": "refused", "model": name, "field": "kind"}
    assert (str(gateway.col.models.all()), gateway.col.undo_status()) == (models, status)


def test_a_full_sync_is_needed_only_if_parts_go_or_come(gateway, call):
    gateway.col.db.execute("update col set ls = scm + 1")
    call("updateModelStyling", model={"name": "Basic", "css": "x"})
    call("restoreModel", modelName="Basic", kind="basic")
    assert not gateway.col.schema_changed()
    call("restoreModel", modelName="Basic", kind="basicAndReversed")
    assert gateway.col.schema_changed()


def test_only_callers_that_may_delete_restore(open_gateway):
    gateway = open_gateway(keys={"writer": {"key": "writer", "scopes": ["read", "write"]}})
    params = {"modelName": "Basic", "kind": "basic"}
    error = gateway.rpc("restoreModel", params, Authorization="Bearer writer")["error"]["data"]
    assert (error["kind"], error["scope"]) == ("permission_denied", "delete")


def test_old_envelopes_restore_too(gateway):
    assert gateway.legacy("restoreModel", modelName=VOCAB, kind="basic")["result"]["name"] == VOCAB
