"""The collection lane: its order, its gate and its end."""

import logging
import queue
import threading
import time
from concurrent.futures import Future

import pytest
from lanes import run

from addon.rpc.errors import CollectionUnavailable
from addon.rpc.lane import Lane, _LaneItem, _Line

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


def test_work_is_long_once_it_has_taken_a_while(lane):
    begun, may_end = threading.Event(), threading.Event()

    def work():
        begun.set()
        may_end.wait(10)

    future = lane.submit(work)
    begun.wait(10)
    deadline = time.monotonic() + 10
    while not lane.has_long_work and time.monotonic() < deadline:
        time.sleep(0.01)
    assert lane.has_long_work
    may_end.set()
    assert future.result(10)
    assert not lane.has_long_work


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


def test_what_is_queued_when_the_gate_closes_never_runs_although_the_gate_opens_again(lane, blocked):
    """It was meant for the collection that was open, and the gate opens again for another one."""
    begun, may_go_on = threading.Event(), threading.Event()
    running = lane.submit(begun.set)
    running.add_done_callback(lambda _: may_go_on.wait(10))  # the lane's thread is slow between two pieces of work
    queued = lane.submit(lambda: None)
    blocked.set()
    assert begun.wait(10)
    closing = threading.Thread(target=lane.close)
    closing.start()
    closing.join(0.2)
    waits_for_the_queue = closing.is_alive()
    may_go_on.set()
    closing.join(10)
    lane.open()
    assert waits_for_the_queue
    assert queued.result(10) is False


def test_work_that_comes_after_the_end_is_refused_and_does_not_wait():
    lane = Lane()
    lane.stop()
    with pytest.raises(CollectionUnavailable):
        run(lane, lambda: None, limit=0.5)


# --- giving way ---


@pytest.fixture
def no_slices(monkeypatch):
    """Work gives way each time it offers to."""
    monkeypatch.setattr("addon.rpc.lane.SLICE_S", 0.0)


class Long:
    """Long work on a lane: its parts, each of which begins when the test says so, and gives way at its end."""

    def __init__(self, lane, name="long", *, reads=False, can_stop=False, done):
        self._lane, self._name, self._can_stop, self._done = lane, name, can_stop, done
        self._steps = queue.SimpleQueue()
        self._pausing = threading.Semaphore(0)
        self.error = None
        self.future = lane.submit(self._work, reads=reads)

    def _work(self):
        try:
            while (part := self._steps.get(timeout=10)) is not None:
                self._done.append(f"{self._name} {part}")
                self._pausing.release()
                self._lane.give_way(can_stop=self._can_stop)
        except CollectionUnavailable as error:
            self.error = error

    def part(self, number):
        """Have it do a part, and go on to the gap behind it."""
        self._steps.put(number)
        assert self._pausing.acquire(timeout=10)

    def end(self):
        self._steps.put(None)
        return self.future.result(10)


def until_waiting(lane, count):
    """Wait until so many pieces of work are in the queue."""
    until(lambda: len(lane._line) == count)


def until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_reads_run_between_the_parts_of_long_work_and_writes_do_not(lane, no_slices):
    done = []
    long = Long(lane, done=done)
    write = lane.submit(lambda: done.append("write"))
    read = lane.submit(lambda: done.append("read"), reads=True)
    long.part(1)
    assert read.result(10)
    long.part(2)
    assert not write.done()
    assert long.end()
    assert write.result(10)
    assert done == ["long 1", "read", "long 2", "write"]


def test_work_keeps_the_turn_for_a_slice(lane):
    done = []
    long = Long(lane, done=done)
    read = lane.submit(lambda: done.append("read"), reads=True)
    lane._slice_end = time.perf_counter() + 60
    long.part(1)
    long.part(2)
    assert not read.done()
    lane._slice_end = 0.0
    long.part(3)
    assert read.result(10)
    assert long.end()
    assert done == ["long 1", "long 2", "long 3", "read"]


def test_work_is_asked_to_give_way_only_if_that_may_do_something(lane):
    asked = []

    def ask():
        asked.append(lane.is_asked_to_give_way())

    def work():
        lane._slice_end = time.perf_counter() + 60
        ask()
        lane.submit(lambda: None)
        ask()
        lane.give_way(can_stop=False)
        ask()
        lane._open = False
        ask()
        lane._open = True
        lane._slice_end = 0.0
        ask()

    run(lane, work)
    assert asked == [False, True, False, True, True]


def test_long_reads_take_turns_with_each_other_and_with_the_long_write(lane, no_slices):
    done = []
    write = Long(lane, "write", done=done)
    first, second = (Long(lane, name, reads=True, done=done) for name in ("first", "second"))
    write.part(1)
    first.part(1)
    second.part(1)
    write.part(2)
    first.part(2)
    second.part(2)
    for long in (write, first, second):
        assert long.end()
    assert done == [f"{name} {part}" for part in (1, 2) for name in ("write", "first", "second")]


def test_reads_that_come_later_do_not_delay_the_work_further(lane, no_slices):
    done = []
    long = Long(lane, done=done)

    def read_and_ask_again():
        done.append("read")
        lane._line.put(_LaneItem(Future(), lambda: done.append("later read"), True, None))

    lane.submit(read_and_ask_again, reads=True)
    long.part(1)
    long.part(2)
    assert done[:3] == ["long 1", "read", "long 2"]
    until_waiting(lane, 0)
    assert long.end()
    assert done == ["long 1", "read", "long 2", "later read"]


