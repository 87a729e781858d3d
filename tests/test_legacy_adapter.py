"""AnkiConnect's protocol to the letter: bytes in, bytes out."""

import json

import pytest
from envelopes import planned, problem, reply_to, request_for, written
from sizes import for_each, for_rows, some, turns

import addon.actions  # noqa: F401  (fills the registry)
from addon import legacy_adapter
from addon.actions import REGISTRY
from addon.rpc import codec
from addon.rpc.errors import FileProblem, InvalidParams, KeyRequired, MethodNotFound, Problem, SomeFailed

BANNER = b'{"apiVersion": "AnkiConnect v.6"}'
BARE = [None, "0", "-1", "3", "4", "4.0", "-99999999999999999999"]
WRAPPED = ["5", "5.0", "6", "6.0", "1e1", "7", "99999999999999999999"]


def request(action, version, *more):
    members = [f'"action":"{action}"', *([] if version is None else [f'"version":{version}']), *more]
    return ("{" + ",".join(members) + "}").encode()


def failure(text):
    return b'{"result": null, "error": ' + json.dumps(text, ensure_ascii=False).encode() + b"}"


def success(result):
    return b'{"result": ' + result + b', "error": null}'


# --- reply shapes, in both directions ---

RESULTS = {
    "version": (b"", b"6"),
    "deckNames": (b"", b'["Default","Italian","Italian::A1"]'),
    "deckNamesAndIds": (b"", b'{"Default":1,"Italian":1700000002001,"Italian::A1":1700000002002}'),
    "canAddNote": (b'"params":{"note":{}}', b"false"),
    "deleteNotes": (b'"params":{"notes":[]}', b"null"),
    "retrieveMediaFile": (b'"params":{"filename":"_ciao.txt"}', b'"Y2lhbw=="'),
    "findNotes": (b'"params":{}', b"[]"),
}
ERRORS = {
    "zzz": (b"", "unsupported action"),
    "Version": (b"", "unsupported action"),
    "__init__": (b"", "unsupported action"),
    "suspended": (b'"params":{"card":5}', "Card was not found: 5"),
    "modelFieldNames": (b'"params":{"modelName":null}', "model was not found: None"),
}
SHAPES = [
    *(
        pytest.param(request(action, version, *filter(None, [params.decode()])), result, id=f"{action}, {version}")
        for action, (params, result) in RESULTS.items()
        for version in BARE
    ),
    *(
        pytest.param(
            request(action, version, *filter(None, [params.decode()])), success(result), id=f"{action}, {version}"
        )
        for action, (params, result) in RESULTS.items()
        for version in WRAPPED
    ),
    *(
        pytest.param(
            request(action, version, *filter(None, [params.decode()])), failure(text), id=f"{action}, {version}"
        )
        for action, (params, text) in ERRORS.items()
        for version in BARE + WRAPPED
    ),
]


@for_rows(
    ("body", "reply", "content_type"),
    [
        pytest.param(*shape.values, content_type, id=f"{shape.id}, {content_type}")
        for shape, content_type in turns(
            SHAPES, lambda shape: [None, "application/json", "application/x-www-form-urlencoded", "text/plain"]
        )
    ],
)
def test_a_reply_has_the_shape_of_its_requests_version(reading, body, reply, content_type):
    response = reading.send(body, content_type=content_type)
    assert (response.status, response.data) == ("200 OK", reply)


@for_each(version=BARE + WRAPPED, result=[None, False, 0, "", [], {}, [None], {"result": 1, "error": None}, "é\n\"'"])
def test_writing_a_reply_and_reading_it_back_gives_the_result(version, result):
    reply = written(json.loads(request("version", version)), {"jsonrpc": "2.0", "id": 0, "result": result})
    if version in BARE:
        assert reply == codec.dumps(result)
    else:
        assert reply == success(codec.dumps(result))
        assert list(json.loads(reply)) == ["result", "error"]
        assert json.loads(reply) == {"result": result, "error": None}


