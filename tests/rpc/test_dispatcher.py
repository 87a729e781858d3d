"""The dispatcher alone: what refuses a whole body, how long it waits, operations, calls inside calls, and the audit."""

import json
import threading
from concurrent.futures import Future

import pytest

from addon.rpc import codec
from addon.rpc.answers import error_response
from addon.rpc.caller import Caller
from addon.rpc.calls import Request
from addon.rpc.errors import Busy, InvalidParams, MethodNotFound, NotFound, PermissionDenied, Problem, Refused
from addon.rpc.executor import InlineExecutor, RunsOn
from addon.rpc.operations import State
from addon.rpc.suggestions import Unknown

WAIT = 10.0
LIMIT = 0.5
"""Seconds that a call of `ask` waits for its answer."""


def message(method, params=(), **more):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params), **more}


def kind_of(response):
    return response["error"]["data"]["kind"] if "error" in response else None


def started(core, method, params=()):
    """The operation that a call became, when it has ended and its thread is through."""
    operation = core.dispatcher.start_operation(Request(message(method, params), Caller()))
    assert operation.wait(WAIT)
    idle(core)
    return operation


def idle(core):
    operations = core.dispatcher.operations
    with operations._counted:
        assert operations._counted.wait_for(lambda: not operations._threads, WAIT)


class Answer(Future):
    """An answer of the user's, which comes when the dispatcher begins to wait for it."""

    def __init__(self, act=lambda future: future.set_result("yes")):
        super().__init__()
        self._act = act

    def add_done_callback(self, call):
        super().add_done_callback(call)
        self._act(self)


# --- bodies ---


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
@pytest.mark.parametrize(
    "member",
    [
        '{"jsonrpc": "2.0", "id": 2, "method": "echo", "params": [%s]}',
        '{"jsonrpc": "2.0", "id": %s, "method": "get_data"}',
        '{"jsonrpc": "2.0", "id": 2, "method": "get_data", "ignored": %s}',
        '{"jsonrpc": "2.0", "method": "get_data", "ignored": %s}',
        "%s",
    ],
)
def test_a_number_that_json_lacks_refuses_the_whole_batch(core, member, constant):
    good = json.dumps(message("get_data"))
    for body in (f"[{good}, {member % constant}]", f"[{member % constant}, {good}]", f"[{member % constant}]"):
        assert core.send(body.encode()) == {
            "jsonrpc": "2.0",
            "error": {
                "code": -32700,
                "message": f"Parse error: {codec.NOT_STANDARD}",
                "data": {"kind": "parse_error"},
            },
            "id": None,
        }
    assert core.calls == []


def test_a_parse_error_says_in_pythons_words_where_it_is(core):
    error = core.send(b'[{"jsonrpc": "2.0"} NaN]')["error"]
    assert error["message"] == "Parse error: the body is not JSON: Expecting ',' delimiter: line 1 column 21 (char 20)"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"\xef\xbb\xbf{}", "the body begins with a byte order mark. Send it as UTF-8 without one."),
        (b'{"a": "\xe9"}', "the body is not UTF-8: byte 0xe9 in position 7: invalid continuation byte"),
        (b"{}{}", "Extra data: line 1 column 3 (char 2). Send several calls as a batch, in one array."),
    ],
)
def test_a_parse_error_says_what_to_send(core, body, text):
    assert core.send(body)["error"]["message"] == f"Parse error: {text}"


def test_params_beside_params_are_refused_where_they_would_be_ignored(core):
    call = {"jsonrpc": "2.0", "id": 1, "method": "sum"}
    error = core.post({**call, "a": 1, "b": 2, "other": 3})["error"]
    assert error["message"] == 'Invalid Request: params stand inside "params": a, b'
    assert core.post({**call, "params": {"a": 1}, "b": 2, "other": 3})["result"] == 1
    start = {"jsonrpc": "2.0", "id": 1, "method": "start", "params": {}}  # it has params of these names
    assert core.post(start)["error"]["data"]["fields"] == {"method": ["Required, but missing."]}


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ([], "the batch is empty. Put at least one call into it."),
        ([message("get_data")] * 4, "the batch has 4 members, but at most 3 are allowed. Send several batches."),
        (5, 'a request must be an object, such as {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}'),
        ({"id": 1}, '"jsonrpc" must be the string "2.0"'),
        ({"jsonrpc": 2.0, "id": 1}, '"jsonrpc" must be the string "2.0"'),
        (
            {"jsonrpc": "2.0", "id": 1},
            '"method" must be a string, the name of a method, as in {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}',
        ),
        (message("get_data") | {"params": 5}, '"params" must be an object or an array'),
        (message("get_data") | {"id": True}, '"id" must be a string, a number or null'),
    ],
    ids=lambda value: str(value)[:60],
)
def test_an_invalid_request_says_what_is_wrong_with_it(open_core, document, text):
    core = open_core(batch=3)
    assert core.post(document)["error"]["message"] == f"Invalid Request: {text}"
    assert core.ended == []


