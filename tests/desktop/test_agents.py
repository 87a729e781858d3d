"""Agents in a real Anki: the official client's flow, and what the user sees of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from agents import by_bridge, by_http
from examples import ROOT
from original_clients import Flow

from .conftest import GatewayProcess
from .test_original_clients import goes_well


@pytest.mark.parametrize("flow", [by_http[0], by_bridge[1]])
def test_the_official_client_finds_adds_reviews_and_undoes(
    package: Path, example_collection: Path, tmp_path: Path, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    goes_well(flow, GatewayProcess(tmp_path / "anki", package), example_collection)


def ask(anki: GatewayProcess, method: str, **params: Any) -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return json.loads(anki.send(json.dumps(message).encode(), path="/mcp").body)["result"]


def call(anki: GatewayProcess, name: str, **arguments: Any) -> Any:
    called = ask(anki, "tools/call", name=name, arguments=arguments)
    assert not called["isError"], called
    return called["structuredContent"]["result"]


@pytest.mark.usefixtures("clean")
def test_the_user_sees_what_an_agent_does(anki: GatewayProcess) -> None:
    assert "guiBrowse" in {tool["name"] for tool in ask(anki, "tools/list")["tools"]}
    call(anki, "createDeck", deck="Agent")
    notes = [
        {"deckName": "Agent", "modelName": "Basic", "fields": {"Front": f"agent {number}", "Back": "b"}}
        for number in range(2)
    ]
    call(anki, "addNotes", notes=notes)
    call(anki, "selectDeck", deck="Agent")
    first, second = call(anki, "nextCards", limit=2)["cards"]
    anki.rpc("guiDeckReview", {"name": "Agent"})
    anki.wait_for("mw.state == 'review' and mw.reviewer.card and mw.reviewer.card.id == first", first=first["cardId"])
    call(anki, "answerCards", answers=[{"cardId": first["cardId"], "ease": 4}])
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id == second", second=second["cardId"])
    assert call(anki, "nextCards")["cards"][0]["cardId"] == second["cardId"]
    assert call(anki, "undo")["step"] == "Answer Card"
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id == first", first=first["cardId"])
    call(anki, "guiBrowse", query="deck:Agent")
    anki.wait_for("aqt.dialogs._dialogs['Browser'][1] and aqt.dialogs._dialogs['Browser'][1].table.len() == 2")
    assert anki.errors() == []
