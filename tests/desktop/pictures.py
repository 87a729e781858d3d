"""Saves a picture of each window of ours, in every look, to be looked at: `make pictures`."""

from __future__ import annotations

import json
import shutil
import socketserver
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ports import free_port

from .anki_process import ROOT
from .conftest import PACKAGE, GatewayProcess

FOLDER = ROOT / "build" / "pictures"
PAGE = "https://a-rather-long-name.of-a-web-page.example.org:8443"
EXTENSION = "chrome-extension://ppccmbimhjbgkjambclfkhldnlhbnnab"
WORK = "next(w for w in aqt.qt.QApplication.topLevelWidgets() if w.objectName() == 'AnkiRpcWork')"


EXTENSIONS = """
from threading import Event
name, title = {
    "furigana_rpc": ("furigana", "Furigana from a word list"),
    "1463463463": ("speech", "Speech"),
    "word_lists": ("lists", "Word lists"),
}[__name__]
extension, end = mw.anki_rpc.extension(name, title=title, limit=0.05 if name == "lists" else 60), Event()
extensions.append((extension, end))
if name == "furigana":
    extension.action("furigana_generate", lambda ctx: None)
    extension.action("furigana_fill", lambda ctx: None, writes=True)
    extension.event("furigana_filled")
    extension.listen("notesAdded", lambda name, params: None)
elif name == "speech":
    extension.action("speech_say", lambda ctx: None, params={"properties": {"text": {"type": "strng"}}})
else:
    extension.action("lists_download", lambda ctx: end.wait(20) and None, runs_on="thread")
"""
SCREEN = {
    "name": "laptop",
    "x": 0,
    "y": 0,
    "width": 1366,
    "height": 768,
    "logicalDpi": 96,
    "logicalBaseDpi": 96,
    "dpr": 1,
}
"""In pixels. At 200 % it has room for 683 by 384."""


Show = Callable[[str, str], object]


class Look(NamedTuple):
    """How Anki looks: its language, its theme, and the scale of the screen."""

    language: str = "en_US"
    theme: str = "LIGHT"
    scale: str = "1"


LOOKS = {
    "light": Look(),
    "dark": Look(theme="DARK"),
    "large": Look(scale="2"),
    "right-to-left": Look("he_IL"),
    "german": Look("de_DE"),
    "german-large-dark": Look("de_DE", "DARK", "2"),
}


def main(names: Sequence[str]) -> None:
    """Save pictures of these looks; of all if none is named."""
    for name in names or LOOKS:
        folder = FOLDER / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as base:
            take(LOOKS[name], Path(base) / "anki", folder)


def take(look: Look, base: Path, folder: Path) -> None:
    with started(look, base) as anki:
        every_window(anki, lambda name, window: anki.grab(window, folder / f"{name}.png"))


@contextmanager
def started(look: Look, base: Path) -> Iterator[GatewayProcess]:
    """An Anki with this look, on a small screen."""
    config = {"ignoreOriginList": ["https://denied.example"], "grants": {PAGE: ["read", "change"]}}
    screens = base.with_name("screens.json")
    screens.write_text(json.dumps({"screens": [SCREEN]}))
    env = {
        "QT_SCALE_FACTOR": look.scale,
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
        "QT_QUICK_BACKEND": "software",  # or web pages are not in the pictures
    }
    with GatewayProcess(base, PACKAGE, config, language=look.language, env=env) as anki:
        anki.exec(f"from aqt.theme import Theme\nmw.set_theme(Theme[{look.theme!r}])")
        yield anki


def every_window(anki: GatewayProcess, show: Show) -> None:
    """Open each window of ours, and call `show` with a name and an expression for it."""
    call(anki, "findNotes", "curl/8.10")
    call(anki, "deckNames", "Python-urllib/3.13")
    call(anki, "deckNames", "Mozilla/5.0", Origin="https://refused.example.org")
    call(anki, "version", "Mozilla/5.0", Origin=EXTENSION)
    notice(anki, show)
    gateway_window(anki, show)
    questions(anki, show)
    work(anki, show)
    edit(anki, show)
    settings_as_anki_shows_them(anki, show)
    assert anki.errors() == [], anki.errors()


def call(anki: GatewayProcess, action: str, program: str, **headers: str) -> None:
    anki.send(json.dumps({"action": action, "version": 6}).encode(), headers={"User-Agent": program, **headers})


