"""The entry in the Tools menu and its window: state, permissions, settings, and a port that is taken."""

from __future__ import annotations

import http.server
import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pictures import picture
from ports import free_port, listen
from sizes import for_matrix

from .conftest import GatewayProcess, Reply, tidy
from .pictures import held_port

WINDOW = "next(w for w in windows() if type(w).__name__ == 'GatewayWindow')"
CONFIG = "mw.addonManager.getConfig('1234567890')"
OPEN = "next(a for a in mw.form.menuTools.actions() if a.text() == 'AnkiRPC…').trigger()"
ORIGINS = "window.origins.table"
CELLS = """
def cells(table):
    return [[table.item(r, c).text() for c in range(table.columnCount())] for r in range(table.rowCount())]
def choose(table, text):
    table.selectRow(next(r for r, row in enumerate(cells(table)) if row[0] == text))
"""


AS_NEW = """
aqt.utils.closeTooltip()
opened = windows()
as_new = [type(w).__name__ for w in opened] == ['GatewayWindow'] and not (
    opened[0].settings.apply_button.isEnabled() or any(flaw.text() for flaw in opened[0].settings.flaws.values())
)
if as_new:
    opened[0].tabs.setCurrentIndex(0)
    opened[0].state.table.clearSelection()
result = as_new
"""


@pytest.fixture
def window(anki: GatewayProcess, clean_in_the_end: None) -> Iterator[GatewayProcess]:
    """Anki with AnkiRPC's window open. The settings are put back afterwards.

    The window, which takes as long to open as most tests, stays for the next test if it looks as a new one does.
    """
    before = anki.eval(CONFIG)
    port = anki.port
    if not anki.eval("bool(windows())"):
        anki.exec(OPEN)
    anki.exec(f"{CELLS}\nwindow = {WINDOW}")
    yield anki
    anki.exec(
        "mw.addonManager.writeConfig('1234567890', given)\nmw.addonManager.configUpdatedAction('1234567890')(given)",
        given=before,
    )
    anki.port = port
    if not anki.exec(AS_NEW):
        tidy(anki)
    assert anki.errors() == []


@pytest.fixture
def new_window(window: GatewayProcess) -> Iterator[GatewayProcess]:
    """For a test that is about opening it, or leaves it different from a new one."""
    window.exec("window.close()")
    window.wait_for("not windows()")
    window.exec(f"{OPEN}\nwindow = {WINDOW}")
    yield window
    tidy(window)


def send(anki: GatewayProcess, origin: str | None, action: str = "version", **headers: str) -> Reply:
    body = json.dumps({"action": action, "version": 6}).encode()
    return anki.send(body, headers={**({"Origin": origin} if origin else {}), **headers})


def row(anki: GatewayProcess, who: str) -> list[str]:
    found = f"[r for r in cells(window.state.table) if r[0] == {who!r}]"
    return list(anki.wait_for(f"{found} and {found}[0]"))


def make_key(anki: GatewayProcess, name: str, *more: str) -> str:
    """A new key, as a user makes it, which is on the clipboard afterwards. `more`: what it allows besides reading."""
    anki.exec("window.keys.name.setText(name)", name=name)
    for box in more:
        anki.exec("window.keys.boxes[box].click()", box=box)
    anki.exec("window.keys.make_button.click()")
    return str(anki.exec("from aqt.qt import QApplication\nresult = QApplication.clipboard().text()"))


def remove_key(anki: GatewayProcess, name: str) -> None:
    number = "[r[0] for r in cells(window.keys.table)].index(name or '(without a name)')"
    anki.exec(f"window.keys.table.selectRow({number})\nwindow.keys.remove_button.click()", name=name)


def test_the_menu_opens_one_window_that_blocks_nothing(new_window: GatewayProcess) -> None:
    window = new_window
    window.exec(OPEN)
    assert [w for w in window.windows() if "GatewayWindow" in w] == ["GatewayWindow 'AnkiRPC'"]
    assert window.eval("window.isModal()") is False
    assert window.eval("window.state.headline.text()") == f"Serving at http://127.0.0.1:{window.port}"
    assert window.legacy("guiReviewActive")["result"] is False
    window.exec("window.close_button.click()")
    window.wait_for("not [w for w in windows() if type(w).__name__ == 'GatewayWindow']")
    window.exec(OPEN)
    assert [w for w in window.windows() if "GatewayWindow" in w] == ["GatewayWindow 'AnkiRPC'"]


def test_the_window_tells_who_was_served_and_who_was_refused_and_why(window: GatewayProcess) -> None:
    for _ in range(3):
        send(window, None, **{"User-Agent": "curl/8.10 (something more)"})
    window.wait_for("['curl/8.10', '3', 'version'] in [r[:3] for r in cells(window.state.table)]")
    assert row(window, "curl/8.10")[4] == "Served"
    page = "https://refused.example.org"
    assert send(window, page, "deckNames").status == 403
    assert row(window, page)[4] == "Refused: it has no permission"
    window.send(None, method="OPTIONS", headers={"Origin": "https://preflight.example.org"})
    assert row(window, "https://preflight.example.org")[4] == "Refused: it has no permission"
    window.grab("window", picture("window"))
    window.exec("choose(window.state.table, page)", page=page)
    assert window.eval("window.state.allow_button.isEnabled()")
    window.exec("window.state.allow_button.click()")
    question = "[w for w in windows() if type(w).__name__ == 'PermissionWindow']"
    window.wait_for(f"[w.origin for w in {question}] == [page] and {question}[0].buttons['always'].isEnabled()")
    window.exec(f"question = {question}[0]\nquestion.boxes['windows'].setChecked(False)")
    window.exec("question.buttons['always'].click()")
    assert json.loads(send(window, page).body)["result"] == 6
    assert json.loads(send(window, page, "guiReviewActive").body)["error"]
    window.exec("choose(window.state.table, page)", page=page)
    assert window.eval("{r[1] for r in cells(window.state.calls.table)} == {page}", page=page)
    window.exec("window.state.table.clearSelection()")
    assert window.eval("'curl/8.10' in {r[1] for r in cells(window.state.calls.table)}")
    reasons = f"{{r[4] for r in cells(window.state.table) if r[0] == {page!r}}}"
    window.wait_for(f"'Refused: it was not granted that' in {reasons}")


