"""Memory that a large call needed goes back to the system."""

import subprocess
import sys

import pytest
from gateway_process import START, child_environment
from limits import no_more_threads

from addon.headless.memory import MemoryRelease

GROW = """
import random
import sys
from pathlib import Path

from anki.collection import AddNoteRequest

from addon.config import Config
from addon.headless.host import HeadlessHost
from addon.headless.memory import GROWTH_MIB, MemoryRelease, resident_mib

host = HeadlessHost(Path(sys.argv[1]), Config.load({}, {}))
host.open()
release = MemoryRelease()
assert not release.look(), "it has not grown yet"


def add():
    col = host.collection()
    note_type = col.models.by_name("Basic")
    requests = []
    for number in range(20_000):
        note = col.new_note(note_type)
        note.fields = [f"{number} {'front ' * 100}", "back " * 100]
        requests.append(AddNoteRequest(note, 1))
    col.add_notes(requests)


host.lane.submit(add).result()
grown = resident_mib()
assert release.look(), "it has grown"
given_back = grown - resident_mib()
assert given_back > GROWTH_MIB / 3, given_back
assert not release.look(), "what is left is in use"

kept, held = bytearray(2 * GROWTH_MIB * 2**20), bytearray(2 * GROWTH_MIB * 2**20)
assert release.look(), "it has grown again, by what a call holds"
assert not release.look(), "what is left is in use"
del held
assert release.look(), "the call has ended, so there may be more to give back"
assert not release.look(), "what is left is in use"

objects = [(number, None) for number in range(600_000)]
random.shuffle(objects)
grown = resident_mib()
while objects:
    objects.pop()  # the last ones stay in Python's free list, wherever they are
assert release.look(), "it has grown again, by small objects"
assert grown - resident_mib() > GROWTH_MIB / 3
assert host.collection().note_count() == 20_000
assert host.collection().undo_status().undo == "Add Note"
host.close()
"""


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory a process has")
def test_memory_of_a_large_call_is_given_back_once(tmp_path):
    child = subprocess.run(
        [sys.executable, "-c", GROW, tmp_path / "User 1" / "collection.anki2"],
        env=child_environment(),
        timeout=2 * START,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (child.returncode, child.stderr) == (0, "")


def test_without_a_thread_memory_is_kept():
    with no_more_threads("anki-rpc memory"):
        MemoryRelease().start()
