"""Which names Anki allows for media files."""

import re

ILLEGAL = re.compile(r'[\[\]><:"/?*^\\|\0\r\n]')


def is_plain(name: str) -> bool:
    """Whether the name can only name a file in the media folder, and has no character that Anki forbids."""
    return name not in (".", "..") and not ILLEGAL.search(name)
