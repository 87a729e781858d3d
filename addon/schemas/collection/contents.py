"""Params and results of the actions on the collection as a whole."""

from ..base import Object
from ..fields.basic import (
    NOTHING,
    Anything,
    Dict,
    Integer,
    List,
    Nested,
    String,
    Strings,
)
from ..model.models import Model


class DeckSummary(Object):
    """A deck with its basic settings."""

    id = Integer("Deck id.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    name = String("Full name.", required=True)
    desc = String("Description.", required=True)
    dyn = Integer("1 for a filtered deck, else 0.", required=True)
    conf = Integer("Id of its options; null for a filtered deck.", required=True, allow_none=True)


COLLECTION_CONFIG = Dict(Anything(), "Anki's settings by their names in the collection.", title="CollectionConfig")


class CollectionOverview(Object):
    """The collection's settings, note types, decks and tags."""

    created = Integer("Start of the collection's first day, in seconds since 1970.", required=True)
    modified = Integer("Last change, in milliseconds since 1970.", required=True)
    last_sync = Integer("Last sync, in milliseconds since 1970; 0 for none yet.", required=True)
    note_count = Integer("Number of notes.", required=True)
    card_count = Integer("Number of cards.", required=True)
    config = Dict(Anything(), "The result of getCollectionConfig.", required=True)
    models = List(Nested(Model), "Note types as Anki stores them.", required=True)
    decks = List(Nested(DeckSummary), "All decks.", required=True)
    dconf = List(Dict(Anything(), title="StoredDeckConfig"), "Deck options as Anki stores them.", required=True)
    tags = Strings("All tags that the collection knows.", required=True)
    session = String(
        "Identifies the open collection. With it in the header AnkiRPC-Session, no call writes to another one.",
        required=True,
    )


COLLECTION = Nested(CollectionOverview, "Overview of the collection.")


RELOADED = NOTHING
