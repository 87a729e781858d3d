"""Every example of an action on Anki's windows does, in a real Anki with the example collection, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import seed
from examples import DOCUMENT, is_right

from .conftest import GatewayProcess

METHODS = {method["name"]: method for method in DOCUMENT["methods"] if method["x-needs-window"]}
EXAMPLES = [
    pytest.param(method, example, id=f"{method['name']}: {example['name']}")
    for method in sorted(
        METHODS.values(), key=lambda method: method["name"] == "guiAnswerCard"
    )  # then another card is next
    for example in method["examples"]
    if method["name"] != "guiExitAnki"
]
REVIEW = [("guiDeckReview", {"name": "Italian::A1"})]
BROWSER = [("guiBrowse", {"query": "deck:Italian::A1"})]
BEFORE = {
    "guiUndo": [("addTags", {"notes": [seed.MELA], "tags": "red"})],
    "guiSelectCard": BROWSER,
    "guiSelectNote": BROWSER,
    "guiSelectedNotes": [*BROWSER, ("guiSelectCard", {"card": seed.MELA_CARD})],
    "guiAddNoteSetData": [("guiAddCards", {"note": {"deckName": "Italian::A1", "modelName": "Italian vocab"}})],
    "guiReviewActive": REVIEW,
    "guiCurrentCard": REVIEW,
    "guiShowQuestion": REVIEW,
    "guiShowAnswer": REVIEW,
    "guiAnswerCard": [*REVIEW, ("guiShowAnswer", None)],
    "guiStartCardTimer": REVIEW,
    "guiPlayAudio": REVIEW,
}
"""What the user, or a program, has done before: the windows that an example works on."""


@pytest.fixture(scope="module")
def anki(package: Path, example_collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path_factory.mktemp("examples") / "anki", package)
    seed.copy(example_collection, process.base)
    (process.base / "User 1" / "collection.media" / "words.csv").write_text("pera;pear\n", "utf-8")
    with process:
        yield process


def params_of(example: dict) -> dict:
    return {param["name"]: param["value"] for param in example["params"]}


@pytest.mark.parametrize(("method", "example"), EXAMPLES)
@pytest.mark.usefixtures("clean")
def test_an_example_gives_its_result(anki: GatewayProcess, method: dict, example: dict) -> None:
    for name, params in BEFORE.get(method["name"], ()):
        assert "error" not in anki.rpc(name, params)
    result, expected = anki.rpc(method["name"], params_of(example))["result"], example["result"]["value"]
    if method["name"] == "guiBrowse":  # which promises no order
        result, expected = sorted(result), sorted(expected)
    assert is_right(method["name"], result, expected)


def test_the_example_of_quitting_quits(anki: GatewayProcess) -> None:
    (example,) = METHODS["guiExitAnki"]["examples"]
    assert anki.rpc("guiExitAnki", params_of(example))["result"] is example["result"]["value"] is None
    process = anki._process
    assert process is not None
    assert process.wait(20) == 0
