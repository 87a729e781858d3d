"""Params and results of the actions on Anki's preferences, with the limits of Anki's window."""

from typing import Any

from ..base import Object, Params
from ..fields.basic import Boolean, Enum, Integer, Nested
from ..fields.numbers import Between
from ..fields.paging import part_of
from ..fields.search import Search

MIXES = ("distribute", "reviewsFirst", "newFirst")
"""In the order of Anki's numbers."""
_MOST = 9_999
_MINUTE_S = 60


class SchedulingPreferences(Object):
    """When cards are shown."""

    rollover = Between(0, 23, "Hour at which the next day begins.", required=True)
    learn_ahead_secs = Between(
        0,
        999 * _MINUTE_S,
        "Cards in learning that are due within so many seconds are shown when no others are left.",
        required=True,
    )
    new_review_mix = Enum(MIXES, "When new cards are shown, if the preset does not say it.", required=True)
    new_timezone = Boolean("The day follows the time zone of this computer, not of the collection.", required=True)
    day_learn_first = Boolean("Cards in learning for more than a day are shown before reviews.", required=True)


class ReviewingPreferences(Object):
    """How cards are shown."""

    hide_audio_play_buttons = Boolean("Cards have no buttons to play sounds.", required=True)
    interrupt_audio_when_answering = Boolean("A sound stops when the card is answered.", required=True)
    show_remaining_due_counts = Boolean("The reviewer shows how many cards are left.", required=True)
    show_intervals_on_buttons = Boolean("The answer buttons show intervals.", required=True)
    time_limit_secs = Between(
        0, _MOST * _MINUTE_S, "After so many seconds Anki reports the number of cards; 0 for never.", required=True
    )
    load_balancer_enabled = Boolean("Reviews are spread evenly over days.", required=True)
    fsrs_short_term_with_steps_enabled = Boolean(
        "While FSRS is active, it also schedules cards that have passed their learning steps on the same day.",
        required=True,
    )


class EditingPreferences(Object):
    """How notes are added and found."""

    adding_defaults_to_current_deck = Boolean(
        "New notes go into the current deck, not into the last one of their note type.", required=True
    )
    paste_images_as_png = Boolean("Pasted images are stored as PNG, not as JPEG.", required=True)
    paste_strips_formatting = Boolean("Text is pasted without its formatting.", required=True)
    default_search_text = Search("Search text with which the browser opens.", required=True)
    ignore_accents_in_search = Boolean("Searches do not distinguish letters with and without accents.", required=True)
    render_latex = Boolean("LaTeX is made into images.", required=True)


class BackupPreferences(Object):
    """Which backups Anki keeps."""

    daily = Between(0, _MOST, "Number of daily backups.", required=True)
    weekly = Between(0, _MOST, "Number of weekly backups.", required=True)
    monthly = Between(0, _MOST, "Number of monthly backups.", required=True)
    minimum_interval_mins = Between(5, _MOST, "Minutes between two automatic backups.", required=True)


GROUPS = {
    "scheduling": SchedulingPreferences,
    "reviewing": ReviewingPreferences,
    "editing": EditingPreferences,
    "backups": BackupPreferences,
}


def _as_stored(group: type[Object]) -> Any:
    """The same group without limits, which other programs need not keep."""
    numbers = {
        name: Integer(field.metadata["description"], required=True)
        for name, field in group._declared_fields.items()
        if isinstance(field, Between)
    }
    stored = group.from_dict(dict(numbers), name=group.__name__)
    stored.__doc__ = group.__doc__
    return stored


class Preferences(Object):
    """The preferences that are stored in the collection."""

    scheduling = Nested(_as_stored(SchedulingPreferences), "When cards are shown.", required=True)
    reviewing = Nested(_as_stored(ReviewingPreferences), "How cards are shown.", required=True)
    editing = Nested(EditingPreferences, "How notes are added and found.", required=True)
    backups = Nested(_as_stored(BackupPreferences), "Which backups Anki keeps.", required=True)


class ChangedPreferences(Object):
    """Some of the preferences."""

    scheduling = Nested(part_of(SchedulingPreferences, "SchedulingPreferencesChanges"), "When cards are shown.")
    reviewing = Nested(part_of(ReviewingPreferences, "ReviewingPreferencesChanges"), "How cards are shown.")
    editing = Nested(part_of(EditingPreferences, "EditingPreferencesChanges"), "How notes are added and found.")
    backups = Nested(
        part_of(BackupPreferences, "BackupPreferencesChanges"), "Which backups Anki keeps. Needs the scope `admin`."
    )


class SetPreferences(Params):
    changes = Nested(ChangedPreferences, "The preferences to change; others stay.", required=True)


PREFERENCES = Nested(Preferences, "All groups.")
CHANGED = Nested(ChangedPreferences, "The preferences that had other values, with the new ones.")
