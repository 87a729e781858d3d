"""Operations of a headless gateway: started by both protocols, followed, cancelled, and asked for afterwards."""

import json
import threading
import time

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions, Progress
from events import Stream
from limits import no_more_threads
from sizes import for_rows
from study import studied

from addon.actions import REGISTRY
from addon.collection.progress import progress
from addon.rpc import executor
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.errors import Busy, CollectionUnavailable, GuiUnavailable, NotFound
from addon.rpc.operations import BackgroundOperation, OperationLimits, Operations, ProgressReport, State
from addon.rpc.scopes import Scope

WAIT = 20.0
ENDED = {"done", "failed", "cancelled"}


def operation_of(method, owner):
    action = REGISTRY[method]
    is_sync = action.scope is Scope.SYNC
    return BackgroundOperation(method, owner, is_cancellable=action.cancellable, is_sync=is_sync)


def notes(count, word="word"):
    note = {"deckName": "Default", "modelName": "Basic"}
    return [{**note, "fields": {"Front": f"{word} {number}", "Back": "b"}} for number in range(count)]


def call(gateway, method, params=None, **headers):
    response = gateway.rpc(method, params or {}, **headers)
    assert "error" not in response, response
    return response["result"]


def start(gateway, method, params=None, **headers):
    return call(gateway, "startOperation", {"method": method, "params": params or {}}, **headers)["id"]


def ended(gateway, id, **headers):
    """What the operation is when it has ended."""
    deadline = time.monotonic() + WAIT
    while (answer := call(gateway, "getOperation", {"id": id}, **headers))["state"] not in ENDED:
        assert time.monotonic() < deadline, answer
        time.sleep(0.01)
    return answer


def until(condition):
    deadline = time.monotonic() + WAIT
    while not (value := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.002)
    return value


class Hold:
    """Keeps the lane busy from its making to `release`."""

    def __init__(self, gateway):
        began, self._end = threading.Event(), threading.Event()

        def work():
            began.set()
            self._end.wait(WAIT)

        gateway.lane.submit(work)
        assert began.wait(WAIT)

    def release(self):
        self._end.set()


@pytest.fixture
def hold(gateway):
    held = Hold(gateway)
    yield held
    held.release()


def test_a_handle_is_there_at_once_and_the_result_when_it_is_done(gateway, hold):
    handle = call(gateway, "startOperation", {"method": "addNotes", "params": {"notes": notes(2)}})
    assert (handle["state"], handle["result"], handle["ended"], handle["own"]) == ("queued", None, None, True)
    assert call(gateway, "listOperations") == [{k: v for k, v in handle.items() if k not in ("result", "error")}]
    hold.release()
    answer = ended(gateway, handle["id"])
    assert (answer["state"], answer["error"], answer["progress"]) == (
        "done",
        None,
        {"done": 2, "total": 2, "text": None},
    )
    ids = [entry["id"] for entry in answer["result"]]
    assert gateway.col.find_notes("word") == ids
    assert answer["ended"] >= answer["created"]
    assert gateway.col.undo_status().undo == "Add 2 notes"


def test_the_old_protocol_starts_and_asks_too(gateway):
    reply = gateway.legacy("startOperation", method="createDeck", params={"deck": "Latin"})
    assert reply["error"] is None
    answer = ended(gateway, reply["result"]["id"])
    assert gateway.legacy("getOperation", id=answer["id"])["result"] == answer
    assert answer["result"] == {"deckId": gateway.col.decks.id_for_name("Latin"), "name": "Latin"}
    assert gateway.legacy("startOperation", method="createDeck")["error"]
    assert gateway.legacy("getOperation", id="none") == {
        "result": None,
        "error": "operation was not found (or is no longer kept): none",
    }


