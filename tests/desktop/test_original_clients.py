"""Published clients of AnkiConnect and MCP in a real Anki, whose collection in the end holds what they wrote."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import recorded_clients
from agents import by_bridge, by_http
from examples import ROOT
from original_clients import FLOWS, PUBLISHED, Flow, contents, each_client

from .conftest import GatewayProcess, running

RECORDED = [*recorded_clients.PROGRAMS, *recorded_clients.WITH_WINDOWS]
PROFILES = [f"client {number}" for number in range(len(each_client.args[1]) + len(RECORDED) + 4)]
HOME = "nobody's"


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In place of the session's: a profile for each client, and one to go back to."""
    base = tmp_path_factory.mktemp("clients") / "anki"
    process = GatewayProcess(
        base, package, {"webCorsOriginList": recorded_clients.ORIGINS}, profiles=[HOME, *PROFILES], profile=HOME
    )
    with running(process):
        yield process


@pytest.fixture(scope="module")
def profiles() -> Iterator[str]:
    """Names of profiles that no client has used."""
    return iter(PROFILES)


def goes_well(flow: Flow, anki: GatewayProcess, example_collection: Path, profile: str) -> None:
    shutil.copytree(example_collection.parent, anki.base / profile)
    anki.open_profile(profile)
    assert flow.run(anki.port) == flow.told
    assert anki.errors() == []
    anki.open_profile(HOME)
    assert contents(anki.base / profile / example_collection.name) == flow.left


@each_client
def test_it_does_what_it_did_with_ankiconnect(
    anki: GatewayProcess, example_collection: Path, profiles: Iterator[str], flow: Flow
) -> None:
    goes_well(flow, anki, example_collection, next(profiles))


@pytest.mark.matrix
@pytest.mark.parametrize("flow", [by_http[0], by_bridge[1]])
def test_the_official_client_of_agents_finds_adds_reviews_and_undoes(
    anki: GatewayProcess,
    example_collection: Path,
    profiles: Iterator[str],
    flow: Flow,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    goes_well(flow, anki, example_collection, next(profiles))


@pytest.fixture
def shown(anki: GatewayProcess, example_collection: Path, profiles: Iterator[str], clean: None) -> None:
    """A copy of the example collection in Anki's window."""
    profile = next(profiles)
    shutil.copytree(example_collection.parent, anki.base / profile)
    anki.open_profile(profile)
    anki.focus()


@pytest.mark.node
def test_an_agent_reviews_what_the_window_shows(anki: GatewayProcess, shown: None) -> None:
    assert anki.legacy("guiDeckReview", name="Italian") == {"result": True, "error": None}
    flow = Flow([PUBLISHED, FLOWS / "with_mcp_server_anki.py", "review"], {}, {})
    assert flow.run(anki.port) == {
        "current": ["Italian::A1", "mela", [1, 2, 3, 4]],
        "too early": ["false"],
        "shown": ["true"],
        "answered": ["true"],
        "undone": ["true"],
        "again": "mela",
    }


@pytest.mark.node
@pytest.mark.parametrize("program", RECORDED)
def test_programs_without_a_registry_go_on(anki: GatewayProcess, shown: None, program: Callable[[int], None]) -> None:
    program(anki.port)
    assert anki.errors() == []


@pytest.mark.node
def test_obsidian_stores_files_of_the_vault_by_their_path(anki: GatewayProcess, shown: None, tmp_path: Path) -> None:
    recorded_clients.obsidian_to_anki_with_files(anki.port, tmp_path)
    assert anki.errors() == []
