"""Cards: everything that changes when they are shown, from suspending to answering."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial
from itertools import count
from random import sample
from typing import TYPE_CHECKING, Any

from anki.cards import CardId
from anki.consts import CARD_TYPE_NEW, CARD_TYPE_RELEARNING, MODEL_STD, QUEUE_TYPE_LRN, QUEUE_TYPE_SUSPENDED
from anki.decks import DeckId
from anki.errors import BackendError, DBError, NotFoundError
from anki.scheduler_pb2 import CardAnswer

from ...collection.damage import is_home
from ...collection.errors import OF_CARDS, CardNotFound, DeckNotFound, NoteNotFound
from ...collection.rows import READABLE_CARD, READABLE_TAGS, known_with, refuse_unreadable, rows_in_parts, rows_of
from ...rpc.context import Context
from ...rpc.errors import Conflict, Refused
from ...rpc.registry import Example, action
from ...schemas.card import scheduling as s
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.cards import Cards
from ..deck.decks import deck_not_found
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..study.states import scheduling_states, token_of
from .cards import (
    CARDS_PER_CHUNK,
    card_not_found,
    cards_with,
    change_cards,
    known_cards_with,
    refuse_unknown_cards,
    require_cards,
)

if TYPE_CHECKING:
    from anki.cards import BackendCard


ANSWERS_PER_CHUNK = 500
"""Answers per backend call. Answering a card takes five times as long as other changes of a card."""

AGAIN = 1
"""The first answer button; Anki's backend counts ratings from 0."""


def _known(ctx: Context, cards: Iterable[int]) -> list[CardId]:
    """The ids of cards that Anki can read, each once."""
    return known_with(ctx, READABLE_CARD, cards)


def _stored(ctx: Context, cards: Iterable[int]) -> list[BackendCard]:
    """Cards as messages of Anki's backend, which take two thirds of the time of `Card` objects.

    The backend has no call for several cards. Reading rows by SQL is slower, because `data` must be parsed.
    """
    get_card = ctx.col._backend.get_card
    stored = []
    for card_id in ctx.paced(cards):
        try:
            stored.append(get_card(card_id))
        except (NotFoundError, DBError):  # unknown, or damaged
            continue
    return stored


def _write_cards(ctx: Context, label: str, cards: list[BackendCard]) -> None:
    for chunk in ctx.chunks(cards, CARDS_PER_CHUNK):
        ctx.write_as(label, ctx.col._backend.update_cards, cards=chunk, skip_undo_entry=False)


# --- suspending ---


@action(
    "suspend",
    s.Suspend,
    s.DID_SUSPEND,
    writes=True,
    idempotent=True,
    errors=OF_CARDS,
    examples=[Example("two", {"cards": [1700000001001, 1700000001002]}, True)],
)
def suspend(ctx: Context, cards: list[int], suspend: bool) -> bool:
    """Suspend cards and return whether any was not suspended yet.

    If an id is unknown, the call fails and changes nothing.
    """
    if others := cards_with(ctx, f"(queue = {QUEUE_TYPE_SUSPENDED}) = {not suspend}", cards):
        scheduler = ctx.col.sched
        change_cards(ctx, others, scheduler.suspend_cards if suspend else scheduler.unsuspend_cards)
    return bool(others)


@action(
    "unsuspend",
    Cards,
    s.DID_SUSPEND,
    writes=True,
    idempotent=True,
    errors=OF_CARDS,
    examples=[Example("none is suspended", {"cards": [1700000001001, 1700000001002]}, False)],
)
def unsuspend(ctx: Context, cards: list[int]) -> bool:
    """Unsuspend cards and return whether any was suspended.

    If an id is unknown, the call fails and changes nothing.
    """
    return suspend(ctx, cards, False)


# --- forgetting, relearning, due dates ---


def _dry_run_forget(ctx: Context, cards: list[int], restore_position: bool, reset_counts: bool) -> DryRunReport:
    return dry_run_report(changed_cards=_to_forget(ctx, cards, restore_position, reset_counts))


