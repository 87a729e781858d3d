"""Events of a headless gateway, followed over real sockets."""

import math
import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from events import Stream

from addon.collection import change_log, quiet_statements
from addon.collection.change_log import everything
from addon.http.endpoints.events import HEARTBEAT_S
from addon.rpc.events import Events


@pytest.fixture
def follow(served):
    """Follows the events of the module's gateway, or of another; all streams are closed in the end."""
    streams = []

    def follow(process=served, **headers):
        streams.append(Stream(process.port, **headers))
        return streams[-1]

    yield follow
    for stream in streams:
        stream.close()


def note(word, **more):
    return {"deckName": "Default", "modelName": "Basic", "fields": {"Front": word, "Back": "b"}, **more}


def names(events):
    return [event["method"] for event in events]


def test_notes_are_told_by_their_ids_in_the_order_of_the_writes(served, follow):
    stream, connection = follow(), served.connect()
    assert stream.headers["content-type"] == "text/event-stream"
    added = connection.rpc("addNote", {"note": note("order")})
    assert stream.until("notesAdded") == {"notes": [added]}
    connection.rpc("updateNoteFields", {"note": {"id": added, "fields": {"Back": "changed"}}})
    assert stream.until("notesUpdated") == {"notes": [added]}
    connection.rpc("addTags", {"notes": [added], "tags": "marked"})
    assert stream.until("notesUpdated") == {"notes": [added]}
    connection.rpc("deleteNotes", {"notes": [added]})
    assert stream.until("notesDeleted") == {"notes": [added]}
    connection.rpc("createDeck", {"deck": "order"})
    stream.until("decksChanged")
    numbers = [int(event["id"].rpartition("-")[2]) for event in stream.told]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert all(event["event"] == event["method"] for event in stream.told)
    changed = [event["params"]["kinds"] for event in stream.told if event["method"] == "collectionChanged"]
    kinds = {kind for kinds in changed for kind in kinds}
    assert {"note", "card", "deck"} <= kinds
    connection.close()


def test_many_notes_are_told_in_parts_and_what_came_and_went_is_not(served, follow):
    stream, connection = follow(), served.connect()
    added = connection.rpc("addNotes", {"notes": [note(f"part {number}") for number in range(2500)]})
    told = [stream.until("notesAdded")["notes"] for _ in range(3)]
    assert [len(part) for part in told] == [1000, 1000, 500]
    assert [id for part in told for id in part] == [entry["id"] for entry in added]
    batch = [{"jsonrpc": "2.0", "id": 1, "method": "addNote", "params": {"note": note("gone")}}]
    batch.append({"jsonrpc": "2.0", "id": 2, "method": "removeEmptyNotes"})
    connection.post(batch)
    connection.rpc("createDeck", {"deck": "parts"})
    stream.until("decksChanged")
    connection.close()


def test_answers_are_told_with_their_ease(served, follow):
    stream, connection = follow(), served.connect()
    (card, *_) = connection.rpc("findCards", {"query": "is:new"})
    connection.rpc("answerCards", {"answers": [{"cardId": card, "ease": 3}]})
    assert stream.until("cardsAnswered") == {"answers": [{"card": card, "ease": 3}]}
    connection.close()


def test_a_follower_that_comes_back_is_told_what_it_missed(served, follow):
    stream, connection = follow(), served.connect()
    first = connection.rpc("addNote", {"note": note("before it left")})
    assert stream.until("notesAdded") == {"notes": [first]}
    last = stream.told[-1]["id"]
    stream.close()
    second = connection.rpc("addNote", {"note": note("while it was away")})
    again = follow(Last_Event_ID=last)
    assert again.until("notesAdded") == {"notes": [second]}
    assert "eventsLost" not in names(again.told)
    for unknown in ("0-1", "nonsense", last.rpartition("-")[0] + "-999999", last.rpartition("-")[0] + "-" + "9" * 5000):
        other = follow(Last_Event_ID=unknown)
        assert other.next()["method"] == "eventsLost"
        other.close()
    connection.close()


