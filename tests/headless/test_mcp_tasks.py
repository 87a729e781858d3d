"""Calls of agents that become tasks, on real sockets: followed, cancelled, and read by nobody else."""

import http.client
import json
import re
import time
from dataclasses import replace

import pytest
from gateway_process import WAIT
from limits import no_more_threads
from mcp_client import META
from sizes import for_each

from addon.mcp.headers import of as headers_of
from addon.mcp.tasks import EXTENSION
from addon.rpc.operations import Operations
from addon.rpc.shares import FairSlots

pytestmark = pytest.mark.process

CAPABILITIES = "io.modelcontextprotocol/clientCapabilities"
DECLARED = {**META, CAPABILITIES: {"extensions": {EXTENSION: {}}}}
ANY_ID = "0123456789abcdef"


@pytest.fixture
def ask(server):
    """Sends a message, and returns the answer and the status."""

    def ask(method, meta=DECLARED, headers=None, **params):
        message = {"jsonrpc": "2.0", "id": 3, "method": method, "params": {**params, "_meta": meta}}
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
        named = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
        connection.request("POST", "/mcp", json.dumps(message), {**named, **headers_of(message), **(headers or {})})
        response = connection.getresponse()
        answer = json.loads(response.read())
        connection.close()
        return answer, response.status

    return ask


def many(count):
    note = {"deckName": "Default", "modelName": "Basic"}
    notes = [{**note, "fields": {"Front": f"word {number}", "Back": "b"}} for number in range(count)]
    return {"name": "addNotes", "arguments": {"notes": notes}}


@pytest.fixture
def working(ask, hold_chunk, monkeypatch):
    """A task that waits between two chunks of notes, and the event that lets it go on."""
    monkeypatch.setattr("addon.mcp.tasks.SOON_S", 0.05)
    reached, go_on = hold_chunk
    answer, status = ask("tools/call", **many(240))
    assert reached.wait(WAIT)
    assert (status, answer["result"]["resultType"]) == (200, "task")
    yield answer["result"], go_on
    go_on.set()


def ended(ask, id):
    deadline = time.monotonic() + WAIT
    while (task := ask("tasks/get", taskId=id)[0]["result"])["status"] == "working":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return task


def test_a_long_call_is_a_task_whose_result_is_the_tools(ask, working):
    task, go_on = working
    assert task["status"] == "working"
    assert not {"result", "error"} & task.keys()
    task_now, _ = ask("tasks/get", taskId=task["taskId"])
    assert (task_now["result"]["status"], task_now["result"]["resultType"]) == ("working", "complete")
    assert re.fullmatch(r"\d+ of 240", task_now["result"]["statusMessage"])
    go_on.set()
    done = ended(ask, task["taskId"])
    assert done["status"] == "completed"
    result = json.loads(done["result"]["content"][0]["text"])
    assert done["result"]["isError"] is False
    assert (len(result["result"]), result["undoStep"]) == (240, "Add notes")
    assert ask("tasks/update", taskId=task["taskId"], inputResponses={"x": 1})[0]["result"]["resultType"] == "complete"


def test_a_short_call_and_one_that_fails_are_no_tasks(ask, gateway):
    answer, _ = ask("tools/call", name="getTags", arguments={})
    assert (answer["id"], answer["result"]["resultType"], answer["result"]["isError"]) == (3, "complete", False)
    answer, _ = ask("tools/call", **many(2))
    assert answer["result"]["isError"] is False
    answer, _ = ask("tools/call", name="addNotes", arguments={"notes": 5})
    assert answer["result"]["isError"] is True
    answer, status = ask("tools/call", name="deleteNotes", arguments={"notes": []})
    assert (answer["id"], answer["error"]["code"], status) == (3, -32602, 400)


def test_a_long_call_by_another_tool_is_a_task_too(ask, hold_chunk, monkeypatch):
    monkeypatch.setattr("addon.mcp.tasks.SOON_S", 0.05)
    reached, go_on = hold_chunk
    answer, _ = ask("tools/call", name="callTool", arguments=many(240))
    assert reached.wait(WAIT)
    go_on.set()
    done = ended(ask, answer["result"]["taskId"])
    result = json.loads(done["result"]["content"][0]["text"])
    assert (len(result["result"]), result["undoStep"]) == (240, "Add notes")


def test_a_task_is_cancelled_where_its_work_can_stop(ask, working, gateway):
    task, go_on = working
    assert ask("tasks/cancel", taskId=task["taskId"])[0]["result"]["resultType"] == "complete"
    go_on.set()
    done = ended(ask, task["taskId"])
    assert done["status"] == "cancelled"
    assert re.search(r"cancelled.* \(200 of 240\)$", done["statusMessage"])
    assert not {"result", "error"} & done.keys()
    assert len(gateway.col.find_notes("deck:Default")) == 200
    assert ask("tasks/cancel", taskId=task["taskId"])[0]["result"]["resultType"] == "complete"