@for_rows(
    ("method", "params", "kind", "message"),
    [
        ("noSuchThing", {}, "method_not_found", "noSuchThing"),
        ("addNotes", {"notes": [{"deckName": 1}]}, "invalid_params", "params.notes.0.modelName"),
        ("addNotes", {"notes": [], "more": 1}, "invalid_params", "params.more"),
        ("createDeck", ["a", "b"], "invalid_params", "Invalid params: params: 2 values were given"),
        ("multi", {"actions": []}, "refused", "multi"),
        ("startOperation", {"method": "version"}, "refused", "startOperation"),
        ("guiBrowse", {}, "refused", "guiBrowse"),
        ("requestPermission", {}, "refused", "requestPermission"),
    ],
)
def test_what_is_wrong_with_the_call_is_told_instead_of_a_handle(gateway, method, params, kind, message):
    error = gateway.rpc("startOperation", {"method": method, "params": params})["error"]
    assert error["data"]["kind"] == kind
    assert message in error["message"]
    assert call(gateway, "listOperations") == []


def test_params_go_by_position_too(gateway):
    assert ended(gateway, start(gateway, "createDeck", ["Latin"]))["state"] == "done"


def test_what_the_call_finds_is_the_outcome_of_the_operation(gateway):
    answer = ended(gateway, start(gateway, "importPackage", {"path": "nothing.apkg"}))
    assert (answer["state"], answer["result"], answer["error"]["data"]["kind"]) == ("failed", None, "file_problem")
    note = {**notes(1)[0], "picture": [{"filename": "a.png", "url": "http://127.0.0.1:9/a", "fields": ["Back"]}]}
    answer = ended(gateway, start(gateway, "addNote", {"note": note}))
    assert (answer["state"], answer["error"]["data"]["kind"]) == ("failed", "download_failed")


def test_a_big_addition_tells_its_progress_and_is_one_step(gateway, small_chunks):
    follower = gateway.host.events.follow().ready()
    id = start(gateway, "addNotes", {"notes": notes(220)})
    answer = ended(gateway, id)
    assert answer["progress"] == {"done": 220, "total": 220, "text": None}
    assert all(entry["error"] is None for entry in answer["result"])
    events = [event.params for event in follower.wait(1) if event.name == "operationChanged"]
    assert [event["state"] for event in events][:2] == ["queued", "running"]
    assert events[-1] == {"id": id, "method": "addNotes", "state": "done", "progress": answer["progress"]}
    done = [event["progress"]["done"] for event in events if event["progress"]]
    assert done == sorted(done)
    assert gateway.col.undo_status().undo == "Add notes"
    gateway.col.undo()
    assert gateway.col.find_notes("word") == []


def test_a_big_addition_that_is_cancelled_keeps_whole_chunks_and_tells_which(gateway, hold_chunk):
    reached, go_on = hold_chunk
    id = start(gateway, "addNotes", {"notes": notes(240)})
    assert reached.wait(WAIT)
    assert until(lambda: call(gateway, "getOperation", {"id": id})["progress"]) == {
        "done": 100,
        "total": 240,
        "text": None,
    }
    answer = call(gateway, "cancelOperation", {"id": id})
    assert (answer["state"], answer["cancellable"]) == ("running", True)
    go_on.set()
    answer = ended(gateway, id)
    assert (answer["state"], answer["progress"]["done"]) == ("cancelled", 200)
    assert answer["error"] == {"code": 506, "message": "it was cancelled", "data": {"kind": "cancelled"}}
    added = [entry["id"] for entry in answer["result"] if entry["error"] is None]
    assert sorted(added) == sorted(gateway.col.find_notes("word"))
    assert [len(added), len(answer["result"])] == [200, 240]
    last = answer["result"][-1]
    assert (last["id"], last["error"]["data"]) == (None, {"kind": "cancelled", "index": 239})
    assert gateway.col.undo_status().undo == "Add notes"  # it must not claim all of them
    gateway.col.undo()
    assert gateway.col.find_notes("word") == []
    assert call(gateway, "cancelOperation", {"id": id})["state"] == "cancelled"  # once more changes nothing


