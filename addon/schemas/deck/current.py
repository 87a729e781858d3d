"""Params and results of the actions on the current deck and on names of decks."""

from ..base import Object, Params
from ..fields.basic import Integer, Nested, String


class CurrentDeck(Object):
    """The deck that is selected for study."""

    deck_id = Integer("Deck id.", required=True)
    name = String("Full deck name.", required=True)


CURRENT_DECK = Nested(CurrentDeck, "The deck that Anki studies and adds to.")


class ExistingDeck(Params):
    deck = String("Full name, compared without case.", required=True)


class RenameDeck(ExistingDeck):
    new_name = String("New full name, `::` between levels. Missing parents are created.", required=True)


NEW_NAME = String("The new full name, as Anki has normalised it.", title="RenamedDeck")