def notice(anki: GatewayProcess, show: Show) -> None:
    found = "next((w for w in windows() if type(w).__name__ == 'ExtensionNotice'), None)"
    anki.wait_for(f"{found} is not None")
    show("extension", found)
    anki.exec(f"{found}.close()")


def gateway_window(anki: GatewayProcess, show: Show) -> None:
    anki.exec("next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()")
    anki.exec("keep['window'] = next(w for w in windows() if type(w).__name__ == 'GatewayWindow')")
    window = "keep['window']"
    with held_lane(anki):
        anki.rpc("startOperation", {"method": "checkDatabase", "params": {}})
        anki.wait_for(f"{window}.state.operations.isVisible()")
        show("state", window)
    extensions(anki, show, window)
    anki.exec(f"{window}.tabs.setCurrentWidget({window}.origins)")
    show("permissions", window)
    anki.exec(f"{window}.tabs.setCurrentWidget({window}.keys)\n{window}.keys.refresh()")
    show("keys-none", window)
    anki.exec(f"{window}.keys.name.setText('phone')\n{window}.keys.make_button.click()")
    show("keys", window)
    anki.exec(f"{window}.keys.table.selectRow(0)\n{window}.keys.remove_button.click()")
    assert anki.eval(f"{window}.keys.table.rowCount()") == 0
    anki.exec(f"{window}.tabs.setCurrentWidget({window}.settings)")
    anki.exec(f"{window}.settings.fields['webBindAddress'].setText('999.0.0.1')")
    show("settings", window)
    anki.exec(
        "from aqt.qt import QScrollArea\n"
        f"bar = {window}.settings.findChild(QScrollArea).verticalScrollBar()\nbar.setValue(bar.maximum())"
    )
    show("settings-end", window)
    with held_port() as port:
        anki.exec(f"{window}.settings.fields['webBindAddress'].setText('127.0.0.1')")
        anki.exec(f"{window}.settings.fields['webBindPort'].setText('{port}')\n{window}.settings.apply_button.click()")
        anki.exec(f"{window}.tabs.setCurrentWidget({window}.state)")
        anki.wait_for(f"{window}.state.port_button.isVisible()")
        show("state-port-taken", window)
        anki.exec(f"{window}.settings.fields['webBindPort'].setText('{anki.port}')")
        anki.exec(f"{window}.settings.apply_button.click()")
    anki.exec(
        "import sys\nTakeOver = sys.modules['1234567890.desktop.takeover']\ntakeover = keep['window']._takeover\n"
        "takeover.other = TakeOver.Other('2055492159', 'AnkiConnect', 8765)\ntakeover.ask()"
    )
    box = "next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox))"
    show("take-over", box)
    anki.exec(f"{box}.close()\nkeep['window']._takeover.other = None\nkeep['window'].close()")


def extensions(anki: GatewayProcess, show: Show, window: str) -> None:
    """The tab State with a new extension, a wrong one and a slow one."""
    anki.exec(
        f"keep['extensions'], source = [], {EXTENSIONS!r}\n"
        "for folder in ('furigana_rpc', '1463463463', 'word_lists'):\n"
        "    exec(source, {'__name__': folder, 'mw': mw, 'extensions': keep['extensions']})"
    )
    assert anki.rpc("lists_download")["error"]["data"]["kind"] == "still_running"
    anki.exec(f"{window}.state.extensions._look()")
    anki.wait_for(f"len({window}.state.extensions.rows) == 3 and {window}.state.extensions.rows[2].isVisible()")
    anki.wait_for(  # the operation has ended, and the page has been laid out without it
        f"{window}.state.extensions.y() < {window}.state.headline.geometry().bottom() + 30"
    )
    show("state-extensions", window)
    anki.exec("for extension, end in keep['extensions']:\n    end.set()\n    extension.withdraw()")
    anki.wait_for(f"{window}.state.extensions.refresh() or not {window}.state.extensions.isVisible()")


