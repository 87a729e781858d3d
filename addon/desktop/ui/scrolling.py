"""Pages that can be scrolled where the screen is small, or its texts are large."""

from __future__ import annotations

from aqt.qt import QFrame, QScrollArea, QVBoxLayout, QWidget


def scrolled(inside: QWidget) -> tuple[QWidget, QVBoxLayout]:
    """Fill a widget with a page that scrolls if necessary. Return the page, and the layout with more room below it."""
    page = QWidget()
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(page)
    area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")  # as other pages
    layout = QVBoxLayout(inside)
    layout.addWidget(area, 1)
    return page, layout
