"""Normal forms of Unicode, in time that grows with the length of the text."""

from __future__ import annotations

from itertools import chain, groupby
from typing import Literal
from unicodedata import combining, is_normalized, normalize

_TWO_MARKS = {0x0344: "\u0308\u0301", 0x0F73: "\u0f71\u0f72", 0x0F75: "\u0f71\u0f74", 0x0F81: "\u0f71\u0f80"}
"""The characters that stand for nothing but marks (`Non_Starter_Decomposition`)."""

Form = Literal["NFC", "NFD"]


def nfc(text: str) -> str:
    """The text in composed form, in which Anki keeps it."""
    return _normal("NFC", text)


def nfd(text: str) -> str:
    """The text in decomposed form."""
    return _normal("NFD", text)


def is_nfc(text: str) -> bool:
    """Whether the text is in composed form. Python finds marks out of order before it does anything slow."""
    return text.isascii() or is_normalized("NFC", text)


def _normal(form: Form, text: str) -> str:
    """As `unicodedata.normalize`, whose time grows with the square of the number of marks on one letter.

    It sorts them by insertion, so they are put in their order (Unicode, section 3.11, D109) before it sees them.
    """
    if text.isascii() or is_normalized(form, text):
        return text
    runs = groupby(text.translate(_TWO_MARKS), _is_mark)
    ordered = (sorted(run, key=combining) if is_mark else run for is_mark, run in runs)
    return normalize(form, "".join(chain.from_iterable(ordered)))


def _is_mark(character: str) -> bool:
    return combining(character) > 0
