"""Options of note types, fields and templates, on a real collection."""

import pytest
import seed
from sizes import for_rows

VOCAB = "Italian vocab"
MODEL = {"modelName": VOCAB}
BOTH = "Basic (and reversed card)"
SWITCHES = {
    "rtl": "rtl",
    "sticky": "sticky",
    "collapsed": "collapsed",
    "plainText": "plainText",
    "excludeFromSearch": "excludeFromSearch",
}


@pytest.fixture
def stored(gateway):
    """A note type without the marks of its last change."""

    def of(name=VOCAB):
        model = gateway.col.models.by_name(name)
        return {key: value for key, value in model.items() if key not in ("mod", "usn")}

    return of


@pytest.fixture
def unsynced(gateway):
    """Whether the next sync would have to be a full one, for something that was done since."""
    gateway.col.db.execute("update col set ls = scm + 1")
    assert not gateway.col.schema_changed()
    return gateway.col.schema_changed


def refused(gateway, call, method, data, **params):
    """A call fails with these data, and changes neither the note types nor the undo history."""
    models, status = str(gateway.col.models.all()), gateway.col.undo_status()
    error = call(method, **params)
    error.pop("suggestions", None)
    assert error == data
    assert (str(gateway.col.models.all()), gateway.col.undo_status()) == (models, status)


# --- note types ---


def test_options_of_a_note_type_are_set_as_one_step(gateway, call, stored, unsynced):
    before = stored()
    options = {"sortField": "Meaning", "latexHeader": "\\begin", "latexFooter": "\\end", "latexSvg": True}
    assert call("setModelOptions", modelName="italian VOCAB", **options) == options
    assert stored() == {**before, "sortf": 1, "latexPre": "\\begin", "latexPost": "\\end", "latexsvg": True}
    status = gateway.col.undo_status()
    assert call("setModelOptions", **MODEL, **options) == call("setModelOptions", **MODEL, latexSvg=None) == {}
    assert gateway.col.undo_status() == status
    assert call("undo")["redo"] == "Update Note Type"
    assert stored() == before


@pytest.mark.parametrize(
    ("option", "value"), [("latexHeader", "x"), ("latexFooter", ""), ("latexSvg", True), ("sortField", "Meaning")]
)
def test_only_another_sort_field_needs_a_full_sync(gateway, call, unsynced, option, value):
    model = gateway.col.models.by_name(VOCAB)
    gateway.col.models.update_dict({**model, "latexPost": "y"})
    assert call("setModelOptions", **MODEL, **{option: value}) == {option: value}
    assert bool(unsynced()) is (option == "sortField")


def test_notes_are_sorted_by_another_field(gateway, call):
    assert call("findNotes", query="", orderBy="noteFld") == [seed.MELA, seed.UVA]
    call("updateNotes", notes=[{"id": seed.MELA, "fields": {"Meaning": "z"}}])
    call("setModelOptions", **MODEL, sortField="Meaning")
    assert call("findNotes", query="", orderBy="noteFld") == [seed.UVA, seed.MELA]
    assert gateway.col.db.list("select sfld from notes order by id") == ["z", "grapes"]


def test_a_field_that_does_not_exist_sorts_nothing(gateway, call):
    """Anki would sort by the last field."""
    for name in ("Worte", "word", "2", ""):
        data = {"kind": "not_found", "model": VOCAB, "field": name}
        refused(gateway, call, "setModelOptions", data, **MODEL, latexHeader="x", sortField=name)


@for_rows("flds", ["cast(x'ff1fff' as text)", "''", "'a'", "'a' || char(31, 31)"])
def test_a_note_that_anki_cannot_read_is_named_before_notes_are_sorted(kept, flds):
    gateway = kept.unchanged()
    call = gateway.call
    gateway.col.db.execute(f"update notes set flds = {flds} where id = {seed.MELA}")
    refused(gateway, call, "setModelOptions", {"kind": "refused", "note": seed.MELA}, **MODEL, sortField="Meaning")
    assert call("setModelOptions", **MODEL, latexSvg=True) == {"latexSvg": True}


