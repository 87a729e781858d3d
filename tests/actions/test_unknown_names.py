"""A call that names something that does not exist fails, unless its result reports each item."""

import re
from pathlib import Path

import pytest
import seed
from kept_gateways import KeptGateway
from local_gateway import LocalGateway
from sizes import for_rows
from unknown_names import NAMED, NOTE, NOTHING_BY_NAME, UNKNOWN, UNKNOWN_ID, call_with, expected

from addon.actions import REGISTRY
from addon.legacy_adapter import _VALUES
from addon.rpc.executor import RunsOn


def last(result):
    return result[-1]


def first(result):
    return result[0]


def itself(result):
    return result


PER_ITEM = {
    **dict.fromkeys(("addNotes", "addImageOcclusionNotes", "updateNotes", "updateImageOcclusionNotes"), first),
    **dict.fromkeys(("editNoteText", "upsertNotes", "canAddNotes", "canAddNotesWithErrorDetail", "multi"), first),
    **dict.fromkeys(("canAddNote", "canAddNoteWithErrorDetail"), itself),
    "answerCards": first,
    **dict.fromkeys(("areDue", "areSuspended", "getEaseFactors", "getFlags", "getIntervals", "getMemoryStates"), last),
    **dict.fromkeys(("browserRows", "cardSounds", "cardStats", "getAnswerStates", "mediaOfNotes"), last),
    **dict.fromkeys(("cardsInfo", "cardsModTime", "notesInfo", "notesModTime", "getImageOcclusionNotes"), last),
    "setEaseFactors": last,
    "getReviewsOfCards": lambda result: result[str(UNKNOWN_ID)],
    "repositionNewCards": lambda result: None if result["skippedNotFound"] == [UNKNOWN_ID] else result,
    "apiReflect": lambda result: None if result == {"scopes": ["actions"], "actions": ["version"]} else result,
}
"""Methods whose result has an entry for each item, and the function that returns the entry of the unknown one."""

OF_ALL = {("browserRows", "columns.[]")}
"""What a call of such a method names for all its items."""

FIELDS_OF_EACH = {(method, "noteFields.[]") for method in ("cardsDetails", "cardsInfo", "notesInfo")}
"""The result names for each note those of the fields that it has."""

DELETES = {
    ("deleteDecks", "decks.[]"): ["Italian::A1"],
    ("deleteMediaFile", "filename"): None,
    ("deleteMediaFiles", "filenames.[]"): ["_ciao.txt"],
    ("deleteModels", "modelNames.[]"): {"models": ["Basic (type in the answer)"], "notes": 0, "cards": 0},
    ("deleteNotes", "notes.[]"): [seed.MELA],
    ("modelFieldRemove", "fieldName"): None,
    ("modelTemplateRemove", "templateName"): None,
    ("removeDeckConfigId", "configId"): None,
    ("removeSavedSearch", "name"): None,
    ("removeTags", "tags"): [],
    ("removeTagsInAllNotes", "tags.[]"): 1,
    ("updateNotes", "notes.[].removeTags.[]"): [
        {"id": seed.MELA, "changed": False, "mod": seed.FIXED, "error": None},
    ],
}
"""What is not there is deleted already: the result says what was deleted."""

MADE = {("changeDeck", "deck"): "nosuch"}
"""The missing deck is made, and the result names it."""

NOT_READ = {
    (method, path) for method, path in NAMED if method.startswith("canAddNote") and path.endswith((".path", ".[].path"))
}
"""A check reads no files: they are assumed to exist."""

IN_WINDOWS = {(method, path) for method, path in NAMED if REGISTRY[method].runs_on is RunsOn.GUI}
NAMING = [
    key
    for key, noun in NAMED.items()
    if noun not in NOTHING_BY_NAME and not {key} & {*IN_WINDOWS, *NOT_READ, *FIELDS_OF_EACH}
]


def is_failure(entry):
    """Whether the entry of one item says that it does not exist, or why it failed."""
    if isinstance(entry, dict) and entry:
        return entry.get("canAdd") is False or "kind" in entry["error"]["data"]
    return entry in (None, False, {})


def mark_of(gateway):
    return gateway.col.undo_status().last_step, gateway.col.mod


