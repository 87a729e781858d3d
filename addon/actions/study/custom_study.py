"""Anki's Custom Study: a filtered deck of cards to study beside the daily schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anki.collection import SearchNode
from anki.decks import DeckTreeNode
from anki.scheduler_pb2 import CustomStudyRequest
from anki.utils import to_json_bytes

from ...collection.damage import all_tags
from ...collection.errors import DeckNotFound
from ...collection.rows import refuse_unreadable
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.deck.filtered import MOST_CARDS
from ...schemas.study import custom_study as s
from ...text.anki_text import fold_letters, split_tags
from ...text.normal_forms import nfc
from ..deck.current import existing_deck
from ..deck.limits import cards_left, nodes_of
from ..deck.refilling import cards_to_fetch
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..searching import text_of

if TYPE_CHECKING:
    from anki.decks import DeckId

_OF_KINDS = {"new": "is:new", "due": "is:due", "review": "-is:new", "all": ""}
_NO_CARD = (
    "There is no such card in the deck {}. Suspended and buried cards, and those in other filtered decks, do not count."
)


def _dry_run_custom_study(ctx: Context, deck: str, **chosen: Any) -> DryRunReport:
    session, _, found = _prepared(ctx, deck, chosen)
    assert ctx.col.db is not None
    present = ctx.col.db.list("select id from cards where did = ? order by id", session)
    limit = chosen["cram"]["limit"] if chosen["cram"] else MOST_CARDS
    stays = set(found) if len(found) <= limit else set()  # Anki chooses others by chance
    return dry_run_report(changed_cards=[card_id for card_id in present if card_id not in stays])


@destructive(
    "customStudy",
    s.CustomStudy,
    s.SESSION,
    dry_run=_dry_run_custom_study,
    errors=[DeckNotFound, NotFound, AlreadyExists, Refused],
    examples=[
        Example(
            "what would leave a session from before",
            {
                "deck": "Italian",
                "cram": {"kind": "new"},
                "forgottenDays": None,
                "aheadDays": None,
                "previewDays": None,
                "dryRun": True,
            },
            {"dryRun": True},
        ),
        Example(
            "new cards without the usual limit",
            {"deck": "Italian", "cram": {"kind": "new", "limit": 50, "excludeTags": ["fruit"]}},
            {"deckId": 1700000002003, "name": "Custom Study Session", "cards": 1},
        ),
    ],
)
def custom_study(ctx: Context, deck: str, **chosen: Any) -> dict[str, Any]:
    """Fill a filtered deck with cards of a deck to study them beside the daily schedule, and make it the current deck.

    It is named *Custom Study Session*, in the user's language. If there is such a filtered deck, its cards return home
    and its searches are replaced; if an ordinary deck has the name, the call fails with `already_exists`.

    Exactly one of the four params says which cards. The call is refused if there is no such card, and for a filtered
    deck. So it is for decks named `current` or `filtered` and for the tag `none`, because Anki reads these names
    specially. To study more cards of the day, use `raiseTodaysLimits`.
    """
    session, request, _ = _prepared(ctx, deck, chosen)
    refuse_unreadable(ctx.col, "card", "did = ?", session)
    ctx.write(ctx.col.sched.custom_study, request)
    name = _session_name(ctx)
    deck_id = existing_deck(ctx, name)
    assert ctx.col.db is not None
    cards = ctx.col.db.scalar("select count() from cards where did = ?", deck_id)
    return {"deckId": deck_id, "name": ctx.col.decks.name(deck_id), "cards": cards}


def _session_name(ctx: Context) -> str:
    return ctx.col.tr.custom_study_custom_study_session()


def _prepared(ctx: Context, deck: str, chosen: dict[str, Any]) -> tuple[int, CustomStudyRequest, list[int]]:
    """The id of the present session's deck or 0, Anki's request, and the cards that it would find.

    Raises the errors that Anki would raise only while it writes, which clears the undo history.
    """
    decks = ctx.col.decks
    deck_id = existing_deck(ctx, deck)
    name = decks.name(deck_id)
    if decks.is_filtered(deck_id):
        raise Refused(f"The cards of a filtered deck cannot be studied in another one: {name}", deck=name)
    _refuse_special(name, _SPECIAL_DECKS, "deck", {"deck": name})
    session = decks.id_for_name(_session_name(ctx)) or 0
    if session and not decks.is_filtered(session):
        taken = decks.name(session)
        text = f"Anki needs the name {taken!r} for its filtered deck, but an ordinary deck has it. Rename that deck."
        raise AlreadyExists(text, deck=taken)
    (choice,) = (key for key, value in chosen.items() if value is not None)
    search, request = _search_and_request(ctx, deck_id, name, choice, chosen[choice])
    found = cards_to_fetch(ctx, search, session)
    if not found:
        raise Refused(_NO_CARD.format(name), deck=name)
    return session, request, found


def _search_and_request(
    ctx: Context, deck_id: DeckId, name: str, choice: str, value: Any
) -> tuple[str, CustomStudyRequest]:
    """Anki's search for the cards (`custom_study.rs` in rslib), and the request that makes Anki use it."""
    of_deck = text_of(ctx, SearchNode(deck=name))
    if choice == "forgotten_days":
        return f"rated:{value}:1 {of_deck}", CustomStudyRequest(deck_id=deck_id, forgot_days=value)
    if choice == "ahead_days":
        return f"prop:due<={value} {of_deck}", CustomStudyRequest(deck_id=deck_id, review_ahead_days=value)
    if choice == "preview_days":
        return f"is:new added:{value} {of_deck}", CustomStudyRequest(deck_id=deck_id, preview_days=value)
    included = _known_tags(ctx, "include_tags", value["include_tags"])
    excluded = _known_tags(ctx, "exclude_tags", value["exclude_tags"])
    any_tag = " OR ".join(text_of(ctx, SearchNode(tag=tag)) for tag in included)
    no_tag = [f"-{text_of(ctx, SearchNode(tag=tag))}" for tag in excluded]
    search = " ".join(filter(None, [_OF_KINDS[value["kind"]], of_deck, f"({any_tag})" if any_tag else "", *no_tag]))
    cram = CustomStudyRequest.Cram(
        kind=s.KINDS.index(value["kind"]),
        card_limit=value["limit"],
        tags_to_include=included,
        tags_to_exclude=excluded,
    )
    return search, CustomStudyRequest(deck_id=deck_id, cram=cram)


