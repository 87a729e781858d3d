"""The windows that show notes: the browser, the Add window and the window that edits one note."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from anki.collection import Config

from ...collection.errors import CardNotFound, DeckNotFound, InvalidSearch, ModelNotFound, NoteNotFound, WindowClosed
from ...gui.editor import EDIT_WINDOW, PAGE_TIMEOUT_MS, after_saved, once
from ...gui.windows import find_window, open_window
from ...rpc.context import Context
from ...rpc.errors import DownloadFailed, FileProblem, NotFound, Refused
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.windows import DONE
from ...schemas.graphical import notes as s
from .. import searching
from ..card.cards import refuse_unknown_cards
from ..deck.decks import deck_not_found, find_deck, refuse_filtered
from ..media.files import fetch_for_note, needs_of_note
from ..model.models import require_model
from ..note.drafts import attach_files, deck_wanted, model_wanted, write_fields
from ..note.updates import require_note
from ..tag.tags import require_shallow_tags

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.decks import DeckId
    from anki.notes import Note

ORDERS = ("ascending", "descending")
EXPERIMENTAL = "The open Add window is Anki's experimental one, which takes no data; guiAddCards opens the other"


# --- browser ---


@action(
    "guiBrowse",
    s.GuiBrowse,
    s.BROWSED_CARDS,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[InvalidSearch, Refused],
    examples=[
        Example("a deck", {"query": "deck:Italian::A1"}, [1700000001001, 1700000001002]),
        Example(
            "sorted, in the background",
            {
                "query": "tag:fruit",
                "reorderCards": {"order": "descending", "columnId": "noteFld"},
                "activate": False,
            },
            [1700000001001],
        ),
    ],
)
def gui_browse(ctx: Context, query: str | None, reorder_cards: dict[str, str] | None, activate: bool) -> list[int]:
    """Open the browser or bring it to the front, search in it, and return the ids of the cards that match.

    Sorting changes the order in the browser, not that of the ids.
    """
    col = ctx.col  # without a collection, Anki's browser opens broken
    if _browser() is None:
        _require_openable(col)
    browser = open_window(ctx.mw, "Browser", activate=activate)
    found: list[int] = []
    if query is not None:
        found = list(searching.find_cards(ctx, query))  # the browser reports an invalid query in a modal dialog
        browser.search_for(query)
        browser.update_history()
    if reorder_cards is not None:
        _sort(browser, **reorder_cards)
    return found


def _require_openable(col: Collection) -> None:
    """Raise InvalidSearch or Refused if a new browser could not read the default search or the tags."""
    default = col.get_config_string(Config.String.DEFAULT_SEARCH_TEXT)
    searching.require_readable(default, searching.SearchSource("The default search text in Anki's preferences", {}))
    require_shallow_tags(col)


def _sort(browser: Any, order: str, column_id: str) -> None:
    if order not in ORDERS:
        raise Refused(f"invalid card order: {order}", field=s.GuiBrowse.wire("reorder_cards", "order"))
    column = browser.table._model.active_column_index(column_id)
    if column is None:
        raise Refused(f"invalid columnId: {column_id}", field=s.GuiBrowse.wire("reorder_cards", "column_id"))
    from aqt.qt import Qt

    is_descending = order == "descending"
    browser.table._on_sort_column_changed(
        column, Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
    )


def _browser() -> Any:
    """The open browser, or None."""
    return find_window("Browser")


@action(
    "guiSelectCard",
    s.GuiSelectCard,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[WindowClosed, CardNotFound, Refused],
    examples=[Example("a card that the browser lists", {"card": 1700000001001}, True)],
)
def gui_select_card(ctx: Context, card: int) -> bool:
    """Select only this card in the open browser. A card that the browser does not list is refused."""
    browser = _browser()
    if browser is None:
        raise WindowClosed("The browser is not open.")
    if not ctx.tolerant:
        refuse_unknown_cards(ctx, [card])
        if browser.table._model.get_card_row(card) is None:
            raise Refused("The browser does not list this card.", card=card)
    browser.table.select_single_card(card)
    return True


@action(
    "guiSelectNote",
    s.GuiSelectNote,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[WindowClosed, CardNotFound, Refused],
    examples=[Example("a card that the browser lists", {"note": 1700000001001}, True)],
)
def gui_select_note(ctx: Context, note: int) -> bool:
    """Select only this card in the open browser. This is an older name of guiSelectCard: `note` is a card id."""
    return gui_select_card(ctx, note)


@action(
    "guiSelectedNotes",
    NoParams,
    s.SELECTED_NOTES,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    examples=[Example("one is selected", {}, [1700000000001])],
)
def gui_selected_notes(ctx: Context) -> list[int]:
    """Return the ids of the notes that are selected in the open browser."""
    browser = _browser()
    return [] if browser is None else list(browser.selected_notes())


# --- Add window ---


@action(
    "guiAddCards",
    s.GuiAddCards,
    s.SHOWN_NOTE_ID,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    prepare=fetch_for_note,
    needs=needs_of_note,
    errors=[DeckNotFound, ModelNotFound, Refused, FileProblem, DownloadFailed],
    examples=[
        Example(
            "a word to be looked through",
            {
                "note": {
                    "deckName": "Italian::A1",
                    "modelName": "Italian vocab",
                    "fields": {"Word": "pera", "Meaning": "pear"},
                    "tags": ["fruit"],
                }
            },
            0,
        ),
    ],
)
def gui_add_cards(ctx: Context, note: dict[str, Any] | None, activate: bool) -> int:
    """Open the Add window, with a note filled in if one is given. Only the user can add the note."""
    mw, col = ctx.mw, ctx.col
    if note is None:
        open_window(mw, "AddCards", activate=activate)
        return 0
    deck_id = _target(ctx, deck_wanted(note))
    model = require_model(col, model_wanted(note))
    draft = col.new_note(model)
    write_fields(draft, note["fields"], note.get("model_name", model["name"]), ctx.tolerant)
    draft.tags = note["tags"]
    attach_files(col, draft, note, ctx.tolerant)
    col.decks.set_current(deck_id)

    def show() -> None:
        open_window(mw, "AddCards", activate=activate).set_note(draft, deck_id)

    if (window := find_window("AddCards")) is not None:
        window.closeWithCallback(show)  # asks the user about unsaved input, then shows the draft
    else:
        show()
    return draft.id


def _target(ctx: Context, wanted: str | int) -> DeckId:
    """The deck for a new note. Raises DeckNotFound, and Refused for a filtered deck."""
    deck_id = find_deck(ctx.col, wanted)
    if deck_id is None:
        raise deck_not_found(wanted)
    if not ctx.tolerant:
        refuse_filtered(ctx.col, deck_id)
    return deck_id


@action(
    "guiAddNoteSetData",
    s.GuiAddNoteSetData,
    s.ADD_WINDOW_CHANGED,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    prepare=fetch_for_note,
    needs=needs_of_note,
    errors=[WindowClosed, DeckNotFound, ModelNotFound, NotFound, Refused, FileProblem, DownloadFailed],
    examples=[Example("one field", {"note": {"fields": {"Meaning": "a pear"}}}, True)],
)
def gui_add_note_set_data(ctx: Context, note: dict[str, Any], append: bool) -> Future[bool]:
    """Fill in the open Add window: deck, note type, fields, tags and files.

    Values that are left out stay, and so does the user's input in other fields. Everything is checked before anything
    is changed. The call first waits for the window to save the user's input. If a dialog or a script delays that for
    more than two seconds, the note is filled in as it is.
    """
    from aqt.qt import QTimer

    window = find_window("AddCards")
    if window is None:
        raise WindowClosed(EXPERIMENTAL) if find_window("NewAddCards") is not None else _add_window_closed()
    done: Future[bool] = Future()
    done.set_running_or_notify_cancel()

    @once
    def change() -> None:
        try:
            if find_window("AddCards") is not window:
                raise _add_window_closed()
            _fill_in(ctx, window, note, append)
        except Exception as error:
            done.set_exception(error.with_traceback(None))
        else:
            after_saved(window.editor, succeed)  # the user's input has arrived

    def succeed() -> None:
        if not done.done():
            done.set_result(True)

    def go_on() -> None:
        change()
        succeed()

    after_saved(window.editor, change)
    QTimer.singleShot(PAGE_TIMEOUT_MS, go_on)
    return done


def _add_window_closed() -> WindowClosed:
    words = "The Add window is not open. guiAddCards opens it."
    return WindowClosed("Add Note dialog is not open", in_plain_words=words)


def _fill_in(ctx: Context, window: Any, change: dict[str, Any], append: bool) -> None:
    col = ctx.col
    gives_model = change["model_name"] is not None or "model_id" in change
    model = require_model(col, model_wanted(change)) if gives_model else window.editor.note.note_type()
    gives_deck = change["deck_name"] is not None or "deck_id" in change
    deck_id = _target(ctx, deck_wanted(change)) if gives_deck else None
    names = col.models.field_names(model)
    for name in change["fields"]:
        if name not in names:
            raise NotFound(f"field was not found in {model['name']}: {name}", model=model["name"], field=name)
    files = col.new_note(model)
    attach_files(col, files, change, ctx.tolerant)
    if gives_model:
        window.notetype_chooser.selected_notetype_id = model["id"]  # moves the content of the fields over
    if deck_id is not None:
        window.deck_chooser.selected_deck_id = deck_id  # after the note type, which may set its own deck
    shown: Note = window.editor.note
    for name, value in change["fields"].items():
        shown[name] = shown[name] + value if append else value
    for name, references in files.items():
        shown[name] += references
    if change["tags"] is not None:
        shown.tags = [*dict.fromkeys([*shown.tags, *change["tags"]])] if append else change["tags"]
    window.editor.loadNoteKeepingFocus()


# --- one note ---


@action(
    "guiEditNote",
    s.GuiEditNote,
    NOTHING,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[NoteNotFound],
    examples=[Example("a note", {"note": 1700000000001}, None)],
)
def gui_edit_note(ctx: Context, note: int, activate: bool) -> None:
    """Show a note for editing in a window of its own. Another call shows its note in the same window.

    In the window the user can preview the note, open it in the browser, and return to notes that it showed before.
    """
    require_note(ctx.col, note)
    open_window(ctx.mw, EDIT_WINDOW, note, activate=activate)