@pytest.mark.parametrize("method", ["updateNotes", "upsertNotes"])
def test_writing_into_many_notes_is_cancelled_between_chunks(gateway, small_chunks, method):
    added = [entry["id"] for entry in call(gateway, "addNotes", {"notes": notes(240)})]
    if method == "updateNotes":
        params = {"notes": [{"id": id, "fields": {"Back": "new"}} for id in added]}
    else:
        params = {"notes": [{**note, "fields": {**note["fields"], "Back": "new"}} for note in notes(260)]}
    hold = Hold(gateway)
    operation = gateway.gateway.operations.find(start(gateway, method, params))
    go_on = operation.checkpoint

    def stop_after_the_first(done, total):
        if done == 100:
            operation.cancel("it was cancelled")
        return go_on(done, total)

    operation.checkpoint = stop_after_the_first
    hold.release()
    answer = ended(gateway, operation.id)
    assert (answer["state"], answer["progress"]["done"]) == ("cancelled", 100)
    written = [entry["id"] for entry in answer["result"] if entry.get("changed") or entry.get("outcome") == "updated"]
    assert sorted(written) == sorted(gateway.col.find_notes("Back:new"))
    assert len(written) == 100
    assert gateway.col.undo_status().undo == {"updateNotes": "Update notes", "upsertNotes": "Write notes"}[method]
    kinds = {entry["error"]["data"]["kind"] for entry in answer["result"] if entry["error"]}
    assert kinds == {"cancelled"}


def test_replacing_in_many_notes_is_cancelled_between_chunks_and_says_how_many_were_changed(gateway, small_chunks):
    call(gateway, "addNotes", {"notes": notes(240)})
    hold = Hold(gateway)
    params = {"findText": "word", "replaceText": "text", "query": "word"}
    operation = gateway.gateway.operations.find(start(gateway, "findAndReplaceInNotes", params))
    go_on = operation.checkpoint

    def stop_after_the_first(done, total):
        if done == 100:
            operation.cancel("it was cancelled")
        return go_on(done, total)

    operation.checkpoint = stop_after_the_first
    hold.release()
    answer = ended(gateway, operation.id)
    assert (answer["state"], answer["progress"]["done"], answer["result"]) == ("cancelled", 100, 100)
    assert len(gateway.col.find_notes("text")) == 100
    assert gateway.col.undo_status().undo == "Find and Replace"
    gateway.col.undo()
    assert gateway.col.find_notes("text") == []


def test_deleting_many_notes_tells_its_progress_and_is_one_step(gateway, small_chunks):
    added = [entry["id"] for entry in call(gateway, "addNotes", {"notes": notes(220)})]
    answer = ended(gateway, start(gateway, "deleteNotes", {"notes": added}))
    assert (answer["state"], answer["progress"]["done"]) == ("done", 220)
    assert gateway.col.find_notes("word") == []
    gateway.col.undo()
    assert len(gateway.col.find_notes("word")) == 220


def test_others_read_between_the_chunks_and_who_writes_comes_afterwards(gateway, hold_chunk):
    reached, go_on = hold_chunk
    id = start(gateway, "addNotes", {"notes": notes(240)})
    assert reached.wait(WAIT)
    found, made = [], []
    reader = threading.Thread(target=lambda: found.append(len(call(gateway, "findNotes", {"query": "word"}))))
    writer = threading.Thread(
        target=lambda: made.append(
            (call(gateway, "createDeck", {"deck": "Latin"}), len(gateway.col.find_notes("word")))
        )
    )
    for thread in (writer, reader):
        thread.start()
    until(lambda: len(gateway.lane._line) == 2)
    go_on.set()
    assert ended(gateway, id)["state"] == "done"
    for thread in (writer, reader):
        thread.join(WAIT)
    assert found == [200]
    assert made[0][1] == 240
    gateway.col.undo()
    assert gateway.col.undo_status().undo == "Add notes"


