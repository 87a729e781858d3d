"""One address, two protocols: which is spoken, and what HTTP says about it."""

import gc
import types

import pytest
from sizes import for_rows
from werkzeug.test import EnvironBuilder

from addon.http.app import Protocol, asks_permission, protocol_of
from addon.rpc import codec
from addon.rpc.calls import Planned
from addon.text.origins import is_origin

JSON = "application/json"
BANNER = b'{"apiVersion": "AnkiConnect v.6"}'
OLD = b'{"action":"version","version":6}'
OLD_REPLY = b'{"result": 6, "error": null}'
NEW = b'{"jsonrpc":"2.0","id":1,"method":"version"}'
NEW_REPLY = {"jsonrpc": "2.0", "id": 1, "result": 6}
EVIL = "https://evil.example"


# --- which protocol a request speaks ---

R, L, U = Protocol.JSON_RPC, Protocol.LEGACY, Protocol.UNSUPPORTED
DECISIONS = [
    # method, media type, body, protocol
    ("POST", JSON, NEW, R),
    ("POST", JSON, b'{"method":"version","id":1}', R),
    ("POST", JSON, b'{"jsonrpc":"1.0","method":"version"}', R),
    ("POST", JSON, b'{"jsonrpc":null}', R),
    ("POST", JSON, b"[]", R),
    ("POST", JSON, b"[1]", R),
    ("POST", JSON, b"[" + NEW + b"]", R),
    ("POST", JSON, b"", R),
    ("POST", JSON, b"{", R),
    ("POST", JSON, b"\xff", R),
    ("PUT", JSON, NEW, R),
    ("GET", JSON, NEW, R),
    ("POST", JSON, OLD, L),
    *(
        ("POST", JSON, body, R)
        for body in (b"{}", b"1", b'"x"', b"null", b"true", b"1.5", b'"action"', b'{"version":6}')
    ),
    ("POST", JSON, b'{"action":"version","jsonrpc":"2.0"}', R),
    ("POST", JSON, b'{"action":null}', L),
    ("POST", JSON, b'{"action":"addNote","params":{"note":{"fields":{"Front":"he said "ciao""}}}}', L),
    ("POST", JSON, b'[{"action":"version"}', L),
    ("POST", JSON, b'{"action":"' + b"\xff" + b'"}', L),
    ("POST", JSON, b'{"jsonrpc":"2.0","method":"multi","params":[[{"action":"version"}]]', R),
    ("POST", JSON, b'{"method":"version","id":1', R),
    *(
        ("POST", mimetype, body, protocol)
        for mimetype in (
            "application/json-rpc",
            "application/jsonrequest",
            "application/vnd.x+json",
            "application/a.b-c+json",
        )
        for body, protocol in [(NEW, R), (b"[" + NEW + b"]", R), (b"{", R), (b"", R), (b"{}", R), (OLD, L)]
    ),
    *(
        ("POST", mimetype, NEW, U)
        for mimetype in (
            "application/xml",
            "text/x+json",
            "application/+json",
            "application/json+x",
            "application/json, a/b",
        )
    ),
    ("POST", JSON, b'{"action":"version","method":"x"}', L),
    ("GET", JSON, b"", L),
    ("PUT", JSON, b"", L),
    *(
        (method, mimetype, body, protocol)
        for method in ("GET", "POST", "PUT", "DELETE")
        for mimetype in ("", "text/plain", "text/json", "application/x-www-form-urlencoded", "multipart/form-data")
        for body, protocol in [
            (OLD, L),
            (b"", L),
            (b"{", L),
            (b"[]", L),
            (b"{}", L),
            (b"[1]", L),
            (b'{"method":"version","id":1}', L),
            (NEW, U),
            (b"[" + NEW + b"]", U),
        ]
    ),
]


@for_rows(("method", "mimetype", "body", "protocol"), DECISIONS)
def test_method_media_type_and_body_decide_the_protocol(method, mimetype, body, protocol):
    assert protocol_of(method, mimetype, codec.loads(body), body) is protocol