def test_reads_that_follow_each_other_do_not_keep_a_write_waiting_for_ever(lane, no_slices):
    done = []
    first = Long(lane, "first", reads=True, done=done)
    first.part(1)
    write = lane.submit(lambda: done.append("write"))
    second = Long(lane, "second", reads=True, done=done)  # the first was there before the write, and lets it begin
    first.part(2)
    second.part(1)
    third = lane.submit(lambda: done.append("third"), reads=True)
    first.end()
    second.part(2)
    second.part(3)
    assert not third.done()
    second.end()
    assert write.result(10)
    assert third.result(10)
    assert done[-2:] == ["write", "third"]


def test_reads_in_gaps_do_not_cost_their_caller_the_turn_of_its_write(lane, no_slices):
    done = []
    long = Long(lane, done=done)
    writes = [lane.submit(lambda owner=owner: done.append(f"write of {owner}"), owner=owner) for owner in "ab"]
    read = lane.submit(lambda: done.append("read of a"), reads=True, owner="a")
    long.part(1)
    assert read.result(10)
    assert long.end()
    assert all(write.result(10) for write in writes)
    assert done == ["long 1", "read of a", "write of a", "write of b"]


def test_the_reads_that_run_in_a_gap_are_those_that_waited_for_it(lane, no_slices):
    done = []
    long = Long(lane, done=done)

    def read_and_ask_again():
        done.append("read of a")
        lane._line.put(_LaneItem(Future(), lambda: done.append("later read of a"), True, "a"))

    lane.submit(read_and_ask_again, reads=True, owner="a")
    lane.submit(lambda: done.append("read of b"), reads=True, owner="b")
    long.part(1)
    long.part(2)
    assert done[:4] == ["long 1", "read of a", "read of b", "long 2"]
    assert long.end()


def test_work_goes_on_if_the_system_has_no_thread_for_the_reads(lane, monkeypatch, no_slices):
    done = []
    long = Long(lane, done=done)
    read = lane.submit(lambda: done.append("read"), reads=True)

    def fail(thread):
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", fail)
        long.part(1)
        long.part(2)
        assert long.end()
    assert read.result(10)
    assert done == ["long 1", "long 2", "read"]


def test_closing_ends_long_work_that_may_be_stopped_and_waits_for_the_other(lane, no_slices):
    done = []
    long = Long(lane, done=done)
    read = Long(lane, "read", reads=True, can_stop=True, done=done)
    long.part(1)
    read.part(1)
    closing = threading.Thread(target=lane.close)
    closing.start()
    until(lambda: not lane._open)
    long.part(2)
    assert closing.is_alive()
    read._steps.put(2)
    assert long.end()
    closing.join(10)
    assert not closing.is_alive()
    assert isinstance(read.error, CollectionUnavailable)
    assert read.future.result(10) is True, "it began, and ended by itself"


def test_closing_wakes_long_work_that_waits_for_a_read_which_no_longer_begins(lane, monkeypatch, no_slices):
    monkeypatch.setattr(lane, "_start_thread", lambda: None)  # the read would begin on another thread, and has none yet
    long = Long(lane, done=[])
    read = lane.submit(lambda: None, reads=True)
    long.part(1)
    until(lambda: lane._paused)
    closing = threading.Thread(target=lane.close, daemon=True)
    closing.start()
    assert long.end()
    closing.join(10)
    assert not closing.is_alive()
    assert read.result(10) is False


def test_work_submitted_while_the_lane_stops_is_told(lane):
    """It has seen the gate open, but the threads have ended when it would be queued."""

    class Late(_Line):
        def put(self, item):
            stopping.start()
            stopping.join(0.1)
            super().put(item)

    stopping = threading.Thread(target=lane.stop)
    lane._line = Late()
    future = lane.submit(lambda: None)
    stopping.join(10)
    assert future.done()


def test_what_work_submits_itself_runs_before_others_read(lane, blocked, no_slices):
    done = []

    def work():
        lane.submit(lambda: done.append("its own"))
        lane.give_way(can_stop=False)
        done.append("work")

    futures = [lane.submit(work), lane.submit(lambda: done.append("read"), reads=True)]
    blocked.set()
    assert [future.result(10) for future in futures] == [True, True]
    assert done == ["its own", "read", "work"]


def test_threads_that_are_not_needed_end(lane, no_slices):
    done = []
    before = threading.active_count()
    longs = [Long(lane, str(number), reads=True, done=done) for number in range(5)]
    for long in longs:
        long.part(1)
    assert threading.active_count() > before
    for long in longs:
        assert long.end()
    lane.submit(lambda: None).result(10)
    until(lambda: threading.active_count() <= before + 1)
    assert len(lane._threads) <= 2


def test_the_end_does_not_wait_for_work_that_was_given_up():
    lane, has_begun, may_end, asked = Lane(), threading.Event(), threading.Event(), []

    def work():
        has_begun.set()
        may_end.wait(10)

    done = lane.submit(work)
    assert has_begun.wait(10)
    lane.stop(lambda: asked.append(1) or len(asked) > 2)
    assert not done.done()
    assert lane.submit(work).result(10) is False
    may_end.set()
    assert done.result(10) is True


def test_the_end_does_not_wait_for_a_thread_without_work_beside_work_that_was_given_up(no_slices):
    lane, submitted, gave_way, may_end = Lane(), threading.Event(), threading.Event(), threading.Event()

    def work():
        submitted.wait(10)
        lane.give_way(can_stop=False)  # to the read, which has a thread of its own
        gave_way.set()
        may_end.wait(10)

    done = lane.submit(work)
    lane.submit(lambda: None, reads=True)
    submitted.set()
    assert gave_way.wait(10)
    queued = lane.submit(lambda: None)
    stopping = threading.Thread(target=lane.stop, args=(lambda: True,))
    stopping.start()
    stopping.join(5)
    assert not stopping.is_alive()
    may_end.set()
    assert (done.result(10), queued.result(10)) == (True, False)