def test_a_wrong_key_is_told(window: GatewayProcess) -> None:
    key = make_key(window, "phone", "change")
    kept = window.eval(f"{CONFIG}['keys']")["phone"]
    assert (kept["key"].startswith("sha256$"), kept["scopes"]) == (True, ["read", "change"])
    assert key not in json.dumps(window.eval(CONFIG))
    assert window.eval("window.keys.made.text()") == key
    window.wait_for("cells(window.keys.table) == [['phone', 'read, add and change']]")
    assert send(window, None, **{"User-Agent": "keyless/1"}).status == 200
    assert row(window, "keyless/1")[4] == "Refused: it sent no API key"
    send(window, None, **{"User-Agent": "wrong/1", "X-API-Key": "guess"})
    assert row(window, "wrong/1")[4] == "Refused: its API key is wrong"
    reply = send(window, None, **{"User-Agent": "right/1", "X-API-Key": key})
    assert json.loads(reply.body)["result"] == 6
    reply = send(window, None, "guiDeckBrowser", **{"User-Agent": "right/1", "X-API-Key": key})
    assert json.loads(reply.body)["error"].startswith("the key phone is not allowed to use guiDeckBrowser")
    window.wait_for(
        "[r[1:] for r in cells(window.state.calls.table)][:2] == outcomes",
        outcomes=[
            ["right/1", "phone", "guiDeckBrowser", "1", "refused: it was not granted that"],
            ["right/1", "phone", "version", "1", "ok"],
        ],
    )
    remove_key(window, "phone")
    assert window.legacy("version")["result"] == 6


def test_empty_tables_say_so_and_labels_lead_to_their_fields(window: GatewayProcess) -> None:
    assert window.eval("window.keys.table.accessibleDescription()") == "There is no key."
    make_key(window, "phone")
    window.wait_for("window.keys.table.accessibleDescription() == ''")
    remove_key(window, "phone")
    buddies = (
        "from aqt.qt import QLabel\ntab = window.settings\n"
        "fields = [window.keys.name, *tab.fields.values(), *tab.lists.values(), *tab.limits.values()]\n"
        "named = [label.buddy() for label in window.findChildren(QLabel) if label.buddy()]\n"
        "result = {*map(id, fields)} <= {*map(id, named)}"
    )
    assert window.exec(buddies) is True


NAMELESS = """
from aqt.qt import QAbstractButton, QAbstractSpinBox, QLabel, QLineEdit, QPlainTextEdit, QProgressBar, QTableWidget
kinds = (QAbstractButton, QAbstractSpinBox, QLineEdit, QPlainTextEdit, QProgressBar, QTableWidget)
def nameless(window):
    named = {id(label.buddy()) for label in window.findChildren(QLabel) if label.buddy() and label.text()}
    return [
        type(w).__name__ + ' in ' + type(w.parent()).__name__
        for w in window.findChildren(aqt.qt.QWidget)
        if isinstance(w, kinds) and not isinstance(w.parent(), (QAbstractSpinBox, QTableWidget))
        and not (w.accessibleName() or id(w) in named or (isinstance(w, QAbstractButton) and w.text()))
        and not (isinstance(w, QAbstractButton) and w.isHidden())
    ]
"""
"""What a screen reader would have no name for, by Qt's rule: the accessible name, the label, or a button's text."""


def test_a_screen_reader_has_a_name_for_everything(window: GatewayProcess) -> None:
    window.exec(NAMELESS)
    assert window.eval("nameless(window)") == []
    window.exec("window.settings.fields['webBindPort'].setText('x')")
    described = "window.settings.fields['webBindPort'].accessibleDescription()"
    assert window.eval(described) == "A number from 0 to 65535."
    window.exec(
        "ui = __import__('sys').modules\n"
        "Notice = ui['1234567890.desktop.ui.extension_notice'].ExtensionNotice\n"
        "Question = ui['1234567890.desktop.ui.permission'].PermissionWindow\n"
        "Work = ui['1234567890.desktop.ui.work_window'].WorkWindow\n"
        "notice = Notice(mw, lambda origin: None)\nnotice.add('chrome-extension://a')\n"
        "question = Question(mw, 'app://obsidian.md', lambda answer: None, is_local=True)\n"
        "work = Work(mw, is_modal=False)"
    )
    assert window.eval("[nameless(each) for each in (notice, question, work)]") == [[], [], []]
    names = window.eval("[w.accessibleName() for w in notice.findChildren(aqt.qt.QPushButton)]")
    assert "Revoke: chrome-extension://a" in names
    window.exec("for each in (notice, question, work): each.deleteLater()")


def test_the_window_speaks_the_language_of_anki(window: GatewayProcess) -> None:
    window.exec("window.close()")
    window.wait_for("not [w for w in windows() if type(w).__name__ == 'GatewayWindow']")
    window.exec("import anki.lang\nkeep['language'] = anki.lang.current_lang\nanki.lang.current_lang = 'de'")
    try:
        window.exec(f"{OPEN}\nwindow = {WINDOW}")
        shown = "[window.tabs.tabText(index) for index in range(window.tabs.count())]"
        assert window.eval(shown) == ["Status", "Berechtigungen", "Schlüssel", "Einstellungen"]
        assert window.eval("window.state.headline.text()") == f"Erreichbar unter http://127.0.0.1:{window.port}"
    finally:
        tidy(window)
        window.exec("import anki.lang\nanki.lang.current_lang = keep.pop('language')")


