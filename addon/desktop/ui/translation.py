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


def say(text: str, /, **values: object) -> str:
    """Return a text in Anki's language, or in English if there is no translation. `{name}` stands for a value."""
    import anki.lang

    spoken = translations(anki.lang.current_lang).get(text, text)
    return spoken.format(**values) if values else spoken


def later(text: str) -> str:
    """Mark a text of a constant, for which `say` is called when it is shown: then Anki knows its language."""
    return text


@cache
def translations(language: str) -> Mapping[str, str]:
    """Return the translations into a language, or into the language without its region; empty if there are none.

    A damaged file is none: it must not keep a window from opening.
    """
    for name in (language, language.replace("_", "-").partition("-")[0]):
        try:
            found: dict[str, str] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            logger.exception("A file of translations cannot be read")
            continue
        return found
    return {}
