"""What the HTTP layer refuses: with an error that the protocol of the caller has, and what to do about it."""

import http.client
import json

import pytest
from sizes import for_rows

from addon.http.key_throttle import MAX_WRONG_KEYS
from addon.http.server import request_parser
from addon.http.server.server import STRANGER_THREADS
from addon.http.server.uploads import Upload
from addon.rpc.errors import Busy, InvalidRequest
from addon.rpc.shares import REQUEST_THREADS, FairSlots

JSON = "application/json"
CALL = {"jsonrpc": "2.0", "id": "a", "method": "version"}
BODY = json.dumps(CALL).encode()
OLD = b'{"action": "version", "version": 6}'
HOW = "Send it in the header `Authorization: Bearer <key>` or `X-API-Key: <key>`."
WRONG = (
    "The API key is wrong. Make one in Anki (Tools > AnkiRPC > Keys) or, for the headless server, by `anki-rpc key`."
)


# --- keys ---


@pytest.mark.parametrize(
    ("path", "call", "headers", "text"),
    [
        ("/", CALL, {}, f"An API key is needed. {HOW}"),
        ("/", CALL, {"Authorization": "Bearer "}, "The header Authorization needs the word Bearer before the API key"),
        ("/", CALL, {"Authorization": "k"}, "The header Authorization needs the word Bearer before the API key"),
        ("/", CALL, {"Authorization": "Basic k"}, "The header Authorization needs the word Bearer before the API key"),
        ("/", CALL, {"Authorization": "Bearer x"}, WRONG),
        ("/", CALL, {"X_API_Key": "x"}, WRONG),
        ("/?key=k", CALL, {}, f"The API key is not read from the address. {HOW}"),
        ("/?a=b&apiKey=k", CALL, {}, f"The API key is not read from the address. {HOW}"),
        ("/", {**CALL, "params": {"key": "k"}}, {}, f"The API key is not read from the body. {HOW}"),
        ("/", {**CALL, "key": "k"}, {}, f"The API key is not read from the body. {HOW}"),
    ],
    ids=str,
)
def test_a_missing_wrong_or_misplaced_key_says_how_to_send_one(open_gateway, path, call, headers, text):
    gateway = open_gateway(apiKey="k")
    for body in (call, [call]):
        answer = gateway.send(json.dumps(body).encode(), path=path, content_type=JSON, **headers).json
        answer = answer[0] if isinstance(answer, list) else answer
        error = answer["error"]
        assert error["message"].startswith(text)
        assert (error["code"], error["data"], answer["id"]) == (-32003, {"kind": "key_required"}, "a")
    refused = gateway.send(BODY, path=f"/mcp{path[1:]}", content_type=JSON, **headers)
    error = refused.json["error"]
    assert (refused.status_code, error["code"], refused.json["id"]) == (401, -32003, "a")
    if "body" not in text:
        assert error["message"].startswith(text)


def test_the_old_protocol_keeps_its_text_for_a_key(open_gateway):
    gateway = open_gateway(apiKey="k")
    for path in ("/", "/?key=k"):
        answer = gateway.send(OLD, path=path, Authorization="k").json
        assert answer == {"result": None, "error": "valid api key must be provided"}


def test_too_many_wrong_keys_are_refused_with_the_id(open_gateway):
    gateway = open_gateway(apiKey="k")
    for _ in range(MAX_WRONG_KEYS):
        gateway.send(BODY, content_type=JSON, X_API_Key="x")
    refused = gateway.send(BODY, content_type=JSON, X_API_Key="x")
    error = refused.json["error"]
    assert (refused.status_code, refused.json["id"], error["data"]["kind"]) == (429, "a", "key_required")
    assert error["message"].startswith("Too many wrong API keys were sent. For ")
    assert error["message"].endswith(" seconds only a right key is accepted.")


# --- Host, Origin, method ---