@destructive(
    "forgetCards",
    s.ForgetCards,
    NOTHING,
    dry_run=_dry_run_forget,
    errors=[CardNotFound],
    examples=[
        Example("two", {"cards": [1700000001001, 1700000001002]}, None),
        Example(
            "as if they were added now",
            {"cards": [1700000001001], "restorePosition": False, "resetCounts": True},
            None,
        ),
        Example(
            "new ones lose nothing",
            {"cards": [1700000001001], "restorePosition": True, "resetCounts": False, "dryRun": True},
            {"dryRun": True},
        ),
    ],
)
def forget_cards(ctx: Context, cards: list[int], restore_position: bool, reset_counts: bool) -> None:
    """Reset cards to new.

    They leave filtered decks. Cards that are already as they would be are skipped. If an id is unknown, the call fails
    and changes nothing.
    """
    if changed := _to_forget(ctx, cards, restore_position, reset_counts):
        # without the param `context`, by which Anki would keep the choices for its window
        reset = partial(
            ctx.col.sched.schedule_cards_as_new, restore_position=restore_position, reset_counts=reset_counts
        )
        change_cards(ctx, changed, reset)


def _to_forget(ctx: Context, cards: list[int], restore_position: bool, reset_counts: bool) -> list[CardId]:
    """The cards that `forgetCards` changes. Raises CardNotFound."""
    if not restore_position:
        stays = "false"
    elif reset_counts:
        stays = f"{_UNTOUCHED} and reps = 0 and lapses = 0"
    else:
        stays = _UNTOUCHED
    return known_cards_with(ctx, f"{READABLE_CARD} and not ({stays})", cards)


_UNTOUCHED = """(type = 0 and queue = 0 and odid = 0 and ivl = 0 and factor = 0
    and iif(json_valid(data), coalesce(data ->> 's', data ->> 'd', data ->> 'pos') is null, data = ''))"""
"""Cards that `forgetCards` would not change, unless it resets counts or positions.

Anki removes the memory state (`s` and `d`) and the old position, and leaves the time of the last review (`lrt`).
"""


@action(
    "relearnCards",
    s.RelearnCards,
    NOTHING,
    writes=True,
    errors=[CardNotFound],
    examples=[Example("one", {"cards": [1700000001001]}, None)],
)
def relearn_cards(ctx: Context, cards: list[int]) -> None:
    """Put cards into relearning, due at once.

    Interval, ease and counts stay the same, and nothing is logged. Cards in a filtered deck stay there. Cards that are
    already being relearned within a day are skipped. If an id is unknown, the call fails and changes nothing.
    """
    refuse_unknown_cards(ctx, cards)
    now = int(time.time())
    changed = []
    for card in _stored(ctx, dict.fromkeys(cards)):
        if card.ctype == CARD_TYPE_RELEARNING and card.queue == QUEUE_TYPE_LRN:
            continue
        card.ctype, card.queue, card.due = CARD_TYPE_RELEARNING, QUEUE_TYPE_LRN, now
        if card.original_deck_id:
            card.original_due = now
        changed.append(card)
    _write_cards(ctx, "Relearn Cards", changed)


@action(
    "setDueDate",
    s.SetDueDate,
    s.SCHEDULED,
    writes=True,
    errors=[CardNotFound],
    examples=[
        Example("tomorrow", {"cards": [1700000001001], "days": "1"}, True),
        Example("spread over five days", {"cards": [1700000001001, 1700000001002], "days": "3-7!"}, True),
    ],
)
def set_due_date(ctx: Context, cards: list[int], days: str) -> bool:
    """Set when cards are due, in days from today.

    New cards become review cards. Cards in a filtered deck return to their home deck. Skipped are damaged cards, cards
    with a damaged home deck, and cards that already have this due date and interval. If an id is unknown, the call
    fails and changes nothing.
    """
    select = f"select distinct {_HOME} from cards where id in ids"  # noqa: S608  (a constant)
    decks = {deck_id for (deck_id,) in rows_in_parts(ctx, select, cards) if isinstance(deck_id, int)}
    homes = ", ".join(str(deck_id) for deck_id in decks if is_home(ctx.col, deck_id))
    condition = f"{READABLE_CARD} and {_HOME} in ({homes}) and not ({_is_due_in(ctx, days)})"
    if known := known_cards_with(ctx, condition, cards):
        change_cards(ctx, known, partial(ctx.col.sched.set_due_date, days=days))
    return True


_HOME = "iif(odid, odid, did)"


