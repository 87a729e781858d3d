"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification, 2013-01-04), paragraph by paragraph."""

import json
import logging

import pytest
from small_registry import SECRET

from addon.rpc.errors import every_error

IDS = [0, 1, -1, 2**53 - 1, 2**53 + 1, 2**64, -(2**70), 1.5, "", "0", "a", "ключ 🗝", None]
NO_IDS = [True, False, {}, {"a": 1}, [], [1]]


def error_of(response, code, id=None):
    """Check an error response and hand out its error object."""
    assert set(response) == {"jsonrpc", "error", "id"}
    assert response["jsonrpc"] == "2.0"
    assert response["id"] == id
    assert type(response["id"]) is type(id)
    error = response["error"]
    assert set(error) == {"code", "message", "data"}
    assert error["code"] == code
    assert isinstance(error["message"], str)
    assert error["message"]
    assert error["data"]["kind"]
    return error


def result_of(response, id=1):
    """Check a successful response and hand out its result."""
    assert set(response) == {"jsonrpc", "result", "id"}
    assert response["jsonrpc"] == "2.0"
    assert response["id"] == id
    assert type(response["id"]) is type(id)
    return response["result"]


# --- 4. request object ---


@pytest.mark.parametrize("version", ["1.0", "2", "2.00", " 2.0", "", 2.0, 2, None, True, ["2.0"]])
def test_the_version_is_exactly_the_string_2_0(core, version):
    error_of(core.post({"jsonrpc": version, "method": "get_data", "id": 1}), -32600, 1)
    assert core.calls == []


def test_a_request_without_a_version_is_invalid(core):
    error_of(core.post({"method": "get_data", "id": 1}), -32600, 1)


@pytest.mark.parametrize("method", [1, 1.5, None, True, [], {}, ["get_data"]])
def test_a_method_is_a_string(core, method):
    error_of(core.post({"jsonrpc": "2.0", "method": method, "id": 1}), -32600, 1)


def test_a_request_without_a_method_is_invalid(core):
    error_of(core.post({"jsonrpc": "2.0", "id": 1}), -32600, 1)


@pytest.mark.parametrize("method", ["", "Get_data", "GET_DATA", "get_data ", "__init__", "getData", "ключ", "\ud800"])
def test_method_names_are_case_sensitive_and_exact(core, method):
    error_of(core.call(method), -32601, 1)


@pytest.mark.parametrize("method", ["rpc.", "rpc.foo", "rpc.get_data", "rpc.describe"])
def test_names_reserved_for_extensions_are_unknown_unless_there_is_one(core, method):
    error_of(core.call(method), -32601, 1)


@pytest.mark.parametrize("name", ["JSONRPC", "Method", "ID", "Params"])
def test_member_names_are_case_sensitive(core, name):
    message = {"jsonrpc": "2.0", "method": "subtract", "params": [3, 2], "id": 1}
    message[name] = message.pop(name.lower())
    answer = core.post(message)
    if name == "ID":
        assert answer is None
    else:
        error_of(answer, -32602 if name == "Params" else -32600, 1)


def test_other_members_of_a_request_are_ignored(core):
    message = {"jsonrpc": "2.0", "method": "get_data", "id": 1, "version": 6, "key": None, "action": "sum", "": []}
    assert result_of(core.post(message)) == ["hello", 5]


@pytest.mark.parametrize("id", IDS, ids=repr)
def test_an_id_is_echoed_with_its_type(core, id):
    assert result_of(core.call("get_data", id=id), id) == ["hello", 5]
    error_of(core.call("foobar", id=id), -32601, id)
    error_of(core.call("sum", [], id=id), -32602, id)


@pytest.mark.parametrize("id", NO_IDS, ids=repr)
def test_an_id_of_another_type_is_invalid_and_answered_with_null(core, id):
    error_of(core.call("get_data", id=id), -32600)
    assert core.calls == []


def test_an_id_with_a_lone_surrogate_is_echoed(core):
    body = rb'{"jsonrpc": "2.0", "method": "get_data", "id": "\ud800"}'
    assert result_of(core.send(body), "\ud800") == ["hello", 5]


def test_an_explicit_null_is_an_id_and_no_notification(core):
    assert result_of(core.call("get_data", id=None), None) == ["hello", 5]


# --- 4.1 notification ---


