"""Anki's rules for texts, held against Anki's library itself: every letter, every white space."""

import json
import re
import sys
import unicodedata

import pytest
import seed
from anki.collection import Collection
from sizes import for_rows

from addon.text import anki_text


def spaces():
    return [letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.isspace()]


@pytest.fixture(scope="module")
def case_pairs():
    """Each letter that has another case, with it; and with itself, if only some of the changes are one."""
    changes = (str.lower, str.upper, str.title, str.casefold)
    letters = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    cased = [one for one in letters if not one == one.lower() == one.upper() == one.title() == one.casefold()]
    return sorted({(letter, change(letter)) for letter in cased for change in changes})


@pytest.fixture(scope="module")
def col(example_collection, tmp_path_factory):
    col = Collection(str(seed.copy(example_collection, tmp_path_factory.mktemp("text"))))
    yield col
    col.close()


def stored_tags(col, *tags):
    """What becomes of tags of a note, in a collection that knows no other."""
    note = col.get_note(seed.UVA)
    note.tags = list(tags)
    col.update_note(note)
    found = col.get_note(seed.UVA).tags
    note.tags = []
    col.update_note(note)
    col.tags.clear_unused_tags()
    return found


def test_letters_are_the_same_in_the_other_case_where_they_are_to_anki(col, case_pairs):
    select = (
        "select key from json_each(?) where value ->> '$[0]' = value ->> '$[1]' collate unicase"  # as Anki's tables
    )
    to_anki = set(col.db.list(select, json.dumps(case_pairs)))
    ours = {index for index, pair in enumerate(case_pairs) if anki_text.fold(pair[0]) == anki_text.fold(pair[1])}
    assert [case_pairs[index] for index in to_anki ^ ours] == []


def test_letters_match_in_the_other_case_where_they_do_in_a_regular_expression_of_anki(col, case_pairs):
    pairs = [
        pair for pair in case_pairs if pair[0] != pair[1] and all(unicodedata.is_normalized("NFC", it) for it in pair)
    ]
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = "".join(f"{index}={other};" for index, (_, other) in enumerate(pairs))
    col.add_note(note, 1)
    for start in range(0, len(pairs), 500):  # what matches its other case goes
        part = [f"{start + index}={re.escape(letter)};" for index, (letter, _) in enumerate(pairs[start:][:500])]
        pattern = rf"\b(?:{'|'.join(part)})"
        col.find_and_replace(note_ids=[note.id], search=pattern, replacement="", regex=True, field_name="Front")
    left = {int(item.partition("=")[0]) for item in col.get_note(note.id)["Front"].split(";")[:-1]}
    to_anki = set(range(len(pairs))) - left
    same = anki_text.fold_letters
    ours = {index for index, (letter, other) in enumerate(pairs) if same(letter) == same(other)}
    assert [pairs[index] for index in to_anki ^ ours] == []


def test_a_literal_expression_matches_each_character_and_nothing_else(col):
    text = "".join(map(chr, range(32, 127))) + "äß€😀"
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = f"<{text}|a"
    col.add_note(note, 1)
    pattern = "|".join(map(anki_text.literal, [text, "b|a", "."]))
    col.find_and_replace(note_ids=[note.id], search=pattern, replacement="#", regex=True, field_name="Front")
    assert col.get_note(note.id)["Front"] == "<#|a"


@for_rows("space", spaces)
def test_white_space_is_what_it_is_to_anki(col, space):
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = space
    is_empty = note.fields_check() == 1
    assert anki_text.is_blank(space) == is_empty
    around = f"{space}a{space}b{space}"
    assert anki_text.tag_names([around]) == stored_tags(col, around)


@for_rows(
    "tag",
    [
        *("a", "A::b", "a::::b", "::a", "a::", "::", ":::", "a:b", "a::\u00a0b\u00a0::c", "a\x00b", "\x7f", "\u0085a"),
        *("e\u0301", "\u00e9", "\ufa47", "\u212a", "\u00df", "\u0130", "a\u200bb", "\ufeffa", "\u3000", "a\u3000b c"),
    ],
)
def test_a_tag_is_called_what_anki_calls_it(col, tag):
    assert sorted(anki_text.tag_names([tag])) == sorted(stored_tags(col, tag))


@for_rows("deck", ["", " ", "\u00a0", "\t", "\x1c", "\x00", ":", "\u3000\u2003", "a", " a", "\u200b", "-"])
def test_a_deck_without_a_name_is_one_that_anki_calls_blank(col, deck):
    deck_id = col.decks.add_normal_deck_with_name(deck).id
    assert anki_text.becomes_blank(deck) == (col.decks.name(deck_id) == "blank")
    col.decks.remove([deck_id])
