"""Cards by their ids, in the ways that AnkiConnect takes them."""

from typing import Any

from ..base import Params
from .basic import Field, Ids, List, digits_to_numbers, unknown_for_null


class Cards(Params):
    cards = Ids("Card ids.", required=True)


class CardsInOrder(Params):
    """Each id has its place in the result."""

    cards = Ids("Card ids.", required=True, tolerate=unknown_for_null)


class ListOnly(Field):
    """A list that AnkiConnect takes as nothing else: neither text nor an object stands for one."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        if not isinstance(value, list):
            raise self.flaw("Not a valid list.", value)
        return super()._deserialize(value, attr, data, **more)


class ProperIds(ListOnly, Ids):
    """Ids in a proper list."""


class ProperList(ListOnly, List):
    """A proper list."""


class NumberedCards(Params):
    cards = Ids("Card ids.", required=True, tolerate=digits_to_numbers)
