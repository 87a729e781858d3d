"""Finding and replacing text in notes, on a real collection."""

import time

import pytest
import seed
from anki.collection import Config
from sizes import size

BOTH = [seed.MELA, seed.UVA]


@pytest.fixture
def texts(gateway):
    """A gateway with a note of the type Basic for each pair of texts, and something to undo and to redo."""

    def add(*pairs, model="Basic"):
        names = gateway.rpc("modelFieldNames", {"modelName": model})["result"]
        notes = [
            {"modelName": model, "deckName": "Default", "fields": dict(zip(names, pair, strict=False))}
            for pair in pairs
        ]
        gateway.notes = [added["id"] for added in gateway.rpc("addNotes", {"notes": notes})["result"]]
        gateway.col.db.execute("update notes set mod = 1700000000")
        gateway.col.decks.rename(seed.ITALIAN, "Latin")
        gateway.col.set_config("undone", 1, undoable=True)
        gateway.col.undo()
        return gateway

    return add


def replace(gateway, find, new, **params):
    params = {"findText": find, "replaceText": new, "notes": gateway.notes, **params}
    before = str(gateway.col.undo_status())
    dry = gateway.rpc("findAndReplaceInNotes", {**params, "dryRun": True})
    assert str(gateway.col.undo_status()) == before
    answer = gateway.rpc("findAndReplaceInNotes", params)
    if "error" in answer:
        assert dry["error"] == answer["error"]
        assert str(gateway.col.undo_status()) == before
        return answer["error"]
    assert dry["result"].get("changedNotes", {"count": 0})["count"] == answer["result"]
    if not answer["result"]:
        assert str(gateway.col.undo_status()) == before
    return answer["result"]


def fields(gateway):
    return [gateway.col.db.scalar("select flds from notes where id = ?", id).split("\x1f") for id in gateway.notes]


def changed(gateway):
    return gateway.col.db.list("select id from notes where mod > 1700000000 order by id")


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_a_text_is_replaced_in_all_fields_in_one_step(texts, call):
    gateway = texts(("an Apple", "apple apple"), ("pear", ""), ("x", "APPLE"))
    before = gateway.col.db.all("select * from notes")
    params = {"findText": "apple", "replaceText": "fig", "query": "deck:Default"}
    method = "findAndReplaceInNotes"
    reply = gateway.rpc(method, params) if call == "rpc" else gateway.legacy(method, **params)
    assert reply["result"] == 2
    assert fields(gateway) == [["an fig", "fig fig"], ["pear", ""], ["x", "fig"]]
    assert gateway.col.undo_status().undo == "Find and Replace"
    gateway.col.undo()
    assert gateway.col.db.all("select * from notes") == before


def test_only_the_notes_and_the_field_of_the_call_change(texts):
    gateway = texts(("a", "a"), ("an", "a"), ("b", "b"))
    first, second, _ = gateway.notes
    gateway.notes.remove(second)
    assert replace(gateway, "A", "c", field="bACK") == 1
    assert changed(gateway) == [first]
    assert fields(gateway) == [["a", "c"], ["b", "b"]]
    assert gateway.col.get_note(second).fields == ["an", "a"]


def test_notes_without_the_field_are_skipped_and_an_unknown_one_is_not_found(texts):
    gateway = texts(("mela", "x"))
    assert replace(gateway, "mela", "pera", notes=[*gateway.notes, *BOTH], field="Word") == 1
    assert changed(gateway) == [seed.MELA]
    assert replace(gateway, "x", "y", notes=[seed.UVA], field="front") == 0
    for name in ("nosuch", "Fro*", ""):
        assert replace(gateway, "a", "b", field=name)["data"] == {"kind": "not_found", "field": name}


def test_no_notes_are_no_notes(texts):
    gateway = texts(("mela", "x"))
    assert replace(gateway, "mela", "pera", notes=[]) == 0
    assert replace(gateway, "mela", "pera", notes=None, query="tag:nosuch") == 0
    error = replace(gateway, "mela", "pera", notes=[seed.MELA, 5])
    assert error["data"] == {"kind": "note_not_found", "note": 5, "index": 1}
    assert changed(gateway) == []


