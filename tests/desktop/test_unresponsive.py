"""Pages and people that do not answer: how long a call waits for them, and what else is served meanwhile."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sizes import for_matrix

from addon import gateway  # noqa: F401  (it fills the registry)
from addon.actions import REGISTRY
from addon.rpc.executor import RunsOn

from .conftest import GatewayProcess, Reply
from .test_permission import QUESTIONS, ask, press, result

pytestmark = pytest.mark.usefixtures("clean")

ADD = "aqt.dialogs._dialogs['AddCards'][1]"
MODAL = "aqt.qt.QApplication.activeModalWidget()"
AT_ONCE = 18
"""Calls at the same time: more than one caller's share of the threads, and more than all of them."""
SOON = 5.0
PATIENCE = 2.0
"""Seconds that a page is waited for."""

PARAMS: dict[str, dict[str, Any]] = {
    "guiAddCards": {"note": {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "draft", "Back": ""}}},
    "guiAddNoteSetData": {"note": {"fields": {"Back": "filled in"}}},
    "guiAnswerCard": {"ease": 3},
    "guiBrowse": {"query": "deck:current"},
    "guiDeckOverview": {"name": "Default"},
    "guiDeckReview": {"name": "Default"},
    "guiEditNote": {"note": 0},
    "guiImportFile": {"path": "words.csv"},
    "guiSelectCard": {"card": 0},
    "guiSelectNote": {"note": 0},
    "loadProfile": {"name": "No such profile"},
}
LEFT_OUT = {"guiExitAnki": "ends Anki", "multi": "waits for what it calls", "requestPermission": "has its own tests"}
WAITING = sorted(
    action.name
    for action in REGISTRY.values()
    if (action.runs_on is RunsOn.GUI or (action.runs_on is RunsOn.ANY and not action.is_quick))
    and action.name not in LEFT_OUT
)
LOADING = {name for name in WAITING if name.startswith("gui")} - {"guiAddCards", "guiBrowse"} | {"loadProfile"}
"""Calls that wait until Anki has loaded its pages, which takes 5 s here."""
ROWS = [
    "guiDeckBrowser",
    *(pytest.param(name, marks=pytest.mark.matrix) for name in sorted(LOADING - {"guiDeckBrowser"})),
    *for_matrix([name for name in WAITING if name not in LOADING], 3),
]
PARAMS |= {"retrieveMediaFile": {"filename": "none.txt"}, "getMediaFilesNames": {}}


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2 * AT_ONCE) as threads:
        yield threads


@pytest.fixture(scope="module")
def stuck(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """An Anki whose Add window is open, and whose page shows an alert to the end."""
    process = GatewayProcess(tmp_path_factory.mktemp("stuck") / "anki", package)
    with process:
        open_add_window(process)
        process.exec(f"{ADD}.editor.web.eval(\"setTimeout(() => alert('Stop!'), 0)\")")
        process.wait_for(f"{MODAL} is not None")
        yield process
        process.kill()  # it has pages that never came to an end


def open_add_window(anki: GatewayProcess) -> None:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "f", "Back": "b"}}
    anki.legacy("guiAddCards", note=note)
    anki.wait_for(f"{ADD}.editor.note and {ADD}.editor.note.fields == ['f', 'b'] and {ADD}.editor.web._domDone")


def is_served(anki: GatewayProcess) -> None:
    """What needs no collection is answered at once."""
    began = time.monotonic()
    assert anki.legacy("version")["result"] == 6
    assert anki.rpc("nosuch")["error"]["data"]["kind"] == "method_not_found"
    assert anki.send(b"", path="/health", method="GET").status == 200
    assert time.monotonic() - began < SOON


def test_the_add_window_is_filled_in_although_its_page_does_not_answer(
    stuck: GatewayProcess, pool: ThreadPoolExecutor
) -> None:
    anki = stuck
    began = time.monotonic()
    assert anki.legacy("guiAddNoteSetData", note={"fields": {"Back": "n"}}) == {"result": True, "error": None}
    assert (
        0.9 * PATIENCE <= time.monotonic() - began < 10 * PATIENCE
    )  # Qt's timers are coarse; and not the general limit of ten minutes
    fill_in = [pool.submit(anki.legacy, "guiAddNoteSetData", note={"fields": {"Back": "new"}}) for _ in range(AT_ONCE)]
    is_served(anki)
    assert [future.result(20) for future in fill_in] == [{"result": True, "error": None}] * AT_ONCE
    assert anki.eval(f"{ADD}.editor.note.fields") == ["f", "new"]


