"""Every error there is happens, and is what the document shows a client: its code, and the members of `data`."""

import threading

import anki.collection  # before any other part of Anki, which imports in circles
import anki.decks
import pytest
from examples import kind_as_shown
from sizes import for_rows

from addon import actions  # noqa: F401  (fills the registry)
from addon.collection.errors import translate
from addon.config import Limits
from addon.rpc import codec
from addon.rpc.caller import Caller
from addon.rpc.dispatcher import Dispatcher
from addon.rpc.errors import PermissionDenied, every_error
from addon.rpc.executor import ThreadedExecutor
from addon.rpc.registry import Registry
from addon.schemas.base import NoParams
from addon.schemas.fields.basic import NOTHING

NOTE = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "pera", "Meaning": "pear"}}
CLOZE = {"deckName": "Italian", "modelName": "Cloze", "fields": {"Text": "no deletion"}}
UNREACHABLE = "http://127.0.0.1:9/a"
CALLS = [
    ("method_not_found", "addNoet", {}),
    ("invalid_params", "addNote", {"note": {**NOTE, "deckName": 1}}),
    ("gui_unavailable", "guiBrowse", {}),
    ("note_not_found", "updateNoteFields", {"note": {"id": 1, "fields": {}}}),
    ("card_not_found", "suspended", {"card": 1}),
    ("deck_not_found", "addNote", {"note": {**NOTE, "deckName": "Italien"}}),
    ("model_not_found", "modelFieldNames", {"modelName": "Basik"}),
    ("not_found", "modelFieldReposition", {"modelName": "Basic", "fieldName": "Fornt", "index": 0}),
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
    ("download_failed", "storeMediaFile", {"filename": "a", "url": UNREACHABLE}),
    ("not_logged_in", "sync", {}),
]


OF_THE_STATE = {
    *("parse_error", "invalid_request", "key_required", "permission_denied", "collection_unavailable"),
    *("anki_too_old", "anki_error", "internal_error", "still_running", "busy"),
}
"""What the later tests of this module make happen."""

ELSEWHERE = {
    **dict.fromkeys(("login_refused", "offline", "full_sync_required", "sync_failed"), "headless/test_sync.py"),
    "extension_failed": "extension/test_failures.py",
    "conflict": "actions/test_note_bulk.py",
    "stale_session": "actions/test_session.py",
    "storage_failed": "torture/test_storage.py",
    "scheduler_outdated": "headless/test_collections.py",
    "response_too_large": "http/test_response_limit.py",
    "cancelled": "desktop/test_sync.py",
    "review_inactive": "desktop/test_windows.py",
    "window_closed": "desktop/test_windows_notes.py",
}
"""What needs a server, a disk or a window."""


def test_no_error_is_left_out():
    tried = [*(kind for kind, _, _ in CALLS), *OF_THE_STATE, *ELSEWHERE]
    hint = "Make each error happen: a row in CALLS here, or its place in OF_THE_STATE or ELSEWHERE."
    assert sorted(tried) == sorted(error.kind for error in every_error()), hint


@for_rows(("kind", "method", "params"), CALLS)
def test_what_an_action_finds(reading, kind, method, params):
    assert kind_as_shown(reading.rpc(method, params)["error"]) == kind


@pytest.mark.parametrize(("kind", "body"), [("parse_error", b"{"), ("invalid_request", b'{"jsonrpc": "2.0"}')])
def test_what_is_no_request(reading, kind, body):
    assert kind_as_shown(reading.send(body, content_type="application/json").json["error"]) == kind


def test_a_closed_collection(gateway):
    gateway.lane.close()
    assert kind_as_shown(gateway.rpc("deckNames")["error"]) == "collection_unavailable"
    gateway.host.close()
    assert kind_as_shown(gateway.rpc("getMediaDirPath")["error"]) == "collection_unavailable"


def test_an_anki_that_lacks_something(gateway, monkeypatch):
    monkeypatch.delattr(anki.decks.DeckManager, "all_names_and_ids")
    assert kind_as_shown(gateway.rpc("deckNames")["error"]) == "anki_too_old"


def test_a_damaged_collection(gateway):
    gateway.col.db.execute("drop table revlog")
    assert kind_as_shown(gateway.rpc("getNumCardsReviewedByDay")["error"]) == "anki_error"


def test_calls_that_fail_unforeseen_take_too_long_and_wait_too_long(gateway):
    registry, go_on = Registry(), threading.Event()

    @registry.action("fail", NoParams, NOTHING)
    def fail(ctx):
        raise ValueError

    @registry.action("last", NoParams, NOTHING, limit=0.1)
    def last(ctx):
        go_on.wait(10)

    dispatcher = Dispatcher(
        lambda: registry,
        ThreadedExecutor(gateway.lane),
        gateway.host,
        authorise=lambda caller, action: caller,
        audit=lambda caller, action, error: None,
        translate=translate,
        limits=Limits,
    )

    def kind_of(method):
        request = codec.dumps({"jsonrpc": "2.0", "id": 1, "method": method})
        return kind_as_shown(codec.loads(dispatcher.dispatch(codec.loads(request), Caller())).value["error"])

    assert kind_of("fail") == "internal_error"
    assert kind_of("last") == "still_running"
    assert kind_of("last") == "busy"
    go_on.set()


def test_a_missing_key_and_a_missing_permission(open_gateway):
    locked = open_gateway(apiKey="secret", grants={"https://example.com": ["read"]})
    assert locked.rpc("deckNames")["error"]["data"] == {"kind": "key_required"}
    call = {"params": {"deck": "Italian"}, "Origin": "https://example.com", "X_API_Key": "secret"}
    assert locked.rpc("createDeck", **call)["error"]["data"] == {
        "kind": "permission_denied",
        **PermissionDenied.example,
    }


def test_of_several_unknown_params_the_first_is_named(reading):
    for names in ("zebra", "apple", "mango"), ("mango", "zebra", "apple"):
        error = reading.rpc("findNotes", dict.fromkeys(names, 1))["error"]
        first, *others = (f"{name}: Unknown param" for name in names)
        shown = "; ".join([f"{first}. The params are query, limit, offset, orderBy, descending", *others])
        assert error["message"] == f"Invalid params: {shown}."
        assert list(error["data"]["fields"]) == list(names)
