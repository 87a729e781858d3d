"""The collection lane: its order, its gate, its limits; and that no call leaves cyclic garbage behind."""

import gc
import logging
import threading

import pytest

from addon.rpc import executor
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.errors import Busy, CollectionUnavailable, GuiUnavailable, StillRunning
from addon.rpc.executor import CancelToken, InlineExecutor, Lane, RunsOn, ThreadedExecutor, wait


@pytest.fixture
def lane():
    lane = Lane()
    yield lane
    lane.stop()


@pytest.fixture
def blocked(lane):
    """A lane whose thread is busy until the event that is handed out is set."""
    begun, release = threading.Event(), threading.Event()

    def work():
        begun.set()
        assert release.wait(10)

    lane.submit(work)
    assert begun.wait(10)
    yield release
    release.set()


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits long for a turn."""
    monkeypatch.setattr(executor.wait, "__defaults__", (0.05,))


def run(lane, work, limit=10.0):
    ThreadedExecutor(lane).run(RunsOn.COLLECTION, work, limit)


# --- order ---


def test_work_runs_in_the_order_in_which_it_was_submitted(lane, blocked):
    done = []
    futures = [lane.submit(lambda number=number: done.append(number)) for number in range(100)]
    assert done == []
    blocked.set()
    assert [future.result(10) for future in futures] == [True] * 100
    assert done == list(range(100))


def test_what_work_submits_itself_belongs_to_it_and_goes_before_what_others_wait_for(lane, blocked):
    done = []

    def work():
        lane.submit(lambda: done.append("its own"))
        done.append("work")

    first = lane.submit(work)
    first.add_done_callback(lambda _: done.append("has ended"))
    last = lane.submit(lambda: done.append("another's"))
    blocked.set()
    assert last.result(10)
    assert done == ["work", "its own", "has ended", "another's"]


def test_all_work_runs_on_one_thread_that_is_not_the_callers(lane):
    threads = set()
    callers = [
        threading.Thread(target=run, args=(lane, lambda: threads.add(threading.current_thread()))) for _ in range(8)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(10)
    assert len(threads) == 1
    assert not threads & {threading.current_thread(), *callers}


def test_run_returns_when_the_work_is_done(lane):
    done = []
    run(lane, lambda: done.append(1))
    assert done == [1]


@pytest.mark.parametrize("error", [ValueError, SystemExit, KeyboardInterrupt])
def test_work_that_raises_is_logged_and_does_not_end_the_lane(lane, caplog, error):
    def work():
        raise error("broken")

    with caplog.at_level(logging.ERROR, "anki_rpc"):
        run(lane, work)
    assert "broken" in caplog.text
    done = []
    run(lane, lambda: done.append(1))
    assert done == [1]


# --- gate ---


def test_closing_waits_for_the_work_that_is_running(lane, blocked):
    closed = threading.Event()
    closer = threading.Thread(target=lambda: (lane.close(), closed.set()))
    closer.start()
    assert not closed.wait(0.1)
    blocked.set()
    assert closed.wait(10)
    closer.join(10)


def test_work_that_was_queued_when_the_gate_closed_never_runs(lane, blocked):
    done = []
    future = lane.submit(lambda: done.append(1))
    closer = threading.Thread(target=lane.close)
    closer.start()
    while lane._open:
        pass
    blocked.set()
    closer.join(10)
    assert future.result(10) is False
    assert done == []


def test_a_closed_gate_refuses_at_once_and_an_opened_one_serves_again(lane):
    done = []
    lane.close()
    for _ in range(3):
        with pytest.raises(CollectionUnavailable):
            run(lane, lambda: done.append(1))
    assert done == []
    lane.open()
    run(lane, lambda: done.append(2))
    assert done == [2]


def test_the_gate_can_be_closed_twice(lane):
    lane.close()
    lane.close()
    lane.open()
    run(lane, lambda: None)


def test_an_action_on_a_closed_gate_is_told_so(gateway):
    gateway.lane.close()
    assert gateway.rpc("deckNames")["error"]["data"] == {"kind": "collection_unavailable"}
    assert gateway.legacy("deckNames") == {"result": None, "error": "collection is not available"}
    assert gateway.rpc("version")["result"] == 6
    gateway.lane.open()
    assert "Default" in gateway.rpc("deckNames")["result"]


def test_callers_take_turns_and_the_calls_of_each_stay_in_order(lane, blocked):
    done = []
    calls = ["a1", "a2", "a3", "a4", "b1", "b2", "c1"]
    futures = [lane.submit(lambda call=call: done.append(call), owner=call[0]) for call in calls]
    blocked.set()
    assert all(future.result(10) for future in futures)
    assert done == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]


# --- limits ---


def test_a_call_that_gets_no_turn_in_time_is_withdrawn_and_never_runs(lane, blocked, impatient):
    done = []
    with pytest.raises(Busy):
        run(lane, lambda: done.append(1))
    blocked.set()
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


def test_a_call_that_has_begun_may_take_longer_than_the_queue(lane, impatient):
    timer = threading.Event()
    run(lane, lambda: timer.wait(0.2))


def test_waiting_hands_out_the_outcome(lane):
    assert wait(lane.submit(lambda: None), 10) is True


# --- end ---


def test_stopping_ends_the_thread_and_fails_what_comes_later():
    lane = Lane("a lane to stop")
    run(lane, lambda: None)
    lane.stop()
    assert "a lane to stop" not in [thread.name for thread in threading.enumerate()]


def test_what_is_queued_when_the_lane_stops_is_told(lane, blocked):
    future = lane.submit(lambda: None)
    stopper = threading.Thread(target=lane.stop)
    stopper.start()
    while lane._open:
        pass
    blocked.set()
    stopper.join(10)
    assert future.result(10) is False
    assert not stopper.is_alive()


def test_work_that_comes_after_the_end_is_refused_and_does_not_wait():
    lane = Lane()
    lane.stop()
    with pytest.raises(CollectionUnavailable):
        run(lane, lambda: None, limit=0.5)


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
    gc.freeze()  # what is there already need not be looked at
    gc.disable()
    try:
        for _ in range(times):
            call()
        return gc.collect()
    finally:
        gc.enable()
        gc.unfreeze()


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
