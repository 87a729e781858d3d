"""The tables of AnkiConnect's protocol, entry by entry: params in, results, excused failures and texts out."""

import pytest
from envelopes import Reply, problem, reply_to, request_for
from sizes import for_rows

from addon.collection.errors import FullSyncRequired, NoteNotFound, NotLoggedIn, WindowClosed
from addon.rpc.errors import AlreadyExists, FileProblem, InvalidParams, NotFound, Refused

NO_MAPPING = {"": None}


# --- params ---

PARAMS = [
    ("addNote", {"note": 1}, {"note": 1}),
    ("addNotes", {"notes": 1}, {"notes": 1, "onError": "abort"}),
    ("guiCheckDatabase", {}, {"wait": False}),
    ("sync", {}, {}),
    ("sync", {"a": 1}, {"a": 1}),
    ("updateNoteModel", {"note": {"id": 1}}, {"note": {"id": 1, "tags": []}}),
    ("updateNoteModel", {"note": {"tags": ["a"]}, "x": 1}, {"note": {"tags": ["a"]}, "x": 1}),
    ("updateNoteModel", {"note": 5}, {"note": 5}),
    ("updateNoteModel", {}, {}),
    ("requestPermission", {"origin": "a", "allowed": True, "x": 1}, {"x": 1}),
    ("apiReflect", {}, {"scopes": None}),
    ("apiReflect", {"scopes": ["actions"], "actions": None}, {"scopes": ["actions"], "actions": None}),
    ("deleteDecks", {"decks": ["a"]}, {"decks": []}),
    ("deleteDecks", {"decks": ["a"], "cardsToo": False}, {"decks": [], "cardsToo": False}),
    ("deleteDecks", {"decks": ["a"], "cardsToo": True}, {"decks": ["a"], "cardsToo": True}),
    ("deleteDecks", {}, {}),
    ("deleteDecks", {"cardsToo": False}, {"cardsToo": False}),
    ("multi", {"actions": 5, "x": 1}, {"actions": 5, "x": 1}),
    ("multi", {"x": 1}, {"x": 1}),
    *(
        (action, {name: 1}, NO_MAPPING)
        for action in ("addNotes", "guiCheckDatabase", "sync")
        for name in ("onError", "wait", "full", "waitForMedia")
    ),
]


@for_rows(("action", "params", "translated"), PARAMS)
def test_params_are_translated(action, params, translated):
    assert request_for(action, params)["params"] == translated


@for_rows(
    ("member", "call"),
    [
        ({"action": "deckNames"}, ("deckNames", {}, None)),
        ({"action": "addNote", "params": {"note": 1}, "key": "k"}, ("addNote", {"note": 1}, "k")),
        ({"action": "browse", "params": {"query": "q"}}, ("findCards", {"query": "q"}, None)),
        ({"action": "browse", "version": 4.0}, ("findCards", {}, None)),
        ({"action": "browse", "version": 5}, ("browse", {}, None)),
        ({"action": "browse", "version": "4"}, ("browse", {}, None)),
        ({"action": "features", "version": 1}, ("apiReflect", {"scopes": ["actions"]}, None)),
        ({"action": "rpc.discover"}, ("", {}, None)),
        ({"action": 5}, ("", {}, None)),
        ({}, ("", {}, None)),
        ({"action": "deckNames", "params": 5}, ("deckNames", NO_MAPPING, None)),
        ({"action": "requestPermission"}, ("requestPermission", NO_MAPPING, None)),
        ({"action": "requestPermission", "params": 5}, ("requestPermission", NO_MAPPING, None)),
        ({"action": "requestPermission", "params": {"origin": "a"}}, ("requestPermission", NO_MAPPING, None)),
        ({"action": "requestPermission", "params": {"allowed": 1}}, ("requestPermission", NO_MAPPING, None)),
        (
            {"action": "requestPermission", "params": {"origin": "a", "allowed": True, "x": 1}},
            ("requestPermission", {"x": 1}, None),
        ),
        (
            {"action": "multi", "params": {"actions": [{"action": "version"}]}},
            ("multi", {"actions": [{"action": "version", "params": {}, "key": None}]}, None),
        ),
    ],
)
def test_a_member_of_multi_is_translated_as_a_request_of_its_own(member, call):
    method, params, key = call
    expected = {"action": method, "params": params, "key": key}
    assert request_for("multi", {"actions": [member]})["params"]["actions"] == [expected]
    assert request_for("multi", {"actions": [member, "x", member], "y": 1})["params"] == {"actions": [expected], "y": 1}


