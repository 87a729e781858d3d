"""The collection lane: its order, its gate and its end."""

import logging
import threading

import pytest
from lanes import run

from addon.rpc.errors import CollectionUnavailable
from addon.rpc.lane import Lane

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
