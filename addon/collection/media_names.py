"""Which names Anki and the system allow for media files."""

import re
import unicodedata

from ..files.file_policy import SYSTEM
from ..files.path_policy import System, is_device
from ..text.normal_forms import nfc

ILLEGAL = re.compile(r'[\[\]><:"/?*^\\|\0\r\n]')


def is_plain(name: str) -> bool:
    """Whether the name can only name a file in the media folder, and has no character that Anki forbids."""
    return name not in (".", "..") and not ILLEGAL.search(name) and not is_reserved(name)


def is_reserved(name: str) -> bool:
    """Whether the system has a device of this name, which it opens instead of the file in the folder."""
    return SYSTEM is System.WINDOWS and is_device(name)


def without_device(name: str) -> str:
    """Return a name that Anki can try in a folder: for that of a device, what Anki itself makes of those that it knows.

    `NUL.mp3` becomes `NUL_.mp3`. Anki removes some characters first, and does not know devices such as `COM¹`.
    """
    cleaned = "".join(letter for letter in ILLEGAL.sub("", nfc(name)) if unicodedata.category(letter) not in _REMOVED)
    if not is_reserved(cleaned):
        return name
    base, dot, rest = cleaned.partition(".")
    return f"{base}_{dot}{rest}"


_REMOVED = ("Cc", "Cn")
