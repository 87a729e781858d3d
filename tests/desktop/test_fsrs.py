"""FSRS in a real Anki: its options window shows what a program has set, and its undo menu takes it back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from study import studied

from .conftest import GatewayProcess

SEEDS = itertools.count(1)
"""Each test has moments of its own: reviews that were inserted before may be as old to the second."""
PARAMS = [round(0.4 + place / 100, 2) for place in range(21)]
WINDOW = "[window for window in mw.app.topLevelWidgets() if type(window).__name__ == 'DeckOptionsDialog'][-1]"
INPUTS = "JSON.stringify([...document.querySelectorAll('input, textarea')].map(field => field.value))"


@pytest.fixture
def preset(anki: GatewayProcess, clean: None) -> Iterator[str]:
    """The name of a preset of its own, with a deck that was studied."""
    anki.rpc("createDeck", {"deck": "Studied"})
    copy = anki.rpc("cloneDeckConfigId", {"name": "For FSRS"})["result"]
    anki.rpc("setDeckConfigId", {"decks": ["Studied"], "configId": copy})
    studied(lambda method, params: anki.rpc(method, params)["result"], "Studied", 60, next(SEEDS))
    yield "For FSRS"
    anki.rpc("setFsrsActive", {"active": False})
    anki.delete_deck("Studied")
    anki.rpc("removeDeckConfigId", {"configId": copy})


def shown(anki: GatewayProcess) -> list[str]:
    """What stands in the fields of Anki's options window for the deck."""
    anki.exec("import aqt.deckoptions; aqt.deckoptions.display_options_for_deck(mw.col.decks.by_name('Studied'))")
    anki.wait_for(f"{WINDOW}._ready")
    anki.exec(
        f"mw.shown = None\nwindow = {WINDOW}\n"
        "window.web.evalWithCallback(inputs, lambda text: setattr(mw, 'shown', __import__('json').loads(text)))",
        inputs=INPUTS,
    )
    anki.wait_for("mw.shown is not None")
    fields: list[str] = anki.eval("mw.shown")
    anki.exec(f"{WINDOW}.require_close()")
    return fields


def test_the_options_window_shows_what_was_set(anki: GatewayProcess, preset: str) -> None:
    for method, params in (
        ("setFsrsActive", {"active": True}),
        ("setFsrsParams", {"preset": preset, "params": PARAMS}),
        ("setDesiredRetention", {"preset": preset, "desiredRetention": 0.83}),
    ):
        assert anki.rpc(method, params)["result"] is True
    fields = shown(anki)
    assert ", ".join(f"{value:.4f}" for value in PARAMS) in fields
    assert {"83", "0.83"} & set(fields)
    assert anki.eval("mw.col.undo_status().undo") == "Set Desired Retention"
    anki.exec("mw.undo()")
    anki.wait_for("mw.col.undo_status().undo == 'Set FSRS Parameters'")
    assert anki.rpc("getFsrsParams", {"presets": [preset]})["result"]["presets"][0]["desiredRetention"] == 0.9


def test_what_was_optimized_is_stored_and_simulated(anki: GatewayProcess, preset: str) -> None:
    anki.rpc("setFsrsActive", {"active": True})
    found = anki.rpc("optimizeFsrsParams", {"preset": preset, "apply": True})["result"]
    assert found["applied"] is True
    (stored,) = anki.rpc("getFsrsParams", {"presets": [preset]})["result"]["presets"]
    assert stored["params"] == pytest.approx(found["params"])
    days = anki.rpc("simulateReviews", {"preset": preset, "days": 10})["result"]
    assert sum(day["reviews"] for day in days) > 0
    cards = anki.rpc("findCards", {"query": "deck:Studied"})["result"]
    states = anki.rpc("getMemoryStates", {"cards": cards})["result"]
    assert all(0 < state["retrievability"] <= 1 for state in states)


def test_what_a_version_of_anki_lacks_is_named(anki: GatewayProcess, preset: str) -> None:
    anki.rpc("setFsrsActive", {"active": True})
    lacks = anki.eval("__import__('anki.utils').utils.int_version() < 250900")
    for method, params, missing in (
        ("simulateWorkload", {"preset": preset, "days": 5}, "simulate_fsrs_workload"),
        ("setDeckDesiredRetention", {"deck": "Studied", "desiredRetention": 0.8}, "Limits.desired_retention"),
    ):
        response = anki.rpc(method, params)
        assert ("error" in response) is lacks
        if lacks:
            assert response["error"]["data"]["kind"] == "anki_too_old"
            assert response["error"]["data"]["missing"].endswith(missing)
    assert anki.rpc("evaluateFsrsParams", {"preset": preset})["result"]["logLoss"] > 0
    assert anki.rpc("getFsrsParams", {"presets": [preset]})["result"]["presets"][0]["name"] == preset
