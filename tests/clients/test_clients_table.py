"""The table of clients in the documentation names what runs, and all of it."""

import inspect
import tomllib
from pathlib import Path

import recorded_clients
from original_clients import each_client

from . import test_known_clients

CLIENTS = tomllib.loads((Path(__file__).parent / "clients.toml").read_text(encoding="utf-8"))
FLOWS = {flow.id for flow in each_client.args[1]}
PROGRAMS = {program.__name__ for program in (*recorded_clients.PROGRAMS, recorded_clients.obsidian_to_anki_with_files)}
WITH_WINDOWS = {program.__name__ for program in recorded_clients.WITH_WINDOWS}
KNOWN = {name for name, _ in inspect.getmembers(test_known_clients, inspect.isfunction)}


def test_each_client_that_runs_has_a_row():
    named = [name for row in CLIENTS["client"] for name in row["runs"]]
    assert len(named) == len(set(named))
    assert FLOWS | PROGRAMS | WITH_WINDOWS <= set(named) <= FLOWS | PROGRAMS | WITH_WINDOWS | KNOWN


def test_a_row_says_where_its_client_runs():
    for row in CLIENTS["client"]:
        runs = set(row["runs"])
        assert row.get("anki", True) is not (runs <= KNOWN)
        assert row.get("windows", False) is bool(runs & WITH_WINDOWS) or row["name"] == "mcp-server-anki"
        assert (row["from"] in ("npm", "PyPI")) is bool(runs & FLOWS)


def test_each_difference_has_a_sentence_and_is_one_of_a_client():
    found = {why for row in CLIENTS["client"] for why in row["ankiconnect"].get("differ", {})}
    assert found == set(CLIENTS["differences"])
