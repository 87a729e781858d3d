"""Reading in bulk in this process: the fastest way known here, from the ids to what the action gives.

The same work for the same answer, by Anki's own calls and SQL, as a program inside Anki would do it.
"""

import time
from collections import defaultdict
from typing import Any, NamedTuple

import orjson
from anki.consts import QUEUE_TYPE_SUSPENDED
from anki.utils import strip_html_media

from addon.actions.study.states import token_of
from addon.text.plain import without_isolates

from .gateways import PROFILE

MANY, RENDERED, QUEUED = 20_000, 5_000, 100
CURRENT = "Italian::Core"
"""The deck whose next cards are read."""
SORTED_TWICE = 3.5
"""An aim: Anki sorts in both directions, so that equal ones can be found and put in the order of their ids."""


def rows(col, select, ids):
    return col.db.all(select.replace("in ids", "in (select value from json_each(?))"), str(ids))


def answers(col, select, ids, entry, missing):
    found = {row[0]: entry(row) for row in rows(col, select, ids)}
    return [found.get(id, missing) for id in ids]


def notes_info(col, ids):
    cards = defaultdict(list)
    for note_id, _, card_id in sorted(map(tuple, rows(col, "select nid, ord, id from cards where nid in ids", ids))):
        cards[note_id].append(card_id)
    names = {model["id"]: (model["name"], col.models.field_names(model)) for model in col.models.all()}

    def entry(row):
        note_id, model_id, mod, tags, fields = row
        model, field_names = names[model_id]
        return {
            "noteId": note_id,
            "profile": PROFILE,
            "tags": tags.split(),
            "fields": {
                name: {"value": value, "order": order}
                for order, (name, value) in enumerate(zip(field_names, fields.split("\x1f"), strict=True))
            },
            "modelName": model,
            "mod": mod,
            "cards": cards[note_id],
        }

    return answers(col, "select id, mid, mod, tags, flds from notes where id in ids", ids, entry, {})


NEWEST = "select cid, ivl, max(id) from revlog where cid in ids group by cid"


def are_due(col, ids):
    due = set(col.find_cards("is:due"))
    logs = {card_id: (interval, at / 1000) for card_id, interval, at in rows(col, NEWEST, ids)}
    new = {row[0] for row in rows(col, "select id from cards where type = 0 and id in ids", ids)}
    now = time.time()
    found = []
    for card_id in ids:
        interval, at = logs.get(card_id, (0, 0))
        found.append(card_id in new or (at - interval <= now if interval < -1200 else card_id in due))
    return found


def get_intervals(col, ids):
    found = {row[0]: row[1] for row in rows(col, NEWEST, ids)}
    return [found.get(id, 0) for id in ids]


def get_decks(col, ids):
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    decks = dict(rows(col, "select id, did from cards where id in ids", ids))
    found = defaultdict(list)
    for card_id in ids:
        found[names[decks[card_id]]].append(card_id)
    return found


def next_labels(col, card_id):
    return col._backend.describe_next_states(col._backend.get_scheduling_states(card_id))


def cards_info(col, ids):
    """Rendering and the labels of the buttons are calls for each card, whoever asks."""
    names = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    models = {model["id"]: (model["name"], col.models.field_names(model), model["css"]) for model in col.models.all()}
    keys = ["factor", "interval", "note", "type", "queue", "due", "reps", "lapses", "left", "mod"]
    columns = "factor, ivl, nid, c.type, queue, due, reps, lapses, left, c.mod"

    def entry(row):
        card_id, ord, deck_id, home_id, flags, model_id, fields, *numbers = row
        model, field_names, css = models[model_id]
        rendered = col._backend.render_existing_card(card_id=card_id, browser=False, partial_render=False)
        question, answer = (
            f"<style>{css}</style>" + "".join(node.text for node in nodes)
            for nodes in (rendered.question_nodes, rendered.answer_nodes)
        )
        return {
            "cardId": card_id,
            "fields": {
                name: {"value": value, "order": order}
                for order, (name, value) in enumerate(zip(field_names, fields.split("\x1f"), strict=True))
            },
            "fieldOrder": ord,
            "question": question,
            "answer": answer,
            "modelName": model,
            "ord": ord,
            "deckName": names[deck_id],
            "css": css,
            **dict(zip(keys, numbers, strict=True)),
            "nextReviews": [without_isolates(label) for label in next_labels(col, card_id)],
            "flags": flags,
            "homeDeckName": names[home_id or deck_id],
        }

    tables = "cards c join notes n on n.id = nid"
    select = f"select c.id, ord, did, odid, c.flags & 7, mid, flds, {columns} from {tables} where c.id in ids"
    return answers(col, select, ids, entry, {})


