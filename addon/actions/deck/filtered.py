"""Filtered decks: creating, reading, filling and emptying them."""

from __future__ import annotations

from typing import Any

from anki.decks import DeckId
from anki.decks_pb2 import Deck, FilteredDeckForUpdate

from ...collection.errors import DeckNotFound, InvalidSearch
from ...collection.rows import refuse_unreadable
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.deck import filtered as s
from ...text.anki_text import becomes_blank
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..searching import SearchSource
from .current import existing_deck, is_other_name
from .decks import require_creatable_deck
from .refilling import cards_to_fetch

_MOST_TERMS = 2
_NO_CARD = (
    "The searches find no card for the deck; suspended and buried cards, and those in other filtered decks, do not "
    "count. Change the searches, or set allowEmpty to true."
)
_DELAYS = {"again": 60, "hard": 600, "good": 0}
_TERM = {"search": "deck:Italian", "limit": 20, "order": "added"}


@action(
    "createFilteredDeck",
    s.CreateFilteredDeck,
    s.MADE,
    writes=True,
    errors=[AlreadyExists, InvalidSearch, Refused],
    examples=[
        Example("new words", {"deck": "Cram", "terms": [_TERM]}, {"deckId": 1700000002003, "name": "Cram", "cards": 2}),
    ],
)
def create_filtered_deck(
    ctx: Context, deck: str, terms: list[dict[str, Any]], reschedule: bool, allow_empty: bool
) -> dict[str, Any]:
    """Create a filtered deck and move the cards that its searches find into it.

    Suspended and buried cards, and cards in another filtered deck, are not moved. If that leaves no card, the call is
    refused, unless `allowEmpty` is true. The new deck becomes the current one, as in Anki's window.
    """
    col = ctx.col
    _check_number(terms)
    if becomes_blank(deck):
        raise Refused("A deck needs a name.", field=s.CreateFilteredDeck.wire("deck"))
    if col.decks.id_for_name(deck) is not None:
        raise AlreadyExists(f"There is a deck of this name already: {deck}", deck=deck)
    require_creatable_deck(ctx.col, deck)
    _check_searches(ctx, terms, allow_empty)
    form = col.sched.get_or_create_filtered_deck(DeckId(0))
    form.name, form.allow_empty = deck, True
    form.config.reschedule = reschedule
    _set_terms(form, terms)
    deck_id = DeckId(ctx.write(col.sched.add_or_update_filtered_deck, form).id)
    return {"deckId": deck_id, "name": col.decks.name(deck_id), "cards": _count(ctx, deck_id)}


def _check_number(terms: list[dict[str, Any]]) -> None:
    if not 1 <= len(terms) <= _MOST_TERMS:
        text = f"A filtered deck has one or two searches, not {len(terms)}."
        raise Refused(text, field=s.CreateFilteredDeck.wire("terms"))


def _check_searches(ctx: Context, terms: list[dict[str, Any]], allow_empty: bool, deck_id: int = 0) -> None:
    """Check the searches of a call. Anki checks them only while it writes, and would clear the undo history."""
    fields = [s.CreateFilteredDeck.wire("terms", index, "search") for index in range(len(terms))]
    finds = [
        cards_to_fetch(ctx, term["search"], deck_id, SearchSource(field, {"field": field}))
        for term, field in zip(terms, fields, strict=True)
    ]
    if not any(finds) and not allow_empty:
        raise Refused(_NO_CARD, field=s.CreateFilteredDeck.wire("terms"))


def _finds_by_own_searches(ctx: Context, deck: str, deck_id: DeckId) -> bool:
    """Whether the searches of a deck find any card. Raises InvalidSearch, which would clear the undo history later."""
    terms = ctx.col.sched.get_or_create_filtered_deck(deck_id).config.search_terms
    finds = []
    for index, term in enumerate(terms):
        field = s.CreateFilteredDeck.wire("terms", index, "search")
        place = SearchSource(f"{field} of the filtered deck {deck!r}", {"deck": deck, "field": field})
        finds.append(cards_to_fetch(ctx, term.search, deck_id, place))
    return any(finds)


def _set_terms(form: FilteredDeckForUpdate, terms: list[dict[str, Any]]) -> None:
    del form.config.search_terms[:]
    form.config.search_terms.extend(
        Deck.Filtered.SearchTerm(search=term["search"], limit=term["limit"], order=s.ORDERS.index(term["order"]))
        for term in terms
    )


@action(
    "getFilteredDeck",
    s.FilteredDeckName,
    s.FILTERED_DECK,
    errors=[DeckNotFound, Refused],
    examples=[
        Example(
            "words to cram",
            {"deck": "Cram"},
            {
                "deckId": 1700000002003,
                "name": "Cram",
                "terms": [_TERM],
                "reschedule": True,
                "cards": 2,
                "previewDelays": _DELAYS,
            },
        )
    ],
)
def get_filtered_deck(ctx: Context, deck: str) -> dict[str, Any]:
    """Return the searches and the other settings of a filtered deck, and the number of cards in it."""
    return _settings(ctx, _filtered(ctx, deck))


