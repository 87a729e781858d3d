"""Renaming tags, and removing them from all notes, on a real collection."""

import random
import sys
import time
from functools import partial

import pytest
import seed
from sizes import for_rows, size, some

from addon.actions.tag import tags
from addon.text.anki_text import fold_letters

NBSP = "\u00a0"


@pytest.fixture
def tagged(gateway):
    """A gateway with further notes of given tags, and something to undo and to redo."""

    def tag(*tags):
        notes = [
            {"modelName": "Basic", "deckName": "Default", "fields": {"Front": f"{number}"}, "tags": names.split(" ")}
            for number, names in enumerate(tags)
        ]
        gateway.notes = [added["id"] for added in gateway.rpc("addNotes", {"notes": notes})["result"]]
        gateway.col.decks.rename(seed.ITALIAN, "Latin")
        gateway.col.set_config("undone", 1, undoable=True)
        gateway.col.undo()
        gateway.status = gateway.col.undo_status()
        return gateway

    return tag


def tags_of(gateway):
    return [gateway.col.db.scalar("select tags from notes where id = ?", note).split() for note in gateway.notes]


def listed(gateway):
    return [tag for tag in gateway.rpc("getTags")["result"] if tag not in ("A1", "fruit")]


def check_untouched(gateway):
    assert str(gateway.col.undo_status()) == str(gateway.status)


def refused(gateway, method, kind="refused", **params):
    error = gateway.rpc(method, params)["error"]
    assert error["data"]["kind"] == kind
    assert gateway.rpc(method, {**params, "dryRun": True})["error"] == error
    check_untouched(gateway)
    return error


