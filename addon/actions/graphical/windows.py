"""Opens Anki's windows for options, note types and statistics, and others in which only the user can go on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.cards import CardId
from anki.consts import MODEL_CLOZE
from anki.notes import NoteId

from ...collection.errors import (
    AnkiError,
    CardNotFound,
    DeckNotFound,
    ModelNotFound,
    NoteNotFound,
    SchedulerOutdated,
)
from ...collection.rows import refuse_unreadable_of
from ...gui.dialogs import waiting_dialog
from ...gui.windows import find_window, raise_window, when_page, when_shown
from ...rpc.context import Context
from ...rpc.errors import Busy, Refused
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.fields.basic import NOTHING
from ...schemas.graphical import windows as s
from ..card.cards import card_not_found
from ..deck.current import existing_deck
from ..media.files import refuse_databases
from ..model.models import require_model
from ..note.updates import require_note

if TYPE_CHECKING:
    from anki.cards import Card
    from anki.decks import DeckId
    from aqt.main import AnkiQt
    from aqt.qt import QDialog

CARD_INFO = "AnkiRpcCardInfo"
"""The name of our window with Anki's card information in Anki's dialog manager."""
FILTERED, STATISTICS = "FilteredDeckConfigDialog", "NewDeckStats"
"""Anki's names there."""
SHOWS = "_anki_rpc_shows"
"""The attribute of an open window that holds its class and `_Opening.shows`."""


class _Opening(NamedTuple):
    """How to open a window, after everything has been checked."""

    window_class: type[Any] | None
    """None if Anki shows the window later."""
    open: Callable[[], Any]
    """Creates the window."""
    shows: object = None
    """What a modal window shows. An open one of the same kind is used again only for the same."""
    reuse: Callable[[], QDialog | None] = lambda: None
    """Makes the open window show what the call asks for, and returns it; None if it is not open."""
    waits: bool = False
    """Creating the window waits for the user, in an event loop of its own."""

    @property
    def dialog(self) -> tuple[type[Any] | None, object]:
        """What two openings of the same modal window have in common."""
        return self.window_class, self.shows


_coming: dict[tuple[type[Any] | None, object], Future[Any]] = {}
"""The modal window that is about to be shown, if any, by `_Opening.dialog`. Anki may fetch its data before."""


def _needs(params: dict[str, Any]) -> list[tuple[Scope, str]]:
    if params["window"] != "checkMedia":
        return []
    return [(scope, "check the media, which can rename files in notes") for scope in (Scope.MEDIA, Scope.WRITE)]


@action(
    "guiOpen",
    s.GuiOpen,
    NOTHING,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    needs=_needs,
    writes=True,
    undoable=False,
    touches_notes=lambda params: None if params["window"] == "checkMedia" else (),
    errors=[
        *(Busy, DeckNotFound, NoteNotFound, CardNotFound, ModelNotFound),
        *(Refused, SchedulerOutdated, AnkiError),
    ],
    examples=[
        Example("the options of a deck", {"window": "deckOptions", "deck": "Italian::A1"}, None),
        Example(
            "a card's templates", {"window": "cardLayout", "deck": None, "note": None, "card": 1700000001001}, None
        ),
    ],
)
def gui_open(ctx: Context, window: str, activate: bool, **subject: Any) -> Future[None] | None:
    """Open one of Anki's windows, in which the user goes on. The response comes when the window is shown.

    `statistics`, `preferences` and `cardInfo` leave the user free to use other windows. A further call uses the open
    window, and makes it show what the call asks for.

    `noteTypes`, `fields`, `cardLayout`, `deckOptions`, `filteredDeck`, `customStudy` and `export` are dialogs: until
    the user closes them, Anki's main window takes no input, also without `activate`. Programs are served meanwhile, but
    this method opens no other window then: it fails with `busy`, unless it asks for the same again.

    `checkMedia` starts the check, and the response does not wait for it. The findings are shown when it has ended. It
    needs the scopes `media` and `write`, as the method `checkMedia` does.

    With a deck, `statistics` and `customStudy` make it the current one. Without one, `deckOptions` is about the current
    deck, and `filteredDeck` about a new one. `deckOptions` of a filtered deck are those of `filteredDeck`.
    """
    opening = _OPENINGS[window](ctx, **subject)
    coming = _coming_already(opening)
    if coming is not None:
        return _answer(coming, activate=activate)
    shown = _open_already(opening)
    if shown is not None:
        if activate:
            raise_window(shown)
        return None
    if opening.window_class is None:
        opening.open()
        return None
    return _answer(_show(opening, activate=activate), activate=activate)


def _coming_already(opening: _Opening) -> Future[Any] | None:
    """The same modal window if it is about to be shown; None if none is. Raises Busy if another one is."""
    coming = _coming.get(opening.dialog)
    if coming is None and _coming:
        raise Busy("Anki is about to open a dialog. It has to be closed first.")
    return coming


