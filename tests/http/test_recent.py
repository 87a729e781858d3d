"""Who called lately, and why some were refused."""

import json
import threading

from addon.http.call_log import MAX_CALLERS, MAX_CALLS, CallLog
from addon.rpc.caller import Caller
from addon.rpc.errors import KeyRequired, PermissionDenied
from addon.rpc.scopes import GRANTS

PAGE = "https://page.example"


def shown(recent):
    return [(row.who, row.count, row.action, row.reason) for row in recent.rows()]


def test_each_caller_and_reason_has_one_row_the_latest_first():
    recent = CallLog()
    program, page = Caller(program="curl/8"), Caller(PAGE, GRANTS["read"])
    for action in ("version", "deckNames"):
        recent.record_call(program, action, None)
    recent.record_call(page, "version", None)
    recent.record_refusal(page, "createDeck", PermissionDenied())
    recent.record_call(program, "version", "not_found")
    assert shown(recent) == [
        ("curl/8", 3, "version", None),
        (PAGE, 1, "createDeck", "it was not granted that"),
        (PAGE, 1, "version", None),
    ]
    assert [(call.who, call.action, call.outcome, call.count) for call in recent.calls()] == [
        ("curl/8", "version", "not_found", 1),
        (PAGE, "createDeck", "refused: it was not granted that", 1),
        (PAGE, "version", "ok", 1),
        ("curl/8", "deckNames", "ok", 1),
        ("curl/8", "version", "ok", 1),
    ]


def test_calls_that_follow_each_other_and_are_alike_count_as_one():
    recent = CallLog()
    for number in range(2 * MAX_CALLS):
        recent.record_call(Caller(program="curl/8", key_name="phone"), "addNote", None)
        if number % 2:
            recent.record_call(Caller(program="curl/8"), f"action{number}", None)
    assert len(recent.calls()) == MAX_CALLS
    assert [(call.key, call.count) for call in recent.calls()[:4]] == [(None, 1), ("phone", 2)] * 2


def test_reasons_are_given_in_words():
    recent = CallLog()
    recent.record_refusal(Caller(), "version", KeyRequired())
    recent.record_refusal(Caller(key="guess"), "version", KeyRequired())
    recent.record_refusal(Caller(PAGE, frozenset()), "version", PermissionDenied())
    assert shown(recent) == [
        (PAGE, 1, "version", "it has no permission"),
        ("a program", 1, "version", "its API key is wrong"),
        ("a program", 1, "version", "it sent no API key"),
    ]


def test_it_is_bounded_and_tells_of_changes():
    recent, counts = CallLog(), []
    recent.watch = lambda row: counts.append(row.count)
    for number in range(MAX_CALLERS + 5):
        for _ in range(2):
            recent.record_call(Caller(f"https://{number}.example", GRANTS["read"]), "version", None)
    assert len(recent.rows()) == MAX_CALLERS
    assert recent.rows()[-1].who == "https://5.example"
    assert counts == [1, 2] * (MAX_CALLERS + 5)


def test_it_counts_right_from_many_threads():
    recent = CallLog()

    def call():
        for number in range(500):
            recent.record_call(Caller(program=f"p{number % 3}"), "version", None)

    threads = [threading.Thread(target=call) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sum(row.count for row in recent.rows()) == 4000


def test_the_gateway_keeps_names_and_reasons_and_nothing_of_what_was_sent(open_gateway):
    gateway = open_gateway(apiKey="sesame")
    body = b'{"action":"findNotes","version":6,"key":"sesame","params":{"query":"secret"}}'
    gateway.send(body, User_Agent="tool/1 (more)")
    gateway.send(b'{"action":"findNotes","version":6,"key":"wrong-key"}', User_Agent="tool/1")
    gateway.send(b'{"action":"noSuchThingEver","version":6,"key":"sesame"}', User_Agent="tool/1")
    gateway.send(body, Origin=PAGE)
    gateway.send(method="OPTIONS", Origin="https://other.example")
    gateway.send(method="OPTIONS", Origin="http://localhost")
    gateway.send(method="GET", path="/health")
    rows = gateway.gateway.recent.rows()
    assert shown(gateway.gateway.recent) == [
        ("https://other.example", 1, "(preflight)", "it has no permission"),
        (PAGE, 1, "(any)", "it has no permission"),
        ("tool/1", 2, "(unknown)", None),
        ("tool/1", 1, "findNotes", "its API key is wrong"),
    ]
    calls = gateway.send(method="GET", path="/calls.json", X_API_Key="sesame").json
    assert [call["outcome"] for call in calls] == [
        "refused: it has no permission",
        "refused: it has no permission",
        "method_not_found",
        "refused: its API key is wrong",
        "ok",
    ]
    kept = repr(rows) + repr(calls)
    assert not [word for word in ("sesame", "secret", "wrong-key", "noSuchThing") if word in kept]


def test_a_caller_on_another_computer_is_told_apart(open_gateway):
    gateway = open_gateway()
    gateway.client.post("/", data=b'{"action":"version"}', environ_overrides={"REMOTE_ADDR": "10.1.2.3"})
    gateway.client.post("/", data=json.dumps({"action": "version"}), environ_overrides={"REMOTE_ADDR": "::1"})
    assert {row.who.rpartition(" at ")[2] for row in gateway.gateway.recent.rows()} >= {"10.1.2.3"}