def test_a_gate_that_closes_does_not_wait_for_all_chunks(gateway, hold_chunk):
    reached, go_on = hold_chunk
    id = start(gateway, "addNotes", {"notes": notes(400)})
    assert reached.wait(WAIT)
    closing = threading.Thread(target=gateway.lane.close)
    closing.start()
    until(lambda: not gateway.lane._open)
    go_on.set()
    closing.join(WAIT)
    answer = ended(gateway, id)
    assert (answer["state"], answer["error"]["data"]["kind"]) == ("failed", "collection_unavailable")
    assert answer["progress"]["done"] == 200
    assert len(gateway.col.find_notes("word")) == 200
    gateway.lane.open()
    assert call(gateway, "findNotes", {"query": "word"})


def test_an_operation_that_finds_the_collection_closed_after_others_have_read_was_cancelled(gateway, hold_chunk):
    reached, go_on = hold_chunk
    id = start(gateway, "addNotes", {"notes": notes(400)})
    assert reached.wait(WAIT)
    reading, read = threading.Event(), threading.Event()
    gateway.lane.submit(lambda: (reading.set(), read.wait(WAIT)), reads=True)
    go_on.set()
    assert reading.wait(WAIT)
    gateway.gateway.operations.stop("the collection is being closed")
    closing = threading.Thread(target=gateway.lane.close)
    closing.start()
    until(lambda: not gateway.lane._open)
    read.set()
    closing.join(WAIT)
    answer = ended(gateway, id)
    assert (answer["state"], answer["error"]["message"]) == ("cancelled", "the collection is being closed")
    assert (answer["progress"]["done"], len(gateway.col.find_notes("word"))) == (200, 200)


@pytest.mark.parametrize("error", [CollectionUnavailable(), GuiUnavailable("Anki is quitting.")])
def test_an_operation_that_cannot_be_cancelled_and_finds_all_closed_was_cancelled_too(open_gateway, error):
    operation = operation_of("createBackup", "owner")
    operations = Operations(open_gateway().host)
    closed = threading.Event()

    def work(operation):
        assert operation.begin(None, lambda: None)
        assert closed.wait(WAIT)
        return {"error": error.to_object()}

    operations.start(operation, work)
    until(lambda: operation.state is State.RUNNING)
    operations.stop("Anki is being closed")
    closed.set()
    assert operation.wait(WAIT)
    assert operation.state is State.CANCELLED
    assert operation.outcome()[1]["message"] == "Anki is being closed"


def test_one_that_waits_for_its_turn_is_not_withdrawn_and_can_be_cancelled(gateway, hold, monkeypatch):
    monkeypatch.setattr(executor.wait, "__defaults__", (0.05,))  # seconds for a call's turn
    waiting, dropped = start(gateway, "createDeck", {"deck": "kept"}), start(gateway, "createDeck", {"deck": "dropped"})
    answer = call(gateway, "cancelOperation", {"id": dropped})
    assert (answer["state"], answer["error"]["data"]["kind"], answer["result"]) == ("cancelled", "cancelled", None)
    error = gateway.rpc("createDeck", {"deck": "withdrawn"})["error"]
    assert "did not begin within 0.05 seconds" in error["message"]
    assert call(gateway, "getOperation", {"id": waiting})["state"] == "queued"
    hold.release()
    assert ended(gateway, waiting)["state"] == "done"
    assert gateway.col.decks.id_for_name("dropped") is None


def test_what_cannot_be_cancelled_says_so(gateway, monkeypatch):
    began, go_on = threading.Event(), threading.Event()

    back_up = Collection.create_backup

    def backup(col, **more):
        began.set()
        go_on.wait(WAIT)
        return back_up(col, **more)

    monkeypatch.setattr(Collection, "create_backup", backup)
    id = start(gateway, "createBackup")
    assert began.wait(WAIT)
    error = gateway.rpc("cancelOperation", {"id": id})["error"]
    assert (error["data"]["kind"], error["message"]) == (
        "refused",
        "createBackup is already running and cannot be cancelled anymore",
    )
    assert call(gateway, "getOperation", {"id": id})["cancellable"] is False
    go_on.set()
    assert ended(gateway, id)["state"] == "done"


