"""A call of each action that grows with the collection: on all of it, or on a tenth of its notes and cards."""

from .writes import new_notes, reviews


class Facts:
    """What calls name, of one collection."""

    def __init__(self, client, count=None):
        """`count`: how many notes and cards are named; None for a tenth of all."""

        def find(action, query):
            ids = sorted(client.call(action, {"query": query}))
            return ids[:: max(1, len(ids) // count if count else PART)][:count]

        self.notes = find("findNotes", "")
        self.cards = find("findCards", "")
        self.basic = find("findNotes", "note:Basic")
        self.fresh = find("findCards", "is:new")
        self.shown = find("findCards", "-is:suspended")
        self.models = client.call("modelNamesAndIds")
        self.decks = client.call("deckNamesAndIds")
        self.config = client.call("getDeckConfig", {"deck": "Italian::Core"})
        self.note = self.basic[0]
        self.card = self.shown[0]


PART = 10


def new(facts):
    return new_notes("grown", len(facts.notes))


def occlusion(number):
    shape = {"type": "rect", "left": 0.1, "top": 0.2, "width": 0.3, "height": 0.25}
    image = {"filename": "_map.png", "data": "iVBORw0KGgo="}
    return {"image": image, "shapes": [shape], "deckName": "Italian", "header": f"{number}"}


MINED = {"modelName": "Mined"}
DECK = {"deck": "Italian::Core"}
WRITTEN = {"Front": "written", "Back": "by bench"}
FILTERED = {"deck": "Filtered", "terms": [{"search": "deck:Japanese", "limit": 99999, "order": "random"}]}
CARD = {"Name": "Other", "Front": "{{Expression}}", "Back": "{{Meaning}}"}

CALLS = {
    # reading
    "apiReflect": lambda f: {"scopes": ["actions"]},
    "areDue": lambda f: {"cards": f.cards},
    "areSuspended": lambda f: {"cards": f.cards},
    "canAddNote": lambda f: {"note": new_notes("one", 1)[0]},
    "canAddNoteWithErrorDetail": lambda f: {"note": new_notes("one", 1)[0]},
    "canAddNotes": lambda f: {"notes": new(f)},
    "canAddNotesWithErrorDetail": lambda f: {"notes": new(f)},
    "browserColumns": lambda f: {},
    "browserRows": lambda f: {"cards": f.cards, "columns": ["noteFld", "cardDue", "deck"]},
    "cardReviews": lambda f: {**DECK, "startID": 0},
    "cardsDetails": lambda f: {"cards": f.cards, "fields": ["due", "prop:r"], "noteFields": ["Front"]},
    "cardSounds": lambda f: {"cards": f.shown},
    "compareAnswer": lambda f: {"typed": "mela" * 100, "expected": "mele" * 100},
    "getStudyStatus": lambda f: {},
    "getCustomStudyOptions": lambda f: DECK,
    "cardStats": lambda f: {"cards": f.cards},
    "cardsInfo": lambda f: {"cards": f.cards},
    "cardsModTime": lambda f: {"cards": f.cards},
    "cardsToNotes": lambda f: {"cards": f.cards},
    "collectionStatistics": lambda f: {},
    "createBackup": lambda f: {},
    "deckNameFromId": lambda f: {"deckId": f.decks["Italian::Core"]},
    "deckStatistics": lambda f: {},
    "deckTree": lambda f: {},
    "dueForecast": lambda f: {},
    "findCards": lambda f: {"query": "", "orderBy": "cardDue"},
    "findDuplicates": lambda f: {},
    "findModelsById": lambda f: {"modelIds": [*f.models.values()]},
    "findModelsByName": lambda f: {"modelNames": [*f.models]},
    "findNotes": lambda f: {"query": ""},
    "findCardsPage": lambda f: {"query": "", "orderBy": "cardDue"},
    "findNotesPage": lambda f: {"query": ""},
    "getCollectionStatsHTML": lambda f: {},
    "getDeckConfig": lambda f: DECK,
    "getDeckDescription": lambda f: DECK,
    "getDeckStats": lambda f: {"decks": [*f.decks]},
    "getAnswerStates": lambda f: {"cards": f.shown},
    "getDecks": lambda f: {"cards": f.cards},
    "getEaseFactors": lambda f: {"cards": f.cards},
    "getFlags": lambda f: {"cards": f.cards},
    "getIntervals": lambda f: {"cards": f.cards, "complete": True},
    "getLatestReviewID": lambda f: DECK,
    "getMemoryStates": lambda f: {"cards": f.cards},
    "getNoteTags": lambda f: {"note": f.note},
    "getReviewsOfCards": lambda f: {"cards": f.cards},
    "buildSearch": lambda f: {"parts": [{"deck": "Italian::Core"}, {"tag": "leech", "negated": True}]},
    "suggestNoteTypeMap": lambda f: {"oldModelName": "Basic", "newModelName": REVERSED},
    "completeTag": lambda f: {"text": "e"},
    "mediaOfNotes": lambda f: {"notes": f.notes},
    "previewCards": lambda f: {"noteId": f.note},
    "graphs": lambda f: {},
    "modelFieldDescriptions": lambda f: MINED,
    "modelFieldFonts": lambda f: MINED,
    "modelFieldNames": lambda f: MINED,
    "modelFieldsOnTemplates": lambda f: MINED,
    "modelNameFromId": lambda f: {"modelId": f.models["Mined"]},
    "modelStyling": lambda f: MINED,
    "modelTemplates": lambda f: MINED,
    "listMediaTrash": lambda f: {},
    "multi": lambda f: {"actions": [{"action": "getNoteTags", "params": {"note": id}} for id in f.notes[:9000]]},
    "notesInfo": lambda f: {"notes": f.notes},
    "notesModTime": lambda f: {"notes": f.notes},
    "reviewLog": lambda f: {"limit": 10_000, "query": ""},
    "suspended": lambda f: {"card": f.card},
    # writing
    "addImageOcclusionNotes": lambda f: {"notes": [occlusion(number) for number in range(len(f.notes) // 10)]},
    "addNote": lambda f: {"note": new_notes("one", 1)[0]},
    "addNotes": lambda f: {"notes": new(f)},
    "addTags": lambda f: {"notes": f.notes, "tags": "grown"},
    "answerCards": lambda f: {"answers": [{"cardId": card, "ease": 3} for card in f.shown]},
    "buryCards": lambda f: {"cards": f.shown},
    "changeDeck": lambda f: {"cards": f.cards, "deck": "Grown"},
    "changeNoteType": lambda f: {"notes": f.basic, "modelName": "Basic (and reversed card)"},
    "cloneDeckConfigId": lambda f: {"name": "Grown"},
    "createDeck": lambda f: {"deck": "Grown"},
    "createModel": lambda f: {
        "modelName": "Grown",
        "inOrderFields": ["A", "B"],
        "cardTemplates": [{"Name": "1", "Front": "{{A}}", "Back": "{{B}}"}],
    },
    "deleteDecks": lambda f: {"decks": ["Latin"], "cardsToo": True},
    "deleteMediaFile": lambda f: {"filename": "none"},
    "deleteMediaFiles": lambda f: {"filenames": ["none"]},
    "deleteModels": lambda f: {"modelNames": ["Mined"]},
    "deleteNotes": lambda f: {"notes": f.notes},
    "editModel": lambda f: {**MINED, "edits": [{"op": "removeField", "name": "Notes"}]},
    "exportPackage": lambda f: {"deck": "Italian", "path": "grown.apkg"},
    "exportNotesPackage": lambda f: {"path": "notes.apkg", "notes": f.notes},
    "exportNotesText": lambda f: {"path": "notes.txt", "notes": f.notes},
    "exportCardsText": lambda f: {"path": "cards.txt", "cards": f.cards},
    "previewTextFile": lambda f: {"text": TEXT, "modelName": "Basic"},
    "importTextFile": lambda f: {"text": TEXT, "modelName": "Basic", "deck": "Default"},
    "findAndReplaceInModels": lambda f: {**MINED, "findText": "hr", "replaceText": "br"},
    "findAndReplaceInNotes": lambda f: {"findText": "a", "replaceText": "b", "notes": f.notes},
    "forgetCards": lambda f: {"cards": f.cards},
    "gradeNow": lambda f: {"cards": f.shown, "ease": 3},
    "insertReviews": lambda f: {"reviews": reviews(f.cards, 0)},
    "modelFieldAdd": lambda f: {**MINED, "fieldName": "Grown"},
    "modelFieldRemove": lambda f: {**MINED, "fieldName": "Notes"},
    "modelFieldRename": lambda f: {**MINED, "oldFieldName": "Notes", "newFieldName": "Grown"},
    "modelFieldReposition": lambda f: {**MINED, "fieldName": "Notes", "index": 0},
    "modelFieldSetDescription": lambda f: {**MINED, "fieldName": "Notes", "description": "grown"},
    "modelFieldSetOptions": lambda f: {**MINED, "fields": [{"fieldName": "Notes", "rtl": True}]},
    "modelFieldSetFont": lambda f: {**MINED, "fieldName": "Notes", "font": "Courier"},
    "modelFieldSetFontSize": lambda f: {**MINED, "fieldName": "Notes", "fontSize": 30},
    "modelTemplateAdd": lambda f: {**MINED, "template": CARD},
    "modelTemplateSetOptions": lambda f: {
        **MINED,
        "templates": [{"templateName": "Recognition", "deck": "Italian::Core"}],
    },
    "modelTemplateRename": lambda f: {**MINED, "oldTemplateName": "Recognition", "newTemplateName": "Grown"},
    "modelTemplateReposition": lambda f: {"modelName": REVERSED, "templateName": "Card 2", "index": 0},
    "modelTemplateRemove": lambda f: {"modelName": REVERSED, "templateName": "Card 2"},
    "moveDecks": lambda f: {"decks": ["Italian::Core"], "parent": None},
    "moveTags": lambda f: {"tags": ["leech"], "parent": "grown"},
    "raiseTodaysLimits": lambda f: {"decks": [*f.decks], "newCards": 5},
    "relearnCards": lambda f: {"cards": f.cards},
    "removeTags": lambda f: {"notes": f.notes, "tags": "leech"},
    "removeTagsInAllNotes": lambda f: {"tags": ["leech"]},
    "renameDeck": lambda f: {"deck": "Italian", "newName": "Grown"},
    "renameModel": lambda f: {**MINED, "newName": "Grown"},
    "restoreModel": lambda f: {"modelName": REVERSED, "kind": "basic"},
    "renameTag": lambda f: {"tag": "leech", "newName": "grown"},
    "replaceTags": lambda f: {"notes": f.notes, "tag_to_replace": "leech", "replace_with_tag": "grown"},
    "replaceTagsInAllNotes": lambda f: {"tag_to_replace": "leech", "replace_with_tag": "grown"},
    "repositionNewCards": lambda f: {"orderedCardIds": f.fresh, "startPosition": 1, "step": 1, "shift": True},
    "saveDeckConfig": lambda f: {"config": f.config},
    "selectDeck": lambda f: DECK,
    "setDeckConfigId": lambda f: {"decks": ["Italian::Core"], "configId": f.config["id"]},
    "setDeckDescription": lambda f: {**DECK, "description": "grown"},
    "setDeckDesiredRetention": lambda f: {**DECK, "desiredRetention": 0.95},
    "setDeckLimits": lambda f: {"decks": [*f.decks], "newCards": 7, "newCardsToday": 9},
    "setDeckPreset": lambda f: {"decks": ["Italian::Core"], "preset": f.config["name"]},
    "setDesiredRetention": lambda f: {"preset": "Default", "desiredRetention": 0.85},
    "setDueDate": lambda f: {"cards": f.cards, "days": "3-7"},
    "setEaseFactors": lambda f: {"cards": f.cards, "easeFactors": [1700] * len(f.cards)},
    "setFlags": lambda f: {"cards": f.cards, "flag": 3},
    "setPreferences": lambda f: {"changes": {"scheduling": {"learnAheadSecs": 900}}},
    "setFsrsActive": lambda f: {"active": True},
    "setFsrsParams": lambda f: {"preset": "Default", "params": []},
    "setModelOptions": lambda f: {**MINED, "sortField": "Notes"},
    "setSpecificValueOfCard": lambda f: {"card": f.card, "keys": ["flags"], "newValues": [3]},
    "storeMediaFile": lambda f: {"filename": "grown.txt", "data": "Y2lhbw=="},
    "suspend": lambda f: {"cards": f.shown},
    "sortNewCards": lambda f: {**DECK, "order": "random"},
    "unburyDeck": lambda f: DECK,
    "unburyCards": lambda f: {"cards": f.cards},
    "unsuspend": lambda f: {"cards": f.cards},
    "updateDeckPreset": lambda f: {"preset": "Default", "changes": {"learnSteps": [3], "newCardInsertOrder": "random"}},
    "updateModelStyling": lambda f: {"model": {"name": "Mined", "css": "b { color: red; }"}},
    "updateModelTemplates": lambda f: {
        "model": {"name": "Mined", "templates": {"Recognition": {"Front": CARD["Front"], "Back": CARD["Back"]}}}
    },
    "updateNote": lambda f: {"note": {"id": f.note, "fields": WRITTEN}},
    "updateNoteFields": lambda f: {"note": {"id": f.note, "fields": WRITTEN}},
    "updateNoteModel": lambda f: {"note": {"id": f.note, "modelName": REVERSED, "fields": WRITTEN, "tags": []}},
    "updateNoteTags": lambda f: {"note": f.note, "tags": ["grown"]},
    "updateNotes": lambda f: {"notes": [{"id": id, "addTags": ["grown"]} for id in f.notes]},
    "upsertNotes": lambda f: {"notes": [{**note, "tags": ["grown"]} for note in new(f)]},
    "createFilteredDeck": lambda f: FILTERED,
}
TEXT = "".join(f"grown {number}\tback\n" for number in range(1000))
REVERSED = "Basic (and reversed card)"

AFTER = {
    "getFilteredDeck": lambda f: {"deck": "Filtered"},
    "updateFilteredDeck": lambda f: {"deck": "Filtered", "reschedule": False},
    "rebuildFilteredDeck": lambda f: {"deck": "Filtered"},
    "emptyFilteredDeck": lambda f: {"deck": "Filtered"},
    "importPackage": lambda f: {"path": "grown.apkg"},
    "mergePackage": lambda f: {"path": "notes.apkg"},
    "retrieveMediaFile": lambda f: {"filename": "grown.txt"},
}
"""Those that need what others have made; they come last, in this order."""

LEFT_OUT = {
    **dict.fromkeys(("getConfigValues", "setConfigValues", "removeConfigValues"), "works on a few small values"),
    **dict.fromkeys(("saveSearch", "removeSavedSearch"), "works on one saved search"),
    **dict.fromkeys(("copyModel", "createStockModel"), "makes one note type without notes"),
    "customStudy": "as createFilteredDeck",
    "editNoteText": "as updateNotes",
    "exportCollection": "Anki's call alone, for the whole collection",
    "importCollection": "replaces what is measured",
    "restoreBackup": "replaces what is measured",
    "getImageOcclusionNotes": "as notesInfo",
    "cancelOperation": "of an operation",
    "getOperation": "of an operation",
    "startOperation": "as long as what it starts",
    "undo": "measured with what is undone",
    "redo": "as what was undone",
    "evaluateFsrsParams": "Anki's call alone, for minutes",
    "optimizeFsrsParams": "Anki's call alone, for minutes",
    "simulateReviews": "needs FSRS, and is Anki's call alone",
    "simulateWorkload": "Anki's call alone, for minutes",
    "updateImageOcclusionNotes": "as updateNotes",
    "loadProfile": "opens what is open",
    **dict.fromkeys(("addProfile", "renameProfile", "deleteProfile"), "needs a base folder"),
    "removeDeckConfigId": "forces a full sync, and works on one preset",
    "requestPermission": "waits for a person",
    **dict.fromkeys(("sync", "syncLogin"), "needs a server"),
}
"""And the actions on Anki's windows."""
