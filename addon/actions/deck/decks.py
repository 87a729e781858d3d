"""Decks: listing, describing, creating and deleting them, and moving cards between them."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from anki.decks import DEFAULT_DECK_ID, DeckId, DeckTreeNode

from ...collection.damage import names_by_id, require_home
from ...collection.errors import CardNotFound, DeckNotFound
from ...collection.rows import READABLE_CARD, refuse_unreadable_of, rows_in_parts, rows_of
from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.deck import decks as s
from ...schemas.fields.basic import INT64
from ...text.anki_text import deck_levels
from ..card.cards import CARDS_PER_CHUNK, change_cards, known_cards_with, require_cards
from ..dry_run import DryRunReport, destructive, dry_run_report

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.decks import DeckDict


@action(
    "deckNames",
    NoParams,
    s.DECK_NAMES,
    examples=[Example("all", {}, ["Default", "Italian", "Italian::A1"])],
)
def deck_names(ctx: Context) -> list[str]:
    """List the full names of all decks."""
    return [*names_by_id(ctx.col, "decks").values()]


@action(
    "deckNamesAndIds",
    NoParams,
    s.DECK_IDS_BY_NAME,
    examples=[Example("all", {}, {"Default": 1, "Italian": 1700000002001, "Italian::A1": 1700000002002})],
)
def deck_names_and_ids(ctx: Context) -> dict[str, int]:
    """Return the id of each deck by its full name."""
    return {name: deck_id for deck_id, name in names_by_id(ctx.col, "decks").items()}


@action(
    "createDeck",
    s.CreateDeck,
    s.DECK_MADE,
    writes=True,
    idempotent=True,
    errors=[Refused],
    examples=[Example("there already", {"deck": "italian::A1"}, {"deckId": 1700000002002, "name": "Italian::A1"})],
)
def create_deck(ctx: Context, deck: str) -> dict[str, Any]:
    """Create an empty deck and return its id and name; an existing deck is left as it is."""
    known = ctx.col.decks.id_for_name(deck)
    if known is None:
        require_creatable_deck(ctx.col, deck)
        known = DeckId(ctx.write(ctx.col.decks.add_normal_deck_with_name, deck).id)
    return {"deckId": known, "name": ctx.col.decks.name(known)}


MOST_LEVELS = 100
"""Of decks. Anki refuses a name with more levels as a whole."""

_MOST_NEW_LEVELS = 10
"""Missing levels above a new deck (`first_existing_parent` in rslib/src/decks/addupdate.rs)."""


def require_creatable_deck(col: Collection, deck: str) -> None:
    """Raise the error that Anki would for a new deck with this name, because a failed write wipes the undo history.

    A deck cannot be below a filtered deck, nor below too many levels that are missing.
    """
    parents = parents_of(col, deck)
    for parent in parents:
        if col.decks.is_filtered(parent):
            raise Refused(col.tr.errors_filtered_parent_deck(), deck=deck, parent=parent)
    levels = deck_levels(deck)
    above = range(min(len(levels) - 1, MOST_LEVELS), 0, -1)
    known = next((depth for depth in above if col.decks.id_for_name("::".join(levels[:depth]))), 0)
    if len(levels) - 1 - known > _MOST_NEW_LEVELS:
        raise Refused("deck nesting level too deep", deck=deck)


def parents_of(col: Collection, deck: str) -> list[DeckId]:
    """The existing decks above a deck with this name, topmost first."""
    levels = deck.split("::", MOST_LEVELS)
    found = [col.decks.id_for_name("::".join(levels[:depth])) for depth in range(1, len(levels))]
    return [parent for parent in found if parent is not None]


def name_as_stored(col: Collection, deck: str) -> str:
    """The name under which Anki stores a deck: parts that name existing decks get their spelling."""
    levels = deck_levels(deck)
    parents = parents_of(col, "::".join(levels))
    above = col.decks.name(parents[-1]) if parents else ""
    return "::".join([above, *levels[len(above.split("::")) :]] if parents else levels)


def _dry_run_delete_decks(ctx: Context, decks: list[str], cards_too: bool) -> DryRunReport:
    col = ctx.col
    assert col.db is not None
    gone = _with_children(col, _found(ctx, decks, cards_too))
    filtered = {deck_id for deck_id in gone if col.decks.is_filtered(deck_id)}
    cards: dict[int, int] = {}
    kept: set[int] = set()
    freed: list[int] = []
    for card_id, note_id, deck_id, home in col.db.all(
        "select id, cast(nid as integer), did, iif(odid, odid, did) from cards"
    ):
        if home in gone:
            cards[card_id] = note_id
        else:
            kept.add(note_id)
            if deck_id in filtered:
                freed.append(card_id)
    names = [name for deck_id, name in gone.items() if deck_id != DEFAULT_DECK_ID]
    return dry_run_report(decks=names, notes=sorted({*cards.values()} - kept), cards=cards, changed_cards=freed)


@destructive(
    "deleteDecks",
    s.DeleteDecks,
    s.DELETED_DECKS,
    dry_run=_dry_run_delete_decks,
    idempotent=True,
    touches_notes=lambda params: None,
    scope=Scope.DELETE,
    errors=[Refused],
    examples=[
        Example("one", {"decks": ["Italian::A1"], "cardsToo": True}, ["Italian::A1"]),
        Example(
            "what would go",
            {"decks": ["Italian"], "cardsToo": True, "dryRun": True},
            {
                "dryRun": True,
                "decks": {"count": 2, "names": ["Italian", "Italian::A1"]},
                "notes": {"count": 2, "ids": [1700000000001, 1700000000002]},
                "cards": {"count": 2, "ids": [1700000001001, 1700000001002]},
            },
        ),
    ],
)
def delete_decks(ctx: Context, decks: list[str], cards_too: bool) -> list[str]:
    """Delete decks with their sub-decks and cards, and return the names of the deleted decks.

    Unknown names are skipped. The deck Default is emptied but stays. The cards of a filtered deck are not deleted: they
    return to their home decks.
    """
    found = _found(ctx, decks, cards_too)
    gone = _with_children(ctx.col, found)
    if found != [DEFAULT_DECK_ID] or not _is_bare(ctx.col, DEFAULT_DECK_ID):
        _remove(ctx, found, [*gone])
    return [name for deck_id, name in gone.items() if deck_id != DEFAULT_DECK_ID]


def _with_children(col: Collection, decks: list[DeckId]) -> dict[DeckId, str]:
    """The names of these decks and of their sub-decks, by id."""
    return {deck_id: name for deck in decks for name, deck_id in col.decks.deck_and_child_name_ids(deck)}


def _remove(ctx: Context, decks: list[DeckId], with_children: list[DeckId]) -> None:
    if decks:
        refuse_unreadable_of(ctx.col, "card", "did", with_children)
        notes = rows_of(ctx.col, "select distinct nid from cards where did in ids", with_children)
        refuse_unreadable_of(ctx.col, "note", "id", (note_id for (note_id,) in notes))
        ctx.write(ctx.col.decks.remove, decks)


def _is_bare(col: Collection, deck_id: DeckId) -> bool:
    """Whether a deck is like the default deck after its deletion: original name, no cards, no sub-decks."""
    assert col.db is not None
    is_named = col.decks.name(deck_id) == col.tr.deck_config_default_name()
    has_cards = col.db.scalar("select 1 from cards where did = ? limit 1", deck_id)
    return is_named and not has_cards and len([*col.decks.deck_and_child_name_ids(deck_id)]) == 1


def _found(ctx: Context, decks: list[str], cards_too: bool) -> list[DeckId]:
    """The decks to delete. Raises Refused."""
    if not cards_too:
        raise Refused(
            "Since Anki 2.1.28 it's not possible to delete decks without deleting cards as well",
            in_plain_words="Deleting a deck deletes its cards as well. To do so, set `cardsToo` to true.",
            field=s.DeleteDecks.wire("cards_too"),
        )
    ids = {name: DeckId(deck_id) for deck_id, name in names_by_id(ctx.col, "decks").items()}
    return list(dict.fromkeys(ids[name] for name in decks if name in ids))


# --- cards in decks ---


@action(
    "getDecks",
    s.GetDecks,
    s.DECKS_OF_CARDS,
    errors=[CardNotFound],
    examples=[
        Example(
            "two cards",
            {"cards": [1700000001002, 1700000001001]},
            {"Italian::A1": [1700000001002, 1700000001001]},
        )
    ],
)
def get_decks(ctx: Context, cards: list[Any]) -> dict[str, list[Any]]:
    """Group cards by the decks that they are in now.

    A card in a filtered deck is listed under that deck. The call fails if an id is unknown.
    """
    names = names_by_id(ctx.col, "decks")
    default = names[DEFAULT_DECK_ID]
    ids = parse_ids(cards)
    rows = rows_in_parts(ctx, "select id, did from cards where id in ids", filter(None, ids))
    decks = {card_id: names.get(deck_id, default) for card_id, deck_id in rows}
    if not ctx.tolerant:
        require_cards(cards, decks)
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for sent, card_id in zip(cards, ids, strict=True):
        found[decks.get(card_id, default)].append(sent)
    return found


def parse_ids(values: list[Any]) -> list[int | None]:
    """The ids that a tolerant caller means by plain values: whole numbers and numeric text; None for other values."""
    if set(map(type, values)) <= {int} and (not values or (min(values) in INT64 and max(values) in INT64)):
        return values
    return [_id_as_sent(value) for value in values]


def _id_as_sent(value: Any) -> int | None:
    is_number = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if is_number or (isinstance(value, str) and re.fullmatch("[0-9]{1,18}", value)):
        card_id = int(value)
        return card_id if card_id in INT64 else None
    return None


@action(
    "changeDeck",
    s.ChangeDeck,
    s.DECK_NAME,
    writes=True,
    idempotent=True,
    errors=[CardNotFound, Refused],
    examples=[Example("two cards", {"cards": [1700000001001, 1700000001002], "deck": "Italian"}, "Italian")],
)
def change_deck(ctx: Context, cards: list[int], deck: str) -> str:
    """Move cards to a deck, which is created if it is missing, and return the deck's name.

    Cards in a filtered deck leave it. A filtered deck is refused as the target. If an id is unknown, the call fails and
    changes nothing.
    """
    decks = ctx.col.decks
    deck_id = decks.id_for_name(deck)
    moved = known_cards_with(ctx, f"{READABLE_CARD} and did != {deck_id or 0}", cards)
    if deck_id is None:
        require_creatable_deck(ctx.col, deck)
    elif decks.is_filtered(deck_id):
        raise Refused("Cards can't be manually moved into a filtered deck.", deck=deck)
    require_home(ctx.col, deck_id or 0)
    with ctx.single_commit() if len(moved) <= CARDS_PER_CHUNK else nullcontext():
        if deck_id is None:
            deck_id = DeckId(ctx.write_as("Change Deck", decks.add_normal_deck_with_name, deck).id)
        change_cards(ctx, moved, partial(ctx.col.set_deck, deck_id=deck_id))
    return decks.name(deck_id)


# --- describing ---


@action(
    "deckNameFromId",
    s.DeckNameFromId,
    s.DECK_NAME,
    errors=[DeckNotFound],
    examples=[Example("a deck", {"deckId": 1700000002002}, "Italian::A1")],
)
def deck_name_from_id(ctx: Context, deck_id: int) -> str:
    """Return the full name of a deck."""
    decks = ctx.col.decks
    name = decks.name_if_exists(DeckId(deck_id))
    if name is None and ctx.tolerant:
        name = decks.name(DEFAULT_DECK_ID)
    if name is None:
        raise deck_not_found(deck_id)
    return name


@action(
    "getDeckStats",
    s.GetDeckStats,
    s.DECK_STATS,
    errors=[DeckNotFound],
    examples=[
        Example(
            "an empty deck",
            {"decks": ["Default"]},
            {
                "1": {
                    "deck_id": 1,
                    "name": "Default",
                    "new_count": 0,
                    "learn_count": 0,
                    "review_count": 0,
                    "total_in_deck": 0,
                }
            },
        ),
        Example(
            "a deck",
            {"decks": ["Italian::A1"]},
            {
                "1700000002002": {
                    "deck_id": 1700000002002,
                    "name": "A1",
                    "new_count": 2,
                    "learn_count": 0,
                    "review_count": 0,
                    "total_in_deck": 2,
                }
            },
        ),
    ],
)
def get_deck_stats(ctx: Context, decks: list[str]) -> dict[str, dict[str, Any]]:
    """Count for each deck the cards due today, including sub-decks, and all cards, excluding sub-decks.

    The call fails if a name is unknown.
    """
    col = ctx.col
    wanted = {col.decks.id_for_name(name): name for name in decks}
    if None in wanted and not ctx.tolerant:
        raise deck_not_found(wanted[None])
    counts = {}
    nodes: list[DeckTreeNode] = [col.sched.deck_due_tree()] if decks else []
    while nodes:
        node = nodes.pop()
        nodes.extend(reversed(node.children))
        if node.deck_id in wanted:
            counts[str(node.deck_id)] = _counts(node)
    if DEFAULT_DECK_ID in wanted and not ctx.tolerant:  # Anki's tree has no empty deck Default beside other decks
        empty = DeckTreeNode(deck_id=DEFAULT_DECK_ID, name=col.decks.name(DEFAULT_DECK_ID))
        counts.setdefault(str(DEFAULT_DECK_ID), _counts(empty))
    return counts


def _counts(node: DeckTreeNode) -> dict[str, Any]:
    return {
        "deck_id": node.deck_id,
        "name": node.name,
        "new_count": node.new_count,
        "learn_count": node.learn_count,
        "review_count": node.review_count,
        "total_in_deck": node.total_in_deck,
    }


@action(
    "getDeckDescription",
    s.GetDeckDescription,
    s.DESCRIPTION,
    errors=[DeckNotFound],
    examples=[Example("none", {"deck": "Default"}, "")],
)
def get_deck_description(ctx: Context, deck: str) -> str:
    """Return the description that Anki shows on a deck's overview."""
    description: str = require_deck(ctx, deck)["desc"]
    return description