@pytest.mark.parametrize(
    "message",
    [
        {"method": "update", "params": [[1, 2, 3]]},
        {"method": "update", "params": {"values": []}},
        {"method": "foobar"},
        {"method": "rpc.foobar"},
        {"method": "update"},
        {"method": "update", "params": ["a"]},
        {"method": "raise_known"},
        {"method": "raise_unknown"},
        {"method": "return_set"},
        {"method": "exit"},
        {"method": "secret"},
    ],
    ids=json.dumps,
)
def test_a_notification_is_never_answered_not_even_with_an_error(core, message):
    assert core.post({"jsonrpc": "2.0", **message}) is None


def test_a_notification_runs(core):
    core.post({"jsonrpc": "2.0", "method": "update", "params": [[1]]})
    assert core.calls == ["update"]


@pytest.mark.parametrize("message", [{"jsonrpc": "2.0"}, {"method": "update"}, {"jsonrpc": "2.0", "method": 1}, {}])
def test_an_invalid_request_without_an_id_is_no_notification(core, message):
    error_of(core.post(message), -32600)


# --- 4.2 parameter structures ---


@pytest.mark.parametrize("params", ["bar", "", 0, 1, 1.5, True, False])
def test_params_are_an_array_or_an_object(core, params):
    error_of(core.post({"jsonrpc": "2.0", "method": "get_data", "params": params, "id": 1}), -32600, 1)
    assert core.calls == []


def test_params_of_null_count_as_left_out(core):
    """Beyond the specification: serialisers of typed languages write null for what was not set."""
    assert result_of(core.post({"jsonrpc": "2.0", "method": "get_data", "params": None, "id": 1})) == ["hello", 5]
    assert core.post({"jsonrpc": "2.0", "method": "get_data", "params": None}) is None


@pytest.mark.parametrize("id", ["a", 0, -1, 1.5, 2**70, ""], ids=repr)
def test_the_id_of_an_invalid_request_is_sent_back_if_it_is_valid(core, id):
    """Or its client would wait for an answer for ever."""
    request = {"method": "get_data", "id": id}
    error_of(core.post(request), -32600, id)
    error_of(core.post([request])[0], -32600, id)


@pytest.mark.parametrize("params", [None, [], {}])
def test_params_may_be_left_out_or_empty(core, params):
    assert result_of(core.call("get_data", params)) == ["hello", 5]


@pytest.mark.parametrize("params", [[1], [1, 0, 0], {"a": 1}, [1, None], [1, None, None], [1, None, 0]])
def test_optional_params_have_defaults_and_null_by_position_is_absent(core, params):
    assert result_of(core.call("sum", params)) == 1


def test_a_null_in_the_middle_leaves_the_next_position_in_place(core):
    assert result_of(core.call("sum", [1, None, 4])) == 5


def test_null_for_a_required_param_is_null(core):
    assert set(error_of(core.call("sum", [None]), -32602, 1)["data"]["fields"]) == {"a"}
    assert result_of(core.call("echo", [None])) is None


@pytest.mark.parametrize(
    ("method", "params", "fields"),
    [
        ("subtract", None, {"minuend", "subtrahend"}),
        ("subtract", [42], {"subtrahend"}),
        ("subtract", {"subtrahend": 1}, {"minuend"}),
        ("subtract", [1, 2, 3], {"params"}),
        ("get_data", [1], {"params"}),
        ("get_data", {"a": 1}, {"a"}),
        ("subtract", {"minuend": 1, "subtrahend": 2, "x": 3}, {"x"}),
        ("subtract", {"Minuend": 1, "subtrahend": 2}, {"Minuend", "minuend"}),
        ("subtract", {"": 1, "minuend": 1, "subtrahend": 2}, {""}),
        ("subtract", ["5", 1], {"minuend"}),
        ("subtract", [1.5, True], {"minuend", "subtrahend"}),
        ("subtract", [[], {}], {"minuend", "subtrahend"}),
        ("subtract", {"minuend": None, "subtrahend": 1}, {"minuend"}),
        ("subtract", [2**63, 1], {"minuend"}),
        ("subtract", [2**64, -(2**70)], {"minuend", "subtrahend"}),
        ("update", ["abc"], {"values"}),
        ("update", [[1, "2", 3, 4.5]], {"values.1", "values.3"}),
        ("update", [[1, 2**64]], {"values.1"}),
        ("greet", [{}], {"person.name"}),
        ("greet", [{"name": 5, "age": "6", "size": 7}], {"person.name", "person.age", "person.size"}),
        ("greet", ["Eva"], {"person"}),
        ("greet", {"person": {"name": "Eva"}, "firstName": 1}, {"firstName"}),
        ("greet", {"person": {"name": "Eva"}, "firstName": "true"}, {"firstName"}),
        ("greet", {"person": {"name": "Eva"}, "weight": "1"}, {"weight"}),
        ("greet", {"person": {"name": "Eva"}, "weight": True}, {"weight"}),
        ("greet", {"person": {"name": "Eva"}, "first_name": True}, {"first_name"}),
        ("greet", {"person": {"name": "\ud800"}}, {"person.name"}),
    ],
    ids=lambda value: repr(sorted(value) if isinstance(value, set) else value),
)
def test_wrong_params_are_refused_and_each_is_named(core, method, params, fields):
    error = error_of(core.call(method, params), -32602, 1)
    assert set(error["data"]["fields"]) == fields
    assert all(isinstance(text, str) for texts in error["data"]["fields"].values() for text in texts)
    assert set(error["data"]) == {"kind", "fields"}
    assert core.calls == []


