"""A window that edits one note, with a preview and a history of the notes that it has shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

import aqt
from anki.errors import NotFoundError
from aqt import gui_hooks
from aqt.browser.previewer import MultiCardPreviewer
from aqt.editor import Editor, EditorMode
from aqt.qt import QAction, QKeySequence, QMainWindow, QShortcut, Qt, QTimer, QToolBar, QVBoxLayout, QWidget
from aqt.sound import av_player
from aqt.utils import restoreGeom, saveGeom, setWindowIcon, tr

from ...gui.editor import EDIT_WINDOW
from .translation import say

if TYPE_CHECKING:
    from anki.cards import Card, CardId
    from anki.collection import OpChanges
    from anki.notes import Note, NoteId
    from aqt.main import AnkiQt
    from aqt.qt import QCloseEvent, QKeyEvent

GEOMETRY = "ankiRpcEditNote"


def register() -> None:
    """Register the window with Anki, which closes it together with Anki's own windows."""
    aqt.dialogs.register_dialog(EDIT_WINDOW, EditDialog)


class History:
    """The notes that were shown, each once, the latest at the end."""

    LENGTH = 25

    def __init__(self) -> None:
        self.note_ids: list[NoteId] = []

    def add(self, note_id: NoteId) -> None:
        self.remove(note_id)
        self.note_ids = [*self.note_ids, note_id][-self.LENGTH :]

    def remove(self, note_id: NoteId) -> None:
        self.note_ids = [known for known in self.note_ids if known != note_id]

    def neighbour(self, note_id: NoteId, step: int) -> NoteId | None:
        """Return the note `step` places after this one, or before it if `step` is negative; None beyond the ends."""
        position = self.note_ids.index(note_id) + step
        return self.note_ids[position] if 0 <= position < len(self.note_ids) else None


