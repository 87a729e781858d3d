"""Renaming tags, and removing them from all notes, on a real collection."""

import pytest
import seed

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


def test_many_long_tags_are_removed_in_one_step(tagged):
    names = [f"{number}".ljust(100, "\u00e9") for number in range(2_000)]
    gateway = tagged(" ".join(names), names[7])
    assert gateway.rpc("removeTagsInAllNotes", {"tags": names})["result"] == 2
    assert listed(gateway) == []
    gateway.col.undo()
    assert len(listed(gateway)) == 2_000
    assert gateway.col.undo_status().undo == gateway.status.undo


# --- both ---

BOTH = {"renameTag": {"tag": "{}", "newName": "new"}, "removeTagsInAllNotes": {"tags": ["{}"]}}


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
