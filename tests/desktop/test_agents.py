"""Agents in a real Anki: what the user sees of their work."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import GatewayProcess


def ask(anki: GatewayProcess, method: str, **params: Any) -> Any:
    message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return json.loads(anki.send(json.dumps(message).encode(), path="/mcp").body)["result"]


def call(anki: GatewayProcess, name: str, /, **arguments: Any) -> Any:
    called = ask(anki, "tools/call", name=name, arguments=arguments)
    assert not called["isError"], called
    return json.loads(called["content"][0]["text"])["result"]


@pytest.mark.usefixtures("clean")
def test_the_user_sees_what_an_agent_does(anki: GatewayProcess) -> None:
    assert "guiBrowse" in {
        tool["name"] for tool in call(anki, "searchTools", query="show the user a search in the window")
    }
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
    anki.focus()
    call(anki, "answerCards", answers=[{"cardId": first["cardId"], "ease": 4}])
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id == second", second=second["cardId"])
    assert call(anki, "nextCards")["cards"][0]["cardId"] == second["cardId"]
    assert call(anki, "undo")["step"] == "Answer Card"
    anki.wait_for("mw.reviewer.card and mw.reviewer.card.id == first", first=first["cardId"])
    call(anki, "callTool", name="guiBrowse", arguments={"query": "deck:Agent"})
    anki.wait_for("aqt.dialogs._dialogs['Browser'][1] and aqt.dialogs._dialogs['Browser'][1].table.len() == 2")
    assert anki.errors() == []
