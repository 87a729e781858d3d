"""The headless gateway with what Python lacks on Windows taken away."""

import http.client
import subprocess
import sys
from pathlib import Path

import pytest
from gateway_process import WAIT, ServeProcess, child_environment, fork_server

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform == "win32", reason="simulates Windows")]

PROGRAM = Path(__file__).with_name("windows_server_process.py")
RUN = f"""
import runpy, sys
sys.path.insert(0, {str(PROGRAM.parent)!r})
runpy.run_path({str(PROGRAM)!r}, run_name="__main__")
"""
CONSOLE_EVENTS = "ANKI_RPC_CONSOLE_EVENTS"


class WindowsProcess(ServeProcess):
    program = ("-c", RUN)


@pytest.fixture
def serve_on_windows():
    started = []

    def start(*options, **more):
        server = fork_server("windows")  # has imported `OF_OTHERS` of the program, and nothing of the project
        started.append(WindowsProcess(*options, server=server, **more))
        return started[-1].ready()

    yield start
    for process in started:
        if process.process.poll() is None:
            process.process.kill()
        process.end()


def is_closed(collection):
    return not collection.with_name(collection.name + "-wal").exists()


def test_every_module_can_be_imported():
    command = [sys.executable, str(PROGRAM), "import"]
    run = subprocess.run(
        command, env=child_environment(), check=False, capture_output=True, encoding="utf-8", timeout=60
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_calls_of_all_kinds_are_served(serve_on_windows, collection, tmp_path):
    process = serve_on_windows("--collection", collection)
    connection = process.connect()
    assert connection.rpc("deckNames") == ["Default", "Italian", "Italian::A1"]
    assert connection.legacy("storeMediaFile", filename="a.txt", data="eA==") == "a.txt"
    assert connection.legacy("retrieveMediaFile", filename="a.txt") == "eA=="
    fields = {"Word": "ciao", "Meaning": "hello"}
    assert connection.legacy("addNote", note={"deckName": "Italian", "modelName": "Italian vocab", "fields": fields})
    package = tmp_path / "italian.apkg"
    assert connection.legacy("exportPackage", deck="Italian", path=str(package))
    assert package.stat().st_size
    raw = http.client.HTTPConnection("127.0.0.1", process.port, timeout=WAIT)
    content = bytes(range(256)) * 2000
    raw.request("PUT", "/media/b.bin", content)
    assert raw.getresponse().read()
    raw.request("GET", "/media/b.bin")
    assert raw.getresponse().read() == content
    raw.close()


@pytest.mark.parametrize("signal", ["SIGINT", "SIGBREAK"])
def test_ctrl_c_and_ctrl_break_close_the_collection(serve_on_windows, collection, signal):
    process = serve_on_windows("--collection", collection)
    process.connect().legacy("createDeck", deck="New")
    assert not is_closed(collection)
    assert process.stop({"SIGINT": 2, "SIGBREAK": 21}[signal]) == 0
    assert process.err == ""
    assert is_closed(collection)


def test_the_collection_is_closed_before_windows_ends_the_process_of_a_closed_console(
    serve_on_windows, collection, tmp_path
):
    event = tmp_path / "closed"
    process = serve_on_windows("--collection", collection, environment={CONSOLE_EVENTS: str(event)})
    process.connect().legacy("createDeck", deck="New")
    event.touch()
    process.end()
    assert process.err == ""
    assert is_closed(collection)