# --- results ---


@for_rows(
    ("action", "result", "folded"),
    [
        ("addNotes", [{"id": 1, "isNew": True}, {"id": 2}], [1, 2]),
        ("guiCheckDatabase", {"problems": []}, True),
        ("guiUndo", {"undone": None}, True),
        ("sync", {"status": "done"}, None),
        ("areDue", [True, False], [True, False]),
        ("getIntervals", [5, [1, 2]], [5, [1, 2]]),
        ("deckNames", [{"id": 1}], [{"id": 1}]),
    ],
)
@for_rows("version", [4, 6])
def test_results_are_folded(action, result, folded, version):
    assert reply_to(action, {"result": result}, version=version) == (folded, None, version == 4)


@pytest.mark.parametrize("action", ["areDue", "getIntervals"])
def test_a_card_without_reviews_fails_the_whole_call(action):
    assert reply_to(action, {"result": [5, None]}) == (None, "list index out of range", False)


def test_replies_of_multi_have_the_shapes_of_their_own_versions():
    params = {
        "actions": [
            {"action": "addNotes"},
            {"action": "addNotes", "version": 6},
            {"action": "zzz", "version": 4},
            {"action": "sync", "version": "6"},
        ]
    }
    added = {"result": [{"id": 1}], "error": None}
    missing = {"result": None, "error": {"code": -32601, "message": "Method not found"}}
    results = [added, added, missing, {"result": {}, "error": None}]
    unordered = "'<=' not supported between instances of 'str' and 'int'"
    replies = [
        [1],
        {"result": [1], "error": None},
        {"result": None, "error": "unsupported action"},
        {"result": None, "error": unordered},
    ]
    assert reply_to("multi", {"result": results}, params) == (replies, None, False)
    stopped = reply_to("multi", {"result": results}, {"actions": [*params["actions"], 1.5, {}]})
    assert stopped == (None, "'float' object has no attribute 'get'", False)


# --- failures ---

INVALID, THEIRS = problem("a", "invalid", "ours"), problem("a", "invalid", "ours", "theirs")
UNKNOWN, MISSING = problem("x", "unknown", "ours"), problem("b", "missing", "ours", "'b'")


def failed(error, problems=None):
    body = error.to_object()
    return {"error": body if problems is None else {**body, "data": {**body["data"], "problems": problems}}}


def invalid(*problems):
    return failed(InvalidParams(problems), list(problems))


@for_rows(
    ("action", "response", "expected"),
    [
        ("guiAddNoteSetData", failed(WindowClosed("closed")), ({"error": "closed", "code": 1}, None, False)),
        ("guiAddNoteSetData", failed(NotFound("gone")), (None, "gone", False)),
        ("guiImportFile", failed(FileProblem("no file")), (None, None, False)),
        ("guiImportFile", failed(NotFound("gone")), (None, "gone", False)),
        ("setSpecificValueOfCard", failed(NotFound("gone")), ([[False, "gone"]], None, False)),
        ("setSpecificValueOfCard", failed(Refused("no")), ([[False, "no"]], None, False)),
        ("setSpecificValueOfCard", failed(WindowClosed("closed")), ([[False, "closed"]], None, False)),
        ("setSpecificValueOfCard", invalid(INVALID), (False, None, False)),
        ("setSpecificValueOfCard", invalid(THEIRS, INVALID), (False, None, False)),
        ("setSpecificValueOfCard", invalid(THEIRS), ([[False, "theirs"]], None, False)),
        (
            "setSpecificValueOfCard",
            {"error": {"code": -32603, "message": "Internal error"}},
            (None, "Internal error", False),
        ),
        (
            "setSpecificValueOfCard",
            invalid(THEIRS, MISSING),
            (None, "AnkiConnect.setSpecificValueOfCard() missing 1 required positional argument: 'b'", False),
        ),
        ("deckNames", failed(FileProblem("no file")), (None, "no file", False)),
    ],
)
def test_failures_that_ankiconnect_answers_as_successes(action, response, expected):
    answer = reply_to(action, response)
    assert answer == expected
    assert repr(answer) == repr(Reply(*expected)), "False is not 0"


