"""Long calls: others can read between their parts, and in parts they do what they do in one piece, as one undo step."""

import sys
import threading
from pathlib import Path

import pytest
import seed
from kept_gateways import KeptGateway
from local_gateway import LocalGateway
from sizes import for_rows

from addon.actions import REGISTRY

COUNT, PART = 40, 8
SIZES = ("NOTES_PER_CHUNK", "CARDS_PER_CHUNK", "ANSWERS_PER_CHUNK", "TAGGED_PER_CHUNK", "ROWS_PER_PART", "_PACE")
DECK = "Italian::A1"


def word(index, **more):
    return {"deckName": DECK, "modelName": "Italian vocab", "fields": {"Word": f"word {index}"}, **more}


def make_small_parts(monkeypatch):
    """Parts of `PART` items, and work that gives way each time it can."""
    assert REGISTRY.listed()  # which imports all actions
    for module in [module for name, module in sys.modules.items() if name.startswith("addon.")]:
        for size in SIZES:
            if hasattr(module, size):
                monkeypatch.setattr(module, size, PART)
    monkeypatch.setattr("addon.rpc.lane.SLICE_S", 0.0)


@pytest.fixture
def small_parts(monkeypatch):
    make_small_parts(monkeypatch)


@pytest.fixture(scope="module")
def kept_words(example_collection, tmp_path_factory):
    """Gateways on a collection with more notes, and the ids of these and of their cards, with which the calls work."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("words")))
    notes = gateway.rpc("addNotes", {"notes": [word(index, tags=["old", "old::sub"]) for index in range(COUNT)]})
    words = [entry["id"] for entry in notes["result"]], list(gateway.col.find_cards("tag:old"))
    path = Path(gateway.col.path)
    gateway.close()
    gateways = KeptGateway(path, tmp_path_factory.mktemp("kept"))
    yield gateways, words
    gateways.close()


def of_cards(**params):
    return lambda notes, cards: {"cards": cards, **params}


def of_notes(**params):
    return lambda notes, cards: {"notes": notes, **params}


def answers(notes, cards):
    return {"answers": [{"cardId": card, "ease": 3, "time": 1000 * (index % 2)} for index, card in enumerate(cards)]}


NEW = [word(COUNT + index) for index in range(COUNT)]
WRITES = {
    "addNotes": lambda notes, cards: {"notes": NEW},
    "updateNotes": lambda notes, cards: {"notes": [{"id": id, "addTags": ["new"]} for id in notes]},
    "editNoteText": lambda notes, cards: {
        "edits": [{"id": id, "field": "Word", "findText": "word", "replaceText": "term"} for id in notes]
    },
    "upsertNotes": lambda notes, cards: {"notes": [word(COUNT // 2 + index, tags=["new"]) for index in range(COUNT)]},
    "deleteNotes": of_notes(),
    "addTags": of_notes(tags="new"),
    "removeTags": of_notes(tags="old"),
    "replaceTags": of_notes(tag_to_replace="old", replace_with_tag="new others"),
    "replaceTagsInAllNotes": lambda notes, cards: {"tag_to_replace": "old", "replace_with_tag": "new"},
    "removeTagsInAllNotes": lambda notes, cards: {"tags": ["old"]},
    "findAndReplaceInNotes": of_notes(findText="word", replaceText="term"),
    "suspend": of_cards(),
    "buryCards": of_cards(),
    "setFlags": of_cards(flag=2),
    "setDueDate": of_cards(days="3"),
    "setEaseFactors": of_cards(easeFactors=[2100] * COUNT),
    "relearnCards": of_cards(),
    "answerCards": answers,
    "gradeNow": of_cards(ease=3),
    "changeDeck": of_cards(deck="Italian::Later"),
}
AFTER = {"unsuspend": "suspend", "unburyCards": "buryCards", "forgetCards": "setDueDate"}
"""Writes, and what is called before, so that there is something to do."""
WRITES.update({name: of_cards() for name in AFTER})
READS = {
    "canAddNotes": lambda notes, cards: {"notes": NEW},
    "canAddNotesWithErrorDetail": lambda notes, cards: {"notes": NEW},
    "notesInfo": of_notes(plainText=True),
    "mediaOfNotes": of_notes(),
    "cardsInfo": of_cards(),
    "cardsDetails": of_cards(fields=["due"], noteFields=["Word"]),
    "browserRows": of_cards(notes=None, columns=["noteFld", "cardDue"]),
    "cardSounds": of_cards(),
    "cardStats": of_cards(reviews=True),
    "areSuspended": of_cards(),
    "areDue": of_cards(),
    "getDecks": of_cards(),
    "getEaseFactors": of_cards(),
    "getIntervals": of_cards(),
    "getAnswerStates": of_cards(),
    "getMemoryStates": of_cards(computed=True),
    "getReviewsOfCards": of_cards(),
    "findDuplicates": lambda notes, cards: {"query": "tag:old"},
}


def prepare(gateway, method, words):
    if method in AFTER:
        gateway.rpc(AFTER[method], WRITES[AFTER[method]](*words))


def content(col):
    """What the collection holds, except for ids and times that are made anew."""
    notes = col.db.all("select id, mid, tags, flds from notes order by id")
    cards = col.db.all("select nid, did, type, queue, due, ivl, factor, reps, flags, data from cards order by id")
    return notes, cards, col.db.scalar("select count() from revlog"), sorted(col.decks.all_names_and_ids(), key=str)


@for_rows("method", [*WRITES, *READS])
def test_others_read_while_it_lasts(method, kept_words, small_parts):
    gateway, words = kept_words[0].unchanged(), kept_words[1]
    prepare(gateway, method, words)
    executor = gateway.gateway.dispatcher._executor
    give_way = executor.give_way
    read = []

    def give_way_to_a_read(runs_on, *, can_stop):
        other = threading.Thread(target=lambda: gateway.lane.submit(lambda: read.append(method), reads=True))
        other.start()
        other.join(10)
        return give_way(runs_on, can_stop=can_stop)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(executor, "give_way", give_way_to_a_read)
        response = gateway.rpc(method, {**WRITES, **READS}[method](*words))
    assert "error" not in response
    assert len(read) >= COUNT // PART - 1


@for_rows("method", WRITES)
def test_in_parts_it_is_one_undo_step_and_can_be_undone(method, kept_words, small_parts):
    gateway, words = kept_words[0].unchanged(), kept_words[1]
    prepare(gateway, method, words)
    before, steps = content(gateway.col), gateway.col._backend.get_undo_status().last_step
    assert "error" not in gateway.rpc(method, WRITES[method](*words))
    assert content(gateway.col) != before
    assert gateway.col._backend.get_undo_status().last_step > steps
    gateway.col.undo()
    assert content(gateway.col) == before


@for_rows("method", [method for method in WRITES if method not in ("addNotes", "upsertNotes")])
def test_in_parts_it_does_the_same_as_in_one_piece(method, kept_words):
    gateway, words = kept_words[0].unchanged(), kept_words[1]
    prepare(gateway, method, words)
    params = WRITES[method](*words)
    result = gateway.rpc(method, params)["result"]
    whole = content(gateway.col)
    gateway.col.undo()
    with pytest.MonkeyPatch.context() as patch:
        make_small_parts(patch)
        again = gateway.rpc(method, params)["result"]
    assert again == result or method in ("updateNotes", "editNoteText")  # the time of change
    assert comparable(content(gateway.col)) == comparable(whole)


def comparable(content):
    """Without the ids of decks, and without the times of answers."""
    notes, cards, reviews, decks = content
    return notes, [card[2:4] + card[5:9] for card in cards], reviews, [deck.name for deck in decks]


def test_every_method_that_takes_lists_of_notes_or_cards_and_can_be_long_is_here():
    lists = {action.name for action in REGISTRY.listed() if {"cards", "notes", "answers"} & {*action.params().fields}}
    assert lists - {*WRITES, *READS} == SHORT


SHORT = {
    "addImageOcclusionNotes",
    "cardsModTime",
    "cardsToNotes",
    "changeNoteType",
    "exportCardsText",
    "exportNotesPackage",
    "exportNotesText",
    "getFlags",
    "getImageOcclusionNotes",
    "notesModTime",
    "previewCards",
    "updateImageOcclusionNotes",
}
"""Methods that are in no table above: one statement or one call into Anki does their work, they need pictures, or they
are about one note."""


@pytest.mark.parametrize("method", ["updateNotes", "upsertNotes"])
def test_what_the_user_changes_in_ankis_window_meanwhile_is_not_overwritten(
    method, kept_words, small_parts, monkeypatch
):
    gateway, (notes, _) = kept_words[0].unchanged(), kept_words[1]
    edited, deleted = notes[-1], notes[-2]
    executor, col = gateway.gateway.dispatcher._executor, gateway.col
    give_way, acted = executor.give_way, []

    def give_way_to_the_user(runs_on, *, can_stop):
        if col.find_notes("tag:new") and not acted:
            acted.append(method)
            note = col.get_note(edited)
            note["Meaning"] = "typed by the user"
            col.update_note(note)
            col.db.execute("update notes set mod = mod + 5 where id = ?", edited)
            col.remove_notes([deleted])
        return give_way(runs_on, can_stop=can_stop)

    monkeypatch.setattr(executor, "give_way", give_way_to_the_user)
    if method == "updateNotes":
        params = {"notes": [{"id": note_id, "addTags": ["new"]} for note_id in notes]}
    else:
        params = {"notes": [{**word(index), "tags": ["new"]} for index in range(COUNT)]}
    result = gateway.rpc(method, params)["result"]
    assert acted
    assert [entry["error"] and entry["error"]["data"]["kind"] for entry in result] == [
        *[None] * (COUNT - 2),
        "note_not_found",
        "conflict",
    ]
    assert result[-1]["error"]["data"] == {
        "kind": "conflict",
        "note": edited,
        "mod": col.get_note(edited).mod,
        "index": COUNT - 1,
    }
    assert col.get_note(edited)["Meaning"] == "typed by the user"
    assert len(col.find_notes("tag:new")) == COUNT - 2
