"""Building search texts, and saving them, on a real collection."""

import pytest
import seed
from sizes import for_rows

VOCAB = "Italian vocab"


def built(gateway, *parts, **more):
    params = {"parts": [*parts], **more}
    text = gateway.rpc("buildSearch", params)["result"]
    assert gateway.legacy("buildSearch", **params) == {"result": text, "error": None}
    assert "result" in gateway.rpc("findNotes", {"query": text}), text
    return text


def error_of(gateway, method="buildSearch", **params):
    return gateway.rpc(method, params)["error"]


# --- building ---


@for_rows(
    ("part", "text"),
    [
        ({"deck": 'My "deck" *x'}, r'"deck:My \"deck\" \*x"'),
        ({"deck": "a::b_c"}, r"deck:a::b\_c"),
        ({"tag": "a_b"}, r"tag:a\_b"),
        ({"tag": "re:x"}, r"tag:re\:x"),
        ({"modelName": "B_*"}, r"note:B\_\*"),
        ({"field": {"name": "Word", "text": "x* y"}}, r'"Word:x\* y"'),
        ({"field": {"name": "a:b_*", "text": "re:("}}, r'"a\:b\_\*:re\:("'),
        ({"field": {"name": "Word", "text": ""}}, "Word:"),
        ({"text": 'a:b "c" * _'}, r'"a\:b \"c\" \* \_"'),
        ({"text": "or"}, '"or"'),
        ({"text": "-x"}, '"-x"'),
        ({"text": "re:x"}, r"re\:x"),
        *(({"state": state}, f"is:{state}") for state in ("new", "learn", "review", "due", "suspended", "buried")),
        *(({"flag": flag}, f"flag:{flag}") for flag in range(8)),
        ({"rated": {"days": 3}}, "rated:3"),
        *(({"rated": {"days": 1, "ease": ease}}, f"rated:1:{ease}") for ease in (1, 2, 3, 4)),
        ({"added": 7}, "added:7"),
        ({"edited": 1}, "edited:1"),
        *(({"due": day}, f"prop:due={day}") for day in (-1, 0, 1)),
        ({"notes": [seed.MELA, seed.UVA]}, f"nid:{seed.MELA},{seed.UVA}"),
        ({"search": "deck:a   or  (b)"}, "deck:a OR (b)"),
        ({"search": "deck:It*"}, "deck:It*"),
    ],
)
def test_a_term_is_written_as_anki_writes_it(kept, part, text):
    gateway = kept.unchanged()
    assert built(gateway, part) == text
    negated = built(gateway, {**part, "negated": True})
    assert negated == f"-{text}" if "search" not in part or " " not in text else negated == f"-({text})"


@for_rows(
    ("name", "word"),
    [("a_b", "c*d"), ('q"x', "re:.*"), ("x y", "(or)"), ("\u00e9\\", "-a"), ("a:b", "'"), ("a&b", "<")],
)
def test_names_and_texts_are_found_literally_and_nothing_else_is(kept, name, word):
    gateway = kept.unchanged()
    for deck, tag, front in ((name, name, word), ("axb", "axb", "cxd"), ("a", "x", "plain")):
        note = {"modelName": "Basic", "deckName": deck, "fields": {"Front": front.replace("<", "&lt;")}}
        note |= {"tags": [tag.replace(" ", "-")], "options": {"createDeck": True}}
        assert "result" in gateway.rpc("addNote", {"note": note})
    found = [
        gateway.rpc("findNotes", {"query": built(gateway, part)})["result"]
        for part in (
            {"deck": name},
            {"tag": name.replace(" ", "-")},
            {"field": {"name": "Front", "text": word.replace("<", "&lt;")}},
            {"text": word.replace("<", "&lt;")},
        )
    ]
    assert [len(ids) for ids in found] == [1, 1, 1, 1] or (word == "'" and len(found[3]) == 1)
    assert len({ids[0] for ids in found}) == 1