SYNC = (
    "Sync status {} not one of [0, 1] - see SyncCollectionResponse.ChangesRequired for list of sync statuses: "
    "https://github.com/ankitects/anki/blob/e41c4573d789afe8b020fab5d9d1eede50c3fa3d/proto/anki/sync.proto#L57-L65"
)
NO_NOTE = (
    "Your database appears to be in an inconsistent state. Please use the Check Database action. No such note: '5'"
)
ID_USED = (
    'DbError { info: "SqliteFailure(Error { code: ConstraintViolation, extended_code: 1555 }, '
    'Some(\\"UNIQUE constraint failed: revlog.id\\"))", kind: Other }'
)


@for_rows(
    ("action", "error", "text"),
    [
        ("guiEditNote", NoteNotFound("not found", note=5), NO_NOTE),
        ("deleteNotes", NoteNotFound("not found", note=5), "not found"),
        ("insertReviews", AlreadyExists("there"), ID_USED),
        ("createDeck", AlreadyExists("there"), "there"),
        ("sync", NotLoggedIn("log in"), "sync: auth not configured"),
        ("deckNames", NotLoggedIn("log in"), "log in"),
        ("sync", FullSyncRequired("full", ways=["download"]), SYNC.format(3)),
        ("sync", FullSyncRequired("full", ways=["upload"]), SYNC.format(4)),
        ("sync", FullSyncRequired("full", ways=["download", "upload"]), SYNC.format(2)),
    ],
)
def test_errors_have_the_texts_of_their_actions(action, error, text):
    assert reply_to(action, failed(error)) == (None, text, False)


def missing(*paths):
    return [problem(path, "missing", "ours") for path in paths]


@for_rows(
    ("action", "params", "problems", "text"),
    [
        ("f", {}, missing("a"), "AnkiConnect.f() missing 1 required positional argument: 'a'"),
        ("f", {}, missing("a", "b"), "AnkiConnect.f() missing 2 required positional arguments: 'a' and 'b'"),
        ("f", {}, missing("a", "b", "c"), "AnkiConnect.f() missing 3 required positional arguments: 'a', 'b', and 'c'"),
        ("f", {}, missing("a", "note.b"), "AnkiConnect.f() missing 1 required positional argument: 'a'"),
        ("f", {}, [*missing("note.b"), THEIRS], "theirs"),
        ("f", {"x": 1}, [MISSING, UNKNOWN], "AnkiConnect.f() got an unexpected keyword argument 'x'"),
        ("f", {"wait": 1}, [MISSING], "AnkiConnect.f() got an unexpected keyword argument 'wait'"),
        ("f", {"self": 1, "x": 1}, [UNKNOWN], "AnkiConnect.f() got multiple values for argument 'self'"),
        ("f", {"x": 1, "self": 1}, [UNKNOWN], "AnkiConnect.f() got an unexpected keyword argument 'x'"),
        ("f", {"a": 1}, [INVALID, THEIRS], "theirs"),
        ("f", [], [], "2055492159.AnkiConnect.f() argument after ** must be a mapping, not list"),
        ("f", None, [], "2055492159.AnkiConnect.f() argument after ** must be a mapping, not NoneType"),
        (
            "browse",
            {},
            missing("query"),
            "AnkiConnect.browse() missing 1 required positional argument: 'query'",
        ),
        (
            "requestPermission",
            {},
            [],
            "AnkiConnect.requestPermission() missing 2 required positional arguments: 'origin' and 'allowed'",
        ),
        (
            "requestPermission",
            {"origin": 1},
            [],
            "AnkiConnect.requestPermission() missing 1 required positional argument: 'allowed'",
        ),
    ],
)
def test_params_that_do_not_fit_have_pythons_words(action, params, problems, text):
    assert reply_to(action, invalid(*problems), params) == (None, text, False)


def test_an_old_name_is_called_by_its_successor_in_pythons_words():
    text = "AnkiConnect.findCards() missing 1 required positional argument: 'query'"
    assert reply_to("browse", invalid(*missing("query")), version=4).error == text
