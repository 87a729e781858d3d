"""What the add-on does while Anki starts: nothing until its window is painted."""

from __future__ import annotations

from pathlib import Path

import pytest

from addon.rpc.threads import SWITCH_INTERVAL_S

from .conftest import GatewayProcess

ADDON = "1234567890"
RECORDER = f"""
import sys
import threading

import aqt
from aqt.qt import QEvent, QObject


class Recorder(QObject):
    painted = None
    on_main_thread = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and self.painted is None:
            self.painted = [name for name in sys.modules if name.startswith("{ADDON}.")]
        return False

    def imported(self, event, values):
        if event == "import" and values[0].startswith("{ADDON}."):
            if threading.current_thread() is threading.main_thread():
                self.on_main_thread.append(values[0])


aqt.mw.recorder = Recorder()
aqt.mw.installEventFilter(aqt.mw.recorder)
sys.addaudithook(aqt.mw.recorder.imported)
"""
EXTENSIONS = ("extension", "extension.declarations", "extension.interface")
"""At which other add-ons register their actions: about a millisecond."""
LIGHT = [f"{ADDON}.{name}" for name in ("version", "desktop", "desktop.first_paint", *EXTENSIONS)]


def test_before_anki_has_painted_its_window_hardly_anything_is_imported_and_the_rest_on_another_thread(
    package: Path, tmp_path: Path
) -> None:
    process = GatewayProcess(tmp_path / "anki", package)
    recorder = process.addons / "0_recorder"
    recorder.mkdir()
    (recorder / "__init__.py").write_text(RECORDER)
    with process:
        assert process.legacy("version")["result"] == 6
        assert sorted(process.eval("mw.recorder.painted")) == sorted(LIGHT)
        assert sorted(process.eval("mw.recorder.on_main_thread")) == sorted(LIGHT)
        assert process.eval("__import__('sys').getswitchinterval()") == pytest.approx(SWITCH_INTERVAL_S)
        assert process.errors() == []