def test_params_are_taken_to_64_bits(core):
    assert result_of(core.call("subtract", [2**63 - 1, 1])) == 2**63 - 2
    assert result_of(core.call("subtract", [-(2**63), 0])) == -(2**63)


# --- 5. response object ---


@pytest.mark.parametrize("params", [[None], [False], [0], [""], [[]], [{}]], ids=json.dumps)
def test_a_result_may_be_empty_and_is_still_there(core, params):
    answer = result_of(core.call("echo", params))
    assert answer == params[0]
    assert type(answer) is type(params[0])


def test_a_response_has_a_result_or_an_error_and_never_both(core):
    answers = core.post(
        [
            {"jsonrpc": "2.0", "method": name, "id": name}
            for name in ("get_data", "raise_known", "raise_unknown", "exit", "return_set", "subtract", "foobar")
        ]
    )
    assert [("result" in answer) + ("error" in answer) for answer in answers] == [1] * 7
    assert ["result" in answer for answer in answers] == [True] + [False] * 6


# --- 5.1 error object ---


def test_an_action_tells_its_own_error(core):
    error = error_of(core.call("raise_known"), 105, 1)
    assert error == {"code": 105, "message": "no such thing", "data": {"kind": "not_found", "name": "thing"}}


@pytest.mark.parametrize("method", ["raise_unknown", "exit", "exit_early"])
def test_an_unforeseen_error_is_logged_and_tells_a_client_nothing(core, caplog, method):
    with caplog.at_level(logging.ERROR, "anki_rpc"):
        error = error_of(core.call(method), -32603, 1)
    assert error == {"code": -32603, "message": "Internal error", "data": {"kind": "internal_error"}}
    assert SECRET not in json.dumps(error)
    assert [record.exc_info is not None for record in caplog.records] == [True]
    assert result_of(core.call("get_data")) == ["hello", 5]


def test_permission_is_asked_before_params_are_looked_at(core):
    error_of(core.call("secret", ["surplus"]), -32004, 1)
    assert core.calls == []


def test_codes_are_unique_and_keep_out_of_the_reserved_range():
    codes = [error.code for error in every_error()]
    kinds = [error.kind for error in every_error()]
    assert len(set(codes)) == len(codes)
    assert len(set(kinds)) == len(kinds)
    own = [code for code in codes if code not in (-32700, -32600, -32601, -32602, -32603)]
    assert [code for code in own if -32768 <= code <= -32100] == []
    assert all(error.summary() for error in every_error())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"{",
        b"{'jsonrpc': '2.0', 'method': 'get_data', 'id': 1}",
        b'{"jsonrpc": "2.0", "method": "get_data", "id": 1} x',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": 1}{}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": 1,}',
        b'\xef\xbb\xbf{"jsonrpc": "2.0", "method": "get_data", "id": 1}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": "\xff"}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": "\xed\xa0\x80"}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": "\x00"}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": 01}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": NaN}',
        b'{"jsonrpc": "2.0", "method": "echo", "params": [' + b"9" * 5000 + b'], "id": 1}',
        b'{"jsonrpc": "2.0", "method": "get_data", "id": 1}'.decode().encode("utf-16"),
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
    ids=lambda body: repr(body[:60]),
)
def test_what_is_no_json_is_a_parse_error(core, body):
    error_of(core.send(body), -32700)
    assert core.calls == []


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999, 1234567890123456789"])
def test_a_number_that_json_lacks_is_a_parse_error_with_the_id(core, number):
    body = f'{{"jsonrpc": "2.0", "method": "echo", "params": [{number}], "id": 1}}'
    error_of(core.send(body.encode()), -32700, 1)
    assert core.calls == []


