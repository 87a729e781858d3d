"""Searches in texts of others take time that grows with the length of the text, whatever is in it."""

import time

import pytest
from sizes import for_rows, turns

from addon.actions.model.template_limits import require_readable
from addon.actions.model.templates import _fields_in
from addon.actions.note.drafts import _MAYBE_CLOZE, _ODD_CLOZE
from addon.actions.note.shapes import of_text, with_mode
from addon.collection.errors import without_folders
from addon.logs import SECRET
from addon.schemas.fields.search import search_problem
from addon.schemas.fields.tags import is_too_deep


def shapes_in_another_mode(text):
    return with_mode(text, hides_all=True)


def redacted(text):
    return SECRET.sub("", text)


def template_checked(text):
    require_readable({"name": "x", "tmpls": [{"name": "y", "qfmt": text}]})


def clozes(text):
    return _MAYBE_CLOZE.search(text), _ODD_CLOZE.search(text)


TEXTS = {
    without_folders: ["/", "/a", "\\", "C:/", "C:\\a", ":", "/collection.", "a/'", " "],
    of_text: [
        *("{{c1::image-occlusion:rect:", "{{c1::image-occlusion:rect", "{{c", "{{c1", ":a=b"),
        "{{c1::image-occlusion:text:a=\\",
    ],
    shapes_in_another_mode: ["{{c1::image-occlusion:rect:", "{{c1::image-occlusion:rect:oi=1", ":oi="],
    redacted: ["bearer ", "bearer\t\t", "key", '"key" ', "password ", "password: '", "x-api-key:\\", "hkey=  "],
    _fields_in: ["{{", "{{a", "{", "{{a}", "}}", "{{{"],
    template_checked: ["{ ", "% ", "{", "{\n"],
    clozes: ["{{c", "{{c1", "{{c1,", "{{c0", "{{c1:"],
    search_problem: ["(", '"', "\\", "a:", ' "a', "a\\ ", ":", '"\\', "()", '("a)" '],
    is_too_deep: ["::", "a::", ":", "a ", "\u3000"],
}
"""Functions that search a text, to pieces of which the text is made."""


def seconds(search, text):
    before = time.process_time()
    search(text)
    return time.process_time() - before


@for_rows(
    ("search", "piece", "end"),
    [
        pytest.param(search, piece, end, id=f"{search.__name__} {piece!r} {end!r}")
        for search, pieces in TEXTS.items()
        for piece, end in turns(pieces, lambda piece: ["\x01", "", "}}"])
    ],
)
def test_four_times_the_text_takes_four_times_as_long(search, piece, end):
    short, long = piece * 5_000 + end, piece * 20_000 + end
    assert any(seconds(search, long) < 8 * seconds(search, short) + 0.02 for _ in range(3))
