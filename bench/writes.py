"""Writing in bulk in this process: by Anki's own calls, with getting the objects that they take, but without JSON."""

from collections.abc import Callable
from typing import Any, NamedTuple

from anki.collection import AddNoteRequest
from anki.utils import checksum, strip_html_media

from .reads import rows

MANY, ADDED = 20_000, 5_000
DECKS = ["Italian::Core", "Latin::Old"]
DAYS = ["1", "3"]


def new_notes(marker, count=ADDED, deck=DECKS[0], model="Basic"):
    fields = [{"Front": f"{marker} {index}", "Back": f"answer {index}"} for index in range(count)]
    return [{"deckName": deck, "modelName": model, "fields": entry, "tags": ["bench"]} for entry in fields]


def built(col, notes):
    """What Anki's `add_notes` takes, after one question whether any is there already."""
    model, deck = col.models.by_name(notes[0]["modelName"]), col.decks.id_for_name(notes[0]["deckName"])
    requests = []
    for entry in notes:
        note = col.new_note(model)
        for name, value in entry["fields"].items():
            note[name] = value
        note.tags = entry["tags"]
        requests.append(AddNoteRequest(note, deck))
    sums = [int(checksum(strip_html_media(request.note.fields[0]))[:8], 16) for request in requests]
    taken = {flds.partition("\x1f")[0] for _, flds in rows(col, "select id, flds from notes where csum in ids", sums)}
    return requests, taken


def add_notes(col, ids, params):
    requests, taken = built(col, params["notes"])
    assert taken.isdisjoint(request.note.fields[0] for request in requests)
    col.add_notes(requests)


def can_add_notes(col, ids, params):
    requests, taken = built(col, params["notes"])
    return [request.note.fields[0] not in taken for request in requests]


def set_ease(col, ids, params):
    cards = [col.get_card(id) for id in ids]
    for card, factor in zip(cards, params["easeFactors"], strict=True):
        card.factor = factor
    col.update_cards(cards)


def relearn(col, ids, params):
    cards = [col.get_card(id) for id in ids]
    for card in cards:
        card.type, card.queue, card.due = 3, 1, 1_700_000_000
    col.update_cards(cards)


def update_notes(col, ids, params):
    notes = [col.get_note(entry["id"]) for entry in params["notes"]]
    for note, entry in zip(notes, params["notes"], strict=True):
        note.tags = sorted({*note.tags, *entry["addTags"]})
    col.update_notes(notes)


def upsert_notes(col, ids, params):
    texts = [entry["fields"]["Front"] for entry in params["notes"]]
    sums = [int(checksum(text)[:8], 16) for text in texts]
    known = {
        flds.partition("\x1f")[0]: id for id, flds in rows(col, "select id, flds from notes where csum in ids", sums)
    }
    notes = [col.get_note(known[text]) for text in texts]
    for note, entry in zip(notes, params["notes"], strict=True):
        note["Back"] = entry["fields"]["Back"]
    col.update_notes(notes)


def find_and_replace(col, ids, params):
    find, new = params["findText"], params["replaceText"]
    col.find_and_replace(note_ids=ids, search=find, replacement=new, match_case=True)


def change_note_type(col, ids, params):
    old, new = col.get_note(ids[0]).mid, col.models.by_name(params["modelName"])["id"]
    info = col.models.change_notetype_info(old_notetype_id=old, new_notetype_id=new)
    info.input.note_ids.extend(ids)
    col.models.change_notetype_of_notes(info.input)


def insert_reviews(col, ids, params):
    col.db.transact(lambda: col.db.executemany("insert into revlog values (?,?,?,?,?,?,?,?,?)", params["reviews"]))


def reviews(cards, turn):
    first = 1_500_000_000_000 + turn * MANY
    return [[first + index, card, -1, 3, 4, 2, 2500, 6000, 1] for index, card in enumerate(cards)]


def written(turn):
    return [{**note, "fields": {**note["fields"], "Back": f"{turn}"}} for note in new_notes("add0")]


class Write(NamedTuple):
    of: str | None
    """What is worked on: `cards`, `notes`, `basic` (notes of the type Basic) or `last` (the newest notes)."""
    params: Callable[[int, list[int]], dict[str, Any]]
    """For the turn, and the ids that are worked on."""
    inside: Callable[[Any, list[int], dict[str, Any]], Any]
    count: int = MANY
    aim: float = 1.15
    """1.7 where notes are sent whole: their JSON has to be read and checked. 2.5 where the notes that will change are
    found first, which Anki's own call does not tell."""


