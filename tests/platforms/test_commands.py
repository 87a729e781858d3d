"""The lines that the documentation has for PowerShell and cmd do what they are for."""

import json
import re
import shutil
import subprocess

import pytest
from gateway_process import ROOT, WAIT
from windows_shells import cmd_arguments, invoke_rest_method, powershell_arguments

pytestmark = pytest.mark.process

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ADDRESS = "http://127.0.0.1:8765"
ROWS = [
    [cell.strip(" `") for cell in line.strip("|").split(" | ")]
    for line in (ROOT / "docs" / "platforms.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and "curl" in line and "Invoke-RestMethod" in line
]
POWERSHELL = sorted(
    {
        line
        for page in PAGES
        for line in re.findall(r"Invoke-RestMethod http[^`$\n]*(?=`|$)", page.read_text("utf-8"), re.MULTILINE)
    }
)
CMD = [row[2] for row in ROWS]


@pytest.fixture(scope="module")
def served_folder(served, tmp_path_factory):
    """A gateway with the media file of the examples, and a folder for files, with another one of that name."""
    connection = served.connect()
    connection.rpc("storeMediaFile", {"filename": "mela.mp3", "data": "bWVsYQ=="})
    folder = tmp_path_factory.mktemp("folder")
    (folder / "mela.mp3").write_bytes(b"mela")
    return served, folder


def works(answer):
    return "error" not in answer or answer["error"] is None


@pytest.mark.parametrize("line", POWERSHELL)
def test_a_line_for_powershell_does_what_it_is_for(served_folder, line):
    served, folder = served_folder
    answer = invoke_rest_method(line, served.port, folder)
    assert works(answer) if answer else (folder / "copy.mp3").read_bytes() == b"mela"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize("line", CMD)
def test_a_line_for_cmd_does_what_it_is_for(served_folder, line):
    served, folder = served_folder
    command, *arguments = cmd_arguments(line.replace(ADDRESS, served.url))
    assert command == "curl"
    done = subprocess.run(["curl", "-sf", *arguments], cwd=folder, capture_output=True, check=True, timeout=WAIT)
    assert works(json.loads(done.stdout)) if done.stdout else (folder / "copy.mp3").read_bytes() == b"mela"


def test_there_is_a_line_for_each_shell():
    assert len(CMD) == 4
    assert set(POWERSHELL) >= {row[1] for row in ROWS}
    bodies = [powershell_arguments(row[1])["Body"] for row in ROWS[:2]]
    assert bodies == [cmd_arguments(row[2])[-1] for row in ROWS[:2]]


@pytest.mark.parametrize("arguments", [["curl", 'a "b" c', "d"], ["curl", '{"a": "b"}'], ["curl", "a\\b", "c d"]])
def test_a_line_is_split_as_python_joins_it(arguments):
    assert cmd_arguments(subprocess.list2cmdline(arguments)) == arguments
