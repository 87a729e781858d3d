"""The calls of the greeting, in the shell of each system; `test_command_line.py` runs those of this system."""

from pathlib import PureWindowsPath

import pytest
from windows_shells import invoke_rest_method, powershell_arguments

from addon.headless.examples import examples

DECKS = ["Default", "Italian", "Italian::A1"]


def lines(**options):
    return examples(**{"url": "http://127.0.0.1:8765", "key_file": None, "is_locked": False, **options}).splitlines()


def test_on_windows_the_calls_are_powershells(served, tmp_path):
    first, empty, *calls = lines(platform="win32")
    assert (first, empty) == ("Two examples to try in PowerShell, one for each protocol:", "")
    envelope, rpc = (invoke_rest_method(line.strip(), served.port, tmp_path) for line in calls)
    assert envelope == {"result": DECKS, "error": None}
    assert rpc == {"jsonrpc": "2.0", "result": DECKS, "id": 1}


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_elsewhere_the_calls_are_curls(platform):
    first, _, *calls = lines(platform=platform, is_locked=True)
    assert first.startswith("Two examples to try in another terminal, one for each protocol (KEY stands for")
    assert len(calls) == 2
    assert all(line.startswith("""  curl http://127.0.0.1:8765 -H "X-API-Key: $KEY" """) for line in calls)


def test_powershell_reads_the_key_from_its_file_or_its_variable():
    _, _, *calls = lines(platform="win32", is_locked=True, key_file=PureWindowsPath("C:/Ann\u2019s [keys]/it's"))
    quoted = "'C:\\Ann\u2019\u2019s [keys]\\it''s'"
    headers = {powershell_arguments(line.strip())["Headers"] for line in calls}
    assert headers == {f"'X-API-Key' = (Get-Content -LiteralPath {quoted})"}
    first, _, *calls = lines(platform="win32", is_locked=True)
    assert {powershell_arguments(line.strip())["Headers"] for line in calls} == {"'X-API-Key' = $env:KEY"}
    assert "(KEY stands for one of your keys)" in first


@pytest.mark.parametrize("content", [b"\xef\xbb\xbfk", "\ufeffk".encode("utf-16-le"), b"k\r\n"], ids=ascii)
def test_a_key_file_of_windows_is_not_read_by_cat(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    first, _, *calls = lines(platform="linux", is_locked=True, key_file=tmp_path / "key")
    assert "(KEY stands for one of your keys)" in first
    assert all('"X-API-Key: $KEY"' in line for line in calls)
    (tmp_path / "key").write_bytes(b"k\n")
    assert "(KEY stands" not in lines(platform="linux", is_locked=True, key_file=tmp_path / "key")[0]
