"""Typed answers beside the right ones, on a real collection."""

import pytest
import seed
from sizes import for_rows

UNKNOWN = 1234567890123
GOOD = "<code id=typeans><span class=typeGood>{}</span></code>"


@pytest.fixture
def compare(gateway):
    """Compares; returns the result, or the error."""

    def one(typed, expected=None, **more):
        params = {"typed": typed, **({} if expected is None else {"expected": expected}), **more}
        answer = gateway.rpc("compareAnswer", params)
        return answer["result"] if "result" in answer else answer["error"]

    return one


@pytest.fixture
def front(gateway):
    """Writes the front of a template, and the note's fields."""

    def one(front, word="mela", meaning="apple"):
        col = gateway.col
        model = col.models.by_name("Italian vocab")
        model["tmpls"][0]["qfmt"] = front
        col.models.update_dict(model)
        note = col.get_note(seed.MELA)
        note.fields = [word, meaning]
        col.update_note(note)

    return one


@for_rows(
    ("typed", "expected", "plain"),
    [
        ("mela", "mela", "mela"),
        ("mela", " <b>mela</b><br>", "mela"),
        ("a & b <c>", "a &amp; b &lt;c&gt;", "a & b <c>"),
        ("a b", "<div>a</div><div>b</div>", "a b"),
        ("mela", "mela [sound:mela.mp3]", "mela"),
        ("caf\u00e9", "cafe\u0301", "cafe\u0301"),
        ("cafe\u0301", "caf\u00e9", "caf\u00e9"),
        ("typeBad", "typeBad", "typeBad"),
        ("\"'", "\"'", "\"'"),
    ],
)
def test_equal_answers_are_correct_and_escaped(compare, typed, expected, plain):
    found = compare(typed, expected)
    assert (found["correct"], found["expected"]) == (True, plain)
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert found["html"] == GOOD.format(escaped.replace('"', "&quot;").replace("'", "&#x27;"))


@for_rows(
    ("typed", "expected"),
    [
        ("mele", "mela"),
        ("", "mela"),
        ("x", ""),
        ("e", "\u00e9"),
        (" mela", "mela"),
        ("mel", "mela"),
        ("Mela", "mela"),
        ("<b>mela</b>", "mela"),
        ("x", "<span class=typeGood>"),
        ("a</span></code>", "a"),
    ],
)
def test_other_answers_are_wrong(compare, typed, expected):
    assert compare(typed, expected)["correct"] is False


def test_nothing_typed_shows_only_the_right_answer(compare):
    assert compare("", "<i>mela</i>") == {"correct": False, "expected": "mela", "html": "<code id=typeans>mela</code>"}
    assert compare("", "[sound:a.mp3]") == {"correct": True, "expected": "", "html": "<code id=typeans></code>"}


def test_the_html_marks_what_is_good_bad_and_missed(compare):
    html = compare("mele", "mela")["html"]
    for part in ("<span class=typeGood>mel</span>", "<span class=typeBad>e</span>", "<span class=typeMissed>a</span>"):
        assert part in html
    assert "<script>" not in compare("<script>", "mela")["html"]


@for_rows(("typed", "expected"), [("citta", "citt\u00e0"), ("e\u0301", "e"), ("U", "\u00fc".upper())])
def test_accents_can_be_ignored(compare, typed, expected):
    assert compare(typed, expected)["correct"] is False
    found = compare(typed, expected, ignoreAccents=True)
    assert (found["correct"], found["html"]) == (True, GOOD.format(expected))
    assert compare("x", expected, ignoreAccents=True)["correct"] is False


def test_the_right_answer_is_that_of_the_card(compare, front):
    front("{{Word}} {{type:Meaning}}", meaning="<b>apple</b>")
    assert compare("apple", card=seed.MELA_CARD) == {"correct": True, "expected": "apple", "html": GOOD.format("apple")}
    front("{{type:Word}} {{type:Meaning}}", word="citt\u00e0")  # the first counts
    assert compare("citta", card=seed.MELA_CARD)["correct"] is False
    assert compare("citta", card=seed.MELA_CARD, ignoreAccents=True)["correct"] is True
    front("{{type:nc:Word}}", word="citt\u00e0")
    assert compare("citta", card=seed.MELA_CARD)["correct"] is True
    assert compare("citta", card=seed.MELA_CARD, ignoreAccents=False)["correct"] is False


