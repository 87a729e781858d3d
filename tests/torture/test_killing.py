"""A gateway that is killed in the middle of writing: what it acknowledged is there, and nothing is half done."""

import contextlib
import copy
import http.client
import random
import shutil
import threading
import time
from collections import Counter

import pytest
import seed
from anki.collection import Collection
from local_gateway import LocalGateway
from sizes import size

from addon.actions import REGISTRY
from addon.actions.note.writing import NOTES_PER_CHUNK
from addon.rpc.executor import RunsOn

from .checks import problems_of
from .digest import digest, media
from .forks import Forks

WAIT = 20.0
GONE = (OSError, EOFError, ValueError, http.client.HTTPException)
TOGETHER = 4
"""Calls in a round."""
ELSEWHERE = {
    *("exportCollection", "importCollection", "multi", "restoreBackup", "sync", "syncLogin", "syncLogout"),
    *("addProfile", "renameProfile", "deleteProfile"),
}
"""They are killed in other tests."""
WRITING = [
    action
    for action in REGISTRY.listed()
    if action.writes and action.runs_on is not RunsOn.GUI and action.name not in ELSEWHERE
]


def call_of(action, chance):
    """A call that writes: one of the action's examples, really done."""
    params = copy.deepcopy(dict(chance.choice(action.examples).params))
    if "dryRun" in params:
        params["dryRun"] = False
    if action.name == "storeMediaFile":
        params["data"] = "Y2lh" * chance.choice([1, 10**6])
    return action.name, params


class Expected:
    """What a collection holds after each of some calls, found out on a copy."""

    def __init__(self, path, calls):
        gateway = LocalGateway(path)
        self.states, self.media, self.replies, self.seconds = [digest(gateway.col)], [media(gateway.col)], [], []
        for method, params in calls:
            begin = time.perf_counter()
            self.replies.append("error" in gateway.rpc(method, params))
            self.seconds.append(time.perf_counter() - begin)
            self.states.append(digest(gateway.col))
            self.media.append(media(gateway.col))
        gateway.close()


@pytest.fixture(scope="module")
def forks():
    with Forks() as forks:
        yield forks


def test_every_writing_action(fuller_collection, tmp_path, forks, figure):
    rounds, chance = size("KILLS", 8, 1000), random.Random(9)
    waiting, answered, unanswered = [], 0, 0
    begin = time.monotonic()
    for number in range(4 * rounds):
        if number >= rounds and answered > rounds / 2:  # a slow machine may answer less before each kill
            break
        if len(waiting) < TOGETHER:
            waiting += chance.sample(WRITING, len(WRITING))
        calls = [call_of(waiting.pop(), chance) for _ in range(TOGETHER)]
        done = is_one_state_or_the_next(fuller_collection, tmp_path / str(number), forks, calls, chance)
        answered += done
        unanswered += done < TOGETHER
    assert answered > rounds / 2
    figure(
        f"{number} times killed in the middle of {len(WRITING)} writing actions: acknowledged calls, lost, half done",
        f"{answered}, 0, 0",
    )
    figure(
        "of these rounds killed before the last call was answered", f"{unanswered}, in {time.monotonic() - begin:.0f} s"
    )


SEVERAL = [
    ("updateNoteModel", {"note": {"id": seed.MELA, "modelName": "Basic", "fields": {"Front": "x"}, "tags": ["y"]}}),
    ("changeDeck", {"cards": [seed.MELA_CARD], "deck": "One more"}),
    ("replaceTags", {"notes": [seed.MELA], "tag_to_replace": "A1", "replace_with_tag": "level B2 C3"}),
    ("setDeckPreset", {"decks": ["Italian", "Italian::A1", "Default"], "preset": "Other"}),
    ("setDeckLimits", {"decks": ["Italian", "Italian::A1", "Default"], "newCards": 5, "reviewsToday": 7}),
    ("raiseTodaysLimits", {"decks": ["Italian", "Italian::A1", "Default"], "newCards": 5, "reviews": 7}),
    ("moveDecks", {"decks": ["Default", "Italian::A"], "parent": "Italian::A1"}),
    (
        "findAndReplaceInModels",
        {"modelName": None, "findText": "arial", "replaceText": "x", "front": True, "back": True, "css": True},
    ),
]
"""Calls that write in several steps."""


@pytest.mark.parametrize("call", SEVERAL, ids=[method for method, _ in SEVERAL])
def test_a_call_that_writes_in_several_steps(fuller_collection, tmp_path, forks, call, figure):
    rounds, chance = size("KILLS_IN_STEPS", 2, 60), random.Random(9)
    before = [("cloneDeckConfigId", {"name": "Other", "cloneFrom": 1}), ("createDeck", {"deck": "Italian::A"})]
    done = [
        is_one_state_or_the_next(fuller_collection, tmp_path / str(number), forks, [*before, call], chance)
        for number in range(rounds)
    ]
    figure(f"{rounds} times killed in the middle of {call[0]}: answered, half done", f"{done.count(2)}, 0")


