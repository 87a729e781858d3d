"""The translations of windows and menus: none is missing, none is stale, and each fits its English text."""

import ast
import json
import re
import string
from collections import Counter
from pathlib import Path

import anki.lang
import pytest

from addon.desktop.ui import translation

DESKTOP = Path(__file__).parent.parent / "addon" / "desktop"
FILES = sorted((DESKTOP / "ui" / "languages").glob("*.json"))


def literal(call):
    """The text that is said; None if it is the text of a constant."""
    first = call.args[0]
    return first.value if isinstance(first, ast.Constant) else None


def texts():
    """Every text that can be translated, as the sources have it."""
    found = set()
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("say", "later"):
                found.add(literal(node))
    return found - {None}


def values(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def accelerators(text):
    return len(re.findall("&(?!&)", text))


NO_OBJECTS = [b"[]", b"null", b'"Progress"', b'{"Progress": null}', b'{"{what} ends": ["{what} endet"]}']


@pytest.mark.parametrize("damaged", [b"", b'{"Progress": "Forts', b'{"Progress": "Fortschritt \xfc"}', *NO_OBJECTS])
def test_a_damaged_file_leaves_english_and_is_logged(tmp_path, monkeypatch, caplog, damaged):
    translation.translations.cache_clear()
    monkeypatch.setattr(translation, "FOLDER", tmp_path)
    monkeypatch.setattr(anki.lang, "current_lang", "xx-YY")
    (tmp_path / "xx.json").write_bytes(damaged)
    assert [translation.say("Progress"), translation.say("{what} ends", what="It")] == ["Progress", "It ends"]
    assert [(record.name, record.levelname) for record in caplog.records] == [("anki_rpc", "ERROR")]


def test_english_runs_from_left_to_right_in_a_window_that_does_not(monkeypatch):
    monkeypatch.setattr(anki.lang, "current_lang", "he")
    assert translation.say("{what} ends…", what="It") == "\u2066It ends…\u2069"
    assert not translation.say("")


def test_german_is_there():
    assert [path.stem for path in FILES] == ["de"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_translation_is_missing_or_stale(path):
    translated = json.loads(path.read_text("utf-8"))
    assert {"missing": sorted(texts() - {*translated}), "stale": sorted({*translated} - texts())} == {
        "missing": [],
        "stale": [],
    }
    assert [*translated] == sorted(translated)
    assert [english for english, text in translated.items() if not text.strip()] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_translation_has_the_values_shortcuts_and_ends_of_its_text(path):
    for english, text in json.loads(path.read_text("utf-8")).items():
        assert values(text) == values(english), text
        assert accelerators(text) == accelerators(english), text
        assert (text[-1] in ".:…?") == (english[-1] in ".:…?"), text
        assert text == text.strip(), text


@pytest.mark.parametrize("path", [None, *FILES], ids=lambda path: path.stem if path else "en")
def test_no_two_shortcuts_of_a_tab_are_the_same(path):
    translated = json.loads(path.read_text("utf-8")) if path else {}
    window = shortcuts_of("window.py")
    for tab in (
        ("status_tab.py", "operations_table.py", "calls_table.py"),
        ("keys_tab.py",),
        ("permissions_tab.py",),
        ("settings_tab.py",),
    ):
        texts = window.union(*map(shortcuts_of, tab))
        letters = Counter(key_of(translated.get(text, text)) for text in texts)
        assert [key for key, count in letters.items() if count > 1] == [], tab


def shortcuts_of(name):
    tree = ast.parse((DESKTOP / "ui" / name).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = {literal(node) for node in calls if getattr(node.func, "id", "") in ("say", "later")}
    return {text for text in found if text and accelerators(text)}


def key_of(text):
    match = re.search("&([^&])", text)
    assert match is not None
    return match[1].lower()
