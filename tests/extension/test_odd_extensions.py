"""What authors get wrong, or clients send on purpose: it is a fault or an error, and costs nobody else anything."""

import pytest

from addon.extension.declarations import MOST_ITEMS
from addon.rpc.registry import Registry

INTEGER = {"type": "integer"}


class Odd:
    """An object that raises, whatever is done with it."""

    __hash__ = None

    def __str__(self):
        raise SystemExit

    __repr__ = __str__

    def __eq__(self, other):
        raise SystemExit


@pytest.mark.parametrize("name", [Odd(), None, 5, ["x"], "x\nERROR y", "furigana_x\ny", "furigana_\u0445", "x" * 10**5])
def test_an_odd_name_is_a_fault_of_one_line(extended, name, caplog):
    odd, furigana = extended.door.extension(name), extended.furigana()
    for register in (furigana.action, furigana.listen):
        register(name, lambda *_: None)
    furigana.event(name)
    assert furigana.publish(name) is False
    assert extended.call("version") == 6
    faults = [*odd.faults, *furigana.faults]
    assert len(faults) >= 4
    assert all(fault.isprintable() and len(fault) < 800 for fault in faults)
    assert all(record.getMessage().isprintable() for record in caplog.records if record.exc_info is None)
    assert extended.gateway.extensions.state()


@pytest.mark.parametrize("options", [{"interface": Odd()}, {"interface": 10**5000}, {"title": Odd()}, {"limit": Odd()}])
def test_an_odd_option_of_an_extension_is_its_fault(extended, options):
    odd = extended.door.extension("odd", **options)
    assert extended.call("version") == 6
    assert len(odd.faults) == 1


def test_publishing_never_raises(extended):
    class Params(dict):
        def keys(self):
            raise SystemExit

        items = __iter__ = keys

    furigana = extended.furigana()
    furigana.event("furigana_done", params={"properties": {"a": {}}})
    assert furigana.publish("furigana_done", Params(a=1)) is False
    assert "SystemExit" in furigana.faults[-1]


@pytest.mark.parametrize(
    ("name", "error"), [("invalid", "params"), ("busy", "busy"), ("rpc", "error"), ("value", "error")]
)
def test_a_kind_of_error_that_would_be_another_ones_in_a_client_is_refused(open_extended, name, error):
    extended = open_extended(extensions=[name])
    before = extended.document()["components"]["errors"]
    extension = extended.door.extension(name)
    extension.action(f"{name}_go", lambda ctx: None, errors={error: "Mine."})
    after = extended.document()["components"]["errors"]
    if name == "busy":  # `busy_busy` is nobody else's
        assert after.pop("BusyBusy")["message"] == "Mine."
    else:
        assert f"the error {name}_{error} would have the same name as another error" in extension.faults[0]
    assert after == before


@pytest.mark.parametrize("data", [{"message": "x"}, {"self": 1}, {"in_plain_words": "x"}])
def test_the_data_of_an_error_can_have_any_other_name(extended, data):
    def fail(ctx):
        raise ctx.error("bad", **data)

    extended.furigana().action("furigana_fail", fail, errors={"bad": "It is bad."})
    error = extended.call("furigana_fail")
    assert error["message"] == "It is bad."
    assert error["data"] == {"kind": "furigana_bad", "extension": "furigana", **data}


@pytest.mark.parametrize(
    "losses",
    [
        None,
        {"dryRun": False},
        {"dryRun": True, "notes": 5},
        {"dryRun": True, 3: 4, "other": 1},
        {"dryRun": True, "decks": {"x": 1}},
        {"dryRun": True, "notes": {"count": 1, "names": ["a"]}},
        {"dryRun": True, "notes": {"count": "z", "ids": "abc"}},
    ],
)
def test_losses_of_another_form_are_the_fault_of_the_extension(extended, losses):
    furigana = extended.furigana()
    furigana.action("furigana_go", lambda ctx: None, writes=True, dry_run=lambda ctx: losses)
    error = extended.call("furigana_go", {"dryRun": True})
    assert error["data"] == {"kind": "extension_failed", "extension": "furigana"}
    assert "A dry run returns ctx.losses(...)." in error["message"]


@pytest.mark.parametrize(
    "schema",
    [
        INTEGER,
        {"type": ["integer"]},
        {"type": ["null", "integer"]},
        {"type": ["integer", "string"]},
        {"anyOf": [INTEGER, {"type": "null"}]},
        {"enum": [1, 2]},
    ],
)
def test_a_whole_number_is_an_integer_wherever_no_other_number_is_accepted(extended, schema):
    got = []
    takes = {"one": schema, "many": {"type": "array", "items": schema}}
    extended.furigana().action(
        "furigana_go",
        lambda ctx, one, many: got.extend([one, *many]),
        params={"properties": takes, "required": [*takes]},
    )
    assert extended.call("furigana_go", {"one": 2.0, "many": [2.0, 1]}) is None
    assert [type(value) for value in got] == [int] * 3
    assert extended.call("furigana_go", {"one": 2.5, "many": []})["data"]["kind"] == "invalid_params"


@pytest.mark.parametrize("kind", ["object", ["object"]])
def test_the_members_of_an_object_are_checked_however_its_type_is_written(extended, kind):
    inner = {"type": kind, "properties": {"x": INTEGER}, "required": ["x"], "additionalProperties": False}
    extended.furigana().action(
        "furigana_go", lambda ctx, one: None, params={"properties": {"one": inner}, "required": ["one"]}
    )
    assert extended.call("furigana_go", {"one": {"x": 1}}) is None
    assert extended.call("furigana_go", {"one": {"y": 1}})["data"]["kind"] == "invalid_params"


@pytest.mark.parametrize("names", [["class"], ["maxCount", "maxCOUNT"], ["Self"], ["dryRun"], ["DryRun"], ["ctx"]])
def test_a_param_has_a_name_that_a_client_can_write(extended, names):
    takes = {"properties": dict.fromkeys(names, INTEGER)}
    registration = extended.furigana().action("furigana_go", lambda ctx, **params: None, params=takes)
    assert extended.call("furigana_go")["data"]["kind"] == "method_not_found"
    assert names[-1] in registration.fault


def test_an_extension_cannot_register_without_end(extended):
    furigana = extended.furigana()
    made = [furigana.action(f"furigana_a{number}", lambda ctx: None) for number in range(MOST_ITEMS + 1)]
    assert extended.call(made[-2].name) is None
    assert extended.call(made[-1].name)["data"]["kind"] == "method_not_found"
    assert made[-1].fault == "an extension has at most 500 actions, events and listeners."
    assert furigana.faults == (f"{made[-1].name}: {made[-1].fault}",)
    made[0].withdraw()
    assert extended.call(furigana.action("furigana_b", lambda ctx: None).name) is None


def test_an_action_that_writes_needs_more_than_the_scope_to_read(extended):
    made = extended.furigana().action("furigana_go", lambda ctx: None, writes=True, scope="read")
    assert extended.call("furigana_go")["data"]["kind"] == "method_not_found"
    assert made.fault == 'an action that writes cannot have the scope "read".'


def test_a_batch_of_wrong_methods_lists_the_methods_once(extended, monkeypatch):
    listed = []
    own = Registry.listed
    monkeypatch.setattr(Registry, "listed", lambda registry: listed.append(1) or own(registry))
    answers = extended.post([{"jsonrpc": "2.0", "id": id, "method": f"addNoet{id}"} for id in range(100)])
    assert [answer["error"]["data"]["kind"] for answer in answers] == ["method_not_found"] * 100
    assert len(listed) <= 1
