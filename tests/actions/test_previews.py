"""Previews of cards, on a real collection."""

import pytest
import seed
from anki.collection import hooks
from sizes import for_rows

VOCAB, BOTH, CLOZE = "Italian vocab", "Basic (and reversed card)", "Cloze"
PEAR = {"modelName": VOCAB, "fields": {"Word": "pera", "Meaning": "pear"}}
DEEP = "{{Word}}" + "{{#Word}}" * 20_000 + "a" + "{{/Word}}" * 20_000


@pytest.fixture(autouse=True)
def untouched(gateway):
    """A preview stores nothing, whether it fails or not."""
    col = gateway.col
    col.decks.rename(seed.ITALIAN, "Latin")
    col.set_config("undone", 1, undoable=True)
    col.undo()
    tables = ("notes", "cards", "notetypes", "templates", "fields", "col")

    def state():
        return str(col.undo_status()), [col.db.all(f"select * from {table}") for table in tables], col.mod

    before = state()
    yield
    assert state() == before


def previews(gateway, **params):
    result = gateway.rpc("previewCards", params)["result"]
    assert gateway.legacy("previewCards", **params) == {"result": result, "error": None}
    return result


def error_of(gateway, **params):
    return gateway.rpc("previewCards", params)["error"]


def test_each_template_shows_a_note_that_is_not_stored(reading):
    front, back = previews(reading, note={"modelName": BOTH, "fields": {"FRONT": "f", "back": "b"}})
    assert (front["ord"], front["name"], front["question"]) == (0, "Card 1", "f")
    assert front["answer"] == "f\n\n<hr id=answer>\n\nb"
    assert (back["ord"], back["name"], back["question"], back["answer"]) == (
        1,
        "Card 2",
        "b",
        "b\n\n<hr id=answer>\n\nf",
    )
    assert not front["isEmpty"]
    assert front["error"] is None
    assert front["css"] == reading.col.models.by_name(BOTH)["css"]


def test_a_stored_note_is_shown_as_it_is_or_with_other_texts(reading):
    assert previews(reading, noteId=seed.MELA)[0]["answer"].startswith("mela")
    (card,) = previews(reading, noteId=seed.MELA, fields={"word": "melo"})
    assert (card["question"], card["answer"]) == ("melo", "melo\n\n<hr id=answer>\n\napple")


def test_tags_and_names_are_shown(reading):
    template = {"Card 1": {"Front": "{{Word}} {{Tags}} {{Type}} {{Card}} {{Deck}}", "Back": ""}}
    note = {**PEAR, "tags": ["fruit sweet", "A1"]}
    (card,) = previews(reading, note=note, templates=template)
    assert card["question"] == f"pera fruit sweet A1 {VOCAB} Card 1 (Deck)"
    assert card["answer"] == ""


def test_a_cloze_note_shows_a_card_for_each_number_in_their_order(reading):
    text = "{{c3::x}} {{c1::y::hint}} {{c3::z}} {{c12::w}}"
    cards = previews(reading, note={"modelName": CLOZE, "fields": {"Text": text}})
    assert [card["ord"] for card in cards] == [0, 2, 11]
    assert "[hint]" in cards[0]["question"]
    assert {card["name"] for card in cards} == {"Cloze"}
    assert not any(card["isEmpty"] for card in cards)


@for_rows("text", ["no deletion", "", "{{c0::x}}"])
def test_a_cloze_note_without_a_deletion_shows_its_empty_card(reading, text):
    (card,) = previews(reading, note={"modelName": CLOZE, "fields": {"Text": text}})
    assert (card["ord"], card["isEmpty"], card["error"]) == (0, True, None)
    assert not {*card["question"]} & {*"\u2066\u2067\u2068\u2069"}


def test_only_the_chosen_cards_are_returned(reading):
    both = {"modelName": BOTH, "fields": {"Front": "f", "Back": "b"}}
    assert [card["ord"] for card in previews(reading, note=both, cards=[1, 1])] == [1]
    assert previews(reading, note=both, cards=[]) == []
    text = {"modelName": CLOZE, "fields": {"Text": "{{c1::x}} {{c2::y}}"}}
    cards = previews(reading, note=text, cards=[1, 6])
    assert [(card["ord"], card["isEmpty"]) for card in cards] == [(1, False), (6, True)]
    error = error_of(reading, note=both, cards=[0, 2])
    assert error["data"] == {"kind": "not_found", "model": BOTH, "ord": 2}
    assert error_of(reading, note=both, cards=[-1])["data"]["kind"] == "invalid_params"


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (BOTH, {"Front": "f"}),
        (BOTH, {"Front": "f", "Back": "<br>"}),
        ("Basic (optional reversed card)", {"Front": "f", "Back": "b", "Add Reverse": ""}),
        ("Basic (optional reversed card)", {"Front": "f", "Back": "b", "Add Reverse": "y"}),
        (CLOZE, {"Text": "{{c2::x}}"}),
    ],
)
def test_a_card_that_anki_would_not_make_is_empty(gateway, open_gateway, model, fields):
    note = {"modelName": model, "fields": fields}
    made = [card["ord"] for card in previews(gateway, note=note) if not card["isEmpty"]]
    other = open_gateway()
    added = other.rpc("addNote", {"note": {**note, "deckName": "Default"}})["result"]
    assert other.col.db.list("select ord from cards where nid = ? order by ord", added) == made


