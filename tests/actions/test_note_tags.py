"""Tags of notes, on a real collection."""

import functools
import unicodedata

import pytest
import seed
from local_gateway import LocalGateway
from sizes import for_rows

from addon.actions.tag.tags import _far, _with_one
from addon.text.anki_text import split_tags

NOT_TEXT = "bad argument type for built-in operation"
NOT_TAGS = "Must provide tags as a list of strings"
NOT_AN_ID = "'str' object cannot be interpreted as an integer"


def tags_of(gateway, note=seed.MELA):
    return gateway.legacy("notesInfo", notes=[note])["result"][0]["tags"]


def test_tags_are_added_once_whatever_their_case(gateway):
    notes = [seed.MELA, seed.UVA, seed.MELA, 5]
    assert gateway.legacy("addTags", notes=notes, tags="FRUIT new e\u0301") == {"result": None, "error": None}
    assert tags_of(gateway) == ["A1", "fruit", "new", "\u00e9"]
    assert sorted(map(str.lower, tags_of(gateway, seed.UVA))) == ["fruit", "new", "\u00e9"]
    assert "new" in gateway.legacy("getTags")["result"]


@for_rows(
    ("stored", "given"),
    [
        ("\u212aas", "kaS"),
        ("kas", "\u212aa\u017f"),
        ("\u00c4rger", "\u00e4RGER"),
        ("50%_a'b", "50%_A'B"),
        ("a b", "B A a"),
    ],
)
def test_a_tag_that_is_there_in_another_spelling_is_not_added(kept, stored, given):
    gateway = kept.unchanged()
    gateway.rpc("addTags", {"notes": [seed.UVA, seed.MELA], "tags": stored})
    before = gateway.col.undo_status(), tags_of(gateway, seed.UVA)
    gateway.rpc("addTags", {"notes": [seed.UVA, seed.MELA], "tags": given})
    assert (gateway.col.undo_status(), tags_of(gateway, seed.UVA)) == before


@for_rows(("notes", "tags"), [([seed.MELA], ""), ([seed.MELA], None), ([], "x"), (None, "x"), ([5], "x")])
def test_nothing_to_tag_changes_nothing(reading, notes, tags):
    assert reading.legacy("addTags", notes=notes, tags=tags) == {"result": None, "error": None}
    assert tags_of(reading) == ["A1", "fruit"]


@for_rows("tags", [["x"], 5, True])
def test_tags_to_add_must_be_text(reading, tags):
    assert reading.legacy("addTags", notes=[seed.MELA], tags=tags) == {"result": None, "error": NOT_TEXT}


def test_add_false_removes(gateway):
    gateway.legacy("addTags", notes=[seed.MELA], tags="fruit", add=False)
    assert tags_of(gateway) == ["A1"]
    assert gateway.legacy("getTags")["result"] == ["A1", "fruit"]


# --- removing ---


def test_a_tag_goes_with_its_sub_tags_whatever_their_case(gateway):
    gateway.legacy("addTags", notes=[seed.MELA], tags="fruit::red fruity")
    notes = [seed.MELA, 5, seed.MELA, seed.UVA]
    assert gateway.legacy("removeTags", notes=notes, tags="FRUIT nope") == {"result": None, "error": None}
    assert tags_of(gateway) == ["A1", "fruity"]


@for_rows(
    ("notes", "tags"),
    [([seed.MELA], "fru*"), ([seed.MELA], " "), ([seed.MELA], None), (None, "fruit"), ([], "fruit"), ([5], "fruit")],
)
def test_nothing_to_remove_changes_nothing(kept, notes, tags):
    gateway = kept.unchanged()
    assert gateway.legacy("removeTags", notes=notes, tags=tags) == {"result": None, "error": None}
    assert tags_of(gateway) == ["A1", "fruit"]
    assert gateway.col.undo_status().undo == ""


