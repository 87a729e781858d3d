"""@open-rpc/test-coverage: every method's examples against a live gateway, by somebody else's judgement."""

import json
import subprocess

import pytest
from examples import DOCUMENT, error_of

from addon.http.server.server import Server

pytestmark = pytest.mark.node

REASONS = {
    "gui_unavailable": "needs Anki's window",
    **dict.fromkeys(("not_logged_in", "offline"), "needs a sync server and an account"),
    "file_problem": "needs the file that its example names",
    "not_found": "needs an operation that another example starts",
    "deck_not_found": "needs the deck that another example makes",
    "refused": "needs reviews that FSRS can learn from",
}
SKIPPED = {method["name"]: REASONS[error_of(method)] for method in DOCUMENT["methods"] if error_of(method)}


@pytest.fixture
def fresh_for_each_request(open_gateway):
    """The address of a gateway on which every request finds the collection as if it were the first."""
    open_now = []

    def app(environ, start_response):
        while open_now:
            open_now.pop().close()
        open_now.append(open_gateway())
        return open_now[0].gateway.app(environ, start_response)

    server = Server(app, port=0, threads=1)
    server.start()
    yield server.url
    server.stop()


def test_every_method_is_green_or_left_out_for_a_reason(openrpc_tools, fresh_for_each_request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "openrpc.json"
    document.write_text(json.dumps({**DOCUMENT, "servers": [{"name": "test", "url": fresh_for_each_request + "/"}]}))
    tool = openrpc_tools / "node_modules" / ".bin" / "open-rpc-test-coverage"
    command = [tool, "-s", document, "-t", "http", "-r", "json", "--skip", ",".join(SKIPPED)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    calls = json.loads(done.stdout[done.stdout.index("[") :])
    assert [call for call in calls if not call["valid"]] == []
    assert done.returncode == 0, done.stderr[:2000]
    assert {call["methodName"] for call in calls} == {method["name"] for method in DOCUMENT["methods"]} - set(SKIPPED)
