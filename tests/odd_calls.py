"""Calls of all kinds that meet the rows of the example collection, some of which a test has made odd."""

from seed import MELA, MELA_CARD, UVA, UVA_CARD

CARDS, NOTES = [MELA_CARD, UVA_CARD], [MELA, UVA]
VALUES = ["due", "queue", "type", "interval", "reps", "prop:s", "prop:d", "prop:r"]

READERS = [
    ("notesInfo", {"notes": NOTES}),
    ("notesInfo", {"notes": NOTES, "plainText": True}),
    ("mediaOfNotes", {"notes": NOTES}),
    ("notesModTime", {"notes": NOTES}),
    ("cardsInfo", {"cards": CARDS}),
    ("cardsDetails", {"cards": CARDS, "fields": VALUES, "noteFields": ["Word", "Meaning"]}),
    ("cardsModTime", {"cards": CARDS}),
    ("areSuspended", {"cards": CARDS}),
    ("areDue", {"cards": CARDS}),
    ("getIntervals", {"cards": CARDS}),
    ("getIntervals", {"cards": CARDS, "complete": True}),
    ("getEaseFactors", {"cards": CARDS}),
    ("getFlags", {"cards": CARDS}),
    ("getMemoryStates", {"cards": CARDS}),
    ("getAnswerStates", {"cards": CARDS}),
    ("browserRows", {"cards": CARDS, "columns": ["question", "cardDue"]}),
    ("cardStats", {"cards": CARDS, "reviews": True}),
    ("cardSounds", {"cards": CARDS}),
    ("getMemoryStates", {"cards": CARDS, "computed": True}),
    ("getImageOcclusionNotes", {"notes": []}),
    (
        "canAddNotes",
        {
            "notes": [
                {"modelName": "Italian vocab", "deckName": "Default", "fields": {"Word": word}}
                for word in ("mela", "uva", "x")
            ]
        },
    ),
]
"""Those whose answer has an item for each id, the odd one's first."""

