"""The review screen: what it shows, and answering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.errors import NotFoundError

from ...collection.errors import ReviewInactive
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.fields.windows import DONE
from ...schemas.graphical import reviewer as s
from ..card.cards import next_reviews
from ..card.rendering import render
from ..note.reading import field_values

if TYPE_CHECKING:
    from anki.cards import Card
    from aqt.reviewer import Reviewer


CSS = ".card { font-size: 24px; }"
EXAMPLE = Example(
    "during a review",
    {},
    {
        "cardId": 1700000001001,
        "fields": {"Word": {"value": "mela", "order": 0}, "Meaning": {"value": "apple", "order": 1}},
        "fieldOrder": 0,
        "question": f"<style>{CSS}</style>mela",
        "answer": f"<style>{CSS}</style>mela\n\n<hr id=answer>\n\napple",
        "buttons": [1, 2, 3, 4],
        "nextReviews": ["<1m", "<6m", "<10m", "3d"],
        "modelName": "Italian vocab",
        "deckName": "Italian::A1",
        "css": CSS,
        "template": "Card 1",
    },
)


SCHEDULING = ("deck_id", "ctype", "queue", "due", "interval", "ease_factor", "reps", "lapses", "original_deck_id")
"""Members of a backend card that decide its queue and its place in it."""


def _current(ctx: Context) -> Card | None:
    """The card on screen; None if no review is running."""
    mw = ctx.mw
    if mw.state == "review":
        _refresh(mw.reviewer)
    return mw.reviewer.card if mw.state == "review" else None


def _require_current(ctx: Context) -> Card:
    """The card on screen. Raises ReviewInactive."""
    card = _current(ctx)
    if card is None:
        raise ReviewInactive(
            "Gui review is not currently active.", in_plain_words="No review is running. guiDeckReview starts one."
        )
    return card


def _refresh(reviewer: Reviewer) -> None:
    """Make the reviewer show what it shows when the user returns to it.

    While another window is in front, Anki only records that something has changed. A later change of a text or a flag
    makes it forget that the queue has changed, too.
    """
    if reviewer._refresh_needed is not None and _was_rescheduled(reviewer):
        reviewer._refresh_needed = None
        reviewer.nextCard()
        reviewer.mw.fade_in_webview()
    reviewer.refresh_if_needed()


def _was_rescheduled(reviewer: Reviewer) -> bool:
    """Whether the card on screen is gone, or its place in the queue has changed since it was shown."""
    col, info = reviewer.mw.col, reviewer._v3
    if info is None:
        return True
    then = info.top_card().card
    try:
        now = col._backend.get_card(then.id)
    except NotFoundError:
        return True
    return any(getattr(then, name) != getattr(now, name) for name in SCHEDULING)


@action(
    "guiReviewActive",
    NoParams,
    s.REVIEW_ACTIVE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    examples=[Example("during a review", {}, True)],
)
def gui_review_active(ctx: Context) -> bool:
    """Report whether a review is running and shows a card."""
    return _current(ctx) is not None


@action(
    "guiCurrentCard",
    NoParams,
    s.CURRENT_CARD,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
    examples=[EXAMPLE],
)
def gui_current_card(ctx: Context) -> dict[str, Any]:
    """Describe the card on screen."""
    card = _require_current(ctx)
    model = card.note_type()
    names = ctx.col.models.field_names(model)
    question, answer = render(ctx.col, card.id, model["css"], model["id"])
    return {
        "cardId": card.id,
        "fields": field_values(names, card.note().fields),
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


@action(
    "guiShowQuestion",
    NoParams,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
    examples=[Example("during a review", {}, True)],
)
def gui_show_question(ctx: Context) -> bool:
    """Show the question side of the card on screen."""
    _require_current(ctx)
    ctx.mw.reviewer._showQuestion()
    return True


@action(
    "guiShowAnswer",
    NoParams,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
    examples=[Example("during a review", {}, True)],
)
def gui_show_answer(ctx: Context) -> bool:
    """Show the answer side of the card on screen."""
    _require_current(ctx)
    ctx.mw.reviewer._showAnswer()
    return True


@action(
    "guiAnswerCard",
    s.GuiAnswerCard,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    writes=True,
    errors=[ReviewInactive, Refused],
    examples=[Example("Good, when the answer is shown", {"ease": 3}, True)],
)
def gui_answer_card(ctx: Context, ease: int) -> bool:
    """Answer the card on screen; its answer side must be shown."""
    reviewer = ctx.mw.reviewer
    card = _require_current(ctx)
    if reviewer.state != "answer":
        raise Refused("The answer side is not shown.", card=card.id)
    if not 1 <= ease <= ctx.col.sched.answerButtons(card):
        raise Refused(f"The card has no such answer button: {ease}", field=s.GuiAnswerCard.wire("ease"))
    reviewer._answerCard(ease)
    if reviewer.state == "answer":
        raise Refused("Another add-on of Anki does not let the card be answered.", card=card.id)
    return True


@action(
    "guiStartCardTimer",
    NoParams,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
    examples=[Example("during a review", {}, True)],
)
def gui_start_card_timer(ctx: Context) -> bool:
    """Restart the answer timer of the card on screen."""
    _require_current(ctx).start_timer()
    return True


@action(
    "guiPlayAudio",
    NoParams,
    DONE,
    runs_on=RunsOn.GUI,
    scope=Scope.GUI,
    errors=[ReviewInactive],
    examples=[Example("during a review", {}, True)],
)
def gui_play_audio(ctx: Context) -> bool:
    """Play the sounds of the shown side again; true even if it has none."""
    _require_current(ctx)
    ctx.mw.reviewer.replayAudio()
    return True