@for_rows(
    ("body", "protocol"),
    [
        (NEW, R),
        (b"[" + NEW + b"]", R),
        (b'{"jsonrpc":"2.0","method":', R),
        (OLD, L),
        (b'{"action":', L),
        (b"{", L),
        (b"", L),
        (b"{}", L),
        (b"[]", L),
        (b'{"method":"version","id":1}', L),
    ],
)
@for_rows("mimetype", ["", "text/plain", "application/x-www-form-urlencoded", "application/octet-stream"])
def test_a_program_that_is_no_browser_may_send_json_rpc_under_any_type(mimetype, body, protocol):
    assert protocol_of("POST", mimetype, codec.loads(body), body, is_browser=False) is protocol


@for_rows(
    ("protocol", "value", "asks"),
    [
        (L, {"action": "requestPermission"}, True),
        (L, {"action": "version"}, False),
        (L, {"method": "requestPermission"}, False),
        (L, {"action": ["requestPermission"]}, False),
        (L, [{"action": "requestPermission"}], False),
        (L, None, False),
        (R, {"method": "requestPermission"}, True),
        (R, {"action": "requestPermission"}, False),
        (R, [{"method": "requestPermission"}], False),
    ],
)
def test_only_a_single_request_for_permission_asks_for_it(protocol, value, asks):
    assert asks_permission(protocol, codec.Document(value)) is asks


# --- bodies, paths, methods ---


@for_rows(
    "content_type",
    [
        None,
        JSON,
        "application/json; charset=utf-8",
        "text/plain;charset=UTF-8",
        "text/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "multipart/mixed; boundary=\x22",
        "nonsense",
        ";;;",
    ],
)
@for_rows("method", ["POST", "GET", "PUT", "DELETE", "PATCH", "BREW"])
def test_a_body_is_read_raw_whatever_its_content_type_and_method(reading, content_type, method):
    response = reading.send(OLD, method=method, content_type=content_type)
    assert (response.status, response.data) == ("200 OK", OLD_REPLY)
    assert response.headers["Content-Type"] == JSON


@for_rows(
    "content_type",
    [
        JSON,
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/json-rpc",
        "application/json-rpc; charset=utf-8",
        "application/jsonrequest",
        "application/vnd.api+json",
        "application/problem+json;x=y",
    ],
)
@for_rows("headers", [{}, {"Origin": "http://localhost"}, {"Sec_Fetch_Site": "same-origin"}])
def test_json_rpc_is_spoken_under_its_own_content_type(reading, content_type, headers):
    response = reading.send(NEW, content_type=content_type, **headers)
    assert (response.status_code, response.json) == (200, NEW_REPLY)


