"""A broken or slow extension costs its own calls, and nothing else."""

import threading
import time

import pytest
from limits import no_more_threads

from addon.extension.calls import MOST_AT_ONCE


def still_alive(extended):
    assert extended.call("version") == 6
    assert extended.call("deckNames")


@pytest.mark.parametrize(
    "error", [ValueError("x"), SystemExit(3), KeyboardInterrupt(), RecursionError(), GeneratorExit()]
)
@pytest.mark.parametrize("runs_on", ["collection", "thread"])
def test_whatever_a_handler_raises_names_the_extension(extended, error, runs_on):
    def fail(ctx):
        raise error

    extended.furigana().action("furigana_fail", fail, runs_on=runs_on)
    answer = extended.call("furigana_fail")
    assert answer["code"] == -32010
    assert answer["data"] == {"kind": "extension_failed", "extension": "furigana"}
    assert "The extension Furigana has failed in furigana_fail" in answer["message"]
    assert type(error).__name__ in extended.state().faults[-1]
    assert extended.legacy("furigana_fail")["error"] == answer["message"]
    still_alive(extended)


@pytest.mark.parametrize("runs_on", ["collection", "thread"])
def test_a_handler_that_does_not_end_costs_only_its_extension(extended, runs_on):
    go_on = threading.Event()
    furigana = extended.furigana(limit=0.2)
    furigana.action("furigana_hang", lambda ctx: go_on.wait(20) and None, runs_on=runs_on)
    furigana.action("furigana_other", lambda ctx: None)
    started = time.monotonic()
    error = extended.call("furigana_hang")
    assert time.monotonic() - started < 2
    assert (error["data"]["kind"], error["data"]["extension"]) == ("still_running", "furigana")
    time.sleep(0.2)
    for method in ("furigana_hang", "furigana_other"):
        error = extended.call(method)
        assert (error["data"]["kind"], error["data"]["extension"]) == ("busy", "furigana")
        assert "The extension Furigana still runs furigana_hang" in error["message"]
    (running,) = extended.state().running
    assert (running.action, running.is_late) == ("furigana_hang", True)
    assert extended.call("version") == 6
    go_on.set()
    until = time.monotonic() + 5
    while extended.state().running:
        assert time.monotonic() < until
        time.sleep(0.01)
    assert extended.call("furigana_other") is None
    still_alive(extended)


def test_a_call_that_does_not_end_costs_no_other_of_its_batch(extended):
    go_on = threading.Event()
    extended.furigana(limit=0.3).action("furigana_hang", lambda ctx: go_on.wait(20) and None)
    calls = [("deckNames", 1), ("furigana_hang", 2), ("version", 3)]
    started = time.monotonic()
    answers = extended.post([{"jsonrpc": "2.0", "id": id, "method": method} for method, id in calls])
    assert 0.3 <= time.monotonic() - started < 5
    go_on.set()
    assert answers[0]["result"]
    assert answers[1]["error"]["data"] == {"kind": "still_running", "extension": "furigana"}
    assert answers[2]["result"] == 6


def test_actions_come_and_go_while_others_are_called(extended):
    furigana, stop, wrong = extended.furigana(), threading.Event(), []
    furigana.action("furigana_stays", lambda ctx: 1, result={"type": "integer"}, runs_on="thread")

    def call(method, accepted):
        while not stop.is_set():
            answer = extended.call(method)
            if answer not in accepted and answer.get("data", {}).get("kind") not in ("method_not_found", "busy"):
                wrong.append(answer)

    calls = [("furigana_stays", [1]), ("furigana_goes", [2]), ("deckNames", [extended.call("deckNames")])]
    threads = [threading.Thread(target=call, args=each) for each in calls]
    for thread in threads:
        thread.start()
    for _ in range(30):
        furigana.action("furigana_goes", lambda ctx: 2, result={"type": "integer"})
        time.sleep(0.01)
        furigana.withdraw("furigana_goes")
    stop.set()
    for thread in threads:
        thread.join(10)
    assert wrong == []
    assert furigana.faults == ()


