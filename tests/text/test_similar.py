"""The name that was probably meant by a wrong one."""

import time

import pytest
from sizes import for_rows

from addon.text.similar import LONGEST, MOST_NAMES, did_you_mean, similar

DECKS = ["Default", "Italian", "Italian::A1", "Italian::A2", "Latin"]


@for_rows(
    ("wrong", "names", "found"),
    [
        ("Italien", DECKS, ["Italian"]),
        ("itlaian", DECKS, ["Italian"]),
        ("italian", DECKS, ["Italian", "Italian::A2", "Italian::A1"]),
        ("A1", DECKS, ["Italian::A1"]),
        ("defualt", DECKS, ["Default"]),
        ("Klingon", DECKS, []),
        ("", DECKS, []),
        ("x", [], []),
        ("STRASSE", ["Straße"], ["Straße"]),
        ("same", ["SAME", "same"], ["SAME", "same"]),
        ("a" * (LONGEST + 1), ["a" * (LONGEST + 1)], []),
        ("a" * LONGEST, ["a" * (LONGEST + 1), "a" * LONGEST], ["a" * LONGEST]),
        ("wanted", ["x"] * MOST_NAMES + ["wanted"], []),
    ],
)
def test_similar_names_are_found_whatever_their_case(wrong, names, found):
    assert similar(wrong, names) == found


def test_only_so_many_are_returned():
    assert len(similar("name", [f"name{number}" for number in range(9)])) == 3
    assert similar("names", ["name1", "names2"], 1) == ["names2"]


@pytest.mark.parametrize("length", [10, LONGEST])
def test_the_work_is_bounded(length):
    names = [("ab" * length)[number % 7 :][:length] for number in range(MOST_NAMES)]
    begun = time.thread_time()
    similar("ba" * (length // 2), names)
    assert time.thread_time() - begun < 0.5


def test_the_sentence_names_the_likeliest():
    assert did_you_mean(["a", "b"]) == " Did you mean a?"
    assert did_you_mean([]) == ""
