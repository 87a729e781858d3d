"""How each action is called that uses a path in its params, and paths that are put together by chance."""

import random

import seed


def _item(path):
    return {"filename": "a.mp3", "path": path, "fields": ["Word"]}


def note(path, kind="audio"):
    """A new note with a file."""
    return {"deckName": "Italian", "modelName": "Italian vocab", "fields": {"Word": "w"}, kind: [_item(path)]}


_SHAPE = {"type": "rect", "left": 0.1, "top": 0.1, "width": 0.2, "height": 0.2}
CALLS = {
    "storeMediaFile": lambda path: {"filename": "a.mp3", "path": path},
    "importPackage": lambda path: {"path": path},
    "mergePackage": lambda path: {"path": path},
    "exportPackage": lambda path: {"deck": "Italian", "path": path},
    "exportNotesPackage": lambda path: {"path": path, "deck": "Italian"},
    "previewTextFile": lambda path: {"path": path},
    "importTextFile": lambda path: {"path": path},
    "exportNotesText": lambda path: {"path": path, "deck": "Italian"},
    "exportCardsText": lambda path: {"path": path, "deck": "Italian"},
    "exportCollection": lambda path: {"path": path},
    "importCollection": lambda path: {"path": path},
    "addNote": lambda path: {"note": note(path)},
    "addNotes": lambda path: {"notes": [note(path, "video"), note(path, "picture")]},
    "updateNoteFields": lambda path: {"note": {"id": seed.MELA, "fields": {}, "audio": [_item(path)]}},
    "updateNote": lambda path: {"note": {"id": seed.MELA, "fields": {"Word": "w"}, "picture": [_item(path)]}},
    "addImageOcclusionNotes": lambda path: {
        "notes": [{"image": {"filename": "a.png", "path": path}, "shapes": [_SHAPE], "deckName": "Italian"}]
    },
}
"""Name of an action to a function that returns params with a path. Actions in windows are left out."""


def mixtures(parts, most, count):
    """So many different lists of up to `most` of the parts, the same ones each time."""
    chance, found = random.Random(1), {}
    while len(found) < count:
        found[tuple(chance.choices(parts, k=chance.randint(1, most)))] = None
    return [*found]
