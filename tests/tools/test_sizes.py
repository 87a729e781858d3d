"""One test for all rows of a table tries each of them, and `make torture` finds every table that is tried in part."""

import re

import pytest
from examples import ROOT
from sizes import for_each, for_rows

ROWS = [(1, 1), pytest.param(2, 3, id="wrong"), (3, 3), (4, 5)]


def test_each_row_is_tried_and_every_one_that_fails_is_named():
    tried = []

    def is_equal(start, one, other):
        tried.append((start, one, other))
        assert one == other

    with pytest.raises(BaseExceptionGroup) as group:
        for_rows(("one", "other"), ROWS)(is_equal)(start=0)
    assert tried == [(0, 1, 1), (0, 2, 3), (0, 3, 3), (0, 4, 5)]
    assert [error.__notes__ for error in group.value.exceptions] == [["for wrong"], ["for 4, 5"]]


def test_a_single_name_gets_the_whole_row():
    found = []
    for_rows("row", [(1, 2), pytest.param(3)])(lambda row: found.extend([row]))()
    for_each(one=[1, 2], other="ab")(lambda one, other: found.append((one, other)))()
    assert found == [(1, 2), 3, (1, "a"), (1, "b"), (2, "a"), (2, "b")]


def samples(text):
    """Whether a module imports what takes a part of a table."""
    imported = re.findall(r"^ *from sizes import (\([^)]*\)|.*)", text, re.MULTILINE)
    return bool({"size", "some", "turns"} & {name for names in imported for name in re.findall(r"\w+", names)})


def test_the_torture_finds_every_file_that_samples_a_table():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (pattern,) = re.findall(r"^TABLES := \$\(shell grep -lE '(.+?)' -r tests ", makefile, re.MULTILINE)
    texts = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    sampling = {path: text for path, text in texts.items() if samples(text)}
    assert len(sampling) > 30
    assert [path for path, text in sampling.items() if not re.search(pattern, text)] == []
