"""The package goes through Anki's own add-on manager into a fresh folder, and works after a restart and an update."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .anki_process import AnkiProcess
from .conftest import GatewayProcess

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "anki_rpc"
INSTALL = "mw.addonManager.processPackages([path], parent=mw, force_enable=True)"


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """In which the add-on is not installed yet."""
    process = GatewayProcess(tmp_path_factory.mktemp("install") / "anki", package)
    shutil.rmtree(process.addons / "1234567890")
    try:
        yield process
    finally:
        if not process.has_ended():
            process.stop()


def test_anki_installs_it_without_a_complaint_and_knows_its_name_and_version(
    anki: GatewayProcess, package: Path
) -> None:
    AnkiProcess.start(anki)  # nothing listens yet
    log, errors = anki.eval(INSTALL, path=str(package), timeout=60)
    assert (len(log), errors) == (1, [])
    meta = anki.eval(f"vars(mw.addonManager.addon_meta('{FOLDER}'))")
    assert (meta["provided_name"], meta["enabled"], meta["conflicts"]) == ("AnkiRPC", True, [])
    assert meta["human_version"]
    assert anki.eval(f"mw.addonManager.addon_meta('{FOLDER}').compatible()")
    anki.exec(
        f"config = mw.addonManager.getConfig('{FOLDER}')\nconfig['webBindPort'] = port\n"
        f"mw.addonManager.writeConfig('{FOLDER}', config)",
        port=anki.port,
    )
    shown = anki.eval(f"mw.addonManager.addonConfigHelp('{FOLDER}')")
    settings = json.loads((ROOT / "addon" / "config.json").read_text("utf-8"))
    for name in settings.keys() - {"apiLogPath"}:
        assert f"<p><strong><code>{name}</code></strong>" in shown
    assert not re.search(r"\|.*\||^\W*(-{3}|#)|\*\*|`", re.sub("<!--.*?-->", "", shown), re.MULTILINE), "markup is left"
    assert anki.errors() == []
    assert anki.stop().code == 0


def test_after_a_restart_it_lists_adds_and_browses(anki: GatewayProcess) -> None:
    anki.start()
    assert anki.errors() == []
    assert anki.legacy("deckNames")["result"] == ["Default"]
    note = {"deckName": "Default", "modelName": "Basic", "fields": {"Front": "mela", "Back": "apple"}}
    note_id = anki.rpc("addNote", {"note": note})["result"]
    cards = anki.legacy("guiBrowse", query=f"nid:{note_id}")["result"]
    assert len(cards) == 1
    anki.wait_for("aqt.dialogs.getInstance('Browser').table.len() == 1")
    assert anki.rpc("rpc.discover")["result"]["info"]["title"]
    anki.tidy()


def test_until_a_restart_an_update_leaves_the_running_one_as_it_is(
    anki: GatewayProcess, package: Path, tmp_path: Path
) -> None:
    """Modules that were not used so far are those of the version that runs."""
    other = tmp_path / "other.ankiaddon"
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            is_module = name.endswith(".py")
            target.writestr(name, "raise RuntimeError('of another version')" if is_module else source.read(name))
    log, errors = anki.eval(INSTALL, path=str(other), timeout=60)
    assert (len(log), errors) == (1, [])
    for method in anki.rpc("rpc.discover")["result"]["methods"]:
        assert anki.rpc(method["name"], {"nothing": 1})["error"]["code"] == -32602, method["name"]
    assert anki.legacy("noSuchAction")["error"] == "unsupported action"
    assert anki.legacy("guiDeckReview", name="Default")["result"] is True
    assert anki.errors() == []
    anki.tidy()


def test_an_update_over_the_running_one_keeps_settings_and_log_and_it_comes_up_again(
    anki: GatewayProcess, package: Path
) -> None:
    (anki.addons / FOLDER / "user_files" / "mine.txt").write_text("kept")
    log, errors = anki.eval(INSTALL, path=str(package), timeout=60)
    assert (len(log), errors) == (1, [])
    assert anki.legacy("deckNames")["result"] == ["Default"]
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
    anki.start()
    assert (anki.addons / FOLDER / "user_files" / "mine.txt").read_text() == "kept"
    assert len(anki.legacy("findNotes", query="mela")["result"]) == 1
    assert anki.errors() == []
    assert anki.stop().code == 0


DELETE = f"""
import shutil
import aqt.addons
aqt.addons.askUser = lambda *_: True
aqt.addons.send_to_trash = shutil.rmtree
dialog = aqt.dialogs.open("AddonsDialog", mw.addonManager)
row = [addon.dir_name for addon in dialog.addons].index({FOLDER!r})
dialog.form.addonList.item(row).setSelected(True)
dialog.onDelete()
dialog.close()
"""
QUESTIONS = "[w for w in windows() if type(w).__name__ == 'PermissionWindow']"


def test_until_a_restart_a_deleted_one_serves_and_keeps_what_the_user_answers(anki: GatewayProcess) -> None:
    anki.start()
    anki.exec(DELETE)
    assert not (anki.addons / FOLDER).exists()
    for method in anki.rpc("rpc.discover")["result"]["methods"]:
        assert anki.rpc(method["name"], {"nothing": 1})["error"]["code"] == -32602, method["name"]
    for path in ("/", "/openrpc.json", "/health"):
        page = anki.send(None, method="GET", path=path, headers={"Accept": "text/html, */*"})
        assert (page.status, len(page.body) > 50) == (200, True), path
    listed = anki.send(b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}', path="/mcp")
    assert json.loads(listed.body)["result"]["tools"]
    origin = {"Origin": "https://deleted.example"}
    with ThreadPoolExecutor() as pool:
        asked = pool.submit(anki.send, b'{"action": "requestPermission", "version": 6}', headers=origin)
        anki.wait_for(f"{QUESTIONS} and {QUESTIONS}[0].buttons['always'].isEnabled()")
        anki.exec(f"{QUESTIONS}[0].buttons['always'].click()")
        assert json.loads(asked.result().body)["result"]["permission"] == "granted"
    for _ in range(2):
        reply = anki.send(b'{"action": "deckNames", "version": 6}', headers=origin)
        assert json.loads(reply.body) == {"result": ["Default"], "error": None}
    assert anki.errors() == []
    code, output = anki.stop()
    assert (code, "Traceback" in output) == (0, False), output