def test_parts_are_joined_and_groups_keep_their_parentheses(reading):
    one, two, three = {"deck": "a"}, {"search": "x or y"}, {"tag": "t", "negated": True}
    assert built(reading, one, two, three) == "deck:a (x OR y) -tag:t"
    assert built(reading, one, two, three, joiner="or") == "deck:a OR (x OR y) OR -tag:t"
    assert built(reading, one, {"any": [two, three]}) == "deck:a ((x OR y) OR -tag:t)"
    assert built(reading, {"any": [one, three], "negated": True}, one) == "-(deck:a OR -tag:t) deck:a"
    assert built(reading, {"any": [one]}) == "deck:a"
    inner = built(reading, one, {"any": [three, two]})
    assert built(reading, {"any": [{"search": inner}, {"flag": 1}]}) == f"({inner}) OR flag:1"


def test_duplicates_of_a_first_field_are_found(reading):
    text = built(reading, {"duplicate": {"modelName": "italian VOCAB", "firstField": "mela"}})
    assert reading.rpc("findNotes", {"query": text})["result"] == [seed.MELA]
    error = error_of(reading, parts=[{"duplicate": {"modelName": "Italien", "firstField": "x"}}])
    assert error["data"]["kind"] == "model_not_found"


@for_rows("name", ["deck", "Tag", "NOTE", "is", "re", "nc", "w", "dupe", "prop", "rated", "card", "nid"])
def test_a_field_whose_name_has_another_meaning_in_a_search_is_refused(reading, name):
    error = error_of(reading, parts=[{"deck": "a"}, {"any": [{"field": {"name": name, "text": "x"}}]}])
    assert error["data"] == {"kind": "refused", "field": "parts.1.any.0.field.name"}


@for_rows("search", ["(", "is:nosuch", "re:(", "prop:x"])
def test_a_broken_text_is_an_invalid_search_with_its_place(reading, search):
    error = error_of(reading, parts=[{"deck": "a"}, {"any": [{"tag": "x"}, {"search": search}]}])
    assert error["data"] == {"kind": "invalid_search", "field": "parts.1.any.1.search"}
    assert error["message"].startswith("parts.1.any.1.search: ")


@for_rows(
    ("parts", "where"),
    [
        ([], "parts"),
        ([{}], "parts.0"),
        ([{"negated": True}], "parts.0"),
        ([{"deck": "a", "tag": "b"}], "parts.0"),
        ([{"any": []}], "parts.0.any"),
        ([{"any": [{"any": [{"tag": "x"}]}]}], "parts.0.any.0.any"),
        ([{"notes": []}], "parts.0.notes"),
        ([{"text": ""}], "parts.0.text"),
        ([{"flag": 8}], "parts.0.flag"),
        ([{"added": 0}], "parts.0.added"),
        ([{"rated": {"days": 0}}], "parts.0.rated.days"),
        ([{"field": {"name": "", "text": "x"}}], "parts.0.field.name"),
        ([{"search": "(" * 101 + "x" + ")" * 101}], "parts.0.search"),
        *(([{name: "a\0b"}], f"parts.0.{name}") for name in ("deck", "tag", "modelName", "text", "search")),
        ([{"any": [{"text": "\0"}]}], "parts.0.any.0.text"),
        ([{"field": {"name": "a\0b", "text": "x"}}], "parts.0.field.name"),
        ([{"field": {"name": "Word", "text": "\0"}}], "parts.0.field.text"),
        ([{"duplicate": {"modelName": "Basic", "firstField": "a\0"}}], "parts.0.duplicate.firstField"),
    ],
)
def test_wrong_parts_are_named(reading, parts, where):
    error = error_of(reading, parts=parts)
    assert error["data"]["kind"] == "invalid_params"
    assert where in error["data"]["fields"]


