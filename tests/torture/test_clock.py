"""A clock that jumps between requests: forward and back, over the end of Anki's day, to before there was Anki."""

import random
import re
import time
from pathlib import Path

import pytest
import seed
from anki.collection import Collection
from gateway_process import ServeProcess
from sizes import size

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn
from addon.rpc.scopes import Scope

from .checks import problems_of

HOUR, DAY = 3600, 86_400
JUMPS = [DAY, -DAY, HOUR, 2 * DAY, -3 * DAY, 365 * DAY, -365 * DAY, 20 * 365 * DAY, -20 * 365 * DAY, -40 * 365 * DAY, 0]
"""Seconds, from the true time on."""
SCHEDULING = {"buryCards", "checkDatabase", "checkMedia", "createBackup", "forgetCards", "gradeNow", "relearnCards"}
SCHEDULING |= {"rebuildFilteredDeck", "setDueDate", "suspend", "unburyCards", "unsuspend", "updateNote"}
CALLS = [
    action
    for action in REGISTRY.listed()
    if action.runs_on is RunsOn.COLLECTION and (action.scope is Scope.READ or action.name in SCHEDULING)
]
LIBRARY = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


class Clock:
    """What the clock of a process says."""

    def __init__(self, folder):
        self.file = folder / "clock"
        self.file.write_text("+0")
        self.environment = {
            "LD_PRELOAD": str(LIBRARY[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set(self, jump):
        """Add so many seconds to the true time, or show always the same moment."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{jump:+d}" if isinstance(jump, int) else jump)
        new.replace(self.file)
        time.sleep(2.1)  # it looks there when its own second is over


@pytest.fixture
def clock(tmp_path):
    if not LIBRARY:
        pytest.skip("libfaketime is not installed (on Debian and Ubuntu the package of that name)")
    return Clock(tmp_path)


@pytest.fixture
def served(fuller_collection, tmp_path, clock):
    path = seed.copy(fuller_collection, tmp_path / "served")
    process = ServeProcess("--collection", path, environment=clock.environment).ready()
    process.collection = path
    yield process
    if process.process.poll() is None:
        process.process.kill()
        process.end()


def post(connection, method, params=None):
    return connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}})


def note(number):
    return {"modelName": "Italian vocab", "deckName": "Italian", "fields": {"Word": f"word {number}"}}


def test_no_jump_breaks_anything_or_closes_a_connection(served, clock, figure):
    count, chance = size("JUMPS", 4, 100), random.Random(4)
    kept, idle = served.connect(), served.connect()
    added, slowest = [], 0.0
    for number in range(count):
        jump = JUMPS[number] if number < len(JUMPS) else chance.choice(JUMPS) + chance.randrange(-DAY, DAY)
        clock.set(jump)
        begin = time.monotonic()
        for item in range(3):
            kept.rpc("addNote", {"note": note(f"{number} {item}")})
            added.append(f"word {number} {item}")
        kept.rpc(
            "answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 3}, {"cardId": seed.UVA_CARD, "ease": 1}]}
        )
        for action in chance.sample(CALLS, 5):
            answer = post(kept, action.name, dict(chance.choice(action.examples).params))
            assert answer.get("error", {}).get("code") != -32603, (jump, action.name, answer)
        assert kept.rpc("findNotes", {"query": "added:1 or rated:1 or prop:due<0"}) is not None
        slowest = max(slowest, time.monotonic() - begin)
        if number % 10 == 9:
            assert idle.rpc("version") == 6  # before it really has been idle for too long
    assert idle.rpc("version") == 6
    clock.set(0)
    kept.close()
    idle.close()
    assert served.stop() == 0
    assert served.err == ""
    col = Collection(str(served.collection))
    try:
        assert [problem for problem in problems_of(col) if "in the future" not in problem] == []
        words = col.db.list("select sfld from notes where sfld like 'word %'")  # the check moves ids of the future
        assert sorted(words) == sorted(added)
    finally:
        col.close()
    figure(f"{count} jumps of the clock: acknowledged notes, lost", f"{len(added)}, 0")
    figure("longest series of 10 calls after a jump", f"{slowest * 1000:.0f} ms")


def test_the_end_of_ankis_day_comes_with_the_clock(served, clock):
    connection = served.connect()
    due = {"query": f"is:due cid:{seed.MELA_CARD}"}
    connection.rpc("setDueDate", {"cards": [seed.MELA_CARD], "days": "1"})
    assert connection.rpc("findCards", due) == []
    clock.set(DAY)
    assert connection.rpc("findCards", due) == [seed.MELA_CARD]  # to go back a day, Anki has to be started again


def test_ids_are_their_own_also_where_time_stands_still(served, clock):
    connection = served.connect()
    clock.set("2030-01-01 12:00:00")
    ids = [connection.rpc("addNote", {"note": note(number)}) for number in range(20)]
    ids += [item["id"] for item in connection.rpc("addNotes", {"notes": [note(f"many {n}") for n in range(20)]})]
    assert len(set(ids)) == 40
    assert {re.match("[0-9]{10}", str(note_id))[0] for note_id in ids} == {"1893499200"}