# --- renaming ---


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_a_tag_is_renamed_with_its_sub_tags_in_one_step(tagged, call):
    gateway = tagged("food food::fruit::x foody", "FOOD::bread")
    before = gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")
    params = {"tag": "Food", "newName": "meal::Food"}
    reply = gateway.rpc("renameTag", params) if call == "rpc" else gateway.legacy("renameTag", **params)
    assert reply["result"] == 2
    assert tags_of(gateway) == [["foody", "meal::Food", "meal::Food::fruit::x"], ["meal::Food::bread"]]
    assert not [tag for tag in listed(gateway) if tag.lower().startswith("food") and tag != "foody"]
    assert gateway.col.undo_status().undo == "Rename Tag"
    gateway.col.undo()
    assert (gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")) == before
    assert gateway.col.undo_status().undo == gateway.status.undo


def test_a_level_that_is_no_tag_itself_is_renamed_too(tagged):
    gateway = tagged("food::fruit::x")
    assert gateway.rpc("renameTag", {"tag": "food::fruit", "newName": "fruits"})["result"] == 1
    assert tags_of(gateway) == [["fruits::x"]]
    assert listed(gateway) == ["fruits::x"]


@pytest.mark.parametrize(
    ("new", "expected"), [("x::y", [["x::y", "x::y::y", "x::y::z"]]), ("X", [["X", "X::y", "X::z"]])]
)
def test_a_tag_moves_below_itself_or_changes_its_case(tagged, new, expected):
    gateway = tagged("x x::y x::z")
    assert gateway.rpc("renameTag", {"tag": "x", "newName": new})["result"] == 1
    assert tags_of(gateway) == expected
    assert listed(gateway) == expected[0]


@pytest.mark.parametrize("new", ["two", "TWO"])
def test_two_tags_become_one_which_no_note_has_twice_or_in_another_case(tagged, new):
    gateway = tagged("one one::a two", "two::A one::a", "one")
    assert gateway.rpc("renameTag", {"tag": "one", "newName": new})["result"] == 3
    (a,) = {tag for tags in tags_of(gateway) for tag in tags if tag != "two"}
    assert tags_of(gateway) == [["two", a], [a], ["two"]]
    assert listed(gateway) == ["two", a]


def test_a_tag_is_taken_literally_and_only_whole_levels_count(tagged):
    gateway = tagged("a.b axb a.bc", "c++ c* [x] a\\b a$b (?i)q a#b a*")
    for number, tag in enumerate(["a.b", "c++", "[x]", "a\\b", "a$b", "(?i)q", "a#b", "a*"]):
        assert gateway.rpc("renameTag", {"tag": tag, "newName": f"n{number}"})["result"] == 1
    assert tags_of(gateway) == [["a.bc", "axb", "n0"], ["c*", *(f"n{number}" for number in range(1, 8))]]


@pytest.mark.parametrize("new", ["a$1b", "$0", "${1}", "a\\1b", "$$"])
def test_a_dollar_in_the_new_name_is_a_dollar(tagged, new):
    gateway = tagged("one one::a")
    gateway.rpc("renameTag", {"tag": "one", "newName": new})
    assert tags_of(gateway) == [[new, f"{new}::a"]]


@pytest.mark.parametrize(
    "new", ["", " ", "x y", " x", "x ", "\u3000", "x\u3000y", "::x", "x::", "x::::y", "\x01", "x::\x7f"]
)
def test_a_name_that_anki_would_refuse_or_change_is_refused(tagged, new):
    gateway = tagged("one")
    assert refused(gateway, "renameTag", tag="one", newName=new)["data"]["field"] == "newName"
    assert tags_of(gateway) == [["one"]]


@pytest.mark.parametrize("tag", ["nosuch", "foo", "", "food fruit", "food::", " food", "food::fruit::x"])
def test_a_tag_that_does_not_exist_is_not_found(tagged, tag):
    refused(tagged("food food::fruit food::fruit2"), "renameTag", "not_found", tag=tag, newName="x")


@pytest.mark.parametrize(("tag", "new"), [("one", "one"), ("ONE", "one"), ("unused", "x"), ("cafe\u0301", "caf\u00e9")])
def test_nothing_to_rename_keeps_undo_and_redo(tagged, tag, new):
    gateway = tagged("one one::a caf\u00e9 unused")
    gateway.rpc("removeTags", {"notes": gateway.notes, "tags": "unused"})
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()
    gateway.status = gateway.col.undo_status()
    assert gateway.rpc("renameTag", {"tag": tag, "newName": new})["result"] == (0 if tag == "unused" else 1)
    check_untouched(gateway)


def test_no_tag_gets_too_many_levels(tagged):
    gateway = tagged("::".join("a" * 60))
    refused(gateway, "renameTag", tag="a", newName="::".join("b" * 60))
    assert "result" in gateway.rpc("renameTag", {"tag": "a", "newName": "::".join("b" * 40)})


def test_a_dry_run_of_a_renaming_says_what_is_lost(tagged):
    gateway = tagged("one two", "one::a", "ONE::a")
    params = {"tag": "one", "newName": "two", "dryRun": True}
    assert gateway.rpc("renameTag", params)["result"] == {
        "dryRun": True,
        "tags": {"count": 2, "names": ["one", "one::a"]},
        "changedNotes": {"count": 3, "ids": gateway.notes},
    }
    assert gateway.rpc("renameTag", {**params, "newName": "ONE"})["result"] == {"dryRun": True}
    check_untouched(gateway)


@pytest.mark.parametrize(
    ("tags", "tag", "new", "expected"),
    [
        (("a::b::b keep", "a::b::b::c"), "a::b", "a", [["a::b", "keep"], ["a::b::c"]]),
        (("x::x::x",), "x::x", "x", [["x::x"]]),
        (("a::b a::b::b::b::c", "A::B::b"), "a::b", "a", [["a", "a::b::b::c"], ["a::b"]]),
    ],
)
def test_a_tag_that_gets_the_name_of_a_renamed_one_stays(tagged, tags, tag, new, expected):
    gateway = tagged(*tags)
    before = gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")
    assert gateway.rpc("renameTag", {"tag": tag, "newName": new})["result"] == len(tags)
    assert [[tag.lower() for tag in tags] for tags in tags_of(gateway)] == expected
    assert [tag.lower() for tag in listed(gateway)] == sorted({tag for tags in expected for tag in tags})
    assert gateway.col.undo_status().undo == "Rename Tag"
    gateway.col.undo()
    assert (gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")) == before
    assert gateway.col.undo_status().undo == gateway.status.undo


def some_tag(chance):
    return "::".join(chance.choices("ab", k=chance.randint(1, 4)))


@pytest.fixture
def trees(gateway):
    """Yields random small trees of tags: what chooses further, the gateway, and the tags of its notes and list."""

    def plant(count):
        empty = {"modelName": "Basic", "deckName": "Default"}
        notes = [{**empty, "fields": {"Front": f"{number}"}} for number in range(3)]
        gateway.notes = [added["id"] for added in gateway.rpc("addNotes", {"notes": notes})["result"]]
        for number in range(count):
            chance = random.Random(number)
            gateway.rpc("addTags", {"notes": gateway.notes[:1], "tags": " ".join(some_tag(chance) for _ in range(12))})
            for note in gateway.notes:
                tags = [some_tag(chance) for _ in range(chance.randint(0, 2))]
                gateway.rpc("updateNoteTags", {"note": note, "tags": tags})
            yield chance, gateway
            gateway.rpc("removeTagsInAllNotes", {"tags": ["a", "b"]})

    return plant


def state_of(gateway):
    return [{*tags} for tags in tags_of(gateway)], listed(gateway)


def check_as_in_anki(gateway, method, params, as_in_anki):
    before = state_of(gateway)
    as_in_anki()
    expected = state_of(gateway)
    if expected != before:
        gateway.col.undo()
    report = gateway.rpc(method, {**params, "dryRun": True})["result"]
    gateway.rpc(method, params)
    assert state_of(gateway) == expected, (params, before)
    reported = report.get("tags", {"names": []})["names"], report.get("changedNotes", {"ids": []})["ids"]
    losing = [note for note, old, new in zip(gateway.notes, before[0], expected[0], strict=True) if old - new]
    assert reported == ([tag for tag in before[1] if tag not in expected[1]], losing), (params, before)


def test_random_trees_are_renamed_as_by_anki(trees):
    for chance, gateway in trees(size("TREES", 40, 200)):
        old, new = some_tag(chance), some_tag(chance)
        if any(f"{tag}::".startswith(f"{old}::") for tag in listed(gateway)):
            rename = partial(gateway.col.tags.rename, old, new) if old != new else lambda: None
            check_as_in_anki(gateway, "renameTag", {"tag": old, "newName": new}, rename)


def test_random_trees_are_moved_as_by_anki(trees):
    for chance, gateway in trees(size("TREES", 40, 200)):
        known = sorted({tag for tags in tags_of(gateway) for tag in tags})
        tags, parent = chance.sample(known, k=min(len(known), chance.randint(1, 2))), chance.choice(["", "a", "b::a"])
        is_nested = any(f"{name}::".startswith(f"{tag}::") for tag in tags for name in (*tags, parent) if name != tag)
        if not (is_nested or parent in tags or parent in {tag.rpartition("::")[0] for tag in tags}):
            move = partial(gateway.col.tags.reparent, tags, parent)
            check_as_in_anki(gateway, "moveTags", {"tags": tags, "parent": parent}, move)


# --- moving ---


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_tags_are_moved_with_their_sub_tags_in_one_step(tagged, call):
    gateway = tagged("food::fruit food::fruit::x foody", "FOOD::Fruit::y bread", "bread")
    before = gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")
    params = {"tags": ["food::fruit", "Bread"], "parent": "meal"}
    reply = gateway.rpc("moveTags", params) if call == "rpc" else gateway.legacy("moveTags", **params)
    assert reply["result"] == 3
    assert [[tag.lower() for tag in tags] for tags in tags_of(gateway)] == [
        ["foody", "meal::fruit", "meal::fruit::x"],
        ["meal::bread", "meal::fruit::y"],
        ["meal::bread"],
    ]
    assert not [tag for tag in listed(gateway) if tag.lower().startswith(("food::", "bread"))]
    assert gateway.col.undo_status().undo == "Move Tags"
    gateway.col.undo()
    assert (gateway.col.db.all("select id, tags from notes"), gateway.rpc("getTags")) == before
    assert gateway.col.undo_status().undo == gateway.status.undo


@pytest.mark.parametrize("parent", [None, ""])
def test_tags_are_moved_to_the_top(tagged, parent):
    gateway = tagged("a::b::c a::d", "x")
    assert gateway.rpc("moveTags", {"tags": ["a::b", "x"], "parent": parent})["result"] == 2
    assert tags_of(gateway) == [["a::d", "b::c"], ["x"]]


def test_a_tag_below_another_one_moves_along_with_it(tagged):
    gateway = tagged("a::b::c a::d a")
    gateway.rpc("moveTags", {"tags": ["a::b", "a", "A::b::c"], "parent": "p"})
    assert tags_of(gateway) == [["p::a", "p::a::b::c", "p::a::d"]]
    gateway.rpc("moveTags", {"tags": ["p::a", "p::a::d"], "parent": "p"})
    assert tags_of(gateway) == [["p::a", "p::a::b::c", "p::d"]]


def test_the_parent_keeps_its_case_and_two_tags_become_one(tagged):
    gateway = tagged("x one::x P::y", "one::X two::x", "q::one::x")
    assert gateway.rpc("moveTags", {"tags": ["x", "one::x", "two::x"], "parent": "p"})["result"] == 2
    (x,) = {tag for tags in tags_of(gateway)[:2] for tag in tags if tag != "P::y"}
    assert x.lower() == "p::x"
    assert x.startswith("P::")
    assert tags_of(gateway) == [[x, "P::y"], [x], ["q::one::x"]]


def test_a_tag_that_gets_the_place_of_a_moved_one_stays(tagged):
    gateway = tagged("a::last::y p::last::y", "p::last::z")
    assert gateway.rpc("moveTags", {"tags": ["a::last", "p::last::y"], "parent": "p"})["result"] == 1
    assert tags_of(gateway) == [["p::last::y", "p::y"], ["p::last::z"]]
    assert "p::last::y" in listed(gateway)


def test_a_moved_tag_whose_name_no_note_gets_leaves_the_list(tagged):
    gateway = tagged("a::a", "a::a::a", "a::a::a::a::a")
    params = {"tags": ["a::a"], "parent": None}
    report = gateway.rpc("moveTags", {**params, "dryRun": True})["result"]
    assert report["tags"] == {"count": 2, "names": ["a::a::a", "a::a::a::a::a"]}
    gateway.rpc("moveTags", params)
    assert tags_of(gateway) == [["a"], ["a::a"], ["a::a::a::a"]]
    assert listed(gateway) == ["a", "a::a", "a::a::a::a"]


def test_names_and_parents_are_taken_literally(tagged):
    gateway = tagged("a.b::x axb::x", "c$1::y")
    gateway.rpc("moveTags", {"tags": ["a.b::x", "c$1::y"], "parent": "$0.*"})
    assert tags_of(gateway) == [["$0.*::x", "axb::x"], ["$0.*::y"]]


@pytest.mark.parametrize("parent", ["one", "ONE::x", "x y", "::x", "x::", " ", "a\u3000b"])
def test_a_parent_that_cannot_be_one_is_refused(tagged, parent):
    gateway = tagged("one one::x two")
    assert refused(gateway, "moveTags", tags=["two", "one"], parent=parent)["data"]["field"] == "parent"
    assert tags_of(gateway) == [["one", "one::x", "two"]]


def test_an_unknown_tag_is_named_and_nothing_is_moved(tagged):
    gateway = tagged("one")
    error = refused(gateway, "moveTags", "not_found", tags=["one", "nosuch"], parent="x")
    assert (error["data"]["tag"], error["data"]["index"]) == ("nosuch", 1)


@pytest.mark.parametrize(
    ("tags", "parent", "count"), [([], "x", 0), (["p::one"], "P", 1), (["two"], None, 1), (["unused"], "p", 0)]
)
def test_nothing_to_move_keeps_undo_and_redo(tagged, tags, parent, count):
    gateway = tagged("p::one two unused")
    gateway.rpc("removeTags", {"notes": gateway.notes, "tags": "unused"})
    gateway.col.set_config("undone", 1, undoable=True)
    gateway.col.undo()
    gateway.status = gateway.col.undo_status()
    assert gateway.rpc("moveTags", {"tags": tags, "parent": parent})["result"] == count
    check_untouched(gateway)


def test_no_tag_is_moved_too_deep(tagged):
    gateway = tagged("::".join("a" * 60))
    refused(gateway, "moveTags", tags=["a"], parent="::".join("b" * 60))


def test_as_many_tags_as_one_call_takes_are_moved_at_once(tagged):
    names = [f"{number}".ljust(39, "\u00e9") for number in range(500)]
    gateway = tagged(" ".join(names), names[7])
    assert gateway.rpc("moveTags", {"tags": names, "parent": "p"})["result"] == 2
    assert listed(gateway) == sorted(f"p::{name}" for name in names)
    error = gateway.rpc("moveTags", {"tags": [*names, "x"], "parent": None})["error"]
    assert error["data"]["kind"] == "invalid_params"


def test_tags_of_more_letters_than_one_call_takes_are_refused(tagged):
    long = [f"{number}".ljust(41, "x") for number in range(500)]  # slow to compare with other letters
    gateway = tagged(" ".join(long), long[7])
    assert refused(gateway, "moveTags", tags=long, parent="p")["data"]["field"] == "tags"


# --- completing ---


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we", ["food::sweet::x"]),
        ("FO", ["food", "food::fruit", "food::sweet::x"]),
        ("f::f", ["food::fruit"]),
        ("::", ["food::fruit", "food::sweet::x", "Z\u00e9::ab"]),
        ("\u00c9", ["Z\u00e9::ab"]),
        ("e\u0301", ["Z\u00e9::ab"]),
        ("", ["a*b", "A1", "food", "food::fruit", "food::sweet::x", "fruit", "x.y", "Z\u00e9::ab"]),
        ("*", ["a*b"]),
        (".", ["x.y"]),
        *((text, []) for text in (" ", "(", "nosuch", "food fruit", "\\", "[^")),
    ],
)
def test_tags_are_completed_as_in_ankis_editor(tagged, text, found):
    gateway = tagged("food::sweet::x food::fruit food Z\u00e9::ab x.y a*b fruit")
    assert gateway.rpc("completeTag", {"text": text})["result"] == found
    assert gateway.legacy("completeTag", text=text) == {"result": found, "error": None}
    for limit in (0, 1, 2, 2**40):
        assert gateway.rpc("completeTag", {"text": text, "limit": limit})["result"] == found[:limit]
    check_untouched(gateway)


