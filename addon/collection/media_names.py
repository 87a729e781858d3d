"""Which names Anki and the system allow for media files."""

import re

from ..files.file_policy import SYSTEM
from ..files.path_policy import System, is_device

ILLEGAL = re.compile(r'[\[\]><:"/?*^\\|\0\r\n]')


def is_plain(name: str) -> bool:
    """Whether the name can only name a file in the media folder, and has no character that Anki forbids."""
    return name not in (".", "..") and not ILLEGAL.search(name) and not is_reserved(name)


def is_reserved(name: str) -> bool:
    """Whether the system has a device of this name, which it opens instead of the file in the folder."""
    return SYSTEM is System.WINDOWS and is_device(name)