@pytest.mark.parametrize("action", ROWS)
def test_no_page_and_no_person_can_use_up_the_threads(
    stuck: GatewayProcess, pool: ThreadPoolExecutor, action: str
) -> None:
    calls = [pool.submit(stuck.rpc, action, PARAMS.get(action, {})) for _ in range(AT_ONCE)]
    is_served(stuck)
    for future in calls:
        future.result(30)
    is_served(stuck)
    assert stuck.eval(f"{MODAL} is not None")


def test_a_window_that_was_closed_meanwhile_is_told_of(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    open_add_window(anki)
    anki.exec(f"{ADD}.editor.web.eval('for (const end = Date.now() + 5000; Date.now() < end; ) {{}}')")
    filling = pool.submit(anki.rpc, "guiAddNoteSetData", {"note": {"fields": {"Back": "new"}}})
    anki.exec(f"{ADD}._close()")
    assert filling.result(10)["error"]["data"]["kind"] == "window_closed"


def questions(anki: GatewayProcess) -> int:
    count: int = anki.eval(f"len({QUESTIONS})")
    return count


def test_many_calls_of_a_page_are_one_that_waits_and_keep_nobody_else_from_asking(
    anki: GatewayProcess, pool: ThreadPoolExecutor
) -> None:
    pages = [f"https://{name}.flood.example" for name in ("one", "two")]
    asking: list[list[Future[Reply]]] = []
    for page in pages:
        asking.append([pool.submit(ask, anki, page) for _ in range(10)])
        anki.wait_for(f"[w.origin for w in {QUESTIONS}] == [origin]", origin=pages[0])  # else the other may be first
    anki.wait_for(f"{QUESTIONS}[0]._waiting.text() == 'Another origin is waiting.'")
    is_served(anki)
    assert anki.legacy("loadProfile", name="No such profile")["result"] is False
    for page, button in ((pages[0], "once"), (pages[1], "deny")):
        anki.wait_for(f"[w.origin for w in {QUESTIONS}] == [origin]", origin=page)
        press(anki, button)
    answers = [{result(future.result(20))["permission"] for future in calls} for calls in asking]
    assert answers == [{"granted"}, {"denied"}]
    assert questions(anki) == 0


def test_an_origin_that_was_denied_waits_longer_each_time_before_the_user_is_asked_again(
    anki: GatewayProcess, pool: ThreadPoolExecutor
) -> None:
    origin = "https://again.example.org"
    pauses = "__import__(type(window).__module__, fromlist=['PAUSES'])"
    asking = pool.submit(ask, anki, origin)
    anki.wait_for(f"len({QUESTIONS}) == 1")
    anki.exec(f"window = {QUESTIONS}[0]\nmodule = {pauses}\nkept, module.PAUSES = module.PAUSES, (0.5, 600.0)")
    try:
        assert anki.eval("kept == tuple(sorted(kept)) and kept[0] >= 5")
        press(anki, "deny")
        assert result(asking.result(10)) == {"permission": "denied"}
        began = time.monotonic()
        while questions(anki) == 0:
            asking = pool.submit(ask, anki, origin)
            time.sleep(0.1)
            assert time.monotonic() - began < 10
        assert time.monotonic() - began > 0.3
        press(anki, "deny")
        assert result(asking.result(10)) == {"permission": "denied"}
        assert result(ask(anki, origin)) == {"permission": "denied"}
        assert questions(anki) == 0
    finally:
        anki.exec("module.PAUSES = kept")


def test_a_question_that_nobody_waits_for_is_not_asked(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    stays, leaves = "https://stays.example.org", "https://leaves.example.org"
    shown = pool.submit(ask, anki, stays)
    anki.wait_for(f"len({QUESTIONS}) == 1")
    body = json.dumps({"action": "requestPermission", "version": 6}).encode()
    connection = http.client.HTTPConnection("127.0.0.1", anki.port)
    connection.request("POST", "/", body, {"Origin": leaves})
    anki.wait_for(f"{QUESTIONS}[0]._waiting.text() == 'Another origin is waiting.'")
    connection.close()
    cells = f"{QUESTIONS}[0]._answered.__closure__"
    waiting = f"next(c.cell_contents for c in {cells} if hasattr(c.cell_contents, '_waiting'))._waiting"
    anki.wait_for(f"all(future.done() for future in {waiting}[origin])", origin=leaves)
    press(anki, "deny")
    assert result(shown.result(10)) == {"permission": "denied"}
    assert questions(anki) == 0