def test_no_task_is_made_for_a_client_that_does_not_declare_them(ask, hold_chunk):
    _, go_on = hold_chunk
    go_on.set()
    answer, _ = ask("tools/call", META, **many(240))
    assert answer["result"]["resultType"] == "complete"
    for method in ("tasks/get", "tasks/cancel", "tasks/update"):
        answer, status = ask(method, META, taskId=ANY_ID)
        assert (answer["error"]["code"], status) == (-32021, 400)
        assert answer["error"]["data"]["requiredCapabilities"] == {"extensions": {EXTENSION: {}}}


@for_each(id=[ANY_ID, "", "x" * 10_000, None, 5, [], {}, "../x", "\u00e4\ud800"])
def test_an_id_of_nothing_is_refused(ask, working, id):
    for method in ("tasks/get", "tasks/cancel", "tasks/update"):
        answer, status = ask(method, taskId=id)
        assert (answer["error"]["code"], status) == (-32602, 400)


def test_another_callers_task_is_not_there(server, gateway, ask, working):
    task, go_on = working
    gateway.host.config = replace(gateway.host.config, web_cors_origin_list=("http://page.example",))
    page = {"Origin": "http://page.example"}
    for method in ("tasks/get", "tasks/cancel", "tasks/update"):
        answer, status = ask(method, headers=page, taskId=task["taskId"])
        assert (answer["error"]["code"], status) == (-32602, 400), method
    go_on.set()
    assert ended(ask, task["taskId"])["status"] == "completed"


def test_a_call_waits_its_turn_where_too_many_operations_are_unfinished(ask, gateway, monkeypatch):
    monkeypatch.setattr(gateway.gateway.operations, "_places", FairSlots(0))
    answer, status = ask("tools/call", **many(3))
    assert (status, answer["result"]["resultType"], answer["result"]["isError"]) == (200, "complete", False)


def test_a_call_without_a_thread_for_its_task_is_answered_at_once(ask):
    with no_more_threads("anki-rpc mcp"):
        answer, status = ask("tools/call", **many(3))
    assert (status, answer["result"]["resultType"], answer["result"]["isError"]) == (200, "complete", False)


def test_an_operation_that_is_no_task_is_none(ask, gateway):
    id = gateway.rpc("startOperation", {"method": "checkDatabase", "params": {}})["result"]["id"]
    assert ask("tasks/get", taskId=id)[0]["error"]["code"] == -32602


def test_a_task_is_kept_as_long_as_its_operation(ask, working, gateway):
    task, go_on = working
    go_on.set()
    ended(ask, task["taskId"])
    gateway.gateway.operations._limits = Operations(None)._limits._replace(seconds=0)
    assert ask("tasks/get", taskId=task["taskId"])[0]["error"]["code"] == -32602


def test_a_call_whose_caller_has_the_result_is_not_kept_and_pushes_nothing_out(ask, gateway, server):
    id = gateway.rpc("startOperation", {"method": "checkDatabase", "params": {}})["result"]["id"]
    operations = gateway.gateway.operations
    assert operations.find(id).wait(WAIT)
    for _ in range(3):
        assert ask("tools/call", **many(1))[0]["result"]["resultType"] == "complete"
    answer, _ = ask("tools/call", **{**many(1), "arguments": {"notes": "none"}})
    assert answer["result"]["isError"]
    assert [operation.id for operation in operations.all()] == [id]


def test_who_goes_away_before_the_task_is_made_has_the_call_cancelled(server, gateway, hold_chunk):
    reached, go_on = hold_chunk
    message = {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {**many(240), "_meta": DECLARED}}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
    connection.request("POST", "/mcp", json.dumps(message), {"Content-Type": "application/json", **headers_of(message)})
    assert reached.wait(WAIT)
    connection.close()
    (operation,) = gateway.gateway.operations.all()
    deadline = time.monotonic() + WAIT
    while operation._reason is None and time.monotonic() < deadline:
        time.sleep(0.01)
    go_on.set()
    assert operation.wait(WAIT)
    assert operation.state in ("cancelled", "done")


def test_changes_of_a_task_are_streamed_to_its_caller(server, ask, working, monkeypatch):
    monkeypatch.setattr("addon.collection.change_log.SETTLE_TIMEOUT_S", 0.05)  # the task holds the collection
    task, go_on = working
    wishes = {"taskIds": [task["taskId"], ANY_ID, 5]}
    answer, status = ask("subscriptions/listen", META, notifications=wishes)
    assert (answer["error"]["code"], status) == (-32021, 400)
    message = {
        "jsonrpc": "2.0",
        "id": 9,
        "method": "subscriptions/listen",
        "params": {"notifications": wishes, "_meta": DECLARED},
    }
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=WAIT)
    named = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    connection.request("POST", "/mcp", json.dumps(message), {**named, **headers_of(message)})
    response = connection.getresponse()
    told = (json.loads(line[6:]) for line in response if line.startswith(b"data: "))
    assert next(told)["params"]["notifications"] == {"taskIds": [task["taskId"]]}
    go_on.set()
    last = next(each for each in told if each["params"]["status"] != "working")
    assert last["method"] == "notifications/tasks"
    assert last["params"]["_meta"] == {"io.modelcontextprotocol/subscriptionId": 9}
    assert (last["params"]["status"], last["params"]["result"]["isError"]) == ("completed", False)
    response.close()
    connection.close()
