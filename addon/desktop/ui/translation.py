"""The texts of windows and menus in Anki's language. Where Anki has the words, its own `tr` is used instead."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path

logger = logging.getLogger("anki_rpc")

FOLDER = Path(__file__).parent / "languages"
"""A file for each language, named as Anki names it: an object from each English text to its translation."""


ISOLATE, END = "\u2066", "\u2069"
"""Between them, a text runs from left to right: in a window from right to left, its last mark would come first."""


def say(text: str, /, **values: object) -> str:
    """Return a text in Anki's language, or in English if there is no translation. `{name}` stands for a value."""
    import anki.lang

    language = anki.lang.current_lang
    spoken = translations(language).get(text)
    if spoken is None:
        spoken = f"{ISOLATE}{text}{END}" if text and anki.lang.is_rtl(language) else text
    return spoken.format(**values) if values else spoken


def later(text: str) -> str:
    """Mark a text of a constant, for which `say` is called when it is shown: then Anki knows its language."""
    return text


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return the translations into a language, or into the language without its region; empty if there are none.

    A damaged file is none, which is logged: it must not keep a window from opening.
    """
    for name in (language, language.replace("_", "-").partition("-")[0]):
        path = FOLDER / f"{name}.json"
        try:
            found = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            logger.exception("A file of translations cannot be read")
            continue
        if isinstance(found, dict) and all(isinstance(text, str) for text in found.values()):
            return found
        logger.error("Not a file of translations, an object of texts: %s", path)
    return {}
