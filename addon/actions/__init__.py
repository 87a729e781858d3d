"""The actions, one module per category: importing this package fills the registry."""

import anki.collection  # noqa: F401  (first: the other modules of anki are circular without it)

from ..rpc.registry import REGISTRY
from ..schemas.event import EVENTS
from . import (
    card,
    card_scheduling,
    deck,
    deck_options,
    graphical,
    graphical_notes,
    graphical_reviewer,
    media,
    miscellaneous,
    miscellaneous_packages,
    miscellaneous_profiles,
    miscellaneous_sync,
    model,
    model_fields,
    model_templates,
    note,
    note_tags,
    note_updates,
    statistic,
)

__all__ = [
    "card",
    "card_scheduling",
    "deck",
    "deck_options",
    "graphical",
    "graphical_notes",
    "graphical_reviewer",
    "media",
    "miscellaneous",
    "miscellaneous_packages",
    "miscellaneous_profiles",
    "miscellaneous_sync",
    "model",
    "model_fields",
    "model_templates",
    "note",
    "note_tags",
    "note_updates",
    "statistic",
]

REGISTRY.events.update(EVENTS)
