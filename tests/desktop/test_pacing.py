"""When Anki's windows are refreshed, with a clock of the test's own."""

from __future__ import annotations

from itertools import pairwise

import pytest

from addon.desktop.pacing import FIRST_DELAY_S, LONGEST_PAUSE_S, Pacing

STEP_S = 0.001


class Writes:
    """A program that writes at the given seconds, and a window whose refreshes take `cost` seconds."""

    def __init__(self, writes: list[float], cost: float) -> None:
        self.refreshes: list[float] = []
        """When each refresh has begun."""
        self.time = 0.0
        pacing = Pacing(lambda: self.time)
        waiting = planned = False
        while writes or waiting or pacing.is_running:
            if pacing.is_running and self.time >= self.refreshes[-1] + cost:
                pacing.end()
            if writes and self.time >= writes[0]:
                writes.pop(0)
                pacing.changed()
                waiting = True
            if waiting and not planned and not pacing.is_running:
                pacing.plan(is_urgent=False)
                planned = True
            if planned and pacing.delay() <= 0:
                pacing.begin()
                self.refreshes.append(self.time)
                waiting = planned = False
            self.time += STEP_S


def every(interval: float, seconds: float) -> list[float]:
    return [index * interval for index in range(int(seconds / interval))]


def test_a_single_write_shows_within_half_a_second() -> None:
    assert Writes([0.0], cost=0.25).refreshes == [pytest.approx(FIRST_DELAY_S, abs=2 * STEP_S)]
    assert FIRST_DELAY_S + 0.25 < 0.5


@pytest.mark.parametrize("pause", [0.8, 1.0, 2.0])
def test_the_first_write_after_a_pause_shows_as_early_however_long_a_refresh_takes(pause: float) -> None:
    refreshes = Writes([0.0, 0.01, pause + 0.01, pause + 0.02], cost=0.4).refreshes
    assert refreshes == [pytest.approx(begun + FIRST_DELAY_S, abs=3 * STEP_S) for begun in (0.0, pause + 0.01)]


def test_a_short_burst_ends_before_its_only_refresh() -> None:
    (refresh,) = Writes(every(0.005, 0.2), cost=0.1).refreshes
    assert refresh > 0.2


@pytest.mark.parametrize("cost", [0.005, 0.02, 0.1, 0.4])
@pytest.mark.parametrize("interval", [0.002, 0.05, 0.3])
def test_refreshes_take_at_most_a_tenth_of_the_time_while_writes_keep_coming(cost: float, interval: float) -> None:
    last = every(interval, 30)[-1]
    during = [begun for begun in Writes(every(interval, 30), cost).refreshes if begun < last]
    periods = [later - earlier for earlier, later in pairwise(during)]
    assert len(during) >= 5
    assert min(periods) >= cost * 10 - 2 * STEP_S


@pytest.mark.parametrize("cost", [0.005, 0.02, 0.1, 0.25])
@pytest.mark.parametrize("seconds", [0.26, 0.3, 0.5, 1.0, 1.2, 2.7])
def test_the_last_write_shows_within_a_second_of_the_burst(cost: float, seconds: float) -> None:
    writes = every(0.01, seconds)
    last = writes[-1]
    shown = [begun + cost for begun in Writes(writes, cost).refreshes if begun >= last]
    assert len(shown) == 1
    assert shown[0] <= last + 1


def test_work_of_anki_that_looks_like_a_long_refresh_delays_the_next_one_by_seconds_only() -> None:
    time = 0.0
    pacing = Pacing(lambda: time)
    pacing.begin()
    time = 60.0
    pacing.end()
    pacing.changed()
    pacing.plan(is_urgent=False)
    time += LONGEST_PAUSE_S
    pacing.changed()
    assert pacing.delay() <= 0


def test_overlapping_refreshes_count_as_one() -> None:
    time = 0.0
    pacing = Pacing(lambda: time)
    pacing.begin()
    pacing.begin()
    time = 0.1
    pacing.end()
    assert pacing.is_running
    time = 0.2
    pacing.end()
    assert not pacing.is_running
    pacing.plan(is_urgent=False)
    time = 1.9
    pacing.changed()
    assert pacing.delay() == pytest.approx(0.1)


def test_an_urgent_change_shows_at_once_but_five_times_a_second_at_most() -> None:
    time = 100.0
    pacing = Pacing(lambda: time)
    pacing.changed()
    pacing.plan(is_urgent=True)
    assert pacing.delay() <= 0
    pacing.begin()
    time += 0.1
    pacing.end()
    pacing.changed()
    pacing.plan(is_urgent=True)
    assert pacing.delay() == pytest.approx(FIRST_DELAY_S)


def test_only_the_first_refresh_of_a_burst_has_no_pause_before():
    now = 0.0
    pacing = Pacing(lambda: now)
    for now in (0.0, 0.1, 0.2, 0.21):
        if now == 0.1:  # a timer may be early
            pacing.begin()
        elif now == 0.2:
            pacing.end()
        else:
            pacing.changed()
            pacing.plan(is_urgent=False)
    assert pacing.delay() > 2 * FIRST_DELAY_S
