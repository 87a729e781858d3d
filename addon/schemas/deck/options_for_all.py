"""Params and results of the actions on deck options that hold for all decks."""

from ..base import Object, Params
from ..fields.basic import Boolean, Nested, String
from ..fields.paging import part_of


class DeckOptionsForAll(Object):
    """The deck options that hold for the whole collection, whatever the preset."""

    new_cards_ignore_review_limit = Boolean("New cards do not count towards the limit of reviews.", required=True)
    apply_all_parent_limits = Boolean(
        "The limits of all decks above a deck apply, also if the deck is studied by itself.", required=True
    )
    fsrs_health_check = Boolean(
        "Optimizing in Anki's window also checks whether FSRS suits the reviews.", required=True
    )
    card_state_customizer = String(
        "JavaScript that Anki runs for each card in its reviewer to change the effect of answers.", required=True
    )


class SetDeckOptionsForAll(Params):
    new_cards_ignore_review_limit = Boolean("New cards do not count towards the limit of reviews.")
    apply_all_parent_limits = Boolean(
        "The limits of all decks above a deck apply, also if the deck is studied by itself."
    )
    fsrs_health_check = Boolean("Optimizing in Anki's window also checks whether FSRS suits the reviews.")
    card_state_customizer = String(
        "JavaScript that Anki runs for each card in its reviewer; empty for none. Needs the scope `admin`."
    )


OPTIONS_FOR_ALL = Nested(DeckOptionsForAll, "All of them.")
CHANGED = Nested(
    part_of(DeckOptionsForAll, "ChangedDeckOptionsForAll"), "The options that had other values, with the new ones."
)