def test_a_wrong_host_is_refused_in_the_callers_protocol(reading):
    text = 'Host "evil.example" is not allowed. If the gateway is reached under this name, add it to the setting '
    refused = reading.send(BODY, content_type=JSON, Host="evil.example:8765")
    assert (refused.status_code, refused.json["id"]) == (403, "a")
    assert refused.json["error"]["message"].startswith(text)
    assert refused.json["error"]["data"]["kind"] == "permission_denied"
    for request in ({"body": OLD}, {"method": "GET"}):
        old = reading.send(**request, Host="evil.example:8765")
        assert old.status_code == 403
        assert old.json["error"].startswith(text)


def test_a_stranger_gets_the_id_of_its_request_back(reading):
    refused = reading.send(BODY, content_type=JSON, Origin="https://evil.example")
    assert (refused.status_code, refused.json["id"]) == (403, "a")
    assert refused.json["error"]["data"]["kind"] == "permission_denied"


@for_rows("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_json_rpc_is_sent_by_post(reading, method):
    for content_type in (JSON, None):
        refused = reading.send(BODY, method=method, content_type=content_type)
        assert (refused.status_code, refused.json["id"]) == (405, "a")
        assert refused.json["error"]["message"] == f"Invalid Request: JSON-RPC requests are sent by POST, not {method}."
        assert refused.headers["Allow"] == "POST"
    assert reading.send(OLD, method=method).json == {"result": 6, "error": None}


# --- agents ---

PING = {"jsonrpc": "2.0", "id": "a", "method": "ping"}


@pytest.mark.parametrize(
    ("request_", "status", "kind", "text"),
    [
        ({}, 401, "key_required", f"An API key is needed. {HOW}"),
        ({"Origin": "https://evil.example"}, 403, "permission_denied", "The origin https://evil.example is not all"),
        ({"Host": "evil.example"}, 403, "permission_denied", 'Host "evil.example" is not allowed. If the gateway is '),
        (
            {"content_type": "text/plain", "X_API_Key": "k"},
            415,
            "invalid_request",
            "Invalid Request: Send messages with",
        ),
        ({"Content_Encoding": "gzip", "X_API_Key": "k"}, 415, "invalid_request", "Invalid Request: The body is compre"),
        (
            {"method": "PUT", "X_API_Key": "k"},
            405,
            "invalid_request",
            "Invalid Request: /mcp is used with POST or GET, not with PUT.",
        ),
    ],
)
def test_a_refused_agent_gets_an_error_of_json_rpc_with_its_id(open_gateway, request_, status, kind, text):
    gateway = open_gateway(apiKey="k")
    refused = gateway.send(json.dumps(PING).encode(), path="/mcp", **{"content_type": JSON, **request_})
    answer = refused.json
    assert (refused.status_code, answer["jsonrpc"], answer["id"]) == (status, "2.0", "a")
    assert answer["error"]["data"]["kind"] == kind
    assert answer["error"]["message"].startswith(text)


def test_an_agent_that_guesses_keys_gets_an_error_of_json_rpc(open_gateway):
    gateway = open_gateway(apiKey="k")
    for _ in range(MAX_WRONG_KEYS + 1):
        refused = gateway.send(json.dumps(PING).encode(), path="/mcp", content_type=JSON, X_API_Key="x")
    assert (refused.status_code, refused.json["id"]) == (429, "a")
    assert refused.json["error"]["message"].startswith("Too many wrong API keys were sent.")
    assert int(refused.headers["Retry-After"]) > 0


# --- the server itself ---


@pytest.fixture
def server(open_gateway):
    server = open_gateway(limits={"bodyMegabytes": 1, "mediaMegabytes": 1}).gateway.server()
    server.port = 0
    server.start()
    yield server
    server.stop(1)


def connect(server):
    return http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)