@for_rows(
    ("params", "text"),
    [
        ({"notes": [seed.MELA], "tags": ["fruit"]}, NOT_TEXT),
        ({"notes": [str(seed.MELA)], "tags": "fruit"}, NOT_AN_ID),
        ({}, "AnkiConnect.removeTags() missing 2 required positional arguments: 'notes' and 'tags'"),
        ({"notes": [], "tags": "", "add": 1}, "AnkiConnect.removeTags() got an unexpected keyword argument 'add'"),
    ],
)
def test_what_cannot_be_removed_says_why(reading, params, text):
    assert reading.legacy("removeTags", **params) == {"result": None, "error": text}
    assert reading.rpc("removeTags", params)["error"]["data"]["kind"] == "invalid_params"


def test_removing_is_one_step_to_undo(gateway):
    gateway.rpc("removeTags", [[seed.MELA], "fruit A1"])
    assert gateway.col.undo_status().undo == "Remove Tag"
    gateway.col.undo()
    assert tags_of(gateway) == ["A1", "fruit"]


# --- the tags of a note ---


def test_a_note_lists_its_tags(reading):
    assert reading.legacy("getNoteTags", note=seed.MELA) == {"result": ["A1", "fruit"], "error": None}
    assert reading.rpc("getNoteTags", [seed.UVA])["result"] == []


@for_rows(
    ("note", "text"),
    [(5, "Note was not found: 5"), (None, "Note was not found: None"), (str(seed.MELA), NOT_AN_ID)],
)
@for_rows("action", ["getNoteTags", "updateNoteTags"])
def test_a_note_must_exist(reading, action, note, text):
    tags = {"tags": []} if action == "updateNoteTags" else {}
    assert reading.legacy(action, note=note, **tags) == {"result": None, "error": text}
    kind = "note_not_found" if note == 5 else "invalid_params"
    assert reading.rpc(action, {"note": note, **tags})["error"]["data"]["kind"] == kind


@for_rows(
    ("tags", "stored"),
    [
        ([], []),
        ("", []),
        (["new", "fruit"], ["fruit", "new"]),
        ("new fruit", ["fruit", "new"]),
        (["a b", "c\u3000d"], ["a", "b", "c", "d"]),
        (["x", "X", "FRUIT"], ["fruit", "x"]),
        (["e\u0301", "\U0001f600", "\u05d0\u05d1"], ["\u00e9", "\u05d0\u05d1", "\U0001f600"]),
    ],
)
def test_tags_are_replaced_in_one_step(kept, tags, stored):
    gateway = kept.unchanged()
    assert gateway.legacy("updateNoteTags", note=seed.MELA, tags=tags) == {"result": None, "error": None}
    assert tags_of(gateway) == stored
    gateway.col.undo()
    assert tags_of(gateway) == ["A1", "fruit"]


@for_rows("tags", [["fruit", "A1"], "A1 fruit", ["fruit", "a1", "A1"]])
def test_the_same_tags_write_nothing(kept, tags):
    gateway = kept.unchanged()
    gateway.legacy("updateNoteTags", note=seed.MELA, tags=tags)
    assert tags_of(gateway) == ["A1", "fruit"]
    assert gateway.col.undo_status().undo == ""


@for_rows("tags", [None, 5, {}, [5], ["a", None], [["a"]]])
def test_tags_must_be_texts(reading, tags):
    assert reading.legacy("updateNoteTags", note=seed.MELA, tags=tags) == {"result": None, "error": NOT_TAGS}
    assert reading.rpc("updateNoteTags", [seed.MELA, tags])["error"]["data"]["kind"] == "invalid_params"


def test_over_json_rpc_tags_are_a_list(reading):
    assert "error" in reading.rpc("updateNoteTags", [seed.MELA, "fruit"])


# --- replacing ---


def replace(gateway, notes, old, new):
    """Replace by both actions, each on its own; return the tags of the first note."""
    found = []
    for action, which in (("replaceTags", {"notes": notes}), ("replaceTagsInAllNotes", {})):
        reply = gateway.legacy(action, **which, tag_to_replace=old, replace_with_tag=new)
        assert reply == {"result": None, "error": None}
        found.append(tags_of(gateway))
        if gateway.col.undo_status().undo != "Update Note":
            assert gateway.col.undo_status().undo == "Update Tag"
            gateway.col.undo()
            assert tags_of(gateway) == sorted(SEVERAL, key=str.lower)
    assert found[0] == found[1]
    return set(found[0])


