"""Running work on its thread, the limits of waiting for it; and that no call leaves cyclic garbage behind."""

import gc
import logging
import threading

import pytest
from lanes import run

from addon.rpc import executor
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.errors import Busy, GuiUnavailable, StillRunning
from addon.rpc.executor import CancelToken, InlineExecutor, RunsOn, ThreadedExecutor, wait
from addon.rpc.lane import Lane


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits long for a turn."""
    monkeypatch.setattr(executor.wait, "__defaults__", (0.05,))


# --- limits ---


def test_a_call_that_gets_no_turn_in_time_is_withdrawn_and_never_runs(lane, blocked, impatient, monkeypatch):
    done = []
    with pytest.raises(Busy):
        run(lane, lambda: done.append(1))
    blocked.set()
    monkeypatch.undo()
    run(lane, lambda: done.append(2))
    assert done == [2]


def test_a_caller_that_changes_its_mind_gets_back_what_has_not_begun(lane, blocked):
    done, cancel_token = [], CancelToken()
    threading.Timer(0.05, cancel_token.cancel).start()
    with pytest.raises(Busy, match="The caller cancelled the call"):
        ThreadedExecutor(lane).run(RunsOn.COLLECTION, lambda: done.append(1), 10, cancel_token)
    blocked.set()
    run(lane, lambda: done.append(2))
    assert done == [2]


def test_what_was_withdrawn_before_it_was_asked_for_never_begins(lane):
    done, cancel_token = [], CancelToken()
    lane_is_busy = threading.Event()
    lane.submit(lambda: lane_is_busy.wait(10))
    cancel_token.cancel()
    with pytest.raises(Busy):
        ThreadedExecutor(lane).run(RunsOn.COLLECTION, lambda: done.append(1), 10, cancel_token)
    lane_is_busy.set()
    run(lane, lambda: None)
    assert done == []


def test_what_has_begun_is_done_although_its_caller_has_changed_its_mind(lane):
    done, cancel_token, begun = [], CancelToken(), threading.Event()

    def work():
        begun.set()
        threading.Event().wait(0.1)
        done.append(1)

    threading.Thread(target=lambda: begun.wait(10) and cancel_token.cancel()).start()
    ThreadedExecutor(lane).run(RunsOn.COLLECTION, work, 10, cancel_token)
    assert done == [1]


def test_what_has_begun_is_not_waited_for_when_its_caller_has_left_and_goes_on_to_its_end(lane):
    done, cancel_token, begun, release = [], CancelToken(), threading.Event(), threading.Event()

    def work():
        begun.set()
        release.wait(10)
        done.append(1)

    threading.Thread(target=lambda: begun.wait(10) and cancel_token.leave()).start()
    with pytest.raises(StillRunning, match="The caller has left"):
        ThreadedExecutor(lane).run(RunsOn.COLLECTION, work, 10, cancel_token)
    assert done == []
    release.set()
    run(lane, lambda: None)
    assert done == [1]


@pytest.mark.parametrize("runs_on", [RunsOn.ANY, RunsOn.COLLECTION])
def test_what_a_caller_asked_for_that_has_left_never_begins(lane, runs_on):
    done, cancel_token = [], CancelToken()
    cancel_token.leave()
    with pytest.raises(Busy):
        ThreadedExecutor(lane).run(runs_on, lambda: done.append(1), 10, cancel_token)
    run(lane, lambda: None)
    assert done == []


def test_a_call_that_goes_on_too_long_is_still_running_and_ends_by_itself(lane):
    release, ended = threading.Event(), threading.Event()

    def work():
        release.wait(10)
        ended.set()

    with pytest.raises(StillRunning):
        run(lane, work, limit=0.05)
    assert not ended.is_set()
    release.set()
    assert ended.wait(10)


def test_a_call_that_has_begun_may_take_longer_than_the_queue(lane, monkeypatch):
    monkeypatch.setattr(executor.wait, "__defaults__", (0.3,))
    timer = threading.Event()
    run(lane, lambda: timer.wait(0.5))


def test_waiting_hands_out_the_outcome(lane):
    assert wait(lane.submit(lambda: None), 10) is True


# --- where ---


def test_what_touches_nothing_runs_on_the_callers_thread(lane):
    threads = []
    ThreadedExecutor(lane).run(RunsOn.ANY, lambda: threads.append(threading.current_thread()), 1)
    assert threads == [threading.current_thread()]


@pytest.mark.parametrize("make", [InlineExecutor, lambda: ThreadedExecutor(Lane())])
def test_without_a_window_there_is_no_place_for_its_work(make):
    with pytest.raises(GuiUnavailable):
        make().run(RunsOn.GUI, lambda: None, 1)


def test_work_for_the_window_is_put_where_the_host_says(lane):
    elsewhere = Lane("the main thread")
    names = []
    placed = ThreadedExecutor(lane, elsewhere.submit)
    placed.run(RunsOn.GUI, lambda: names.append(threading.current_thread().name), 10)
    elsewhere.stop()
    assert names == ["the main thread"]


# --- no garbage ---

NOTE = {"deckName": "Default", "modelName": "Italian vocab", "fields": {"Word": "mela"}}


def garbage_of(call, times=20):
    """How many objects only the cycle collector can free after so many calls."""
    for _ in range(3):
        call()
    gc.collect()
    gc.freeze()  # what is there already need not be looked at, here and in all later tests
    gc.disable()
    try:
        for _ in range(times):
            call()
        return gc.collect()
    finally:
        gc.enable()


def test_operations_leave_no_cyclic_garbage(gateway):
    calls = {"deckNames": {}, "suspended": {"card": 3}, "addNotes": {"notes": [NOTE]}}

    def call():
        for method, params in calls.items():
            message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            operation = gateway.gateway.dispatcher.start_operation(Request(message, Caller()))
            assert operation.wait(10)

    assert garbage_of(call) < 20


def test_handlers_that_fail_leave_no_cyclic_garbage(core):
    methods = ["raise_known", "raise_unknown", "exit", "exit_early", "return_set"]
    logging.disable(logging.CRITICAL)  # what a test run keeps of the log is not ours
    try:
        assert garbage_of(lambda: [core.call(method) for method in methods]) < 20
    finally:
        logging.disable(logging.NOTSET)


def test_a_busy_lane_leaves_no_cyclic_garbage(lane, blocked, impatient):
    placed = ThreadedExecutor(lane)

    def refused():
        try:
            placed.run(RunsOn.COLLECTION, print, 10)
        except Busy:
            return

    assert garbage_of(refused, 5) < 5
