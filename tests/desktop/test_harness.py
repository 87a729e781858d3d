"""The harness itself: what `AnkiProcess` promises, shown without the gateway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .anki_process import ROOT, AnkiError, AnkiProcess

pytestmark = pytest.mark.usefixtures("clean")


def make_package(path: Path, source: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("__init__.py", source)
        archive.writestr("manifest.json", json.dumps({"package": "dummy", "name": "Dummy", "mod": 1}))
        archive.writestr("config.json", json.dumps({"colour": "red", "size": 1}))
    return path


class Started(AnkiProcess):
    """With what was seen at its start: Anki's state and collection, and the errors."""

    at_start: tuple[Any, list[str]]


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """In place of the session's: two profiles, a dummy add-on, and one that is broken, loaded before the spy."""
    folder = tmp_path_factory.mktemp("harness")
    process = Started(folder / "anki", profiles=["User 1", "User 2"], spy_last=True)
    source = "import aqt\nCONFIG = aqt.mw.addonManager.getConfig(__name__)\n"
    process.install(make_package(folder / "dummy.ankiaddon", source), config={"size": 2})
    process.install(make_package(folder / "broken.ankiaddon", "1 / 0"), "1234567891")
    with process:
        process.at_start = process.eval("mw.state, mw.col"), process.errors()
        process.open_profile("User 1")
        process.forget_errors()
        yield process
        assert process.stop().code == 0


def test_several_profiles_open_the_picker_and_a_broken_addon_is_reported(anki: Started) -> None:
    shown, errors = anki.at_start
    assert shown == ["profileManager", None]
    assert "Dummy" in "".join(errors)
    assert "ZeroDivisionError" in anki.log()


def test_an_expression_comes_back_as_json(anki: AnkiProcess) -> None:
    assert anki.eval("mw.col.note_count()") == 0
    assert anki.eval("(mw.pm.name, factor * 2)", factor=21) == ["User 1", 42]
    assert anki.eval("mw.col.find_notes('')") == []


def test_names_last_until_the_next_tidy(anki: AnkiProcess) -> None:
    assert anki.exec("held = mw.col\nkeep['mine'] = 1\nresult = held is mw.col") is True
    assert anki.eval("held is mw.col")
    anki.tidy()
    with pytest.raises(AnkiError, match="NameError: name 'held'"):
        anki.eval("held")
    assert anki.exec("result = keep.pop('mine')") == 1


def test_source_that_raises_fails_the_test_and_is_no_error_of_anki(anki: AnkiProcess) -> None:
    with pytest.raises(AnkiError, match="ZeroDivisionError"):
        anki.exec("a = 1\na / 0")
    with pytest.raises(AnkiError, match=r"can only be given JSON, not <aqt\.main\.AnkiQt"):
        anki.eval("mw")
    assert anki.errors() == []


def test_a_call_that_times_out_tells_where_anki_hangs_and_never_runs_later(anki: AnkiProcess) -> None:
    anki.post("import time\ntime.sleep(0.6)")
    with pytest.raises(AnkiError, match=r"main thread is here:[\s\S]*<test>.*line 2"):
        anki.exec("keep['late'] = True", timeout=0.2)
    assert anki.eval("'late' in keep") is False


def test_wait_for_gives_the_value_and_gives_up(anki: AnkiProcess) -> None:
    anki.post("aqt.qt.QTimer.singleShot(100, lambda: keep.update(ready='yes'))")
    assert anki.wait_for("keep['ready']", timeout=5) == "yes"
    with pytest.raises(AnkiError, match="is still 0"):
        anki.wait_for("mw.col.note_count()", timeout=0.1)


def test_a_modal_dialog_does_not_stop_the_harness(anki: AnkiProcess) -> None:
    anki.post("aqt.utils.showInfo('hello')")
    anki.wait_for("aqt.qt.QApplication.activeModalWidget() is not None")
    assert anki.windows() == ["QMessageBox 'Anki': hello"]
    assert anki.tidy() == []
    assert anki.windows() == []


def test_a_warning_left_open_is_a_complaint(anki: AnkiProcess) -> None:
    anki.post("aqt.utils.showWarning('something is wrong')")
    anki.wait_for("len(windows()) == 1")
    assert anki.tidy() == ["QMessageBox 'Anki': something is wrong"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("raise KeyError('posted')", "KeyError: 'posted'"),
        ("import threading\nthreading.Thread(target=lambda: 1 / 0).start()", "ZeroDivisionError"),
        ("import sys\nprint('plain text', file=sys.stderr)", "plain text"),
        (
            "aqt.operations.QueryOp(parent=mw, op=lambda col: 1 / 0, success=print).run_in_background()",
            "ZeroDivision",
        ),
    ],
)
def test_what_anki_would_show_in_an_error_box_is_recorded_instead(anki: AnkiProcess, source: str, seen: str) -> None:
    anki.post(source)
    anki.wait_for("errors")  # filled by Anki's own handler, 100 ms after the last write
    assert seen in "\n".join(anki.errors())
    assert anki.windows() == []
    anki.forget_errors()
    assert anki.errors() == []