SEVERAL = ["A1", "A1::sub", "A1b", "a.1", "\u00e9t\u00e9", "fruit"]


@for_rows(
    ("old", "new", "change"),
    [
        ("A1", "B1", ({"A1"}, {"B1"})),
        ("a1", "level::A1", ({"A1"}, {"level::A1"})),
        ("A1", "fruit", ({"A1"}, set())),
        ("A1", "$0${x}\\", ({"A1"}, {"$0${x}\\"})),
        ("a.1", "x", ({"a.1"}, {"x"})),
        ("A1", "", ({"A1"}, set())),
        ("A1", "x y\u3000z", ({"A1"}, {"x", "y", "z"})),
        ("A1", "A1 x", (set(), {"x"})),
        ("A1", "A1", (set(), set())),
        ("A1::sub", "x", ({"A1::sub"}, {"x"})),
        (unicodedata.normalize("NFD", "\u00c9T\u00c9"), "\U0001f600", ({"\u00e9t\u00e9"}, {"\U0001f600"})),
        ("\u00e9t\u00e9", "e\u0301", ({"\u00e9t\u00e9"}, {"\u00e9"})),
        ("A", "x", (set(), set())),
        ("A*", "x", (set(), set())),
        ("A1 fruit", "x", (set(), set())),
        ("", "x", (set(), set())),
        ("[(", "x y", (set(), set())),
    ],
)
def test_exactly_one_tag_is_replaced(kept, old, new, change):
    gateway = kept.unchanged()
    note = gateway.col.get_note(seed.MELA)
    note.tags = SEVERAL
    gateway.col.update_note(note)
    removed, added = change
    assert replace(gateway, [5, seed.MELA, seed.MELA], old, new) == set(SEVERAL) - removed | added


def test_only_the_notes_that_are_named_change(gateway):
    gateway.rpc("addTags", [[seed.UVA], "fruit"])
    gateway.rpc("replaceTags", [[seed.UVA], "fruit", "berry"])
    assert (tags_of(gateway), tags_of(gateway, seed.UVA)) == (["A1", "fruit"], ["berry"])
    gateway.rpc("replaceTags", [[], "fruit", "berry"])
    assert tags_of(gateway) == ["A1", "fruit"]


def test_no_named_note_is_no_note_at_all(reading):
    for new in ("x", "x y"):
        reading.legacy("replaceTags", notes=[], tag_to_replace="fruit", replace_with_tag=new)
        assert tags_of(reading) == ["A1", "fruit"]


@for_rows(
    ("params", "text"),
    [
        ({"notes": None}, "'NoneType' object is not iterable"),
        ({"notes": [str(seed.MELA)]}, NOT_AN_ID),
        ({"tag_to_replace": None}, "'NoneType' object has no attribute 'lower'"),
        ({"replace_with_tag": 5}, NOT_TEXT),
        ({"tagToReplace": "x"}, "AnkiConnect.{}() got an unexpected keyword argument 'tagToReplace'"),
    ],
)
def test_what_cannot_be_replaced_says_why(reading, params, text):
    good = {"notes": [seed.MELA], "tag_to_replace": "A1", "replace_with_tag": "x"}
    everywhere = {key: value for key, value in {**good, **params}.items() if key != "notes"}
    assert reading.legacy("replaceTags", **{**good, **params})["error"] == text.format("replaceTags")
    assert reading.rpc("replaceTags", {**good, **params})["error"]["data"]["kind"] == "invalid_params"
    if "notes" not in params:
        error = reading.legacy("replaceTagsInAllNotes", **everywhere)["error"]
        assert error == text.format("replaceTagsInAllNotes")


def test_all_params_of_replacing_are_required(reading):
    names = "'notes', 'tag_to_replace', and 'replace_with_tag'"
    text = f"AnkiConnect.replaceTags() missing 3 required positional arguments: {names}"
    assert reading.legacy("replaceTags")["error"] == text
    text = "missing 2 required positional arguments: 'tag_to_replace' and 'replace_with_tag'"
    assert reading.legacy("replaceTagsInAllNotes")["error"] == f"AnkiConnect.replaceTagsInAllNotes() {text}"


# --- unused ones ---