def test_a_text_that_anki_must_not_parse_is_not_built(reading):
    deep = "a or b"
    for level in range(100):
        deep = f"c {'or ' * (level % 2)}({deep})"
    assert built(reading, {"search": deep})
    assert error_of(reading, parts=[{"search": deep}, {"deck": "a"}])["data"]["kind"] == "invalid_search"
    long = {"field": {"name": "x" * 1001, "text": "y"}}
    assert error_of(reading, parts=[long])["data"]["kind"] == "invalid_search"


# --- saved searches ---


def saved(gateway):
    return gateway.rpc("getSavedSearches")["result"]


@pytest.mark.parametrize("call", ["rpc", "legacy"])
def test_a_search_is_saved_in_ankis_spelling_replaced_and_removed_each_in_one_step(gateway, call):
    def ask(method, **params):
        return (gateway.rpc(method, params) if call == "rpc" else gateway.legacy(method, **params))["result"]

    assert saved(gateway) == []
    assert ask("saveSearch", name="b", search="deck:a   or  (b)") == "deck:a OR (b)"
    assert ask("saveSearch", name="B", search="tag:x") == "tag:x"
    both = [{"name": "B", "search": "tag:x"}, {"name": "b", "search": "deck:a OR (b)"}]
    assert saved(gateway) == both
    assert gateway.col.get_config("savedFilters") == {"b": "deck:a OR (b)", "B": "tag:x"}
    assert ask("saveSearch", name="b", search="tag:y", overwrite=True) == "tag:y"
    assert gateway.col.undo_status().undo == "Update Config"
    gateway.col.undo()
    assert saved(gateway) == both
    assert ask("removeSavedSearch", name="b") == "b"
    assert saved(gateway) == both[:1]
    gateway.col.undo()
    assert saved(gateway) == both
    assert ask("removeSavedSearch", name="b ") is None


def test_a_name_that_another_search_has_is_taken(gateway):
    gateway.rpc("saveSearch", {"name": "x", "search": "deck:a"})
    error = error_of(gateway, "saveSearch", name="x", search="deck:b")
    assert error["data"] == {"kind": "already_exists", "search": "x"}
    assert gateway.rpc("saveSearch", {"name": "x", "search": "deck:a "})["result"] == "deck:a"


def test_a_text_with_a_null_character_is_not_saved(reading):
    assert [*error_of(reading, "saveSearch", name="x", search="a\0b")["data"]["fields"]] == ["search"]
    assert saved(reading) == []


def test_an_empty_search_is_the_whole_collection(gateway):
    text = gateway.rpc("saveSearch", {"name": "all", "search": ""})["result"]
    assert len(gateway.rpc("findNotes", {"query": text})["result"]) == 2


@for_rows("stored", ["[1]", "5", "null", '"x"'])
def test_what_another_program_has_stored_in_their_place_is_not_overwritten(kept, stored):
    gateway = kept.unchanged()
    gateway.col.db.execute("insert into config values ('savedFilters', 0, 0, cast(? as blob))", stored)
    for method, params in (
        ("getSavedSearches", {}),
        ("saveSearch", {"name": "x", "search": "deck:a"}),
        ("removeSavedSearch", {"name": "x"}),
        ("removeSavedSearch", {"name": "x", "dryRun": True}),
    ):
        assert error_of(gateway, method, **params)["data"]["kind"] == "refused", method


def test_an_entry_that_is_no_text_is_kept_and_not_listed(gateway):
    gateway.col.set_config("savedFilters", {"odd": 5, "x": "deck:a"})
    assert saved(gateway) == [{"name": "x", "search": "deck:a"}]
    assert error_of(gateway, "saveSearch", name="odd", search="deck:a")["data"]["kind"] == "already_exists"
    gateway.rpc("saveSearch", {"name": "y", "search": "deck:b"})
    assert gateway.col.get_config("savedFilters") == {"odd": 5, "x": "deck:a", "y": "deck:b"}