def is_one_state_or_the_next(source, folder, forks, calls, chance):
    """Kill a gateway in the middle of some calls, and compare; returns how many were answered."""
    expected = Expected(seed.copy(source, folder / "expected"), calls)
    path = seed.copy(source, folder / "killed")
    done = kill_while(forks.serve(path), calls, chance.uniform(0, 2 * sum(expected.seconds)))
    assert done == expected.replies[: len(done)], (calls, done)
    col = Collection(str(path))
    try:
        assert digest(col) in expected.states[len(done) : len(done) + 2], (calls, done)
        is_media_of(media(col), *expected.media[len(done) : len(done) + 2])
        assert problems_of(col) == [], calls
    finally:
        col.close()
    shutil.rmtree(folder)
    return len(done)


def is_media_of(found, before, after=None):
    """Files are those of one state or the next; one that Anki was writing may be cut short, as it writes in place."""
    before, after = dict(before), dict(before if after is None else after)
    for name, length in found:
        assert length == before.get(name) or length <= after.get(name, -1), name
    assert {name for name in before if before[name] == after.get(name)} <= {name for name, _ in found}


def kill_while(fork, calls, seconds):
    """Kill a gateway so many seconds after the first of some calls; returns of those answered, which by an error."""
    connection = fork.connect()
    connection.rpc("version")
    killer = threading.Timer(seconds, fork.kill)
    killer.start()
    done = []
    with contextlib.suppress(*GONE):
        for method, params in calls:
            answer = connection.post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
            done.append("error" in answer)
    killer.join(WAIT)
    connection.close()
    assert "Traceback" not in fork.said, fork.said
    return done


def note(word, marker):
    fields = {"Word": word, "Meaning": marker}
    return {"modelName": "Italian vocab", "deckName": "Italian::A1", "fields": fields}


def test_many_clients_at_once(collection, forks, figure):
    rounds, chunk, chance = size("KILLS_OF_MANY", 3, 50), 40, random.Random(9)
    singles, chunks = [], []  # ids that were acknowledged
    for count in range(rounds):
        fork = forks.serve(collection)
        writing = threading.Event()

        def client(index, fork=fork, count=count, writing=writing):
            with contextlib.suppress(*GONE):
                connection = fork.connect()
                for number in range(10**6):
                    marker = f"round{count} client{index} call{number}"
                    if index % 2:
                        singles.append(connection.rpc("addNote", {"note": note(marker, "single")}))
                    else:
                        notes = [note(f"{marker} {item}", marker) for item in range(chunk)]
                        chunks.append(connection.legacy("addNotes", notes=notes))
                    writing.set()

        clients = [threading.Thread(target=client, args=(index,), daemon=True) for index in range(4)]
        for each in clients:
            each.start()
        assert writing.wait(WAIT)
        time.sleep(chance.uniform(0.02, 0.2))
        fork.kill()
        for each in clients:
            each.join(WAIT)
            assert not each.is_alive()
        assert "Traceback" not in fork.said, fork.said
    col = Collection(str(collection))
    try:
        stored = set(col.db.list("select id from notes"))
        acknowledged = [*singles, *(note_id for ids in chunks for note_id in ids)]
        assert len(set(acknowledged)) == len(acknowledged)
        assert set(acknowledged) <= stored
        markers = Counter(flds.partition("\x1f")[2] for flds in col.db.list("select flds from notes"))
        marked = {marker: count for marker, count in markers.items() if marker.startswith("round")}
        assert set(marked.values()) == {chunk}
        assert len(marked) - len(chunks) in range(2 * rounds + 1)  # written, and killed before the answer
        assert problems_of(col) == []
    finally:
        col.close()
    figure(f"{rounds} times killed while 4 clients add notes: acknowledged notes, lost", f"{len(acknowledged)}, 0")


def test_a_call_of_many_items_is_written_in_whole_chunks(collection, tmp_path, forks, figure):
    rounds, many, chance = size("KILLS_IN_CHUNKS", 2, 40), 10 * NOTES_PER_CHUNK + 500, random.Random(9)
    notes = [note(f"word {number}", "chunk") for number in range(many)]

    def added(number, seconds):
        """How many notes are there if they are added and the gateway is killed after so long; and when it was over."""
        path = tmp_path / f"{number}" / "collection.anki2"
        shutil.copytree(collection.parent, path.parent)
        fork = forks.serve(path)
        connection = fork.connect()
        connection.rpc("version")
        killer = threading.Timer(seconds, fork.kill)
        killer.start()
        begin = time.perf_counter()
        with contextlib.suppress(*GONE):
            connection.rpc("addNotes", {"notes": notes})
        taken = time.perf_counter() - begin
        killer.join(WAIT)
        connection.close()
        col = Collection(str(path))
        found = col.db.scalar("select count() from notes where flds like '%chunk'")
        assert problems_of(col) == []
        col.close()
        shutil.rmtree(path.parent)
        return found, taken

    whole, taken = added("whole", WAIT)
    assert whole == many
    found = Counter(added(number, chance.uniform(0.2, 1.1) * taken)[0] for number in range(rounds))
    assert [count for count in found if count % NOTES_PER_CHUNK and count != many] == []
    figure(
        f"{rounds} times killed while {many} notes are added: found after it, and how often",
        dict(sorted(found.items())),
    )
