"""Every window of ours, in English, in German and right to left: what a screen reader reads, and shortcut keys."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from .pictures import LOOKS, every_window, started

TREE = """
import ctypes, sys
from ctypes import CFUNCTYPE, c_int, c_uint64, c_void_p
from pathlib import Path
from aqt.qt import sip

NAME, DESCRIPTION = 0, 1
ROLES = {
    0x18: "table", 0x19: "header", 0x1D: "cell", 0x1E: "link", 0x21: "list", 0x25: "tab", 0x29: "text", 0x2A: "field",
    0x2B: "button", 0x2C: "box", 0x2D: "choice", 0x2E: "combo box", 0x30: "progress", 0x34: "number",
}
INVISIBLE = 1 << 17

class String(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("text", c_void_p), ("size", ctypes.c_ssize_t)]

gui = next(line.split()[-1] for line in open("/proc/self/maps") if "libQt6Gui.so" in line)
query = ctypes.CDLL(gui)._ZN11QAccessible24queryAccessibleInterfaceEP7QObject
query.restype, query.argtypes = c_void_p, [c_void_p]

def method(number, result, *params):
    "A virtual method of QAccessibleInterface, by its place in the table."
    def call(item, *values):
        table = ctypes.cast(item, ctypes.POINTER(ctypes.POINTER(c_void_p)))[0]
        return CFUNCTYPE(result, c_void_p, *params)(table[number])(item, *values)
    return call

is_valid, child, count = method(2, ctypes.c_bool), method(9, c_void_p, c_int), method(10, c_int)
text_of, role_of, state_of = method(12, String, c_int), method(15, c_int), method(16, c_uint64)

def text(item, which):
    found = text_of(item, which)
    return ctypes.string_at(found.text, 2 * found.size).decode("utf-16-le") if found.size else ""

def tree(item, depth=0):
    "Rows of depth, role, name, description; without what is invisible, and without what Qt's own parts are made of."
    if not is_valid(item) or state_of(item) & INVISIBLE:
        return []
    role = ROLES.get(role_of(item), hex(role_of(item)))
    row = [depth, role, text(item, NAME), text(item, DESCRIPTION)]
    inner = [child(item, number) for number in range(count(item))] if role not in ("number", "combo box") else []
    return [row, *(each for part in inner if part for each in tree(part, depth + 1))]

def read_out(widget):
    return tree(query(sip.unwrapinstance(widget)))
"""
"""Reads Qt's tree of accessible objects, for which PyQt has no names."""

KEYS = """
import re
from aqt.qt import QAbstractButton, QLabel, QTabBar

def shortcuts(window):
    "The texts with a shortcut key of what is shown now, by key."
    found = [w.text() for w in window.findChildren(QAbstractButton) if w.isVisible()]
    found += [w.text() for w in window.findChildren(QLabel) if w.isVisible() and w.buddy()]
    found += [bar.tabText(n) for bar in window.findChildren(QTabBar) for n in range(bar.count())]
    return [[key.lower(), text] for text in found for key in re.findall("&([^&])", text.replace("&&", ""))]
"""
INTERACTIVE = {"table", "link", "list", "tab", "field", "button", "box", "choice", "combo box", "progress", "number"}
ANKIS_OWN = {"anki-config"}
"""Windows in which all but the text is Anki's."""


@pytest.fixture(scope="module", params=["light", "german", pytest.param("right-to-left", marks=pytest.mark.matrix)])
def windows(request: pytest.FixtureRequest, package: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """For each window: what a screen reader finds in it, and its shortcut keys."""
    found = {}
    with started(LOOKS[request.param], tmp_path_factory.mktemp("windows") / "anki") as anki:
        anki.exec(TREE + KEYS)
        every_window(
            anki, lambda name, window: found.update({name: anki.eval(f"(read_out({window}), shortcuts({window}))")})
        )
        anki.tidy()
    return found


def test_a_screen_reader_has_a_name_for_everything(windows: dict[str, Any]) -> None:
    nameless = {
        name: [row for row in tree if row[1] in INTERACTIVE and not re.search(r"\w", row[2])]
        for name, (tree, _) in windows.items()
        if name not in ANKIS_OWN
    }
    assert {name: rows for name, rows in nameless.items() if rows} == {}
    markup = [row for tree, _ in windows.values() for row in tree if re.search("<[a-z]|\u200b", row[2] + row[3])]
    assert markup == []
    assert all({row[1] for row in tree} & INTERACTIVE for tree, _ in windows.values())


def test_no_two_things_that_are_shown_have_the_same_shortcut(windows: dict[str, Any]) -> None:
    clashes = {}
    for name, (_, keys) in windows.items():
        count = Counter(key for key, _ in keys)
        clashes[name] = [text for key, text in keys if count[key] > 1]
    assert {name: texts for name, texts in clashes.items() if texts} == {}