def test_empty_fields_show_their_names_if_wanted(reading):
    note = {"modelName": BOTH, "fields": {"Front": "f"}}
    _, card = previews(reading, note=note, fillEmpty=True)
    assert (card["question"], card["isEmpty"]) == ("(Back)", False)


@for_rows(
    ("side", "text", "words"),
    [
        ("Front", "{{Wrod}}", "Front template has a problem: Found '{{Wrod}}', but there is no field called 'Wrod'"),
        (
            "Back",
            "{{a<b & c}}",
            "Back template has a problem: Found '{{a<b & c}}', but there is no field called 'a<b & c'",
        ),
        ("Front", "{{#Word}}x", "Front template has a problem: Missing '{{/Word}}'"),
        ("Back", "{{/Word}}", "Back template has a problem: Found '{{/Word}}', but missing '{{#Word}}' or '{{^Word}}'"),
        (
            "Front",
            "{{#Word}}{{#Meaning}}{{/Word}}{{/Meaning}}",
            "Front template has a problem: Found '{{/Word}}', but expected '{{/Meaning}}'",
        ),
    ],
)
def test_a_wrong_template_is_described_in_plain_words(reading, side, text, words):
    (card,) = previews(reading, note=PEAR, templates={"Card 1": {side: text}})
    assert card["error"] == words
    assert (card["question"], card["answer"], card["isEmpty"]) == (None, None, False)


def test_a_wrong_template_leaves_the_other_cards(reading):
    note = {"modelName": BOTH, "fields": {"Front": "f", "Back": "b"}}
    one, two = previews(reading, note=note, templates={"Card 1": {"Front": "{{x}}"}, "Card 2": {"Back": "new"}})
    assert one["error"]
    assert (two["question"], two["answer"], two["error"]) == ("b", "new", None)


def test_braces_that_are_not_closed_are_shown_as_they_are(reading):
    (card,) = previews(reading, note=PEAR, templates={"Card 1": {"Front": "{{Word}} {{Word", "Back": "{{Meaning"}})
    assert (card["question"], card["answer"], card["error"]) == ("pera {{Word", "{{Meaning", None)


def test_other_styling_is_returned_with_each_card(reading):
    assert previews(reading, note=PEAR, css="")[0]["css"] == ""
    assert previews(reading, note=PEAR, css=".card {}")[0]["css"] == ".card {}"


def test_sounds_and_latex_stay_as_they_are_and_no_file_is_written(reading):
    files = reading.rpc("getMediaFilesNames", {})
    text = "[sound:mela.mp3] [latex]x^2[/latex] [$]y[/$]"
    (card,) = previews(reading, note={"modelName": VOCAB, "fields": {"Word": text}})
    assert card["question"] == text
    assert reading.rpc("getMediaFilesNames", {}) == files


def test_filters_and_hooks_of_addons_are_applied(reading):
    def upper(text, name, filter_name, context):
        return text.upper() if filter_name == "upper" else text

    def exclaim(output, context):
        output.question_text += f"! {context.card().ord} {context.note()['Word']} {context.card().note()['Word']}"

    hooks.field_filter.append(upper)
    hooks.card_did_render.append(exclaim)
    try:
        template = {"Card 1": {"Front": "{{upper:Word}} [latex]x[/latex]", "Back": "{{FrontSide}} {{upper:Meaning}}"}}
        (card,) = previews(reading, note=PEAR, templates=template)
        assert card["question"] == "PERA [latex]x[/latex]! 0 pera pera"
        assert card["answer"] == "PERA [latex]x[/latex] PEAR"
        (card,) = previews(reading, note={"modelName": VOCAB, "fields": {}})
        assert card["isEmpty"]
    finally:
        hooks.field_filter.remove(upper)
        hooks.card_did_render.remove(exclaim)


def test_hooks_of_addons_see_a_card_in_the_default_deck_as_in_ankis_own_previews(reading):
    def show_deck(output, context):
        output.question_text = str(context.card().did)

    hooks.card_did_render.append(show_deck)
    try:
        assert [card["question"] for card in previews(reading, note=PEAR)] == ["1"]
    finally:
        hooks.card_did_render.remove(show_deck)


