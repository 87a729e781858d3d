"""The tutorial in docs/extensions.md works word by word: every file, command and output."""

from __future__ import annotations

import doctest
import re
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from gateway_process import child_environment

from .anki_process import ROOT
from .conftest import GatewayProcess

PAGE = (ROOT / "docs" / "extensions.md").read_text("utf-8")
STEPS = PAGE.partition("\n## Tutorial\n")[2].partition("\n## ")[0].split("\n### ")[1:]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
INSTALL = "mw.addonManager.processPackages([path], parent=mw, force_enable=True)"


@pytest.fixture(scope="module")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    process = GatewayProcess(tmp_path_factory.mktemp("tutorial") / "anki", package)
    yield process
    if not process.has_ended():
        process.stop()


def short_example() -> str:
    """The source of an add-on that is the example before the tutorial."""
    before = PAGE.partition("\n## In an add-on\n")[2].partition("\n## ")[0]
    snippet, handler = (
        textwrap.dedent(code) for code in re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", before, re.MULTILINE)
    )
    assert len([line for line in snippet.splitlines() if line]) <= 8
    return f"{snippet}\n{handler}\nadd_readings = str.upper\n"


@pytest.fixture(scope="module")
def folder(anki: GatewayProcess) -> Path:
    """The folder that the reader makes."""
    path = anki.addons / "wordcount"
    path.mkdir()
    return path


def blocks(step: str, *languages: str) -> list[str]:
    return [code for language, code in BLOCK.findall(step) if language in languages]


def here(command: str, anki: GatewayProcess) -> str:
    return command.replace("http://127.0.0.1:8765", anki.url)


def try_commands(step: str, anki: GatewayProcess, folder: Path) -> None:
    """Run the commands of a step, and compare what they print with what the page says."""
    for console in blocks(step, "console"):
        for command, expected in COMMAND.findall(console):
            done = subprocess.run(
                ["bash", "-c", here(command, anki)],
                cwd=folder,
                env=child_environment(),
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            printed = f"{done.stdout.rstrip()}\n".removeprefix("\n")
            assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), f"{command}\n{printed}"


def write_and_restart(step: str, anki: GatewayProcess, folder: Path) -> None:
    (code,) = blocks(step, "python")
    with (folder / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(code)
    if not anki.has_ended():
        code, output = anki.stop()
        assert (code, "Traceback" in output) == (0, False), output
    anki.start()
    assert anki.errors() == []


def test_an_action(anki: GatewayProcess, folder: Path) -> None:
    short = anki.addons / "short"
    short.mkdir()
    (short / "__init__.py").write_text(short_example())
    write_and_restart(STEPS[0], anki, folder)
    assert anki.rpc("furigana_generate", {"text": "a"})["result"] == "A"
    try_commands(STEPS[0], anki, folder)


def test_an_action_that_writes(anki: GatewayProcess, folder: Path) -> None:
    write_and_restart(STEPS[1], anki, folder)
    try_commands(STEPS[1], anki, folder)
    anki.wait_for("'Update Tag' in mw.form.actionUndo.text()")


def test_an_event(anki: GatewayProcess, folder: Path) -> None:
    write_and_restart(STEPS[2], anki, folder)
    anki.exec(  # the tab State was open since
        "config = mw.addonManager.getConfig('1234567890')\nconfig['extensions'] = ['words']\n"
        "mw.addonManager.writeConfig('1234567890', config)\nmw.addonManager.configUpdatedAction('1234567890')(config)"
    )
    (follow,), (expected,) = blocks(STEPS[2], "sh"), blocks(STEPS[2], "text")
    with subprocess.Popen(
        ["timeout", "20", "bash", "-c", f"exec {here(follow, anki)}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=child_environment(),
    ) as curl:
        assert curl.stdout is not None
        received = curl.stdout.readline()  # it follows
        anki.exec(
            "note = mw.col.new_note(mw.col.models.by_name('Basic'))\nnote.fields[0] = 'typed by the user'\n"
            "from aqt.operations.note import add_note\n"
            "add_note(parent=mw, note=note, target_deck_id=1).run_in_background()"
        )
        for line in curl.stdout:
            received += line
            if line.startswith("data:") and "words_hello" in line:
                break
        curl.terminate()
    assert expected in received


def test_a_package_for_others(anki: GatewayProcess, folder: Path) -> None:
    (manifest,) = blocks(STEPS[3], "json")
    (folder / "manifest.json").write_text(manifest, "utf-8")
    try_commands(STEPS[3], anki, folder)
    log, errors = anki.eval(INSTALL, path=str(folder.parent / "wordcount.ankiaddon"), timeout=60)
    assert (len(log), errors) == (1, [])
    assert anki.eval("mw.addonManager.addonName('wordcount')") == "Word counter for programs"