TOTALS = [
    ("notesInfo", {"query": ""}),
    ("findNotes", {"query": ""}),
    ("findCards", {"query": ""}),
    ("findNotes", {"query": "", "orderBy": "noteTags", "descending": True}),
    ("findCards", {"query": "", "orderBy": "noteFld"}),
    ("cardsToNotes", {"cards": CARDS}),
    ("getDecks", {"cards": CARDS}),
    ("getReviewsOfCards", {"cards": CARDS}),
    ("cardReviews", {"deck": "Italian::A1", "startID": -9}),
    ("reviewLog", {"after": -9}),
    ("getLatestReviewID", {"deck": "Italian::A1"}),
    ("getNumCardsReviewedToday", {}),
    ("getNumCardsReviewedByDay", {}),
    ("getCollectionStatsHTML", {"wholeCollection": True}),
    ("deckStatistics", {}),
    ("deckTree", {}),
    ("getDeckStats", {"decks": ["Italian", "Italian::A1"]}),
    ("collectionStatistics", {}),
    ("dueForecast", {}),
    ("graphs", {}),
    ("studyStreak", {}),
    ("findDuplicates", {"query": "", "fields": ["Word", "Meaning"]}),
    ("previewCards", {"noteId": MELA}),
    ("nextCards", {"limit": 9}),
    ("getStudyStatus", {}),
    ("getCustomStudyOptions", {"deck": "Italian"}),
    ("customStudy", {"deck": "Italian", "cram": {"kind": "new"}, "dryRun": True}),
    ("compareAnswer", {"typed": "mela", "expected": "mela"}),
    ("nextCards", {"limit": 9, "sides": "question", "states": True}),
    ("findEmptyCards", {}),
    ("unusedTags", {}),
    ("getTags", {}),
    ("listModels", {}),
    ("getDeckPresets", {}),
    ("getDeckPresets", {"options": True}),
    ("getDeckLimits", {}),
    ("getPreferences", {}),
    ("getDeckOptionsForAll", {}),
    ("getSavedSearches", {}),
    ("suggestNoteTypeMap", {"oldModelName": "Italian vocab", "newModelName": "Basic"}),
    ("getAddDefaults", {}),
    ("getAddDefaults", {"modelName": "Italian vocab"}),
    ("buildSearch", {"parts": [{"duplicate": {"modelName": "Italian vocab", "firstField": "mela"}}]}),
    ("getFsrsParams", {}),
    ("getNoteTags", {"note": MELA}),
    ("suspended", {"card": MELA_CARD}),
    ("deleteNotes", {"notes": NOTES, "dryRun": True}),
    ("deleteDecks", {"decks": ["Italian"], "cardsToo": True, "dryRun": True}),
    ("forgetCards", {"cards": CARDS, "dryRun": True}),
    ("changeNoteType", {"notes": [UVA, MELA], "modelName": "Basic", "fields": {"Front": "Word"}, "dryRun": True}),
    ("updateNoteModel", {"note": {"id": MELA, "modelName": "Basic", "fields": {"Front": "x"}}, "dryRun": True}),
    ("removeTags", {"notes": NOTES, "tags": "A1", "dryRun": True}),
    ("replaceTagsInAllNotes", {"tag_to_replace": "A1", "replace_with_tag": "x", "dryRun": True}),
    ("clearUnusedTags", {"dryRun": True}),
    ("findAndReplaceInNotes", {"findText": "m", "replaceText": "x", "notes": [UVA], "dryRun": True}),
    ("renameTag", {"tag": "A1", "newName": "x", "dryRun": True}),
    ("moveTags", {"tags": ["A1"], "parent": "x", "dryRun": True}),
    ("completeTag", {"text": "a"}),
    ("removeTagsInAllNotes", {"tags": ["A1"], "dryRun": True}),
    ("removeEmptyNotes", {"dryRun": True}),
    ("removeEmptyCards", {"dryRun": True}),
    ("deleteModels", {"modelNames": ["Italian vocab"], "dryRun": True}),
    ("modelFieldRemove", {"modelName": "Italian vocab", "fieldName": "Meaning", "dryRun": True}),
    ("modelTemplateRemove", {"modelName": "Basic (and reversed card)", "templateName": "Card 2", "dryRun": True}),
]
"""Those that look at everything, or answer something else than a list by id."""


def updates(*ids):
    return [{"id": id, "fields": {"Meaning": "new"}, "addTags": ["new"]} for id in ids]


def upserts(*words):
    return [
        {"modelName": "Italian vocab", "deckName": "Default", "fields": {"Word": w, "Meaning": "new"}} for w in words
    ]


WRITERS = [
    ("updateNotes", {"notes": updates(*NOTES), "onError": "skip"}),
    ("upsertNotes", {"notes": upserts("mela", "uva"), "onError": "skip"}),
    (
        "upsertNotes",
        {
            "notes": [{**note, "fields": {"Word": "w", **note["fields"]}} for note in upserts("mela", "uva")],
            "key": "Word",
            "onError": "skip",
        },
    ),
    ("addTags", {"notes": NOTES, "tags": "new"}),
    ("removeTags", {"notes": NOTES, "tags": "old"}),
    ("replaceTags", {"notes": NOTES, "tag_to_replace": "old", "replace_with_tag": "new"}),
    ("replaceTagsInAllNotes", {"tag_to_replace": "old", "replace_with_tag": "new x"}),
    ("setEaseFactors", {"cards": CARDS, "easeFactors": [2100, 2100]}),
    ("setDueDate", {"cards": CARDS, "days": "3"}),
    ("relearnCards", {"cards": CARDS}),
    ("answerCards", {"answers": [{"cardId": id, "ease": 3} for id in CARDS]}),
    ("changeDeck", {"cards": CARDS, "deck": "Default"}),
    ("repositionNewCards", {"orderedCardIds": [*CARDS], "startPosition": 500, "step": 1, "shift": False}),
    ("setSpecificValueOfCard", {"card": UVA_CARD, "keys": ["flags"], "newValues": [1]}),
]
"""Those that go on without an item."""

