"""A call about a window that names something that does not exist fails, as any other."""

from __future__ import annotations

from collections.abc import Iterator

import anki.collection  # noqa: F401  (before any other part of Anki, which imports in circles)
import pytest
from unknown_names import NAMED, NOTHING_BY_NAME, REGISTRY, UNKNOWN, call_with, expected

from addon.rpc.executor import RunsOn

from .conftest import GatewayProcess

NAMING = [
    (method, path)
    for (method, path), noun in NAMED.items()
    if REGISTRY[method].runs_on is RunsOn.GUI and noun not in NOTHING_BY_NAME
]
DRAFT = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "f"}}


@pytest.fixture(scope="module")
def prepared(anki: GatewayProcess, clean_in_the_end: None) -> Iterator[GatewayProcess]:
    """Anki with an open browser and an open Add window, and with a filtered deck; what is refused leaves them."""
    term = {"search": "tag:nosuch", "limit": 1, "order": "added"}
    anki.rpc("createFilteredDeck", {"deck": "Cram", "terms": [term], "allowEmpty": True})
    anki.rpc("guiBrowse", {"query": "deck:Default"})
    anki.rpc("guiAddCards", {"note": DRAFT})
    yield anki
    anki.delete_deck("Cram")


@pytest.mark.parametrize(("method", "path"), NAMING)
def test_a_name_of_nothing_is_an_error(prepared: GatewayProcess, method: str, path: str) -> None:
    params = call_with(method, path, UNKNOWN[NAMED[method, path]][0])
    answer = prepared.rpc(method, params)
    assert answer["error"]["data"]["kind"] == expected(method, path), answer


def test_an_error_that_a_window_raises_later_suggests_the_name_that_was_meant(prepared: GatewayProcess) -> None:
    for note, text in (
        ({"deckName": "Defualt"}, "deck was not found: Defualt. Did you mean Default?"),
        ({"modelName": "Basc"}, "model was not found: Basc. Did you mean Basic?"),
        ({"modelName": "Basic", "fields": {"Frnt": "x"}}, "field was not found in Basic: Frnt. Did you mean Front?"),
    ):
        error = prepared.rpc("guiAddNoteSetData", {"note": note})["error"]
        assert error["message"].startswith(text)
        assert error["data"]["suggestions"][0] in text
        old = prepared.legacy("guiAddNoteSetData", note=note)["error"]
        assert "Did you mean" not in str(old)


@pytest.mark.parametrize("search", ["re:[z", "deck:nosuch re:[z", "(", "is:nosuch"])
def test_a_broken_search_is_an_invalid_search(prepared: GatewayProcess, search: str) -> None:
    assert prepared.rpc("guiBrowse", {"query": search})["error"]["data"]["kind"] == "invalid_search"


@pytest.mark.parametrize("method", ["guiAddCards", "guiAddNoteSetData"])
def test_no_note_is_prepared_for_a_filtered_deck(prepared: GatewayProcess, method: str) -> None:
    """The last test, as old clients do fill the window in."""
    answer = prepared.rpc(method, call_with(method, "note.deckName", "Cram"))
    assert answer["error"]["data"] == {"kind": "refused", "deck": "Cram"}
    assert prepared.legacy(method, **call_with(method, "note.deckName", "Cram"))["error"] is None
