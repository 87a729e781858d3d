"""A table of texts that keeps its selected row when it is filled again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from aqt.qt import (
    QAbstractItemView,
    QHeaderView,
    QItemSelectionModel,
    QPainter,
    QPaintEvent,
    QSize,
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
        self._shares_height = False
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
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shares_height = True

    def sizeHint(self) -> QSize:
        """Return the least size if the height is shared: a page of wrapped texts has room for no more than the hint."""
        return self.minimumSize() if self._shares_height else super().sizeHint()

    def sizeHintForColumn(self, column: int) -> int:
        """Leave a gap between the texts of two columns."""
        return super().sizeHintForColumn(column) + GAP_PX

    def fill(self, rows: Sequence[TableRow]) -> None:
        """Show rows. The selection stays on the row with the same key, and so do the rows in view if it is scrolled."""
        chosen, before, in_view = self.selected(), self._keys, self._in_view()
        self.setAccessibleDescription("" if rows else self._empty)
        self.setRowCount(len(rows))
        self._keys = [row.key for row in rows]
        model = self.model()
        assert model is not None
        model.blockSignals(True)  # or each text makes Qt measure all columns
        is_changed = [
            self._set_text(n, column, text) for n, row in enumerate(rows) for column, text in enumerate(row.texts)
        ]
        model.blockSignals(False)
        if any(is_changed):
            model.dataChanged.emit(model.index(0, 0), model.index(len(rows) - 1, self.columnCount() - 1))
        if self._keys == before:
            return
        places = {key: number for number, key in enumerate(self._keys)}
        self.setAutoScroll(False)
        if chosen in places:
            self.selectRow(places[chosen])
        else:
            self.clearSelection()
        self.setAutoScroll(True)
        shifts = Counter(places[key] - old for old, key in in_view if key in places)
        if shifts:
            self._scroll(shifts.most_common(1)[0][0])

    def _set_text(self, row: int, column: int, text: str) -> bool:
        """Return whether the cell had another text."""
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
        elif item.text() == text:
            return False
        item.setText(text)
        item.setToolTip(as_html(text))
        return True

    def _in_view(self) -> list[tuple[int, str]]:
        """Return the numbers and keys of the rows in view; none if it is not scrolled, as new rows are then shown."""
        bar, viewport = self.verticalScrollBar(), self.viewport()
        if bar is None or viewport is None or not bar.value():
            return []
        first, last = self.rowAt(0), self.rowAt(viewport.height() - 1)
        end = len(self._keys) if last < 0 else last + 1
        return list(enumerate(self._keys))[first:end]

    def _scroll(self, rows: int) -> None:
        bar = self.verticalScrollBar()
        assert bar is not None
        self.updateGeometries()
        is_by_row = self.verticalScrollMode() == QAbstractItemView.ScrollMode.ScrollPerItem
        bar.setValue(bar.value() + rows * (1 if is_by_row else self.rowHeight(0)))

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
