"""Dates, as Anki reads them from a group of deck options."""

from datetime import datetime

DATE = "%Y-%m-%d"


def is_date(text: str) -> bool:
    """Whether Anki reads a text of a group as a date; an empty text means none."""
    try:
        return not text or (text.isascii() and bool(datetime.strptime(text, DATE)))  # noqa: DTZ007 - a date only
    except ValueError:
        return False