def test_six_of_one_caller_are_served_and_the_seventh_is_told_to_come_later_and_others_do_not_wait(served, follow):
    connection = served.connect()

    def quickest():
        """Seconds of the quickest of a hundred calls: a busy machine delays some, eight streams would delay all."""
        took = []
        for _ in range(100):
            start = time.perf_counter()
            connection.rpc("deckNames")
            took.append(time.perf_counter() - start)
        return min(took)

    alone = quickest()
    streams = [follow() for _ in range(6)]
    refused = follow()
    assert (refused.status, refused.headers["retry-after"]) == (503, "10")
    with ThreadPoolExecutor(16) as pool:  # as many as the server's threads, beside the streams
        connections = [served.connect() for _ in range(16)]
        assert all(pool.map(lambda one: "Default" in one.rpc("deckNames"), connections))
        for one in connections:
            one.close()
    assert quickest() < 3 * alone
    added = connection.rpc("addNote", {"note": note("for all")})
    assert [stream.until("notesAdded") for stream in streams] == [{"notes": [added]}] * 6
    streams[0].close()
    deadline = time.monotonic() + HEARTBEAT_S
    while (late := follow()).status != 200:  # a client that has gone is noticed before the next heartbeat
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert late.status == 200
    connection.close()


def test_stopping_ends_streams_at_once(serve, collection, follow):
    process = serve("--collection", collection).ready()
    streams = [follow(process) for _ in range(3)]
    start = time.monotonic()
    assert process.stop() == 0
    assert time.monotonic() - start < 5  # seconds that the gateway gives requests that still run
    assert [stream.rest() for stream in streams] == [b""] * 3


