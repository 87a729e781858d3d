"""Logging in and out of a sync server, and the state of the media sync, in a gateway without a window."""

import contextlib
import http.client
import json
import logging
import socket
import sqlite3
import threading
import time

import pytest
import seed
from anki._backend import RustBackend
from anki.sync_pb2 import SyncLoginRequest
from events import Stream
from examples import kind_as_shown
from limits import no_more_threads
from local_gateway import LocalGateway
from sync_server import PASSWORD, USER, SyncServer

from addon.mcp.catalogue import LEFT_OUT

pytestmark = pytest.mark.process

LOGIN = {"user": USER, "password": PASSWORD}
SECRET = "a secret that nobody repeats"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with SyncServer(tmp_path_factory.mktemp("account") / "server") as running:
        yield running


@pytest.fixture
def local(example_collection, tmp_path):
    gateway = LocalGateway(seed.copy(example_collection, tmp_path))
    yield gateway
    gateway.close()


def kind(answer):
    return kind_as_shown(answer["error"]) if "error" in answer else answer["result"]


def sync(gateway, **params):
    return kind(gateway.rpc("sync", {"waitForMedia": True, **params}))


def log_in(gateway, running=None, **params):
    more = {} if running is None else {"server": running.url}
    return kind(gateway.rpc("syncLogin", {**LOGIN, **more, **params}))


def until(condition, limit=20):
    deadline = time.monotonic() + limit
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return value


def test_an_account_is_used_after_the_login_and_until_the_logout(local, server):
    assert sync(local) == "not_logged_in"
    assert kind(local.rpc("syncLogout")) is False
    assert log_in(local, server) is None
    assert sync(local, full="upload")["collection"] == "uploaded"
    assert kind(local.rpc("syncLogout")) is True
    assert sync(local) == "not_logged_in"
    assert kind(local.rpc("syncLogout")) is False
    assert log_in(local) is None  # the server stays
    assert sync(local)["media"] == "synced"
    assert local.legacy("syncLogout") == {"result": True, "error": None}
    assert local.legacy("syncLogin", **LOGIN) == {"result": None, "error": None}


def test_without_threads_a_sync_is_answered_as_far_as_it_is_done_and_other_calls_are_busy(local, server):
    with no_more_threads("anki-rpc login"):
        assert log_in(local, server) == "busy"
    assert log_in(local, server) is None
    with no_more_threads("anki-rpc media sync"):
        assert sync(local, full="upload")["media"] == "running"
    local.rpc("createDeck", {"deck": "to be merged"})
    assert sync(local)["collection"] == "merged"
    with no_more_threads("anki-rpc sync check"):
        assert kind(local.rpc("syncStatus")) == "busy"
    assert local.rpc("syncStatus")["result"]["required"] == "none"


def test_an_address_gets_the_slash_that_anki_needs(local, server):
    assert log_in(local, server, server=server.url.rstrip("/")) is None
    assert local.rpc("syncStatus")["result"]["required"] in ("full", "none", "normal")
    assert sync(local, full="download")["collection"] in ("downloaded", "merged", "unchanged")


def test_after_a_failed_login_the_present_account_stays(local, server):
    assert log_in(local, server) is None
    for params, expected in (
        ({"password": "wrong"}, "login_refused"),
        ({"user": "nobody"}, "login_refused"),
        ({"server": "http://127.0.0.1:1/"}, "offline"),
        ({"server": "ftp://127.0.0.1/"}, "refused"),
    ):
        assert log_in(local, **params) == expected
    assert kind(local.rpc("syncStatus", {"fresh": True})) != "not_logged_in"
    assert local.host._account.endpoint == server.url


@pytest.mark.parametrize(
    "address",
    [
        *("localhost", "ftp://localhost/", "http://", "http:///x", "http://user:pw@localhost/", "http://u@localhost/"),
        *(
            "http://localhost:99999/",
            "http://local host/",
            "http://localhost/?a=b",
            "http://localhost/#x",
            "file:///etc/",
        ),
        "http://localhost\n/",
    ],
)
def test_an_address_that_is_none_is_refused_without_its_credentials(local, address):
    error = local.rpc("syncLogin", {**LOGIN, "server": address})["error"]
    assert error["data"] == {"kind": "refused", "field": "server"}
    assert "pw" not in json.dumps(error).replace("Use an", "")


@pytest.mark.parametrize("params", [{}, {"user": "x"}, {"user": "", "password": "x"}, {"user": "x", "password": ""}])
def test_user_and_password_are_needed(local, params):
    assert kind(local.rpc("syncLogin", params)) == "invalid_params"