@for_rows("body", [NEW, b"[" + NEW + b"]", b'{"jsonrpc":"2.0","method":"deleteNotes"}'])
@for_rows("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "text/json"])
@for_rows("headers", [{"Origin": "http://localhost"}, {"Sec_Fetch_Mode": "no-cors"}, {"Sec_Fetch_Site": "none"}])
def test_json_rpc_of_a_browser_under_a_content_type_that_needs_no_preflight_is_refused(
    reading, content_type, body, headers
):
    response = reading.send(body, content_type=content_type, **headers)
    assert response.status_code == 415
    assert JSON in response.json["error"]["message"]
    assert response.json["error"]["code"] == -32600
    assert response.json["id"] == (1 if body == NEW else None)
    assert response.headers["Access-Control-Allow-Origin"] == "http://localhost"


@for_rows("content_type", [None, "text/plain", "application/x-www-form-urlencoded", "text/json", "a"])
def test_json_rpc_of_a_program_is_served_under_any_content_type_or_none(reading, content_type):
    assert reading.send(NEW, content_type=content_type).json == NEW_REPLY
    assert reading.send(b"[" + NEW + b"]", content_type=content_type).json == [NEW_REPLY]
    assert reading.send(b'{"jsonrpc":', content_type=content_type).json["error"]["code"] == -32700


@for_rows("body", [b"{}", b"1", b'"x"', b"null", b"true", b'{"version":6}'])
def test_what_is_no_envelope_is_an_invalid_request_of_json_rpc(reading, body):
    response = reading.send(body, content_type=JSON)
    assert (response.status_code, response.json["error"]["code"], response.json["id"]) == (200, -32600, None)


@pytest.mark.parametrize("content_type", [None, JSON, "application/json-rpc"])
def test_an_envelope_that_does_not_parse_is_answered_by_an_envelope(reading, content_type):
    body = b'{"action":"addNote","version":6,"params":{"note":{"fields":{"Front":"he said "ciao""}}}}'
    response = reading.send(body, content_type=content_type)
    assert response.status_code == 200
    assert response.json == {"result": None, "error": "Expecting ',' delimiter: line 1 column 79 (char 78)"}


@for_rows("encoding", ["gzip", "GZIP", "deflate", "br, gzip", "identity, gzip", "zstd"])
@for_rows(("path", "method"), [("/", "POST"), ("/any", "PUT"), ("/mcp", "POST"), ("/media/a.txt", "PUT")])
@for_rows("content_type", [None, JSON])
def test_a_compressed_body_is_refused_in_plain_words(reading, path, method, content_type, encoding):
    if path == "/mcp" and content_type is None:
        return
    response = reading.send(b"\x1f\x8b", path=path, method=method, content_type=content_type, Content_Encoding=encoding)
    text = f"The body is compressed (Content-Encoding: {encoding}). Send it uncompressed, without this header."
    error = response.json["error"]
    if content_type == JSON and not path.startswith("/media"):
        assert (response.json["jsonrpc"], response.json["id"], error["code"]) == ("2.0", None, -32600)
        assert error["message"] == f"Invalid Request: {text}"
    else:
        assert response.json == {"error": text}
    assert response.status_code == 415
    assert response.headers["Accept-Encoding"] == "identity"
    refused = reading.send(b"\x1f\x8b", path=path, method=method, Content_Encoding=encoding, Origin=EVIL)
    assert refused.status_code == 403


@for_rows("encoding", ["identity", "Identity", "", " identity , "])
def test_a_body_that_is_not_compressed_is_read(reading, encoding):
    assert reading.send(OLD, Content_Encoding=encoding).data == OLD_REPLY
    assert reading.send(NEW, content_type=JSON, Content_Encoding=encoding).json == NEW_REPLY
    assert reading.send(b"", Content_Encoding="gzip").data == BANNER


DOCUMENTS = ["/openrpc.json", "/openrpc.dereferenced.json"]


@for_rows("path", ["/", "/anything", "/a/b/../c", "//", "//x//", "/?action=x", "/%FF", "/health/", "/rpc"])
def test_any_path_is_the_same_and_none_redirects(reading, path):
    assert reading.send(OLD, path=path).data == OLD_REPLY
    banner = reading.send(method="GET", path=path)
    assert (banner.status_code, banner.data) == (200, BANNER)


@pytest.mark.parametrize("path", ["/health", *DOCUMENTS])
def test_a_body_on_the_path_of_a_page_is_a_request_all_the_same(reading, path):
    assert reading.send(OLD, path=path).data == OLD_REPLY
    assert reading.send(OLD, path=path, method="GET").data == OLD_REPLY
    assert reading.send(NEW, path=path, content_type=JSON).json == NEW_REPLY


@for_rows("path", ["/", "/health", *DOCUMENTS])
def test_head_has_the_headers_but_no_body(reading, path):
    got, head = reading.send(method="GET", path=path), reading.send(method="HEAD", path=path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))


def test_an_empty_post_under_json_is_an_invalid_json_rpc_request(reading):
    response = reading.send(b"", content_type=JSON)
    assert (response.status_code, response.json["error"]["code"]) == (200, -32600)


@for_rows(
    ("body", "status"),
    [
        (NEW, 200),
        (b"{", 200),
        (b"[]", 200),
        (b'{"jsonrpc":"2.0","id":1,"method":"nope"}', 200),
        (b'{"jsonrpc":"2.0","method":"version"}', 204),
        (b'[{"jsonrpc":"2.0","method":"version"},{"jsonrpc":"2.0","method":"nope"}]', 204),
        (b'[{"jsonrpc":"2.0","method":"version"},1]', 200),
    ],
)
def test_a_json_rpc_answer_has_200_and_none_has_204(reading, body, status):
    response = reading.send(body, content_type=JSON)
    assert response.status_code == status
    if status == 204:
        assert response.data == b""
        assert "Content-Type" not in response.headers
    else:
        assert response.headers["Content-Type"] == JSON


# --- CORS ---