def test_a_text_longer_than_tags_are_is_refused(tagged):
    assert tagged().rpc("completeTag", {"text": "a" * 1_001})["error"]["data"]["kind"] == "invalid_params"


# --- removing ---


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_tags_leave_all_notes_and_the_list_in_one_step(tagged, call):
    gateway = tagged("food food::fruit foody x", "FOOD::bread", "y")
    gateway.rpc("addTags", {"notes": gateway.notes, "tags": "unused::a"})
    gateway.rpc("removeTags", {"notes": gateway.notes, "tags": "unused"})
    before = gateway.col.db.all("select id, tags, mod from notes"), gateway.rpc("getTags")
    params = {"tags": ["food", "UNUSED nosuch", "x"]}
    reply = (
        gateway.rpc("removeTagsInAllNotes", params)
        if call == "rpc"
        else gateway.legacy("removeTagsInAllNotes", **params)
    )
    assert reply["result"] == 2
    assert tags_of(gateway) == [["foody"], [], ["y"]]
    assert listed(gateway) == ["foody", "y"]
    assert gateway.col.undo_status().undo == "Remove Tag"
    gateway.col.undo()
    assert (gateway.col.db.all("select id, tags, mod from notes"), gateway.rpc("getTags")) == before


@pytest.mark.parametrize("tags", [[], [""], [" ", "\u3000"], ["nosuch"], ["foo", "food::x"]])
def test_nothing_to_remove_touches_no_note_and_keeps_undo_and_redo(tagged, tags):
    gateway = tagged("food", "")
    before = gateway.col.db.all("select * from notes")
    assert gateway.rpc("removeTagsInAllNotes", {"tags": tags})["result"] == 0
    assert gateway.rpc("removeTagsInAllNotes", {"tags": tags, "dryRun": True})["result"] == {"dryRun": True}
    assert gateway.col.db.all("select * from notes") == before
    check_untouched(gateway)


