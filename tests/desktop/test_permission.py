"""The question what a web page may do, the notice about extensions, and the settings they are kept in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from ports import free_port

from .conftest import GatewayProcess, Reply

pytestmark = pytest.mark.usefixtures("clean")

QUESTIONS = "[w for w in windows() if type(w).__name__ == 'PermissionWindow']"
NOTICES = "[w for w in windows() if type(w).__name__ == 'ExtensionNotice']"
CONFIG = "mw.addonManager.getConfig('1234567890')"
UI = "__import__('sys').modules['1234567890.desktop.ui.permission']"
READ = "deckNames"
CHANGE = ("createDeck", {"deck": "Made by a page"})
CONTROL = ("guiReviewActive", {})


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


@pytest.fixture(autouse=True)
def settings(anki: GatewayProcess) -> Iterator[None]:
    """Leave the settings as they were, and nothing granted. The buttons of a question work almost at once."""
    before = anki.eval(CONFIG)
    anki.exec(f"keep['thinking'], {UI}.THINKING_TIME_MS = {UI}.THINKING_TIME_MS, 20")
    yield
    anki.exec(f"{UI}.THINKING_TIME_MS = keep['thinking']")
    anki.exec(
        "mw.addonManager.writeConfig('1234567890', given)\nmw.addonManager.configUpdatedAction('1234567890')(given)",
        given=before,
    )


def ask(
    anki: GatewayProcess, origin: str, action: str = "requestPermission", params: dict[str, Any] | None = None
) -> Reply:
    body = {"action": action, "version": 6, "params": params or {}}
    return anki.send(json.dumps(body).encode(), headers={"Origin": origin})


def result(reply: Reply) -> Any:
    return json.loads(reply.body)["result"]


def error(reply: Reply) -> Any:
    return json.loads(reply.body)["error"]


def press(anki: GatewayProcess, button: str, *, untick: tuple[str, ...] = ()) -> None:
    """Answer the open question; its buttons work after a moment only."""
    anki.wait_for(f"{QUESTIONS}[0].buttons[button].isEnabled()", button=button)
    anki.exec(
        f"window = {QUESTIONS}[0]\nfor name in untick:\n    window.boxes[name].setChecked(False)\n"
        "window.buttons[button].click()",
        untick=untick,
        button=button,
    )


def answered(
    anki: GatewayProcess, pool: ThreadPoolExecutor, origin: str, button: str, untick: tuple[str, ...] = ()
) -> Any:
    asking = pool.submit(ask, anki, origin)
    anki.wait_for(f"len({QUESTIONS}) == 1")
    press(anki, button, untick=untick)
    return result(asking.result(10))


def test_allowed_is_kept_while_everybody_else_is_served(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "https://very.long.example.org:8443"
    assert ask(anki, origin, "version").status == 403
    asking = [pool.submit(ask, anki, origin) for _ in range(2)]
    anki.wait_for(f"len({QUESTIONS}) == 1")
    shown = anki.exec(
        f"from aqt.qt import QLabel\nwindow = {QUESTIONS}[0]\n"
        "result = [label.text().replace('\\u200b', '') for label in window.findChildren(QLabel)]"
    )
    assert origin in shown
    assert anki.eval(f"{QUESTIONS}[0].isModal()") is False
    assert anki.legacy("version") == {"result": 6, "error": None}
    assert "Default" in anki.legacy("deckNames")["result"]
    assert anki.legacy("guiReviewActive")["result"] is False
    refused = ask(anki, origin, "version")
    assert (refused.status, refused.body) == (403, b"")
    assert anki.eval(f"len({QUESTIONS})") == 1
    press(anki, "always")
    for reply in [future.result(10) for future in asking]:
        assert result(reply) == {"permission": "granted", "requireApikey": False, "requireApiKey": False, "version": 6}
        assert reply.headers["access-control-allow-origin"] == origin
    assert anki.eval(f"{CONFIG}['grants']") == {origin: ["read", "change", "windows"]}
    assert anki.eval(f"{CONFIG}['webCorsOriginList']") == ["http://localhost"]
    assert result(ask(anki, origin, "version")) == 6


def test_deleting_and_syncing_are_granted_only_if_the_user_ticks_them(
    anki: GatewayProcess, pool: ThreadPoolExecutor
) -> None:
    origin = "https://careful.example.org"
    assert answered(anki, pool, origin, "once")["permission"] == "granted"
    assert result(ask(anki, origin, "guiReviewActive")) is False
    refused = ask(anki, origin, "deleteDecks", {"decks": ["No such deck"], "cardsToo": True})
    assert error(refused).startswith(f"the origin {origin} is not allowed to use deleteDecks:")
    origin = "https://trusted.example.org"
    asking = pool.submit(ask, anki, origin)
    anki.wait_for(f"len({QUESTIONS}) == 1")
    assert anki.eval(f"{{name: box.isChecked() for name, box in {QUESTIONS}[0].boxes.items()}}") == {
        "read": True,
        "change": True,
        "windows": True,
        "manage": False,
    }
    anki.exec(f"{QUESTIONS}[0].boxes['manage'].click()")
    press(anki, "once")
    assert result(asking.result(10))["permission"] == "granted"
    assert error(ask(anki, origin, "deleteDecks", {"decks": ["No such deck"], "cardsToo": True})) is None


def test_the_question_takes_no_focus_and_its_buttons_wait_a_moment(
    anki: GatewayProcess, pool: ThreadPoolExecutor
) -> None:
    anki.exec(f"{UI}.THINKING_TIME_MS = keep['thinking']")
    asking = pool.submit(ask, anki, "https://quick.example.org")
    anki.wait_for(f"len({QUESTIONS}) == 1")
    window = f"{QUESTIONS}[0]"
    assert anki.exec(
        f"from aqt.qt import Qt\nresult = {window}.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)"
    )
    anki.exec(f"{window}.buttons['always'].click()")  # if it is disabled still, nothing happens
    anki.wait_for(f"all(b.isEnabled() for b in {window}.buttons.values())")
    anki.exec(f"{window}.close()")
    assert result(asking.result(10)) == {"permission": "denied"}
    assert anki.eval(f"{CONFIG}['ignoreOriginList']") == []


def test_an_origin_may_do_what_was_ticked_and_no_more(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "https://part.example.org"
    granted = answered(anki, pool, origin, "always", untick=("change", "windows"))
    assert granted["permission"] == "granted"
    assert anki.eval(f"{CONFIG}['grants']") == {origin: ["read"]}
    assert "Default" in result(ask(anki, origin, READ))
    assert error(ask(anki, origin, *CHANGE)).startswith(f"the origin {origin} is not allowed to use createDeck:")
    assert error(ask(anki, origin, *CONTROL)).startswith(f"the origin {origin} is not allowed to use guiReviewActive:")
    assert error(ask(anki, origin, "reloadCollection")).startswith(
        f"the origin {origin} is not allowed to use reloadCollection:"
    )
    message = {"jsonrpc": "2.0", "id": 1, "method": "createDeck", "params": {"deck": "Made by a page"}}
    refusal = json.loads(anki.send(json.dumps(message).encode(), headers={"Origin": origin}).body)["error"]
    assert (refusal["code"], refusal["data"]) == (
        -32004,
        {"kind": "permission_denied", "origin": origin, "scope": "write"},
    )
    assert anki.eval("mw.col.decks.id_for_name('Made by a page')") is None


def test_allowed_once_lasts_until_anki_quits_and_is_not_written(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "https://once.example.org"
    assert answered(anki, pool, origin, "once")["permission"] == "granted"
    assert result(ask(anki, origin, "version")) == 6
    assert anki.eval(f"{CONFIG}['grants']") == {}
    given = anki.eval(CONFIG)
    for denied, status in (([], 200), ([origin], 403), ([], 403)):  # denied later: no longer allowed
        change = {**given, "ignoreOriginList": denied}
        anki.exec("mw.addonManager.configUpdatedAction('1234567890')(change)", change=change)
        assert ask(anki, origin, "version").status == status, denied


def test_denied_is_for_once_or_for_ever(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    assert answered(anki, pool, "https://not.now.example.org", "deny") == {"permission": "denied"}
    assert anki.eval(f"{CONFIG}['ignoreOriginList']") == []
    origin = "https://no.example.org"
    assert answered(anki, pool, origin, "never") == {"permission": "denied"}
    assert anki.eval(f"{CONFIG}['ignoreOriginList']") == [origin]
    assert result(ask(anki, origin)) == {"permission": "denied"}
    assert anki.eval(f"len({QUESTIONS})") == 0


def test_a_flood_opens_one_window_and_is_asked_about_one_by_one(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origins = [f"https://{i}.example.org" for i in range(4)]
    asking: list[Future[Reply]] = []
    for number, origin in enumerate(origins):
        asking.append(pool.submit(ask, anki, origin))
        waiting = "Another origin is waiting." if number == 1 else f"{number} other origins are waiting."
        anki.wait_for(f"{QUESTIONS}[0]._waiting.text() == text", text=waiting)
    assert anki.eval(f"len({QUESTIONS})") == 1
    origins.append("https://5.example.org")
    asking.append(pool.submit(ask, anki, origins[-1]))  # waits for one of the others, without a thread
    for origin in origins:
        anki.wait_for(f"[w.origin for w in {QUESTIONS}] == [origin]", origin=origin)
        press(anki, "deny")
    assert [result(future.result(10)) for future in asking] == [{"permission": "denied"}] * 5
    anki.wait_for(f"len({QUESTIONS}) == 0")


@pytest.mark.parametrize("untick", [(), ("files",), ("change", "windows")], ids=str)
def test_a_desktop_program_is_called_one_and_has_a_box_for_files(
    anki: GatewayProcess, pool: ThreadPoolExecutor, tmp_path: Path, untick: tuple[str, ...]
) -> None:
    origin = f"app://obsidian{len(untick)}.example"
    asking = pool.submit(ask, anki, origin)
    anki.wait_for(f"len({QUESTIONS}) == 1")
    shown = anki.exec(
        f"from aqt.qt import QLabel\nwindow = {QUESTIONS}[0]\n"
        "result = [label.text() for label in window.findChildren(QLabel)]"
    )
    assert "A program on this computer asks to use Anki:" in shown
    assert not [text for text in shown if "cannot reach files" in text]
    press(anki, "always", untick=untick)
    assert result(asking.result(10))["permission"] == "granted"
    granted = [name for name in ("read", "change", "windows", "files") if name not in untick]
    assert anki.eval(f"{CONFIG}['grants']")[origin] == granted
    (tmp_path / "a.png").write_bytes(b"a")
    reply = ask(anki, origin, "storeMediaFile", {"filename": "_a.png", "path": str(tmp_path / "a.png")})
    assert (result(reply) == "_a.png") is not bool(untick)
    anki.legacy("deleteMediaFile", filename="_a.png")


def test_a_page_on_a_port_of_this_computer_is_asked_about(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "http://127.0.0.1:5173"
    assert ask(anki, origin, "version").status == 403
    assert answered(anki, pool, origin, "once")["permission"] == "granted"
    assert result(ask(anki, origin, "version")) == 6


def test_files_are_out_of_reach_for_every_origin(anki: GatewayProcess, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    origin = "http://localhost"
    store = {"filename": "_taken.txt", "path": str(secret)}
    assert error(ask(anki, origin, "storeMediaFile", store)).startswith(
        "the origin http://localhost is not allowed to read files:"
    )
    export = {"deck": "Default", "path": str(tmp_path / "out.apkg")}
    assert "not allowed to use exportPackage" in error(ask(anki, origin, "exportPackage", export))
    note = {
        "deckName": "Default",
        "modelName": "Basic",
        "fields": {"Front": "taken", "Back": ""},
        "picture": [{**store, "fields": ["Back"]}],
    }
    ask(anki, origin, "addNote", {"note": note})
    assert anki.legacy("retrieveMediaFile", filename="_taken.txt")["result"] is False
    assert anki.legacy("storeMediaFile", **store)["result"] == "_taken.txt"
    anki.legacy("deleteMediaFile", filename="_taken.txt")


def test_an_extension_is_let_in_and_named_once_and_can_be_revoked(anki: GatewayProcess) -> None:
    origin = "moz-extension://0b0f1f2d-91b6-4d9e-a1f8-3a52e5a4f1a5"
    assert result(ask(anki, origin, "version")) == 6
    anki.wait_for(f"len({NOTICES}) == 1")
    assert anki.eval(f"{NOTICES}[0].isModal()") is False
    assert anki.eval(f"{CONFIG}['knownExtensions']") == [origin]
    anki.exec(f"{NOTICES}[0].accept()")
    assert result(ask(anki, origin, "version")) == 6
    assert anki.eval(f"len({NOTICES})") == 0

    others = [f"chrome-extension://{letter * 32}" for letter in "abcdefgh"]
    for other in others:
        assert result(ask(anki, other, "version")) == 6
    anki.wait_for(f"len({CONFIG}['knownExtensions']) == 9")
    assert anki.eval(f"len({NOTICES})") == 1
    anki.exec(
        f"from aqt.qt import QPushButton\n"
        f"next(b for b in {NOTICES}[0].findChildren(QPushButton) if b.text() == 'Revoke').click()"
    )
    assert anki.eval(f"{CONFIG}['ignoreOriginList']") == [others[0]]
    assert ask(anki, others[0], "version").status == 403
    assert result(ask(anki, others[1], "version")) == 6


def test_extensions_are_asked_about_where_that_is_wanted(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "chrome-extension://likgccmbimhjbgkjambclfkhldnlhbnn"
    given = {**anki.eval(CONFIG), "askExtensions": True}
    anki.exec("mw.addonManager.configUpdatedAction('1234567890')(given)", given=given)
    assert ask(anki, origin, "version").status == 403
    assert answered(anki, pool, origin, "once")["permission"] == "granted"
    assert result(ask(anki, origin, "version")) == 6
    assert anki.eval(f"len({NOTICES})") == 0


def test_the_addon_brings_its_libraries_without_showing_them_to_others(anki: GatewayProcess) -> None:
    anki.rpc("version")  # with it comes what only requests need
    names = anki.exec("import sys\nresult = list(sys.modules)")
    assert not {"marshmallow", "jsonrpcserver", "oslash"} & set(names)
    ours = ("gateway", "_vendor.marshmallow", "_vendor._part_of_jsonrpcserver", "_vendor.waitress.channel")
    assert {f"1234567890.{name}" for name in ours} <= set(names)


def test_anki_and_the_addon_have_a_waitress_each(anki: GatewayProcess) -> None:
    found = anki.exec("""
