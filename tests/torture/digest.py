"""What is in a collection, without what differs between two runs of the same calls: ids, times and chance."""

import json
from pathlib import Path

NOTES = "select flds, tags, (select name from notetypes where id = mid) from notes"
CARDS = """select n.flds, c.ord, (select name from decks where id = c.did), (select name from decks where id = c.odid),
    c.queue, c.type, c.flags, c.reps, c.lapses from cards c join notes n on n.id = c.nid"""
OTHERS = ("select ease, type from revlog", "select tag from tags")
VOLATILE = {"id", "mod", "usn", "conf", "did", "lastDeck", "tmp", "req", "previewDelay"}


def digest(col):
    """Two runs of the same calls on two copies of a collection give the same digest, as JSON; its media beside it."""
    rows = [sorted(map(str, col.db.all(query))) for query in (NOTES, CARDS, *OTHERS)]
    decks = sorted((plain(deck), preset_of(col, deck)) for deck in col.decks.all())
    models = sorted(plain(model) for model in col.models.all())
    presets = sorted(plain(preset) for preset in col.decks.all_config())
    return json.dumps([rows, decks, models, presets, col.decks.current()["name"]])


def media(col):
    """The names and sizes of the media files."""
    return sorted((file.name, file.stat().st_size) for file in Path(col.media.dir()).iterdir())


def preset_of(col, deck):
    return "" if deck["dyn"] else col.decks.config_dict_for_deck_id(deck["id"])["name"]


def plain(value):
    return json.dumps(_without(value), sort_keys=True)


def _without(value):
    if isinstance(value, dict):
        return {key: _without(inner) for key, inner in value.items() if key not in VOLATILE}
    return [_without(inner) for inner in value] if isinstance(value, list) else value
