"""Adds readings to a text, in the form of Anki's furigana filter: ` 日本語[にほんご]`."""

import re
from pathlib import Path

_LINES = Path(__file__).with_name("words.tsv").read_text("utf-8").splitlines()
WORDS = dict(line.split("\t") for line in _LINES)
_ANY_WORD = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def with_readings(text: str) -> str:
    """Return the text with a reading behind each word of the list."""
    return _ANY_WORD.sub(lambda found: f" {found[0]}[{WORDS[found[0]]}]", text).strip()
