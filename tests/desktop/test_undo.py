"""Whose a step is in a real Anki, where the user works, too: `undo`, `redo` and `guiUndo` of pages without `delete`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from .conftest import GatewayProcess

CONFIG = "mw.addonManager.getConfig('1234567890')"
PAGE, OTHER = "https://undo.example", "https://other.undo.example"


@pytest.fixture
def grants(anki: GatewayProcess, clean: None) -> Iterator[None]:
    """Two pages that may change and control windows, but not delete."""
    before = anki.eval(CONFIG)
    write = "mw.addonManager.writeConfig('1234567890', given)\nmw.addonManager.configUpdatedAction('1234567890')(given)"
    may = ["change", "gui"]
    anki.exec(write, given={**before, "grants": {PAGE: may, OTHER: may}})
    yield
    anki.exec(write, given=before)


def call(anki: GatewayProcess, origin: str | None, method: str, params: Mapping[str, Any] | None = None) -> Any:
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params or {}}
    headers = {} if origin is None else {"Origin": origin}
    return json.loads(anki.send(json.dumps(body).encode(), headers=headers).body)


def decks(anki: GatewayProcess) -> list[str]:
    return [name for name in anki.legacy("deckNames")["result"] if name.startswith("Undo")]


def user(anki: GatewayProcess, deck: str) -> None:
    """The user adds a deck."""
    anki.exec("from aqt.operations.deck import add_deck\nadd_deck(parent=mw, name=name).run_in_background()", name=deck)
    anki.wait_for("mw.col.decks.by_name(name) and not mw._background_op_count", name=deck)


def add(anki: GatewayProcess, origin: str | None, deck: str) -> None:
    assert "result" in call(anki, origin, "createDeck", {"deck": deck})


def test_a_page_undoes_its_own_steps_and_neither_another_s_nor_the_user_s(anki: GatewayProcess, grants: None) -> None:
    for method in ("guiUndo", "undo"):
        add(anki, PAGE, "Undo page")
        for origin in (OTHER, PAGE):
            answer = call(anki, origin, method)
            assert ("error" in answer) is (origin == OTHER), answer
        assert decks(anki) == []
        add(anki, PAGE, "Undo page")
        user(anki, "Undo user")
        error = call(anki, PAGE, method)["error"]
        assert error["data"] == {"kind": "permission_denied", "origin": PAGE, "scope": "delete"}
        assert decks(anki) == ["Undo page", "Undo user"]
        assert "result" in call(anki, None, method)
        assert decks(anki) == ["Undo page"]
        assert call(anki, PAGE, "redo")["error"]["data"]["scope"] == "delete"
        assert "result" in call(anki, PAGE, method)
        assert decks(anki) == []


def test_what_the_user_looks_at_or_undoes_takes_no_step_from_a_page(anki: GatewayProcess, grants: None) -> None:
    add(anki, PAGE, "Undo page")
    for work in ("mw.moveToState('overview')", "mw.moveToState('deckBrowser')", "mw.onBrowse()"):
        anki.exec(work)
        anki.wait_for("is_idle()")  # the page of a finished deck would fail without its server's answer
    anki.wait_for("any(type(w).__name__ == 'Browser' for w in windows())")
    assert anki.tidy() == []  # an open browser may store its settings late: nothing could be redone after that
    user(anki, "Undo user")
    anki.exec("mw.undo()")
    anki.wait_for("mw.col.decks.by_name('Undo user') is None and not mw._background_op_count")
    assert call(anki, PAGE, "guiUndo")["result"] is True
    assert call(anki, PAGE, "redo")["result"]["step"] == "Add Deck"
    anki.exec("mw.undo()")
    anki.wait_for("mw.col.decks.by_name('Undo page') is None and not mw._background_op_count")
    assert call(anki, PAGE, "redo")["error"]["data"]["scope"] == "delete"


def test_what_is_done_in_a_window_needs_the_scope_that_it_needs_without(anki: GatewayProcess, grants: None) -> None:
    picture = {"filename": "undo.png", "data": "eA==", "fields": ["Front"]}
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "x"}, "picture": [picture]}
    anki.exec(
        "mw.addonManager.configUpdatedAction('1234567890')(given)",
        given={**anki.eval(CONFIG), "grants": {PAGE: ["gui"]}},
    )
    for method in ("guiAddCards", "guiAddNoteSetData"):
        error = call(anki, PAGE, method, {"note": note})["error"]
        assert (error["data"]["kind"], error["data"]["scope"]) == ("permission_denied", "media")
    assert call(anki, PAGE, "guiCheckDatabase")["error"]["data"]["scope"] == "admin"
    assert anki.eval("mw.col.media.have('undo.png')") is False
    assert anki.windows() == []


def test_an_undo_is_answered_although_another_add_on_fails(anki: GatewayProcess, clean: None) -> None:
    anki.exec("def fails(out): raise ValueError('of an add-on')\naqt.gui_hooks.state_did_undo.append(fails)")
    add(anki, None, "Undo page")
    assert call(anki, None, "guiUndo")["result"] is True
    anki.wait_for("reported_errors()")
    anki.forget_errors()
    assert decks(anki) == []