ROWS = [
    # settings, origin, trusted, Access-Control-Allow-Origin
    ({}, None, True, "http://localhost"),
    ({}, "http://localhost", True, "http://localhost"),
    ({}, "http://127.0.0.1", True, "http://127.0.0.1"),
    ({}, "https://127.0.0.1", True, "https://127.0.0.1"),
    ({}, "http://127.0.0.1:9000", False, "http://localhost"),
    ({}, "chrome-extension://x", True, "chrome-extension://x"),
    ({}, "moz-extension://x", True, "moz-extension://x"),
    ({}, "safari-web-extension://x", True, "safari-web-extension://x"),
    ({}, "http://localhost:3000", False, "http://localhost"),
    ({}, "null", False, "http://localhost"),
    ({}, "", False, "http://localhost"),
    ({}, EVIL, False, "http://localhost"),
    ({"webCorsOriginList": ["*"]}, EVIL, True, "*"),
    ({"webCorsOriginList": ["*"]}, None, True, "*"),
    ({"webCorsOriginList": [EVIL]}, EVIL, True, EVIL),
    ({"webCorsOriginList": [EVIL]}, "moz-extension://x", False, "http://localhost"),
    ({"webCorsOrigin": EVIL}, EVIL, True, EVIL),
    ({"webCorsOriginList": []}, None, True, "http://localhost"),
]


@pytest.fixture(params=ROWS, ids=lambda row: f"{row[0]}, {row[1]}")
def row(request, reading_with):
    settings, origin, trusted, allowed = request.param
    return reading_with(**settings), {} if origin is None else {"Origin": origin}, trusted, allowed


BODIES = [(OLD, None), (b"", None), (b"{", None), (b"{}", None), (NEW, JSON), (b"[" + NEW + b"]", JSON), (b"{", JSON)]


def test_trusted_origins_are_served_and_others_get_403(row):
    gateway, origin, trusted, allowed = row
    for body, content_type in BODIES:
        response = gateway.send(body, content_type=content_type, **origin)
        assert response.status == ("200 OK" if trusted else "403 FORBIDDEN")
        assert response.headers["Access-Control-Allow-Origin"] == allowed
        assert response.headers["Access-Control-Allow-Headers"] == "*, Authorization"
        assert "Access-Control-Allow-Private-Network" not in response.headers
        if not trusted and content_type is None:
            assert response.data == b""
            assert "Content-Type" not in response.headers


@pytest.mark.parametrize("path", ["/", "/x"])
@pytest.mark.parametrize("private", [None, "true", "false"])
def test_options_is_answered_to_everybody(row, private, path):
    gateway, origin, trusted, allowed = row
    if not trusted and is_origin(origin["Origin"]):
        allowed = origin["Origin"]  # or a browser would not send what asks for permission by JSON-RPC
    asked = {} if private is None else {"Access_Control_Request_Private_Network": private}
    for body in (b"", OLD):
        response = gateway.send(body, method="OPTIONS", path=path, **origin, **asked)
        assert (response.status, response.data) == ("200 OK", b"")
        assert response.headers["Content-Type"] == JSON
        assert response.headers["Access-Control-Allow-Origin"] == allowed
        assert response.headers["Access-Control-Allow-Headers"] == "*, Authorization"
        granted = response.headers.get("Access-Control-Allow-Private-Network")
        assert granted == ("true" if private == "true" else None)


def test_a_denied_origin_may_not_even_ask(open_gateway):
    gateway = open_gateway(ignoreOriginList=[EVIL])
    response = gateway.send(method="OPTIONS", Origin=EVIL)
    assert response.headers["Access-Control-Allow-Origin"] == "http://localhost"


def test_a_refused_request_runs_nothing(gateway):
    body = b'{"action":"createDeck","version":6,"params":{"deck":"Evil"}}'
    assert gateway.send(body, Origin=EVIL).status_code == 403
    message = b'{"jsonrpc":"2.0","id":1,"method":"createDeck","params":{"deck":"Evil"}}'
    for refused in (message, b"[" + message + b"]"):
        response = gateway.send(refused, content_type=JSON, Origin=EVIL)
        assert response.status_code == 403
        assert response.json["error"]["data"] == {"kind": "permission_denied", "origin": EVIL}
    assert gateway.send(message, content_type="text/plain", Origin=EVIL).status_code == 403
    assert "Evil" not in gateway.legacy("deckNames")["result"]


