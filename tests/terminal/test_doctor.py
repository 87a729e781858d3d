"""`anki-rpc doctor`: what it finds in each trouble that a newcomer has, and its advice."""

import contextlib
import http.server
import json
import socket
import threading

import pytest

from addon.version import VERSION


@pytest.fixture
def doctor(run):
    """Examines an address: the status, and the findings by what was examined."""

    def doctor(url, *options):
        status, out, err = run("doctor", "--url", url, *options)
        assert err == ""
        lines = [line for line in out.splitlines() if line.startswith(("ok", "!!"))]
        advice = out.count("To do: ")
        assert advice == sum(line.startswith("!!") for line in lines)
        assert status == (1 if advice else 0)
        return status, dict(line[5:].split(": ", 1) for line in lines), out

    return doctor


@contextlib.contextmanager
def other_program(answer):
    """A server that answers every request with the same JSON value."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *args):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_all_is_well(doctor, served):
    status, found, _ = doctor(served)
    assert status == 0
    assert list(found) == ["this command", "port", "versions", "Anki", "key"]
    assert found["this command"].startswith(f"AnkiRPC {VERSION} on Python 3.")
    assert found["key"] == "no key is needed"


def test_nothing_listens(doctor):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        status, found, out = doctor(f"http://127.0.0.1:{listener.getsockname()[1]}")
    assert status == 1
    assert found["port"].endswith("cannot be reached: nothing listens there")
    assert "To do: Start Anki with AnkiRPC in it, or `anki-rpc serve`." in out


def test_ankiconnect_has_the_port(doctor):
    with other_program({"result": 6, "error": None}) as url:
        _, found, out = doctor(url)
    assert found["port"] == f"AnkiConnect answers at {url}"
    assert "Take Over from AnkiConnect" in out


@pytest.mark.parametrize("answer", ["hello", [], {"apiVersion": 6, "result": 1}, {"status": "ok"}], ids=str)
def test_another_program_has_the_port(doctor, answer):
    with other_program(answer) as url:
        _, found, _ = doctor(url)
    assert found["port"] in (f"another program answers at {url}", f"AnkiRPC answers at {url}")
    assert ("apiVersion" in answer) == ("AnkiRPC" in found["port"])


def test_the_name_of_the_computer_is_not_allowed(doctor, served):
    _, found, out = doctor(served.replace("127.0.0.1", "0.0.0.0"))  # another name for this computer
    assert found["port"] == "the gateway is not called 0.0.0.0"
    assert "allowedHosts" in out


def test_a_key_is_needed_wrong_or_right(doctor, locked, tmp_path):
    (tmp_path / "wrong").write_text("sesame")
    (tmp_path / "right").write_text("open sesame")
    assert doctor(locked)[1]["key"] == "a key is needed"
    assert doctor(locked, "--key-file", tmp_path / "wrong")[1]["key"] == "the key is wrong"
    assert doctor(locked, "--key-file", tmp_path / "right")[1]["key"] == "the key is right, or not needed"


def test_an_origin_is_allowed_or_not(doctor, served):
    assert doctor(served, "--origin", "http://localhost")[1]["origin"] == "http://localhost is allowed"
    status, found, out = doctor(served, "--origin", "https://example.com")
    assert (status, found["origin"]) == (1, "https://example.com is not allowed")
    assert "webCorsOriginList" in out


@pytest.mark.parametrize(
    ("state", "what", "text"),
    [
        ({"version": "0.0.1", "anki": "26.5", "collection": True}, "versions", "AnkiRPC 0.0.1, Anki 26.5, without"),
        ({"version": VERSION, "anki": "24.11", "collection": True}, "versions", f"AnkiRPC {VERSION}, Anki 24.11"),
        ({"version": VERSION, "anki": "26.5", "collection": False}, "Anki", "no collection is open"),
    ],
)
def test_old_versions_and_a_closed_collection_are_found(doctor, state, what, text):
    with other_program({**state, "window": False, "apiVersion": 6, "result": 6}) as url:
        status, found, out = doctor(url)
    assert status == 1
    assert found[what].startswith(text)
    assert out.count("To do: ") == 1