import sys
import waitress.channel

ours = sys.modules['1234567890._vendor.waitress.channel'].HTTPChannel
theirs = waitress.channel.HTTPChannel
result = {
    'media server': type(mw.mediaServer.server).__module__,
    'theirs': theirs.__module__,
    'made of theirs': [repr(made) for made in theirs.__subclasses__()],
    'made of ours': [made.__module__ for made in ours.__subclasses__()],
    'theirs in our modules': [
        f'{module}.{name}'
        for module in list(sys.modules)
        if module.startswith('1234567890')
        for name, value in vars(sys.modules[module]).items()
        if str(getattr(value, '__module__', getattr(value, '__name__', ''))).startswith('waitress')
    ],
}
""")
    assert found == {
        "media server": "waitress.server",
        "theirs": "waitress.channel",
        "made of theirs": [],
        "made of ours": ["1234567890.http.server.connection"],
        "theirs in our modules": [],
    }


def test_changed_settings_act_at_once(anki: GatewayProcess) -> None:
    config = anki.eval(CONFIG)
    change = "mw.addonManager.configUpdatedAction('1234567890')"
    try:
        anki.exec(f"act = {change}\nact(given)", given={**config, "apiKey": "secret"})
        assert anki.legacy("deckNames")["error"] == "valid api key must be provided"
        keyed = {"action": "version", "version": 6, "key": "secret"}
        assert result(anki.send(json.dumps(keyed).encode())) == 6
        port = free_port()
        anki.exec("act(given)", given={**config, "webBindPort": port})
        old, anki.port = anki.port, port
        assert anki.legacy("version")["result"] == 6
        anki.port = old
        anki.exec("act({'webBindPort': 'x', 'apiKey': 'k'})")
        log = anki.addons / "1234567890" / "user_files" / "anki-rpc.log"
        assert "setting webBindPort" in log.read_text()
        assert anki.errors() == []
    finally:
        anki.exec("act(given)", given=config)
    assert anki.legacy("version")["result"] == 6


@pytest.mark.parametrize(
    "origin",
    [
        *("", "null", "file://", "<b>page</b>", "https://page.example/", "https://page.example<img src=x>"),
        *("HTTPS://PAGE.EXAMPLE", "chrome-extension://<b>", f"https://{'a' * 293}", "https://" + "a" * 60_000),
    ],
    ids=lambda origin: origin[:40],
)
def test_what_is_no_origin_is_denied_without_a_window_and_not_kept(anki: GatewayProcess, origin: str) -> None:
    before = anki.eval(CONFIG)
    assert result(ask(anki, origin)) == {"permission": "denied"}
    assert ask(anki, origin, "version").status == 403
    assert anki.eval(f"len({QUESTIONS}) + len({NOTICES})") == 0
    assert anki.eval(CONFIG) == before


def test_the_longest_origin_fits_into_the_question(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    asking = pool.submit(ask, anki, f"https://{'m' * 292}")
    anki.wait_for(f"len({QUESTIONS}) == 1")
    assert anki.eval(f"{QUESTIONS}[0].height()") < 500
    press(anki, "deny")
    assert result(asking.result(10)) == {"permission": "denied"}


@pytest.mark.parametrize("theme", ["LIGHT", pytest.param("DARK", marks=pytest.mark.matrix)])
def test_the_question_and_the_notice_can_be_looked_at(
    anki: GatewayProcess, pool: ThreadPoolExecutor, theme: str, tmp_path: Path
) -> None:
    anki.exec("from aqt.theme import Theme\nmw.set_theme(Theme[theme])", theme=theme)
    try:
        long = f"https://{'very-' * 11}long.{'subdomain.' * 12}{theme.lower()}.example.org:8443"
        asking = [pool.submit(ask, anki, long), pool.submit(ask, anki, f"https://second.{theme.lower()}.example.org")]
        anki.wait_for(f"len({QUESTIONS}) == 1 and {QUESTIONS}[0]._waiting.isVisible()")
        anki.wait_for(f"{QUESTIONS}[0].buttons['deny'].isEnabled()")
        assert anki.grab(f"{QUESTIONS}[0]", tmp_path / f"question-{theme}.png").stat().st_size > 5000
        width, height = anki.eval(f"({QUESTIONS}[0].width(), {QUESTIONS}[0].height())")
        assert (width < 800, height < 600) == (True, True)
        ask(anki, f"chrome-extension://{'l' * 31}{theme[0].lower()}", "version")
        anki.wait_for(f"len({NOTICES}) == 1")
        assert anki.grab(f"{NOTICES}[0]", tmp_path / f"notice-{theme}.png").stat().st_size > 5000
        for _ in asking:
            anki.wait_for(f"len({QUESTIONS}) == 1")
            press(anki, "deny")
    finally:
        anki.exec("mw.set_theme(Theme.LIGHT)")
    for future in asking:
        assert result(future.result(10)) == {"permission": "denied"}


# Below, the test starts Anki itself.


def test_an_open_question_lets_anki_quit_by_a_call_and_only_always_is_remembered(
    package: Path, tmp_path: Path, pool: ThreadPoolExecutor
) -> None:
    always, once, open_one = (f"https://{name}.example.org" for name in ("always", "once", "open"))
    process = GatewayProcess(tmp_path / "anki", package)
    with process:
        for origin, button in ((always, "always"), (once, "once")):
            assert answered(process, pool, origin, button)["permission"] == "granted"
        asking = pool.submit(ask, process, open_one)
        process.wait_for(f"len({QUESTIONS}) == 1")
        assert process.legacy("guiExitAnki") == {"result": None, "error": None}
        assert result(asking.result(20)) == {"permission": "denied"}
        code, output = process.ended()
        assert (code, "Traceback" in output) == (0, False), output
    with process:
        assert ask(process, always, "version").status == 200
        assert ask(process, once, "version").status == 403
        assert ask(process, open_one, "version").status == 403
