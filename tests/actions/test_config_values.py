"""Values that programs store in the collection: their own ones only, in one undo step."""

import json

import pytest
from anki.config_pb2 import ConfigKey
from anki.utils import to_json_bytes

from addon.schemas.collection.config_values import LARGEST, MOST_LEVELS

VALUES = {
    "my-program.none": None,
    "my-program.text": 'caf\u00e9 "\U0001f600" </script>',
    "my-program.numbers": [0, -1, 2**63, -(2**63), 1.5, 1.0, True, False],
    "my-program.object": {"b": {"c": []}, "a": {}, "": "empty"},
    "com.example.app/x:y_z": "",
}


@pytest.fixture
def call(gateway):
    def send(method, **params):
        answer = gateway.rpc(method, params)
        assert "error" not in answer, answer
        return answer["result"]

    return send


@pytest.fixture
def error(gateway):
    def send(method, **params):
        before = content(gateway)
        answer = gateway.rpc(method, params)["error"]
        assert content(gateway) == before
        return answer

    return send


def content(gateway):
    return gateway.col.db.all("select key, val from config order by key"), gateway.col._backend.get_undo_status()


def nested(levels):
    value = []
    for _ in range(levels - 1):
        value = [value]
    return value


def test_values_come_back_as_they_were_stored(gateway, call):
    assert call("setConfigValues", values=VALUES) == [*VALUES]
    got = call("getConfigValues", keys=[*VALUES, "my-program.nosuch"])
    assert json.dumps(got, sort_keys=True) == json.dumps(VALUES, sort_keys=True)
    for key, value in VALUES.items():
        assert gateway.col.get_config(key) == value
    assert gateway.legacy("getConfigValues", keys=["my-program.none"]) == {
        "result": {"my-program.none": None},
        "error": None,
    }
    assert gateway.legacy("setConfigValues", values={"my-program.none": 5})["result"] == ["my-program.none"]
    assert gateway.legacy("removeConfigValues", keys=["my-program.none"])["result"] == ["my-program.none"]
    assert call("getConfigValues", keys=["my-program.none"]) == {}


def test_many_values_are_one_step(gateway, call):
    many = {f"my-program.{index}": index for index in range(300)}
    call("setConfigValues", values={"my-program.0": "before"})
    before = gateway.col.undo_status().last_step
    assert len(call("setConfigValues", values=many)) == 300
    assert gateway.col.undo_status().undo == "Update Config"
    assert gateway.col.undo_status().last_step > before
    gateway.col.undo()
    assert call("getConfigValues", keys=[*many]) == {"my-program.0": "before"}
    gateway.col.redo()
    assert call("getConfigValues", keys=[*many]) == many
    assert call("removeConfigValues", keys=["my-program.nosuch", *many, *many]) == [*many]
    assert call("getConfigValues", keys=[*many]) == {}
    gateway.col.undo()
    assert call("getConfigValues", keys=[*many]) == many


def test_only_values_that_differ_are_written(gateway, call):
    call("setConfigValues", values=VALUES)
    step = gateway.col.undo_status().last_step
    assert call("setConfigValues", values=dict(reversed(VALUES.items()))) == []
    assert gateway.col.undo_status().last_step == step
    for other in (1, "1", 1.0, True, [1], {"a": 1}, None):
        assert call("setConfigValues", values={"my-program.x": other}) == ["my-program.x"]
        assert call("setConfigValues", values={"my-program.x": other}) == []


def test_values_are_to_be_synced(gateway, call):
    gateway.col.db.execute("update config set usn = 7")
    call("setConfigValues", values={"my-program.a": 1})
    assert gateway.col.db.list("select key from config where usn = -1") == ["my-program.a"]


def test_ankis_own_keys_are_refused(gateway, error):
    """Those of a new collection, and those that Anki makes for its settings, decks and note types."""
    col = gateway.col
    for number in ConfigKey.Bool.values():
        col.set_config_bool(number, not col.get_config_bool(number))
    for number in ConfigKey.String.values():
        col.set_config_string(number, "x")
    backend, model = col._backend, col.models.by_name("Basic")["id"]
    keys = [
        *col.db.list("select key from config"),
        *("rollover", "localOffset", "savedFilters", "fsrs", "fsrsHealthCheck", "lastUnburied", "nextPos", "schedVer"),
        *("newCardsIgnoreReviewLimit", "applyAllParentLimits", "cardStateCustomizer", "dueCounts", "curDeck"),
        backend.get_aux_notetype_config_key(id=model, key="lastDeck"),
        backend.get_aux_notetype_config_key(id=model, key="of.an.addon"),
        backend.get_aux_template_config_key(notetype_id=model, card_ordinal=0, key="a.b"),
        *("_deck_1_lastNotetype", "_deck_1_a.b", "_nt_1.x"),
    ]
    assert len(keys) > 50
    for key in keys:
        answers = {
            "getConfigValues": error("getConfigValues", keys=["my-program.a", key]),
            "setConfigValues": error("setConfigValues", values={"my-program.a": 1, key: 1}),
            "removeConfigValues": error("removeConfigValues", keys=["my-program.a", key]),
        }
        for answer in answers.values():
            assert answer["data"]["kind"] == "invalid_params"
            assert "such as `my-program.window`" in answer["message"]
        assert [*answers["setConfigValues"]["data"]["fields"]] == [f"values.{key}"]
        assert [*answers["getConfigValues"]["data"]["fields"]] == ["keys.1"]


