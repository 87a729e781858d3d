"""Cards, named by their ids."""

from ..base import Params
from .basic import Ids


class Cards(Params):
    cards = Ids("Card ids.", required=True)