@pytest.mark.parametrize(("origin", "hint"), [(EVIL, " Call requestPermission to ask the user."), ("null", "")])
def test_only_who_can_ask_is_told_to_ask(gateway, origin, hint):
    refused = gateway.send(NEW, content_type=JSON, Origin=origin)
    assert refused.json["error"]["message"] == f"The origin {origin} is not allowed.{hint}"


def test_a_stranger_may_ask_for_permission_in_either_protocol_and_without_a_window_is_denied(open_gateway):
    gateway = open_gateway(apiKey="k")
    old = gateway.send(b'{"action":"requestPermission","version":6}', Origin=EVIL)
    assert (old.status_code, old.json) == (200, {"result": {"permission": "denied"}, "error": None})
    new = gateway.send(b'{"jsonrpc":"2.0","id":1,"method":"requestPermission"}', content_type=JSON, Origin=EVIL)
    assert (new.status_code, new.json["result"]) == (200, {"permission": "denied"})
    for response in (old, new):
        assert response.headers["Access-Control-Allow-Origin"] == EVIL
    assert gateway.send(OLD, Origin=EVIL).status_code == 403


ASKING = [
    (b'{"action":"requestPermission","version":6}', None),
    (b'{"jsonrpc":"2.0","id":1,"method":"requestPermission"}', JSON),
]


@pytest.mark.parametrize("origin", ["", "null", "file://", "<b>", f"{EVIL}/<img src=x>", "https://" + "a" * 60_000])
@pytest.mark.parametrize(("body", "content_type"), ASKING)
def test_nobody_is_asked_about_what_no_browser_sends(gateway, monkeypatch, origin, body, content_type):
    asked = []
    monkeypatch.setattr(gateway.host, "ask_permission", asked.append)
    answer = gateway.send(body, content_type=content_type, Origin=origin)
    assert (answer.status_code, answer.json["result"]) == (200, {"permission": "denied"})
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost"
    assert gateway.send(OLD, Origin=origin).status_code == 403
    assert asked == []
    row = gateway.gateway.recent.rows()[0]
    assert row.who == origin[:300]
    assert row.reason == ("it has no permission" if origin == "null" else "no browser sends such an origin")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'[{"jsonrpc":"2.0","id":1,"method":"requestPermission"}]', JSON),
        (b'{"action":"multi","version":6,"params":{"actions":[{"action":"requestPermission"}]}}', None),
        (b'{"jsonrpc":"2.0","id":1,"method":"multi","params":[[{"action":"requestPermission"}]]}', JSON),
        (b'{"jsonrpc":"2.0","id":1,"method":"requestPermission"}', "text/plain"),
    ],
)
def test_a_stranger_may_not_ask_among_other_calls(gateway, body, content_type):
    assert gateway.send(body, content_type=content_type, Origin=EVIL).status_code == 403


# --- keys ---


@pytest.mark.parametrize(
    ("headers", "is_valid"),
    [
        ({}, False),
        ({"Authorization": "Bearer k"}, True),
        ({"Authorization": "bearer k"}, True),
        ({"X_API_Key": "k"}, True),
        ({"Authorization": "Bearer K"}, False),
        ({"Authorization": "k"}, False),
        ({"Authorization": "Basic azo="}, False),
        ({"Authorization": "Basic azo=", "X_API_Key": "k"}, True),
        ({"Authorization": "Bearer x", "X_API_Key": "k"}, False),
        ({"X_API_Key": ""}, False),
        ({"X_API_Key": "k k"}, False),
    ],
)
def test_json_rpc_takes_its_key_from_the_headers(open_gateway, headers, is_valid):
    gateway = open_gateway(apiKey="k")
    response = gateway.send(NEW, content_type=JSON, **headers).json
    if is_valid:
        assert response == NEW_REPLY
    else:
        assert response["error"]["data"]["kind"] == "key_required"
    batch = gateway.send(b"[" + NEW + b"," + NEW + b"]", content_type=JSON, **headers).json
    assert ["result" in member for member in batch] == [is_valid, is_valid]