def test_a_password_is_not_accepted_from_another_computer_or_an_agent(open_gateway):
    gateway = open_gateway(webBindAddress="0.0.0.0", apiKey="k")
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "syncLogin", "params": {**LOGIN, "password": SECRET}})

    def send(path="/", text=body, **more):
        headers = {"Content-Type": "application/json", "Authorization": "Bearer k", **more.pop("headers", {})}
        response = gateway.client.open(path, method="POST", data=text.encode(), headers=headers, **more)
        return json.loads(response.data)

    elsewhere = {"environ_base": {"REMOTE_ADDR": "192.0.2.7"}}
    assert "no TLS" in send(**elsewhere)["error"]["message"]
    assert send(**elsewhere)["error"]["data"]["kind"] == "permission_denied"
    old = json.dumps({"action": "syncLogin", "version": 6, "key": "k", "params": LOGIN})
    assert "no TLS" in send(text=old, **elsewhere)["error"]
    inner = {"actions": [{"action": "syncLogin", "params": LOGIN, "key": "k"}]}
    batch = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "multi", "params": inner})
    assert "no TLS" in json.dumps(send(text=batch, **elsewhere))
    started = {"method": "syncLogin", "params": LOGIN}
    operation = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "startOperation", "params": started})
    assert send(text=operation)["error"]["data"]["kind"] == "refused"
    assert SECRET not in json.dumps(send(**elsewhere))


def test_only_a_program_on_this_computer_names_a_server(open_gateway):
    gateway = open_gateway(webCorsOriginList=["https://example.com"])
    params = {**LOGIN, "server": "http://127.0.0.1:1/"}
    error = gateway.rpc("syncLogin", params, Origin="https://example.com")["error"]
    assert error["data"]["kind"] == "permission_denied"
    assert "name a server" in error["message"]
    assert kind(gateway.rpc("syncLogin", params)) == "offline"


