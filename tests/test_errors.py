"""The document's example of an error is what a client meets: the code, and the members of `data`."""

import pytest

from addon import actions  # noqa: F401  (fills the registry)
from addon.rpc.errors import every_error

ERRORS = {error.kind: error for error in every_error()}
NOTE = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}
CLOZE = {"deckName": "Italian", "modelName": "Cloze", "fields": {"Text": "no deletion"}}
CALLS = [
    ("method_not_found", "addNoet", {}),
    ("invalid_params", "addNote", {"note": {**NOTE, "deckName": 1}}),
    ("gui_unavailable", "guiBrowse", {}),
    ("note_not_found", "updateNoteFields", {"note": {"id": 1, "fields": {}}}),
    ("card_not_found", "suspended", {"card": 1}),
    ("deck_not_found", "addNote", {"note": {**NOTE, "deckName": "Italien"}}),
    ("model_not_found", "modelFieldNames", {"modelName": "Basik"}),
    ("not_found", "modelFieldRemove", {"modelName": "Basic", "fieldName": "Fornt"}),
    ("duplicate", "addNote", {"note": {**NOTE, "fields": {"Word": "mela"}}}),
    ("empty_note", "addNote", {"note": {**NOTE, "fields": {"Word": ""}}}),
    ("cloze_problem", "addNote", {"note": CLOZE}),
    (
        "already_exists",
        "createModel",
        {"modelName": "Basic", "inOrderFields": ["a"], "cardTemplates": [{"Front": "{{a}}", "Back": ""}]},
    ),
    ("refused", "getMediaFilesNames", {"pattern": "../*"}),
    ("some_failed", "addNotes", {"notes": [NOTE, {**NOTE, "deckName": "Italien"}], "onError": "abort"}),
    ("invalid_search", "findNotes", {"query": '"'}),
    ("file_problem", "storeMediaFile", {"filename": "a", "path": "nothing.mp3"}),
    ("download_failed", "storeMediaFile", {"filename": "a", "url": "http://127.0.0.1:9/a"}),
    ("not_logged_in", "sync", {}),
]


@pytest.mark.parametrize(("kind", "method", "params"), CALLS)
def test_an_error_holds_what_its_example_shows(reading, kind, method, params):
    error = reading.rpc(method, params)["error"]
    assert error["data"]["kind"] == kind
    assert error["code"] == ERRORS[kind].code
    assert set(error["data"]) == {"kind", *ERRORS[kind].example}


def test_a_missing_key_and_a_missing_permission_hold_it_too(open_gateway):
    locked = open_gateway(apiKey="secret", grants={"https://example.com": ["read"]})
    assert locked.rpc("deckNames")["error"]["data"] == {"kind": "key_required"}
    call = {"params": {"deck": "Italian"}, "Origin": "https://example.com", "X_API_Key": "secret"}
    assert locked.rpc("createDeck", **call)["error"]["data"] == {
        "kind": "permission_denied",
        **ERRORS["permission_denied"].example,
    }


def test_of_several_unknown_params_the_first_is_named(reading):
    for names in ("zebra", "apple", "mango"), ("mango", "zebra", "apple"):
        error = reading.rpc("findNotes", dict.fromkeys(names, 1))["error"]
        assert error["message"] == f"Invalid params: {names[0]}: Unknown field."
        assert list(error["data"]["fields"]) == list(names)