def _known_tags(ctx: Context, name: str, tags: list[str]) -> list[str]:
    """The tags as they are stored. Raises NotFound for one that neither is a tag nor has sub-tags."""
    stored = {fold_letters(tag): tag for tag in all_tags(ctx.col)} if tags else {}
    known = []
    for index, tag in enumerate(map(nfc, tags)):
        folded = fold_letters(tag)
        place = {"tag": tags[index], "field": f"{s.CustomStudy.wire('cram', name)}.{index}"}
        if folded not in stored and not any(other.startswith(f"{folded}::") for other in stored):
            raise NotFound(f"tag was not found: {tags[index]}", **place)
        known.append(stored.get(folded, tag))
        _refuse_special(known[-1], _SPECIAL_TAGS, "tag", place)
    return known


_SPECIAL_DECKS = {"current": "the current deck", "filtered": "all filtered decks"}
_SPECIAL_TAGS = {"none": "notes without tags"}


def _refuse_special(name: str, meanings: dict[str, str], kind: str, place: dict[str, Any]) -> None:
    """Raise Refused for a name that Anki reads specially in the search of a session, and only in this spelling."""
    if meaning := meanings.get(name):
        raise Refused(f"Anki reads the name of this {kind} as {meaning}: {name}. Rename the {kind}.", **place)


@action(
    "getCustomStudyOptions",
    s.DeckToStudy,
    s.OPTIONS,
    errors=[DeckNotFound, Refused],
    examples=[
        Example(
            "of an empty deck",
            {"deck": "Default"},
            {
                "availableNew": 0,
                "availableReviews": 0,
                "inChildren": {"new": 0, "reviews": 0},
                "tags": [],
                "lastNew": 0,
                "lastReviews": 0,
            },
        ),
        Example(
            "of a deck",
            {"deck": "Italian"},
            {
                "availableNew": 0,
                "availableReviews": 0,
                "inChildren": {"new": 2, "reviews": 0},
                "tags": [
                    {"name": "A1", "include": False, "exclude": False},
                    {"name": "fruit", "include": False, "exclude": False},
                ],
                "lastNew": 0,
                "lastReviews": 0,
            },
        ),
    ],
)
def get_custom_study_options(ctx: Context, deck: str) -> dict[str, Any]:
    """Return what `customStudy` and `raiseTodaysLimits` can offer for a deck: its cards and their tags."""
    deck_id = existing_deck(ctx, deck)
    stored = ctx.col.decks.get(deck_id)
    assert stored is not None
    if stored["dyn"]:
        raise Refused("Custom Study is not for filtered decks.", deck=stored["name"])
    _refuse_special(name := ctx.col.decks.name(deck_id), _SPECIAL_DECKS, "deck", {"deck": name})
    node = cards_left(ctx).get(deck_id, DeckTreeNode())  # the empty deck Default has none
    below = [*nodes_of(node)][1:]
    included, excluded = (ctx.col.get_config(f"_deck_{deck_id}_customStudy{which}Tags") or [] for which in _TAGS)
    return {
        "availableNew": node.new_uncapped,
        "availableReviews": node.review_uncapped,
        "inChildren": {
            "new": sum(child.new_uncapped for child in below),
            "reviews": sum(child.review_uncapped for child in below),
        },
        "tags": [
            {"name": tag, "include": tag in included, "exclude": tag in excluded}
            for tag in _tags_of(ctx, deck_id)
            if tag not in _SPECIAL_TAGS
        ],
        "lastNew": stored["extendNew"],
        "lastReviews": stored["extendRev"],
    }


_TAGS = ("Include", "Exclude")


def _tags_of(ctx: Context, deck_id: DeckId) -> list[str]:
    """The tags of the cards in a deck and its sub-decks. Anki's own call reads the notes one by one."""
    decks = ctx.col.decks.deck_and_child_ids(deck_id)
    statement = """select distinct cast(tags as text) from notes
        where id in (select nid from cards where did in (select value from json_each(?)))"""
    assert ctx.col.db is not None
    texts = ctx.col.db.list(statement, to_json_bytes([*decks]).decode())
    tags = {fold_letters(tag): tag for text in texts for tag in split_tags(text)}
    return [tags[folded] for folded in sorted(tags)]
