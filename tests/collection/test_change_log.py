"""The log of changes, which events are made from."""

from addon.config import Config
from addon.headless.host import HeadlessHost


def test_nothing_runs_while_the_log_is_made_for_a_collection_that_opens(collection, monkeypatch):
    host = HeadlessHost(collection, Config())
    follower, ran = host.events.follow().ready(), []
    opened = host._session.opened

    def submit_meanwhile(col):
        ran.append(host.lane.submit(lambda: None).result(10))
        opened(col)

    monkeypatch.setattr(host._session, "opened", submit_meanwhile)
    host.open()
    try:
        assert ran == [False]
        assert host.lane.submit(lambda: add_note(host)).result(10)
        assert any(event.name == "notesAdded" for _ in range(3) for event in follower.wait(1))
    finally:
        host.lane.stop()
        host.close()


def add_note(host):
    col = host.collection()
    note = col.new_note(col.models.by_name("Basic"))
    note["Front"] = "new"
    host.changed(col.add_note(note, 1).changes)
