"""Every example of an action on Anki's windows does, in a real Anki with the example collection, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import seed
from examples import DOCUMENT, is_right

from .conftest import GatewayProcess, tidy

METHODS = {method["name"]: method for method in DOCUMENT["methods"] if method["x-needs-window"]}
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
LAST = ("guiShowAnswer", "guiAnswerCard")
"""After these, a review shows something else."""
TOGETHER = {
    name: next((place for place in (REVIEW, BROWSER) if BEFORE.get(name, [])[:1] == place), name)
    for name in sorted(METHODS, key=lambda name: LAST.index(name) if name in LAST else -1)
    if name != "guiExitAnki"
}
"""Which examples work on the same windows: opening them takes longer than the calls."""
GROUPS = {str(place): [name for name in TOGETHER if TOGETHER[name] == place] for place in TOGETHER.values()}


@pytest.fixture(scope="module")
def anki(package: Path, example_collection: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path_factory.mktemp("examples") / "anki", package)
    seed.copy(example_collection, process.base)
    (process.base / "User 1" / "collection.media" / "words.csv").write_text("pera;pear\n", "utf-8")
    with process:
        yield process


def params_of(example: dict) -> dict:
    return {param["name"]: param["value"] for param in example["params"]}


@pytest.mark.parametrize("names", GROUPS.values(), ids=", ".join)
@pytest.mark.usefixtures("clean")
def test_an_example_gives_its_result(anki: GatewayProcess, names: list[str]) -> None:
    done: list = []
    for name, example in ((each, example) for each in names for example in METHODS[each]["examples"]):
        for before in BEFORE.get(name, ()):
            if before not in done:
                assert "error" not in anki.rpc(*before)
                done.append(before)
        result, expected = anki.rpc(name, params_of(example))["result"], example["result"]["value"]
        if name == "guiBrowse":  # which promises no order
            result, expected = sorted(result), sorted(expected)
        assert is_right(name, result, expected), (name, example["name"])
        if len(names) == 1:
            tidy(anki)
            done.clear()


def test_the_example_of_quitting_quits(anki: GatewayProcess) -> None:
    (example,) = METHODS["guiExitAnki"]["examples"]
    assert anki.rpc("guiExitAnki", params_of(example))["result"] is example["result"]["value"] is None
    process = anki._process
    assert process is not None
    assert process.wait(20) == 0
