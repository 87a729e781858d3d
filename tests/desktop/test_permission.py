"""The question whether a web page may use the gateway, and the settings it is kept in."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from .conftest import GatewayProcess, Reply

pytestmark = pytest.mark.usefixtures("clean")

BOXES = "[w for w in windows() if type(w).__name__ == 'QMessageBox']"
CONFIG = "mw.addonManager.getConfig('1234567890')"
HOST = "import sys\nfrom aqt.qt import QMessageBox\n"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as threads:
        yield threads


def ask(anki: GatewayProcess, origin: str, action: str = "requestPermission") -> Reply:
    return anki.send(json.dumps({"action": action, "version": 6}).encode(), headers={"Origin": origin})


def result(reply: Reply) -> Any:
    return json.loads(reply.body)["result"]


def press(anki: GatewayProcess, button: str, *, tick: bool = False) -> None:
    anki.exec(
        f"{HOST}box = {BOXES}[0]\nbox.checkBox().setChecked(tick)\n"
        f"box.button(QMessageBox.StandardButton.{button}).click()",
        tick=tick,
    )


def test_yes_grants_and_is_kept_while_everybody_else_is_served(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "https://very.long.example.org:8443"
    assert ask(anki, origin, "version").status == 403
    asking = [pool.submit(ask, anki, origin) for _ in range(2)]
    anki.wait_for(f"len({BOXES}) == 1")
    assert origin in anki.windows()[0]
    assert anki.eval(f"{BOXES}[0].isModal()") is False
    assert anki.legacy("version") == {"result": 6, "error": None}
    assert "Default" in anki.legacy("deckNames")["result"]
    assert anki.legacy("guiReviewActive")["result"] is False
    refused = ask(anki, origin, "version")
    assert (refused.status, refused.body) == (403, b"")
    assert anki.eval(f"len({BOXES})") == 1
    press(anki, "Yes")
    for reply in [future.result(10) for future in asking]:
        assert result(reply)["permission"] == "granted"
        assert reply.headers["access-control-allow-origin"] == origin
    assert origin in anki.eval(f"{CONFIG}['webCorsOriginList']")
    assert result(ask(anki, origin, "version")) == 6


def test_no_denies_once_and_a_tick_for_ever(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    origin = "https://no.example.org"
    for tick in (False, True):
        asking = pool.submit(ask, anki, origin)
        anki.wait_for(f"len({BOXES}) == 1")
        press(anki, "No", tick=tick)
        assert result(asking.result(10)) == {"permission": "denied"}
    assert anki.eval(f"{CONFIG}['ignoreOriginList']") == [origin]
    assert result(ask(anki, origin)) == {"permission": "denied"}
    assert anki.eval(BOXES) == []


def test_four_questions_may_wait_and_the_fifth_is_told_so(anki: GatewayProcess, pool: ThreadPoolExecutor) -> None:
    asking = [pool.submit(ask, anki, f"https://{i}.example.org") for i in range(4)]
    anki.wait_for(f"len({BOXES}) == 4")
    assert "too many calls" in json.loads(ask(anki, "https://5.example.org").body)["error"]
    for _ in range(4):
        press(anki, "No")
    assert [result(future.result(10)) for future in asking] == [{"permission": "denied"}] * 4


def test_the_addon_brings_its_libraries_without_showing_them_to_others(anki: GatewayProcess) -> None:
    names = anki.exec("import sys\nresult = list(sys.modules)")
    assert not {"marshmallow", "jsonrpcserver", "oslash"} & set(names)
    assert {"1234567890.gateway", "1234567890._vendor.marshmallow", "1234567890._vendor.jsonrpcserver"} <= set(names)


def test_changed_settings_act_at_once(anki: GatewayProcess) -> None:
    config = anki.eval(CONFIG)
    change = "mw.addonManager.configUpdatedAction('1234567890')"
    try:
        anki.exec(f"act = {change}\nact(given)", given={**config, "apiKey": "secret"})
        assert anki.legacy("deckNames")["error"] == "valid api key must be provided"
        keyed = {"action": "version", "version": 6, "key": "secret"}
        assert result(anki.send(json.dumps(keyed).encode())) == 6
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        anki.exec("act(given)", given={**config, "webBindPort": port})
        old, anki.port = anki.port, port
        assert anki.legacy("version")["result"] == 6
        anki.port = old
    finally:
        anki.exec("act(given)", given=config)
    assert anki.legacy("version")["result"] == 6


# Below, each test starts Anki itself.


def test_a_taken_port_and_a_wrong_setting_stop_nothing(package: Path, tmp_path: Path) -> None:
    process = GatewayProcess(tmp_path / "anki", package)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        process.port = other.getsockname()[1]
        process.addons.joinpath("1234567890", "meta.json").write_text(
            json.dumps({"name": "AnkiRPC", "mod": 1, "config": {"webBindPort": process.port}})
        )
        with process:
            assert process.errors() == []
            assert [w for w in process.windows() if "Box" in w or "Dialog" in w] == []
            log = process.addons / "1234567890" / "user_files" / "anki-rpc.log"
            assert f"127.0.0.1:{process.port} is already in use" in log.read_text()
            process.exec(
                "act = mw.addonManager.configUpdatedAction('1234567890')\nact({'webBindPort': 'x', 'apiKey': 'k'})"
            )
            assert "setting webBindPort" in log.read_text()
            assert process.errors() == []
            assert process.stop().code == 0