WHOLE = [
    ("updateNote", {"note": {"id": MELA, "fields": {"Meaning": "new"}, "tags": ["new"]}}),
    ("updateNoteTags", {"note": MELA, "tags": ["new"]}),
    ("updateNoteModel", {"note": {"id": MELA, "modelName": "Basic", "fields": {"Front": "x"}}}),
    ("forgetCards", {"cards": CARDS}),
    ("suspend", {"cards": CARDS}),
    ("unsuspend", {"cards": CARDS}),
    ("buryCards", {"cards": CARDS}),
    ("unburyCards", {"cards": CARDS}),
    ("setFlags", {"cards": CARDS, "flag": 5}),
    ("gradeNow", {"cards": CARDS, "ease": 3}),
    ("deleteNotes", {"notes": NOTES}),
    ("changeNoteType", {"notes": NOTES, "modelName": "Basic"}),
    ("deleteDecks", {"decks": ["Italian"], "cardsToo": True}),
    ("setSpecificValueOfCard", {"card": MELA_CARD, "keys": ["due"], "newValues": [9]}),
    ("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Italian"}]}),
    ("customStudy", {"deck": "Italian", "cram": {"kind": "all"}}),
    ("unburyDeck", {"deck": "Italian"}),
    ("sortNewCards", {"deck": "Italian::A1", "order": "random"}),
    ("removeEmptyNotes", {}),
    ("removeEmptyCards", {}),
    ("clearUnusedTags", {}),
    ("findAndReplaceInNotes", {"findText": "mela", "replaceText": "x", "notes": NOTES}),
    ("renameTag", {"tag": "old", "newName": "new"}),
    ("moveTags", {"tags": ["old"], "parent": "new"}),
    ("removeTagsInAllNotes", {"tags": ["old"]}),
    ("upsertNotes", {"notes": upserts("mela", "uva"), "onError": "abort"}),
    ("updateNotes", {"notes": updates(*NOTES), "onError": "abort"}),
    ("addNote", {"note": {"modelName": "Italian vocab", "deckName": "Default", "fields": {"Word": "mela"}}}),
    ("addNotes", {"notes": upserts("mela", "pera", "a"), "onError": "abort"}),
    (
        "updateDeckPreset",
        {"preset": "Default", "changes": {"learnSteps": [5], "relearnSteps": [], "newCardInsertOrder": "random"}},
    ),
    ("renameModel", {"modelName": "Italian vocab", "newName": "x"}),
    ("deleteModels", {"modelNames": ["Italian vocab"]}),
    ("editModel", {"modelName": "Italian vocab", "edits": [{"op": "addField", "name": "Audio", "index": 0}]}),
    ("setModelOptions", {"modelName": "Italian vocab", "sortField": "Meaning"}),
    ("restoreModel", {"modelName": "Italian vocab", "kind": "basicOptionalReversed"}),
    ("modelFieldSetOptions", {"modelName": "Italian vocab", "fields": [{"fieldName": "Word", "rtl": True}]}),
    (
        "modelTemplateSetOptions",
        {"modelName": "Italian vocab", "templates": [{"templateName": "Card 1", "deck": "Default"}]},
    ),
    ("modelFieldAdd", {"modelName": "Italian vocab", "fieldName": "Audio", "index": 0}),
    ("modelFieldReposition", {"modelName": "Italian vocab", "fieldName": "Meaning", "index": 0}),
    ("modelFieldRename", {"modelName": "Italian vocab", "oldFieldName": "Meaning", "newFieldName": "x"}),
    ("modelFieldRemove", {"modelName": "Italian vocab", "fieldName": "Meaning"}),
    (
        "modelTemplateAdd",
        {"modelName": "Italian vocab", "template": {"Name": "Recall", "Front": "{{Meaning}}", "Back": "{{Word}}"}},
    ),
    (
        "updateModelTemplates",
        {"model": {"name": "Italian vocab", "templates": {"Card 1": {"Front": "{{Meaning}}"}}}},
    ),
]
"""Those that write all or nothing."""
