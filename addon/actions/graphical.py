"""Anki's windows: the browser, the Add window and the reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..rpc.context import Context
from ..rpc.errors import DeckNotFound, InvalidSearch, ModelNotFound, Refused, ReviewInactive
from ..rpc.registry import RunsOn, Scope, action
from ..schemas import graphical as s
from ..schemas.base import NoParams
from .card import next_reviews
from .card_rendering import render
from .media import fetch_for_note
from .model import require_model
from .note import field_values
from .note_drafts import attach_files, write_fields

if TYPE_CHECKING:
    from anki.cards import Card

ORDERS = ("ascending", "descending")


# --- browser ---


@action(
    "guiBrowse",
    s.GuiBrowse,
    s.BROWSED_CARDS,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[InvalidSearch, Refused],
)
def gui_browse(ctx: Context, query: str | None, reorder_cards: dict[str, str] | None) -> list[int]:
    """Open or raise the browser, search in it, and return the ids of the cards that match.

    Sorting changes what the browser shows, not the order of the ids.
    """
    import aqt

    col = ctx.col  # without one, Anki's browser opens broken
    browser = aqt.dialogs.open("Browser", ctx.mw)
    browser.activateWindow()
    found: list[int] = []
    if query is not None:
        found = list(col.find_cards(query))  # before the browser, which warns of a wrong query in a modal dialog
        browser.search_for(query)
        browser.update_history()
    if reorder_cards is not None:
        _sort(browser, **reorder_cards)
    return found


def _sort(browser: Any, order: str, column_id: str) -> None:
    if order not in ORDERS:
        raise Refused(f"invalid card order: {order}", field="reorderCards.order")
    column = browser.table._model.active_column_index(column_id)
    if column is None:
        raise Refused(f"invalid columnId: {column_id}", field="reorderCards.columnId")
    from aqt.qt import Qt

    is_descending = order == "descending"
    browser.table._on_sort_column_changed(
        column, Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
    )


# --- Add window ---


@action(
    "guiAddCards",
    s.GuiAddCards,
    s.SHOWN_NOTE_ID,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    prepare=lambda params, caller: fetch_for_note(params, caller) if params["note"] else params,
    errors=[DeckNotFound, ModelNotFound, Refused],
)
def gui_add_cards(ctx: Context, note: dict[str, Any] | None, lenient: bool) -> int:
    """Open the Add window, with a note filled in if one is given. Nothing is added until the user does it."""
    import aqt

    mw, col = ctx.mw, ctx.col
    if note is None:
        aqt.dialogs.open("AddCards", mw)
        return 0
    deck_id = col.decks.id_for_name(note["deck_name"])
    if deck_id is None:
        raise DeckNotFound(f"deck was not found: {note['deck_name']}", deck=note["deck_name"])
    draft = col.new_note(require_model(col, note["model_name"]))
    write_fields(draft, note["fields"], note["model_name"], lenient)
    draft.tags = note["tags"]
    attach_files(col, draft, note, lenient)
    col.decks.set_current(deck_id)

    def show() -> None:
        window = aqt.dialogs.open("AddCards", mw)
        window.set_note(draft, deck_id)
        window.activateWindow()

    if (window := aqt.dialogs._dialogs["AddCards"][1]) is not None:
        window.closeWithCallback(show)  # asks the user about unsaved input, and shows the draft afterwards
    else:
        show()
    return draft.id


# --- reviewer ---


def _current(ctx: Context) -> Card | None:
    """The card on screen, None when no review is running."""
    mw = ctx.mw
    return mw.reviewer.card if mw.state == "review" else None


@action("guiReviewActive", NoParams, s.DONE, runs_on=RunsOn.GUI, scope=Scope.GUI)
def gui_review_active(ctx: Context) -> bool:
    """Tell whether a review is running and shows a card."""
    return _current(ctx) is not None


@action(
    "guiCurrentCard",
    NoParams,
    s.CURRENT_CARD,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
)
def gui_current_card(ctx: Context) -> dict[str, Any]:
    """Describe the card on screen."""
    card = _current(ctx)
    if card is None:
        raise ReviewInactive("Gui review is not currently active.")
    model = card.note_type()
    names = ctx.col.models.field_names(model)
    question, answer = render(ctx.col, card.id, model["css"])
    return {
        "cardId": card.id,
        "fields": field_values(names, "\x1f".join(card.note().fields)),
        "fieldOrder": card.ord,
        "question": question,
        "answer": answer,
        "buttons": [ease for ease, _ in ctx.mw.reviewer._answerButtonList()],
        "nextReviews": next_reviews(ctx, card.id),
        "modelName": model["name"],
        "deckName": ctx.col.decks.name(card.did),
        "css": model["css"],
        "template": card.template()["name"],
    }


@action("guiShowQuestion", NoParams, s.DONE, runs_on=RunsOn.GUI, scope=Scope.GUI)
def gui_show_question(ctx: Context) -> bool:
    """Turn to the question side of the card on screen."""
    if _current(ctx) is None:
        return False
    ctx.mw.reviewer._showQuestion()
    return True


@action("guiShowAnswer", NoParams, s.DONE, runs_on=RunsOn.GUI, scope=Scope.GUI)
def gui_show_answer(ctx: Context) -> bool:
    """Turn to the answer side of the card on screen."""
    if _current(ctx) is None:
        return False
    ctx.mw.reviewer._showAnswer()
    return True


@action("guiAnswerCard", s.GuiAnswerCard, s.DONE, runs_on=RunsOn.GUI, scope=Scope.GUI, writes=True)
def gui_answer_card(ctx: Context, ease: int) -> bool:
    """Answer the card on screen; its answer side must be shown."""
    reviewer = ctx.mw.reviewer
    if _current(ctx) is None or reviewer.state != "answer":
        return False
    if not 1 <= ease <= ctx.col.sched.answerButtons(reviewer.card):
        return False
    reviewer._answerCard(ease)
    return True


@action("guiDeckReview", s.GuiDeckReview, s.DONE, runs_on=RunsOn.GUI, scope=Scope.GUI)
def gui_deck_review(ctx: Context, name: str) -> bool:
    """Begin to review a deck; false when there is no deck of that name."""
    deck_id = ctx.col.decks.id_for_name(name)
    if deck_id is None:
        return False
    ctx.col.decks.set_current(deck_id)
    ctx.mw.moveToState("review")
    return True