# --- whose it is ---

READER, OTHER, KEEPER = "https://reader.example", "https://other.example", "https://keeper.example"


def test_it_belongs_to_who_started_it(open_gateway):
    grants = {READER: ["read"], OTHER: ["read", "change"], KEEPER: ["control"]}
    gateway = open_gateway(grants=grants)
    id = start(gateway, "notesInfo", {"query": "deck:*"}, Origin=OTHER)
    assert len(ended(gateway, id, Origin=OTHER)["result"]) == 2
    for method in ("getOperation", "cancelOperation"):
        error = gateway.rpc(method, {"id": id}, Origin=READER)["error"]
        assert error["data"] == {"kind": "not_found", "operation": id}
    assert call(gateway, "listOperations", Origin=READER) == []
    answer = call(gateway, "getOperation", {"id": id}, Origin=KEEPER)
    assert (answer["state"], answer["own"], answer["result"]) == ("done", False, None)
    (listed,) = call(gateway, "listOperations", Origin=KEEPER)
    assert (listed["id"], listed["own"]) == (id, False)
    assert call(gateway, "listOperations")[0]["own"] is False  # a program without an origin


def test_nobody_starts_what_they_may_not_do(open_gateway):
    gateway = open_gateway(grants={READER: ["read"]}, apiKey="secret")
    request = {"method": "createDeck", "params": {"deck": "no"}}
    error = gateway.rpc("startOperation", request, Origin=READER, X_API_Key="secret")["error"]
    assert error["data"] == {"kind": "permission_denied", "origin": READER, "scope": "write"}
    assert gateway.rpc("startOperation", request, Origin=READER)["error"]["data"]["kind"] == "key_required"
    envelope = {"action": "startOperation", "version": 6, "params": request, "key": "secret"}
    reply = json.loads(gateway.send(json.dumps(envelope).encode()).data)
    assert reply["error"] is None
    until(lambda: gateway.col.decks.id_for_name("no"))


def test_events_tell_states_and_no_contents(gateway):
    follower = gateway.host.events.follow().ready()
    ended(gateway, start(gateway, "findNotes", {"query": "secret"}))
    events = [event.params for event in follower.wait(1) if event.name == "operationChanged"]
    assert [event["state"] for event in events] == ["queued", "running", "done"]
    assert {key for event in events for key in event} == {"id", "method", "state", "progress"}


def test_what_it_wrote_is_told_before_its_end_and_before_what_waits_behind_it(gateway):
    follower = gateway.host.events.follow().ready()
    hold = Hold(gateway)
    writes = start(gateway, "addNotes", {"notes": notes(1)})
    until(lambda: len(gateway.lane._line) == 1)
    checks = start(gateway, "checkDatabase")
    until(lambda: len(gateway.lane._line) == 2)
    hold.release()
    for id in (writes, checks):
        ended(gateway, id)
    answer = [(event.name, event.params.get("id"), event.params.get("state")) for event in follower.wait(1)]
    added = next(place for place, event in enumerate(answer) if event[0] == "notesAdded")
    assert added < answer.index(("operationChanged", writes, "done"))
    assert added < answer.index(("operationChanged", checks, "running"))


# --- how long it is kept ---


def run(operations, method="version", work=lambda operation: {"result": 1}, owner=None):

    operation = operation_of(method, owner)
    operations.start(operation, work)
    return operation


def test_only_so_many_are_kept_the_oldest_go_first(gateway):
    operations = Operations(gateway.host, limits=OperationLimits(ended=3))
    made = []
    for _ in range(5):
        made.append(run(operations))
        assert made[-1].wait(WAIT)
    assert operations.all() == made[2:]
    with pytest.raises(NotFound):
        operations.find(made[0].id)