def test_too_large_a_body_is_refused_in_the_callers_protocol(server):
    text = "Request Entity Too Large: the body may have at most 1048576 bytes. Send several smaller requests."
    for content_type, error in (
        (JSON, {"code": -32600, "message": text, "data": {"kind": "invalid_request"}}),
        ("application/json-rpc; charset=utf-8", {"code": -32600, "message": text, "data": {"kind": "invalid_request"}}),
        ("text/plain", text),
    ):
        connection = connect(server)
        connection.request("POST", "/", b" " * (2**20 + 1), {"Content-Type": content_type})
        response = connection.getresponse()
        assert response.status == 413
        answer = json.loads(response.read())
        assert answer["error"] == error
        assert answer.get("id", "none") == (None if isinstance(error, dict) else "none")
        connection.close()


def test_a_body_that_was_not_received_is_not_taken_for_an_empty_one(open_gateway, monkeypatch):
    """Permission that comes after the body was left unread changes nothing for this request."""
    gateway = open_gateway(webCorsOriginList=["https://a.example"]).gateway
    monkeypatch.setattr(gateway.app, "upload", lambda environ: Upload(0))
    server = gateway.server()
    server.port = 0
    server.start()
    try:
        for path, content_type, text in (
            ("/", JSON, b"https://a.example is not allowed"),
            ("/", "text/plain", b""),  # as the old protocol refuses
            ("/mcp", JSON, b"https://a.example is not allowed"),
        ):
            connection = connect(server)
            headers = {"Content-Type": content_type, "Origin": "https://a.example"}
            connection.request("POST", path, BODY + b" " * 100_000, headers)
            response = connection.getresponse()
            answer = response.read()
            assert (response.status, text in answer, bool(answer)) == (403, True, bool(text))
            connection.close()
    finally:
        server.stop(1)


def test_the_servers_own_errors_are_those_of_the_core():
    assert (Busy.code, Busy.kind) == request_parser.BUSY
    assert (InvalidRequest.code, InvalidRequest.kind) == request_parser.INVALID_REQUEST


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (("POST", "/", b'{"jsonrpc":"2.0","method":"version"}', {"Content-Type": JSON}), 204),
        (("GET", "/openrpc.json", None, {"If-None-Match": "*"}), 304),
    ],
)
def test_a_response_without_a_body_keeps_the_connection(server, request_, status):
    connection = connect(server)
    connection.connect()
    kept = connection.sock
    for _ in range(3):
        connection.request(*request_)
        response = connection.getresponse()
        assert (response.status, response.read(), response.getheader("Connection")) == (status, b"", None)
        assert connection.sock is kept
    connection.request("POST", "/", BODY, {"Content-Type": JSON, "Connection": "close"})
    assert json.loads(connection.getresponse().read())["result"] == 6
    connection.close()


def test_a_client_can_still_have_the_connection_closed(server):
    connection = connect(server)
    body = b'{"jsonrpc":"2.0","method":"version"}'
    connection.request("POST", "/", body, {"Content-Type": JSON, "Connection": "close"})
    response = connection.getresponse()
    assert (response.status, response.getheader("Connection")) == (204, "close")
    assert connection.sock is None


def test_a_program_can_read_the_limits(open_gateway, server):
    limits = open_gateway(limits={"bodyMegabytes": 2, "batch": 5}).rpc("getLimits")["result"]
    assert (limits["bodyBytes"], limits["batch"]) == (2 * 2**20, 5)
    connection = connect(server)
    connection.request("POST", "/", b'{"jsonrpc":"2.0","id":1,"method":"getLimits"}', {"Content-Type": JSON})
    served = json.loads(connection.getresponse().read())["result"]
    connection.close()
    assert served["bodyBytes"] == 2**20
    assert served["threads"] == server._threads - STRANGER_THREADS


def test_one_caller_has_the_threads_that_the_limits_tell(reading):
    turns = FairSlots(REQUEST_THREADS - 1)
    granted = sum(turns.acquire("caller") for _ in range(REQUEST_THREADS))
    assert reading.rpc("getLimits")["result"]["threadsPerCaller"] == granted