def test_unused_tags_are_forgotten_in_one_step(gateway):
    gateway.rpc("removeTags", [[seed.MELA], "fruit"])
    assert gateway.legacy("getTags")["result"] == ["A1", "fruit"]
    assert gateway.legacy("clearUnusedTags") == {"result": None, "error": None}
    assert gateway.legacy("getTags")["result"] == ["A1"]
    assert gateway.col.undo_status().undo == "Clear Unused Tags"
    gateway.col.undo()
    assert gateway.legacy("getTags")["result"] == ["A1", "fruit"]
    assert "unexpected" in gateway.legacy("clearUnusedTags", x=1)["error"]


# --- tags that Python would split, or compare otherwise than Anki ---

SPACED = ["a\u00a0b", "a\u2003b", "a\u0085b", "a\u2028b", "x::a\u202fb", "a\u1680b"]


def give(gateway, *tags):
    """Give a note its tags by Anki itself, in a collection that knows no other; return the gateway."""
    for given in ([], list(tags)):
        note = gateway.col.get_note(seed.MELA)
        note.tags = given
        gateway.col.update_note(note)
        gateway.col.tags.clear_unused_tags()
    assert sorted(gateway.col.get_note(seed.MELA).tags) == sorted(tags)
    return gateway


@pytest.fixture
def tagged(gateway):
    return functools.partial(give, gateway)


