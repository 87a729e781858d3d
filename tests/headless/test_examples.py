"""The calls of the greeting, in the shell of each system; `test_command_line.py` runs those of this system."""

import http.client
import json
import re
from pathlib import PureWindowsPath

import pytest

from addon.headless.examples import examples

DECKS = ["Default", "Italian", "Italian::A1"]
QUOTED = "'((?:[^'\u2018-\u201b]|['\u2018-\u201b]{2})*)'"
REQUEST = re.compile(
    rf"  Invoke-RestMethod {QUOTED} -Method Post"
    rf"(?: -Headers @\{{'X-API-Key' = (.+?)\}})?(?: -ContentType {QUOTED})? -Body {QUOTED}"
)
"""A call as PowerShell 5.1 and 7 parse it: in single quotes nothing but a doubled quote has a meaning."""
FORM = "application/x-www-form-urlencoded"
"""What PowerShell names as the content type of a body that is text, unless it is given another."""


def lines(**options):
    return examples(**{"url": "http://127.0.0.1:8765", "key_file": None, "is_locked": False, **options}).splitlines()


def sent_by_powershell(line, port):
    """Send what PowerShell sends for a line of the greeting."""
    _, _, kind, body = REQUEST.fullmatch(line).groups()
    agent = "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.22621.4391"
    headers = {"User-Agent": agent, "Content-Type": kind or FORM, "Expect": "100-continue"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("POST", "/", body, headers)
    response = connection.getresponse()
    assert response.status == 200
    return json.loads(response.read())


def test_on_windows_the_calls_are_powershells(served):
    first, empty, *calls = lines(platform="win32")
    assert (first, empty) == ("Two examples to try in PowerShell, one for each protocol:", "")
    envelope, rpc = (sent_by_powershell(line, served.port) for line in calls)
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
    keys = {REQUEST.fullmatch(line)[2] for line in calls}
    assert keys == {"(Get-Content -LiteralPath 'C:\\Ann\u2019\u2019s [keys]\\it''s')"}
    first, _, *calls = lines(platform="win32", is_locked=True)
    assert {REQUEST.fullmatch(line)[2] for line in calls} == {"$env:KEY"}
    assert "(KEY stands for one of your keys)" in first
