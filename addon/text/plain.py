"""Texts of Anki, Python and Rust, made plain for people: without invisible marks, markup for windows, and numbers of
errors.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

_ISOLATES = re.compile("[\u2066-\u2069]")
"""Invisible marks that Anki's translations put around inserted texts and numbers."""
_INSERTED = re.compile("([\u2066-\u2068][^\u2066-\u2069]*\u2069)")
_BREAK = re.compile(r"\s*<br ?/?>\s*")
_LINK = re.compile(r"\s*(?:<br>)?<a href=[^>]*>[^<]*</a>")
_PARAGRAPH = re.compile("\\A<p>([^<\u2068]*\u2068.*)</p>\\s*\\Z", re.DOTALL)
"""An error of a search before Anki 25.09, which is HTML."""
_CODE = re.compile(r"</?code>")
_PREFORMATTED = re.compile(r"\A<pre>(.*)</pre>\Z", re.DOTALL)
"""Anki's errors about regular expressions."""
_BROKEN_REGEX = re.compile(r"\Aregex parse error:\n {4}(?:\(\?i\))?(.*)\n {4} *\^+\nerror: (.*)\Z")
"""Rust's words for a regular expression of one line. Anki puts `(?i)` before that of a caller."""
_NUMBERS = re.compile(r"\[(?:Errno|WinError) -?[0-9]+\] | ?\(os error [0-9]+\)")
"""The number of a system's error, before Python's words for it or after Rust's."""


def without_isolates(text: str) -> str:
    """Return a text of Anki's without its invisible marks."""
    return _ISOLATES.sub("", text)


def plain(text: str) -> str:
    """Return the text of an error as plain text. Markup in the names that it quotes stays: the user wrote it.

    Only Anki's translations have line breaks for a window, and they put marks around such names.
    """
    if paragraph := _PARAGRAPH.match(text):
        text = html.unescape(_CODE.sub("`", paragraph[1]))
    parts = _INSERTED.split(_PREFORMATTED.sub(r"\1", text))
    if len(parts) > 1:
        parts[::2] = [_BREAK.sub(" ", part) for part in parts[::2]]
    text = _NUMBERS.sub("", without_isolates("".join(parts)).strip())
    return _BROKEN_REGEX.sub(lambda found: f"The regular expression is malformed: {found[2]}: {found[1]}", text)


def plain_html(text: str) -> str:
    """Return an error of Anki's that is HTML, in which the names are escaped, as plain text without its links."""
    return plain(html.unescape(_BREAK.sub(" ", _LINK.sub("", text))))


def joined(sentences: Sequence[str]) -> str:
    """Return sentences as one, with semicolons in the place of the full stops between them."""
    return "; ".join([*(sentence.removesuffix(".") for sentence in sentences[:-1]), *sentences[-1:]])