class EditDialog(QMainWindow):
    """Edits one note. Neither adds notes nor knows which card of the note is due."""

    history: ClassVar[History] = History()

    def __init__(self, mw: AnkiQt, note_id: NoteId) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.mw = mw
        self._previewer: NotePreviewer | None = None
        self._is_closed = False
        self.setWindowTitle(tr.studying_edit())
        setWindowIcon(self)
        self.setMinimumSize(250, 400)
        self._add_buttons()
        area = QWidget(self)
        self.setCentralWidget(area)
        fields = QWidget(area)
        layout = QVBoxLayout(area)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(fields)
        self.editor = Editor(mw, fields, self, editor_mode=EditorMode.EDIT_CURRENT)
        restoreGeom(self, GEOMETRY, default_size=(600, 500))
        gui_hooks.operation_did_execute.append(self._on_operation)
        self._show_note(mw.col.get_note(note_id), is_new=True, focus_to=0)
        self.show()

    @property
    def note(self) -> Note:
        assert self.editor.note is not None
        return self.editor.note

    def reopen(self, mw: AnkiQt, note_id: NoteId) -> None:
        """Show another note in the open window."""
        self._change_note(note_id, is_new=True)

    # --- buttons ---

    def _add_buttons(self) -> None:
        bar = QToolBar(self)
        bar.setMovable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.addToolBar(bar)
        self.preview_action = _button(bar, tr.actions_preview(), "Ctrl+Shift+P", self._toggle_preview)
        self.preview_action.setCheckable(True)
        self.browse_action = _button(bar, tr.qt_misc_browse(), "Ctrl+F", self._browse)
        self.previous_action = _button(bar, "◀", "Alt+Left", lambda: self._step(-1))
        self.next_action = _button(bar, "▶", "Alt+Right", lambda: self._step(1))
        _name(bar, self.previous_action, say("Previous note (Alt+Left)"))
        _name(bar, self.next_action, say("Next note (Alt+Right)"))
        close = QShortcut(QKeySequence("Ctrl+Return"), self)
        close.activated.connect(self.close)

    def _update_buttons(self) -> None:
        self.previous_action.setEnabled(self.history.neighbour(self.note.id, -1) is not None)
        self.next_action.setEnabled(self.history.neighbour(self.note.id, 1) is not None)
        self.preview_action.setEnabled(bool(self.note.card_ids()))

    def _step(self, step: int) -> None:
        note_id = self.history.neighbour(self.note.id, step)
        if note_id is not None:
            self._change_note(note_id)

    def _browse(self) -> None:
        """Show all notes of the history in the browser, with this one selected."""
        shown, note_ids = self.note, self.history.note_ids

        def browse() -> None:
            browser = aqt.dialogs.open("Browser", self.mw)
            browser.search_for(f"nid:{','.join(map(str, note_ids))}")
            browser.update_history()
            if card_ids := shown.card_ids():
                browser.table.select_single_card(card_ids[0])

        self.editor.call_after_note_saved(browse)

    def _toggle_preview(self) -> None:
        if self._previewer is not None:
            self._previewer.close()
        else:
            self.editor.call_after_note_saved(self._preview)

    def _preview(self) -> None:
        if self._previewer is None and not self._is_closed:
            self._previewer = NotePreviewer(self.mw, self.note.card_ids(), self._on_preview_closed)
            self._previewer.open()
            self.preview_action.setChecked(True)

    def _on_preview_closed(self) -> None:
        av_player.stop_and_clear_queue()
        self._previewer = None
        self.preview_action.setChecked(False)

    # --- the note ---

    def _change_note(self, note_id: NoteId, *, is_new: bool = False) -> None:
        """Save what was typed, then show another note. A deleted note is removed from the history instead."""

        def change() -> None:
            if self._is_closed:
                return
            try:
                note = self.mw.col.get_note(note_id)
            except NotFoundError:
                if note_id == self.note.id:
                    self._show_what_is_left()
                else:
                    self.history.remove(note_id)
                    self._update_buttons()
            else:
                self._show_note(note, is_new=is_new, focus_to=0)

        self.editor.call_after_note_saved(change)

    def _show_note(self, note: Note, *, is_new: bool = False, focus_to: int | None = None) -> None:
        if is_new or note.id not in self.history.note_ids:
            self.history.add(note.id)
        cards = note.cards()
        self.editor.card = cards[0] if cards else None
        self.editor.set_note(note, focusTo=focus_to)
        self._update_buttons()
        if self._previewer is not None:
            self._previewer.show_cards([card.id for card in cards])

    def _on_operation(self, changes: OpChanges, handler: object | None) -> None:
        if changes.note_text and handler is not self.editor:
            self._reload()
        if self._previewer is not None and (changes.note_text or changes.card):
            self._previewer.show_cards(self.note.card_ids())

    def _reload(self) -> None:
        try:
            self._show_note(self.mw.col.get_note(self.note.id))
        except NotFoundError:
            self._show_what_is_left()

    def _show_what_is_left(self) -> None:
        """Show the latest note of the history that still exists; close if there is none."""
        self.history.remove(self.note.id)
        while self.history.note_ids:
            try:
                return self._show_note(self.mw.col.get_note(self.history.note_ids[-1]))
            except NotFoundError:
                self.history.note_ids.pop()
        # Not within Anki's hook: as this window's hooks are removed, Anki would skip those of the next window.
        return QTimer.singleShot(0, self._close)

    # --- closing ---

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if event is not None and not self._is_closed:
            event.ignore()
            self.editor.call_after_note_saved(self._close)

    def closeWithCallback(self, done: Callable[[], None]) -> None:
        """Close after saving, then call `done`. Anki's dialog manager calls it before the collection is closed."""

        def close() -> None:
            self._close()
            done()

        self.editor.call_after_note_saved(close)

    def _close(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        gui_hooks.operation_did_execute.remove(self._on_operation)
        if self._previewer is not None:
            self._previewer.cancel_timer()
            self._previewer.close()
        self.editor.cleanup()
        saveGeom(self, GEOMETRY)
        aqt.dialogs.markClosed(EDIT_WINDOW)
        self.mw.deferred_delete_and_garbage_collect(self)
        self.close()


def _button(bar: QToolBar, text: str, shortcut: str, pressed: Callable[[], None]) -> QAction:
    action = QAction(text, bar)
    action.setShortcut(QKeySequence(shortcut))
    action.setToolTip(f"{text} ({shortcut})")
    action.triggered.connect(lambda _: pressed())
    bar.addAction(action)
    return action


def _name(bar: QToolBar, action: QAction, name: str) -> None:
    """Name a button that shows an arrow alone."""
    action.setToolTip(name)
    button = bar.widgetForAction(action)
    assert button is not None
    button.setAccessibleName(name)


class NotePreviewer(MultiCardPreviewer):
    """Anki's preview window for the cards of one note."""

    def __init__(self, mw: AnkiQt, card_ids: Sequence[CardId], closed: Callable[[], None]) -> None:
        super().__init__(parent=None, mw=mw, on_close=closed)
        self._card_ids = list(card_ids)
        self._position = 0
        self._last_card_id: CardId | None = None

    def show_cards(self, card_ids: Sequence[CardId]) -> None:
        if list(card_ids) != self._card_ids:
            self._card_ids = list(card_ids)
            self._position = 0
        self.render_card()

    def card(self) -> Card | None:
        return self.mw.col.get_card(self._card_ids[self._position]) if self._card_ids else None

    def card_changed(self) -> bool:
        card_id = self._card_ids[self._position] if self._card_ids else None
        changed, self._last_card_id = card_id != self._last_card_id, card_id
        return changed

    def render_card(self) -> None:
        super().render_card()
        self._updateButtons()

    def _on_prev_card(self) -> None:
        self._position -= 1
        self.render_card()

    def _on_next_card(self) -> None:
        self._position += 1
        self.render_card()

    def _should_enable_prev(self) -> bool:
        return super()._should_enable_prev() or self._position > 0

    def _should_enable_next(self) -> bool:
        return super()._should_enable_next() or self._position < len(self._card_ids) - 1