def strictly(action, params):
    """How a tolerant request loads params where nothing is tolerated."""
    return action.params.load_for(params)


def test_only_a_tolerant_request_learns_every_problem(core):
    request = Request(message("subtract", ["x"]), Caller())
    strict, tolerant = core.dispatcher.dispatch_batch([request, request._replace(load=strictly)])
    assert set(strict["error"]["data"]) == {"kind", "fields"}
    assert {**tolerant["error"]["data"], "problems": None} == {**strict["error"]["data"], "problems": None}
    problems = tolerant["error"]["data"]["problems"]
    assert [problem.path for problem in problems] == ["minuend", "subtrahend"]
    invalid = InvalidParams([Problem("a", "ours")])
    assert "problems" not in error_response(invalid)["error"]["data"]
    assert "problems" not in error_response(NotFound("x"), tolerant=True)["error"]["data"]


# --- waiting ---


def test_a_handlers_future_is_waited_for(core):
    core.host.answer = Answer(lambda future: threading.Timer(0.1, future.set_result, ["yes"]).start())
    assert core.call("ask")["result"] == "yes"


def test_an_operation_waits_for_a_future_without_a_limit(core):
    core.host.answer = Answer(lambda future: threading.Timer(2 * LIMIT, future.set_result, ["yes"]).start())
    assert started(core, "ask").outcome() == ("yes", None)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (NotFound("nothing"), "not_found"),
        (OSError("/home/somebody"), "internal_error"),
        (TimeoutError("a server of others"), "internal_error"),
    ],
    ids=repr,
)
def test_the_error_of_a_future_is_the_calls_own(core, error, kind):
    core.host.answer = Answer(lambda future: future.set_exception(error))
    assert kind_of(core.call("ask")) == kind
    core.host.answer = Answer(lambda future: future.set_exception(error))
    operation = started(core, "ask")
    assert operation.state is State.FAILED
    assert operation.outcome()[1]["data"]["kind"] == kind


@pytest.mark.parametrize("method", ["ask", "late"])
def test_an_error_that_comes_later_suggests_the_name_that_was_meant(open_core, method):
    def fail(*_):
        raise NotFound("no such thing: aple", thing="aple")

    def unknown_in(data):
        return Unknown(data["thing"], "things", lambda: ["apple"], "") if "thing" in data else None

    core = open_core(unknown_in=unknown_in)
    core.host.prepare = fail
    core.host.answer = Answer(lambda future: future.set_exception(NotFound("no such thing: aple", thing="aple")))
    error = core.call(method)["error"]
    assert (error["message"], error["data"]["suggestions"]) == ("no such thing: aple. Did you mean apple?", ["apple"])


def test_an_answer_that_nobody_gives_is_withdrawn_at_the_limit(core):
    core.host.answer = Answer(lambda future: None)
    error = core.call("ask")["error"]
    assert error["data"]["kind"] == "busy"
    assert error["message"] == "The call did not begin within 0.5 seconds, and was withdrawn. Try again later."
    assert core.host.answer.cancelled()
    assert core.ended == [("ask", "busy")]


@pytest.mark.parametrize(
    ("settings", "share"), [({}, 4), ({"waiting": 1}, 1), ({"waiting": 2}, 1), ({"waiting": 4}, 2)], ids=str
)
def test_only_so_many_calls_of_one_caller_wait_for_the_user_at_once(open_core, settings, share):
    core, seen = open_core(**settings), []

    def ask_again(future):
        core.host.answer = Answer(ask_again)
        seen.append(core.call("ask"))
        assert core.call("get_data")["result"]
        future.set_result("yes")

    for _ in range(3):  # what is taken is given back, once
        seen.clear()
        core.host.answer = Answer(ask_again)
        assert core.call("ask")["result"] == "yes"
        assert [kind_of(response) for response in seen] == ["busy"] + [None] * (share - 1)
        assert seen[0]["error"]["message"] == "Too many calls are waiting for an answer of the user. Try again later."