@pytest.fixture(scope="module")
def tagged_again(example_collection, tmp_path_factory):
    """The same in one collection for all tests that change nothing but these tags."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("tagged")))
    yield functools.partial(give, gateway)
    gateway.close()


@pytest.mark.parametrize("tag", SPACED)
def test_a_tag_with_white_space_in_it_stays_one_tag(tagged, tag):
    gateway = tagged(tag, "z")
    assert tags_of(gateway) == [tag, "z"]
    assert gateway.rpc("notesInfo", {"notes": [seed.MELA]})["result"][0]["tags"] == [tag, "z"]
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Meaning": "new"}}]})
    assert gateway.col.get_note(seed.MELA).tags == [tag, "z"]
    upsert = {"modelName": "Italian vocab", "deckName": "Italian::A1", "fields": {"Word": "mela", "Meaning": "newer"}}
    gateway.rpc("upsertNotes", {"notes": [{**upsert, "tags": [tag]}]})
    assert gateway.col.get_note(seed.MELA).tags == [tag, "z"]
    assert gateway.rpc("unusedTags")["result"] == []
    assert gateway.rpc("clearUnusedTags", {"dryRun": True})["result"] == {"dryRun": True}


@pytest.mark.parametrize("tag", SPACED)
@pytest.mark.parametrize(
    ("method", "change"),
    [
        ("removeTags", {"tags": "{}"}),
        ("replaceTags", {"tag_to_replace": "{}", "replace_with_tag": "q"}),
        ("replaceTags", {"tag_to_replace": "{}", "replace_with_tag": "q r"}),
        ("updateNotes", {"removeTags": ["{}"]}),
    ],
)
def test_a_tag_with_white_space_in_it_can_be_removed_and_none_is_mistaken_for_it(tagged, tag, method, change):
    gateway = tagged(tag, "ab", "z", "x::ab")
    wanted = {name: [tag] if isinstance(value, list) else value.format(tag) for name, value in change.items()}
    if method == "updateNotes":
        gateway.rpc(method, {"notes": [{"id": seed.MELA, **wanted}]})
    else:
        params = {"notes": [seed.MELA], **wanted}
        dry = gateway.rpc(method, {**params, "dryRun": True})["result"]
        assert dry == {"dryRun": True, "changedNotes": {"count": 1, "ids": [seed.MELA]}}
        gateway.rpc(method, params)
    new = wanted.get("replace_with_tag", "").split()
    assert sorted(tags_of(gateway)) == sorted(["ab", "z", "x::ab", *new])
    assert gateway.col.undo_status().undo == {"removeTags": "Remove Tag", "updateNotes": "Update Note"}.get(
        method, "Update Tag"
    )
    gateway.col.undo()
    assert sorted(tags_of(gateway)) == sorted([tag, "ab", "z", "x::ab"])


def test_a_tag_with_white_space_in_it_goes_with_its_sub_tags(tagged):
    gateway = tagged("A\u00a0B", "A\u00a0B::c", "a\u00a0bc")
    gateway.legacy("removeTags", notes=[seed.MELA], tags="a\u00a0b z")
    assert tags_of(gateway) == ["a\u00a0bc"]


@for_rows("tag", SPACED)
def test_a_text_of_white_space_that_is_a_tag_is_split_at_spaces_only(kept, tag):
    gateway = kept.unchanged()
    for fields, tags in (({"Word": "1", "Meaning": ""}, f"{tag} z"), ({"Word": "2", "Meaning": ""}, [tag, "z"])):
        note = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": fields, "tags": tags}
        added = gateway.legacy("addNote", note=note)["result"]
        assert sorted(tags_of(gateway, added)) == sorted([tag, "z"])
    gateway.legacy("addTags", notes=[seed.UVA], tags=tag)
    assert tags_of(gateway, seed.UVA) == [tag]


@pytest.mark.parametrize(
    ("has", "other"),
    [
        *[("\u00df", "SS"), ("\u1e9e", "ss"), ("k", "\u212a"), ("\u017f", "S"), ("\u03c2", "\u03c3")],
        *[("\u00e9", "e\u0301"), ("\u00c9", "e\u0301"), ("\u0130", "i\u0307"), ("\ufb00", "FF"), ("ab", "a\tb")],
    ],
)
def test_tags_that_are_one_to_anki_change_nothing(tagged, has, other):
    gateway = tagged(has)
    before = gateway.col.undo_status().last_step
    gateway.rpc("updateNoteTags", [seed.MELA, [other]])
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "tags": [other]}]})
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "addTags": [other]}]})
    assert gateway.col.undo_status().last_step == before
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "removeTags": [other]}]})
    assert tags_of(gateway) == []


@pytest.mark.parametrize(
    ("has", "other"),
    [("\u0131", "i"), ("I", "\u0131"), ("\u0130", "i"), ("\ufb03", "ffi"), ("e", "\u00e9"), ("a\u200bb", "ab")],
)
def test_tags_that_are_two_to_anki_are_kept_apart(tagged, has, other):
    gateway = tagged(has)
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "removeTags": [other]}]})
    assert tags_of(gateway) == [has]
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "addTags": [other]}]})
    assert sorted(tags_of(gateway)) == sorted([has, other])


@for_rows("has", ["\u00df", "\u1e9e", "\u017f", "\u03c2", "\u0130", "ss", "k", "\ufb05"])
@for_rows("other", ["SS", "\u00df", "\u212a", "s", "\u03a3", "i\u0307", "\ufb06"])
@for_rows("method", ["removeTags", "replaceTags", "replaceTagsInAllNotes"])
def test_a_dry_run_tells_the_notes_that_lose_a_tag(tagged_again, has, other, method):
    gateway = tagged_again(has)
    names = {"tags": other} if method == "removeTags" else {"tag_to_replace": other, "replace_with_tag": "q"}
    params = names if method == "replaceTagsInAllNotes" else {"notes": [seed.MELA], **names}
    dry = gateway.rpc(method, {**params, "dryRun": True})
    real = gateway.rpc(method, params)
    assert dry.get("error") == real.get("error")
    assert ("changedNotes" in dry.get("result", {})) == (tags_of(gateway) != [has])


# --- many notes ---

STORED = [" A b ", " a B ", " b A::c ", " a-x b ", " A ", "  ", "A", " \u00e4 a ", " ab ", " b ", " B c "]
STORED += [" a\x1fb ", " \u212a ", " k b ", " \u017ft ", " ST a ", " \ufffd a "]


@pytest.fixture
def small_parts(gateway, monkeypatch):
    """A gateway to which four notes are many."""
    monkeypatch.setattr("addon.collection.rows.ROWS_PER_PART", 4)
    monkeypatch.setattr("addon.actions.tag.tags.ROWS_PER_PART", 4)
    return gateway


@pytest.mark.parametrize("seen", ["all alike", "some alike", "each read"])
@pytest.mark.parametrize(
    ("method", "params", "anki"),
    [
        ("removeTags", {"tags": "A"}, lambda col, ids: col.tags.bulk_remove(ids, "A")),
        ("removeTags", {"tags": "a::c b"}, lambda col, ids: col.tags.bulk_remove(ids, "a::c b")),
        ("removeTags", {"tags": "K st"}, lambda col, ids: col.tags.bulk_remove(ids, "K st")),
        ("removeTags", {"tags": "\u212a"}, lambda col, ids: col.tags.bulk_remove(ids, "\u212a")),
        ("addTags", {"tags": "K st"}, lambda col, ids: col.tags.bulk_add(ids, "K st")),
        ("addTags", {"tags": "B a", "add": False}, lambda col, ids: col.tags.bulk_remove(ids, "B a")),
        ("addTags", {"tags": "B a"}, lambda col, ids: col.tags.bulk_add(ids, "B a")),
        *(
            (
                "replaceTags",
                {"tag_to_replace": old, "replace_with_tag": new},
                lambda col, ids, old=old, new=new: col.tags.find_and_replace(ids, f"^{old}$", new, True, False),
            )
            for old, new in [("a", "b"), ("B", "new"), ("a", "A"), ("A", "c::d"), ("st", "x"), ("K", "x")]
        ),
    ],
)
def test_notes_of_which_not_all_is_read_change_as_by_anki(small_parts, method, params, anki, seen):
    """Ours and Anki's way, one after the other, from tags that another program has stored."""
    gateway, col = small_parts, small_parts.col
    ids = col.find_notes("")
    texts = {"all alike": STORED[:2], "some alike": STORED[:2] * 4 + STORED, "each read": STORED}[seen]
    while len(ids) < 2 * len(texts):
        note = col.new_note(col.models.by_name("Basic"))
        note["Front"] = f"tagged {len(ids)}"
        col.add_note(note, 1)
        ids.append(note.id)

    def stored():
        return {
            id: sorted(map(str.lower, split_tags(text))) for id, text in col.db.execute("select id, tags from notes")
        }

    def store():
        for place, note_id in enumerate(ids):
            col.db.execute("update notes set tags = ? where id = ?", texts[place % len(texts)], note_id)
        return stored()

    before = store()
    response = gateway.rpc(method, {"notes": ids[::-1], **params})
    after = stored()
    store()
    anki(col, ids)
    assert after == stored()
    if method == "removeTags":
        assert response["result"] == [note_id for note_id in sorted(ids) if before[note_id] != after[note_id]]


