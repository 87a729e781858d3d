"""The greeting's calls to try, one for each protocol, as the shell of each system reads them."""

from __future__ import annotations

import codecs
import re
import shlex
import sys
from pathlib import Path

_BODIES = {
    '{"action": "deckNames", "version": 6}': None,
    '{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}': "application/json",
}
"""Body to content type; None for the shell's own."""


def examples(url: str, *, key_file: Path | None, is_locked: bool, platform: str = sys.platform) -> str:
    """Return the calls, with a line about them. A key is read from its file, or stands in the variable KEY."""
    if platform == "win32":
        place, call = "PowerShell", _powershell
        key = f"(Get-Content -LiteralPath {_quoted(str(key_file))})" if key_file else "$env:KEY"
    else:
        place, call = "another terminal", _curl
        key_file = key_file if key_file and _is_plain(key_file) else None
        key = f"$(cat {shlex.quote(str(key_file))})" if key_file else "$KEY"
    with_key = " (KEY stands for one of your keys)" if is_locked and not key_file else ""
    lines = "\n".join(f"  {call(url, body, kind, key if is_locked else None)}" for body, kind in _BODIES.items())
    return f"Two examples to try in {place}, one for each protocol{with_key}:\n\n{lines}"


def _is_plain(path: Path) -> bool:
    """Whether `cat` prints only the text of a file, and no mark or line end of Windows."""
    content = path.read_bytes()
    return not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\r" not in content


def _curl(url: str, body: str, kind: str | None, key: str | None) -> str:
    parts = ["curl", shlex.quote(url)]
    parts += ["-H", f'"X-API-Key: {key}"'] if key else []
    parts += ["-H", shlex.quote(f"Content-Type: {kind}")] if kind else []
    return " ".join([*parts, "-d", shlex.quote(body)])


def _powershell(url: str, body: str, kind: str | None, key: str | None) -> str:
    """Return a call by PowerShell itself: its version 5.1 drops the quotation marks in the arguments of programs."""
    parts = ["Invoke-RestMethod", _quoted(url), "-Method Post"]
    parts += ["-Headers", f"@{{'X-API-Key' = {key}}}"] if key else []
    parts += ["-ContentType", _quoted(kind)] if kind else []
    return " ".join([*parts, "-Body", _quoted(body)])


def _quoted(text: str) -> str:
    """Quote a text for PowerShell, for which the typographic marks are single quotes, too."""
    return "'" + re.sub("(['\u2018-\u201b])", r"\1\1", text) + "'"