@pytest.mark.parametrize(
    "key", ["", ".", "a.", ".a", "a b.c", "a.b c", "a.\u00e9", "\u00e9.a", "a.b\n", "a.\0", f"a.{'b' * 199}", "a/b.c"]
)
def test_other_keys_are_refused(error, key):
    for method, params in (
        ("getConfigValues", {"keys": [key]}),
        ("setConfigValues", {"values": {key: 1}}),
        ("removeConfigValues", {"keys": [key]}),
    ):
        assert error(method, **params)["data"]["kind"] == "invalid_params"


def test_a_call_has_a_thousand_keys(call, error):
    keys = [f"a.{index}" for index in range(1_001)]
    assert call("getConfigValues", keys=keys[1:]) == {}
    for method, params in (
        ("getConfigValues", {"keys": keys}),
        ("setConfigValues", {"values": dict.fromkeys(keys)}),
        ("removeConfigValues", {"keys": keys}),
    ):
        assert error(method, **params)["data"]["kind"] == "invalid_params"


def test_what_anki_cannot_store_is_refused_before_anything_is_written(gateway, call, error):
    """A write that fails clears Anki's undo history."""
    call("setConfigValues", values={"a.deep": nested(MOST_LEVELS), "a.long": "x" * (LARGEST - 2)})
    assert call("getConfigValues", keys=["a.deep"]) == {"a.deep": nested(MOST_LEVELS)}
    for wrong, words in (
        (nested(MOST_LEVELS + 1), "levels"),
        ({"a": nested(MOST_LEVELS)}, "levels"),
        ("x" * (LARGEST - 1), "bytes"),
        (["\u00e9" * 5_000] * 2, "20,007"),
    ):
        answer = error("setConfigValues", values={"a.b": 1, "a.wrong": wrong})
        assert answer["data"] == {"kind": "refused", "field": "values.a.wrong"}
        assert words in answer["message"]
    assert gateway.col.undo_status().undo == "Update Config"


@pytest.mark.parametrize(
    "text", ['"\\ud800"', '["a", {"b": "\\udfff"}]', '{"\\ud800": 1}', "1" + "0" * 30, "-1" + "0" * 19, "1e999"]
)
def test_json_that_is_no_value_of_ankis_breaks_nothing(gateway, call, text):
    """Whatever is done with it: an error before the write, or a value that comes back."""
    call("setConfigValues", values={"a.before": 1})
    before = gateway.col.undo_status().undo
    message = {"jsonrpc": "2.0", "id": 1, "method": "setConfigValues", "params": {"values": {"a.b": "VALUE"}}}
    body = json.dumps(message).replace('"VALUE"', text)
    answer = json.loads(gateway.send(body.encode("utf-8", "surrogatepass"), content_type="application/json").data)
    if "error" in answer:
        assert answer["error"]["data"]["kind"] in ("refused", "invalid_params", "parse_error", "invalid_request")
        assert gateway.col.get_config("a.b") is None
    else:
        assert call("setConfigValues", values={"a.b": call("getConfigValues", keys=["a.b"])["a.b"]}) == []
    assert gateway.col.undo_status().undo == before


def test_a_damaged_value_is_told_and_can_be_replaced(gateway, call, error):
    gateway.col.set_config("a.b", 1)
    for damage in (b"{", b"\xff", b"[" * 5_000):
        gateway.col.db.execute(f"update config set val = x'{damage.hex()}' where key = 'a.b'")
        assert error("getConfigValues", keys=["a.b"])["data"] == {"kind": "refused", "field": "keys"}
        assert call("setConfigValues", values={"a.b": 1}) == ["a.b"]
        gateway.col.db.execute(f"update config set val = x'{damage.hex()}' where key = 'a.b'")
        assert call("removeConfigValues", keys=["a.b"]) == ["a.b"]
        gateway.col.set_config("a.b", 1)


def test_ankis_own_form_is_recognised(gateway, call):
    gateway.col.set_config("a.b", {"z": 1, "a": "\u00e9"})
    assert to_json_bytes({"a": "\u00e9"})
    assert call("setConfigValues", values={"a.b": {"a": "\u00e9", "z": 1}}) == []