def test_tidy_closes_windows_and_gives_up_typed_text(anki: AnkiProcess) -> None:
    anki.exec("mw.onBrowse()\nmw.onAddCard()\nadd = aqt.dialogs.getInstance('AddCards')")
    anki.wait_for("add.editor.note is not None and add.editor.web._domDone")
    anki.exec("add.editor.note.fields[0] = 'typed'\nadd.editor.loadNote()")
    assert len(anki.windows()) == 2
    assert anki.tidy() == []
    assert anki.windows() == []
    assert anki.eval("aqt.dialogs.allClosed() and mw.state") == "deckBrowser"


def test_the_congratulations_are_left_only_when_they_have_what_they_ask_for(
    anki: AnkiProcess, late_congratulations: None
) -> None:
    anki.exec("mw.moveToState('overview')")
    anki.wait_for("mw.web.url().path() == '/congrats'")
    assert anki.tidy() == []
    assert anki.eval("(mw.state, keep['asked'])") == ["deckBrowser", True]


def test_sounds_are_recorded_not_played(anki: AnkiProcess) -> None:
    anki.exec("aqt.sound.av_player.play_file('a.mp3')")
    assert anki.eval("played") == ["a.mp3"]


def test_gaps_show_a_busy_main_thread(anki: AnkiProcess) -> None:
    with anki.gaps() as gaps:
        anki.post("import time\ntime.sleep(0.3)\nkeep['slept'] = True")
        anki.wait_for("keep.pop('slept', False)")
    assert 300 <= gaps.max_ms < 5000
    assert gaps.count > 1


def test_a_screenshot_shows_the_deck_browser(anki: AnkiProcess, tmp_path: Path) -> None:
    colours = "len({image.pixel(x, y) for x in range(0, 400, 4) for y in range(60, 400, 4)})"
    anki.exec("from aqt.qt import QImage")
    deadline = time.monotonic() + 5
    while True:  # the page is painted a little after it is loaded
        png = anki.grab("mw", tmp_path / "window.png")
        if anki.exec(f"image = QImage(path)\nresult = {colours}", path=str(png)) > 2:
            break
        assert time.monotonic() < deadline, "one flat colour"
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_report_shows_every_window_and_what_anki_is_doing(anki: AnkiProcess, tmp_path: Path) -> None:
    anki.exec("mw.onAddCard()")
    report = anki.report(tmp_path / "report")
    assert "profile: User 1; state: deckBrowser" in report
    pictures = sorted((tmp_path / "report").iterdir())
    assert [str(picture) in report for picture in pictures] == [True, True]
    assert "AddCards 'Add'" in report


def test_profiles_are_switched_and_tidy_comes_back_to_the_first(anki: AnkiProcess) -> None:
    anki.open_profile("User 2")
    assert anki.eval("mw.pm.name, 'User 2' in mw.col.path, mw.isVisible()") == ["User 2", True, True]
    anki.tidy()
    assert anki.eval("mw.pm.name, 'User 1' in mw.col.path") == ["User 1", True]


def test_tidy_comes_back_from_the_profile_picker(anki: AnkiProcess) -> None:
    anki.post("mw.unloadProfileAndShowProfileManager()")
    anki.wait_for("mw.state == 'profileManager'")
    assert anki.tidy() == []
    assert anki.eval("mw.pm.name, mw.state") == ["User 1", "deckBrowser"]


def test_an_installed_addon_gets_the_given_config(anki: AnkiProcess) -> None:
    anki.exec("import sys\naddon = sys.modules['1234567890']")
    assert anki.eval("addon.CONFIG") == {"colour": "red", "size": 2}
    assert anki.eval("mw.addonManager.addonName('1234567890')") == "Dummy"


# Below, each test starts Anki itself.


def test_anki_stops_cleanly_starts_again_on_the_same_base_and_its_death_is_noticed(tmp_path: Path) -> None:
    process = AnkiProcess(tmp_path / "anki")
    with process:
        process.exec("mw.col.decks.add_normal_deck_with_name('Kept')")
        process.exec("mw.onAddCard()")
        code, output = process.stop()
        assert (code, "Traceback" in output) == (0, False)
    with process:
        assert process.eval("mw.col.decks.id_for_name('Kept')")
        # One that dies is told from one that hangs.
        with pytest.raises(AnkiError, match=r"ended with code 3[\s\S]*last words"):
            process.exec("import os\nprint('last words')\nos._exit(3)")
        with pytest.raises(AnkiError, match="ended with code 3"):
            process.wait_for("True", timeout=60)
        assert process.stop().code == 3
    with process:
        with pytest.raises(AnkiError, match="ended with code -11"):
            process.exec("import ctypes\nctypes.string_at(0)")
        code, output = process.stop()
        assert (code, "Fatal Python error: Segmentation fault" in output) == (-11, True)


def test_anki_does_not_outlive_a_killed_test_run(tmp_path: Path) -> None:
    source = (
        "import os, pathlib, sys\nsys.path.insert(0, 'tests')\nfrom tests.desktop.anki_process import AnkiProcess\n"
        f"anki = AnkiProcess(pathlib.Path({str(tmp_path / 'anki')!r}))\nanki.start()\n"
        "print(anki.eval('__import__(\"os\").getpid()'), flush=True)\nos._exit(0)\n"
    )
    run = subprocess.run([sys.executable, "-c", source], cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=90)
    deadline = time.monotonic() + 5
    while is_running(int(run.stdout)):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Not counting a zombie that its adoptive parent has not reaped."""
    try:
        os.kill(pid, 0)
        return b") Z " not in Path(f"/proc/{pid}/stat").read_bytes()
    except (ProcessLookupError, FileNotFoundError):
        return False
