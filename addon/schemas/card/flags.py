"""Params and results of the actions on flags and burying."""

from ..base import Params
from ..fields.basic import Ids, Integer, List
from ..fields.numbers import Between

CHANGED = Integer("Number of cards that were changed.", title="CardsChanged")
FLAGS = List(
    Integer(title="FlagOrUnknown", allow_none=True),
    "Flag of each card, 0 for none; null for an unknown id.",
    title="CardFlags",
)


class SetFlags(Params):
    cards = Ids("Card ids.", required=True)
    flag = Between(0, 7, "1 red, 2 orange, 3 green, 4 blue, 5 pink, 6 turquoise, 7 purple; 0 for none.", required=True)
