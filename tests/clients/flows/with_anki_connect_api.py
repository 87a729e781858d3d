"""What a program does with anki-connect-api, from PyPI: the port is the argument, what it was told goes out as JSON."""

import json
import sys
import tempfile
from pathlib import Path

import anki_connect_api as anki

anki.URL = f"http://127.0.0.1:{sys.argv[1]}"
told = {}


def refused(name, call, *args):
    try:
        told[name] = call(*args)
    except Exception as error:
        told[name] = str(error)


def word(front, back="?"):
    return {"deckName": "French", "modelName": "Basic", "fields": {"Front": front, "Back": back}, "tags": ["new"]}


told["permission"] = anki.requestPermission()["permission"]
told["reflected"] = anki.apiReflect(["actions", "invalidType"], ["version", "noSuchAction"])
deck = anki.createDeck("French")
config = anki.getDeckConfig("French")
own = anki.cloneDeckConfigId("French", config["id"])
told["config"] = [anki.setDeckConfigId(["French"], own), anki.getDeckConfig("French")["name"]]
config = anki.getDeckConfig("French")
config["new"]["perDay"] = 7
told["saved"] = [anki.saveDeckConfig(config), anki.getDeckConfig("French")["new"]["perDay"]]

refused("no deck", anki.addNote, {**word("un"), "deckName": "Latin"})
refused("no model", anki.addNote, {**word("un"), "modelName": "none"})
refused("empty", anki.addNote, word(""))
one = anki.addNote({**word("un", "one"), "picture": [{"data": "AAAA", "filename": "1.png", "fields": ["Back"]}]})
refused("duplicate", anki.addNote, word("un"))
two, three = anki.addNotes([word("deux"), word("trois")])
told["detail"] = anki.canAddNotesWithErrorDetail([word("un"), word("cinq")])
anki.updateNote({"id": two, "fields": {"Back": "two"}, "tags": ["number"]})
anki.updateNoteTags(three, ["number", "odd"])
anki.replaceTagsInAllNotes("new", "young")
told["tags"] = [anki.getNoteTags(note) for note in (one, two, three)]
told["unknown note"] = anki.notesInfo([17])

cards = anki.findCards("deck:French")
told["cards"] = [card["fields"]["Back"]["value"] for card in anki.cardsInfo(cards)]
told["notes"] = sorted(anki.cardsToNotes(cards)) == sorted([one, two, three])
told["ease"] = [anki.setEaseFactors(cards[:1], [2600]), anki.getEaseFactors(cards)]
told["suspended"] = [anki.suspend(cards[1:]), anki.areSuspended([*cards, 17])]
anki.unsuspend(cards[1:2])
told["answered"] = anki.answerCards([{"cardId": cards[0], "ease": 3}, {"cardId": 17, "ease": 3}])
told["due"] = anki.areDue(cards[1:])
told["reviewed"] = anki.getNumCardsReviewedToday()
(stats,) = anki.getDeckStats(["French"]).values()
told["stats"] = [stats["name"], stats["deck_id"] == deck, stats["total_in_deck"]]
told["reviews"] = [len(review) for review in anki.cardReviews("French", 0)]
told["latest"] = anki.getLatestReviewID("French") > 0

anki.storeMediaFile("_a.txt", data="YQ==")
told["media"] = [anki.storeMediaFile("_b.txt", data="Yg=="), anki.getMediaFilesNames("_?.txt")]
anki.deleteMediaFile("_a.txt")
told["gone"] = anki.retrieveMediaFile("_a.txt")
anki.updateModelTemplates({"name": "Italian vocab", "templates": {"Card 1": {"Front": "{{Word}}?"}}})
anki.modelFieldAdd("Italian vocab", "Example", 1)
anki.modelFieldRename("Italian vocab", "Example", "Sentence")
anki.modelFieldSetDescription("Italian vocab", "Sentence", "how it is used")
told["fields"] = [anki.modelFieldNames("Italian vocab"), anki.modelFieldDescriptions("Italian vocab")]
told["templates"] = anki.modelTemplates("Italian vocab")["Card 1"]["Front"]

with tempfile.TemporaryDirectory() as folder:
    package = str(Path(folder, "french.apkg"))
    told["exported"] = anki.exportPackage("French", package, False)
    anki.deleteDecks(["French"], True)
    told["left"] = anki.findNotes("deck:French")
    told["imported"] = [anki.importPackage(package), len(anki.findNotes("deck:French"))]
told["many"] = anki.multi([{"action": "deckNames"}, {"action": "version", "version": 6}, {"action": "none"}])
refused("no action", anki.invoke, "noSuchAction")
json.dump(told, sys.stdout)
