"""Anki's rules for texts, which differ from Python's: white space, case, and the names of tags.

Facts from rslib: `split_tags` and `normalize_tag_name` in src/tags, and the crate `unicase` for case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from .normal_forms import nfc

WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
WHITE_SPACE += "\u2028\u2029\u202f\u205f\u3000"
"""White space according to Unicode, and so to Anki. Python also counts U+001C to U+001F."""

_CONTROL = re.compile(r"[\0-\x1f\x7f]")
_NOT_IN_FIELDS = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")
_NOT_FOLDED = re.compile(
    "[\u0390\u03b0\u1f52\u1f54\u1f56\u1fb7\u1fc7\u1fd2\u1fd3\u1fd7\u1fe2\u1fe3\u1fe7\u1ff7\ufb03\ufb04"  # of three
    "\u2c2f\ua7c0\ua7c7\ua7c9\ua7d0\ua7d6\ua7d8\ua7f5\U00010570-\U00010595]"  # newer than the crate's table
)
"""Letters that Anki does not fold: to Anki they differ from their other case."""


def is_blank(text: str) -> bool:
    """Whether the text is empty or consists of white space."""
    return not text.strip(WHITE_SPACE)


def becomes_blank(deck: str) -> bool:
    """Whether Anki would call a deck of this name `blank`."""
    return not _CONTROL.sub("", deck).strip(f"{WHITE_SPACE}:")


def deck_levels(name: str) -> list[str]:
    """Return the levels of a deck's name as Anki stores them. Anki also adopts the case of existing parent decks, which
    this does not.
    """
    return [_CONTROL.sub("", nfc(level)).strip(f"{WHITE_SPACE}:") or "blank" for level in name.split("::")]


def fold(text: str) -> str:
    """Fold the case as Anki does for names of fields, tags and note types: spellings of one name become equal."""
    if text.isascii():
        return text.lower()
    if not _NOT_FOLDED.search(text):
        return text.casefold()
    return "".join(letter if _NOT_FOLDED.match(letter) else letter.casefold() for letter in text)


def index_by_name(names: Sequence[str], key: Callable[[str], str] = fold) -> dict[str, int]:
    """Return the position of each name by its folded form. Of equal names the first counts, as in Anki."""
    return {key(name): place for place, name in reversed([*enumerate(names)])}


def fold_letters(text: str) -> str:
    """Fold the case letter by letter, as Anki's regular expressions do: `ß` does not equal `ss`."""
    return text.lower() if text.isascii() else "".join(map(_fold_letter, text))


def _fold_letter(letter: str) -> str:
    folded = letter.casefold() if len(letter.casefold()) == 1 else letter.lower()
    return _TWINS.get(letter, folded if len(folded) == 1 else letter)


_TWINS = {"\u1fd3": "\u0390", "\u1fe3": "\u03b0", "\ufb05": "\ufb06"}
"""Pairs of letters that are equal, though each becomes several letters in the other case."""


_SPECIAL = re.compile(r"[\\.^$|?*+()\[\]{}]")


def literal(text: str) -> str:
    """Return a regular expression for Anki, whose expressions are Rust's, that matches exactly this text."""
    return _SPECIAL.sub(lambda special: "\\" + special[0], text)


def field_text(text: str, *, is_normalised: bool) -> str:
    """Return a text as Anki stores it in a field. `is_normalised`: Anki's setting to compose letters (NFC)."""
    text = text if text.isprintable() else _NOT_IN_FIELDS.sub("", text)
    return nfc(text) if is_normalised else text


def split_tags(text: str) -> list[str]:
    """Split a text into tags, in the form in which the collection stores the tags of a note."""
    if "\u3000" in text:
        text = text.replace("\u3000", " ")
    return [tag for tag in text.split(" ") if tag]


def tag_name(tag: str) -> str:
    """Return the name under which Anki stores a tag. Anki also adopts the case of known tags, which this does not."""
    if tag.isascii() and tag.isprintable() and ":" not in tag:
        return tag
    return "::".join(map(_level_name, tag.split("::")))


def _level_name(level: str) -> str:
    return _CONTROL.sub("", nfc(level)).strip(WHITE_SPACE) or "blank"


def tag_names(texts: list[str]) -> list[str]:
    """Return the names of all tags in these texts."""
    return [tag_name(tag) for text in texts for tag in split_tags(text)]


def tag_key(tag: str) -> str:
    """Return a key that is equal for all spellings of one tag."""
    return fold(tag_name(tag))
