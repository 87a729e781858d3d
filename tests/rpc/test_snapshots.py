"""What is kept for the pages of searches, and for how long."""

from addon.rpc.snapshots import SnapshotLimits, Snapshots


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def kept(snapshots, keys):
    return [snapshots.find(key) is not None for key in keys]


def test_a_snapshot_is_kept_for_a_while_after_its_last_use():
    clock = Clock()
    snapshots = Snapshots(SnapshotLimits(seconds=10), clock)
    key = snapshots.keep("a", "s", "notes", [3, 1, 2])
    clock.now = 9
    assert [*snapshots.find(key).ids] == [3, 1, 2]
    clock.now = 18
    assert snapshots.find(key).owner == "a"
    clock.now = 29
    assert snapshots.find(key) is None
    assert snapshots._kept == {}


def test_any_request_drops_what_is_old_and_the_ids_of_another_collection():
    clock = Clock()
    snapshots = Snapshots(SnapshotLimits(seconds=10), clock)
    old = snapshots.keep("a", "s", "notes", [1])
    clock.now = 9
    new, other = (snapshots.keep("a", session, "notes", [1]) for session in ("s", "before"))
    assert {*snapshots._kept} == {old, new, other}
    clock.now = 11
    snapshots.tidy("s")
    assert {key: [*snapshot.ids] for key, (_, snapshot) in snapshots._kept.items()} == {new: [1], other: []}
    snapshots.clear()
    assert snapshots._kept == {}


def test_a_call_that_asks_for_no_page_frees_the_ids_of_another_collection(gateway):
    kept = gateway.gateway.dispatcher.snapshots._kept
    assert gateway.rpc("findNotesPage", {"query": "", "limit": 1})["result"]["nextCursor"]
    gateway.rpc("version")
    assert [snapshot.size for _, snapshot in kept.values()] == [16]
    gateway.host._session.id = "another"
    gateway.rpc("version")
    assert [snapshot.size for _, snapshot in kept.values()] == [0]


def test_a_caller_loses_its_own_oldest():
    snapshots = Snapshots(SnapshotLimits(of_caller=2))
    other = snapshots.keep("b", "s", "notes", [1])
    keys = [snapshots.keep("a", "s", "notes", [1]) for _ in range(2)]
    snapshots.find(keys[0])
    keys.append(snapshots.keep("a", "s", "notes", [1]))
    assert kept(snapshots, keys) == [True, False, True]
    assert kept(snapshots, [other]) == [True]


def test_the_caller_with_the_most_bytes_loses_and_the_newest_stays():
    snapshots = Snapshots(SnapshotLimits(size=80))
    other = snapshots.keep("b", "s", "notes", [1] * 3)
    keys = [snapshots.keep("a", "s", "notes", [1] * 5) for _ in range(2)]
    assert kept(snapshots, [other, *keys]) == [True, False, True]
    large = snapshots.keep("a", "s", "notes", [1] * 100)
    assert kept(snapshots, [large]) == [True]
    assert len(snapshots._kept) == 1
    small = snapshots.keep("b", "s", "notes", [1])
    assert kept(snapshots, [large, small]) == [False, True]