def chosen(select, entry, missing=None):
    """How to read by one select and give each id its entry."""
    return lambda col, ids: answers(col, select, ids, entry, missing)


def cards_details(col, ids):
    def entry(row):
        return {"cardId": row[0], "due": row[1], "interval": row[2]}

    return answers(col, "select id, due, ivl from cards where id in ids", ids, entry, None)


LOG = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")


def reviews_of_cards(col, ids):
    found = {card_id: [] for card_id in ids}
    select = f"select cid, {', '.join(LOG)} from revlog where cid in ids"
    for card_id, *values in sorted(rows(col, select, ids), key=lambda row: row[1]):
        found[card_id].append(dict(zip(LOG, values, strict=True)))
    return {str(card_id): entries for card_id, entries in found.items()}


def review_log(col, limit):
    names = (*LOG, "cardId")
    entries = col.db.all(f"select {', '.join(LOG)}, cid from revlog order by id limit ?", limit + 1)
    page = [dict(zip(names, row, strict=True)) for row in entries[:limit]]
    return {"reviews": page, "next": page[-1]["id"] if len(entries) > limit else None}


def find_duplicates(col):
    groups = defaultdict(list)
    ids = str(list(col.find_notes("")))
    for note_id, model_id, fields in col.db.all(
        "select id, mid, flds from notes where id in (select value from json_each(?)) order by id", ids
    ):
        text = fields.partition("\x1f")[0]
        groups[model_id, strip_html_media(text) if "<" in text or "&" in text else text].append(note_id)
    return [{"values": [key[1]], "notes": notes} for key, notes in groups.items() if len(notes) > 1]


def memory_states(col, ids):
    def entry(row):
        card_id, data = row
        state = orjson.loads(data) if data else {}
        return {
            "cardId": card_id,
            "stability": state.get("s"),
            "difficulty": state.get("d"),
            "retrievability": None,  # no card of the collection has a memory state
            "desiredRetention": state.get("dr"),
            "decay": state.get("decay"),
        }

    return answers(col, "select id, data from cards where id in ids", ids, entry, None)


def deck_limits(col):
    presets = {preset["id"]: preset for preset in col.decks.all_config()}
    today = col.sched.today

    def of_today(limit):
        return limit["limit"] if limit and limit["today"] == today else None

    found = []
    for deck in sorted(col.decks.all(), key=lambda deck: deck["name"].lower()):
        preset, answered = presets[deck["conf"]], col._backend.counts_for_deck_today(deck["id"])
        found.append(
            {
                "deck": deck["name"],
                "preset": {"new": preset["new"]["perDay"], "reviews": preset["rev"]["perDay"]},
                "deckLimit": {"new": deck.get("newLimit"), "reviews": deck.get("reviewLimit")},
                "today": {
                    "new": of_today(deck.get("newLimitToday")),
                    "reviews": of_today(deck.get("reviewLimitToday")),
                },
                "answeredToday": {"new": answered.new, "reviews": answered.review},
            }
        )
    return found


def columns(col):
    return [
        {
            "key": column.key,
            "cardsLabel": without_isolates(column.cards_mode_label),
            "notesLabel": without_isolates(column.notes_mode_label),
            "sortsCards": column.sorting_cards > 0,
            "sortsNotes": column.sorting_notes > 0,
            "descendingFirst": max(column.sorting_cards, column.sorting_notes) > 1,
            "tooltip": without_isolates(column.cards_mode_tooltip),
        }
        for column in col.all_browser_columns()
    ]


def answer_states(col, ids):
    """Anki has no call for the states of several cards."""
    marks = {row[0]: tuple(row[1:]) for row in rows(col, "select id, reps, due from cards where id in ids", ids)}
    found = []
    for card_id in ids:
        states = col._backend.get_scheduling_states(card_id)
        found.append(
            {
                "cardId": card_id,
                "token": token_of(card_id, marks[card_id], states.current),
                "state": states.current.normal.WhichOneof("kind") or "new",
                "answers": described_answers(col, states),
            }
        )
    return found


def described_answers(col, states):
    labels = map(without_isolates, col._backend.describe_next_states(states))
    found = []
    for ease, (label, state) in enumerate(
        zip(labels, (states.again, states.hard, states.good, states.easy), strict=True), 1
    ):
        kind = state.normal.WhichOneof("kind")
        if kind == "review":
            seconds = state.normal.review.scheduled_days * 86_400
        else:
            learning = state.normal.learning if kind == "learning" else state.normal.relearning.learning
            seconds = learning.scheduled_secs
        found.append({"ease": ease, "interval": seconds, "label": label, "state": kind})
    return found