@pytest.mark.parametrize(
    "params", [{}, {"notes": BOTH, "query": ""}, {"notes": BOTH, "findText": ""}, {"query": "", "findText": ""}]
)
def test_the_notes_are_named_in_one_way_and_the_text_is_not_empty(texts, params):
    gateway = texts()
    error = gateway.rpc("findAndReplaceInNotes", {"findText": "mela", "replaceText": "x", **params})["error"]
    assert error["data"]["kind"] == "invalid_params"
    assert gateway.legacy("findAndReplaceInNotes", **{"findText": "mela", "replaceText": "x", **params})["error"]
    assert changed(gateway) == []


def test_a_broken_search_is_an_invalid_search(texts):
    assert replace(texts(), "a", "b", notes=None, query="deck:(")["data"]["kind"] == "invalid_search"


@pytest.mark.parametrize("new", ["$1", "$0", "${0}x", "$$", "a$1b", "\\1", "\\n"])
def test_plain_text_is_taken_literally_in_every_version(texts, new):
    gateway = texts(("a.b(c)", "axb$1"))
    assert replace(gateway, "a.b(c)", new) == 1
    assert fields(gateway) == [[new, "axb$1"]]
    assert replace(gateway := texts((f"{new}!", "")), f"{new}!", "done") == 1
    assert fields(gateway) == [["done", ""]]


@pytest.mark.parametrize(
    ("stored", "find", "expected"),
    [
        ("\u00c9t\u00e9", "\u00e9", "xtx"),
        ("e\u0301", "\u00c9", "x"),
        ("\u00e9", "E\u0301", "x"),
        ("Stra\u00dfe", "SS", "Stra\u00dfe"),
        ("Stra\u00dfe", "\u1e9e", "Straxe"),
        ("\u017f\u212a", "sk", "x"),
        ("\u03a3\u03c3\u03c2", "\u03c3", "xxx"),
        ("\u0130i", "I", "\u0130x"),
        ("a\nb", "A\nB", "x"),
        ("aaa", "aa", "xa"),
        ("<b>a</b>", "<B>", "xa</b>"),
    ],
)
def test_case_is_compared_as_anki_compares_it(texts, stored, find, expected):
    gateway = texts((stored, "other"))
    replace(gateway, find, "x")
    assert fields(gateway)[0][0] == expected


def test_capital_letters_matter_on_request(texts):
    gateway = texts(("Ab ab", "AB"))
    assert replace(gateway, "ab", "x", matchCase=True) == 1
    assert fields(gateway) == [["Ab x", "AB"]]
    assert replace(texts(("Ab", "AB")), "(ab)", "x", matchCase=True, regex=True) == 0


@pytest.mark.parametrize(
    ("find", "new", "expected"),
    [
        (r"(\w+) (?P<last>\w+)", "${last}, $1", "two, one\nthree"),
        ("(?m)^", "- ", "- one two\n- three"),
        ("^", "- ", "- one two\nthree"),
        ("one.*", "x", "x\nthree"),
        ("two.three", "x", "one two\nthree"),
        (r"two\sthree", "$$", "one $"),
        ("(a+)+$", "x", "one two\nthree"),
    ],
)
def test_an_expression_is_one_of_rusts(texts, find, new, expected):
    gateway = texts(("one two\nthree", ""))
    replace(gateway, find, new, regex=True, field="Front")
    assert fields(gateway)[0][0] == expected


@pytest.mark.parametrize(
    "find", ["(a(", "[", "(?=a)", r"(a)\1", "a{1000}{1000}", "(?P<n", "*", "\\"], ids=lambda find: find[:12]
)
def test_a_wrong_expression_is_refused_and_the_undo_history_stays(texts, find):
    error = replace(texts(("a", "b")), find, "x", regex=True)
    assert (error["data"]["kind"], error["data"]["field"]) == ("refused", "findText")
    assert "<" not in error["message"].replace("(?P<n", "")


def test_a_text_that_is_too_long_for_an_expression_is_refused(texts):
    assert replace(texts(("a", "b")), "\u00e9" * 120_000, "x")["data"]["kind"] == "refused"


