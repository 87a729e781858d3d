"""Unicode's normal forms, in linear time."""

from __future__ import annotations

from itertools import chain, groupby
from typing import Literal
from unicodedata import combining, is_normalized, normalize

_TWO_MARKS = {0x0344: "\u0308\u0301", 0x0F73: "\u0f71\u0f72", 0x0F75: "\u0f71\u0f74", 0x0F81: "\u0f71\u0f80"}
"""The characters that decompose into marks only (`Non_Starter_Decomposition`)."""

Form = Literal["NFC", "NFD"]


def nfc(text: str) -> str:
    """Return the text in composed form, in which Anki stores it."""
    return _normal("NFC", text)


def nfd(text: str) -> str:
    """Return the text in decomposed form."""
    return _normal("NFD", text)


def is_nfc(text: str) -> bool:
    """Whether the text is in composed form. Never slow: Python detects marks out of order before its slow part."""
    return text.isascii() or is_normalized("NFC", text)


def _normal(form: Form, text: str) -> str:
    """Normalise like `unicodedata.normalize`, whose time is quadratic in the number of marks on one letter.

    Python sorts the marks by insertion. So they are sorted (Unicode, section 3.11, D109) before it is called.
    """
    if text.isascii() or is_normalized(form, text):
        return text
    runs = groupby(text.translate(_TWO_MARKS), _is_mark)
    ordered = (sorted(run, key=combining) if is_mark else run for is_mark, run in runs)
    return normalize(form, "".join(chain.from_iterable(ordered)))


def _is_mark(character: str) -> bool:
    return combining(character) > 0
