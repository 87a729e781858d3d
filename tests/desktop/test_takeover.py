"""Beside AnkiConnect: who keeps the port, what the user is told, and taking over; and what else shares Anki with us."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import GatewayProcess, running

FOLDER = "2055492159"

# Listens while Anki loads its add-ons, as AnkiConnect does, and keeps its server where AnkiConnect does.
STAND_IN = """
import http.server, threading
from aqt import mw

config = mw.addonManager.getConfig(__name__)

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"AnkiConnect")

    def log_message(self, *args):
        pass

class WebServer:
    def __init__(self):
        self.http = http.server.ThreadingHTTPServer((config["webBindAddress"], config["webBindPort"]), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

class AnkiConnect:
    def __init__(self):
        self.server = WebServer()

ac = AnkiConnect()
"""
DEFAULTS = {
    "apiKey": None,
    "apiLogPath": None,
    "ignoreOriginList": [],
    "webBindAddress": "127.0.0.1",
    "webBindPort": 8765,
    "webCorsOriginList": ["http://localhost"],
}

# What marshmallow 3 has and 4 has not, and the other way round: ours cannot be built from it.
OLD_MARSHMALLOW = """
__version__ = "3.26.1"
__version_info__ = (3, 26, 1)

class Schema:
    def __init__(self, **more):
        raise TypeError("this is marshmallow 3, of another add-on")
"""

# In the place of the helper that Anki has on macOS.
MAC = """
import aqt._macos_helper

class Helper:
    def __init__(self):
        self.calls = []

    def disable_appnap(self):
        self.calls.append("disable")

    def enable_appnap(self):
        self.calls.append("enable")

aqt._macos_helper.macos_helper = Helper()
"""

ADDON = "1234567890"
CALLS = "__import__('aqt._macos_helper')._macos_helper.macos_helper.calls"
MENU = "[a.text() for a in mw.form.menuTools.actions()]"
WINDOW = "next(w for w in windows() if type(w).__name__ == 'GatewayWindow')"
BOX = "next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox))"


def add_on(anki: GatewayProcess, folder: str, source: str, config: dict[str, Any] | None = None) -> None:
    """Put an add-on beside ours; `config` differs from AnkiConnect's defaults."""
    target = anki.addons / folder
    target.mkdir()
    (target / "__init__.py").write_text(source)
    meta: dict[str, Any] = {"name": "AnkiConnect" if config is not None else folder, "mod": 1}
    if config is not None:
        (target / "config.json").write_text(json.dumps(DEFAULTS))
        meta["config"] = DEFAULTS | config
    (target / "meta.json").write_text(json.dumps(meta))


def banner(port: int) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    return str(opener.open(f"http://127.0.0.1:{port}", timeout=10).read().decode())


def stored(anki: GatewayProcess, folder: str) -> dict[str, Any]:
    return dict(json.loads((anki.addons / folder / "meta.json").read_text()))


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """With a stand-in for AnkiConnect on the same port, an old marshmallow of another add-on's, and a Mac's helper."""
    process = GatewayProcess(
        tmp_path_factory.mktemp("takeover") / "anki", package, {"ignoreOriginList": ["http://bad"]}
    )
    theirs = {"webBindPort": process.port, "webCorsOriginList": ["http://mine"], "apiKey": "k", "ignoreOriginList": 5}
    add_on(process, FOLDER, STAND_IN, theirs)
    add_on(process, "01_mac", MAC)
    other = process.addons / "0123456789"
    add_on(process, other.name, "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport marshmallow\n")
    (other / "marshmallow").mkdir()
    (other / "marshmallow" / "__init__.py").write_text(OLD_MARSHMALLOW)
    with running(process):
        assert process.errors() == []
        yield process


def configure(anki: GatewayProcess, **settings: Any) -> None:
    """Change settings as Anki's own editor does."""
    anki.exec(
        "settings = mw.addonManager.getConfig(addon) | settings\n"
        "mw.addonManager.writeConfig(addon, settings)\n"
        "mw.addonManager.configUpdatedAction(addon)(settings)",
        addon=ADDON,
        settings=settings,
    )


def test_ankiconnect_keeps_the_port_and_the_user_is_told_without_a_window_to_close(anki: GatewayProcess) -> None:
    assert banner(anki.port) == "AnkiConnect"
    labels = "[w.text() for w in aqt.qt.QApplication.allWidgets() if isinstance(w, aqt.qt.QLabel) and w.isVisible()]"
    told = anki.wait_for(f"[text for text in {labels} if 'AnkiRPC' in text]")
    text = told[0].replace("<br>", " ")
    assert "already in use" in text
    assert "AnkiConnect is enabled too: see Tools &gt; AnkiRPC: Take Over from AnkiConnect" in text
    assert "AnkiRPC: Take Over from AnkiConnect…" in anki.eval(MENU)
    assert not anki.eval("aqt.qt.QApplication.activeModalWidget() is not None")
    assert anki.errors() == []


def test_the_window_names_ankiconnect_and_offers_both_ways_out(anki: GatewayProcess, tmp_path: Path) -> None:
    anki.exec("next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()")
    state = f"{WINDOW}.state"
    assert anki.eval(f"{state}.headline.text()") == "Not serving"
    assert f"127.0.0.1:{anki.port} is already in use" in anki.eval(f"{state}.problem.text()")
    anki.wait_for(f"{state}.holder.isVisible()")
    assert anki.eval(f"{state}.holder.text()") == f"Port {anki.port} is used by AnkiConnect, an add-on of this Anki."
    assert anki.eval(f"{state}.port_button.text()").startswith("Use port ")
    assert anki.eval(f"{state}.takeover_button.text()") == "Take over from AnkiConnect…"
    anki.grab(WINDOW, tmp_path / "beside.png")
    anki.exec(f"{state}.retry_button.click()")
    assert anki.eval(f"{state}.headline.text()") == "Not serving"
    anki.exec(f"{state}.takeover_button.click()")
    anki.wait_for(f"{BOX}.text() == 'Take over from AnkiConnect?'")
    anki.grab(BOX, tmp_path / "question.png")
    anki.exec(f"{BOX}.button(aqt.qt.QMessageBox.StandardButton.Cancel).click()")
    assert banner(anki.port) == "AnkiConnect"
    assert anki.tidy() == []


@pytest.mark.parametrize(
    ("theirs", "ours", "copied", "refused"),
    [
        ({"apiKey": "k"}, {"apiKey": "own"}, {"apiKey": "k"}, []),
        ({"apiKey": None}, {"apiKey": "own"}, {}, []),
        ({"apiKey": ""}, {"apiKey": "own"}, {}, []),
        ({"apiKey": 1234}, {"apiKey": "own"}, {}, ["apiKey"]),
        ({"apiKey": 1234}, {"apiKey": None}, {"apiKey": 1234}, []),
        ({"apiKey": False}, {"apiKey": ""}, {"apiKey": False}, []),
        ({"ignoreOriginList": "http://bad"}, {}, {"ignoreOriginList": "http://bad"}, []),
        ({"ignoreOriginList": 5, "webCorsOrigin": "", "apiPollInterval": 1}, {}, {}, ["ignoreOriginList"]),
    ],
    ids=str,
)
def test_what_is_taken_over_opens_nothing(
    anki: GatewayProcess, theirs: dict[str, Any], ours: dict[str, Any], copied: dict[str, Any], refused: list[str]
) -> None:
    choose = f"__import__('sys').modules['{ADDON}.desktop.takeover'].choose"
    assert anki.eval(f"{choose}(theirs, ours)[0]", theirs=theirs, ours=ours) == copied
    assert anki.eval(f"list({choose}(theirs, ours)[1])", theirs=theirs, ours=ours) == refused


def test_a_taken_port_stops_nothing_and_is_logged(anki: GatewayProcess) -> None:
    assert [w for w in anki.windows() if "Box" in w or "Dialog" in w] == []
    log = anki.addons / ADDON / "user_files" / "anki-rpc.log"
    assert f"127.0.0.1:{anki.port} is already in use" in log.read_text()
    assert anki.errors() == []


def test_to_show_the_window_afresh_reads_no_add_ons_settings(anki: GatewayProcess) -> None:
    anki.exec("next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()")
    reads = anki.exec(
        "manager, reads = mw.addonManager, []\nplain = manager.getConfig\n"
        "manager.getConfig = lambda name: reads.append(name) or plain(name)\n"
        f"for _ in range(5):\n    {WINDOW}.refresh()\ndel manager.getConfig\nresult = reads"
    )
    assert reads == []
    assert anki.tidy() == []


def test_nothing_is_asked_of_a_mac_while_nothing_is_served(anki: GatewayProcess) -> None:
    assert anki.eval(CALLS) == []


def test_taking_over_needs_a_yes(anki: GatewayProcess) -> None:
    anki.exec("next(a for a in mw.form.menuTools.actions() if 'Take Over' in a.text()).trigger()")
    anki.wait_for(f"{BOX}.isVisible()")
    assert anki.eval(f"{BOX}.isModal()") is False
    anki.exec(f"{BOX}.button(aqt.qt.QMessageBox.StandardButton.Cancel).click()")
    anki.wait_for("not [w for w in windows() if isinstance(w, aqt.qt.QMessageBox)]")
    assert banner(anki.port) == "AnkiConnect"
    assert not stored(anki, FOLDER).get("disabled")


def test_taking_over_copies_what_is_right_disables_ankiconnect_and_serves_at_once(anki: GatewayProcess) -> None:
    anki.exec("next(a for a in mw.form.menuTools.actions() if 'Take Over' in a.text()).trigger()")
    anki.exec(f"next(b for b in {BOX}.buttons() if b.text() == 'Take Over').click()")
    told = anki.wait_for(f"'disabled' in {BOX}.text() and [{BOX}.text(), {BOX}.informativeText()]")
    assert told[0] == "AnkiConnect is disabled. AnkiRPC serves in its place."
    assert "ignoreOriginList" in told[1]
    assert json.loads(anki.send(b'{"action": "version", "version": 6, "key": "k"}').body)["result"] == 6
    assert "api key" in anki.legacy("version")["error"]
    config = stored(anki, ADDON)["config"]
    assert config["apiKey"].startswith("sha256$")
    assert (config["webBindPort"], config["webCorsOriginList"]) == (anki.port, ["http://mine"])
    assert config["ignoreOriginList"] == ["http://bad"]
    assert stored(anki, FOLDER)["disabled"] is True
    assert not [text for text in anki.eval(MENU) if "Take Over" in text]
    anki.tidy()


def test_while_it_serves_app_nap_is_off_and_the_setting_turns_it_on_again(anki: GatewayProcess) -> None:
    assert anki.eval(CALLS) == ["disable"]
    configure(anki, preventAppNap=False)
    assert anki.eval(CALLS) == ["disable", "enable"]
    configure(anki, preventAppNap=True)
    assert anki.eval(CALLS) == ["disable", "enable", "disable"]


def test_an_older_marshmallow_of_another_add_on_is_left_alone_and_not_used(anki: GatewayProcess) -> None:
    assert anki.eval("__import__('marshmallow').__version__") == "3.26.1"
    ours = f"__import__('{ADDON}.vendored').vendored.marshmallow"
    assert anki.eval(f"{ours}.__name__") == f"{ADDON}._vendor.marshmallow"
    assert (
        anki.eval("[name for name in __import__('sys').modules if name.startswith(('jsonrpcserver', 'oslash'))]") == []
    )


def test_after_a_restart_ankiconnect_stays_away(anki: GatewayProcess) -> None:
    assert anki.stop().code == 0
    anki.start()
    assert json.loads(anki.send(b'{"action": "version", "version": 6, "key": "k"}').body)["result"] == 6
    assert not [text for text in anki.eval(MENU) if "Take Over" in text]
    assert anki.errors() == []
    assert anki.stop().code == 0
