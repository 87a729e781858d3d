"""What the actions on decks take and give."""

from .base import Params
from .fields import Boolean, Integer, Mapped, String, Texts, texts_only

DECK_ID = Integer("Deck id: creation time in milliseconds since 1970; 1 is Default.", title="DeckId")
DECK_NAMES = Texts("Full names of all decks, filtered ones too, in alphabetical order.", title="DeckNameList")
DECK_IDS_BY_NAME = Mapped(Integer(title="DeckId"), "Full deck name to deck id.", title="DeckIdsByName")


class CreateDeck(Params):
    deck = String(
        "Full name, `::` between levels. Missing parents are made too. Anki turns an empty level into `blank`.",
        required=True,
        tolerate=lambda name: "" if name is None else name,
    )


def _no_list(value: object) -> str:
    """Also for text, which AnkiConnect takes letter by letter: too dangerous here."""
    return f"'{type(value).__name__}' object is not iterable"


class DeleteDecks(Params):
    decks = Texts(
        "Full names in their exact spelling; names of no deck are skipped.",
        required=True,
        legacy=_no_list,
        tolerate=texts_only,
    )
    cards_too = Boolean("Must be true: Anki deletes a deck only with its cards.", load_default=False)