def test_the_window_fits_a_small_screen_or_large_texts(new_window: GatewayProcess) -> None:
    """At 200 % a common laptop has about 680 by 380 pixels for it."""
    window = new_window
    assert window.exec(
        "from aqt.qt import QSize\nneeded, room = window.minimumSizeHint(), window.screen().availableGeometry()\n"
        "result = [needed.width() <= 640, needed.height() <= 340, window.height() + 40 <= room.height()]"
    ) == [True, True, True]


def test_operations_are_listed_with_their_progress_and_can_be_cancelled(window: GatewayProcess) -> None:
    table = "window.state.operations"
    assert window.eval(f"{table}.isVisible()") is False
    notes = [
        {"deckName": "Default", "modelName": "Basic", "fields": {"Front": f"many {n}", "Back": ""}} for n in range(5)
    ]
    window.exec(
        "import gc, threading\nhost = next(v for v in gc.get_objects() if type(v).__name__ == 'DesktopHost')\n"
        "keep['lane'] = host._lane\nkeep['hold'] = threading.Event()\n"
        "keep['lane'].submit(lambda: keep['hold'].wait(20))"
    )
    try:
        id = window.rpc("startOperation", {"method": "addNotes", "params": {"notes": notes}})["result"]["id"]
        window.wait_for(f"cells({table}.table) == [['addNotes', 'a program', 'queued']]")
        assert window.eval(f"{table}.isVisible()")
        assert window.eval(f"{table}.cancel_button.isEnabled()") is False
        window.exec(f"{table}.table.selectRow(0)\n{table}.cancel_button.click()")
        window.wait_for(f"not {table}.isVisible()")
    finally:
        window.exec("keep.pop('hold').set()\nkeep.pop('lane')")
    operation = window.rpc("getOperation", {"id": id})["result"]
    assert (operation["state"], operation["error"]["message"]) == ("cancelled", "the user has cancelled it in Anki")
    assert window.legacy("findNotes", query="Front:many*")["result"] == []


def test_a_new_key_says_whom_it_shuts_out_and_can_leave_out_programs_on_this_computer(window: GatewayProcess) -> None:
    window.exec("window.tabs.setCurrentWidget(window.keys)")
    for program in ("one/1", "two/2", "one/1"):
        assert send(window, None, **{"User-Agent": program}).status == 200
    shown = window.eval("window.keys.refresh() or window.keys.refused.text()")
    assert shown.startswith("Once there is a key, these need one, too: ")
    assert {"one/1", "two/2"} <= {*re.split(", | and |: |[.]$", shown)}
    assert window.eval("{name: box.isChecked() for name, box in window.keys.boxes.items()}") == {
        "read": True,
        "change": False,
        "windows": False,
        "manage": False,
        "files": False,
    }
    make_key(window, "phone")
    assert window.eval("window.keys.refused.isVisible()") is False
    assert json.loads(send(window, None).body)["error"]
    assert window.eval("window.keys.local_box.isChecked()") is False
    window.exec("window.keys.local_box.click()")
    assert window.eval(f"{CONFIG}['localProgramsWithoutKey']") is True
    assert json.loads(send(window, None).body)["error"] is None
    assert json.loads(send(window, None, **{"X-Forwarded-For": "192.0.2.7"}).body)["error"]
    window.exec("window.keys.local_box.click()")
    assert json.loads(send(window, None).body)["error"]
    remove_key(window, "phone")


def test_a_key_in_the_settings_is_replaced_by_its_hash(window: GatewayProcess) -> None:
    window.exec(
        "config = {**mw.addonManager.getConfig('1234567890'), 'apiKey': 'sesame'}\n"
        "mw.addonManager.writeConfig('1234567890', config)\nmw.addonManager.configUpdatedAction('1234567890')(config)"
    )
    assert window.eval(f"{CONFIG}['apiKey']").startswith("sha256$")
    assert json.loads(send(window, None, **{"X-API-Key": "sesame"}).body)["result"] == 6
    assert json.loads(send(window, None).body)["error"] == "valid api key must be provided"
    window.wait_for("cells(window.keys.table) == [['(without a name)', 'everything']]")
    remove_key(window, "")
    assert window.eval(f"{CONFIG}['apiKey']") is None


def test_permissions_are_listed_and_revoked(window: GatewayProcess) -> None:
    extension, page, listed = "moz-extension://abc-def", "https://granted.example.org", "https://listed.example.org"
    desktop = "app://obsidian.md"
    given: dict[str, Any] = {
        **window.eval(CONFIG),
        "grants": {page: ["read", "change"]},
        "webCorsOriginList": ["http://localhost", listed, desktop],
        "ignoreOriginList": ["https://bad.example.org"],
        "knownExtensions": [extension],
    }
    window.exec(
        "mw.addonManager.writeConfig('1234567890', given)\nmw.addonManager.configUpdatedAction('1234567890')(given)",
        given=given,
    )
    table = "window.origins.table"
    shown = [cells for cells in window.eval(f"cells({table})") if cells[2] != "allowed until Anki is closed"]
    assert shown == [
        ["http://localhost (with browser extensions)", "everything but files", "listed in the settings"],
        [listed, "everything but files", "listed in the settings"],
        [desktop, "everything; files only on this computer", "listed in the settings"],
        [page, "read, add and change", "always allowed"],
        [extension, "everything but files", "as all extensions"],
        ["https://bad.example.org", "nothing", "denied without asking"],
    ]
    for origin in (listed, desktop, page, extension):
        assert json.loads(send(window, origin).body)["result"] == 6
        window.exec(f"choose({table}, origin)\nwindow.origins.revoke_button.click()", origin=origin)
        assert send(window, origin).status == 403
    stored = window.eval(CONFIG)
    assert stored["webCorsOriginList"] == ["http://localhost"]
    assert stored["grants"] == {}
    assert stored["ignoreOriginList"] == ["https://bad.example.org", extension]
    window.exec(f"choose({table}, origin)\nwindow.origins.ask_button.click()", origin=extension)
    assert json.loads(send(window, extension).body)["result"] == 6
    assert window.eval(f"{CONFIG}['ignoreOriginList']") == ["https://bad.example.org"]