def _open_already(opening: _Opening) -> Any:
    """The open window that shows what the call asks for; None if there is none. Raises Busy for another dialog."""
    dialog = waiting_dialog()
    if dialog is None:
        return opening.reuse()
    if opening.shows is None or getattr(dialog, SHOWS, None) != opening.dialog:
        title = dialog.windowTitle()
        raise Busy(f"Anki has a dialog open{f': {title}' if title else ''}. It has to be closed first.")
    return dialog


def _answer(shown: Future[Any], *, activate: bool) -> Future[None]:
    """The answer to one of the calls that wait for a window."""
    answer: Future[None] = Future()
    answer.set_running_or_notify_cancel()

    def tell(done: Future[Any]) -> None:
        error = done.exception()
        if error is not None:
            answer.set_exception(error)
            return
        if activate:
            raise_window(done.result())
        answer.set_result(None)

    shown.add_done_callback(tell)
    return answer


def _show(opening: _Opening, *, activate: bool) -> Future[Any]:
    """Create the window, and return its future. It is done when the window is shown, and fails if it cannot be."""
    from aqt.qt import QTimer

    shown: Future[Any] = Future()
    shown.set_running_or_notify_cancel()
    if opening.shows is not None:
        _coming[opening.dialog] = shown
        shown.add_done_callback(lambda _: _coming.pop(opening.dialog))

    def tell(done: Future[Any]) -> None:
        window = done.result()
        if shown.done():
            return
        if window is None:
            shown.set_exception(AnkiError("Anki has not shown the window."))
            return
        setattr(window, SHOWS, opening.dialog)
        shown.set_result(window)

    def open() -> None:
        try:
            if _open_already(opening) is None:
                opening.open()
        except Exception as error:
            if shown.done():
                raise
            shown.set_exception(error.with_traceback(None))

    when_shown(opening.window_class, activate=activate).add_done_callback(tell)
    if opening.waits:
        QTimer.singleShot(0, open)
    else:
        open()
    return shown


# --- decks ---


def _deck_id(ctx: Context, name: str | None) -> DeckId:
    return ctx.col.decks.get_current_id() if name is None else existing_deck(ctx, name)


def _select(ctx: Context, deck_id: DeckId) -> None:
    if ctx.col.decks.get_current_id() != deck_id:
        ctx.col.decks.set_current(deck_id)
        ctx.mw.update_undo_actions()


def _statistics(ctx: Context, deck: str | None, **_: None) -> _Opening:
    import aqt
    from aqt.stats import NewDeckStats

    mw, deck_id = ctx.mw, _deck_id(ctx, deck)

    def open() -> None:
        _select(ctx, deck_id)
        aqt.dialogs.open(STATISTICS, mw)

    def reuse() -> Any:
        window = find_window(STATISTICS)
        if window is not None and deck is not None:
            _select(ctx, deck_id)
            window.deck_chooser.selected_deck_id = deck_id
            # Anki warns the user if a page is left before its data has arrived.
            when_page(lambda: window.form.web, "document.querySelector('svg') !== null", window.refresh)
        return window

    return _Opening(NewDeckStats, open, reuse=reuse)


def _deck_options(ctx: Context, deck: str | None, **_: None) -> _Opening:
    from aqt.deckoptions import DeckOptionsDialog

    mw, deck_id = ctx.mw, _deck_id(ctx, deck)
    found = ctx.col.decks.get(deck_id)
    assert found is not None
    if found["dyn"]:
        return _filtered_deck_of(ctx, deck_id)
    if not ctx.col.v3_scheduler():  # Anki would open an older window
        raise SchedulerOutdated
    return _Opening(DeckOptionsDialog, lambda: DeckOptionsDialog(mw, found), deck_id)


def _filtered_deck(ctx: Context, deck: str | None, **_: None) -> _Opening:
    if deck is None:
        return _filtered_deck_of(ctx, None)
    deck_id = existing_deck(ctx, deck)
    if not ctx.col.decks.is_filtered(deck_id):
        raise Refused(f"The deck is not filtered: {deck}", deck=deck)
    return _filtered_deck_of(ctx, deck_id)


def _filtered_deck_of(ctx: Context, deck_id: DeckId | None) -> _Opening:
    import aqt
    from aqt.filtered_deck import FilteredDeckConfigDialog

    mw, more = ctx.mw, {} if deck_id is None else {"deck_id": deck_id}
    return _Opening(FilteredDeckConfigDialog, lambda: aqt.dialogs.open(FILTERED, mw, **more), deck_id or "new")


def _custom_study(ctx: Context, deck: str | None, **_: None) -> _Opening:
    from aqt.customstudy import CustomStudy

    mw, deck_id = ctx.mw, _deck_id(ctx, deck)
    if ctx.col.decks.is_filtered(deck_id):
        name = ctx.col.decks.name(deck_id)
        raise Refused(f"Anki has no custom study of a filtered deck: {name}", deck=name)

    def open() -> None:
        _select(ctx, deck_id)
        CustomStudy.fetch_data_and_show(mw)

    return _Opening(CustomStudy, open, deck_id)


