"""Make a large collection, the same each time: notes of several note types in nested decks, tagged and reviewed.

50,000 notes are about 68,000 cards and 130,000 reviews; that takes some seconds, once.
"""

import random
import shutil
from pathlib import Path
from typing import NamedTuple

import anki.lang
from anki.collection import AddNoteRequest, Collection

KEPT = Path(__file__).parents[1] / "build" / "bench"
NAME = "collection.anki2"
DECKS = [
    f"{language}::{part}"
    for language in ("Italian", "Japanese", "Arabic", "Finnish", "Latin", "Music")
    for part in ("Core", "Reading", "Reading::Books", "Reading::News", "Sentences", "Old")
]
TAGS = [f"topic{index:03}" for index in range(180)] + [f"book::chapter{index:02}" for index in range(60)] + ["leech"]
SYLLABLES = [f"{start}{vowel}" for start in "bcdfglmnprstv" for vowel in "aeiou"]
AT_ONCE = 20_000
"""Notes or cards that are written at once, so that a very large collection needs little memory."""
MINED = ["Expression", "Reading", "Meaning", "Sentence", "Translation", "Source", "Notes"]


class Mix(NamedTuple):
    """How often a note is Mined, Basic, Basic with a reversed card, or Cloze; and the deletions of one of Cloze."""

    name: str
    weights: list[int]
    deletions: int


USUAL = Mix("", [3, 3, 4, 1], 1)
TWO_CARDS = Mix("-of-two-cards", [1, 1, 6, 2], 3)
"""Two cards for each note, on average."""


def large(notes, mix=USUAL):
    """The path of a collection with so many notes, made where it is not kept already. Copy it to use it."""
    folder = KEPT / f"{notes}-notes{mix.name}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        anki.lang.set_lang("en")
        col = Collection(str(part / NAME))
        try:
            _fill(col, random.Random(1), notes, mix)
            col.optimize()
        finally:
            col.close()
        part.rename(folder)
    return folder / NAME


def _fill(col, dice, count, mix):
    decks = [col.decks.add_normal_deck_with_name(name).id for name in DECKS]
    models = [_mined(col), *(col.models.by_name(name) for name in ("Basic", "Basic (and reversed card)", "Cloze"))]
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(6_000)]

    def text(least, most):
        return " ".join(dice.choices(words, k=dice.randint(least, most)))

    requests = []
    for index in range(count):
        (model,) = dice.choices(models, weights=mix.weights)
        note = col.new_note(model)
        note.fields = [text(3, 25) for _ in note.fields]
        note.fields[0] = f"{text(1, 3)} {index}"
        if model["type"] == 1:
            for number in range(1, mix.deletions + 1):
                note.fields[0] = f"{note.fields[0]} {{{{c{number}::{text(1, 2)}}}}} {text(2, 8)}"
        note.tags = dice.sample(TAGS, dice.randint(0, 4))
        requests.append(AddNoteRequest(note, dice.choice(decks)))
        if len(requests) == AT_ONCE:
            col.add_notes(requests)
            requests.clear()
    col.add_notes(requests)
    card_ids = col.db.list("select id from cards order by id")
    moment = 1_600_000_000_000
    for start in range(0, len(card_ids), AT_ONCE):
        moment = _review(col, dice, card_ids[start : start + AT_ONCE], moment)


def _mined(col):
    models = col.models
    model = models.new("Mined")
    for name in MINED:
        models.add_field(model, models.new_field(name))
    template = models.new_template("Recognition")
    template["qfmt"] = "<div>{{Expression}}</div>{{#Sentence}}<p>{{Sentence}}</p>{{/Sentence}}"
    template["afmt"] = "{{FrontSide}}<hr id=answer>{{furigana:Reading}}<br>{{Meaning}}<br>{{Translation}}"
    models.add_template(model, template)
    models.add_dict(model)
    return models.by_name("Mined")


def _review(col, dice, card_ids, moment):
    """Give most cards a state and a history after a moment, as years of use would. Return the moment of the last."""
    states, reviews = [], []
    for card_id in card_ids:
        if dice.random() < 0.25:
            continue
        interval, ease = dice.randint(1, 400), dice.choice([1300, 2100, 2350, 2500, 2650])
        for _ in range(dice.randint(1, 4)):
            moment += dice.randint(1, 2_000)
            last = max(1, interval // 2)
            answer, taken = dice.choice([1, 3, 3, 4]), dice.randint(1_000, 20_000)
            reviews.append((moment, card_id, -1, answer, interval, last, ease, taken, 1))
        queue = -1 if dice.random() < 0.03 else 2
        states.append((interval, ease, dice.randint(-200, 400), queue, dice.randint(1, 30), card_id))

    card = "update cards set type = 2, ivl = ?, factor = ?, due = ?, queue = ?, reps = ? where id = ?"
    review = "insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)"

    def write():
        col.db.executemany(card, states)
        col.db.executemany(review, reviews)

    col.db.transact(write)
    return moment