def test_a_caller_with_many_pushes_out_no_outcome_of_another(gateway):
    operations = Operations(gateway.host, limits=OperationLimits(ended=3))
    mine = run(operations, owner="me")
    assert mine.wait(WAIT)
    others = []
    for _ in range(5):
        others.append(run(operations, owner="other"))
        assert others[-1].wait(WAIT)
    assert operations.all() == [mine, *others[3:]]


def test_results_are_kept_up_to_a_size_and_the_newest_whatever_its_size(gateway):
    operations = Operations(gateway.host, limits=OperationLimits(size=1000))
    sizes = {}
    for size in (300, 300, 600, 5000):
        operation = run(operations, work=lambda operation, size=size: {"result": "x" * size})
        assert operation.wait(WAIT)
        sizes[size] = [len(one.outcome()[0]) for one in operations.all()]
    assert sizes == {300: [300, 300], 600: [300, 600], 5000: [5000]}


def test_they_are_forgotten_after_a_while_but_not_before_their_end(gateway):
    operations = Operations(gateway.host, limits=OperationLimits(seconds=0.1))
    go_on = threading.Event()

    def wait(operation):
        go_on.wait(WAIT)
        return {"result": None}

    slow, quick = run(operations, work=wait), run(operations)
    assert quick.wait(WAIT)
    until(lambda: operations.all() == [slow])
    go_on.set()
    assert slow.wait(WAIT)
    until(lambda: operations.all() == [])


def test_only_so_many_wait_at_once(gateway, hold):
    operations = Operations(gateway.host, limits=OperationLimits(unfinished=4))
    go_on = threading.Event()

    def wait(operation):
        go_on.wait(WAIT)
        return {"result": None}

    made = [run(operations, work=wait) for _ in range(2)]
    with pytest.raises(Busy, match="at most 4 are allowed"):
        run(operations)
    made += [run(operations, owner=owner, work=wait) for owner in ("one more", "the last")]
    with pytest.raises(Busy):
        run(operations, owner="too late")
    go_on.set()
    assert all(operation.wait(WAIT) for operation in made)
    until(lambda: run_or_none(operations))


def test_those_that_are_cancelled_before_their_turn_make_room_at_once(gateway, hold):
    params = {"method": "checkDatabase", "params": {}}
    started = []
    while "result" in (answer := gateway.rpc("startOperation", params)):
        started.append(answer["result"]["id"])
    assert answer["error"]["data"]["kind"] == "busy"
    for id in started:
        call(gateway, "cancelOperation", {"id": id})
    until(lambda: not gateway.gateway.operations.has_unfinished)
    call(gateway, "startOperation", params)
    until(lambda: len(gateway.lane._line) == len(started) + 1)  # it is held still


@pytest.mark.parametrize("name", ["anki-rpc version", "anki-rpc operations"])
def test_nothing_is_left_of_one_for_which_the_system_has_no_thread(gateway, name):
    operations = Operations(gateway.host, limits=OperationLimits(unfinished=4))
    follower = gateway.host.events.follow()
    for _ in range(8):
        with no_more_threads(name), pytest.raises(Busy, match="no more threads"):
            run(operations)
    assert (operations.all(), operations.has_unfinished, follower.wait(0)) == ([], False, [])
    until(lambda: not operations._is_watched)
    assert [run(operations).wait(WAIT) for _ in range(2)] == [True, True]


def test_a_call_without_a_thread_for_it_says_so_in_both_protocols(gateway):
    with no_more_threads("anki-rpc deckNames"):
        error = gateway.rpc("startOperation", {"method": "deckNames"})["error"]
        old = gateway.legacy("startOperation", method="deckNames")
    assert (error["code"], error["data"]["kind"]) == (-32001, "busy")
    assert old == {"result": None, "error": error["message"]}
    assert error["message"].startswith("The system allows this process no more threads. Try again later")
    assert ended(gateway, start(gateway, "deckNames"))["state"] == "done"


