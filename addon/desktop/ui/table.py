"""A table of texts that keeps its selected row when it is filled again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from aqt.qt import (
    QAbstractItemView,
    QHeaderView,
    QItemSelectionModel,
    QPainter,
    QPaintEvent,
    QSizePolicy,
    Qt,
    QTableWidget,
    QTableWidgetItem,
    qconnect,
)

from .texts import as_html

GAP_PX = 12
NARROWEST_PX, SHARED_PX = 440, 100


class TableRow(NamedTuple):
    """The texts of a row, and the key that identifies it."""

    key: str
    texts: tuple[str, ...]


class TextTable(QTableWidget):
    """Read-only. One row can be selected. The columns `wide` share the remaining width. Without a row, it shows the
    text `empty`. A screen reader says its `name`.
    """

    def __init__(
        self, heads: Sequence[str], wide: Sequence[int], selected: Callable[[], None], *, name: str, empty: str
    ) -> None:
        super().__init__(0, len(heads))
        self._keys: list[str] = []
        self._empty = empty
        self.setAccessibleName(name)
        self.setAccessibleDescription(empty)
        self.setHorizontalHeaderLabels(list(heads))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        assert rows is not None
        assert columns is not None
        rows.hide()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setStyleSheet("QHeaderView::section { padding: 2px 12px 2px 4px; }")  # in line with the cells
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for column in wide:
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        qconnect(self.itemSelectionChanged, selected)

    def share_height(self) -> None:
        """Let the table have as much height as the others leave, on a page that scrolls only if there is too little."""
        self.setMinimumSize(NARROWEST_PX, SHARED_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def sizeHintForColumn(self, column: int) -> int:
        """Leave a gap between the texts of two columns."""
        return super().sizeHintForColumn(column) + GAP_PX

    def fill(self, rows: Sequence[TableRow]) -> None:
        """Show rows. The selection stays on the row with the same key."""
        chosen = self.selected()
        self.setAccessibleDescription("" if rows else self._empty)
        self.setRowCount(len(rows))
        self._keys = [row.key for row in rows]
        for number, row in enumerate(rows):
            for column, text in enumerate(row.texts):
                item = self.item(number, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.setItem(number, column, item)
                if item.text() != text:
                    item.setText(text)
                    item.setToolTip(as_html(text))
        if chosen in self._keys:
            self.selectRow(self._keys.index(chosen))
        else:
            self.clearSelection()

    def selectRow(self, row: int) -> None:
        """Select a row. Qt's own method selects nothing right to left if the columns fill the table."""
        how = QItemSelectionModel.SelectionFlag
        self.setCurrentCell(row, 0, how.ClearAndSelect | how.Rows)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        super().paintEvent(event)
        viewport = self.viewport()
        if self.rowCount() or viewport is None:
            return
        painter = QPainter(viewport)
        painter.setPen(self.palette().placeholderText().color())
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(viewport.rect().adjusted(12, 12, -12, -12), flags, self._empty)
        painter.end()

    def selected(self) -> str | None:
        """Return the key of the selected row; None if no row is selected."""
        chosen = {index.row() for index in self.selectedIndexes()}
        return next((self._keys[row] for row in chosen if row < len(self._keys)), None)
