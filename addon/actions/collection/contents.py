"""The collection as a whole: its content, its settings, and reloading it."""

from __future__ import annotations

from typing import Any

from ...collection.change_log import everything
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.collection import contents as s


@action(
    "getCollection",
    NoParams,
    s.COLLECTION,
    examples=[
        Example(
            "with nothing in it",
            {},
            {
                "created": 1700000000,
                "modified": 1700000000000,
                "lastSync": 0,
                "noteCount": 0,
                "cardCount": 0,
                "config": {"schedVer": 2},
                "models": [],
                "decks": [{"id": 1, "mod": 0, "name": "Default", "desc": "", "dyn": 0, "conf": 1}],
                "dconf": [],
                "tags": [],
                "session": "5e0c12ab7f3d9a41",
            },
        )
    ],
)
def get_collection(ctx: Context) -> dict[str, Any]:
    """Describe the collection: times, counts, settings, note types, decks, deck options and tags."""
    col = ctx.col
    assert col.db is not None
    ((created, modified, last_sync),) = col.db.all("select crt, mod, ls from col")
    return {
        "created": created,
        "modified": modified,
        "lastSync": last_sync,
        "noteCount": col.note_count(),
        "cardCount": col.card_count(),
        "config": col.all_config(),
        "models": col.models.all(),
        "decks": [{key: deck.get(key) for key in _DECK_KEYS} for deck in col.decks.all()],
        "dconf": col.decks.all_config(),
        "tags": col.tags.all(),
        "session": ctx.host.session(),
    }


_DECK_KEYS = ("id", "mod", "name", "desc", "dyn", "conf")


@action(
    "getCollectionConfig",
    NoParams,
    s.COLLECTION_CONFIG,
    examples=[Example("some of many", {}, {"schedVer": 2, "rollover": 4})],
)
def get_collection_config(ctx: Context) -> dict[str, Any]:
    """Return all of Anki's settings that are stored in the collection."""
    return ctx.col.all_config()


@action("reloadCollection", NoParams, s.RELOADED, scope=Scope.GUI, examples=[Example("always null", {}, None)])
def reload_collection(ctx: Context) -> None:
    """Make Anki's windows read the collection again and show its present state."""
    assert ctx.col
    ctx.host.changed(everything())