def run_or_none(operations):
    try:
        return run(operations)
    except Busy:
        return None


def test_a_result_that_is_no_json_fails_alone(gateway):
    operation = run(Operations(gateway.host), work=lambda operation: {"result": {1, 2}})
    assert operation.wait(WAIT)
    assert (operation.state, operation.outcome()[1]["data"]) == (State.FAILED, {"kind": "internal_error"})


# --- for other fronts ---


def test_a_thread_follows_an_operation_to_its_end(gateway, hold_chunk):
    reached, go_on = hold_chunk
    message = {"jsonrpc": "2.0", "id": 7, "method": "addNotes", "params": {"notes": notes(160)}}
    operation = gateway.gateway.dispatcher.start_operation(Request(message, Caller()))
    seen = []
    for report in operation.follow():
        seen.append(report)
        if reached.is_set():
            go_on.set()
    assert ProgressReport(100, 160) in seen
    result, error = operation.outcome()
    assert (operation.state, error, len(result)) == (State.DONE, None, 160)


# --- Anki's own progress ---


@pytest.fixture
def package(tmp_path):
    """Makes a package with so many notes."""

    def make(count):
        col = Collection(str(tmp_path / "all.anki2"))
        col.add_note(col.new_note(col.models.by_name("Basic")), 1)
        for table in ("notes", "cards"):
            columns = [name for (_, name, *_) in col.db.all(f"pragma table_info({table})")]
            values = {"id": "id + n", "nid": "nid + n", "guid": "'guid' || n", "flds": "'word ' || n || char(31)"}
            col.db.execute(
                "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ?) "
                f"insert into {table} select {', '.join(values.get(name, name) for name in columns)} "
                f"from {table}, numbers",
                count,
            )
        options = ExportAnkiPackageOptions(legacy=True)
        col.export_anki_package(out_path=str(tmp_path / "all.apkg"), options=options, limit=None)
        col.close()
        return tmp_path / "all.apkg"

    return make


def test_an_import_tells_what_anki_says_of_it(gateway, package, monkeypatch):
    imported, go_on, import_package = threading.Event(), threading.Event(), Collection.import_anki_package

    def import_and_wait(col, request):
        result = import_package(col, request)
        imported.set()
        assert go_on.wait(WAIT)
        return result

    monkeypatch.setattr(Collection, "import_anki_package", import_and_wait)
    id = start(gateway, "importPackage", {"path": str(package(100))})
    assert imported.wait(WAIT)
    answer = until(lambda: (o := call(gateway, "getOperation", {"id": id}))["progress"] and o)
    go_on.set()
    assert (answer["state"], answer["progress"]["done"]) == ("running", None)
    assert answer["progress"]["text"]
    assert "\u2068" not in answer["progress"]["text"]
    answer = ended(gateway, id)
    assert (answer["state"], answer["result"]) == ("done", True)
    assert len(gateway.col.find_notes("word")) == 100


def test_what_anki_says_of_its_work_is_reported_without_invisible_marks(gateway, monkeypatch):
    said = Progress(importing=gateway.col.tr.importing_processed_notes(count=1))
    assert said.importing == "Processed \u20681\u2069 note..."
    monkeypatch.setattr(Collection, "latest_progress", lambda col: said)
    assert progress(gateway.col, of_sync=False) == ProgressReport(None, None, "Processed 1 note...")


def test_an_import_that_is_cancelled_leaves_nothing(gateway, package):
    id = start(gateway, "importPackage", {"path": str(package(10_000))})
    until(lambda: call(gateway, "getOperation", {"id": id})["progress"])
    call(gateway, "cancelOperation", {"id": id})
    answer = ended(gateway, id)
    assert (answer["state"], answer["error"]["message"], answer["result"]) == ("cancelled", "it was cancelled", None)
    assert gateway.col.find_notes("word") == []
    assert gateway.col.fix_integrity()[1]