def _export(ctx: Context, deck: str | None, note: int | None, **_: None) -> _Opening:
    from aqt.import_export.exporting import ExportDialog

    mw = ctx.mw
    deck_id = None if deck is None else existing_deck(ctx, deck)
    notes = None if note is None else [NoteId(require_note(ctx.col, note).id)]
    return _Opening(ExportDialog, lambda: ExportDialog(mw, did=deck_id, nids=notes), (deck_id, note))


# --- note types ---


def _note_types(ctx: Context, model_name: str | None, **_: None) -> _Opening:
    from aqt.models import Models

    mw = ctx.mw
    model_id = None if model_name is None else require_model(ctx.col, model_name)["id"]
    return _Opening(
        Models, lambda: Models(mw, mw, fromMain=True, selected_notetype_id=model_id), model_id or "all of them"
    )


def _fields(ctx: Context, model_name: str, **_: None) -> _Opening:
    from aqt.fields import FieldDialog

    mw, model = ctx.mw, require_model(ctx.col, model_name)
    return _Opening(FieldDialog, lambda: FieldDialog(mw, model), model["id"], waits=True)


def _card_layout(ctx: Context, note: int | None, card: int | None, model_name: str | None, **_: None) -> _Opening:
    from aqt.clayout import CardLayout

    mw = ctx.mw
    if model_name is not None:
        model = require_model(ctx.col, model_name)
        sample = ctx.col.new_note(model)
        return _Opening(CardLayout, lambda: CardLayout(mw, sample, fill_empty=True), ("model", model["id"]))
    shown_card = None if card is None else _card(ctx, card)
    shown_note = require_note(ctx.col, note if shown_card is None else shown_card.nid)
    index = 0 if shown_card is None else shown_card.ord
    kind = shown_note.note_type()
    if kind is not None and kind["type"] != MODEL_CLOZE and index >= len(kind["tmpls"]):
        raise Refused("Anki cannot show the template of this card, because it does not exist.", card=card)
    return _Opening(CardLayout, lambda: CardLayout(mw, shown_note, ord=index), (shown_note.id, index))


# --- others ---


def _card(ctx: Context, card_id: int) -> Card:
    assert ctx.col.db is not None
    if not ctx.col.db.scalar("select exists(select 1 from cards where id = ?)", card_id):
        raise card_not_found(card_id)
    refuse_unreadable_of(ctx.col, "card", "id", [card_id])
    return ctx.col.get_card(CardId(card_id))


def _card_info(ctx: Context, card: int, **_: None) -> _Opening:
    import aqt
    from aqt.browser.card_info import CardInfoDialog
    from aqt.utils import tr

    mw, shown_card = ctx.mw, _card(ctx, card)

    def create(mw: AnkiQt) -> CardInfoDialog:
        def closed() -> None:
            aqt.dialogs.markClosed(CARD_INFO)

        return CardInfoDialog(None, mw, shown_card, closed, window_title=tr.actions_card_info())

    def open() -> None:
        aqt.dialogs.register_dialog(CARD_INFO, create)  # Anki closes it together with its own windows
        aqt.dialogs.open(CARD_INFO, mw)

    def reuse() -> Any:
        window = find_window(CARD_INFO)
        if window is not None:
            is_ready = "typeof anki === 'object' && typeof anki.updateCard === 'function'"
            window._anki_rpc_card = shown_card.id  # of several calls, the last one counts
            when_page(lambda: window.web, is_ready, lambda: window.update_card(window._anki_rpc_card))
        return window

    return _Opening(CardInfoDialog, open, reuse=reuse)


def _preferences(ctx: Context, **_: None) -> _Opening:
    import aqt
    from aqt.preferences import Preferences

    mw = ctx.mw
    ctx.col  # noqa: B018  (raises without a collection)
    return _Opening(Preferences, lambda: aqt.dialogs.open("Preferences", mw), reuse=lambda: find_window("Preferences"))


def _check_media(ctx: Context, **_: None) -> _Opening:
    refuse_databases(ctx.col)

    def begin() -> None:
        if ctx.mw.progress.busy():  # Anki shows it a moment later, so no dialog waits yet
            raise Busy("Anki is at work, perhaps on another check. Wait until it has ended.")
        ctx.mw.on_check_media_db()

    return _Opening(None, begin)


_OPENINGS: dict[str, Callable[..., _Opening]] = {
    "statistics": _statistics,
    "preferences": _preferences,
    "noteTypes": _note_types,
    "fields": _fields,
    "cardLayout": _card_layout,
    "deckOptions": _deck_options,
    "filteredDeck": _filtered_deck,
    "customStudy": _custom_study,
    "cardInfo": _card_info,
    "export": _export,
    "checkMedia": _check_media,
}