@pytest.mark.parametrize("document", [None, True, 1, 1.5, "get_data", {}], ids=repr)
def test_what_is_json_and_no_request_is_an_invalid_request(core, document):
    error_of(core.post(document), -32600)


@pytest.mark.parametrize("depth", [10, 200, 500, 900])
def test_depth_harms_nobody(core, depth):
    nested = b"[" * depth + b"]" * depth
    answer = core.send(b'{"jsonrpc": "2.0", "method": "echo", "params": [' + nested + b'], "id": 1}')
    assert ("result" in answer) != ("error" in answer)
    assert result_of(core.call("get_data")) == ["hello", 5]


@pytest.mark.parametrize("value", ["\ud800", ["\udfff"], {"\ud800": 1}], ids=ascii)
def test_lone_surrogates_pass_where_any_value_does(core, value):
    assert result_of(core.call("echo", [value])) == value


@pytest.mark.parametrize("value", [2**63, 2**64, 2**64 + 1, -(2**63) - 1, 10**1000], ids=lambda value: str(value)[:21])
def test_huge_integers_are_not_rounded(core, value):
    body = f'{{"jsonrpc": "2.0", "method": "echo", "params": [{value}], "id": 1}}'
    assert result_of(core.send(body.encode())) == value


def test_unusual_results_are_written(core):
    assert result_of(core.call("return_surrogate")) == "\ud800"
    assert result_of(core.call("return_huge")) == 2**70


# --- 6. batch ---


def test_an_empty_batch_is_one_invalid_request(core):
    error_of(core.post([]), -32600)


@pytest.mark.parametrize("batch", [[1], [1, 2, 3], [None], [[]], [[[]]], [{}], ["a", True]], ids=json.dumps)
def test_each_invalid_member_is_answered(core, batch):
    answers = core.post(batch)
    assert len(answers) == len(batch)
    for answer in answers:
        error_of(answer, -32600)


def test_a_batch_within_a_batch_is_an_invalid_member(core):
    request = {"jsonrpc": "2.0", "method": "get_data", "id": 1}
    inner, outer = core.post([[request], request])
    error_of(inner, -32600)
    assert result_of(outer) == ["hello", 5]
    assert core.calls == ["get_data"]


def test_a_batch_of_notifications_is_not_answered(core):
    notification = {"jsonrpc": "2.0", "method": "update", "params": [[1]]}
    assert core.post([notification, notification, {"jsonrpc": "2.0", "method": "foobar"}]) is None
    assert core.calls == ["update", "update"]


def test_a_batch_of_one_is_answered_with_a_list(core):
    (answer,) = core.post([{"jsonrpc": "2.0", "method": "get_data", "id": 1}])
    assert result_of(answer) == ["hello", 5]


def test_members_with_the_same_id_are_both_answered(core):
    batch = [{"jsonrpc": "2.0", "method": "subtract", "params": [n, 0], "id": 7} for n in (1, 2)]
    assert [result_of(answer, 7) for answer in core.post(batch)] == [1, 2]


@pytest.mark.parametrize("bad", ["raise_known", "raise_unknown", "exit", "exit_early", "return_set", "return_depth"])
def test_a_member_that_fails_costs_only_itself(core, bad):
    names = ["get_data", bad, "get_data"]
    first, second, third = core.post([{"jsonrpc": "2.0", "method": m, "id": n} for n, m in enumerate(names)])
    assert result_of(first, 0) == ["hello", 5]
    error_of(second, 105 if bad == "raise_known" else -32603, 1)
    assert result_of(third, 2) == ["hello", 5]


@pytest.mark.parametrize("method", ["return_set", "return_depth"])
def test_a_result_that_cannot_be_written_is_an_internal_error(core, method):
    error_of(core.call(method), -32603, 1)


def test_a_batch_is_limited(open_core):
    core = open_core(batch=3)
    batch = [{"jsonrpc": "2.0", "method": "get_data", "id": n} for n in range(4)]
    assert len(core.post(batch[:3])) == 3
    assert error_of(core.post(batch), -32600)["data"]["limit"] == 3
    assert len(core.calls) == 3


def test_ten_thousand_members_are_taken_by_default(core):
    request = {"jsonrpc": "2.0", "method": "get_data", "id": 1}
    assert len(core.post([request] * 10_000)) == 10_000
    error_of(core.post([request] * 10_001), -32600)


