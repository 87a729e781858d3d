"""Which names profiles can have. Anki gives each profile a folder of its name."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from ..files.path_policy import is_device
from ..rpc.errors import Refused
from ..text.normal_forms import nfc

FORBIDDEN = '/\\:*?"<>|'
"""Anki forbids these in a profile's name on every system (`invalid_filename` in anki/utils.py)."""
LONGEST = 255
"""Bytes of the longest name of a folder, on nearly all file systems."""
OF_ANKI = {"_global", "addons21", "logs"}
"""What Anki itself has under these names in its base folder, or in the list of profiles."""
MORE_OF_ANKI = {"crash.log", "debug_scripts", "dictionaries", "gldriver", "gldriver6", "readme.txt"}
"""What it makes there when it needs it. A profile that has such a name nevertheless can be opened and renamed."""
PREFERENCES_OF_ANKI = ("prefs.db", "prefs21.db")
"""Its files of settings. If there is a folder `prefs21.db-journal` or `-wal`, Anki cannot read them: it deletes them,
with the list of all profiles.
"""


class UnfitName(Refused):
    """The disk cannot have a folder of this name."""


def fault_of(name: str) -> str | None:
    """Return what is wrong with a name; None if a profile can have it on every system, so that a base folder can move.

    Blanks around the name are a fault, too: Anki removes them.
    """
    forbidden = next((letter for letter in name if letter in FORBIDDEN), "")
    size = len(name.encode())
    faults = (
        (not name.strip(), "must not be empty"),
        (name != name.strip(), "must not begin or end with a blank"),
        (forbidden, f"must not contain {forbidden}"),
        (any(unicodedata.category(letter) == "Cc" for letter in name), "must not contain control characters"),
        (name.startswith("."), "must not begin with a dot"),
        (name.endswith("."), "must not end with a dot, which Windows ignores"),
        (is_device(name), "must not be the name of a device of Windows"),
        (_is_of_anki(same_on_disk(name)), "must be another one: Anki uses this one itself"),
        (size > LONGEST, f"must have at most {LONGEST} bytes in UTF-8, not {size}"),
    )
    return next((fault for is_wrong, fault in faults if is_wrong), None)


def _is_of_anki(name: str) -> bool:
    return name in OF_ANKI | MORE_OF_ANKI or name.startswith(PREFERENCES_OF_ANKI)


def is_own_folder(name: str) -> bool:
    """Whether a profile of this name has a folder of its own in the base folder. A damaged list can have any names."""
    return name not in ("", ".", "..") and Path(name).name == name and same_on_disk(name) not in OF_ANKI


def same_on_disk(name: str) -> str:
    """Return a form that is equal for two names which are one on some file systems: without case, and composed."""
    return nfc(nfc(name).casefold())