# --- fields ---


@pytest.mark.parametrize("name", SWITCHES)
def test_one_option_of_a_field_is_set_and_the_others_stay(call, stored, unsynced, name):
    before = stored()
    assert call("modelFieldSetOptions", **MODEL, fields=[{"fieldName": "Meaning", name: True}]) == 1
    word, meaning = before["flds"]
    assert stored() == {**before, "flds": [word, {**meaning, SWITCHES[name]: True}]}
    assert call("modelFieldSetOptions", **MODEL, fields=[{"fieldName": "Meaning", name: True}]) == 0
    assert call("modelFieldSetOptions", **MODEL, fields=[{"fieldName": "Meaning", name: False}]) == 1
    assert stored() == before
    assert not unsynced()


def test_several_fields_are_set_as_one_step(gateway, call, stored):
    before = stored()
    fields = [{"fieldName": name, **dict.fromkeys(SWITCHES, True)} for name in ("Word", "Meaning")]
    assert call("modelFieldSetOptions", **MODEL, fields=fields) == 2
    assert all(field[member] for field in stored()["flds"] for member in SWITCHES.values())
    assert call("undo")["redo"] == "Update Note Type"
    assert stored() == before
    status = gateway.col.undo_status()
    assert call("modelFieldSetOptions", **MODEL, fields=[]) == 0
    assert call("modelFieldSetOptions", **MODEL, fields=[{"fieldName": "Word"}]) == 0
    assert gateway.col.undo_status() == status


def test_a_field_can_be_left_out_of_searches(call):
    assert call("findNotes", query="apple") == [seed.MELA]
    call("modelFieldSetOptions", **MODEL, fields=[{"fieldName": "Meaning", "excludeFromSearch": True}])
    assert call("findNotes", query="apple") == []
    assert call("findNotes", query="Meaning:apple") == [seed.MELA]


def test_one_unknown_field_changes_none(gateway, call):
    fields = [{"fieldName": "Word", "rtl": True}, {"fieldName": "meaning", "rtl": True}]
    data = {"kind": "not_found", "model": VOCAB, "field": "meaning"}
    refused(gateway, call, "modelFieldSetOptions", data, **MODEL, fields=fields)


# --- templates ---


def template(**options):
    return {**MODEL, "templates": [{"templateName": "Card 1", **options}]}


@pytest.mark.parametrize(
    ("options", "as_stored"),
    [
        ({"deck": "italian"}, {"did": seed.ITALIAN}),
        ({"browserFront": "{{Meaning}}"}, {"bqfmt": "{{Meaning}}"}),
        ({"browserBack": "none"}, {"bafmt": "none"}),
        ({"browserFont": "Noto Serif"}, {"bfont": "Noto Serif"}),
        ({"browserSize": 255}, {"bsize": 255}),
    ],
)
def test_one_option_of_a_template_is_set_and_taken_away(call, stored, unsynced, options, as_stored):
    before, none = stored(), {name: 0 if name == "browserSize" else "" for name in options}
    assert call("modelTemplateSetOptions", **template(**options)) == 1
    assert stored() == {**before, "tmpls": [{**before["tmpls"][0], **as_stored}]}
    assert call("modelTemplateSetOptions", **template(**options)) == 0
    assert call("modelTemplateSetOptions", **template(**none)) == 1
    assert stored() == before
    assert not unsynced()


def test_null_takes_the_deck_away_and_what_is_left_out_stays(call, stored):
    call("modelTemplateSetOptions", **template(deck="Italian", browserSize=20))
    assert call("modelTemplateSetOptions", **template(browserSize=21, browserFont=None)) == 1
    assert (stored()["tmpls"][0]["did"], stored()["tmpls"][0]["bsize"]) == (seed.ITALIAN, 21)
    assert call("modelTemplateSetOptions", **template(deck=None)) == 1
    assert stored()["tmpls"][0]["did"] is None