def test_an_addon_that_fails_is_the_error_of_its_card_only(reading):
    def fail(output, context):
        if context.card().ord == 0:
            raise ValueError("<no> card")

    def fail_in_filter(text, name, filter_name, context):
        raise KeyError(name)

    note = {"modelName": BOTH, "fields": {"Front": "f", "Back": "b"}}
    hooks.card_did_render.append(fail)
    try:
        one, two = previews(reading, note=note)
        assert one["error"] == "Another add-on of Anki failed: ValueError: <no> card"
        assert (one["question"], one["answer"], one["isEmpty"]) == (None, None, False)
        assert (two["question"], two["error"]) == ("b", None)
    finally:
        hooks.card_did_render.remove(fail)
    hooks.field_filter.append(fail_in_filter)  # Anki removes a filter that fails
    result = reading.rpc("previewCards", {"note": note, "templates": {"Card 2": {"Front": "{{odd:Back}}"}}})["result"]
    assert [card["error"] for card in result] == [None, "Another add-on of Anki failed: KeyError: 'Back'"]
    assert hooks.field_filter.count() == 0


@for_rows(
    ("params", "kind", "where"),
    [
        ({}, "invalid_params", "note"),
        ({"note": PEAR, "noteId": seed.MELA}, "invalid_params", "note"),
        ({"note": PEAR, "fields": {"Word": "x"}}, "invalid_params", "fields"),
        ({"note": {**PEAR, "fields": {"Wrod": "x"}}}, "invalid_params", "note.fields.Wrod"),
        ({"note": {**PEAR, "modelName": "Basik"}}, "model_not_found", None),
        ({"noteId": 1}, "note_not_found", None),
        ({"noteId": seed.MELA, "fields": {"Wrod": "x"}}, "not_found", None),
        ({"note": PEAR, "templates": {"card 1": {"Front": "x"}}}, "not_found", None),
        ({"note": PEAR, "templates": {"Card 1": {"Front": DEEP}}}, "refused", None),
        ({"note": PEAR, "templates": {"Card 1": {"Back": DEEP}}}, "refused", None),
    ],
)
def test_what_cannot_be_shown_is_an_error(reading, params, kind, where):
    error = error_of(reading, **params)
    assert error["data"]["kind"] == kind
    assert where is None or [*error["data"]["fields"]] == [where]


def test_deletions_inside_each_other_do_not_crash(reading):
    text = "{{c1::" * 3_000 + "x" + "}}" * 3_000
    assert previews(reading, note={"modelName": CLOZE, "fields": {"Text": text}})


@for_rows(
    ("sides", "side"),
    [
        ({"Front": "{{Word}}" * 2000}, "Front"),
        ({"Back": "{{Word}}" * 2000}, "Back"),
        ({"Front": "<%Word%>" * 2000}, "Front"),
        ({"Front": "{{Word}}" * 10, "Back": "{{FrontSide}}" * 500}, "Back"),
        ({"Front": "{{hint:Meaning}}" * 200_000}, "Front"),
    ],
)
@for_rows("is_stored", [False, True])
def test_a_card_that_would_fill_the_memory_is_refused_before_it_is_rendered(reading, is_stored, sides, side):
    fields = (
        {"Word": "a" * 1_000_000, "Meaning": "b"} if "hint" not in str(sides)[:30] else {"Word": "a", "Meaning": "b"}
    )
    note = {"noteId": seed.MELA, "fields": fields} if is_stored else {"note": {"modelName": VOCAB, "fields": fields}}
    error = error_of(reading, **note, templates={"Card 1": sides})
    assert error["data"] == {"kind": "refused", "model": VOCAB, "template": "Card 1", "side": side}
    assert "at most 64 are rendered" in error["message"]


def test_long_tags_count_and_conditions_and_templates_that_are_not_shown_do_not(reading):
    long = {**PEAR, "tags": ["t" * 1_000_000]}
    error = error_of(reading, note=long, templates={"Card 1": {"Front": "{{Tags}}" * 2000}})
    assert error["data"]["kind"] == "refused"
    conditions = {"Card 1": {"Front": "{{Word}}" + "{{#Word}}x{{/Word}}" * 400}}
    large = {"modelName": VOCAB, "fields": {"Word": "a" * 1_000_000}}
    (card,) = previews(reading, note=large, templates=conditions)
    assert card["question"].endswith("ax" + "x" * 399)
    both = {"modelName": BOTH, "fields": {"Front": "a" * 1_000_000, "Back": "b"}}
    assert previews(reading, note=both, templates={"Card 2": {"Front": "{{Front}}" * 2000}}, cards=[0])


def test_a_result_that_is_too_large_is_refused_while_it_grows(open_gateway):
    gateway = open_gateway(limits={"responseMegabytes": 1, "publicResponseMegabytes": 1})
    gateway.col.decks.rename(seed.ITALIAN, "Latin")
    text = " ".join(f"{{{{c{number}::word}}}}" for number in range(1, 400))
    note = {"modelName": CLOZE, "fields": {"Text": text}}
    assert error_of(gateway, note=note)["data"]["kind"] == "response_too_large"
