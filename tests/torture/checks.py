"""Whether a collection is whole: what Anki's own check finds, what SQLite's finds, and rows that belong to nothing."""

from pathlib import Path

ORPHANS = {
    "cards without a note": "select count() from cards where nid not in (select id from notes)",
    "notes without a card": "select count() from notes where id not in (select nid from cards)",
    "cards without a deck": "select count() from cards where did not in (select id from decks)",
    "cards whose own deck is gone": "select count() from cards where odid and odid not in (select id from decks)",
    "notes without a note type": "select count() from notes where mid not in (select id from notetypes)",
    "fields of no note type": "select count() from fields where ntid not in (select id from notetypes)",
    "templates of no note type": "select count() from templates where ntid not in (select id from notetypes)",
}

NO_PROBLEM = ("Database rebuilt", "Added last review time")
"""What Anki also tells. It keeps no time of a review before a card was reset, finds one in the log, and adds it."""


def problems_of(collection):
    """What is wrong with an open collection, or with the one at a path, in words; nothing where all is well."""
    if isinstance(collection, Path):
        from anki.collection import Collection

        opened = Collection(str(collection))
        try:
            return problems_of(opened)
        finally:
            opened.close()
    found = [f"{count} {what}" for what, query in ORPHANS.items() if (count := collection.db.scalar(query))]
    if (told := collection.db.scalar("pragma integrity_check")) != "ok":
        found.append(f"SQLite: {told}")
    told, _ = collection.fix_integrity()
    return found + [f"Anki: {line}" for line in told.splitlines() if not line.startswith(NO_PROBLEM)]