# --- 7. examples, as the specification prints them ---

EXAMPLES = {
    "positional": (
        '{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}',
        {"jsonrpc": "2.0", "result": 19, "id": 1},
    ),
    "positional, other order": (
        '{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}',
        {"jsonrpc": "2.0", "result": -19, "id": 2},
    ),
    "named": (
        '{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}',
        {"jsonrpc": "2.0", "result": 19, "id": 3},
    ),
    "named, other order": (
        '{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}',
        {"jsonrpc": "2.0", "result": 19, "id": 4},
    ),
    "notification": ('{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}', None),
    "notification of an unknown method": ('{"jsonrpc": "2.0", "method": "foobar"}', None),
    "unknown method": (
        '{"jsonrpc": "2.0", "method": "foobar", "id": "1"}',
        {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "1"},
    ),
    "invalid JSON": (
        '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]',
        {"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": None},
    ),
    "invalid request": (
        '{"jsonrpc": "2.0", "method": 1, "params": "bar"}',
        {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": None},
    ),
    "batch, invalid JSON": (
        '[\n  {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},\n  {"jsonrpc": "2.0", "method"\n]',
        {"jsonrpc": "2.0", "error": {"code": -32700, "message": "Parse error"}, "id": None},
    ),
    "empty batch": ("[]", {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": None}),
    "batch of one invalid request": (
        "[1]",
        [{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": None}],
    ),
    "batch of invalid requests": (
        "[1,2,3]",
        [{"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": None}] * 3,
    ),
    "mixed batch": (
        """[
            {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
            {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
            {"foo": "boo"},
            {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
            {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
        ]""",
        [
            {"jsonrpc": "2.0", "result": 7, "id": "1"},
            {"jsonrpc": "2.0", "result": 19, "id": "2"},
            {"jsonrpc": "2.0", "error": {"code": -32600, "message": "Invalid Request"}, "id": None},
            {"jsonrpc": "2.0", "error": {"code": -32601, "message": "Method not found"}, "id": "5"},
            {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"},
        ],
    ),
    "batch of notifications": (
        """[
            {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
        ]""",
        None,
    ),
}


def as_printed(answer):
    """The specification's messages are bare; ours add what was wrong, and data."""
    if isinstance(answer, list):
        return [as_printed(member) for member in answer]
    if answer and "error" in answer:
        error = answer["error"]
        return {**answer, "error": {"code": error["code"], "message": error["message"].partition(":")[0]}}
    return answer


@pytest.mark.parametrize(("body", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_the_examples_of_the_specification(core, body, expected):
    assert as_printed(core.send(body.encode())) == expected


# --- over HTTP, on a real collection ---


def test_what_has_no_response_is_204_without_a_body(gateway):
    notification = {"jsonrpc": "2.0", "method": "version"}
    for document in (notification, [notification, {"jsonrpc": "2.0", "method": "foobar"}]):
        answer = gateway.send(json.dumps(document).encode(), content_type="application/json")
        assert (answer.status_code, answer.data) == (204, b"")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", -32700),
        (b"[]", -32600),
        (b"[1]", [-32600]),
        (b'{"jsonrpc": "2.0", "method": "foobar", "id": 1}', -32601),
        (b'[{"jsonrpc": "2.0", "method": "version", "id": 1}, NaN]', -32700),
        (b'{"jsonrpc": "2.0", "method": "version", "id": NaN}', -32700),
    ],
    ids=repr,
)
def test_errors_are_answered_with_200(gateway, body, code):
    answer = gateway.send(body, content_type="application/json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    document = answer.json
    assert (
        [one["error"]["code"] for one in document] if isinstance(document, list) else document["error"]["code"]
    ) == code


def test_a_notification_has_acted_when_it_is_acknowledged(gateway):
    gateway.post({"jsonrpc": "2.0", "method": "createDeck", "params": ["Latin"]})
    assert "Latin" in gateway.rpc("deckNames")["result"]


def test_calls_inside_each_other_have_a_limit_that_is_named(gateway):
    call = {"action": "version"}
    for _ in range(200):
        call = {"action": "multi", "params": {"actions": [call]}}
    answer = gateway.rpc("multi", call["params"])["result"]
    for _ in range(31):
        answer = answer[0]["result"]
    assert answer[0]["error"]["code"] == -32600
    assert "nested more than 32 levels" in answer[0]["error"]["message"]