def test_who_does_not_read_is_dropped_and_slows_nobody(served, follow):
    lazy = socket.create_connection(("127.0.0.1", served.port))
    lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    lazy.sendall(b"GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    lazy.recv(15)
    stream, connection = follow(), served.connect()
    ids = [entry["id"] for entry in connection.rpc("addNotes", {"notes": [note(f"w {n}") for n in range(1000)]})]
    stream.until("notesAdded")
    for turn in range(30):
        connection.rpc("addTags", {"notes": ids, "tags": f"turn{turn}"})
        assert len(stream.until("notesUpdated")["notes"]) == 1000
    lazy.close()
    connection.close()


def test_an_event_comes_as_quickly_as_the_reply(served, follow):
    stream, connection = follow(), served.connect()
    calls, delays = [], []
    for number in range(50):
        start = time.perf_counter()
        connection.rpc("addNote", {"note": note(f"delay {number}")})
        replied = time.perf_counter()
        stream.until("notesAdded")
        calls.append(replied - start)
        delays.append(time.perf_counter() - replied)
    assert statistics.median(delays) < 3 * statistics.median(calls)
    connection.close()


def test_a_key_and_permission_are_asked_for(serve, collection, tmp_path):
    (tmp_path / "key").write_text("secret")
    port = serve("--collection", collection, "--key-file", tmp_path / "key").ready().port
    for status, headers in [
        (401, {}),
        (401, {"X_API_Key": "wrong"}),
        (403, {"X_API_Key": "secret", "Origin": "https://example.com"}),
        (200, {"Authorization": "Bearer secret"}),
        (200, {"X_API_Key": "secret", "Origin": "http://localhost"}),
    ]:
        stream = Stream(port, **headers)
        assert stream.status == status, headers
        stream.close()


def test_undo_and_redo_are_told_by_ids(open_gateway):
    gateway = open_gateway()
    follower = gateway.host.events.follow().ready()
    added = gateway.rpc("addNote", {"note": note("undone")})["result"]

    def told(name):
        for event in follower.wait(5):
            if event.name == name:
                return event.params["notes"]
        return told(name)

    def on_lane(call):
        done = []
        gateway.lane.submit(lambda: done.append(call())).result(5)
        gateway.host.changed(getattr(done[0], "changes", done[0]))

    assert told("notesAdded") == [added]
    assert gateway.col.undo_status().undo == "Add Note"  # following cost no history
    on_lane(gateway.col.undo)
    assert told("notesDeleted") == [added]
    on_lane(gateway.col.redo)
    assert told("notesAdded") == [added]
    gateway.rpc("updateNoteFields", {"note": {"id": added, "fields": {"Back": "2"}}})
    assert told("notesUpdated") == [added]
    on_lane(gateway.col.undo)
    assert told("notesUpdated") == [added]
    gateway.rpc("deleteNotes", {"notes": [added]})
    assert told("notesDeleted") == [added]
    on_lane(gateway.col.undo)
    assert told("notesAdded") == [added]


def test_following_takes_nothing_from_the_undo_history_and_tells_nothing_of_before(open_gateway):
    gateway = open_gateway()
    gateway.rpc("addNote", {"note": note("before")})
    follower = gateway.host.events.follow().ready()
    assert gateway.col.undo_status().undo == "Add Note"
    added = gateway.rpc("addNote", {"note": note("after")})["result"]
    told = []
    while "notesAdded" not in [event.name for event in told]:
        told += follower.wait(5)
    assert [event.params["notes"] for event in told if event.name == "notesAdded"] == [[added]]


def triggers(gateway):
    return gateway.col.db.list("select name from sqlite_temp_master where type = 'trigger'")


def history(gateway):
    status = gateway.col.undo_status()
    return status.undo, status.redo


def settle(gateway):
    """Wait until what was written is published, too."""
    gateway.lane.submit(lambda: None, reads=True).result(5)


def test_without_followers_nothing_is_logged_and_following_keeps_what_can_be_redone(open_gateway):
    gateway = open_gateway()
    assert triggers(gateway) == []
    for word in ("one", "two"):
        gateway.rpc("addNote", {"note": note(word)})
    gateway.rpc("undo")
    before = history(gateway)
    assert all(before)
    modified = gateway.col.mod
    gateway.col.db.list("select 1")
    gateway.host.events.follow().ready()
    assert len(triggers(gateway)) == 6
    assert (history(gateway), gateway.col.db.scalar("select mod from col")) == (before, modified)
    gateway.rpc("redo")
    assert history(gateway) == ("Add Note", "")


def test_a_while_after_the_last_follower_has_left_the_log_ends_and_missed_events_are_lost(open_gateway, monkeypatch):
    gateway = open_gateway()
    events = gateway.host.events
    one, two = (events.follow().ready() for _ in range(2))
    gateway.rpc("addNote", {"note": note("followed")})
    settle(gateway)
    last = one.wait(5)[-1].id
    one.leave()
    one.leave()  # once is enough
    monkeypatch.setattr(change_log, "KEPT_S", 0.0)
    gateway.rpc("addNote", {"note": note("followed by one")})
    settle(gateway)
    assert "notesAdded" in [event.name for event in two.wait(5)]
    assert len(triggers(gateway)) == 6
    two.leave()
    gateway.rpc("addNote", {"note": note("the last that is logged")})
    settle(gateway)
    gateway.rpc("undo")
    settle(gateway)
    assert triggers(gateway) == []
    assert all(history(gateway))
    gateway.rpc("redo")
    again = events.follow(last).ready()
    assert [event.name for event in again.wait(5)] == ["eventsLost"]
    added = gateway.rpc("addNote", {"note": note("followed again")})["result"]
    assert [event.params["notes"] for event in again.wait(5) if event.name == "notesAdded"] == [[added]]


def test_following_spares_the_temporary_tables_of_others(open_gateway):
    gateway = open_gateway()
    gateway.col.db.execute("create temp table of_another_addon (id)")
    gateway.host.events.follow().ready()
    assert gateway.col.db.scalar("select count() from of_another_addon") == 0


def test_a_collection_opened_while_nobody_follows_is_logged_once_somebody_does(open_gateway):
    gateway = open_gateway()
    events = gateway.host.events
    events.follow().ready()
    gateway.lane.submit(gateway.host._changes.opened).result(5)  # as after each sync
    follower = events.follow().ready()
    added = gateway.rpc("addNote", {"note": note("after a sync")})["result"]
    told = follower.wait(5)
    assert [event.params["notes"] for event in told if event.name == "notesAdded"] == [[added]]
    assert "collectionReplaced" not in [event.name for event in told]


def test_an_anki_without_quiet_statements_logs_from_the_start(open_gateway, monkeypatch):
    monkeypatch.setattr(quiet_statements, "_known", [])
    monkeypatch.setattr(quiet_statements, "_next_search", [math.inf])
    monkeypatch.setattr(change_log, "KEPT_S", 0.0)
    gateway = open_gateway()
    assert len(triggers(gateway)) == 6
    gateway.rpc("addNote", {"note": note("before")})
    gateway.rpc("undo")
    before = history(gateway)
    follower = gateway.host.events.follow().ready()
    gateway.lane.submit(gateway.host._changes.opened).result(5)
    assert history(gateway) == before
    gateway.rpc("redo")
    settle(gateway)
    assert "notesAdded" in [event.name for event in follower.wait(5)]
    follower.leave()
    gateway.rpc("addNote", {"note": note("alone")})
    settle(gateway)
    assert (len(triggers(gateway)), history(gateway)) == (6, ("Add Note", ""))


def test_the_call_for_quiet_statements_is_found_in_this_anki_and_nothing_else_is_taken_for_it(gateway, monkeypatch):
    assert quiet_statements.quiet_statements(gateway.col) is not None
    monkeypatch.setattr(quiet_statements, "_known", [])
    monkeypatch.setattr(quiet_statements, "_next_search", [0.0])
    monkeypatch.setattr(quiet_statements, "_left_out", lambda: [0, 1, 31, 99])
    assert quiet_statements.quiet_statements(gateway.col) is None


def test_a_sync_is_told_after_what_was_written_before_it(open_gateway):
    gateway = open_gateway()
    follower = gateway.host.events.follow().ready()
    release = threading.Event()
    gateway.lane.submit(lambda: (gateway.host.changed(everything()), release.wait(5)))
    answer = gateway.host.sync(None, None, wait_for_media=False)
    release.set()
    assert answer.exception(5) is not None  # nobody is logged in
    gateway.lane.submit(lambda: None).result(5)
    told = [event.name for event in follower.wait(5)]
    assert told.index("collectionChanged") < told.index("syncStarted") < told.index("syncFinished")


def test_the_collection_keeps_nothing_of_the_log(open_gateway, tmp_path):
    gateway = open_gateway()
    gateway.host.events.follow().ready()
    gateway.rpc("addNote", {"note": note("kept")})
    assert gateway.col.db.scalar("select count() from sqlite_temp_master") > 0
    assert gateway.col.db.list("select name from sqlite_master where name like 'anki_rpc%'") == []
    problems, is_sound = gateway.col.fix_integrity()
    assert is_sound, problems


def test_a_log_that_was_not_read_in_time_is_told_as_lost(open_gateway):
    gateway = open_gateway()
    follower = gateway.host.events.follow().ready()
    gateway.lane.submit(lambda: setattr(gateway.host._changes, "_read", -5)).result(5)
    gateway.rpc("addNote", {"note": note("late")})
    assert "collectionReplaced" in [event.name for event in follower.wait(5)]


def test_a_ring_that_overtakes_its_follower_says_so():
    events = Events(size=10)
    follower = events.follow()
    for number in range(11):
        events.publish("collectionChanged", {"number": number})
    assert [event.name for event in follower.wait(1)] == ["eventsLost"]
    assert follower.wait(0) == []
    events.publish("collectionChanged", {})
    assert len(follower.wait(1)) == 1
    threading.Timer(0.05, follower.end).start()
    assert follower.wait(5) is None


def test_an_id_that_was_never_told_has_everything_read_afresh():
    events = Events()
    for number in range(3):
        events.publish("collectionChanged", {"number": number})
    run, _, _ = events.follow("").wait(0)[0].id.rpartition("-")
    assert [event.params["number"] for event in events.follow(f"{run}-1").wait(0)] == [1, 2]
    unknown = ["4", "-1", "1x", "\N{SUPERSCRIPT TWO}", "0" * 20 + "9", "0" * 5000, ""]
    for last_id in ("", "1", "another-1", *(f"{run}-{number}" for number in unknown)):
        assert [event.name for event in events.follow(last_id).wait(0)] == ["eventsLost"]


def test_the_body_of_a_head_is_empty(served):
    connection = served.connect()
    connection.http.request("HEAD", "/events")
    response = connection.http.getresponse()
    assert (response.status, response.read()) == (200, b"")
    connection.close()