def test_only_a_few_calls_of_an_extension_run_at_the_same_time(extended):
    go_on, come = threading.Event(), threading.Semaphore(0)

    def wait(ctx):
        come.release()
        go_on.wait(20)

    extended.furigana().action("furigana_wait", wait, runs_on="thread")
    threads = [threading.Thread(target=extended.call, args=["furigana_wait"]) for _ in range(MOST_AT_ONCE)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert come.acquire(timeout=10)
    assert extended.call("furigana_wait")["data"] == {"kind": "busy", "extension": "furigana"}
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert extended.state().running == []


def test_a_call_without_a_thread_is_busy_and_not_counted(extended):
    extended.furigana().action("furigana_say", lambda ctx: "hi", runs_on="thread", result={"type": "string"})
    with no_more_threads("anki-rpc furigana_say"):
        errors = [extended.call("furigana_say") for _ in range(MOST_AT_ONCE + 1)]
    assert all("no more threads" in error["message"] and error["data"]["kind"] == "busy" for error in errors)
    assert extended.call("furigana_say") == "hi"


def circular():
    value = []
    value.append(value)
    return value


def deep():
    value = []
    for _ in range(100_000):
        value = [value]
    return value


WRONG = {
    "another type": (3, {"type": "string"}),
    "a missing member": ({}, {"type": "object", "properties": {"a": {}}, "required": ["a"]}),
    "not a number": (float("nan"), {"type": "number"}),
    "infinite": (float("inf"), {"type": "number"}),
    "an integer beyond 64 bits": (2**64, {"type": "integer"}),
    "bytes": (b"a", {}),
    "a set": ({1}, {"type": "array"}),
    "an object": (object(), {}),
    "a lone surrogate": ("\ud800", {"type": "string"}),
    "a future": (__import__("concurrent.futures").futures.Future(), {}),
    "circular": (circular(), {}),
    "too deep": (deep(), {}),
    "something where nothing is declared": (1, None),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_result_is_the_fault_of_the_extension(extended, case):
    value, schema = WRONG[case]
    extended.furigana().action("furigana_wrong", lambda ctx: value, result=schema)
    error = extended.call("furigana_wrong")
    assert error["data"] == {"kind": "extension_failed", "extension": "furigana"}
    assert "The extension Furigana" in error["message"]
    still_alive(extended)


def test_a_result_that_is_too_large_is_refused_as_ours_is(open_extended):
    extended = open_extended(limits={"responseMegabytes": 1})
    extended.furigana().action("furigana_long", lambda ctx: "x" * 2**21, result={"type": "string"})
    assert extended.call("furigana_long")["data"]["kind"] == "response_too_large"


def test_withdrawing_during_a_call_lets_it_end(extended):
    furigana, begun, go_on, answers = extended.furigana(), threading.Event(), threading.Event(), []

    def wait(ctx):
        begun.set()
        go_on.wait(20)
        return 1

    furigana.action("furigana_wait", wait, result={"type": "integer"})
    thread = threading.Thread(target=lambda: answers.append(extended.call("furigana_wait")))
    thread.start()
    assert begun.wait(10)
    furigana.withdraw()
    assert extended.call("furigana_wait")["data"]["kind"] == "method_not_found"
    go_on.set()
    thread.join(10)
    assert answers == [1]
    assert extended.gateway.extensions.state() == []
    assert extended.furigana().faults == ()


def test_withdrawing_in_a_batch_ends_the_rest_of_it(extended):
    furigana = extended.furigana()
    furigana.action("furigana_last", lambda ctx: furigana.withdraw("furigana_last"))
    calls = [{"jsonrpc": "2.0", "id": id, "method": "furigana_last"} for id in range(3)]
    first, *rest = extended.post(calls)
    assert first == {"jsonrpc": "2.0", "id": 0, "result": None}
    assert [answer["error"]["data"]["kind"] for answer in rest] == ["method_not_found"] * 2
    still_alive(extended)


def test_a_context_that_is_kept_is_of_no_use(extended):
    kept = []
    extended.furigana().action("furigana_keep", kept.append)
    assert extended.call("furigana_keep") is None
    with pytest.raises(Exception, match="valid only during its call"):
        _ = kept[0].col


def test_an_action_that_does_not_say_that_it_writes_cannot(extended):
    extended.furigana().action("furigana_write", lambda ctx: ctx.write(ctx.col.decks.add_normal_deck_with_name, "x"))
    assert extended.call("furigana_write")["data"]["kind"] == "extension_failed"
    assert "writes=True" in extended.state().faults[0]