def _settings(ctx: Context, deck_id: DeckId) -> dict[str, Any]:
    config = ctx.col.sched.get_or_create_filtered_deck(deck_id).config
    return {
        "deckId": deck_id,
        "name": ctx.col.decks.name(deck_id),
        "terms": [
            {"search": term.search, "limit": term.limit, "order": s.ORDERS[term.order]} for term in config.search_terms
        ],
        "reschedule": config.reschedule,
        "cards": _count(ctx, deck_id),
        "previewDelays": {name: getattr(config, f"preview_{name}_secs") for name in _DELAYS},
    }


@action(
    "updateFilteredDeck",
    s.UpdateFilteredDeck,
    s.UPDATED,
    writes=True,
    errors=[DeckNotFound, AlreadyExists, InvalidSearch, Refused],
    examples=[
        Example(
            "another search, under another name",
            {"deck": "Cram", "newName": "Cram fruit", "terms": [{**_TERM, "search": "tag:fruit"}]},
            {
                "deckId": 1700000002003,
                "name": "Cram fruit",
                "terms": [{**_TERM, "search": "tag:fruit"}],
                "reschedule": True,
                "cards": 1,
                "previewDelays": _DELAYS,
            },
        )
    ],
)
def update_filtered_deck(
    ctx: Context,
    deck: str,
    new_name: str | None,
    terms: list[dict[str, Any]] | None,
    reschedule: bool | None,
    preview_delays: dict[str, int] | None,
    allow_empty: bool,
) -> dict[str, Any]:
    """Change a filtered deck, empty it, fill it again, and return its settings.

    It becomes the current deck, as in Anki's window. If the settings already are as they should be, nothing happens.
    Cards are found as by `createFilteredDeck`; if there is none, the call is refused, unless `allowEmpty` is true.
    """
    deck_id = _filtered(ctx, deck)
    scheduler = ctx.col.sched
    form, before = scheduler.get_or_create_filtered_deck(deck_id), scheduler.get_or_create_filtered_deck(deck_id)
    if new_name is not None and is_other_name(ctx, deck_id, new_name):
        form.name = new_name
    if reschedule is not None:
        form.config.reschedule = reschedule
    for name, seconds in (preview_delays or {}).items():
        setattr(form.config, f"preview_{name}_secs", seconds)
    if terms is not None:
        _check_number(terms)
        _set_terms(form, terms)
    if form != before:
        if terms is not None:
            _check_searches(ctx, terms, allow_empty, deck_id)
        elif not _finds_by_own_searches(ctx, deck, deck_id) and not allow_empty:
            raise Refused(_NO_CARD, deck=deck)
        refuse_unreadable(ctx.col, "card", "did = ?", deck_id)
        form.allow_empty = True
        ctx.write(scheduler.add_or_update_filtered_deck, form)
    return _settings(ctx, deck_id)


@action(
    "rebuildFilteredDeck",
    s.FilteredDeckName,
    s.FETCHED,
    writes=True,
    errors=[DeckNotFound, InvalidSearch, Refused],
    examples=[Example("words to cram", {"deck": "Cram"}, 2)],
)
def rebuild_filtered_deck(ctx: Context, deck: str) -> int:
    """Empty a filtered deck, fill it again by its searches, and return how many cards it has then."""
    deck_id = _filtered(ctx, deck)
    if _finds_by_own_searches(ctx, deck, deck_id) or _count(ctx, deck_id):
        refuse_unreadable(ctx.col, "card", "did = ?", deck_id)
        ctx.write(ctx.col.sched.rebuild_filtered_deck, deck_id)
    return _count(ctx, deck_id)


def _dry_run_empty(ctx: Context, deck: str) -> DryRunReport:
    assert ctx.col.db is not None
    return dry_run_report(changed_cards=ctx.col.db.list("select id from cards where did = ?", _filtered(ctx, deck)))


@destructive(
    "emptyFilteredDeck",
    s.FilteredDeckName,
    s.SENT_HOME,
    dry_run=_dry_run_empty,
    errors=[DeckNotFound, Refused],
    examples=[
        Example("words to cram", {"deck": "Cram"}, 2),
        Example(
            "what would go",
            {"deck": "Cram", "dryRun": True},
            {"dryRun": True, "changedCards": {"count": 2, "ids": [1700000001001, 1700000001002]}},
        ),
    ],
)
def empty_filtered_deck(ctx: Context, deck: str) -> int:
    """Move the cards of a filtered deck back to their home decks and return how many there were. The deck stays."""
    deck_id = _filtered(ctx, deck)
    count = _count(ctx, deck_id)
    if count:
        refuse_unreadable(ctx.col, "card", "did = ?", deck_id)
        ctx.write(ctx.col.sched.empty_filtered_deck, deck_id)
    return count


def _filtered(ctx: Context, name: str) -> DeckId:
    deck_id = existing_deck(ctx, name)
    if not ctx.col.decks.is_filtered(deck_id):
        raise Refused(f"This is not a filtered deck: {name}", deck=name)
    return deck_id


def _count(ctx: Context, deck_id: int) -> int:
    assert ctx.col.db is not None
    count: int = ctx.col.db.scalar("select count() from cards where did = ?", deck_id)
    return count
