"""Shows texts of callers in Qt's widgets as plain text. By default, Qt treats what looks like HTML as HTML."""

from __future__ import annotations

import html
import textwrap

from aqt.qt import QApplication, QFont, QLabel, Qt, QWidget

BREAK = "\u200b"
"""A place where a line may end."""
WIDTH_CHARACTERS = 70
"""Characters of a tooltip's line."""


def label(text: str, *, is_origin: bool = False, buddy: QWidget | None = None) -> QLabel:
    """Make a label of plain text that wraps. An origin is bold and never cut: its end identifies its owner.

    `buddy`: the widget that the text names, and that its shortcut key (`&`) selects.
    """
    widget = QLabel(BREAK.join(text) if is_origin else text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setWordWrap(True)
    if QApplication.isRightToLeft():  # an English text would be on the left, away from what it is about
        flag = Qt.AlignmentFlag
        widget.setAlignment(flag.AlignRight | flag.AlignAbsolute | flag.AlignVCenter)
    if buddy is not None:
        widget.setBuddy(buddy)
    if is_origin:
        widget.setAccessibleName(text)
        font = QFont(widget.font())
        font.setBold(True)
        widget.setFont(font)
    return widget


def explain(widget: QWidget, text: str) -> None:
    """Show a text as the tooltip of a widget. Qt would give a screen reader the tooltip's HTML."""
    widget.setToolTip(as_html(text))
    widget.setAccessibleDescription(text)


def as_html(text: str) -> str:
    """Convert a text for tooltips: their format cannot be set, and they are as wide as their longest line."""
    if not text:
        return ""
    lines = [part for line in text.splitlines() for part in textwrap.wrap(line, WIDTH_CHARACTERS)]
    return f'<p style="white-space: pre; margin: 0">{"<br>".join(map(html.escape, lines))}</p>'


def as_entry(text: str) -> str:
    """Escape a text for menus and buttons, in which `&` marks the shortcut key."""
    return text.replace("&", "&&")