def _is_due_in(ctx: Context, days: str) -> str:
    """A condition in SQL for cards that this due date would not change (`set_due_date` in rslib/src/scheduler)."""
    wait, *others = {int(part.lstrip("0") or 0) for part in days.removesuffix("!").split("-")}
    if others:  # a random day of the range
        return "false"
    if ctx.col.get_config("fsrs", default=False):
        data = "iif(json_valid(data), data, '{}')"
        interval = f"coalesce(({ctx.col.sched.day_cutoff} - ({data} ->> 'lrt')) / 86400 + {wait}, ivl)"
        has_interval = f"(ivl = 0 or ivl = {interval})"
    else:
        has_interval = f"ivl = {max(wait, 1)}" if days.endswith("!") else "ivl > 0"
    is_due = f"type = 2 and queue = 2 and odid = 0 and due = {ctx.col.sched.today + wait}"
    return f"{is_due} and factor > 0 and {has_interval}"


# --- values ---


@action(
    "setEaseFactors",
    s.SetEaseFactors,
    s.DID_SET,
    writes=True,
    examples=[
        Example(
            "a card, and an id that does not exist",
            {"cards": [1700000001001, 1234567890123], "easeFactors": [2300, 2300]},
            [True, False],
        )
    ],
)
def set_ease_factors(ctx: Context, cards: list[int], ease_factors: list[int]) -> list[bool]:
    """Set the ease factor of each card and return for each whether it exists.

    Unknown ids are skipped. If a card is named more than once, its last ease counts.
    """
    eases = dict(zip(cards, ease_factors, strict=False))
    stored = _stored(ctx, eases)
    existing = {card.id for card in stored}
    changed = [card for card in stored if card.ease_factor != eases[card.id]]
    for card in changed:
        card.ease_factor = eases[card.id]
    _write_cards(ctx, "Set Ease", changed)
    return [card_id in existing for card_id in cards]


_BACKEND_NAMES = {
    "nid": "note_id",
    "did": "deck_id",
    "ord": "template_idx",
    "type": "ctype",
    "ivl": "interval",
    "factor": "ease_factor",
    "left": "remaining_steps",
    "odue": "original_due",
    "odid": "original_deck_id",
    "last_review_time": "last_review_time_secs",
}
"""The names in Anki's backend, if they differ."""


@action(
    "setSpecificValueOfCard",
    s.SetSpecificValueOfCard,
    s.VALUE_SET,
    writes=True,
    errors=[CardNotFound, NoteNotFound, DeckNotFound, Refused],
    examples=[
        Example(
            "a flag and a position", {"card": 1700000001001, "keys": ["flags", "due"], "newValues": [3, 12]}, [True]
        )
    ],
)
def set_specific_value_of_card(
    ctx: Context, card: int, keys: list[str], new_values: list[Any], warning_check: bool
) -> list[bool]:
    """Set single values of a card, in the form in which Anki stores them.

    Anki checks little: a value that does not fit the others can make the card unusable. The note, its template and the
    decks must exist. A card in a filtered deck must have a home deck that is not filtered; other cards must have none.
    """
    stored = next(iter(_stored(ctx, [card])), None)
    if stored is None:
        raise card_not_found(card)
    before = stored.SerializeToString(deterministic=True)
    for key, value in zip(keys, new_values, strict=True):
        name = _BACKEND_NAMES.get(key, key)
        if value is None:
            stored.ClearField(name)
        else:
            setattr(stored, name, value)
    if {"nid", "ord", "did", "odid"} & set(keys):
        _check_place(ctx, stored)
    if stored.SerializeToString(deterministic=True) != before:
        _write_cards(ctx, "Set Card Values", [stored])
    return [True]


def _check_place(ctx: Context, card: BackendCard) -> None:
    """Raise if the card's note, template or deck is missing, or if its decks contradict each other."""
    col = ctx.col
    assert col.db is not None
    model_id = col.db.scalar("select mid from notes where id = ?", card.note_id)
    if model_id is None:
        raise NoteNotFound(f"Note was not found: {card.note_id}", note=card.note_id)
    model = col.models.get(model_id)
    if model and model["type"] == MODEL_STD and card.template_idx >= len(model["tmpls"]):
        raise Refused(f"The note type has no template at this position: {card.template_idx}")
    decks = [card.deck_id, *filter(None, [card.original_deck_id])]
    for deck_id in decks:
        if not col.decks.name_if_exists(deck_id):
            raise deck_not_found(deck_id)
    if [col.decks.is_filtered(DeckId(deck_id)) for deck_id in decks] not in ([False], [True, False]):
        raise Refused("A card in a filtered deck has its home in another deck, and no other card has one.")


# --- answering ---