def test_the_first_unknown_note_is_named_among_many(small_parts):
    for method in ("removeTags", "addTags"):
        error = small_parts.rpc(method, {"notes": [seed.MELA, 7, seed.UVA, 5], "tags": "fruit"})["error"]
        assert (error["data"]["note"], error["data"]["index"]) == (7, 1)


@for_rows("damage", ["x'20ff20'", "cast(x'20ff20' as text)", "cast(x'2041ff' as text)"])
@for_rows("tag", ["A", "fruit"])
def test_a_note_whose_tags_are_damaged_is_left_out_among_many(tagged_again, damage, tag):
    gateway = tagged_again("z")
    db = gateway.col.db
    (sound,) = db.list("select tags from notes where id = ?", seed.UVA)
    db.execute(f"update notes set tags = {damage} where id = ?", seed.UVA)
    for method in ("addTags", "removeTags"):
        answer = gateway.rpc(method, {"notes": [seed.MELA, seed.UVA], "tags": tag})
        assert "error" not in answer
        assert (tag in tags_of(gateway)) == (method == "addTags")
    bytes_kept = db.scalar(f"select tags is {damage} from notes where id = ?", seed.UVA)
    db.execute("update notes set tags = ? where id = ?", sound, seed.UVA)
    assert bytes_kept


@for_rows("alike", [_far, _with_one])
def test_a_long_list_of_tags_is_not_sought_in_those_of_many_notes(alike):
    few, many = [f"t{number}" for number in range(100)], [f"t{number}" for number in range(300)]
    text = " other " if alike is _far else " t5 "
    assert [alike(few).fits(text), alike(many).fits(text)] == [True, False]