def test_while_it_gives_way_anki_works_for_another_whose_work_is_neither_told_nor_aborted(
    gateway, hold, tmp_path, monkeypatch
):
    monkeypatch.setattr("addon.rpc.lane.SLICE_S", 0.0)
    aborts = []
    monkeypatch.setattr(gateway.host, "abort", lambda *, sync: exported.done() or aborts.append(sync))
    changes = [{"id": note_id, "addTags": ["new"]} for note_id in gateway.col.find_notes("")] * 8
    id = start(gateway, "updateNotes", {"notes": changes})
    answer, before = [], gateway.col.latest_progress()

    def export():
        options = ExportAnkiPackageOptions(legacy=True)
        gateway.col.export_anki_package(out_path=str(tmp_path / "all.apkg"), options=options, limit=None)
        call(gateway, "cancelOperation", {"id": id})
        answer.append(call(gateway, "getOperation", {"id": id}))

    exported = gateway.lane.submit(export, reads=True)
    hold.release()
    assert exported.result(WAIT)
    end = ended(gateway, id)
    assert gateway.col.latest_progress() != before
    assert (answer[0]["state"], answer[0]["progress"]) == ("running", None)
    assert (aborts, end["state"], end["progress"]["text"]) == ([], "cancelled", None)
    assert gateway.col.find_notes("tag:new") == []


@pytest.mark.parametrize("method", ["exportPackage", "checkDatabase", "checkMedia", "createBackup"])
def test_long_actions_without_chunks_work_as_operations(gateway, method, tmp_path):
    params = {"deck": "Italian", "path": str(tmp_path / "out.apkg")} if method == "exportPackage" else {}
    answer = ended(gateway, start(gateway, method, params))
    assert (answer["state"], answer["error"]) == ("done", None)
    REGISTRY[method].result.deserialize(answer["result"])


def test_what_fsrs_learns_is_told_and_can_be_stopped(gateway):
    studied(lambda method, params=None: call(gateway, method, params), count=1500)
    id = start(gateway, "optimizeFsrsParams", {"preset": "Default"})
    counted = until(lambda: (p := call(gateway, "getOperation", {"id": id})["progress"]) and p["total"] and p)
    assert counted["done"] <= counted["total"]
    call(gateway, "cancelOperation", {"id": id})
    assert ended(gateway, id)["error"]["data"]["kind"] == "cancelled"
    assert ended(gateway, start(gateway, "optimizeFsrsParams", {"preset": "Default"}))["result"]["reviews"]


# --- connections and processes ---


def test_a_lost_connection_loses_nothing(served):
    connection = served.connect()
    body = json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "startOperation",
            "params": {"method": "addNotes", "params": {"notes": notes(2_000)}},
        }
    ).encode()
    connection.http.request("POST", "/", body, {"Content-Type": "application/json"})
    connection.http.sock.close()  # the answer is never read
    connection = served.connect()
    (listed,) = until(lambda: connection.rpc("listOperations"))
    connection.close()
    connection = served.connect()
    answer = until(lambda: (o := connection.rpc("getOperation", {"id": listed["id"]}))["state"] in ENDED and o)
    assert (answer["state"], len(answer["result"])) == ("done", 2_000)
    connection.close()


def test_stopping_the_gateway_ends_them_and_says_so(serve, collection):
    served = serve("--collection", collection).ready()
    stream, connection = Stream(served.port), served.connect()
    params = {"notes": notes(15_000)}
    id = connection.rpc("startOperation", {"method": "addNotes", "params": params})["id"]
    until(lambda: connection.rpc("getOperation", {"id": id})["progress"])
    connection.close()
    start = time.monotonic()
    assert served.stop() == 0
    assert time.monotonic() - start < 5
    rest = stream.rest().decode()
    assert '"state":"cancelled"' in rest
    stream.close()
    col = Collection(str(collection))
    assert len(col.find_notes("word")) % 1_000 == 0
    col.close()
