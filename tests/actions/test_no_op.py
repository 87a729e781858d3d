"""A call that has nothing to do, or that is refused, changes nothing: neither data, nor undo and redo."""

from pathlib import Path
from string import Template

import ankis
import pytest
import seed
from kept_gateways import KeptGateway
from local_gateway import LocalGateway
from no_op_cases import CASES, Case, build, filled
from sizes import for_rows, some, turns

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
    """Gateways on that collection, where a case's call comes next, with a step to undo and one to redo."""

    def __init__(self, path, ids, make_folder):
        self._ids = ids
        self._built = KeptGateway(path, make_folder("built"))
        self._plain = KeptGateway(path, make_folder("plain"), lambda gateway: make_history(gateway.col, PLAIN))

    def open_case(self, case):
        """A gateway and the params."""
        gateway = self._plain.unchanged() if is_plain(case) else self._prepared(case)
        gateway.reported = []
        gateway.host.changed = gateway.reported.append
        return gateway, filled(case.params, self._ids)

    def _prepared(self, case):
        gateway = self._built.unchanged()
        for statement in case.sql:
            gateway.col.db.execute(Template(statement).substitute({name: str(id) for name, id in self._ids.items()}))
        for method, params in case.calls:
            assert "error" not in gateway.rpc(method, filled(params, self._ids))
        make_history(gateway.col, case)
        return gateway

    def close(self):
        self._built.close()
        self._plain.close()


@pytest.fixture(scope="module")
def gateways(template, tmp_path_factory):
    made = Gateways(*template, tmp_path_factory.mktemp)
    yield made
    made.close()


PLAIN = Case({})


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


def state_of(gateway):
    """What the slightest write changes."""
    col, status = gateway.col, gateway.col.undo_status()
    written = col.db, *col.db.first("select total_changes(), * from pragma_data_version, pragma_schema_version")
    if getattr(gateway, "written", None) != written:
        gateway.tables = {table: col.db.all(f"select * from {table}") for table in TABLES}
        gateway.written = written
    folder = Path(col.media.dir())
    return {
        "undo": (status.undo, status.redo, status.last_step),
        **gateway.tables,
        "media": sorted((path.name, path.read_bytes()) for path in folder.iterdir()),
    }


def differences(before, after):
    return {kind: (was, after[kind]) for kind, was in before.items() if was != after[kind]}


def test_every_action_that_writes_stands_in_the_table():
    assert CASES.keys() == WRITING.keys(), (
        "Give each a row in tests/no_op_cases.py: a call that has nothing to do, and one that is refused."
    )


@for_rows("name, case, protocol", rows("nothing"))
def test_a_call_that_has_nothing_to_do_changes_nothing(gateways, name, case, protocol):
    gateway, params = gateways.open_case(case)
    before = state_of(gateway)
    assert bool(before["undo"][0]) is not case.undoes_all
    assert bool(before["undo"][1]) is not case.redoes_all
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    if protocol == "rpc":
        assert ankis.is_lacking(answer, name) or ("error" in answer) is case.is_error, answer
    assert differences(before, state_of(gateway)) == {}, answer
    assert gateway.reported == []


@for_rows(
    "action, example",
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
def test_an_idempotent_call_changes_nothing_the_second_time(gateways, action, example):
    gateway, params = gateways.open_case(Case(example.params, [(action.name, example.params)]))
    before = state_of(gateway)
    gateway.rpc(action.name, params)
    assert differences(before, state_of(gateway)) == {}


@for_rows("name, case, protocol", rows("refused"))
def test_a_call_that_is_refused_changes_nothing(gateways, name, case, protocol):
    gateway, params = gateways.open_case(case)
    before = state_of(gateway)
    answer = gateway.rpc(name, params) if protocol == "rpc" else gateway.legacy(name, **params)
    assert protocol == "legacy" or answer["error"]["data"]["kind"] != "internal_error", answer
    if answer.get("error") is not None:
        assert differences(before, state_of(gateway)) == {}, answer
        assert gateway.reported == []
