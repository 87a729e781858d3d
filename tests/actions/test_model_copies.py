"""Copies of note types, and Anki's built-in ones, on a real collection."""

import json

import seed
from sizes import for_rows

from addon.schemas.model.copies import KINDS

VOCAB, OWN = "Italian vocab", {"id", "name", "mod", "usn"}
NAMES = (
    *("Basic", "Basic (and reversed card)", "Basic (optional reversed card)", "Basic (type in the answer)"),
    *("Cloze", "Image Occlusion"),
)


def content(col, name):
    """A note type without what is its own."""
    return {key: value for key, value in col.models.by_name(name).items() if key not in OWN}


def names(gateway):
    return [entry.name for entry in gateway.col.models.all_names_and_ids()]


def unchanged(gateway, before, call_again):
    status = gateway.col.undo_status()
    result = call_again()
    assert (names(gateway), gateway.col.undo_status()) == (before, status)
    return result


# --- copies ---


def test_a_copy_has_everything_but_the_notes_and_is_one_step(gateway, call):
    call("setModelOptions", modelName=VOCAB, sortField="Meaning", latexHeader="x")
    call("modelFieldSetOptions", modelName=VOCAB, fields=[{"fieldName": "Word", "rtl": True}])
    options = {"templateName": "Card 1", "deck": "Italian", "browserFont": "Noto Serif"}
    call("modelTemplateSetOptions", modelName=VOCAB, templates=[options])
    before = names(gateway)
    added = call("copyModel", modelName="italian VOCAB", newName='French "vocab"')
    assert added["name"] == "French vocab"
    assert gateway.col.models.by_name("French vocab")["id"] == added["modelId"]
    assert content(gateway.col, "French vocab") == content(gateway.col, VOCAB)
    assert call("findNotes", query='"note:French vocab"') == []
    assert len(call("findNotes", query=f'"note:{VOCAB}"')) == 2
    call("updateModelStyling", model={"name": "French vocab", "css": ""})
    assert content(gateway.col, VOCAB)["css"] == seed.CSS
    call("undo")
    assert call("undo")["redo"] == "Add Note Type"
    assert names(gateway) == before


@for_rows("name", NAMES)
def test_each_note_type_can_be_copied(kept, name):
    gateway = kept.unchanged()
    call = gateway.call
    assert call("copyModel", modelName=name, newName="Copy")["name"] == "Copy"
    assert content(gateway.col, "Copy") == content(gateway.col, name)


@for_rows(
    ("params", "data"),
    [
        ({"newName": "basic"}, {"kind": "already_exists", "model": "basic"}),
        ({"newName": VOCAB}, {"kind": "already_exists", "model": VOCAB}),
        ({"newName": '"Basic"'}, {"kind": "already_exists", "model": "Basic"}),
        ({"newName": ""}, {"kind": "refused", "field": "newName"}),
        ({"newName": '""'}, {"kind": "refused", "field": "newName"}),
        ({"modelName": "Klingon", "newName": "x"}, {"kind": "model_not_found", "model": "Klingon"}),
    ],
)
def test_a_copy_without_a_name_of_its_own_is_refused(kept, params, data):
    gateway = kept.unchanged()
    call = gateway.call
    assert unchanged(gateway, names(gateway), lambda: call("copyModel", **{"modelName": VOCAB, **params})) == data


def test_a_note_type_that_anki_would_refuse_is_not_copied(gateway, call):
    model = gateway.col.models.by_name(VOCAB)
    model["tmpls"][0]["qfmt"] = "no field"
    gateway.col._backend.add_or_update_notetype(
        json=json.dumps(model).encode(), preserve_usn_and_mtime=True, skip_checks=True
    )
    refused = unchanged(gateway, names(gateway), lambda: call("copyModel", modelName=VOCAB, newName="Copy"))
    assert refused["kind"] == "refused"


# --- built-in ones ---


@for_rows(("kind", "name"), [*zip(KINDS, NAMES, strict=True)])
def test_each_built_in_note_type_is_added_as_it_comes_with_a_new_collection(kept, kind, name):
    gateway = kept.unchanged()
    call = gateway.call
    taken = unchanged(gateway, names(gateway), lambda: call("createStockModel", kind=kind))
    assert taken == {"kind": "already_exists", "model": name}  # Anki would add a number
    added = call("createStockModel", kind=kind, name=f"Second {name}")
    assert added["name"] == f"Second {name}"
    assert gateway.col.models.by_name(f"Second {name}")["id"] == added["modelId"]
    fresh, old = (without_ids(content(gateway.col, each)) for each in (f"Second {name}", name))
    assert fresh == old
    assert call("undo")["redo"] == "Add Note Type"
    call("renameModel", modelName=name, newName="Mine")
    assert call("createStockModel", kind=kind)["name"] == name


def without_ids(model):
    parts = {kind: [{**part, "id": None} for part in model[kind]] for kind in ("flds", "tmpls")}
    return {**model, **parts}


@for_rows("params", [{"kind": "Basic"}, {"kind": 0}, {"kind": "cloze", "name": 5}, {}])
def test_wrong_kinds_are_invalid(kept, params):
    call = kept.unchanged().call
    assert call("createStockModel", **params)["kind"] == "invalid_params"


def test_a_name_without_a_letter_is_refused(gateway, call):
    for name in ("", '"'):
        refused = unchanged(gateway, names(gateway), lambda: call("createStockModel", kind="cloze", name=name))  # noqa: B023
        assert refused["kind"] == "refused"


def test_old_envelopes_add_note_types_too(gateway):
    assert gateway.legacy("copyModel", modelName=VOCAB, newName="Copy")["result"]["name"] == "Copy"
    assert gateway.legacy("createStockModel", kind="cloze", name="Gaps")["result"]["name"] == "Gaps"