def next_cards(col):
    queued = col._backend.get_queued_cards(fetch_limit=QUEUED, intraday_learning_only=False)
    models = dict(rows(col, "select id, mid from notes where id in ids", [each.card.note_id for each in queued.cards]))
    names = {model.id: model.name for model in col.models.all_names_and_ids()}
    decks = {deck.id: deck.name for deck in col.decks.all_names_and_ids()}
    cards = []
    for each in queued.cards:
        card = each.card
        rendered = col._backend.render_existing_card(card_id=card.id, browser=False, partial_render=False)
        answers = described_answers(col, each.states)
        cards.append(
            {
                "cardId": card.id,
                "noteId": card.note_id,
                "deckName": decks[card.deck_id],
                "modelName": names[models[card.note_id]],
                "queue": ["new", "learning", "review"][each.queue],
                "question": "".join(node.text for node in rendered.question_nodes),
                "answer": "".join(node.text for node in rendered.answer_nodes),
                "nextReviews": [answer["label"] for answer in answers],
                "token": token_of(card.id, (card.reps, card.due), each.states.current),
                "states": answers,
            }
        )
    return {
        "deck": col.decks.current()["name"],
        "new": queued.new_count,
        "learning": queued.learning_count,
        "review": queued.review_count,
        "cards": cards,
    }


def sorted_ids(find, key):
    return lambda col: list(getattr(col, find)("", next(each for each in col.all_browser_columns() if each.key == key)))


class Read(NamedTuple):
    of: str | None
    """`notes` or `cards`, whose ids are given; None where the params are always the same."""
    count: int
    inside: Any
    """What is done in this process, from the collection and the ids, or the collection alone, to the result."""
    params: dict[str, Any] = {}  # noqa: RUF012
    in_order: bool = True
    aim: float | None = 1.15
    """None for a call so small that the request itself takes most of the time."""
    action: str | None = None
    """Its name, if it is not the row's."""


READS = {
    "notesInfo": Read("notes", MANY, notes_info),
    "notesModTime": Read(
        "notes",
        MANY,
        chosen("select id, mod from notes where id in ids", lambda row: {"noteId": row[0], "mod": row[1]}),
    ),
    "cardsInfo": Read("cards", RENDERED, cards_info),
    "cardsModTime": Read(
        "cards",
        MANY,
        chosen("select id, mod from cards where id in ids", lambda row: {"cardId": row[0], "mod": row[1]}),
    ),
    "cardsToNotes": Read(
        "cards",
        MANY,
        lambda col, ids: [row[0] for row in rows(col, "select distinct nid from cards where id in ids", ids)],
        in_order=False,
    ),
    "cardsDetails": Read("cards", MANY, cards_details, {"fields": ["due", "interval"]}),
    "areDue": Read("cards", MANY, are_due),
    "areSuspended": Read(
        "cards",
        MANY,
        chosen("select id, queue from cards where id in ids", lambda row: row[1] == QUEUE_TYPE_SUSPENDED),
    ),
    "getIntervals": Read("cards", MANY, get_intervals),
    "getDecks": Read("cards", MANY, get_decks),
    "getEaseFactors": Read("cards", MANY, chosen("select id, factor from cards where id in ids", lambda row: row[1])),
    "getFlags": Read("cards", MANY, chosen("select id, flags from cards where id in ids", lambda row: row[1] & 7)),
    "getReviewsOfCards": Read("cards", MANY, reviews_of_cards),
    "reviewLog": Read(None, 10_000, lambda col: review_log(col, 10_000), {"limit": 10_000}),
    "findNotes": Read(None, 0, lambda col: list(col.find_notes("")), {"query": ""}, in_order=False),
    "findCards": Read(None, 0, lambda col: list(col.find_cards("")), {"query": ""}, in_order=False),
    "findNotes by noteFld": Read(
        None,
        0,
        sorted_ids("find_notes", "noteFld"),
        {"query": "", "orderBy": "noteFld"},
        in_order=False,
        aim=SORTED_TWICE,
        action="findNotes",
    ),
    "findCards by cardDue": Read(
        None,
        0,
        sorted_ids("find_cards", "cardDue"),
        {"query": "", "orderBy": "cardDue"},
        in_order=False,
        aim=SORTED_TWICE,
        action="findCards",
    ),
    "findDuplicates": Read(None, 0, find_duplicates),
    "getMemoryStates": Read("cards", MANY, memory_states),
    "getAnswerStates": Read("cards", RENDERED, answer_states),
    "getDeckLimits": Read(None, 0, deck_limits, aim=None),
    "browserColumns": Read(None, 0, columns, aim=None),
    "nextCards with states": Read(None, QUEUED, next_cards, {"limit": QUEUED, "states": True}, action="nextCards"),
}
