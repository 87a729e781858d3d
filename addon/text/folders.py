"""Folders of the user in texts of others: Anki, Python and the system spell paths in different ways."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from .normal_forms import nfc, nfd

_BETWEEN = r"[\\/]{1,2}"
_END = r"(?![\w.-])"
"""What follows a whole name of a folder."""
_ROOT = re.compile(r"(?:[A-Za-z]:)?[\\/]*")
_VERBATIM = re.compile(r"\\\\\?\\(UNC(?=\\))?", re.IGNORECASE)


def home_share() -> str | None:
    r"""Return the user's own folder on a server as Windows names it (`\\server\homes\anna`); None without one."""
    share = os.environ.get("HOMESHARE")
    return share + os.environ.get("HOMEPATH", "") if share else None


def spelling(path: str) -> str:
    r"""Return a regular expression that matches a path however a text quotes it.

    In any case, with either separator, each of them doubled or not (as `repr` and Rust's `Debug` write them), with an
    escaped apostrophe, in either Unicode form, and on Windows with the prefix of long paths (`\\?\`).
    """
    plain = _VERBATIM.sub(lambda found: "\\" if found[1] else "", path)
    root, *names = re.split(r"[\\/]+", plain.rstrip("\\/"))
    begin = _name(root)
    if re.match(r"[\\/]{2}", plain):
        begin = rf"[\\/]{{2,4}}(?:\?{_BETWEEN}UNC{_BETWEEN})?{_name(names.pop(0))}"
    elif PureWindowsPath(plain).drive:
        begin = rf"(?:[\\/]{{2,4}}\?{_BETWEEN})?{begin}"
    return rf"(?i:(?<![\w.-]){_BETWEEN.join([begin, *map(_name, names)])})"


def _name(name: str) -> str:
    forms = (re.escape(form).replace("'", r"\\?'") for form in dict.fromkeys((name, nfc(name), nfd(name))))
    return f"(?:{'|'.join(forms)})"


def replace_path(text: str, path: str, words: str) -> str:
    """Replace a file or folder in a text, in any spelling. The root of a disk stays: it reveals nothing."""
    return text if _ROOT.fullmatch(path) else re.sub(spelling(path) + _END, lambda found: words, text)


def without_home(text: str, named: str = "") -> str:
    """Shorten the user's own folder to `~`, unless `named` is a path in it."""
    for folder in dict.fromkeys(_homes()):
        if not re.match(spelling(folder) + _END, named):
            text = replace_path(text, folder, "~")
    return text


def _homes() -> Iterator[str]:
    """Yield the user's own folder by each of its names; nothing without one, as in a container without HOME."""
    with suppress(RuntimeError):
        home = str(Path.home())
        yield home
        yield os.path.realpath(home)
    if (share := home_share()) is not None:
        yield share