@action(
    "setDeckDescription",
    s.SetDeckDescription,
    s.WAS_SET,
    writes=True,
    errors=[DeckNotFound, Refused],
    examples=[Example("a text", {"deck": "Italian", "description": "Weekly list"}, True)],
)
def set_deck_description(ctx: Context, deck: str, description: str) -> bool:
    """Replace the description of a deck. A filtered deck, which has none, is refused."""
    stored = require_deck(ctx, deck)
    if stored["dyn"]:
        raise Refused("A filtered deck has no description.", deck=deck)
    if stored["desc"] != description:
        stored["desc"] = description
        ctx.write(ctx.col.decks.update_dict, stored)
    return True


def deck_not_found(deck: int | str) -> DeckNotFound:
    """The error for an unknown id or name of a deck."""
    return DeckNotFound(f"deck was not found: {deck}", deck=deck)


def find_deck(col: Collection, wanted: str | int) -> DeckId | None:
    """The id of the deck with a name, compared without case, or with an id; None if there is none."""
    if isinstance(wanted, str):
        return col.decks.id_for_name(wanted)
    return DeckId(wanted) if col.decks.name_if_exists(DeckId(wanted)) is not None else None


def refuse_filtered(col: Collection, deck_id: int) -> None:
    """Raise Refused if a deck is filtered: Anki would put a note that is added to it into the deck Default."""
    if col.decks.is_filtered(DeckId(deck_id)):
        name = col.decks.name(DeckId(deck_id))
        raise Refused(f"Notes cannot be added to a filtered deck: {name}", deck=name)


def require_deck(ctx: Context, name: str) -> DeckDict:
    """The deck with exactly this name. Raises DeckNotFound."""
    deck = ctx.col.decks.by_name(name)
    if deck is None or deck["name"] != name:
        raise deck_not_found(name)
    return deck
