"""Current, renamed and filtered decks, presets, flags, burying, statistics and upkeep, on a real collection."""

import time

import pytest
import seed

BOTH = [seed.MELA_CARD, seed.UVA_CARD]


def kind(gateway, method, **params):
    return gateway.rpc(method, params)["error"]["data"]["kind"]


def test_a_deck_becomes_the_current_one_and_is_renamed(gateway):
    assert gateway.legacy("selectDeck", deck="italian::a1") == {"result": None, "error": None}
    assert gateway.rpc("getCurrentDeck")["result"] == {"deckId": seed.ITALIAN_A1, "name": "Italian::A1"}
    assert gateway.rpc("renameDeck", {"deck": "Italian", "newName": "Lingue::it"})["result"] == "Lingue::it"
    assert gateway.rpc("getCurrentDeck")["result"]["name"] == "Lingue::it::A1"
    assert kind(gateway, "renameDeck", deck="Lingue", newName="default") == "already_exists"
    assert kind(gateway, "renameDeck", deck="Lingue", newName="lingue::x") == "refused"
    assert kind(gateway, "renameDeck", deck="Lingue", newName=" ") == "refused"
    assert kind(gateway, "selectDeck", deck="Klingon") == "deck_not_found"
    assert gateway.rpc("undo")["result"]["redo"] == "Rename Deck"
    assert gateway.col.decks.name(seed.ITALIAN) == "Italian"


def test_a_filtered_deck_is_made_emptied_and_filled(gateway):
    term = {"search": "Word:*", "order": "lapses", "limit": 1}
    made = gateway.rpc("createFilteredDeck", {"deck": "Cram", "terms": [term]})["result"]
    assert made["cards"] == 1
    shown = gateway.rpc("getFilteredDeck", {"deck": "cram"})["result"]
    delays = {"again": 60, "hard": 600, "good": 0}
    assert shown == {**made, "name": "Cram", "terms": [term], "reschedule": True, "previewDelays": delays}
    assert gateway.rpc("emptyFilteredDeck", {"deck": "Cram"})["result"] == 1
    assert gateway.rpc("emptyFilteredDeck", {"deck": "Cram"})["result"] == 0
    assert gateway.rpc("rebuildFilteredDeck", {"deck": "Cram"})["result"] == 1
    assert kind(gateway, "createFilteredDeck", deck="Cram", terms=[term]) == "already_exists"
    assert kind(gateway, "createFilteredDeck", deck="C", terms=[]) == "refused"
    assert kind(gateway, "createFilteredDeck", deck="C", terms=[{"search": "tag:nosuch"}]) == "refused"
    bad = gateway.rpc("createFilteredDeck", {"deck": "C", "terms": [term, {"search": '"'}]})["error"]
    assert bad["data"] == {"kind": "invalid_search", "field": "terms.1.search"}
    assert kind(gateway, "createFilteredDeck", deck="Cram::C", terms=[{"search": ""}]) == "refused"
    assert kind(gateway, "rebuildFilteredDeck", deck="Italian") == "refused"
    assert gateway.col.undo_status().undo
    empty = gateway.rpc("createFilteredDeck", {"deck": "E", "terms": [{"search": "tag:nosuch"}], "allowEmpty": True})
    assert empty["result"]["cards"] == 0


def test_presets_are_given_by_name(gateway):
    preset = gateway.rpc("cloneDeckConfigId", {"name": "Hard", "cloneFrom": 1})["result"]
    assert gateway.rpc("setDeckPreset", {"decks": ["italian", "Italian::A1"], "preset": "Hard"})["result"] == 2
    assert gateway.rpc("getDeckPresets")["result"] == [
        {"presetId": 1, "name": "Default", "decks": ["Default"]},
        {"presetId": preset, "name": "Hard", "decks": ["Italian", "Italian::A1"]},
        {"presetId": seed.PRESET, "name": "Italian options", "decks": []},
    ]
    assert kind(gateway, "setDeckPreset", decks=["Italian"], preset="Soft") == "not_found"


def test_a_preset_that_anki_does_not_accept_is_refused_before_anything_is_written(gateway):
    gateway.rpc("cloneDeckConfigId", {"name": "Bad", "cloneFrom": 1})
    bad = next(preset for preset in gateway.col.decks.all_config() if preset["name"] == "Bad")
    gateway.col.decks.update_config({**bad, "fsrsParams6": [1.0, 2.0]})
    gateway.rpc("setFlags", {"cards": BOTH, "flag": 3})
    assert kind(gateway, "setDeckPreset", decks=["Italian"], preset="Bad") == "refused"
    assert gateway.col.undo_status().undo == "Set Flag"