@pytest.mark.parametrize(
    ("field", "text", "flaw"),
    for_matrix(
        [
            ("webBindPort", "70000", "A number from 0 to 65535."),
            ("webBindPort", "x", "A number from 0 to 65535."),
            ("webBindPort", "", "A number from 0 to 65535."),
            ("webBindPort", "²", "A number from 0 to 65535."),
            ("webBindAddress", "http://127.0.0.1", "An address such as 127.0.0.1"),
            ("webBindAddress", "", "An address such as 127.0.0.1"),
            ("webBindAddress", "999.0.0.1", "An address such as 127.0.0.1"),
        ],
        3,
    ),
)
def test_settings_are_checked_while_they_are_typed(window: GatewayProcess, field: str, text: str, flaw: str) -> None:
    window.exec("window.settings.fields[field].setText(text)", field=field, text=text)
    assert flaw in window.eval("window.settings.flaws[field].text()", field=field)
    assert window.eval("window.settings.apply_button.isEnabled()") is False
    window.exec("window.refresh()")
    assert window.eval("window.settings.fields[field].text()", field=field) == text, "a refresh keeps what is typed"


def test_every_setting_can_be_changed_in_the_window(window: GatewayProcess) -> None:
    """Keys and permissions have tabs of their own."""
    tab = "window.settings"
    known = window.eval(f"[*{tab}.fields, *{tab}.numbers, *{tab}.lists, *{tab}.boxes, 'limits']")
    elsewhere = ["apiKey", "keys", "grants", "knownExtensions", "extensions", "localProgramsWithoutKey"]
    retired = ["apiLogPath"]
    assert sorted([*known, *elsewhere, *retired]) == sorted([*window.eval(f"[*{CONFIG}]"), "webCorsOrigin"])
    window.exec(f"{tab}.lists['allowedHosts'].setPlainText(' anki.home \\n\\nnas')\n{tab}.limits['batch'].setValue(50)")
    assert window.eval(f"{CONFIG}['limits']") == {}
    window.exec(f"{tab}.apply_button.click()")
    settings = window.eval(CONFIG)
    assert (settings["allowedHosts"], settings["limits"]) == (["anki.home", "nas"], {"batch": 50})
    assert window.rpc("getLimits")["result"]["batch"] == 50
    assert window.eval(f"{tab}.apply_button.isEnabled()") is False
    window.exec(f"{tab}.boxes['mcpAllTools'].click()")
    assert window.eval(f"{CONFIG}['mcpAllTools']") is True
    window.exec(f"{tab}.limits['batch'].setValue(10_000)\n{tab}.apply_button.click()")
    assert window.eval(f"{CONFIG}['limits']") == {}
    assert window.eval(f"{tab}.apply_button.isEnabled()") is False
    window.exec(f"{tab}.numbers['syncAfterWrites'].setValue(90)\n{tab}.apply_button.click()")
    assert window.eval(f"{CONFIG}['syncAfterWrites']") == 90
    window.exec(f"{tab}.numbers['syncAfterWrites'].setValue(0)\n{tab}.apply_button.click()")
    assert window.eval(f"{CONFIG}['syncAfterWrites']") == 0


def test_a_changed_port_is_listened_on(window: GatewayProcess) -> None:
    port = free_port()
    window.exec("window.settings.fields['webBindPort'].setText(port)", port=str(port))
    assert window.eval("window.settings.apply_button.isEnabled()")
    window.exec("window.settings.apply_button.click()")
    window.port = port
    assert window.legacy("version")["result"] == 6
    assert window.eval("window.state.headline.text()") == f"Serving at http://127.0.0.1:{port}"
    assert window.eval("window.settings.apply_button.isEnabled()") is False


def test_diagnostics_tell_no_secrets(window: GatewayProcess) -> None:
    key = make_key(window, "mine")
    send(window, "https://private.example.org", "deckNames")
    send(window, "chrome-extension://abc", "deckNames")
    send(window, "private.example.org", "deckNames")
    send(window, None, Host="private.example.org:8765")
    window.exec("window.copy_button.click()")
    text = window.exec("from aqt.qt import QApplication\nresult = QApplication.clipboard().text()")
    assert key not in text
    assert "private.example.org" not in text
    assert "https://(redacted): (any), 1 times, it has no permission" in text
    assert "  (redacted): (any), 1 times, no browser sends such an origin" in text
    assert "a program: (any), 1 times, it called the gateway (redacted)" in text
    assert "API keys: 1" in text
    assert f"port {window.port}: served" in text
    assert "User 1" not in text


