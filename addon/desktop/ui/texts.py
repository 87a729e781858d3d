"""Texts of others in Qt's widgets, which take what looks like HTML for it unless they are told not to."""

from __future__ import annotations

import html
import textwrap

from aqt.qt import QFont, QLabel, Qt

BREAK = "\u200b"
"""A place where a line may end."""
WIDTH_CHARACTERS = 70
"""Characters of a tooltip's line."""


def label(text: str, *, is_origin: bool = False) -> QLabel:
    """Plain text that wraps; an origin is shown whole, however long: its end is what tells whose it is."""
    widget = QLabel(BREAK.join(text) if is_origin else text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(True)
    if is_origin:
        widget.setAccessibleName(text)
        font = QFont(widget.font())
        font.setBold(True)
        widget.setFont(font)
    return widget


def as_html(text: str) -> str:
    """For tooltips, whose format cannot be set, and which are as wide as their longest line."""
    if not text:
        return ""
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH_CHARACTERS)]
    return f'<p style="white-space: pre; margin: 0">{"<br>".join(map(html.escape, lines))}</p>'


def as_entry(text: str) -> str:
    """For menus and buttons, in which `&` marks the key of an entry."""
    return text.replace("&", "&&")