@for_rows("version", BARE + WRAPPED)
@for_rows("text", ["it's so", "è", "😀", 'say "no"', "\ud83d"])
def test_an_error_is_an_envelope_at_every_version(version, text):
    error = {"code": 206, "message": text, "data": {}}
    reply = written(json.loads(request("version", version)), {"id": 0, "error": error})
    assert reply.startswith(b'{"result": null, "error": "')
    assert json.loads(reply) == {"result": None, "error": text}


# --- no body, and bodies that are no request ---


@for_rows("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "BREW"])
@for_rows("path", ["/", "/anything?x=1"])
def test_no_body_gives_the_banner(reading, method, path):
    response = reading.send(method=method, path=path)
    assert (response.status, response.data) == ("200 OK", BANNER)


MALFORMED = [
    (b" ", "Expecting value: line 1 column 2 (char 1)"),
    (b"hello", "Expecting value: line 1 column 1 (char 0)"),
    (b"{1: 2}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
    (b'{"action":"version"} x', "Extra data: line 1 column 22 (char 21)"),
    (b'{"action":"version"}{}', "Extra data: line 1 column 21 (char 20)"),
    (b'{"action":"version"', "Expecting ',' delimiter: line 1 column 20 (char 19)"),
    (b'{"action"}', "Expecting ':' delimiter: line 1 column 10 (char 9)"),
    (b'{"action":"a', "Unterminated string starting at: line 1 column 11 (char 10)"),
    (b'{"action":"a\nb"}', "Invalid control character at: line 1 column 13 (char 12)"),
    (b'{"action":"\\q"}', "Invalid \\escape: line 1 column 12 (char 11)"),
    (b"\xe7\x8c", "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"),
    (b'{"action":"\xff"}', "'utf-8' codec can't decode byte 0xff in position 11: invalid start byte"),
    (b"\xef\xbb\xbf{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
    ('{"action":"version"}'.encode("utf-16-le"), None),
    (b"[]", "[] is not of type 'object'"),
    (b"1.2", "1.2 is not of type 'object'"),
    (b"null", "None is not of type 'object'"),
    (b'"version"', "'version' is not of type 'object'"),
    (b'[{"action":"version"}]', "[{'action': 'version'}] is not of type 'object'"),
    (b"{}", "'action' is a required property"),
    (b'{"Action":"version"}', "'action' is a required property"),
    (b'{"action":1}', "1 is not of type 'string'"),
    (b'{"action":null}', "None is not of type 'string'"),
    (b'{"action":["version"]}', "['version'] is not of type 'string'"),
    (b'{"action":""}', "'' should be non-empty"),
    (b'{"action":"version","version":"6"}', "'6' is not of type 'integer'"),
    (b'{"action":"version","version":null}', "None is not of type 'integer'"),
    (b'{"action":"version","version":true}', "True is not of type 'integer'"),
    (b'{"action":"version","version":4.5}', "4.5 is not of type 'integer'"),
    (b'{"action":"version","version":NaN}', "nan is not of type 'integer'"),
    (b'{"action":"version","version":-Infinity}', "-inf is not of type 'integer'"),
    (b'{"action":"version","version":1e999}', "inf is not of type 'integer'"),
    (b'{"action":"version","version":6,"params":null}', "None is not of type 'object'"),
    (b'{"action":"version","version":6,"params":[]}', "[] is not of type 'object'"),
    (b'{"action":"version","version":6,"params":"x"}', "'x' is not of type 'object'"),
    (b'{"action":1,"version":"6"}', "1 is not of type 'string'"),
    (b"[" * 1000 + b"]" * 1000, None),
    (b"[" * 100_000 + b"]" * 100_000, None),
    (b"[" * 100_000, None),
    (b'{"action":"version","params":' + b"[" * 1000 + b"]" * 1000 + b"}", None),
    (b'{"action":"version","version":' + b"9" * 5000 + b"}", None),
]


@for_rows(("body", "text"), MALFORMED)
def test_a_malformed_request_gets_an_envelope_with_pythons_words(reading, body, text):
    response = reading.send(body)
    assert response.status == "200 OK"
    if text is not None:
        assert response.data == failure(text)
    reply = json.loads(response.data)
    assert list(reply) == ["result", "error"]
    assert reply["result"] is None
    assert reply["error"]


def test_malformed_requests_need_no_key(open_gateway):
    gateway = open_gateway(apiKey="k")
    assert gateway.send(b"{}").data == failure("'action' is a required property")
    assert gateway.send(b"").data == BANNER


@for_rows(
    ("body", "reply"),
    [
        (b'{"action":"zzz","action":"version"}', b"6"),
        (b'{"action":"version","version":6,"version":4}', b"6"),
        (b'{"action":"version","more":NaN}', b"6"),
        (b'{"action":"version","more":[Infinity,-Infinity]}', b"6"),
        (b'{"action":"version","more":{"deep":"\\ud83d"}}', b"6"),
        (b' \r\n\t{"action":"version"}\n', b"6"),
        (b'{"\\u0061ction":"versio\\u006e"}', b"6"),
        (b'{"action":"version","params":{}}', b"6"),
        (b'{"action":"\\ud83d"}', failure("unsupported action")),
        (b'{"action":"version","id":1,"method":"x"}', b"6"),
        (b'{"action":"version","n":123456789012345678901234567890}', b"6"),
    ],
)
def test_what_python_reads_as_json_is_a_request(reading, body, reply):
    assert reading.send(body).data == reply


@pytest.mark.parametrize(
    ("text", "position"),
    [('"\\ud83d"', 0), ('"deck:\\udc00"', 5)],
)
def test_a_lone_surrogate_in_a_text_is_an_error_in_pythons_words(reading, text, position):
    reply = json.loads(reading.send(request("findNotes", 6, f'"params":{{"query":{text}}}')).data)
    character = text[-7:-1]
    expected = f"'utf-8' codec can't encode character '{character}' in position {position}: surrogates not allowed"
    assert reply == {"result": None, "error": expected}


def test_the_banner_is_ankiconnects():
    assert legacy_adapter.BANNER == BANNER


# --- the dispatcher's texts ---

CALLS = [
    ("version", {"x": 1}, "AnkiConnect.version() got an unexpected keyword argument 'x'"),
    ("version", {"y": 1, "x": 1}, "AnkiConnect.version() got an unexpected keyword argument 'y'"),
    ("version", {"": 1}, "AnkiConnect.version() got an unexpected keyword argument ''"),
    ("version", {"it's": 1}, "AnkiConnect.version() got an unexpected keyword argument 'it's'"),
    ("version", {"self": 1}, "AnkiConnect.version() got multiple values for argument 'self'"),
    ("version", {"x": 1, "self": 1}, "AnkiConnect.version() got an unexpected keyword argument 'x'"),
    ("version", {"self": 1, "x": 1}, "AnkiConnect.version() got multiple values for argument 'self'"),
    ("createDeck", {"deck": "x", "self": 1}, "AnkiConnect.createDeck() got multiple values for argument 'self'"),
    ("addNote", {}, "AnkiConnect.addNote() missing 1 required positional argument: 'note'"),
    ("addNote", {"Note": {}}, "AnkiConnect.addNote() got an unexpected keyword argument 'Note'"),
    ("addNote", {"note": {}, "lenient": True}, "AnkiConnect.addNote() got an unexpected keyword argument 'lenient'"),
    ("addNotes", {"notes": [], "onError": 1}, "AnkiConnect.addNotes() got an unexpected keyword argument 'onError'"),
    ("addTags", {}, "AnkiConnect.addTags() missing 2 required positional arguments: 'notes' and 'tags'"),
    ("addTags", {"tags": 5}, "AnkiConnect.addTags() missing 1 required positional argument: 'notes'"),
    ("addTags", {"x": 1}, "AnkiConnect.addTags() got an unexpected keyword argument 'x'"),
    (
        "createModel",
        {"css": 1},
        (
            "AnkiConnect.createModel() missing 3 required positional arguments: "
            "'modelName', 'inOrderFields', and 'cardTemplates'"
        ),
    ),
    ("requestPermission", {"x": 1}, "AnkiConnect.requestPermission() got an unexpected keyword argument 'x'"),
    ("multi", {}, "AnkiConnect.multi() missing 1 required positional argument: 'actions'"),
]


@for_rows(("action", "params", "text"), CALLS)
def test_params_that_do_not_fit_get_pythons_words(reading, action, params, text):
    body = json.dumps({"action": action, "version": 6, "params": params}).encode()
    assert reading.send(body).data == failure(text)


def test_without_a_collection_the_text_is_ankiconnects(open_gateway):
    gateway = open_gateway()
    gateway.host.close()
    assert gateway.legacy("deckNames") == {"result": None, "error": "collection is not available"}
    assert gateway.legacy("version") == {"result": 6, "error": None}
    note = {"deckName": "Italian", "modelName": "Italian vocab", "fields": {}}
    refused = {"canAdd": False, "error": "collection is not available"}
    assert gateway.legacy("canAddNoteWithErrorDetail", note=note)["result"] == refused
    assert gateway.legacy("canAddNotes", notes=[note])["result"] == [False]


def test_the_text_is_the_same_if_another_profile_opens_during_the_call(gateway, monkeypatch):
    profiles = iter(["A", "A", "B"])
    monkeypatch.setattr(gateway.host, "profile", lambda: next(profiles, "B"))
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "switched"}}
    assert gateway.legacy("addNotes", notes=[note]) == {"result": None, "error": "collection is not available"}
    assert gateway.legacy("findNotes", query="Front:switched")["result"] == []


# --- multi ---


def multi(gateway, *members, version=6):
    body = {"action": "multi", "version": version, "params": {"actions": list(members)}}
    return json.loads(gateway.send(json.dumps(body).encode()).data)


MEMBERS = [
    ({"action": "version"}, 6),
    ({"action": "version", "version": 4}, 6),
    ({"action": "version", "version": 6}, {"result": 6, "error": None}),
    ({"action": "version", "version": 4.5}, {"result": 6, "error": None}),
    ({"action": "version", "version": True}, 6),
    ({"action": "nope"}, {"result": None, "error": "unsupported action"}),
    ({"action": "nope", "version": 6}, {"result": None, "error": "unsupported action"}),
    ({}, {"result": None, "error": "unsupported action"}),
    ({"version": 6}, {"result": None, "error": "unsupported action"}),
    ({"action": ""}, {"result": None, "error": "unsupported action"}),
    ({"action": 5}, {"result": None, "error": "unsupported action"}),
    ({"action": ["version"]}, {"result": None, "error": "unsupported action"}),
    ({"action": None, "version": "6"}, {"result": None, "error": "unsupported action"}),
    *(
        (
            {"action": "version", "version": value},
            {"result": None, "error": f"'<=' not supported between instances of '{kind}' and 'int'"},
        )
        for value, kind in [("6", "str"), (None, "NoneType"), ([], "list"), ({}, "dict")]
    ),
    *(
        (
            {"action": "version", "params": value},
            {
                "result": None,
                "error": f"2055492159.AnkiConnect.version() argument after ** must be a mapping, not {kind}",
            },
        )
        for value, kind in [(None, "NoneType"), ([], "list"), ("x", "str"), (5, "int"), (True, "bool")]
    ),
    (
        {"action": "requestPermission"},
        {
            "result": None,
            "error": "AnkiConnect.requestPermission() missing 2 required positional arguments: 'origin' and 'allowed'",
        },
    ),
    (
        {"action": "requestPermission", "params": {"allowed": True}},
        {
            "result": None,
            "error": "AnkiConnect.requestPermission() missing 1 required positional argument: 'origin'",
        },
    ),
    (
        {"action": "requestPermission", "params": {"allowed": True, "origin": "x", "z": 1}},
        {"result": None, "error": "AnkiConnect.requestPermission() got an unexpected keyword argument 'z'"},
    ),
    ({"action": "multi", "params": {"actions": []}}, []),
    ({"action": "multi", "version": 6, "params": {"actions": []}}, {"result": [], "error": None}),
    ({"action": "multi", "params": {"actions": [{"action": "version", "version": 6}]}}, [{"result": 6, "error": None}]),
    (
        {"action": "multi", "params": {"actions": [{"action": "version"}, 5]}},
        {"result": None, "error": "'int' object has no attribute 'get'"},
    ),
    (
        {"action": "multi"},
        {"result": None, "error": "AnkiConnect.multi() missing 1 required positional argument: 'actions'"},
    ),
    ({"action": "browse", "params": {"query": "nosuch"}}, []),
    ({"action": "browse", "version": 5, "params": {"query": "x"}}, {"result": None, "error": "unsupported action"}),
]


@for_rows("version", [None, 4, 6])
@for_rows(("member", "reply"), MEMBERS)
def test_each_member_of_multi_has_its_own_reply(reading, member, reply, version):
    body = {"action": "multi", "params": {"actions": [{"action": "version"}, member, {"action": "deckNames"}]}}
    if version is not None:
        body["version"] = version
    answer = json.loads(reading.send(json.dumps(body).encode()).data)
    replies = [6, reply, ["Default", "Italian", "Italian::A1"]]
    assert answer == ({"result": replies, "error": None} if version == 6 else replies)


@for_rows(
    ("actions", "text"),
    [
        ("null", "'NoneType' object is not iterable"),
        ("5", "'int' object is not iterable"),
        ("true", "'bool' object is not iterable"),
        ('"ab"', "'str' object has no attribute 'get'"),
        ('{"a":1}', "'str' object has no attribute 'get'"),
        ("[5]", "'int' object has no attribute 'get'"),
        ("[null]", "'NoneType' object has no attribute 'get'"),
        ('[["x"]]', "'list' object has no attribute 'get'"),
    ],
)
def test_a_multi_without_a_list_of_objects_fails_as_a_whole(reading, actions, text):
    assert reading.send(request("multi", 6, f'"params":{{"actions":{actions}}}')).data == failure(text)


@pytest.mark.parametrize("actions", ["[]", '""', "{}"])
def test_a_multi_of_nothing_gives_nothing(reading, actions):
    assert reading.send(request("multi", 6, f'"params":{{"actions":{actions}}}')).data == success(b"[]")


def test_multi_stops_at_a_member_that_is_no_object_and_earlier_ones_stay_done(gateway):
    deck = {"action": "createDeck", "params": {"deck": "Done"}}
    later = {"action": "createDeck", "params": {"deck": "Never"}}
    assert multi(gateway, deck, "x", later) == {"result": None, "error": "'str' object has no attribute 'get'"}
    nested = {"action": "multi", "params": {"actions": [{**deck, "params": {"deck": "Nested"}}, None, later]}}
    assert multi(gateway, nested)["result"][0]["error"] == "'NoneType' object has no attribute 'get'"
    names = gateway.legacy("deckNames")["result"]
    assert {"Done", "Nested"} <= set(names)
    assert "Never" not in names


def test_a_member_with_a_version_of_a_wrong_type_runs_all_the_same(gateway):
    member = {"action": "createDeck", "version": "6", "params": {"deck": "Ran"}}
    error = "'<=' not supported between instances of 'str' and 'int'"
    assert multi(gateway, member)["result"] == [{"result": None, "error": error}]
    assert "Ran" in gateway.legacy("deckNames")["result"]


def test_a_failing_member_neither_stops_nor_undoes_the_others(gateway):
    decks = [{"action": "createDeck", "params": {"deck": name}} for name in ("One", "Two")]
    replies = multi(gateway, decks[0], {"action": "suspended", "params": {"card": 1}}, decks[1])["result"]
    assert replies[1] == {"result": None, "error": "Card was not found: 1"}
    assert {"One", "Two"} <= set(gateway.legacy("deckNames")["result"])


def test_addnotes_inside_multi_is_folded_like_a_single_one(gateway):
    pera = {"deckName": "Italian::A1", "modelName": "Italian vocab", "fields": {"Word": "pera"}}
    mela = {**pera, "fields": {"Word": "mela"}}
    added, refused = multi(
        gateway,
        {"action": "addNotes", "params": {"notes": [pera]}},
        {"action": "addNotes", "version": 6, "params": {"notes": [pera, mela]}},
    )["result"]
    assert [type(note) for note in added] == [int]
    duplicate = "cannot create note because it is a duplicate"
    assert refused == {"result": None, "error": str([duplicate, duplicate])}


def test_deep_nesting_of_multi_costs_only_the_request(reading):
    member = {"action": "version"}
    for _ in range(300):
        member = {"action": "multi", "params": {"actions": [member]}}
    assert reading.send(json.dumps(member).encode()).status == "200 OK"
    assert reading.send(request("version", 6)).data == success(b"6")


def test_an_inner_permission_request_cannot_grant_itself_anything(open_gateway):
    gateway = open_gateway(webCorsOriginList=["https://good.example"])
    member = {"action": "requestPermission", "params": {"origin": "https://evil.example", "allowed": True}}
    body = json.dumps({"action": "multi", "version": 6, "params": {"actions": [member]}}).encode()
    assert gateway.send(body, Origin="https://evil.example").status_code == 403
    assert gateway.send(body, Origin="https://good.example").status_code == 200
    assert gateway.host.config.web_cors_origin_list == ("https://good.example",)
    direct = json.dumps({**member, "version": 6}).encode()
    response = gateway.send(direct, Origin="https://evil.example")
    assert response.data == success(b'{"permission":"denied"}')


# --- keys ---

REFUSED = failure("valid api key must be provided")


@pytest.mark.parametrize(
    ("setting", "member", "is_valid"),
    [
        (None, None, True),
        (None, "null", True),
        (None, '"not needed"', True),
        (None, "5", True),
        ("", None, True),
        ("", "null", True),
        ("", '""', True),
        ("", '"k"', True),
        ("k", None, False),
        ("k", "null", False),
        ("k", '""', False),
        ("k", '"k"', True),
        ("k", '"K"', False),
        ("k", '"k "', False),
        ("k", '["k"]', False),
        ("k", "true", False),
        ("5", "5", False),
        ("ключ", '"\\u043a\\u043b\\u044e\\u0447"', True),
        ("k", '"\\ud83d"', False),
    ],
)
def test_the_key_must_be_the_configured_one(open_gateway, setting, member, is_valid):
    gateway = open_gateway(apiKey=setting)
    more = [] if member is None else [f'"key":{member}']
    assert gateway.send(request("version", 6, *more)).data == (success(b"6") if is_valid else REFUSED)
    assert gateway.send(request("version", 4, *more)).data == (b"6" if is_valid else REFUSED)
    inner = {"action": "version", **({} if member is None else {"key": json.loads(member)})}
    whole = {"action": "multi", "params": {"actions": [inner]}, **({} if setting is None else {"key": setting})}
    replies = json.loads(gateway.send(json.dumps(whole).encode()).data)
    covered = is_valid or member in {None, "null"}
    assert replies == [6 if covered else json.loads(REFUSED)]


def test_the_key_is_checked_before_the_name_and_the_params(open_gateway):
    gateway = open_gateway(apiKey="k")
    assert gateway.send(request("zzz", 6)).data == REFUSED
    assert gateway.send(request("version", 6, '"params":{"x":1}')).data == REFUSED
    assert gateway.send(request("zzz", 6, '"key":"k"')).data == failure("unsupported action")
    whole = {"action": "multi", "params": {"actions": [{"action": "version", "key": "k"}]}}
    assert gateway.send(json.dumps(whole).encode()).data == REFUSED
    inner = {"action": "version", "key": "k", "params": {"key": "k"}}
    assert b"unexpected keyword argument 'key'" in gateway.send(json.dumps(inner).encode()).data


@pytest.mark.parametrize(("setting", "required"), [(None, False), ("", False), ("k", True)])
def test_asking_for_permission_needs_no_key_and_tells_whether_others_do(open_gateway, setting, required):
    gateway = open_gateway(apiKey=setting)
    result = gateway.legacy("requestPermission")["result"]
    assert list(result) == ["permission", "requireApikey", "requireApiKey", "version"]
    assert result == {
        "permission": "granted",
        "requireApikey": required,
        "requireApiKey": required,
        "version": 6,
    }


# --- names that once existed ---

REMOVED = {
    "features": 1,
    "browseNote": 1,
    "getNextCard": 4,
    "guiGetNextCard": 4,
    "answerCard": 4,
    "checkState": 4,
    "guiReview": 4,
    "showQuestion": 4,
    "showAnswer": 4,
    "browse": 4,
    "isSuspended": 4,
}


@for_rows(("name", "version"), REMOVED.items())
def test_an_old_name_answers_up_to_the_version_that_had_it(reading, name, version):
    unsupported = failure("unsupported action")
    assert reading.send(request(name, version)).data != unsupported
    assert reading.send(request(name, 0)).data != unsupported
    assert reading.send(request(name, version + 1)).data == unsupported
    assert reading.send(request(name, 6)).data == unsupported


@for_rows("version", [0, 1, 2, 4, 6, 7])
@for_rows("name", ["upgrade", "updateCompleteDeck"])
def test_names_whose_work_is_gone_never_answer(reading, name, version):
    assert reading.send(request(name, version)).data == failure("unsupported action")


@for_rows(
    ("name", "version", "params", "method", "successor_params"),
    [
        ("features", 1, {}, "apiReflect", {"scopes": ["actions"]}),
        ("browseNote", 1, {"note": 5}, "guiBrowse", {"query": "nid:5"}),
        ("getNextCard", 4, {}, "guiCurrentCard", {}),
        ("guiGetNextCard", 4, {}, "guiCurrentCard", {}),
        ("answerCard", 4, {"id": 5, "ease": 3}, "guiAnswerCard", {"ease": 3}),
        ("checkState", 4, {}, "guiReviewActive", {}),
        ("guiReview", 4, {"name": "x"}, "guiDeckReview", {"name": "x"}),
        ("showQuestion", 4, {}, "guiShowQuestion", {}),
        ("showAnswer", 4, {}, "guiShowAnswer", {}),
        ("browse", 4, {"query": "x"}, "findCards", {"query": "x"}),
        ("isSuspended", 4, {"card": 1}, "suspended", {"card": 1}),
    ],
)
def test_an_old_name_becomes_its_successor(name, version, params, method, successor_params):
    assert request_for(name, params, version) == {
        "jsonrpc": "2.0",
        "id": 0,
        "method": method,
        "params": successor_params,
    }
    assert request_for(name, params, version + 1)["method"] == name


def test_old_names_answer_as_their_successors_do(reading):
    import seed

    assert json.loads(reading.send(request("browse", None, '"params":{"query":"deck:Italian::A1"}')).data) == [
        seed.MELA_CARD,
        seed.UVA_CARD,
    ]
    assert reading.send(request("isSuspended", 4, f'"params":{{"card":{seed.MELA_CARD}}}')).data == b"false"
    assert "deckNames" in json.loads(reading.send(request("features", 1)).data)["actions"]


# --- the pure translation ---


def test_a_request_is_written_by_name_and_with_an_id():
    envelope = {"action": "createDeck", "params": {"deck": "x"}, "key": "k", "other": 1}
    request = {"jsonrpc": "2.0", "id": 0, "method": "createDeck", "params": {"deck": "x"}}
    assert planned(envelope) == request


def test_translating_leaves_the_envelope_as_it_is():
    params = {"actions": [{"action": "addNotes", "params": {"notes": []}}]}
    planned({"action": "multi", "params": params})
    assert params == {"actions": [{"action": "addNotes", "params": {"notes": []}}]}


@for_rows(
    ("error", "text"),
    [
        (KeyRequired(), "valid api key must be provided"),
        (MethodNotFound(), "unsupported action"),
        (SomeFailed("2 failed", errors=[{"message": "a"}, {"message": "it's"}]), """['a', "it's"]"""),
        (SomeFailed("1 failed", errors=[{"message": "both ' and \""}]), """['both \\' and "']"""),
    ],
)
def test_an_error_object_becomes_ankiconnects_text(error, text):
    reply = reply_to("addNotes", {"error": error.to_object()})
    assert reply == (None, text, False)


def test_the_first_text_of_invalid_params_wins_and_missing_ones_come_first():
    problems = [problem("a", "invalid", "ours", "theirs"), problem("b", "missing", "ours", "'b'")]
    error = {**InvalidParams(problems).to_object(), "data": {"problems": problems}}
    text = "AnkiConnect.f() missing 1 required positional argument: 'b'"
    assert reply_to("f", {"error": error}).error == text
    error["data"] = {"problems": problems[:1]}
    assert reply_to("f", {"error": error}).error == "theirs"
    error["data"] = {"problems": [Problem("a", "ours")]}
    assert reply_to("f", {"error": error}).error == error["message"]


# --- an error is never an empty text: many clients ask whether there is one by its truth ---

WRONG = [None, "", 0, [], {}, [None], [""], [{}], {"": ""}, [[None]], "\u2068"]
"""Values that are wrong, or nothing, almost everywhere."""


def no_texts(value):
    """How often a value holds an error without a text."""
    if isinstance(value, dict):
        return sum(no_texts(inner) + (name == "error" and inner == "") for name, inner in value.items())
    return sum(map(no_texts, value)) + (value == [False, ""]) if isinstance(value, list) else 0


@pytest.mark.parametrize("wrong", some(WRONG, 3, 1), ids=repr)
def test_no_error_is_an_empty_text(gateway, wrong):
    def of_type(field):
        return {"Integer": 1, "String": "x", "Boolean": True}.get(type(field).__name__, [])

    calls = []
    for action in REGISTRY.listed():
        fields = list(action.params.instance().load_fields.values())
        for field in fields:
            others = {other.data_key: of_type(other) for other in fields if other.required and other is not field}
            calls.append({"action": action.name, "version": 6, "params": {**others, field.data_key: wrong}})
    calls = [call for call in calls if call["action"] not in ("multi", "startOperation", "sync")]
    replies = gateway.legacy("multi", actions=calls)["result"]
    assert [call for call, reply in zip(calls, replies, strict=True) if no_texts(reply)] == []


def test_an_error_without_a_text_says_what_sort_it_is(reading):
    assert str(FileProblem("")) == FileProblem.summary()
    problems = [problem("a", "invalid", "Not a thing.", "")]
    error = {**InvalidParams(problems).to_object(), "data": {"problems": problems}}
    assert reply_to("f", {"error": error}).error == "Invalid params: a: Not a thing."
    replies = reading.legacy("canAddNotesWithErrorDetail", notes=[{"deckName": "", "modelName": "", "fields": {}}])
    assert replies["result"][0]["error"]
