"""What Anki lets a media file be called."""

import re

ILLEGAL = re.compile(r'[\[\]><:"/?*^\\|\0\r\n]')


def is_plain(name: str) -> bool:
    """A name that leads nowhere but into the media folder."""
    return name not in (".", "..") and not ILLEGAL.search(name)