@action(
    "answerCards",
    s.AnswerCards,
    s.DID_ANSWER,
    writes=True,
    errors=[Conflict],
    examples=[
        Example(
            "a card, and an id that does not exist",
            {"answers": [{"cardId": 1700000001001, "ease": 3}, {"cardId": 1234567890123, "ease": 1}]},
            [True, False],
        )
    ],
)
def answer_cards(ctx: Context, answers: list[dict[str, Any]]) -> list[bool]:
    """Answer cards as in a review and return for each answer whether it was recorded.

    Cards that are not due are answered, too; suspended ones become unsuspended. Answers to the same card are recorded
    in their order; different cards with the same ease and no `time` are answered together. A card is skipped if it is
    unknown, or if it, its deck, its note or one of its siblings is damaged.
    """
    known = set(_known(ctx, (answer["card_id"] for answer in answers)))
    known -= _unanswerable(ctx, known)
    _check_tokens(ctx, [answer for answer in answers if answer["card_id"] in known])
    turns: dict[int, int] = {}
    groups: dict[tuple[int, int, int], list[CardId]] = {}
    for answer in answers:
        if (card_id := CardId(answer["card_id"])) in known:
            turns[card_id] = turn = turns.get(card_id, 0) + 1
            groups.setdefault((turn, answer["ease"], answer["time"]), []).append(card_id)
    label = "Answer Cards" if len(answers) > 1 else "Answer Card"
    for (_, ease, taken), cards in sorted(groups.items(), key=lambda group: group[0][0]):
        if taken:
            for card_id in ctx.paced(cards):
                ctx.write_as(label, ctx.col._backend.answer_card, _timed_answer(ctx, card_id, ease, taken))
        else:
            for chunk in ctx.chunks(cards, ANSWERS_PER_CHUNK):
                ctx.write_as(label, ctx.col._backend.grade_now, card_ids=chunk, rating=ease - AGAIN)
    return [answer["card_id"] in known for answer in answers]


def _check_tokens(ctx: Context, answers: list[dict[str, Any]]) -> None:
    """Raise Conflict if a card is no longer as it was when its token was made, or is answered earlier in the call."""
    cards = [answer["card_id"] for answer in answers if answer["token"] is not None]
    tokens = {
        card_id: token_of(card_id, marks, found.current) for card_id, marks, found in scheduling_states(ctx, cards)
    }
    for answer in answers:
        card_id, token = answer["card_id"], answer["token"]
        if token is not None and token != tokens.get(card_id):
            assert ctx.col.db is not None
            mod = ctx.col.db.scalar("select mod from cards where id = ?", card_id)
            text = f"The card was answered or changed meanwhile: {card_id}"
            words = f"{text}. Read its states and its new token by getAnswerStates."
            raise Conflict(text, in_plain_words=words, card=card_id, mod=mod)
        tokens.pop(card_id, None)


def _timed_answer(ctx: Context, card_id: CardId, ease: int, taken: int) -> CardAnswer:
    """An answer like the reviewer's: Anki has no call for several answers that logs a time."""
    states = ctx.col._backend.get_scheduling_states(card_id)
    return CardAnswer(
        card_id=card_id,
        current_state=states.current,
        new_state=(states.again, states.hard, states.good, states.easy)[ease - AGAIN],
        rating=CardAnswer.AGAIN + ease - AGAIN,
        answered_at_millis=int(time.time() * 1000),
        milliseconds_taken=taken,
    )


@action(
    "gradeNow",
    s.GradeNow,
    s.SCHEDULED,
    writes=True,
    errors=OF_CARDS,
    examples=[Example("two", {"cards": [1700000001001, 1700000001002], "ease": 3}, True)],
)
def grade_now(ctx: Context, cards: list[int], ease: int) -> bool:
    """Answer several cards with the same ease, due or not, as Anki's *Grade Now* does.

    A repeated id counts once. If an id is unknown, the call fails and changes nothing.
    """
    known = _known(ctx, cards)
    require_cards(cards, set(known))
    for card_id in _unanswerable(ctx, known):
        text = f"The card cannot be answered, because its deck, its note or a card of its note is damaged: {card_id}"
        raise Refused(text, card=card_id)
    for chunk in ctx.chunks(known, ANSWERS_PER_CHUNK):
        ctx.write(ctx.col._backend.grade_now, card_ids=chunk, rating=ease - AGAIN)
    return True