def test_json_rpc_takes_no_key_from_its_body(open_gateway):
    gateway = open_gateway(apiKey="k")
    message = b'{"jsonrpc":"2.0","id":1,"method":"version","key":"k"}'
    assert gateway.send(message, content_type=JSON).json["error"]["data"]["kind"] == "key_required"


def test_the_old_protocol_takes_a_key_from_the_headers_too_but_its_own_wins(open_gateway):
    gateway = open_gateway(apiKey="k")
    assert gateway.send(OLD, X_API_Key="k").data == OLD_REPLY
    own = b'{"action":"version","version":6,"key":"%s"}'
    assert gateway.send(own % b"k", X_API_Key="x").data == OLD_REPLY
    assert b"valid api key" in gateway.send(own % b"x", X_API_Key="k").data


# --- pages ---


def test_health_needs_no_key_and_tells_the_state(open_gateway):
    gateway = open_gateway(apiKey="k")
    response = gateway.send(method="GET", path="/health")
    assert response.status_code == 200
    assert response.json["status"] == "ok"
    assert (response.json["collection"], response.json["window"], response.json["apiVersion"]) == (True, False, 6)
    gateway.host.close()
    assert gateway.send(method="GET", path="/health").json["collection"] is False


@pytest.mark.parametrize("path", DOCUMENTS)
def test_the_service_description_is_served_once_per_version_of_it(gateway, path):
    first = gateway.send(method="GET", path=path)
    assert first.status_code == 200
    assert first.json["openrpc"].startswith("1.")
    etag = first.headers["ETag"]
    again = gateway.send(method="GET", path=path, If_None_Match=etag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == etag
    assert again.headers["Access-Control-Allow-Origin"] == "http://localhost"
    assert gateway.send(method="GET", path=path, If_None_Match='"other"').status_code == 200
    assert gateway.send(method="GET", path=path, Host="127.0.0.1", If_None_Match=etag).status_code == 200


@pytest.mark.parametrize("path", ["/health", *DOCUMENTS])
def test_a_page_of_another_origin_cannot_read_the_pages(gateway, path):
    response = gateway.send(method="GET", path=path, Origin=EVIL)
    assert response.headers["Access-Control-Allow-Origin"] == "http://localhost"


def test_a_defect_of_ours_is_a_500_without_details(gateway, monkeypatch):
    def fail(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr(gateway.gateway.app, "_check_calls", fail)
    response = gateway.send(OLD)
    assert response.status_code == 500
    assert b"secret" not in response.data


def held_by(function):
    """All that a function holds in its variables, also in lists and other functions there."""
    things = [function]
    for one in things:
        if isinstance(one, types.FunctionType):
            things += [cell.cell_contents for cell in one.__closure__ or ()]
        elif isinstance(one, tuple | list):
            things += one
    return things[1:]


@pytest.mark.parametrize("message", [{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}, {"action": "deckNames"}])
def test_an_answered_request_holds_neither_its_body_nor_its_calls(reading, message):
    """It may be held for as long as the client reads the response."""
    environ = EnvironBuilder(method="POST", json=message).get_environ()
    body = environ["wsgi.input"]
    checked = reading.gateway.app._check(environ)
    assert any(isinstance(one, dict | Planned) for one in held_by(checked.answer))
    assert checked.answer().status_code == 200
    assert body.closed
    assert not [one for one in held_by(checked.answer) if isinstance(one, dict | Planned)]


def test_a_request_leaves_no_cyclic_garbage(gateway):
    bodies = [
        (b'{"action": "deckNames", "version": 6}', {}),
        (b'{"action": "nope"}', {}),
        (b"[", {}),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}', {"content_type": "application/json"}),
        (b'{"jsonrpc": "2.0", "id": 1, "method": "createDeck", "params": [1]}', {"content_type": "application/json"}),
    ]
    app = gateway.gateway.app
    environs = [
        EnvironBuilder(method="POST", data=body, **more).get_environ() for body, more in bodies for _ in range(20)
    ]
    gc.collect()
    gc.freeze()  # what is there already need not be looked at
    gc.disable()
    try:
        while environs:
            b"".join(app(environs.pop(), lambda *_: None))
        assert gc.collect() < 50
    finally:
        gc.enable()
