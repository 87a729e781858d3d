"""The actions, one module per category: importing this package fills the registry."""

import anki.collection  # noqa: F401  (first: the other modules of anki are circular without it)

from . import card, deck, graphical, media, miscellaneous, model, note

__all__ = ["card", "deck", "graphical", "media", "miscellaneous", "model", "note"]