def test_several_templates_are_set_as_one_step(call, stored):
    before = stored(BOTH)
    templates = [{"templateName": f"Card {n}", "browserSize": 20 + n, "deck": "Italian"} for n in (1, 2)]
    assert call("modelTemplateSetOptions", modelName=BOTH, templates=templates) == 2
    assert [entry["bsize"] for entry in stored(BOTH)["tmpls"]] == [21, 22]
    assert call("undo")["redo"] == "Update Note Type"
    assert stored(BOTH) == before


def test_new_cards_go_to_the_deck_of_the_template_and_others_stay(gateway, call):
    card_decks = lambda: gateway.col.db.list("select did from cards order by id")  # noqa: E731
    before = card_decks()
    call("modelTemplateSetOptions", **template(deck="Italian"))
    assert card_decks() == before
    note = {"modelName": VOCAB, "deckName": "Default", "fields": {"Word": "pera"}}
    call("addNotes", notes=[note])
    assert card_decks() == [*before, seed.ITALIAN]


@for_rows(
    ("options", "data"),
    [
        ({"deck": "Klingon"}, {"kind": "deck_not_found", "deck": "Klingon"}),  # Anki would store any id
        ({"deck": "cram"}, {"kind": "refused", "deck": "Cram"}),
        ({"browserFront": "{{Nosuch}}"}, {"kind": "refused", "model": VOCAB, "template": "Card 1"}),
        ({"browserBack": "{{#Word}}"}, {"kind": "refused", "model": VOCAB, "template": "Card 1"}),
        (
            {"templateName": "card 1", "browserFont": "x"},
            {"kind": "not_found", "model": VOCAB, "template": "card 1"},
        ),
    ],
)
def test_what_anki_would_store_without_a_complaint_is_refused(kept, options, data):
    gateway = kept.unchanged()
    call = gateway.call
    call("createFilteredDeck", deck="Cram", terms=[{"search": ""}])
    params = template(browserSize=30)
    params["templates"].append({"templateName": "Card 1", **options})
    refused(gateway, call, "modelTemplateSetOptions", data, **params)


def test_a_broken_format_that_is_stored_already_stops_no_other_option(gateway, call):
    model = gateway.col.models.by_name(VOCAB)
    model["tmpls"][0]["bafmt"] = "{{Nosuch}}"
    gateway.col.models.update_dict(model)
    assert call("modelTemplateSetOptions", **template(browserSize=30)) == 1


def test_a_larger_font_would_be_stored_as_none(gateway, call):
    assert "templates.0.browserSize" in call("modelTemplateSetOptions", **template(browserSize=256))["fields"]
    model = gateway.col.models.by_name(VOCAB)
    model["tmpls"][0]["bsize"] = 256
    gateway.col.models.update_dict(model)
    assert gateway.col.models.by_name(VOCAB)["tmpls"][0]["bsize"] == 0


def test_a_deck_that_anki_cannot_read_is_named_before_anything_is_written(gateway, call):
    call("createDeck", deck="Odd")
    gateway.col.db.execute("update decks set kind = x'ff' where name = 'Odd'")
    status = gateway.col.undo_status()
    assert call("modelTemplateSetOptions", **template(deck="Odd"))["kind"] == "anki_error"
    assert gateway.col.undo_status() == status


def test_old_envelopes_set_options_too(gateway):
    assert gateway.legacy("setModelOptions", **MODEL, latexSvg=True)["result"] == {"latexSvg": True}
    fields = [{"fieldName": "Word", "rtl": True}]
    assert gateway.legacy("modelFieldSetOptions", **MODEL, fields=fields) == {"result": 1, "error": None}
    assert gateway.legacy("modelTemplateSetOptions", **template(deck="Italian")) == {"result": 1, "error": None}
    assert gateway.legacy("modelTemplateSetOptions", **template(deck=None)) == {"result": 1, "error": None}