@pytest.mark.parametrize(
    ("places", "caller", "kind"),
    [
        (3, Caller(), "busy"),
        (3, Caller(key_name="another"), None),
        (1, Caller(key_name="another"), "busy"),
        (1, Caller(origin="https://stranger.example", scopes=frozenset()), None),  # the server limits strangers
    ],
)
def test_while_one_caller_has_its_share_others_may_ask_the_user(open_core, places, caller, kind):
    core, seen = open_core(waiting=places), []

    def ask_again(future):
        core.host.answer = Answer()
        seen.extend(core.dispatcher.dispatch_batch([Request(message("ask"), caller)]))
        future.set_result("yes")

    core.host.answer = Answer(ask_again)
    assert core.call("ask")["result"] == "yes"
    assert [kind_of(response) for response in seen] == [kind]


class Recording(InlineExecutor):
    """Records how long each run may take and whether it only reads; what is for a window runs as everything does."""

    def __init__(self):
        self.runs = []

    def run(self, runs_on, work, limit, cancel_token=None, *, reads=False, owner=None):
        self.runs.append((runs_on, limit, reads))
        work()


@pytest.mark.parametrize(
    ("methods", "runs"),
    [
        (["get_data"], [(RunsOn.COLLECTION, 600.0, True)]),
        (["edit"], [(RunsOn.COLLECTION, 700, False)]),
        (["get_data", "edit", "get_data"], [(RunsOn.COLLECTION, 700, False)]),
        (["get_data", "get_data"], [(RunsOn.COLLECTION, 600.0, True)]),
        (["whose"], [(RunsOn.ANY, 600.0, True)]),
        (
            ["get_data", "whose", "whose", "edit"],
            [
                (RunsOn.COLLECTION, 600.0, True),
                (RunsOn.ANY, 600.0, True),
                (RunsOn.ANY, 600.0, True),
                (RunsOn.COLLECTION, 700, False),
            ],
        ),
    ],
    ids=str,
)
def test_neighbours_on_a_lane_run_together_with_the_longest_limit(open_core, methods, runs):
    core = open_core(executor=(executor := Recording()))
    params = {"edit": [[1]]}
    assert len(core.post([message(method, params.get(method, ())) for method in methods])) == len(methods)
    assert executor.runs == runs


def test_an_operation_has_no_limit(open_core):
    core = open_core(executor=(executor := Recording()))
    started(core, "get_data")
    started(core, "edit", [[1]])
    assert executor.runs == [(RunsOn.COLLECTION, None, True), (RunsOn.COLLECTION, None, False)]


def test_long_work_gives_way_between_its_chunks_and_an_operation_has_told_what_it_wrote(open_core):
    core = open_core(executor=(executor := Recording()))
    gaps = []
    executor.give_way = lambda runs_on, *, can_stop: gaps.append((runs_on, can_stop, list(core.host.changes)))
    assert started(core, "editChunks", [[1, 2, 3, 4, 5]]).state is State.DONE
    told = [[[1, 2], [3, 4]][:count] for count in range(3)]
    assert gaps == [(RunsOn.COLLECTION, True, changes) for changes in told], "it ends if the collection is closed"
    assert core.host.changes == [[1, 2], [3, 4], [5]]
    gaps.clear()
    core.call("editChunks", [[6, 7, 8]])
    assert [gap[:2] for gap in gaps] == [(RunsOn.COLLECTION, False)] * 2
    assert core.host.changes[3:] == [[8]], "a call tells it in one piece"


def test_a_batch_gives_way_between_its_members(open_core):
    core = open_core(executor=(executor := Recording()))
    done = core.calls
    gaps = []
    executor.give_way = lambda runs_on, *, can_stop: gaps.append((can_stop, len(done)))
    core.post([message("edit", [[1]]), message("get_data"), message("edit", [[2]])])
    assert gaps == [(False, 1), (False, 2)]


def step_numbers(core):
    """For each step that was seen, which one it was."""
    numbers = {}
    return [numbers.setdefault(id(step), len(numbers)) for step in core.host.steps]


EDIT, SHOW = message("edit", [[1]]), message("show")


def inside(*messages):
    return message("several", [list(messages), [None] * len(messages)])