def test_agents_have_no_tool_for_it(open_gateway):
    gateway = open_gateway()
    assert "syncLogin" in LEFT_OUT
    call = {"name": "syncLogin", "arguments": {**LOGIN, "password": SECRET}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    answer = gateway.send(json.dumps(body).encode(), path="/mcp", content_type="application/json").data.decode()
    assert "error" in answer.lower()
    assert SECRET not in answer


def test_password_and_key_are_told_nowhere(serve, server, example_collection, tmp_path):
    process = serve("--collection", seed.copy(example_collection, tmp_path)).ready()
    events = Stream(process.port)
    connection = process.connect()
    seen = []

    def send(params, method="syncLogin"):
        reply = connection.send(
            json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode(),
            Content_Type="application/json",
        )[1].decode()
        seen.append(reply)
        return json.loads(reply)

    good = {**LOGIN, "server": server.url}
    assert send(good)["result"] is None
    for wrong in (
        {**good, "password": SECRET},
        {**good, "password": [SECRET]},
        {**good, "password": {SECRET: SECRET}},
        {**good, "passwort": SECRET},
        {**good, "password": SECRET, "server": "http://127.0.0.1:1/"},
        {**good, "password": SECRET, "server": f"ftp://u:{SECRET}@127.0.0.1/"},
        {**good, "password": SECRET, "server": f"http://u:{SECRET}@127.0.0.1/"},
        [USER, SECRET, server.url, 5],
        {"user": USER, "password": SECRET * 1000, "server": server.url},
    ):
        assert "error" in send(wrong)
    seen.append(connection.send(json.dumps({"action": "syncLogin", "version": 6, "params": good}).encode())[1].decode())
    assert send({"full": "upload"}, "sync")["result"]
    assert send({"method": "syncLogin", "params": {**good, "password": SECRET}}, "startOperation")["error"]
    for method in ("listOperations", "mediaSyncStatus", "getLimits", "syncStatus", "undoStatus"):
        send({}, method)
    for path in ("/calls.json", "/recent.json", "/health"):
        other = http.client.HTTPConnection("127.0.0.1", process.port, timeout=20)
        other.request("GET", path)
        seen.append(other.getresponse().read().decode())
        other.close()
    assert '"syncLogin"' in "".join(seen)
    send({"deck": "the last event"}, "createDeck")
    events.until("collectionChanged")
    key = key_of(server)
    assert process.stop() == 0
    seen += [json.dumps(events.told), process.out, process.err]
    assert len(key) > 20
    for secret in (SECRET, PASSWORD, key, key[:12]):
        assert secret not in "\n".join(seen)


def key_of(server):
    """The key that the server issues, as Anki's own library gets it."""
    request = SyncLoginRequest(username=USER, password=PASSWORD, endpoint=server.url)
    return RustBackend().sync_login(request).hkey


def test_nothing_of_it_is_logged(local, server, caplog):
    with caplog.at_level(logging.DEBUG):
        log_in(local, server)
        log_in(local, server, password=SECRET)
        local.rpc("syncLogin", {"user": USER, "password": 5})
        local.rpc("syncLogout")
    assert SECRET not in caplog.text
    assert PASSWORD not in caplog.text


def test_others_are_served_while_the_server_does_not_answer(local):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answers = []
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        thread = threading.Thread(target=lambda: answers.append(log_in(local, server=address)))
        thread.start()
        connection, _ = silent.accept()
        assert "Italian" in local.rpc("deckNames")["result"]
        assert local.rpc("addTags", {"notes": [seed.MELA], "tags": "x"})["result"] is None
        assert answers == []
        connection.close()
        thread.join(60)
    assert answers == ["offline"]


def test_the_logout_has_the_next_sync_compare_all_media(local, server):
    log_in(local, server)
    sync(local, full="download")
    database = local.host.path.with_name("collection.media.db2")
    with contextlib.closing(sqlite3.connect(database)) as db:
        assert db.execute("select lastUsn from meta").fetchone() is not None
    local.rpc("syncLogout")
    assert not database.exists()
    log_in(local)
    assert sync(local)["media"] == "synced"


def test_a_login_has_the_next_sync_compare_all_media(local, server):
    """It may be another account's: what was synced before says nothing of its media."""
    log_in(local, server)
    sync(local, full="download")
    database = local.host.path.with_name("collection.media.db2")
    with contextlib.closing(sqlite3.connect(database)) as db:
        assert db.execute("select lastUsn from meta").fetchone() is not None
    log_in(local, server)
    assert not database.exists()
    assert sync(local)["media"] == "synced"


# --- the media sync ---


def media(gateway):
    return gateway.rpc("mediaSyncStatus")["result"]


def test_the_media_sync_tells_what_it_has_done(local, server):
    assert media(local) == {"active": False, "progress": None, "error": None}
    log_in(local, server)
    sync(local, full="download")
    local.rpc("storeMediaFile", {"filename": "new.txt", "data": "eA=="})
    assert sync(local)["media"] == "synced"
    status = media(local)
    assert (status["active"], status["error"]) == (False, None)
    assert [*status["progress"]] == ["checked", "added", "removed"]
    assert status["progress"]["checked"].isascii()
    assert local.legacy("mediaSyncStatus")["result"] == status


def test_the_error_of_the_media_sync_is_kept_until_the_next_sync(local, server):
    log_in(local, server)
    sync(local, full="download")
    auth = local.host._account.login(local.col)
    server.pause()
    try:
        local.col.sync_media(auth)
        assert until(lambda: media(local)["active"])
    finally:
        server.go_on()
    until(lambda: not media(local)["active"])
    assert media(local)["error"] is None
    local.rpc("storeMediaFile", {"filename": "more.txt", "data": "eA=="})
    server.stop()
    local.col.sync_media(auth)  # Anki reports the error once
    until(lambda: media(local)["error"])
    for _ in range(3):
        status = media(local)
        assert (status["active"], status["error"]["data"]["kind"]) == (False, "offline")
        assert "\u2068" not in status["error"]["message"]
    assert sync(local) == "offline"
    server.start()
    assert sync(local)["media"] == "synced"
    assert media(local)["error"] is None


def test_whoever_asks_first_the_sync_that_waits_for_its_media_fails_too(local, server, monkeypatch):
    log_in(local, server)
    sync(local, full="download")
    local.rpc("storeMediaFile", {"filename": "third.txt", "data": "eA=="})
    monkeypatch.setattr("addon.headless.sync.MEDIA_INTERVAL_S", 0.5)
    col, answers = local.col, []
    original = type(col).sync_collection

    def then_stop(self, auth, sync_media):
        answer = original(self, auth, sync_media=False)
        server.stop()
        self.sync_media(auth)
        time.sleep(0.2)
        with contextlib.suppress(Exception):
            local.host._media_sync.ask(col.media_sync_status)  # as by mediaSyncStatus at this moment
        return answer

    monkeypatch.setattr(type(col), "sync_collection", then_stop)
    answers.append(sync(local))
    monkeypatch.undo()
    server.start()
    assert answers[0]["media"] == "failed"
    assert media(local)["error"]["data"]["kind"] == "offline"
