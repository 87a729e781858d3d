"""Keeps what the user is typing in Anki's editors: our writes, and the reload after them, would discard it."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import OpChanges
from anki.errors import NotFoundError
from aqt import gui_hooks
from aqt.editor import Editor, EditorMode
from aqt.errors import show_exception
from aqt.operations import CollectionOp
from aqt.qt import QTimer

from ..gui.editor import PAGE_TIMEOUT_MS, after_saved, once
from ..rpc.lane import Work
from .main_thread import MainThread

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeId
    from anki.notes import Note, NoteId

DRAWING_TIMEOUT_MS = 10_000
"""Milliseconds to wait for pages that a window has just begun to load, which takes seconds on a busy machine."""


class Editors:
    """The open editors. That of the Add window shows no stored note.

    Anki keeps typed text in the editor's page for 0.6 seconds, then stores the whole note on a background thread.
    """

    def __init__(self, main: MainThread) -> None:
        self._main = main
        self._known: tuple[weakref.ref[Any], ...] = ()
        self._held: list[Work] | None = None
        """What pages have said while the collection is closed; None while it is open."""
        gui_hooks.editor_did_init.append(self._add)
        gui_hooks.collection_will_temporarily_close.append(lambda col: self._hold())
        gui_hooks.collection_did_temporarily_close.append(lambda col: self._let_go())
        gui_hooks.collection_did_load.append(lambda col: self._let_go())

    def _add(self, editor: Any) -> None:
        alive = (ref for ref in self._known if ref() is not None)
        self._known = (*alive, weakref.ref(editor))
        self._listen(editor)
        if isinstance(editor, Editor) and editor.editorMode is not EditorMode.ADD_CARDS:
            self._guard(editor)

    def _guard(self, editor: Editor) -> None:
        """Make an editor store only what was changed in it, and no error be shown if its note was deleted before that.

        Anki would store the whole note as the editor has read it, and so undo what a program has written since. The
        page says that a field has changed even after it was only given other text to show, up to 0.6 seconds later.
        """
        read: _NoteText | None = None
        set_note = editor.set_note

        def show(note: Note | None, *args: Any, **kwargs: Any) -> None:
            nonlocal read
            read = _NoteText.of(note) if note else None
            set_note(note, *args, **kwargs)

        def failed(error: Exception) -> None:
            if not isinstance(error, NotFoundError):
                show_exception(parent=editor.widget, exception=error)

        def save() -> None:
            nonlocal read
            if editor.note:
                before, read = read, _NoteText.of(editor.note)
                stored = CollectionOp(editor.widget, partial(_store, read, before))
                stored.failure(failed).run_in_background(initiator=editor)

        editor.set_note = editor.setNote = show
        editor._save_current_note = save

    def _listen(self, editor: Any) -> None:
        """Pass on only when the collection is open what the page says of its fields, as Anki uses the collection then.

        A field that loses the focus to the progress of an export says so while the collection is closed.
        """
        receive = editor.web.onBridgeCmd

        def receive_when_open(command: str) -> Any:
            if self._held is None or not command.startswith(("blur", "key")):
                return receive(command)
            self._held.append(lambda: receive(command))
            return None

        editor.web.set_bridge_command(receive_when_open, editor)

    def _hold(self) -> None:
        self._held = self._held or []

    def _let_go(self) -> None:
        held, self._held = self._held or [], None
        for work in held:
            QTimer.singleShot(0, work)

    def showing(self, note_ids: set[int] | None) -> list[Any]:
        """Return the editors that show one of these notes; None means any note. Any thread."""
        editors = (editor for editor in self._alive() if editor.editorMode is not EditorMode.ADD_CARDS)
        return [e for e in editors if (shown := _note_id(e)) and (note_ids is None or shown in note_ids)]

    def _alive(self) -> list[Any]:
        """Those whose window is open. The object of a closed one can last, and may still name its note."""
        return [editor for ref in self._known if (editor := ref()) is not None and editor.web is not None]

    def save(self, note_ids: set[int] | None, then: Callable[[], None]) -> None:
        """Store what was typed in editors of these notes, then call `then`, even after a failure. Main thread only."""
        if not self.showing(note_ids):
            then()
            return

        def save(editor: Any, saved: Callable[[], None]) -> None:
            if getattr(editor.web, "_domDone", True):
                after_saved(editor, saved)
            else:  # not loaded: nothing was typed
                saved()

        self._for_each(lambda: self.showing(note_ids), save, then, PAGE_TIMEOUT_MS)

    def draw(self, then: Callable[[], None]) -> None:
        """Call `then` when all editors have drawn their notes and Anki is free, even after a failure. Main thread only.

        An editor that is still drawing when the collection is closed shows an error, and Anki cannot close its window.
        """

        def draw(editor: Any, drawn: Callable[[], None]) -> None:
            web = editor.web  # its page answers in the order in which it is asked
            after_saved(editor, lambda: web.evalWithCallback("0", lambda _: drawn()))

        self._for_each(self._alive, draw, lambda: self._main.when_free(then), DRAWING_TIMEOUT_MS)

    def _for_each(
        self, list_editors: Callable[[], list[Any]], ask: Callable[[Any, Work], None], then: Work, timeout_ms: int
    ) -> None:
        """Ask all editors at once, and go on when all have answered, or after some milliseconds."""
        finish = once(then)
        QTimer.singleShot(timeout_ms, finish)

        def begin() -> None:
            editors = list_editors()
            waiting = len(editors)

            def one_less() -> None:
                nonlocal waiting
                waiting -= 1
                if waiting <= 0:
                    self._main.when_free(finish)

            if not editors:
                finish()
            for editor in editors:
                ask(editor, one_less)

        self._main.when_free(begin)


class _NoteText(NamedTuple):
    """What an editor can change in a note."""

    note_id: NoteId
    note_type_id: NotetypeId
    fields: list[str]
    tags: list[str]

    @classmethod
    def of(cls, note: Note) -> _NoteText:
        return cls(note.id, note.mid, list(note.fields), list(note.tags))


def _store(text: _NoteText, before: _NoteText | None, col: Collection) -> OpChanges:
    """Store those fields of a note, and its tags, that are not as they were before. Any thread."""
    note = col.get_note(text.note_id)
    if note.mid != text.note_type_id or len(note.fields) != len(text.fields):
        return OpChanges()  # Anki ignores what a page says after such a change, too
    if before is None or before.note_id != note.id or len(before.fields) != len(text.fields):
        note.fields, note.tags = text.fields, text.tags
    else:
        fields = zip(text.fields, before.fields, note.fields, strict=True)
        note.fields = [stored if now == was else now for now, was, stored in fields]
        note.tags = note.tags if text.tags == before.tags else text.tags
    return col.update_note(note)


def _note_id(editor: Any) -> int | None:
    note = getattr(editor, "note", None)
    return (note.id or None) if note is not None else getattr(editor, "nid", None)
