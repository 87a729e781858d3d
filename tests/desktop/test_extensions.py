"""Other add-ons register actions in a real Anki: the example of the repository, and some that are broken.

They share an Anki, and so run in their order: what is installed changes with each start. A fixture for each start lets
every test run alone, too.
"""

from __future__ import annotations

import contextlib
import json
import runpy
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from anki_rpc_client import Client, RpcError
from gateway_process import child_environment

from .anki_process import ROOT, AnkiProcess
from .conftest import GatewayProcess
from .test_agents import ask
from .test_agents import call as call_tool
from .test_tutorial import short_example

EXAMPLE = ROOT / "examples" / "extension"
PAGE = "https://page.example"
INSTALL = "mw.addonManager.processPackages([path], parent=mw, force_enable=True)"
CONFIG = "mw.addonManager.getConfig('1234567890')"
OPEN = "next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()"
WINDOW = "next(w for w in windows() if type(w).__name__ == 'GatewayWindow')"
ROWS = "[[row.title.text(), row.text.text()] for row in keep['window'].state.extensions.rows]"
NEW = (
    "New. Programs without the permission to delete, sync and switch profiles can use it once you have seen it here. "
    "If you do not want that, disable the add-on."
)
REFRESH = "keep['window'].state.extensions.refresh()"
LOOKS = "for _ in range(3):\n    keep['window'].state.extensions._look()"
"""What the window does each second while its tab is visible."""
RAISES = """
from aqt import gui_hooks
def register():
    raise RuntimeError("broken on purpose")
gui_hooks.main_window_did_init.append(register)
"""
WRONG = """
from aqt import gui_hooks, mw
def register():
    wrong = mw.anki_rpc.extension("wrong", title="Wrong <b>add-on</b>")
    wrong.action("wrong_schema", lambda ctx: None, result={"type": "strng"})
    wrong.action("wrong_raises", lambda ctx: 1 / 0)
    mw.anki_rpc.extension("Bad name!")
    mw.anki_rpc.extension("future", interface=99).action("future_act", lambda ctx: None)
gui_hooks.main_window_did_init.append(register)
"""
SLOW = """
import threading
from aqt import gui_hooks, mw
go_on = threading.Event()
def wait(ctx):
    go_on.wait(60)
    return "done"
def register():
    global slow
    slow = mw.anki_rpc.extension("slow", title="Slow", limit=0.3)
    slow.action("slow_wait", wait, result={"type": "string"}, runs_on="thread")
    slow.action("slow_other", lambda ctx: None)
gui_hooks.main_window_did_init.append(register)
"""
HANGS = """
import time
from aqt import gui_hooks, mw
def wait(ctx):
    keep = time.monotonic() + 300
    while time.monotonic() < keep:
        time.sleep(0.05)
def register():
    hangs = mw.anki_rpc.extension("hangs", title="Hangs", limit=0.3)
    hangs.action("hangs_wait", wait)
gui_hooks.main_window_did_init.append(register)
"""
HOSTILE = """
names = ('faulty', 'Faulty'), ('busy', 'Busy'), ('twice', 'First'), ('twice', 'Second')
hostile = [mw.anki_rpc.extension(name, title=title) for name, title in names]
def fails(ctx):
    raise ValueError('<b>\\u202e' + 'x' * 300)
for number in range(300):
    hostile[0].action(f'faulty_a{number}', lambda ctx: None, result={'type': 'strng'})
    hostile[1].action(f'busy_a{number}', lambda ctx: None)
hostile[1].action('busy_fails', fails)
hostile[2].action('twice_a', lambda ctx: None)
hostile[3].action('twice_b', lambda ctx: None)
"""
OTHER = short_example().replace("furigana", "other")
UNDO = "mw.form.actionUndo.text()"
FIELDS = {"source": "Front", "target": "Back"}


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    process = GatewayProcess(
        tmp_path_factory.mktemp("extensions") / "anki",
        package,
        {"grants": {PAGE: ["read", "change"]}},
        profiles=("User 1", "Other"),
        profile="User 1",
    )
    yield process
    if not process.has_ended():
        process.stop()


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, packed by its own script."""
    with contextlib.chdir(tmp_path_factory.mktemp("example")):
        runpy.run_path(str(EXAMPLE / "package.py"))
        return Path("furigana.ankiaddon").absolute()


class Beside(NamedTuple):
    """What was seen at a start beside an add-on that raises."""

    version: Any
    errors: list[str]
    unknown: Any
    shows_list: bool
    installed: Any


@pytest.fixture(scope="module")
def beside(anki: GatewayProcess, example: Path) -> Beside:
    """A start beside an add-on that raises; the example is installed then, and others for the next start."""
    raises = add_on(anki, "0_raises", RAISES)
    anki.start()
    version, errors = anki.legacy("version")["result"], anki.errors()
    anki.forget_errors()
    unknown = anki.rpc("furigana_generate", {"text": "水"})
    open_window(anki)
    shows_list = anki.eval("keep['window'].state.extensions.isVisible()")
    anki.exec("keep['window'].close()")
    installed = anki.eval(INSTALL, path=str(example), timeout=60)
    shutil.rmtree(raises)
    for folder, source in {"wrong_addon": WRONG, "slow_addon": SLOW, "short": OTHER}.items():
        add_on(anki, folder, source)
    return Beside(version, errors, unknown, shows_list, installed)


@pytest.fixture(scope="module")
def installed(anki: GatewayProcess, beside: Beside) -> None:
    """The start after the installation: the example is loaded after AnkiRPC."""
    restart(anki)
    assert anki.errors() == []


@pytest.fixture(scope="module")
def seen(anki: GatewayProcess, installed: None) -> None:
    """The user has seen the extensions, in the window."""
    open_window(anki)
    anki.wait_for(f"{REFRESH} or {ROWS}")
    anki.exec(LOOKS)
    anki.wait_for(f"{{'furigana', 'slow', 'wrong'}} <= {{*{CONFIG}['extensions']}}")
    anki.exec("keep['window'].close()")


@pytest.fixture(scope="module")
def renamed(anki: GatewayProcess, seen: None) -> None:
    """A start at which Anki loads the example before AnkiRPC, and another example not at all."""
    assert anki.rpc("other_generate", {"text": "a"})["result"] == "A"
    for folder in ("wrong_addon", "slow_addon"):
        shutil.rmtree(anki.addons / folder)
    add_on(anki, "hangs", HANGS)
    anki.exec("mw.addonManager.toggleEnabled('short', enable=False)")
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
    (anki.addons / "1234567890").rename(anki.addons / "zz_rpc")
    anki.start()


def open_window(anki: GatewayProcess) -> None:
    anki.focus()
    anki.exec(f"{OPEN}\nkeep['window'] = {WINDOW}")


@pytest.fixture
def window(anki: GatewayProcess, installed: None) -> Iterator[GatewayProcess]:
    open_window(anki)
    yield anki
    anki.exec("keep['window'].close()")


def add_on(anki: GatewayProcess, folder: str, source: str) -> Path:
    path = anki.addons / folder
    path.mkdir()
    (path / "__init__.py").write_text(source)
    return path


def restart(anki: GatewayProcess) -> None:
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
    anki.start()


def as_page(anki: GatewayProcess, method: str, params: Mapping[str, Any]) -> Any:
    """Call as a web page that may read and change, but has not the scope admin."""
    body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return json.loads(anki.send(json.dumps(body).encode(), headers={"Origin": PAGE}).body)


def kind(response: Any) -> str:
    return str(response["error"]["data"]["kind"])


def row(anki: GatewayProcess, title: str) -> str:
    """The text of an extension in the window."""
    found = f"[text for title, text in {ROWS} if title.startswith(start)]"
    return str(anki.wait_for(f"{REFRESH} or {found} and {found}[0]", start=title))


def add_note(anki: GatewayProcess, front: str, back: str = "") -> int:
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": front, "Back": back}}
    return int(anki.rpc("addNote", {"note": note})["result"])


def field(anki: GatewayProcess, note: int) -> str:
    return str(anki.rpc("notesInfo", {"notes": [note]})["result"][0]["fields"]["Back"]["value"])


# --- beside an add-on that raises ---


def test_the_gateway_is_served_although_another_add_on_has_kept_anki_from_reporting_its_window(
    anki: GatewayProcess, beside: Beside
) -> None:
    assert beside.version == 6
    (error,) = beside.errors
    assert "broken on purpose" in error  # which Anki shows as that add-on's
    assert kind(beside.unknown) == "method_not_found"
    assert beside.shows_list is False
    log, errors = beside.installed
    assert (len(log), errors) == (1, [])
    assert anki.eval("mw.addonManager.addonName('furigana_rpc')") == "Furigana for programs"


# --- installed: loaded after AnkiRPC ---


@pytest.mark.usefixtures("installed")
def test_after_a_restart_its_actions_need_admin_until_the_user_has_seen_it(anki: GatewayProcess) -> None:
    assert anki.rpc("furigana_generate", {"text": "水を飲む"})["result"] == "水[みず]を 飲む[のむ]"
    refused = as_page(anki, "furigana_generate", {"text": "水"})
    assert (kind(refused), refused["error"]["data"]["scope"]) == ("permission_denied", "admin")
    assert anki.eval(CONFIG)["extensions"] == []


def test_the_window_shows_what_they_are_and_what_is_wrong_with_them(window: GatewayProcess) -> None:
    furigana = row(window, "Furigana from a word list (Furigana for programs, furigana_rpc)")
    assert furigana.splitlines() == [
        NEW,
        "Actions: furigana_generate (read), furigana_fill (write)",
        "Events: furigana_filled",
        "Follows: notesAdded",
    ]
    wrong = row(window, "Wrong <b>add-on</b> (wrong_addon)")
    assert "Error: wrong_schema: result: the type must be one of" in wrong
    assert "Actions: wrong_raises (read)" in wrong
    assert row(window, "Bad name! (wrong_addon)").startswith("Error: The name of an extension must be")
    assert row(window, "future (wrong_addon)").startswith("Error: It needs interface 99")
    assert kind(window.rpc("wrong_raises")) == "extension_failed"
    window.wait_for(f"{REFRESH} or any('wrong_raises: ZeroDivisionError' in text for _, text in {ROWS})")
    window.exec(LOOKS)
    assert {"furigana", "slow", "wrong"} <= {*window.eval(CONFIG)["extensions"]}
    window.exec("keep['window'].copy_button.click()")
    copied = window.exec("from aqt.qt import QApplication\nresult = QApplication.clipboard().text()")
    assert "extensions of: furigana_rpc, short, slow_addon, wrong_addon\n" in copied
    assert "New." in row(window, "Furigana")  # until the window is closed
    assert window.errors() == []


@pytest.mark.usefixtures("seen")
def test_it_counts_as_seen_only_if_it_was_shown(anki: GatewayProcess) -> None:
    register = "late = mw.anki_rpc.extension(name)\nlate.action(name + '_act', lambda ctx: None)"
    anki.focus()
    anki.exec(f"{OPEN}\nkeep['window'] = {WINDOW}\nkeep['window'].tabs.setCurrentIndex(1)\n{register}", name="late")
    anki.exec(LOOKS)
    assert "late" not in anki.eval(CONFIG)["extensions"]  # another tab is in front
    anki.exec("keep['window'].resize(700, 300)\nkeep['window'].tabs.setCurrentIndex(0)")
    bar = "keep['window'].state.findChild(aqt.qt.QScrollArea).verticalScrollBar()"
    anki.wait_for(f"{REFRESH} or {bar}.maximum() > 0 and len(keep['window'].state.extensions.rows) == 7")
    anki.exec(LOOKS)
    assert "late" not in anki.eval(CONFIG)["extensions"]  # further down
    anki.exec(
        "row = keep['window'].state.extensions.rows[-1]\narea = keep['window'].state.findChild(aqt.qt.QScrollArea)"
    )
    anki.exec(f"area.ensureWidgetVisible(row)\n{LOOKS}")
    assert "late" in anki.eval(CONFIG)["extensions"]
    anki.exec("mw.activateWindow()\nmw.raise_()")
    anki.exec(f"keep['window'].resize(800, 900)\n{register}", name="later")
    anki.wait_for(f"{REFRESH} or len(keep['window'].state.extensions.rows) == 8")
    anki.exec(LOOKS)
    assert "later" not in anki.eval(CONFIG)["extensions"]  # another window is in front
    anki.exec(
        "shown = keep['window'].state.extensions\nkeep['write'] = shown._settings.write\n"
        "def write(**settings):\n    raise PermissionError('meta.json')\nshown._settings.write = write\n"
        "keep['window'].activateWindow()\nkeep['window'].raise_()"
    )
    anki.wait_for("area.ensureWidgetVisible(shown.rows[-1]) or shown._look() or shown._not_stored == {'later'}")
    anki.exec(f"{LOOKS}\nshown._settings.write = keep.pop('write')")
    assert anki.errors() == []
    assert "later" not in anki.eval(CONFIG)["extensions"]
    anki.exec("keep['window'].close()")


@pytest.mark.usefixtures("seen")
def test_hostile_extensions_leave_the_window_usable_and_none_counts_as_seen_for_another(anki: GatewayProcess) -> None:
    """Hundreds of faults, long words, hundreds of actions, a name that is taken, and one that becomes another."""
    open_window(anki)
    anki.wait_for(f"{REFRESH} or {ROWS}")
    before = anki.eval(f"len({ROWS})")
    anki.exec(HOSTILE)
    longest = []
    for _ in range(3):  # a busy machine may keep Anki from running once
        with anki.gaps() as gaps:
            faulty = row(anki, "Faulty")
            assert "Actions: busy_a0 (read)," in row(anki, "Busy")
        longest.append(gaps.max_ms)
    assert min(longest) < 250, longest  # was 700
    lines = faulty.splitlines()
    assert (len(lines), lines[5]) == (11, "290 more errors are in the log.")
    assert [line.split(":")[1] for line in lines[6:]] == [f" faulty_a{number}" for number in range(295, 300)]
    assert kind(anki.rpc("busy_fails")) == "extension_failed"
    shown = anki.wait_for(f"{REFRESH} or [text for _, text in {ROWS} if 'ValueError' in text][0]")
    assert f"ValueError: <b>\ufffd{'x' * 36}\u200b{'x' * 40}\u200b" in shown  # no mark that reverses the line
    page = "keep['window'].state.findChild(aqt.qt.QScrollArea)"
    anki.wait_for(f"{page}.verticalScrollBar().maximum() > 0")
    assert anki.eval(f"{page}.horizontalScrollBar().maximum()") == 0
    anki.exec("keep['window'].resize(600, 400)")  # where all texts are wrapped
    anki.wait_for("(lambda calls: calls.table.geometry().bottom() < calls.height())(keep['window'].state.calls)")

    rows = "keep['window'].state.extensions.rows"
    anki.exec(f"text = next(row for row in {rows} if 'Faulty' in row.title.text()).text\ntext.setSelection(0, 5)")
    anki.rpc("busy_fails")
    anki.exec(REFRESH)
    assert anki.eval("text.selectedText()") == "Error"

    found = f"[row.shown.offer and row.shown.offer.title for row in {rows} if row.shown.state.name == 'twice']"
    assert anki.eval(found) == ["First", None]  # what is refused makes nothing seen
    anki.exec(
        "for extension in hostile[:2]:\n    extension.withdraw()\nhostile[3].withdraw()\n"
        "keep['window'].resize(800, 900)\nkeep['window'].state.extensions.stop_looking()\n"  # the test looks
        "looks = keep['window'].state.extensions._look"
    )
    anki.wait_for(f"{REFRESH} or {found} == ['First']")
    anki.wait_for(f"{rows}[-1].is_in_view() or {page}.ensureWidgetVisible({rows}[-1])")
    anki.exec("keep['window'].state.extensions._visible_before = set()\nlooks()\nhostile[2].withdraw()")
    anki.exec("other = mw.anki_rpc.extension('twice', title='Other')\nother.action('twice_b', lambda ctx: None)")
    anki.exec(
        "run = mw.taskman.run_in_background\n"
        "mw.taskman.run_in_background = lambda *args, **options: run(*args, **options).result()\n"
        "looks()\nmw.taskman.run_in_background = run"
    )  # the present state is made before the look goes on, and shown after it
    assert "twice" not in anki.eval(CONFIG)["extensions"]
    anki.wait_for(f"looks() or 'twice' in {CONFIG}['extensions']")
    anki.exec("other.withdraw()")
    anki.wait_for(f"{REFRESH} or len({ROWS}) == {before}")
    anki.exec(
        "shown = keep['window'].state.extensions\nshown._extensions._lock.acquire()\n"
        "mw.anki_rpc.extension('brief')\nshown.refresh()\nkeep['window'].close()"
    )
    anki.wait_for("aqt.qt.sip.isdeleted(shown)")
    anki.exec("shown._extensions._lock.release()")
    anki.wait_for("shown._is_made")
    assert anki.errors() == []  # although the window was gone before the state was made


@pytest.mark.usefixtures("seen")
def test_every_protocol_has_it(anki: GatewayProcess) -> None:
    assert as_page(anki, "furigana_generate", {"text": "水"})["result"] == "水[みず]"
    assert anki.legacy("furigana_generate", text="水") == {"result": "水[みず]", "error": None}
    assert "furigana_fill" in anki.legacy("apiReflect", scopes=["actions"], actions=None)["result"]["actions"]
    assert "furigana_generate" in {tool["name"] for tool in ask(anki, "tools/list")["tools"]}
    assert call_tool(anki, "furigana_generate", text="水") == "水[みず]"
    with Client(anki.url) as client:
        assert client._call("furigana_generate", {"text": "水"}) == "水[みず]"
        with pytest.raises(RpcError) as refusal:
            client._call("furigana_fill", {"source": "Front", "target": "No", "notes": [add_note(anki, "本")]})
    assert (refusal.value.data["kind"], refusal.value.data["field"]) == ("furigana_noSuchField", "No")


@pytest.mark.usefixtures("seen")
def test_the_document_the_page_and_the_terminal_have_it(anki: GatewayProcess) -> None:
    document = json.loads(anki.send(None, method="GET", path="/openrpc.json").body)
    found = {method["name"]: method for method in document["methods"]}
    assert found["furigana_generate"]["examples"][0]["result"]["value"] == "水[みず]を 飲む[のむ]"
    assert "furigana_filled" in {event["name"] for event in document["x-events"]}

    def terminal(*arguments: str) -> str:
        command = [sys.executable, "-m", "addon", *arguments]
        env = child_environment(ANKI_RPC_URL=anki.url)
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=60).stdout

    assert json.loads(terminal("call", "furigana_generate", "text=水")) == "水[みず]"
    assert "furigana_generate) method=1 words+=' text='" in terminal("completion", "bash", "--url", anki.url)


@pytest.mark.usefixtures("installed")
def test_a_write_is_one_step_in_ankis_menu_and_can_be_tried_first(anki: GatewayProcess) -> None:
    notes = [add_note(anki, f"水{number}", "old" if number == 0 else "") for number in range(3)]
    tried = anki.rpc("furigana_fill", {**FIELDS, "notes": notes, "dryRun": True})["result"]
    assert tried == {"dryRun": True, "changedNotes": {"count": 1, "ids": notes[:1]}}
    assert field(anki, notes[0]) == "old"
    assert anki.rpc("furigana_fill", {**FIELDS, "notes": [*notes, 1]})["result"] == {"filled": 3}
    assert field(anki, notes[0]) == "水[みず]0"
    anki.wait_for(f"'Add Furigana' in {UNDO}")
    anki.exec("mw.undo()")
    anki.wait_for(f"'Add Furigana' not in {UNDO}")
    assert [field(anki, note) for note in notes] == ["old", "", ""]


@pytest.mark.usefixtures("seen")
def test_it_hears_of_new_notes_and_sends_an_event_of_its_own(anki: GatewayProcess) -> None:
    heard: list[str] = []

    def follow() -> None:
        with Client(anki.url) as client, contextlib.closing(client.events()) as events:
            for event in events:
                heard.append(event["method"])
                if event["method"] == "furigana_filled":
                    return

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    anki.rpc("furigana_fill", FIELDS)
    note = add_note(anki, "明日")
    deadline = time.monotonic() + 10
    while anki.rpc("furigana_fill", FIELDS)["result"]["filled"] != 1:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert field(anki, note) == "明日[あした]"
    while "furigana_filled" not in heard:  # each call sends it, also before the stream is open
        assert time.monotonic() < deadline
        anki.rpc("furigana_fill", FIELDS)
        thread.join(0.05)


@pytest.mark.usefixtures("installed")
def test_an_operation_reports_its_progress_and_stops_if_it_is_cancelled(anki: GatewayProcess) -> None:
    batch = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"本{n}", "Back": ""}} for n in range(2000)
    ]
    notes = anki.legacy("addNotes", notes=batch)["result"]
    params = {**FIELDS, "notes": notes}
    started = anki.rpc("startOperation", {"method": "furigana_fill", "params": params})
    assert "error" not in started, (started, anki.errors())
    operation = started["result"]["id"]
    anki.rpc("cancelOperation", {"id": operation})
    deadline = time.monotonic() + 20
    while (state := anki.rpc("getOperation", {"id": operation})["result"])["state"] in ("queued", "running"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert state["state"] == "cancelled", state
    filled = sum(bool(note["fields"]["Back"]["value"]) for note in anki.rpc("notesInfo", {"notes": notes})["result"])
    assert filled < 2000
    assert anki.rpc("furigana_fill", params)["result"] == {"filled": 2000 - filled}


@pytest.mark.usefixtures("installed")
def test_it_survives_a_change_of_the_profile_and_of_the_port(anki: GatewayProcess) -> None:
    anki.open_profile("Other")
    assert anki.rpc("furigana_fill", {**FIELDS, "notes": [add_note(anki, "人")]})["result"] == {"filled": 1}
    anki.open_profile("User 1")
    assert anki.rpc("furigana_generate", {"text": "人"})["result"] == "人[ひと]"
    anki.exec(
        "config = mw.addonManager.getConfig('1234567890')\nconfig['limits'] = {'waiting': 50}\n"
        "mw.addonManager.writeConfig('1234567890', config)\nmw.addonManager.configUpdatedAction('1234567890')(config)"
    )
    assert anki.rpc("furigana_generate", {"text": "人"})["result"] == "人[ひと]"
    assert anki.errors() == []


def test_a_slow_handler_costs_its_own_extension_only(window: GatewayProcess) -> None:
    assert kind(window.rpc("slow_wait")) == "still_running"
    assert kind(window.rpc("slow_other")) == "busy"
    assert window.rpc("furigana_generate", {"text": "水"})["result"] == "水[みず]"
    window.wait_for(f"{REFRESH} or any('Too slow: slow_wait has been running since' in text for _, text in {ROWS})")
    window.exec("import sys\nsys.modules['slow_addon'].go_on.set()")
    window.wait_for(f"{REFRESH} or not any('Too slow' in text for _, text in {ROWS})")
    assert "error" not in window.rpc("slow_other")
    assert window.rpc("slow_wait")["result"] == "done"


@pytest.mark.usefixtures("installed")
def test_what_is_withdrawn_while_it_runs_ends_and_is_gone(anki: GatewayProcess) -> None:
    anki.exec("import sys\nsys.modules['slow_addon'].go_on.clear()")
    answers: list[Any] = []
    caller = threading.Thread(target=lambda: answers.append(anki.rpc("slow_wait")))
    caller.start()
    anki.wait_for("any(t.name.startswith('anki-rpc slow_wait') for t in __import__('threading').enumerate())")
    anki.exec("import sys\nslow = sys.modules['slow_addon']\nslow.slow.withdraw()\nslow.go_on.set()")
    caller.join(10)
    assert answers[0]["result"] == "done"
    assert kind(anki.rpc("slow_wait")) == "method_not_found"
    assert "slow_wait" not in anki.send(None, method="GET", path="/openrpc.json").body.decode()
    assert anki.errors() == []


@pytest.mark.usefixtures("installed")
def test_a_handler_can_use_ankis_window_on_its_thread(anki: GatewayProcess) -> None:
    anki.exec(
        "import threading\n"
        "keep['shown'] = mw.anki_rpc.extension('shown', interface=1)\n"
        "def title(ctx):\n"
        "    is_main = threading.current_thread() is threading.main_thread()\n"
        "    return [ctx.mw.windowTitle(), ctx.col is ctx.mw.col, is_main]\n"
        "keep['shown'].action('shown_title', title, result={'type': 'array'}, runs_on='window', scope='gui')\n"
        "keep['shown'].action('shown_wrong', lambda ctx: ctx.mw.windowTitle())"
    )
    title, *are = anki.rpc("shown_title")["result"]
    assert "Anki" in title
    assert are == [True, True]
    assert kind(anki.rpc("shown_wrong")) == "extension_failed"
    anki.exec("keep['shown'].withdraw()")
    assert kind(anki.rpc("shown_title")) == "method_not_found"


# --- loaded before AnkiRPC ---


@pytest.mark.usefixtures("renamed")
def test_the_order_in_which_anki_loads_them_does_not_matter(anki: GatewayProcess) -> None:
    assert anki.eval("mw.addonManager.allAddons()") == ["00_spy", "furigana_rpc", "hangs", "short", "zz_rpc"]
    assert as_page(anki, "furigana_generate", {"text": "水"})["result"] == "水[みず]"
    assert anki.errors() == []


@pytest.mark.usefixtures("renamed")
def test_one_that_is_disabled_is_gone_after_a_restart(anki: GatewayProcess) -> None:
    assert kind(anki.rpc("other_generate", {"text": "a"})) == "method_not_found"


@pytest.mark.usefixtures("renamed")
def test_anki_quits_although_an_extension_hangs(anki: GatewayProcess) -> None:
    seconds = "import sys\nhost = sys.modules['zz_rpc.desktop.host']\nresult = host.HANDLER_ENDS_S"
    assert anki.exec(f"{seconds}\nhost.HANDLER_ENDS_S = 0.5") <= 5
    assert kind(anki.rpc("hangs_wait")) == "still_running"
    anki.post("leave()")
    code, output = anki.ended()
    assert (code, "Traceback" in output) == (0, False), output


@pytest.mark.usefixtures("renamed")
def test_without_ankirpc_the_examples_do_nothing(anki: GatewayProcess) -> None:
    if not anki.has_ended():
        anki.stop()
    for folder, is_disabled in {"zz_rpc": True, "short": False}.items():
        meta = anki.addons / folder / "meta.json"
        meta.write_text(json.dumps({**json.loads(meta.read_text("utf-8")), "disabled": is_disabled}), "utf-8")
    shutil.rmtree(anki.addons / "hangs")
    (anki.addons / "short" / "__init__.py").write_text(short_example())
    AnkiProcess.start(anki)  # nothing listens
    assert anki.eval("hasattr(mw, 'anki_rpc')") is False
    assert anki.eval("{'furigana_rpc', 'short'} <= {*__import__('sys').modules}")
    assert anki.errors() == []
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