def test_an_expression_is_taken_literally(tagged):
    gateway = tagged("a.b axb a* abc .*")
    assert gateway.rpc("removeTagsInAllNotes", {"tags": ["a.b", "a*", ".*", "(", "\\"]})["result"] == 1
    assert tags_of(gateway) == [["abc", "axb"]]


LONG = size("LONG_TAGS", 800, 2_000)


def test_many_long_tags_are_removed_in_one_step(tagged):
    names = [f"{number}".ljust(100, "\u00e9") for number in range(LONG)]
    gateway = tagged(" ".join(names), names[7])
    assert gateway.rpc("removeTagsInAllNotes", {"tags": names})["result"] == 2
    assert listed(gateway) == []
    gateway.col.undo()
    assert len(listed(gateway)) == LONG
    assert gateway.col.undo_status().undo == gateway.status.undo


# --- both ---

BOTH = {
    "renameTag": {"tag": "{}", "newName": "new"},
    "removeTagsInAllNotes": {"tags": ["{}"]},
    "moveTags": {"tags": ["{}"], "parent": "new"},
}


def params_of(method, tag):
    return {key: [tag] if key == "tags" else value.format(tag) for key, value in BOTH[method].items()}


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize("tag", [f"a{NBSP}b", "x" * 20_001])
def test_a_tag_that_anki_takes_for_another_or_fails_at_is_refused(tagged, method, tag):
    gateway = tagged(f"{tag} ab")
    refused(gateway, method, **params_of(method, tag))
    assert "ab" in tags_of(gateway)[0]


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("update notes set tags = cast(x'ff' as text) where id = 1700000000002", "refused"),
        ("insert into tags values (cast(x'42ff' as text), 0, 0, null)", "anki_error"),
    ],
)
def test_damaged_tags_are_named_before_anything_is_written(tagged, method, damage, kind):
    gateway = tagged("one", "two")
    gateway.col.db.execute(damage)
    gateway.col.decks.rename(seed.ITALIAN, "Greek")
    gateway.status = gateway.col.undo_status()
    refused(gateway, method, kind, **params_of(method, "one"))
    assert tags_of(gateway) == [["one"], ["two"]]