CRAM = {"deck": "Cram", "terms": [{"search": "deck:Italian", "limit": 1, "order": "added"}]}


def prepare(gateway):
    gateway.rpc("setFsrsActive", {"active": True})
    Path(gateway.col.media.dir(), "x.apkg").touch()


def prepare_filtered_deck(gateway):
    prepare(gateway)
    gateway.rpc("createFilteredDeck", CRAM)


@pytest.fixture(scope="module")
def kept(example_collection, tmp_path_factory):
    gateway = KeptGateway(example_collection, tmp_path_factory.mktemp("kept"), prepare)
    yield gateway
    gateway.close()


@pytest.fixture(scope="module")
def kept_with_filtered_deck(example_collection, tmp_path_factory):
    gateway = KeptGateway(example_collection, tmp_path_factory.mktemp("kept"), prepare_filtered_deck)
    yield gateway
    gateway.close()


@pytest.fixture(scope="module")
def refusing(example_collection, tmp_path_factory):
    """A gateway for all calls that must fail and leave it as it is, with the filtered deck Cram."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("refusing")))
    prepare_filtered_deck(gateway)
    yield gateway
    gateway.close()


def test_what_each_param_names_is_known():
    hint = "Say in tests/unknown_names.py what the param names, or that it is a value."
    assert [key for key, noun in NAMED.items() if noun is None] == [], hint


LISTED_BY = {
    "deck": "deckNames lists",
    "deck id": "deckNamesAndIds lists",
    "note": "findNotes finds",
    "card": "findCards finds",
    "note type": "modelNames lists",
    "note type id": "modelNamesAndIds lists",
    "preset": "getDeckPresets lists",
    "preset id": "getDeckPresets lists",
    "file": "getMediaFilesNames lists",
    "tag": "getTags lists",
    "backup": "listBackups lists",
    "operation": "listOperations lists",
    "profile": "getProfiles lists",
}
"""By noun the start of the sentence in an error that says where to look, if no name is similar."""


DONE = [key for key in NAMING if key in DELETES or key in MADE or (key[0] in PER_ITEM and key not in OF_ALL)]
"""Calls that succeed."""


@for_rows(("method", "path"), DONE)
def test_a_name_of_nothing_is_reported(kept, method, path):
    answer = kept.unchanged().rpc(method, call_with(method, path, UNKNOWN[NAMED[method, path]][0]))
    for exceptions in (DELETES, MADE):
        if (method, path) in exceptions:
            assert answer["result"] == exceptions[method, path]
            return
    assert is_failure(PER_ITEM[method](answer["result"]))


@for_rows(("method", "path"), [key for key in NAMING if key not in DONE])
def test_a_name_of_nothing_is_an_error_that_says_which_method_lists_such_names(refusing, method, path):
    noun, before = NAMED[method, path], mark_of(refusing)
    error = refusing.rpc(method, call_with(method, path, UNKNOWN[noun][0]))["error"]
    assert error["data"]["kind"] == expected(method, path), error
    if error["data"]["kind"] == UNKNOWN[noun][1]:
        assert LISTED_BY.get(noun, "") in error["message"]
    assert mark_of(refusing) == before


@for_rows(("method", "kind"), [key for key in _VALUES if not key[0].startswith("gui")])
def test_an_old_client_gets_the_value_that_ankiconnect_returns(refusing, method, kind):
    paths = [path for name, path in NAMING if name == method and expected(name, path) == kind]
    if (method, kind) == ("saveDeckConfig", "refused"):
        calls = [{"config": {"id": 1}}]
    else:
        calls = [call_with(method, path, UNKNOWN[NAMED[method, path]][0]) for path in paths]
    assert calls
    for params in calls:
        assert refusing.rpc(method, params)["error"]["data"]["kind"] == kind
        assert refusing.legacy(method, **params) == {"result": _VALUES[method, kind], "error": None}
        assert refusing.legacy(method, version=4, **params) == _VALUES[method, kind]


# --- filtered decks ---

AS_ANY_DECK = {
    *(("cardReviews", "deck"), ("getLatestReviewID", "deck"), ("deckStatistics", "decks.[]")),
    *(
        ("getDeckStats", "decks.[]"),
        ("exportPackage", "deck"),
        ("exportNotesPackage", "deck"),
        ("exportNotesText", "deck"),
        ("exportCardsText", "deck"),
        ("deleteDecks", "decks.[]"),
        ("selectDeck", "deck"),
        ("unburyDeck", "deck"),
    ),
    *(("renameDeck", "deck"), ("getDeckDescription", "deck"), ("upsertNotes", "notes.[].deckName")),
    *(("deckTree", "deck"), ("moveDecks", "decks.[]")),
    *(
        (method, path)
        for method, path in NAMED
        if path.endswith("duplicateScopeOptions.deckName") or (path == "deck" and "Filtered" in method)
    ),
}
"""Methods to which a filtered deck is as good as any."""


OF_DECKS = [key for key in NAMING if NAMED[key] == "deck"]


@for_rows(("method", "path"), [key for key in OF_DECKS if key in AS_ANY_DECK or key[0] in PER_ITEM])
def test_a_filtered_deck_is_used_as_any_or_reported(kept_with_filtered_deck, method, path):
    answer = kept_with_filtered_deck.unchanged().rpc(method, call_with(method, path, "Cram"))
    if (method, path) in AS_ANY_DECK:
        assert "error" not in answer
    else:
        assert is_failure(PER_ITEM[method](answer["result"]))


@for_rows(("method", "path"), [key for key in OF_DECKS if key not in AS_ANY_DECK and key[0] not in PER_ITEM])
def test_a_filtered_deck_is_refused_by_a_call_that_cannot_use_it(refusing, method, path):
    before = mark_of(refusing)
    assert refusing.rpc(method, call_with(method, path, "Cram"))["error"]["data"]["kind"] == "refused"
    assert mark_of(refusing) == before


def test_the_documentation_lists_the_deletions():
    text = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")
    listed = text.partition("The result says what\n  was deleted:")[2].partition(".\n")[0]
    assert {*re.findall("`(.*?)`", listed)} == {method for method, _ in DELETES}


# --- what old clients keep ---


def test_an_old_client_adds_a_note_for_a_filtered_deck_to_the_deck_default(kept_with_filtered_deck):
    prepared = kept_with_filtered_deck.unchanged()
    note_id = prepared.legacy("addNote", note={**NOTE, "deckName": "Cram"})["result"]
    (card_id,) = prepared.legacy("findCards", query=f"nid:{note_id}")["result"]
    assert prepared.legacy("getDecks", cards=[card_id])["result"] == {"Default": [card_id]}


def test_old_clients_skip_filtered_decks_when_they_assign_options(kept_with_filtered_deck):
    prepared = kept_with_filtered_deck.unchanged()
    hard = prepared.rpc("cloneDeckConfigId", {"name": "Hard"})["result"]
    assert prepared.legacy("setDeckConfigId", decks=["Italian", "Cram"], configId=hard)["result"] is True
    assert prepared.legacy("getDeckConfig", deck="Italian")["result"]["id"] == hard
    assert prepared.legacy("getDeckConfig", deck="Cram")["result"]["dyn"] == 1


def test_an_empty_deck_is_found_and_old_clients_get_no_empty_deck_default(reading):
    decks = ["Italian", "Default"]
    counts = reading.rpc("getDeckStats", {"decks": decks})["result"]
    assert counts[str(seed.ITALIAN)]["total_in_deck"] == 0
    assert counts["1"] == {**dict.fromkeys(counts["1"], 0), "deck_id": 1, "name": "Default"}
    assert [*reading.legacy("getDeckStats", decks=[*decks, "nosuch"])["result"]] == [str(seed.ITALIAN)]


def test_old_clients_skip_unknown_ids(gateway):
    assert gateway.legacy("changeDeck", cards=[5, seed.MELA_CARD], deck="New") == {"result": None, "error": None}
    assert gateway.legacy("getDecks", cards=[seed.MELA_CARD])["result"] == {"New": [seed.MELA_CARD]}
    assert gateway.legacy("addTags", notes=[5, seed.UVA], tags="new") == {"result": None, "error": None}
    assert gateway.legacy("getNoteTags", note=seed.UVA)["result"] == ["new"]
    assert gateway.legacy("getReviewsOfCards", cards=[5])["result"] == {"5": []}
    assert gateway.legacy("getIntervals", cards=[5], complete=True)["result"] == [[]]