NOTES, FOUND_FIRST = 1.7, 2.5

WRITES = [
    {
        "suspend": Write("cards", lambda *_: {}, lambda col, ids, _: col.sched.suspend_cards(ids)),
        "unsuspend": Write("cards", lambda *_: {}, lambda col, ids, _: col.sched.unsuspend_cards(ids)),
    },
    {
        "buryCards": Write("cards", lambda *_: {}, lambda col, ids, _: col.sched.bury_cards(ids)),
        "unburyCards": Write("cards", lambda *_: {}, lambda col, ids, _: col.sched.unbury_cards(ids)),
    },
    {
        "setFlags": Write(
            "cards",
            lambda turn, _: {"flag": turn % 7 + 1},
            lambda col, ids, params: col.set_user_flag_for_cards(params["flag"], ids),
        ),
    },
    {
        "setEaseFactors": Write("cards", lambda turn, ids: {"easeFactors": [1500 + turn] * len(ids)}, set_ease),
    },
    {
        "changeDeck": Write(
            "cards",
            lambda turn, _: {"deck": DECKS[turn % 2]},
            lambda col, ids, params: col.set_deck(ids, col.decks.id_for_name(params["deck"])),
        ),
    },
    {
        "addTags": Write(
            "notes",
            lambda turn, _: {"tags": f"bench{turn}"},
            lambda col, ids, params: col.tags.bulk_add(ids, params["tags"]),
        ),
        "replaceTags": Write(
            "notes",
            lambda turn, _: {"tag_to_replace": f"bench{turn}", "replace_with_tag": f"kept{turn}"},
            lambda col, ids, params: col.tags.find_and_replace(
                ids, params["tag_to_replace"], params["replace_with_tag"], False, False
            ),
        ),
        "removeTags": Write(
            "notes",
            lambda turn, _: {"tags": f"kept{turn}"},
            lambda col, ids, params: col.tags.bulk_remove(ids, params["tags"]),
        ),
    },
    {
        "setDueDate": Write(
            "cards",
            lambda turn, _: {"days": DAYS[turn % 2]},
            lambda col, ids, params: col.sched.set_due_date(ids, params["days"]),
        ),
        "relearnCards": Write("cards", lambda *_: {}, relearn),
        "gradeNow": Write(
            "cards",
            lambda *_: {"ease": 3},
            lambda col, ids, params: col._backend.grade_now(card_ids=ids, rating=params["ease"] - 1),
            count=2_000,
        ),
        "answerCards": Write(
            "cards",
            lambda turn, ids: {"answers": [{"cardId": card, "ease": 3} for card in ids]},
            lambda col, ids, _: col._backend.grade_now(card_ids=ids, rating=2),
            count=2_000,
        ),
        "forgetCards": Write(
            "cards", lambda *_: {}, lambda col, ids, _: col.sched.schedule_cards_as_new(ids, restore_position=True)
        ),
    },
    {
        "insertReviews": Write("cards", lambda turn, ids: {"reviews": reviews(ids, turn)}, insert_reviews, aim=NOTES),
    },
    {
        "canAddNotes": Write(None, lambda turn, _: {"notes": new_notes(f"can{turn}")}, can_add_notes, aim=NOTES),
    },
    {
        "addNotes": Write(None, lambda turn, _: {"notes": new_notes(f"add{turn}")}, add_notes, aim=NOTES),
    },
    {
        "upsertNotes": Write(
            None,
            lambda turn, _: {"notes": written(turn)},
            upsert_notes,
            aim=NOTES,
        ),
    },
    {
        "updateNotes": Write(
            "notes",
            lambda turn, ids: {"notes": [{"id": id, "addTags": [f"more{turn}"]} for id in ids]},
            update_notes,
            count=ADDED,
            aim=NOTES,
        ),
    },
    {
        "changeNoteType": Write(
            "basic",
            lambda turn, _: {"modelName": ["Basic (and reversed card)", "Basic"][turn % 2]},
            change_note_type,
            count=ADDED,
        ),
    },
    {
        "findAndReplaceInNotes": Write(
            "notes",
            lambda turn, _: {"findText": "aA"[turn % 2], "replaceText": "Aa"[turn % 2], "matchCase": True},
            find_and_replace,
            aim=FOUND_FIRST,
        ),
    },
    {
        "deleteNotes": Write("last", lambda *_: {}, lambda col, ids, _: col.remove_notes(ids), count=1_000),
    },
]
"""In this order; each round of those that belong together leaves what the first of them needs."""
