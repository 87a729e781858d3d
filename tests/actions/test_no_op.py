"""A call that has nothing to do, or that is refused, changes nothing: neither data, nor undo and redo."""

import shutil
from pathlib import Path
from string import Template

import ankis
import pytest
import seed
from local_gateway import LocalGateway
from no_op_cases import CASES, Case, build, filled
from sizes import some, turns

from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

WRITING = {action.name: action for action in REGISTRY.listed() if action.writes and action.runs_on is not RunsOn.GUI}
TABLES = [
    "col",
    "notes",
    "cards",
    "revlog",
    "graves",
    "decks",
    "deck_config",
    "notetypes",
    "fields",
    "templates",
    "config",
    "tags",
]
PROTOCOLS = ["rpc", "legacy"]


def rows(kind):
    """Every case of a kind, with its action, by one of the protocols or by both."""
    cases = [
        (name, number, case)
        for name, row in CASES.items()
        for number, case in enumerate(getattr(row, kind))
        if not isinstance(getattr(row, kind), str)
    ]
    return [
        pytest.param(name, case, protocol, id=f"{name}-{number}-{protocol}")
        for (name, number, case), protocol in turns(cases, lambda case: PROTOCOLS)
    ]


@pytest.fixture(scope="module")
def template(example_collection, tmp_path_factory):
    """A collection in which every action has something that it could change, and the ids in it."""
    gateway = LocalGateway(seed.copy(example_collection, tmp_path_factory.mktemp("no_op")))
    ids = build(gateway)
    path = Path(gateway.col.path)
    gateway.close()
    return path, ids


class Gateways:
    """Those that were opened, and one that a case has left as it was."""

    def __init__(self):
        self.all = []
        self.free = None


@pytest.fixture(scope="module")
def opened():
    gateways = Gateways()
    yield gateways
    for gateway in gateways.all:
        gateway.close()


@pytest.fixture
def open_case(template, opened, tmp_path_factory):
    """Opens that collection where a case's call comes next, with a step to undo and one to redo."""
    own = []

    def open_one(case):
        path, ids = template
        gateway = opened.free if is_plain(case) else None
        if gateway is None:
            folder = tmp_path_factory.mktemp("case") / path.parent.name
            shutil.copytree(path.parent, folder)
            gateway = LocalGateway(folder / path.name)
            (opened.all if is_plain(case) else own).append(gateway)
            for statement in case.sql:
                gateway.col.db.execute(Template(statement).substitute({name: str(id) for name, id in ids.items()}))
            for method, params in case.calls:
                assert "error" not in gateway.rpc(method, filled(params, ids))
            make_history(gateway.col, case)
        opened.free = None if is_plain(case) else opened.free
        gateway.told = []
        gateway.host.changed = gateway.told.append
        return gateway, filled(case.params, ids)

    yield open_one
    for gateway in own:
        gateway.close()


def is_plain(case):
    """Its call comes on the collection as it is built."""
    return not (case.calls or case.sql or case.undoes_all or case.redoes_all)


def make_history(col, case):
    """Do something, and undo something else."""
    col.decks.rename(col.decks.id_for_name("Below::Child"), "Below::Renamed")
    if not case.redoes_all:
        col.set_config("undone", 1, undoable=True)
        col.undo()
    if case.undoes_all:
        while col.undo_status().undo:
            col.undo()


def state_of(col):
    """What the slightest write changes."""
    status = col.undo_status()
    folder = Path(col.media.dir())
    return {
        "undo": (status.undo, status.redo, status.last_step),
        **{table: col.db.all(f"select * from {table}") for table in TABLES},
        "media": sorted((path.name, path.read_bytes()) for path in folder.iterdir()),
    }


def keep(opened, gateway, case):
    """Let the next case have the gateway of one that left everything as it was."""
    if is_plain(case):
        opened.free = gateway


def differences(before, after):
    return {kind: (was, after[kind]) for kind, was in before.items() if was != after[kind]}


def test_every_action_that_writes_stands_in_the_table():
    assert CASES.keys() == WRITING.keys(), (
        "Give each a row in tests/no_op_cases.py: a call that has nothing to do, and one that is refused."
    )


@pytest.mark.parametrize(("name", "case", "protocol"), rows("nothing"))
def test_a_call_that_has_nothing_to_do_changes_nothing(open_case, opened, name, case, protocol):
    gateway, params = open_case(case)
    before = state_of(gateway.col)
    assert bool(before["undo"][0]) is not case.undoes_all
    assert bool(before["undo"][1]) is not case.redoes_all
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    if protocol == "rpc":
        assert ankis.is_lacking(answer, name) or ("error" in answer) is case.is_error, answer
    assert differences(before, state_of(gateway.col)) == {}, answer
    assert gateway.told == []
    keep(opened, gateway, case)


@pytest.mark.parametrize(
    ("action", "example"),
    some(
        [
            pytest.param(action, example, id=f"{action.name}: {example.name}")
            for action in WRITING.values()
            for example in action.examples
            if action.idempotent
        ],
        2,
    ),
)
def test_an_idempotent_call_changes_nothing_the_second_time(open_case, action, example):
    gateway, params = open_case(Case(example.params, [(action.name, example.params)]))
    before = state_of(gateway.col)
    gateway.rpc(action.name, params)
    assert differences(before, state_of(gateway.col)) == {}


@pytest.mark.parametrize(("name", "case", "protocol"), rows("refused"))
def test_a_call_that_is_refused_changes_nothing(open_case, opened, name, case, protocol):
    gateway, params = open_case(case)
    before = state_of(gateway.col)
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    assert protocol == "legacy" or answer["error"]["data"]["kind"] != "internal_error", answer
    if answer.get("error") is not None:
        assert differences(before, state_of(gateway.col)) == {}, answer
        assert gateway.told == []
        keep(opened, gateway, case)