def questions(anki: GatewayProcess, show: Show) -> None:
    for name, origin in {"page": PAGE, "program": "app://obsidian.md"}.items():
        anki.exec(
            "import sys\nui = sys.modules['1234567890.desktop.ui.permission']\nui.THINKING_TIME_MS = 10\n"
            f"keep['question'] = ui.PermissionWindow(mw, {origin!r}, lambda answer: None, is_local=True)\n"
            "keep['question'].show_waiting(2)\nkeep['question'].show()"
        )
        anki.wait_for("keep['question'].buttons['deny'].isEnabled()")
        show(f"question-{name}", "keep['question']")
        anki.exec("keep.pop('question').close()")


def work(anki: GatewayProcess, show: Show) -> None:
    """The window is shown as it is during a call; what it shows is not what Anki does."""
    anki.exec(
        "import sys\nui = sys.modules['1234567890.desktop.ui.work_window']\n"
        "lane, ops = (sys.modules[f'1234567890.rpc.{n}'] for n in ('lane_watch', 'operations'))\n"
        "caller = sys.modules['1234567890.rpc.caller'].Caller(program='Python-urllib/3.13')\n"
        "keep['work'] = ui.WorkWindow(mw, is_modal=False)\n"
        "keep['work'].show_work(lane.LaneWork('checkDatabase', caller, True, None, 0, 0), "
        "ops.ProgressReport(300, 1000, 'Checking notes…'))\nkeep['work'].show()"
    )
    show("work", "keep['work']")
    anki.exec(
        f"page = sys.modules['1234567890.rpc.caller'].Caller(origin={PAGE!r})\n"
        "keep['work'].show_work(lane.LaneWork('deckNames', page, False, None, 0, 0), None)\nkeep['work'].adjustSize()"
    )
    show("work-without-cancel", "keep['work']")
    anki.exec("keep.pop('work').cancel()")


def edit(anki: GatewayProcess, show: Show) -> None:
    added = anki.exec(
        "note = mw.col.new_note(mw.col.models.current())\nnote.fields[0] = 'mela'\n"
        "mw.col.add_note(note, 1)\nresult = note.id"
    )
    reply = anki.legacy("guiEditNote", note=added)
    assert reply["error"] is None, reply
    window = "aqt.dialogs._dialogs['AnkiRpcEditNote'][1]"
    anki.wait_for(f"{window} is not None and {window}.editor.web._domDone and is_idle()")
    shown = (
        "[...document.querySelectorAll('.rich-text-editable')].some(e => e.shadowRoot?.textContent.includes('mela'))"
    )
    anki.wait_for(
        f"({window}.editor.web.evalWithCallback(js, lambda found: keep.update(shown=found)), keep.get('shown'))[1]",
        js=shown,
    )
    show("edit", window)


def settings_as_anki_shows_them(anki: GatewayProcess, show: Show) -> None:
    """Anki's own window for the settings of an add-on, with our `config.md`."""
    anki.exec(
        "from aqt.addons import AddonsDialog, ConfigEditor\nkeep['addons'] = AddonsDialog(mw.addonManager)\n"
        "keep['editor'] = ConfigEditor(keep['addons'], '1234567890', mw.addonManager.getConfig('1234567890'))"
    )
    anki.wait_for(drawn("keep['editor'].form.help"))
    show("anki-config", "keep['editor']")
    anki.exec("keep.pop('editor').close()\nkeep.pop('addons').close()")


def drawn(page: str) -> str:
    """Whether a web page shows something: what is drawn of it has more than a few colours."""
    return (
        f"(lambda image: len({{image.pixel(x, y) for x in range(0, image.width(), 3)"
        f" for y in range(0, image.height(), 3)}}) > 4)({page}.grab().toImage())"
    )


class HangsUp(socketserver.TCPServer):
    """A server whose port is free as soon as it ends, even if it has hung up before its client."""

    allow_reuse_address = True


@contextmanager
def held_port() -> Iterator[int]:
    """A port that a program uses which hangs up at once: so Anki need not wait for what it says."""
    with HangsUp(("127.0.0.1", free_port()), socketserver.BaseRequestHandler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def held_lane(anki: GatewayProcess) -> Iterator[None]:
    anki.exec(
        "import gc, threading\nhost = next(v for v in gc.get_objects() if type(v).__name__ == 'DesktopHost')\n"
        "keep['hold'] = threading.Event()\nhost._lane.submit(lambda: keep['hold'].wait(20))"
    )
    try:
        yield
    finally:
        anki.exec("keep.pop('hold').set()")


if __name__ == "__main__":
    main(sys.argv[1:])
