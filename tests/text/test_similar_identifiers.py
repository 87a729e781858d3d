"""The methods and members that were probably meant by a wrong name."""

import time

import pytest
from sizes import for_each

from addon.actions import REGISTRY
from addon.schemas.note.notes import NewNote
from addon.text.similar import LONGEST, MOST_NAMES
from addon.text.similar_identifiers import similar_identifiers

SUMMARIES = {action.name: action.summary for action in REGISTRY.listed()}
MEANT = {
    # what somebody may guess
    "addnote": "addNote",
    "createNotes": "addNotes",
    "find_notes": "findNotes",
    "searchCards": "findCards",
    "getNotes": "notesInfo",
    "cardInfo": "cardsInfo",
    "deleteNote": "deleteNotes",
    "editNote": "updateNote",
    "newDeck": "createDeck",
    "removeDeck": "deleteDecks",
    "listDecks": "getDecks",
    "getDeckNames": "deckNames",
    "getActiveDeck": "getCurrentDeck",
    "moveCards": "changeDeck",
    "changeCardDeck": "changeDeck",
    "suspendCards": "suspend",
    "resetCards": "forgetCards",
    "gradeCards": "answerCards",
    "noteTypes": "listModels",
    "listNoteTypes": "listModels",
    "createNoteType": "createModel",
    "renameNoteType": "renameModel",
    "addField": "modelFieldAdd",
    "removeField": "modelFieldRemove",
    "addTemplate": "modelTemplateAdd",
    "getAllTags": "getTags",
    "deleteUnusedTags": "clearUnusedTags",
    "uploadMedia": "storeMediaFile",
    "addMediaFile": "storeMediaFile",
    "getMediaFile": "retrieveMediaFile",
    "importApkg": "importPackage",
    "importCsv": "importTextFile",
    "exportDeck": "exportPackage",
    "syncCollection": "sync",
    "backup": "createBackup",
    "setPreset": "setDeckPreset",
    "createFiltered": "createFilteredDeck",
    # slips
    "findNoets": "findNotes",
    "fnidNotes": "findNotes",
    "FINDNOTES": "findNotes",
    # what AnkiConnect or a fork had once
    "answerCard": "answerCards",
    "getNextCard": "nextCards",
    "guiGetNextCard": "guiCurrentCard",
    "guiReview": "guiDeckReview",
    "showAnswer": "guiShowAnswer",
    "browse": "guiBrowse",
    "isSuspended": "suspended",
}
MEMBERS = {
    "deck": "deckName",
    "Deck": "deckName",
    "deck_name": "deckName",
    "model": "modelName",
    "noteType": "modelName",
    "note_type": "modelName",
    "modelID": "modelId",
    "tag": "tags",
    "filds": "fields",
    "picturs": "picture",
}
MEMBERS_OF_A_NOTE = [field.data_key for field in NewNote().load_fields.values()]
NOTHING = ["noSuchThing", "moveNotes", "front", "", "x" * 20, "Добавить", "add" * 40]


@for_each(row=list(MEANT.items()))
def test_the_method_that_was_meant_comes_first(row):
    wrong, meant = row
    assert wrong not in SUMMARIES
    assert next(iter(similar_identifiers(wrong, SUMMARIES)), None) == meant


@for_each(row=list(MEMBERS.items()))
def test_the_member_that_was_meant_comes_first(row):
    wrong, meant = row
    assert next(iter(similar_identifiers(wrong, MEMBERS_OF_A_NOTE)), None) == meant


@for_each(wrong=NOTHING)
def test_nothing_is_suggested_for_its_letters_alone(wrong):
    assert similar_identifiers(wrong, SUMMARIES) == []


def test_only_so_many_are_returned():
    assert similar_identifiers("note", [f"note{number}" for number in range(9)]) == ["note0", "note1", "note2"]
    assert similar_identifiers("wanted", ["x"] * MOST_NAMES + ["wanted"]) == []
    assert similar_identifiers("a" * (LONGEST + 1), ["a" * (LONGEST + 1)]) == []


@pytest.mark.parametrize("wrong", ["ba" * (LONGEST // 2), "noteTagDeckCard" * 6, "aB" * (LONGEST // 2)])
def test_the_work_is_bounded(wrong):
    names = [("noteTagDeckCardAb" * 9)[number % 7 :][:LONGEST] for number in range(MOST_NAMES)]
    begun = time.thread_time()
    similar_identifiers(wrong, names)
    assert time.thread_time() - begun < 0.5