def test_cards_are_flagged_and_buried(gateway):
    assert gateway.rpc("setFlags", {"cards": BOTH, "flag": 3})["result"] == 2
    assert gateway.rpc("setFlags", {"cards": BOTH, "flag": 3})["result"] == 0
    assert gateway.rpc("findCards", {"query": "flag:3"})["result"] == BOTH
    assert gateway.rpc("getFlags", {"cards": [*BOTH, 5]})["result"] == [3, 3, None]
    assert kind(gateway, "setFlags", cards=BOTH, flag=8) == "invalid_params"
    assert kind(gateway, "buryCards", cards=[*BOTH, 5]) == "card_not_found"
    gateway.rpc("suspend", {"cards": [seed.UVA_CARD]})
    assert gateway.rpc("buryCards", {"cards": BOTH})["result"] == 1
    assert gateway.rpc("findCards", {"query": "is:buried"})["result"] == [seed.MELA_CARD]
    assert gateway.rpc("unburyCards", {"cards": BOTH})["result"] == 1
    assert gateway.rpc("areSuspended", {"cards": BOTH})["result"] == [False, True]


def test_statistics_follow_what_is_studied(gateway):
    gateway.rpc("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 4}]})
    top, a1 = gateway.rpc("deckStatistics", {"decks": ["Italian", "Italian::A1"]})["result"]
    assert (top["cards"], top["counts"]["young"], top["counts"]["new"], top["name"]) == (2, 1, 1, "Italian")
    assert top["counts"] == a1["counts"]
    (default,) = gateway.rpc("deckStatistics", {"decks": ["default"]})["result"]
    assert default["cards"] == 0
    whole = gateway.rpc("collectionStatistics")["result"]
    assert (whole["notes"], whole["counts"]["young"], whole["today"]["answers"]) == (2, 1, 1)
    forecast = gateway.rpc("dueForecast", {"days": 60})["result"]
    assert sum(day["count"] for day in forecast["days"]) == 1
    streak = gateway.rpc("studyStreak")["result"]
    assert (streak["current"], streak["longest"], streak["daysStudied"], streak["studiedToday"]) == (1, 1, 2, True)
    assert forecast["days"][0]["date"] == streak["lastDay"]
    day = 86_400_000
    now = int(time.time() * 1000)
    gateway.rpc(
        "insertReviews", {"reviews": [[now - n * day, seed.MELA_CARD, -1, 3, 1, 1, 2500, 9, 1] for n in (1, 2)]}
    )
    assert gateway.rpc("studyStreak")["result"]["current"] == 3


def test_the_review_log_comes_in_pages(gateway):
    rows = [[seed.REVIEW + n, seed.MELA_CARD, -1, 3, 1, 1, 2500, 9, 1] for n in range(1, 5)]
    gateway.rpc("insertReviews", {"reviews": rows})
    seen, after = [], 0
    while after is not None:
        page = gateway.rpc("reviewLog", {"after": after, "limit": 2})["result"]
        seen += [review["id"] for review in page["reviews"]]
        after = page["next"]
    assert seen == [seed.REVIEW + n for n in range(5)]
    found = gateway.rpc("reviewLog", {"query": f"cid:{seed.UVA_CARD}"})["result"]
    assert [review["id"] for review in found["reviews"]] == [seed.REVIEW]


def test_backups_and_checks_tell_what_they_did(gateway):
    gateway.rpc("addTags", {"notes": [seed.MELA], "tags": "gone"})
    gateway.rpc("removeTags", {"notes": [seed.MELA], "tags": "gone"})
    assert gateway.rpc("unusedTags")["result"] == ["gone"]
    made = gateway.rpc("createBackup")["result"]
    assert made["created"]
    assert [backup["name"] for backup in gateway.rpc("listBackups")["result"]] == [made["name"]]
    assert gateway.rpc("createBackup")["result"] == {"created": False, "name": made["name"]}
    gateway.rpc("storeMediaFile", {"filename": "unused.mp3", "data": "YQ=="})
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Meaning": "[sound:missing.mp3]"}}]})
    found = gateway.rpc("checkMedia")["result"]
    assert (found["unused"], found["missing"]) == (["unused.mp3"], ["missing.mp3"])
    assert found["notesWithMissing"] == [seed.MELA]
    assert gateway.rpc("checkDatabase")["result"] == {"ok": True, "problems": []}


@pytest.mark.parametrize("keep_notes", [True, False])
def test_empty_cards_are_reported_and_removed(gateway, keep_notes):
    gateway.rpc("updateNotes", {"notes": [{"id": seed.MELA, "fields": {"Word": ""}}]})
    empty = [{"noteId": seed.MELA, "cards": [seed.MELA_CARD], "allCards": True}]
    assert gateway.rpc("findEmptyCards")["result"] == empty
    did = gateway.rpc("removeEmptyCards", {"keepNotes": keep_notes})["result"]
    assert did["notes"] == ([] if keep_notes else [seed.MELA])
    assert gateway.col.note_count() == (2 if keep_notes else 1)
