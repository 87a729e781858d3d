"""Text files of cards, with both sides as they are shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from anki.collection import CardIdsLimit
from anki.consts import MODEL_CLOZE
from anki.errors import InvalidInput, NotFoundError

from ...collection.errors import CardNotFound, DeckNotFound, InvalidSearch
from ...collection.rows import refuse_unreadable
from ...rpc.context import Context
from ...rpc.errors import FileProblem, Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.package import texts as s
from ..model.template_limits import require_readable_of
from ..searching import find_cards
from .paths import use_first
from .selection import limit_of
from .texts import new_text_file

if TYPE_CHECKING:
    from anki.collection import Collection


@action(
    "exportCardsText",
    s.ExportCardsText,
    s.NUMBER_OF_CARDS,
    prepare=use_first,
    scope=Scope.FILES,
    errors=[FileProblem, CardNotFound, DeckNotFound, InvalidSearch, Refused],
    cancellable=True,
    examples=[Example("every card", {"path": "cards.txt", "cards": None, "query": ""}, 2)],
)
def export_cards_text(
    ctx: Context, path: str, *, cards: list[int] | None, query: str | None, deck: str | None, html: bool
) -> int:
    """Export cards to a text file, and return their number. A line has two columns, question and answer as shown.

    A tab is between the columns. The lines are in no particular order, and do not say which card they are of. The
    answer does not repeat the question. A text file of notes or cards is overwritten; any other existing file is
    refused. Media files are not exported. To read notes back, use `exportNotesText`.
    """
    selection: dict[str, Any] = {"cards": cards, "deck": deck}
    limit = limit_of(ctx, selection) if query is None else CardIdsLimit(list(find_cards(ctx, query)))
    require_readable_of(ctx.col)
    refuse_unreadable(ctx.col, "note", "true")
    refuse_unreadable(ctx.col, "card", "true")
    with new_text_file(ctx, path) as new:
        try:
            return ctx.col.export_card_csv(out_path=new, limit=limit, with_html=html)
        except (InvalidInput, NotFoundError):
            _refuse_broken(ctx.col)
            raise


_BROKEN = """select c.id from cards c left join notes n on n.id = c.nid where not exists(
    select 1 from templates t where t.ntid = n.mid and (t.ord = c.ord or n.mid in (select value from json_each(?))))"""
"""Cards without a note or a template. Of a cloze note type, one template is for all cards."""


def _refuse_broken(col: Collection) -> None:
    """Raise Refused if there is a card that Anki cannot render. Its own error does not name the card."""
    assert col.db is not None
    clozes = [model["id"] for model in col.models.all() if model["type"] == MODEL_CLOZE]
    card = col.db.scalar(_BROKEN, json.dumps(clozes))
    if card is not None:
        raise Refused(f"A card has no note, or no template. checkDatabase repairs it: {card}", card=card) from None