def _unanswerable(ctx: Context, cards: Iterable[int]) -> set[CardId]:
    """The cards that Anki cannot answer, which it would notice only after it has answered others.

    Answering writes into the deck and its parents, can tag the note, and can bury the note's other cards. Each deck is
    tried with one of its cards.
    """
    decks: dict[tuple[int, int], list[CardId]] = {}
    found: set[CardId] = set()
    select = f"select id, did, odid, {_HAS_DAMAGED_NOTE} from cards where id in ids"  # noqa: S608  (a constant)
    for card_id, deck_id, home_id, has_damaged_note in rows_in_parts(ctx, select, cards):
        if has_damaged_note:
            found.add(card_id)
        else:
            decks.setdefault((deck_id, home_id), []).append(card_id)
    for (deck_id, _), members in decks.items():
        try:
            ctx.col._backend.get_scheduling_states(members[0])
            ctx.col.decks.parents(DeckId(deck_id))
        except BackendError:
            found.update(members)
    return found


_HAS_DAMAGED_NOTE = f"""(exists (select 1 from notes where id = cards.nid and not {READABLE_TAGS})
    or exists (select 1 from cards as siblings where nid = cards.nid and not {READABLE_CARD}))"""  # noqa: S608


# --- positions of new cards ---


@action(
    "repositionNewCards",
    s.RepositionNewCards,
    s.REPOSITIONED,
    writes=True,
    errors=[Refused],
    examples=[
        Example(
            "the other way round",
            {"orderedCardIds": [1700000001002, 1700000001001], "startPosition": 1, "step": 1, "shift": True},
            {
                "requested": 2,
                "deduped": 2,
                "eligibleNew": 2,
                "repositioned": 2,
                "skippedNotFound": [],
                "skippedNotNew": [],
                "appliedStartPosition": 1,
                "appliedStep": 1,
                "appliedShift": True,
            },
        )
    ],
)
def reposition_new_cards(
    ctx: Context, ordered_card_ids: list[int], start_position: int, step: int, shift: bool, random: bool
) -> dict[str, Any]:
    """Position new cards in the given order, or at random.

    Cards of one note get the same position, that of the first of them. If an id is repeated, its first place counts.
    Unknown ids and cards that are not new are skipped and reported.
    """
    col = ctx.col
    assert col.db is not None
    distinct = dict.fromkeys(ordered_card_ids)
    select = f"select id, type from cards where {READABLE_CARD} and id in ids"  # noqa: S608  (a constant)
    types: dict[int, int] = dict(rows_of(col, select, distinct))
    new = [CardId(card_id) for card_id in distinct if types.get(card_id) == CARD_TYPE_NEW]
    if random:  # Anki could do it, but would keep the choice for its window
        new = sample(new, len(new))
    highest = (col.db.scalar("select max(cast(due as integer)) from cards where type = 0") or 0) if shift else 0
    if max(highest, start_position) + step * len(new) > s.LAST_POSITION:
        raise Refused(f"A position would be beyond {s.LAST_POSITION}.", field=s.RepositionNewCards.wire("step"))
    repositioned = len(new)
    if not _are_at(ctx, new, start_position, step, shift):
        refuse_unreadable(ctx.col, "card", "type = 0 and due >= ?", start_position)
        repositioned = ctx.write(
            col.sched.reposition_new_cards, new, start_position, step, randomize=False, shift_existing=shift
        ).count
    return {
        "requested": len(ordered_card_ids),
        "deduped": len(distinct),
        "eligibleNew": len(new),
        "repositioned": repositioned,
        "skippedNotFound": [card_id for card_id in distinct if card_id not in types],
        "skippedNotNew": [card_id for card_id in distinct if types.get(card_id, CARD_TYPE_NEW) != CARD_TYPE_NEW],
        "appliedStartPosition": start_position,
        "appliedStep": step,
        "appliedShift": shift,
    }


def _are_at(ctx: Context, cards: list[CardId], start: int, step: int, shift: bool) -> bool:
    """Whether the notes of these cards already have these positions, and no other card must be shifted."""
    col = ctx.col
    assert col.db is not None
    rows = rows_of(col, "select id, nid, iif(odid, odue, due), odid = 0 from cards where id in ids", cards)
    found = {card_id: row for card_id, *row in rows}
    wanted = dict(zip(dict.fromkeys(found[card_id][0] for card_id in cards), count(start, step), strict=False))
    if any(wanted[note_id] != position for note_id, position, _ in found.values()):
        return False
    shifted = col.db.scalar("select count() from cards where type = 0 and due >= ?", start) if shift and cards else 0
    return bool(shifted <= sum(is_home for _, _, is_home in found.values()))