@pytest.mark.parametrize(("find", "new", "regex"), [("a", "a", False), (r"\s+", " ", True), ("(b)", "$1", True)])
def test_a_match_that_changes_nothing_is_no_change(texts, find, new, regex):
    gateway = texts(("a b", ""), ("a  b", "") if regex and find != "(b)" else ("c", "d"))
    number = 1 if find == r"\s+" else 0
    assert replace(gateway, find, new, regex=regex) == number
    assert changed(gateway) == gateway.notes[1:] * number


def test_the_only_change_may_be_the_case(texts):
    gateway = texts(("apple", "Apple"))
    assert replace(gateway, "APPLE", "Apple") == 1
    assert fields(gateway) == [["Apple", "Apple"]]


@pytest.mark.parametrize("new", ["", " ", "<br>", "&nbsp;"])
@pytest.mark.parametrize("regex", [False, True])
def test_a_first_field_does_not_become_empty(texts, new, regex):
    gateway = texts(("a", "b"), ("aa", "a"))
    error = replace(gateway, "aa", new, regex=regex)
    assert (error["data"]["kind"], error["data"]["note"]) == ("refused", gateway.notes[1])
    assert replace(gateway, "a", new, regex=regex, field="Back") == 1
    assert fields(gateway) == [["a", "b"], ["aa", new]]


def test_duplicates_are_not_checked(texts):
    gateway = texts(("a", ""), ("b", ""))
    assert replace(gateway, "b", "a") == 1
    assert fields(gateway) == [["a", ""], ["a", ""]]


def test_a_new_cloze_makes_a_card_and_one_that_goes_leaves_an_empty_card(texts):
    gateway = texts(("{{c1::a}} {{c2::b}}", ""), model="Cloze")
    assert replace(gateway, "{{c2::", "{{c3::") == 1
    cards = gateway.rpc("cardsInfo", {"cards": [*gateway.col.find_cards(f"nid:{gateway.notes[0]}")]})["result"]
    assert sorted(card["ord"] for card in cards) == [0, 1, 2]
    assert len(gateway.rpc("findEmptyCards")["result"]) == 1


def test_letters_stay_as_they_are_if_the_user_wants_that(texts):
    gateway = texts()
    gateway.col.set_config_bool(Config.Bool.NORMALIZE_NOTE_TEXT, value=False)
    gateway = texts(("e\u0301", "\u00e9"))
    assert replace(gateway, "\u00e9", "x") == 1
    assert fields(gateway) == [["e\u0301", "x"]]
    assert replace(gateway, "(e)\u0301", "$1", regex=True) == 1
    assert fields(gateway) == [["e", "x"]]


def test_what_anki_removes_from_a_text_is_no_change(texts):
    assert replace(texts(("a", "b")), "a", "a\x01") == 0


def test_no_field_becomes_so_large_that_anki_ends(texts):
    gateway = texts(("a" * 2_000, ""))
    assert replace(gateway, "a", "b" * 100_000)["data"]["kind"] == "refused"


@pytest.mark.parametrize(
    "damage",
    [
        "update notes set flds = cast(x'ff1f' as text) where id = 1700000000001",
        "update notes set flds = 'mela' where id = 1700000000001",
        "update notes set mid = 5 where id = 1700000000001",
        "update cards set did = 'x' where id = 1700000001001",
    ],
)
@pytest.mark.parametrize("regex", [False, True])
def test_a_damaged_note_or_card_is_refused_and_the_undo_history_stays(texts, damage, regex):
    gateway = texts()
    gateway.col.db.execute(damage)
    gateway.col.decks.rename(seed.ITALIAN, "Greek")
    assert replace(gateway, "mel(a)" if regex else "mela", "x", notes=BOTH, regex=regex)["data"]["kind"] == "refused"


MANY = size("REPLACED", 1_200, 12_000)


def test_many_notes_are_one_step(texts):
    gateway = texts(*((f"text {number}", "") for number in range(MANY)))
    begin = time.process_time()
    assert replace(gateway, "text", "word") == MANY
    assert time.process_time() - begin < 30
    assert gateway.col.find_notes("text") == []
    gateway.col.undo()
    assert len(gateway.col.find_notes("text")) == MANY
    assert replace(gateway, r"text (\d+)", "$1", regex=True) == MANY
    gateway.col.undo()
    assert len(gateway.col.find_notes("text")) == MANY