def test_no_other_letter_than_those_that_are_left_open_has_a_twin_beyond_ascii():
    """Notes are first looked for by SQLite, which knows only the case of ASCII letters."""
    numbers = some(range(0x3000, sys.maxunicode + 1), 8)  # the letters that differ by case stand below, but for a few
    others = {*fold_letters("".join(map(chr, [*range(128, 0x3000), *range(0xA640, 0xABC0), *numbers])))}
    assert {letter for letter in others if letter.isascii()}.isdisjoint(tags._NO_ASCII_TWIN)


@for_rows(
    ("stored", "given"),
    [("\u212aas", "kaS"), ("kas", "\u212aa\u017f"), ("\u00c4rger", "\u00e4RGER"), ("50%_a", "50%_A"), ("a_b", "A_B")],
)
def test_a_tag_is_found_in_every_spelling(kept, stored, given):
    gateway = kept.unchanged()
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": f"{stored}::below"})
    gateway.rpc("addTags", {"notes": [seed.UVA], "tags": "50xya axb other"})
    assert gateway.rpc("renameTag", {"tag": given, "newName": "new"})["result"] == 1
    assert "new::below" in gateway.col.get_note(seed.MELA).tags
    gateway.rpc("undo")
    assert gateway.rpc("removeTagsInAllNotes", {"tags": [given]})["result"] == 1
    assert {*gateway.col.get_note(seed.UVA).tags} >= {"50xya", "axb", "other"}


def test_very_many_tags_are_found(gateway):
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "last"})
    names = [f"none{number}" for number in range(1_000)]
    assert gateway.rpc("removeTagsInAllNotes", {"tags": [*names, "last"]})["result"] == 1


def test_the_time_to_remove_tags_grows_with_their_number_only(tagged):
    names = [f"tag{number}" for number in range(15_000)]
    gateway = tagged(*(" ".join(names[start : start + 100]) for start in range(0, len(names), 100)))
    began = time.process_time()
    for dry_run in (True, False):
        gateway.rpc("removeTagsInAllNotes", {"tags": names, "dryRun": dry_run})
    assert time.process_time() - began < 4  # with each tag compared with each other, more than 8 s
    assert listed(gateway) == []