def test_the_right_answer_of_a_cloze_is_what_it_hides(gateway, compare):
    col = gateway.col
    model = col.models.by_name("Cloze")
    model["tmpls"][0]["qfmt"] = "{{cloze:Text}} {{type:cloze:Text}}"
    col.models.update_dict(model)
    text = "{{c1::uno::hint}} {{c2::due}} {{c1::tre}} {{c3::x}} {{c3::x}}"
    fields = {"Text": text, "Back Extra": ""}
    gateway.rpc("addNote", {"note": {"deckName": "Default", "modelName": "Cloze", "fields": fields}})
    first, second, third = sorted(col.find_cards("note:Cloze"), key=lambda card: col.get_card(card).ord)
    assert compare("uno, tre", card=first)["correct"] is True
    assert compare("due", card=second)["expected"] == "due"
    assert compare("x", card=third)["expected"] == "x"  # equal ones count once
    gateway.col.db.execute("update cards set ord = 7 where id = ?", third)
    assert compare("x", card=third)["data"]["kind"] == "refused"


@pytest.mark.parametrize(
    ("template", "fields", "words"),
    [
        ("{{Word}}", {}, "has no {{type:...}}"),
        ("{{Word}}{{type:Meaning}}", {"meaning": ""}, "has none in the field Meaning"),
    ],
)
def test_a_card_that_asks_for_nothing_is_refused(compare, front, template, fields, words):
    front(template, **fields)
    error = compare("x", card=seed.MELA_CARD)
    assert (error["data"]["kind"], error["data"]["card"]) == ("refused", seed.MELA_CARD)
    assert words in error["message"]


def test_a_template_that_names_a_field_that_is_not_there_is_refused(gateway, compare, front):
    front("{{Word}} [[type:Nothing]]")
    assert "does not have: Nothing" in compare("x", card=seed.MELA_CARD)["message"]


def test_an_unknown_card_and_contradicting_params_are_errors(compare):
    assert compare("x", card=UNKNOWN)["data"]["kind"] == "card_not_found"
    for params in ({}, {"expected": "x", "card": seed.MELA_CARD}):
        error = compare("x", **params)
        assert (error["code"], error["data"]["fields"]) == (-32602, {"expected": ["Give either `expected` or `card`."]})


def test_texts_whose_comparison_would_hold_anki_up_are_refused(compare, front):
    assert compare("x" * 501, "y")["code"] == -32602
    long = "ab" * 251
    error = compare("x", long)
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", "expected")
    front("{{type:Word}}", word=long)
    assert compare("x", card=seed.MELA_CARD)["data"]["field"] == "card"
    assert compare("a" * 500, f"<b>{'a' * 500}</b>")["correct"] is True


def test_html_that_would_take_anki_long_is_refused(compare, front):
    html = "<script>" * 5000
    assert [*compare("x", html)["data"]["fields"]] == ["expected"]
    front("{{type:Word}}", word=f"<b>{html}</b>")
    error = compare("x", card=seed.MELA_CARD)
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", "card")
    assert "40007 characters with its HTML" in error["message"]


@for_rows(
    ("typed", "expected", "name"),
    [
        ("\uac00" * 500, "x", "typed"),
        ("x", "\uac01" * 500, "expected"),
        ("\ufb00" * 251, "x", "typed"),  # a ligature
        ("x", "\u00e9" * 251, "expected"),
    ],
)
def test_letters_count_by_their_parts_if_accents_are_ignored(compare, typed, expected, name):
    error = compare(typed, expected, ignoreAccents=True)
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", name)
    assert compare(typed, expected)["correct"] is False


@pytest.mark.parametrize(
    ("typed", "expected", "name"), [("\u0958" * 251, "x", "typed"), ("x", "\u0958" * 251, "expected")]
)
def test_letters_that_are_always_taken_apart_count_by_their_parts(compare, typed, expected, name):
    assert compare(typed, expected)["data"]["field"] == name


def test_nothing_is_written(gateway, compare, front):
    front("{{type:Word}}")
    before = gateway.col.mod, gateway.col.undo_status(), gateway.col.db.all("select * from cards")
    compare("mela", card=seed.MELA_CARD)
    assert (gateway.col.mod, gateway.col.undo_status(), gateway.col.db.all("select * from cards")) == before


def test_old_envelopes_get_the_same(gateway, compare):
    params = {"typed": "mele", "expected": "mela"}
    assert gateway.legacy("compareAnswer", **params) == {"result": compare(**params), "error": None}