@pytest.mark.parametrize(
    ("batch", "steps"),
    [
        ([EDIT, EDIT], [0, 0]),
        ([EDIT, message("whose"), EDIT], [0, 0]),
        ([EDIT, SHOW, EDIT, EDIT], [0, 1, 2, 2]),
        ([SHOW, SHOW], [0, 1]),
        ([EDIT, inside(EDIT, EDIT), EDIT], [0, 0, 0, 0]),
        ([EDIT, inside(EDIT, SHOW, EDIT), EDIT], [0, 0, 1, 2, 0]),
        ([inside(inside(EDIT), EDIT)], [0, 0]),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_writes_that_no_window_interrupts_are_one_step(open_core, batch, steps):
    core = open_core(executor=Recording())
    core.post(batch)
    assert step_numbers(core) == steps


@pytest.mark.parametrize(
    ("batch", "labels"),
    [
        ([EDIT], [None]),
        ([EDIT, EDIT], ["Edit, several times"] * 2),
        ([EDIT, message("editChunks", [[1]])], ["Edit, edit chunks"]),
        ([EDIT, EDIT, inside(EDIT, message("editChunks", [[1]]))], ["Edit, several times"] * 3),
        ([inside(EDIT, EDIT)], ["Edit, several times"] * 2),
    ],
    ids=lambda value: json.dumps(value)[:60],
)
def test_a_step_is_named_once_by_all_its_writes(core, batch, labels):
    core.post(batch)
    assert [step.label for step in core.host.steps] == labels


# --- operations ---


def test_an_operation_has_the_outcome_of_its_call(core):
    operation = started(core, "subtract", [3, 2])
    assert (operation.state, operation.outcome()) == (State.DONE, (1, None))
    operation = started(core, "raise_known")
    assert operation.state is State.FAILED
    assert operation.outcome()[1]["message"] == "no such thing"
    assert core.ended == [("subtract", None), ("raise_known", "not_found")]


@pytest.mark.parametrize("error", [None, NotFound("gone")])
def test_an_operation_that_has_ended_when_its_turn_comes_does_nothing(core, error):
    reached, go_on = threading.Event(), threading.Event()

    def prepare():
        reached.set()
        assert go_on.wait(WAIT)
        if error is not None:
            raise error

    core.host.prepare, core.host.has_window = prepare, True
    operation = core.dispatcher.start_operation(Request(message("late"), Caller()))
    assert reached.wait(WAIT)
    core.dispatcher.operations.cancel(operation)
    go_on.set()
    idle(core)
    assert operation.state is State.CANCELLED
    assert operation.outcome()[1]["data"]["kind"] == "cancelled"
    assert (core.calls, core.host.saved) == ([], []), "nothing was typed into what it would have edited"


def test_an_operation_that_is_cancelled_on_its_way_to_the_lane_never_runs(open_core):
    class Cancelling(InlineExecutor):
        def run(self, *args, **more):
            core.dispatcher.operations.stop("the gateway stops")
            super().run(*args, **more)

    core = open_core(executor=Cancelling())
    operation = started(core, "edit", [[1]])
    assert operation.outcome()[1]["message"] == "the gateway stops"
    assert (core.calls, core.host.changes) == ([], [])


@pytest.mark.parametrize("name", ["another", "nobody"])
def test_what_was_prepared_for_one_profile_does_not_run_on_another(core, name):
    def prepare():
        core.host.name = name

    core.host.prepare = prepare
    late, other = core.post([message("late"), message("subtract", [3, 1])])
    is_refused = name != "nobody"
    assert ("error" in late) == is_refused
    assert other["result"] == 2, "it was not prepared"
    core.host.name = "nobody"
    operation = started(core, "late")
    assert (operation.state is State.FAILED) == is_refused
    if is_refused:
        assert late["error"]["data"]["kind"] == operation.outcome()[1]["data"]["kind"] == "collection_unavailable"
        assert "late" not in core.calls


def test_what_was_tried_does_not_run_if_the_profile_changes_on_its_way_to_the_lane(open_core):
    """As between two calls of a batch of which each takes long."""

    class Switching(InlineExecutor):
        def run(self, *args, **more):
            core.host.name = "another"
            super().run(*args, **more)

    core = open_core(executor=Switching())
    tried, other = core.post([message("tried"), message("subtract", [3, 1])])
    assert tried["error"]["data"]["kind"] == "collection_unavailable"
    assert other["result"] == 2
    assert "tried" not in core.calls


def test_an_operation_that_is_refused_before_it_runs_tells_why(core):
    def prepare():
        raise NotFound("no such thing")

    core.host.prepare = prepare
    operation = started(core, "late")
    assert (operation.state, operation.outcome()[1]["message"]) == (State.FAILED, "no such thing")
    assert core.ended == [("late", "not_found")]
    assert core.calls == []


@pytest.mark.parametrize(
    ("method", "params", "error", "ended"),
    [
        ("no_such", [], MethodNotFound, [(None, "method_not_found")]),
        ("subtract", [1], InvalidParams, [("subtract", "invalid_params")]),
        ("secret", [], PermissionDenied, []),
        ("whose", [], Refused, []),
    ],
)
def test_what_is_wrong_with_a_call_is_raised_and_starts_no_operation(core, method, params, error, ended):
    with pytest.raises(error):
        core.dispatcher.start_operation(Request(message(method, params), Caller()))
    assert core.dispatcher.operations.all() == []
    assert (core.calls, core.ended) == ([], ended)


# --- what the host is told ---


@pytest.mark.parametrize(
    ("calls", "saved"),
    [
        ([("get_data", ())], []),
        ([("edit", [[1, 2]])], [{1, 2}]),
        ([("edit", [[1, 2]]), ("get_data", ()), ("edit", [[2, 3]])], [{1, 2, 3}]),
        ([("edit", [[]])], [set()]),
        ([("edit", [[1]]), ("late", ())], [None]),
        ([("edit", [[1]]), ("whose", ()), ("edit", [[2]])], [{1}, {2}]),
    ],
    ids=str,
)
def test_what_the_user_types_is_stored_before_it_is_written_over(core, calls, saved):
    core.host.prepare = lambda: None
    core.post([message(method, params) for method, params in calls])
    assert core.host.saved == [], "without a window nobody types"
    core.host.has_window = True
    core.post([message(method, params) for method, params in calls])
    assert core.host.saved == saved


def test_the_host_is_told_what_was_written_and_of_nothing_else(core):
    core.call("get_data")
    core.call("edit", [[1]])
    core.post([message("get_data"), message("edit", [[2]]), message("edit", [[3]])])
    started(core, "edit", [[4]])
    assert core.host.changes == [[1], [3], [4]]


@pytest.mark.parametrize(
    ("method", "params", "ended"),
    [
        ("get_data", [], [("get_data", None)]),
        ("subtract", [1], [("subtract", "invalid_params")]),
        ("no_such", [], [(None, "method_not_found")]),
        ("raise_known", [], [("raise_known", "not_found")]),
        ("raise_unknown", [], [("raise_unknown", "internal_error")]),
        ("exit_early", [], [("exit_early", "internal_error")]),
        ("secret", [], []),
    ],
)
def test_each_authorised_call_is_audited_with_the_kind_of_its_error(core, method, params, ended):
    core.post(message(method, params))
    assert core.ended == ended
    notification = message(method, params)
    del notification["id"]
    assert core.post([notification, notification]) is None
    assert core.ended == ended * 3


# --- calls inside calls ---


def test_an_inner_call_has_its_own_key_or_its_callers(core):
    request = Request(message("several", [[message("whose")] * 3, [None, "b", ""]]), Caller(key="a"))
    (response,) = core.dispatcher.dispatch_batch([request])
    assert [inner["result"] for inner in response["result"]] == ["a", "b", ""]


def nested(depth):
    call = message("get_data")
    for _ in range(depth):
        call = message("several", [[call], [None]])
    return call


def test_calls_stand_inside_each_other_up_to_the_limit(open_core):
    core = open_core(nesting=3)
    response = core.post(nested(3))
    for _ in range(3):
        (response,) = response["result"]
    assert response["result"] == ["hello", 5]
    response = core.post(nested(4))
    for _ in range(3):
        (response,) = response["result"]
    assert response["error"]["message"] == "Invalid Request: calls are nested more than 3 levels deep"


def test_inner_calls_are_tolerant_where_the_outer_one_is(core):
    request = Request(message("several", [[message("subtract", ["x"])], [None]]), Caller())
    strict, tolerant = core.dispatcher.dispatch_batch([request, request._replace(load=strictly)])
    assert "problems" not in strict["result"][0]["error"]["data"]
    assert "problems" in tolerant["result"][0]["error"]["data"]


def test_a_handler_starts_an_operation_for_its_own_caller(core):
    assert core.call("start", ["subtract", [3, 2]])["result"] == ["done", 1, None]
    assert core.call("start", ["subtract", {"minuend": 3, "subtrahend": 1}])["result"] == ["done", 2, None]
    assert kind_of(core.call("start", ["no_such"])) == "method_not_found"
    core.dispatcher.dispatch_batch([Request(message("start", ["get_data"]), Caller(origin="https://page.example"))])
    owners = [operation.owner for operation in core.dispatcher.operations.all()]
    assert owners == [(None, None), (None, None), ("https://page.example", None)]


def test_a_busy_error_is_each_members_own(open_core):
    class Refusing(InlineExecutor):
        def run(self, *args, **more):
            raise Busy("the lane is full")

    core = open_core(executor=Refusing())
    first, second = core.post([message("get_data", id=1), message("get_data", id=2)])
    assert (kind_of(first), first["id"], kind_of(second), second["id"]) == ("busy", 1, "busy", 2)
    assert core.ended == [("get_data", "busy")] * 2