def test_the_documentation_is_a_page_of_ours(window: GatewayProcess) -> None:
    opened = window.exec(
        "import sys\nmodule = sys.modules[type(window).__module__]\nopened = []\nkept = module.openLink\n"
        "module.openLink = opened.append\nwindow.documentation_button.click()\nmodule.openLink = kept\nresult = opened"
    )
    assert opened == [f"http://127.0.0.1:{window.port}/"]
    page = window.send(None, method="GET", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert b"page.js" in page.body


class _AnkiConnect(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"apiVersion": "AnkiConnect v.6"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


def configure(anki: GatewayProcess, **settings: Any) -> None:
    """Change settings as Anki's own editor does."""
    anki.exec(
        "mw.addonManager.writeConfig('1234567890', given)\nmw.addonManager.configUpdatedAction('1234567890')(given)",
        given=anki.eval(CONFIG) | settings,
    )


EXTENSION = "chrome-extension://wrong-settings"
REFUSED = "valid api key must be provided"


@pytest.mark.parametrize(
    ("settings", "told", "program", "extension"),
    for_matrix(
        [
            ({"webTimeout": 5, "apiVersion": 6}, "", None, 200),
            ({"ignoreOriginList": EXTENSION}, "", None, 403),
            ({"apiKey": ""}, "", None, 200),
            (
                {"webBindAddress": 5},
                "setting webBindAddress: Must be a string, not a number: write it in quotes. Until that",
                None,
                200,
            ),
            (
                {"something": 5},
                "setting something: There is no such setting. Until that is corrected, it is ign",
                None,
                200,
            ),
            (
                {"askExtensions": "yes"},
                'Must be true or false, not the string "yes". Until that is corrected, no browser extension is let',
                None,
                403,
            ),
            (
                {"askextensions": True},
                "There is no such setting. Did you mean askExtensions? Until that is cor",
                None,
                403,
            ),
            (
                {"webCorsOriginList": 5},
                "Must be a list, not a number. Until that is corrected, no origin is listed.",
                None,
                403,
            ),
            (
                {"ignoreOriginList": 5},
                "Must be a list, not a number. Until that is corrected, every web origin is denied.",
                None,
                403,
            ),
            (
                {"grants": 5},
                "Must be an object, not a number. Until that is corrected, every web origin is denied.",
                None,
                403,
            ),
            ({"grants": {EXTENSION: "read"}}, "these origins are granted nothing.", None, 403),
            ({"grants": {"wrong-settings": ["read"]}}, "Not an origin: 'wrong-settings'.", None, 403),
            ({"ignoreOriginList": ["*.example"]}, "Not understood: '*.example'.", None, 403),
            ({"apikey": "sesame"}, "setting apikey: There is no such setting. Did you mean apiKey?", REFUSED, 200),
            (
                {"apiKey": 5},
                "setting apiKey: Must be a string, not a number: write it in quotes. Until that is corrected, only",
                REFUSED,
                200,
            ),
            ({"keys": "sesame"}, "setting keys: Must be an object, not a string.", REFUSED, 200),
        ],
        4,
        1,
    ),
    ids=str,
)
def test_a_wrong_setting_opens_nothing_and_is_told_in_the_window(
    window: GatewayProcess, settings: dict[str, Any], told: str, program: str | None, extension: int
) -> None:
    configure(window, **settings)
    shown = window.eval("window.state.problem.text()")
    assert told in shown
    assert bool(shown) is window.eval("window.state.problem.isVisible()") is bool(told)
    assert window.legacy("version")["error"] == program
    assert send(window, EXTENSION).status == extension


def test_keys_can_be_made_and_removed_where_the_setting_is_wrong(window: GatewayProcess) -> None:
    configure(window, keys="sesame")
    window.wait_for(
        "cells(window.keys.table) == rows", rows=[["(without a name)", "nothing, until the settings are corrected"]]
    )
    key = make_key(window, "phone")
    assert window.eval("window.state.problem.text()") == ""
    assert json.loads(send(window, None, **{"X-API-Key": key}).body)["result"] == 6
    assert window.legacy("version")["error"] == REFUSED
    remove_key(window, "phone")
    assert window.legacy("version")["result"] == 6


def test_a_denial_of_all_is_listed_and_taken_back(window: GatewayProcess) -> None:
    configure(window, ignoreOriginList=[EXTENSION, 5])
    assert send(window, "http://localhost").status == 403
    denied = f"[r for r in cells({ORIGINS}) if r[2] == 'denied without asking']"
    everybody = ["* (every web page!)", "nothing", "denied without asking"]
    assert window.eval(denied) == [everybody, [EXTENSION, "nothing", "denied without asking"]]
    listed = ["http://localhost (with browser extensions)", "nothing", "listed in the settings"]
    assert window.eval(f"cells({ORIGINS})[0]") == listed
    window.exec(f"choose({ORIGINS}, everybody)\nwindow.origins.ask_button.click()", everybody=everybody[0])
    assert window.eval(f"{CONFIG}['ignoreOriginList']") == [EXTENSION]
    assert window.eval("window.state.problem.text()") == ""
    assert [send(window, origin).status for origin in ("http://localhost", EXTENSION)] == [200, 403]


def test_a_denial_that_a_wrong_setting_needs_cannot_be_taken_back(window: GatewayProcess) -> None:
    configure(window, grants=5, webCorsOriginList=["*"])
    for _ in range(2):
        everybody = "next(r[0] for r in cells(window.origins.table) if r[2] == 'denied without asking')"
        window.exec(f"choose({ORIGINS}, {everybody})\nwindow.origins.ask_button.click()")
        assert send(window, EXTENSION).status == 403
        assert "every web origin is denied" in window.eval("window.state.problem.text()")


def test_what_is_no_origin_is_revoked_without_a_denial_of_all(window: GatewayProcess) -> None:
    configure(window, webCorsOriginList=["*", "https://*.example.org"])
    window.exec(f"choose({ORIGINS}, 'https://*.example.org')\nwindow.origins.revoke_button.click()")
    assert window.eval(f"{CONFIG}['webCorsOriginList']") == ["*"]
    assert window.eval("window.state.problem.text()") == ""
    assert send(window, EXTENSION).status == 200


@pytest.mark.parametrize(
    ("denials", "named"),
    [
        (["host.example.org"], "host.example.org"),
        (["*"], "*"),
        (["https://host.example.org/", "Host.example.org."], "Host.example.org."),
        (["https://host.example.org/"], None),
    ],
    ids=str,
)
def test_an_origin_that_would_stay_denied_is_not_asked_about(
    window: GatewayProcess, denials: list[str], named: str | None
) -> None:
    configure(window, ignoreOriginList=denials)
    page = "https://host.example.org"
    assert send(window, page).status == 403
    row(window, page)
    window.exec("choose(window.state.table, page)", page=page)
    assert window.eval("window.state.allow_button.isEnabled()") is (named is None)
    assert (f"“{named}” under Permissions denies" in window.eval("window.state.hint.text()")) is (named is not None)


def test_without_a_key_no_other_computer_is_let_in_and_the_window_says_so(window: GatewayProcess) -> None:
    address = window.exec("result = window.settings.fields['webBindAddress'].text()")
    window.exec("window.settings.fields['webBindAddress'].setText('0.0.0.0')\nwindow.settings.apply_button.click()")
    try:
        assert window.eval("window.state.headline.text()") == f"Serving at http://127.0.0.1:{window.port}"
        problem = window.eval("window.state.problem.text()")
        assert problem.startswith("Only programs on this computer are served. At 0.0.0.0 other computers could call")
        assert window.eval("window.state.problem.isVisible()")
        assert window.legacy("version")["result"] == 6
    finally:
        window.exec("window.settings.fields['webBindAddress'].setText(address)", address=address)
        window.exec("window.settings.apply_button.click()")
    assert window.eval("window.state.problem.text()") == ""


def test_a_taken_port_is_explained_and_a_free_one_offered(window: GatewayProcess, tmp_path: Path) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _AnkiConnect)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    taken = server.server_address[1]
    try:
        window.exec("window.settings.fields['webBindPort'].setText(port)", port=str(taken))
        window.exec("window.settings.apply_button.click()")
        state = "window.state"
        assert window.eval(f"{state}.headline.text()") == "Not serving"
        assert f"127.0.0.1:{taken} is already in use" in window.eval(f"{state}.problem.text()")
        window.wait_for(f"{state}.holder.isVisible()")
        assert "another AnkiRPC" in window.eval(f"{state}.holder.text()") or "AnkiConnect" in window.eval(
            f"{state}.holder.text()"
        )
        assert window.eval("window.documentation_button.isEnabled()") is False
        window.grab("window", tmp_path / "taken.png")
        offered = int(window.eval(f"{state}.port_button.text()").split()[2])
        window.exec(f"{state}.port_button.click()")
        window.port = offered
        assert window.legacy("version")["result"] == 6
        assert window.eval(f"{CONFIG}['webBindPort']") == offered
        assert window.eval(f"{state}.problem.isVisible()") is False
    finally:
        server.shutdown()
        server.server_close()


SERVING = "import sys\nserving = sys.modules['1234567890.desktop.serving']\n"


def test_a_port_that_becomes_free_again_is_served_without_a_click(window: GatewayProcess) -> None:
    before = window.exec(f"{SERVING}result = serving.FIRST_RETRY_MS\nserving.FIRST_RETRY_MS = 50")
    try:
        with listen() as holder:
            taken = holder.getsockname()[1]
            window.exec("window.settings.fields['webBindPort'].setText(port)", port=str(taken))
            window.exec("window.settings.apply_button.click()")
            assert window.eval("window.state.headline.text()") == "Not serving"
            window.wait_for("window._serving._retry_ms > 100")  # an attempt has failed
            assert f"127.0.0.1:{taken} is already in use" in window.eval("window.state.problem.text()")
        window.wait_for("window.state.headline.text() == text", text=f"Serving at http://127.0.0.1:{taken}")
        window.port = taken
        assert window.legacy("version")["result"] == 6
        assert not window.eval("window.state.problem.isVisible() or window.state.retry_button.isVisible()")
    finally:
        window.exec("serving.FIRST_RETRY_MS = before", before=before)


RESERVED = """
import errno, socket, sys
from types import SimpleNamespace

class Reserved(socket.socket):
    def bind(self, address):
        if port <= address[1] < port + 100:
            raise PermissionError(errno.EACCES, "An attempt was made to access a socket in a way forbidden")
        super().bind(address)

listening = sys.modules["1234567890.http.server.listening"]
own = listening.socket, listening.sys
names = {**vars(socket), "socket": Reserved, "SO_EXCLUSIVEADDRUSE": socket.SO_KEEPALIVE}
listening.socket, listening.sys = SimpleNamespace(**names), SimpleNamespace(platform="win32")
"""
"""Lets Anki find a hundred ports that Windows has reserved."""


def test_the_hint_at_a_taken_port_goes_soon_while_it_is_looked_at(new_window: GatewayProcess) -> None:
    window = new_window
    assert window.eval("window.state._looking.interval()") <= 3000
    with held_port() as taken:
        window.exec("window.settings.fields['webBindPort'].setText(port)", port=str(taken))
        window.exec("window.settings.apply_button.click()")
        window.wait_for("window.state.port_button.isVisible()")
        window.exec("window._serving._retry.stop()\nwindow.state._looking.setInterval(100)")  # only the window looks
    window.wait_for("window.state.headline.text() == text", text=f"Serving at http://127.0.0.1:{taken}")
    window.port = taken
    hints = ("problem", "holder", "port_button", "retry_button")
    assert [window.eval(f"window.state.{name}.isVisible()") for name in hints] == [False] * 4


def test_a_port_that_windows_has_reserved_is_not_said_to_be_used_by_a_program(window: GatewayProcess) -> None:
    port = free_port() // 2  # below the ports that other programs are given
    window.exec(RESERVED, port=port)
    try:
        window.exec("window.settings.fields['webBindPort'].setText(str(port))\nwindow.settings.apply_button.click()")
        problem = window.eval("window.state.problem.text()")
        assert f"Cannot listen on 127.0.0.1:{port}: Windows has reserved this port" in problem
        assert "netsh int ipv4 show excludedportrange protocol=tcp" in problem
        window.wait_for("window.state.port_button.isVisible()")
        assert window.eval("window.state.holder.isVisible()") is False
        offered = int(window.eval("window.state.port_button.text()").split()[2])
        assert offered >= port + 100
        window.exec("window.state.port_button.click()")
        assert window.eval("window.state.headline.text()") == f"Serving at http://127.0.0.1:{offered}"
    finally:
        window.exec("listening.socket, listening.sys = own")


def test_a_server_that_fails_is_shown_and_started_again_by_a_click(window: GatewayProcess) -> None:
    window.exec(
        "import os\nwake = window._serving._server._listeners[0].trigger.trigger\n"
        "null = os.open(os.devnull, os.O_WRONLY)\nos.dup2(null, wake)\nos.close(null)"
    )
    window.wait_for("window.state.headline.text() == 'Not serving'")
    problem = window.eval("window.state.problem.text()")
    assert problem.startswith("The server has failed: the system has closed a socket of the server. “Try again”")
    assert window.eval("window.state.holder.isVisible() or window.state.port_button.isVisible()") is False
    assert window.eval("window.documentation_button.isEnabled()") is False
    with pytest.raises(ConnectionRefusedError):
        window.legacy("version")
    window.exec("window.state.retry_button.click()")
    assert window.eval("window.state.headline.text()") == f"Serving at http://127.0.0.1:{window.port}"
    assert window.legacy("version")["result"] == 6
    assert window.errors() == []


def test_a_minimized_window_comes_back_from_the_menu(new_window: GatewayProcess) -> None:
    window = new_window
    window.exec("window.showMinimized()")
    assert window.eval("window.isMinimized()")
    window.exec(OPEN)
    assert window.eval("[window.isMinimized(), window.isMaximized(), window.isVisible()]") == [False, False, True]
    window.exec(
        "window.showMaximized()\nwindow.setWindowState(window.windowState() | aqt.qt.Qt.WindowState.WindowMinimized)"
    )
    assert window.eval("window.isMinimized()")
    window.exec(OPEN)
    assert window.eval("[window.isMinimized(), window.isMaximized()]") == [False, True]
    window.exec("window.showNormal()")


def test_entries_of_the_log_wait_for_a_missing_folder_and_open_no_window(window: GatewayProcess) -> None:
    folder = window.addons / "1234567890" / "user_files"
    window.exec("import logging\nlogger = logging.getLogger('anki_rpc')\nlogger.handlers[0].close()")
    folder.rename(folder.with_name("elsewhere"))
    window.exec("logger.error('written nowhere yet')")
    folder.with_name("elsewhere").rename(folder)
    assert window.errors() == []
    window.exec("logger.error('the folder is back')")
    lines = (folder / "anki-rpc.log").read_text("utf-8").splitlines()
    assert [line.partition(" ERROR ")[2] for line in lines[-2:]] == ["written nowhere yet", "the folder is back"]


def test_a_call_of_an_agent_by_call_tool_is_shown_as_that_of_the_action(window: GatewayProcess) -> None:
    call = {"name": "callTool", "arguments": {"name": "dueForecast", "arguments": {"days": 3}}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    reply = window.send(json.dumps(message).encode(), path="/mcp", headers={"User-Agent": "agent/1"})
    assert json.loads(reply.body)["result"]["isError"] is False
    calls = "[r[3] for r in cells(window.state.calls.table) if r[1] == 'agent/1']"
    window.wait_for(f"{calls} == ['dueForecast']")


def test_calls_are_no_entries_of_the_log(window: GatewayProcess) -> None:
    log = window.addons / "1234567890" / "user_files" / "anki-rpc.log"
    before = log.read_text("utf-8") if log.exists() else ""
    assert window.legacy("version")["result"] == 6
    window.exec("import logging\nlogging.getLogger('anki_rpc.calls').warning('an entry')")
    assert log.read_text("utf-8").removeprefix(before).splitlines()[0].endswith(" WARNING an entry")


MARKUP = "<h1>a</h1><img/src='file:///a.png'>&amp;"
SHOWN = """
from aqt.qt import QLabel, QTableWidget, QTextDocument, Qt
def texts_as_qt_shows_them(widget):
    labels = widget.findChildren(QLabel) + [widget] * isinstance(widget, QLabel)
    html = [label.text() for label in labels if label.text() and label.textFormat() != Qt.TextFormat.PlainText]
    document, tips = QTextDocument(), []
    for table in widget.findChildren(QTableWidget):
        for text, tip in ((i.text(), i.toolTip()) for i in table.findItems('', Qt.MatchFlag.MatchContains)):
            document.setHtml(tip)
            if ''.join(document.toPlainText().split()) != ''.join(text.split()):
                tips.append([text, tip])
    return html, tips
def tooltip_text():
    document = QTextDocument()
    document.setHtml(aqt.utils._tooltipLabel.text())
    return document.toPlainText()
"""


def test_texts_of_others_are_shown_as_text(window: GatewayProcess, tmp_path: Path) -> None:
    """Whatever they look like: origins, names of programs, of hosts, keys and add-ons, and what stands in settings."""
    window.exec(SHOWN)
    for origin in (f"https://evil.example{MARKUP}", f"chrome-extension://abc{MARKUP}", MARKUP, "x" * 60_000):
        assert send(window, origin).status == 403
    send(window, None, **{"User-Agent": "<h1>program</h1>"})
    send(window, None, Host=f"evil.example{MARKUP}")
    given = {
        **window.eval(CONFIG),
        "webCorsOriginList": ["http://localhost", f"https://listed{MARKUP}"],
        "knownExtensions": [f"chrome-extension://known{MARKUP}"],
        "keys": {f"phone{MARKUP}": {"key": "k", "scopes": ["read"]}},
    }
    change = "mw.addonManager.configUpdatedAction('1234567890')(given)"
    window.exec(change, given=given)
    for page in ("state", "origins", "keys", "settings"):
        window.exec(f"window.tabs.setCurrentWidget(window.{page})")
        window.exec("window.refresh()")
        window.grab("window", tmp_path / f"{page}.png")
        assert window.eval("texts_as_qt_shows_them(window)") == [[], []]
    rows = window.eval("cells(window.state.table) + cells(window.origins.table) + cells(window.keys.table)")
    assert sum(MARKUP in row[0] for row in rows) == 5
    assert max(len(cell) for row in rows for cell in row) == 300
    window.exec("choose(window.state.table, who)", who=f"https://evil.example{MARKUP}")
    assert window.eval("window.state.allow_button.isEnabled()") is False

    wrong = {"grants": {f"https://wrong{MARKUP}": ["read"]}, "ignoreOriginList": [f"https://denied{MARKUP}"]}
    window.exec(change, given={**given, **wrong})
    told = window.eval("window.state.problem.text()")
    assert [f"https://wrong{MARKUP}" in told, f"https://denied{MARKUP}" in told] == [True, True]
    assert MARKUP in window.eval("tooltip_text()")
    window.exec(f"window._takeover._say({MARKUP!r}, 'details ' + {MARKUP!r})")
    box = "next(w for w in windows() if isinstance(w, aqt.qt.QMessageBox))"
    assert window.eval(f"({box}.text(), {box}.informativeText())") == [MARKUP, f"details {MARKUP}"]
    assert window.eval(f"texts_as_qt_shows_them({box})") == [[], []]
    window.grab(box, tmp_path / "box.png")


def test_the_name_of_an_undone_step_is_shown_as_text(window: GatewayProcess) -> None:
    window.exec(SHOWN)
    window.exec(f"mw.col.add_custom_undo_entry({MARKUP!r})\nmw.update_undo_actions()")
    assert window.legacy("guiUndo")["result"] is True
    assert MARKUP in window.wait_for("tooltip_text()")


@pytest.mark.parametrize("theme", ["LIGHT", pytest.param("DARK", marks=pytest.mark.matrix)])
def test_every_page_of_the_window_can_be_looked_at(window: GatewayProcess, theme: str, tmp_path: Path) -> None:
    window.exec("from aqt.theme import Theme\nmw.set_theme(Theme[theme])", theme=theme)
    try:
        send(window, None, **{"User-Agent": "curl/8.10"})
        send(window, "https://a-rather-long-name.of-a-web-page.example.org:8443", "deckNames")
        send(window, f"chrome-extension://{theme.lower()}ccmbimhjbgkjambclfkhldnlhbnn", "findNotes")
        window.wait_for("window.state.table.rowCount() >= 3")
        window.wait_for("window.origins.table.rowCount() >= 2")
        window.exec("window.raise_()")
        for index, name in enumerate(["state", "permissions", "settings"]):
            window.exec("window.tabs.setCurrentIndex(index)", index=index)
            window.exec("window.settings.fields['webBindPort'].setText('x')")
            assert window.grab("window", tmp_path / f"{name}-{theme}.png").stat().st_size > 5000
    finally:
        window.exec("mw.set_theme(Theme.LIGHT)")


def test_an_open_window_costs_little_while_many_call(window: GatewayProcess) -> None:
    window.exec(
        "import time\nrefreshes = []\nplain = window.refresh\n"
        "def counted():\n    begin = time.thread_time()\n    plain()\n"
        "    refreshes.append(time.thread_time() - begin)\nwindow.refresh = counted"
    )
    begin = time.monotonic()
    for _ in range(100):
        window.legacy("version")
    seconds = time.monotonic() - begin
    costs = window.wait_for("refreshes")
    window.exec("del window.refresh")
    assert len(costs) <= seconds * 5 + 2
    assert max(costs) < 0.25


def test_hundreds_of_calls_freeze_nothing_and_stay_in_view_and_selected_while_others_come(
    window: GatewayProcess,
) -> None:
    window.exec(
        "import sys, time\nCaller = sys.modules['1234567890.rpc.caller'].Caller\ncalls = window.state.calls.table\n"
        "def call(name):\n    window._recent.record_call(Caller(program=name), 'version', None)\n"
        "def refresh():\n    begin = time.thread_time()\n    window.refresh()\n    return time.thread_time() - begin\n"
        "def seen():\n    return [calls.item(calls.rowAt(0), 1).text(), calls.selectedItems()[1].text()]\n"
        "for number in range(500):\n    call(f'program {number}')\n"
        "window.refresh()"
    )
    window.wait_for("calls.verticalScrollBar().maximum() > 400")
    window.exec("calls.selectRow(5)\ncalls.verticalScrollBar().setValue(20)")
    before = window.eval("seen()")
    assert before == ["program 479", "program 494"]
    window.exec("call('one more')\ncost = refresh()")
    assert window.eval("cost") < 0.5  # was 8 s
    assert window.eval("seen()") == before
    window.exec("calls.verticalScrollBar().setValue(0)\ncall('another')\nrefresh()")
    assert window.eval("seen()") == ["another", "program 494"]
