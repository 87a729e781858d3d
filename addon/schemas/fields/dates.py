"""Dates as Anki reads them from a group of options."""

from datetime import datetime

DATE = "%Y-%m-%d"


def is_date(text: str) -> bool:
    """Whether it is a date as Anki reads it from a group; empty stands for none."""
    try:
        return not text or (text.isascii() and bool(datetime.strptime(text, DATE)))  # noqa: DTZ007 - a date only
    except ValueError:
        return False
