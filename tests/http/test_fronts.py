"""What foreign pages get of the paths beside the two protocols: neither content, nor whether there is any."""

import json

import pytest
import seed
from local_gateway import LocalGateway
from sizes import for_rows

from addon.http.endpoint import ISOLATION_HEADERS

EVIL = "https://evil.example"
PAGE = "https://page.example"
FILE = "/media/_ciao.txt"
PRIVATE = ["/calls.json", "/recent.json", FILE, "/events"]
TOLD = {"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "same-origin"}


def get(gateway, path, **headers):
    return gateway.send(None, method="GET", path=path, **headers)


@for_rows("path", PRIVATE)
@for_rows(
    ("headers", "is_served"),
    [
        ({}, True),
        (TOLD, True),
        ({**TOLD, "Sec_Fetch_Mode": "same-origin"}, True),
        ({**TOLD, "Sec_Fetch_Site": "cross-site", "Origin": "http://localhost"}, True),
        ({"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document", "Sec_Fetch_Site": "none"}, True),
        ({"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document", "Sec_Fetch_Site": "cross-site"}, True),
        ({**TOLD, "Sec_Fetch_Site": "cross-site", "Origin": EVIL}, False),
        ({"Sec_Fetch_Site": "cross-site"}, False),
        ({"Sec_Fetch_Site": "same-site"}, False),
        ({**TOLD, "Sec_Fetch_Site": "none"}, True),
        ({**TOLD, "Sec_Fetch_Site": "cross-site"}, True),  # no page, which would have an origin: an extension
        ({"Origin": "null"}, False),
        *(
            ({"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": place, "Sec_Fetch_Site": site}, False)
            for place in ("empty", "image", "script", "style", "audio", "track")
            for site in ("cross-site", "same-origin")
        ),
        *(
            ({"Sec_Fetch_Mode": mode, "Sec_Fetch_Dest": place, "Sec_Fetch_Site": "cross-site"}, False)
            for mode in ("navigate", "nested-navigate")
            for place in ("iframe", "frame", "embed", "object")
        ),
    ],
)
def test_what_is_private_goes_to_who_says_who_it_is(reading, path, headers, is_served):
    served = (200, 503) if path == "/events" else (200,)  # no stream without a server
    response = get(reading, path, **headers)
    assert response.status_code in (served if is_served else (403,))


ANSWERS = [
    ("GET", FILE, {}, 200),
    ("GET", FILE, {"Range": "bytes=0-1"}, 206),
    ("GET", FILE, {"Range": "bytes=99-"}, 416),
    ("GET", FILE, {"If_Match": '"other"'}, 412),
    ("GET", "/media/none.txt", {}, 404),
    ("GET", "/media/", {}, 404),
    ("HEAD", "/media/none.txt", {}, 404),
    ("DELETE", "/media/none.txt", {}, 404),
    ("POST", FILE, {}, 405),
    ("TRACE", FILE, {}, 405),
    ("GET", FILE, {"Origin": EVIL}, 403),
    ("POST", FILE, {"Origin": EVIL}, 403),
    ("GET", FILE, {"Sec_Fetch_Mode": "no-cors"}, 403),
    ("GET", FILE, {"X_API_Key": None}, 401),
    ("GET", "/calls.json", {}, 200),
    ("GET", "/calls.json", {"Sec_Fetch_Mode": "no-cors"}, 403),
    ("GET", "/calls.json", {"X_API_Key": None}, 401),
    ("GET", "/recent.json", {}, 200),
    ("GET", "/recent.json", {"Origin": EVIL}, 403),
    ("GET", "/events", {}, 503),
    ("HEAD", "/events", {}, 200),
    ("GET", "/events", {"Sec_Fetch_Mode": "no-cors"}, 403),
    ("GET", "/mcp", {}, 405),
    ("POST", "/mcp", {}, 415),
    ("POST", "/mcp", {"Origin": EVIL}, 403),
    ("GET", "/health", {}, 200),
    ("GET", "/openrpc.json", {}, 200),
    ("GET", "/openrpc.dereferenced.json", {}, 200),
]


@pytest.fixture(scope="module")
def locked(example_collection, tmp_path_factory):
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("locked") / "1"), apiKey="k")
    yield gateway
    gateway.close()


@for_rows(("method", "path", "headers", "status"), ANSWERS)
def test_every_answer_is_kept_from_other_pages_in_the_same_way(locked, method, path, headers, status):
    sent = {name: value for name, value in {"X_API_Key": "k", **headers}.items() if value is not None}
    response = locked.send(None, method=method, path=path, **sent)
    assert response.status_code == status
    shown = {name: response.headers.get(name) for name in ISOLATION_HEADERS}
    if path in ("/calls.json", "/recent.json") and status == 200:
        assert shown.pop("Cache-Control") == "no-store"
    assert shown.items() <= ISOLATION_HEADERS.items()


def test_a_fault_is_kept_from_other_pages_too(gateway, monkeypatch, caplog):
    monkeypatch.setattr(type(gateway.gateway.recent), "rows", None)
    response = get(gateway, "/recent.json")
    assert (response.status_code, response.headers["Cross-Origin-Resource-Policy"]) == (500, "same-origin")
    caplog.clear()


@for_rows("path", ["/mcp", FILE])
@for_rows("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@for_rows("origin", [EVIL, "null", "", "http://127.0.0.1:1", "<b>", f"https://{'a' * 400}.example"])
def test_a_wrong_origin_is_refused_whatever_the_method(reading, path, method, origin):
    message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "ping"}).encode()
    response = reading.send(message, method=method, path=path, content_type="application/json", Origin=origin)
    assert response.status_code == 403
    assert response.headers["Access-Control-Allow-Origin"] == "http://localhost"


@for_rows("method", ["TRACE", "TRACK"])
@for_rows(
    ("path", "allowed"),
    [
        *((path, "GET, HEAD, POST, OPTIONS") for path in ("/", "/x", "/health", "/calls.json", "/events", "/page.js")),
        ("/mcp", "POST, GET"),
        (FILE, "GET, HEAD, PUT, DELETE"),
    ],
)
def test_a_request_is_not_shown_to_who_sent_it(reading, path, method, allowed):
    response = reading.send(b"secret", method=method, path=path, X_API_Key="secret")
    assert response.status_code == 405
    assert {*response.headers["Allow"].split(", ")} == {*allowed.split(", ")}
    assert b"secret" not in response.data


@pytest.mark.parametrize("method", ["TRACE", "TRACK"])
def test_json_rpc_under_it_gets_a_json_rpc_error(reading, method):
    message = json.dumps({"jsonrpc": "2.0", "id": 7, "method": "version"}).encode()
    response = reading.send(message, method=method, content_type="application/json")
    assert (response.status_code, response.json["id"]) == (405, 7)
    assert response.json["error"]["message"] == f"Invalid Request: {method} is not supported. Use POST."
