"""Search texts: building them of parts, and those that the user has saved in Anki's browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from anki.collection import SearchNode

from ...collection.errors import InvalidSearch, ModelNotFound
from ...rpc.context import Context
from ...rpc.errors import AlreadyExists, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.collection import searches as s
from ...text.anki_text import is_blank
from .. import searching
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..model.models import require_model

if TYPE_CHECKING:
    from anki.collection import Collection

_SAVED = "savedFilters"
"""Anki's key for the saved searches in the collection's configuration: name to text."""


# --- building ---


@action(
    "buildSearch",
    s.BuildSearch,
    s.SEARCH_TEXT,
    errors=[InvalidSearch, ModelNotFound, Refused],
    examples=[
        Example(
            "names with characters that have a meaning",
            {"parts": [{"deck": 'My "deck" *x'}, {"tag": "a_b", "negated": True}]},
            '"deck:My \\"deck\\" \\*x" -tag:a\\_b',
        ),
        Example(
            "alternatives",
            {"parts": [{"state": "due"}, {"any": [{"flag": 1}, {"field": {"name": "Word", "text": "mela"}}]}]},
            "is:due (flag:1 OR Word:mela)",
        ),
        Example(
            "a text, checked and in Anki's spelling",
            {"parts": [{"search": "deck:a   or  (b)"}], "joiner": "and"},
            "deck:a OR (b)",
        ),
    ],
)
def build_search(ctx: Context, parts: list[dict[str, Any]], joiner: str) -> str:
    """Return the search text for parts, with all names and texts taken literally, for `findNotes` and others.

    A part is a term, or a list of terms in `any`, and each can be `negated`. For more levels, build the inner search
    first, and use it as `search`. Names are not looked up, except the note type of `duplicate`.
    """
    nodes = [_part(ctx, part, s.BuildSearch.wire("parts", place)) for place, part in enumerate(ctx.paced(parts))]
    return searching.text_of(ctx, *nodes, joiner="OR" if joiner == "or" else "AND")


def _part(ctx: Context, part: Mapping[str, Any], path: str) -> SearchNode:
    if part["any"] is None:
        return _term(ctx, part, path)
    nodes = [_term(ctx, term, f"{path}.any.{place}") for place, term in enumerate(part["any"])]
    return _negated(ctx.col.group_searches(*nodes, joiner="OR"), part)


def _term(ctx: Context, term: Mapping[str, Any], path: str) -> SearchNode:
    kind = next(name for name, value in term.items() if name != "negated" and value is not None)
    return _negated(_node(ctx, kind, term[kind], f"{path}.{s.SimplePart.wire(kind)}"), term)


def _negated(node: SearchNode, part: Mapping[str, Any]) -> SearchNode:
    return SearchNode(negated=node) if part["negated"] else node


def _node(ctx: Context, kind: str, value: Any, path: str) -> SearchNode:
    if kind == "field":
        _refuse_other_than_field(ctx, value["name"], f"{path}.name")
        return SearchNode(field=SearchNode.Field(field_name=value["name"], text=value["text"]))
    if kind == "duplicate":
        model_id = require_model(ctx.col, value["model_name"])["id"]
        return SearchNode(dupe=SearchNode.Dupe(notetype_id=model_id, first_field=value["first_field"]))
    if kind == "search":
        searching.normalized(ctx, value, searching.SearchSource(path, {"field": path}))
    return _NODES[kind](value)


_NODES: Mapping[str, Callable[[Any], SearchNode]] = {
    "deck": lambda name: SearchNode(deck=name),
    "tag": lambda name: SearchNode(tag=name),
    "model_name": lambda name: SearchNode(note=name),
    "text": lambda text: SearchNode(literal_text=text),
    "state": lambda state: SearchNode(card_state=SearchNode.CardState.Value(f"CARD_STATE_{state.upper()}")),
    "flag": lambda flag: SearchNode(flag=flag + 1 if flag else SearchNode.FLAG_NONE),  # 1 is any flag
    "rated": lambda rated: SearchNode(rated=SearchNode.Rated(days=rated["days"], rating=rated["ease"] or 0)),
    "added": lambda days: SearchNode(added_in_days=days),
    "edited": lambda days: SearchNode(edited_in_days=days),
    "due": lambda day: SearchNode(due_on_day=day),
    "notes": lambda ids: SearchNode(nids=SearchNode.IdList(ids=ids)),
    "search": lambda text: SearchNode(parsable_text=text),
}
"""The search node of Anki for the other kinds of terms."""


def _refuse_other_than_field(ctx: Context, name: str, path: str) -> None:
    """Raise Refused if Anki reads the name of a field as another kind of term, such as `deck:`.

    Anki writes the words of its own terms in small letters, but keeps the name of a field.
    """
    text = searching.text_of(ctx, SearchNode(field=SearchNode.Field(field_name=name.upper(), text="1")))
    try:
        is_field = searching.normalized(ctx, text) == text
    except InvalidSearch:
        is_field = False
    if not is_field:
        raise Refused(f"Anki cannot search in a field of this name, which has another meaning: {name}", field=path)


# --- saved searches ---


@action(
    "getSavedSearches",
    NoParams,
    s.SAVED_SEARCHES,
    errors=[Refused],
    examples=[Example("there is none", {}, [])],
)
def get_saved_searches(ctx: Context) -> list[dict[str, str]]:
    """List the searches that the user, or saveSearch, has saved. Anki's browser shows them in its sidebar."""
    saved = _saved(ctx.col)
    return [{"name": name, "search": saved[name]} for name in sorted(saved) if isinstance(saved[name], str)]


@action(
    "saveSearch",
    s.SaveSearch,
    s.SAVED_TEXT,
    writes=True,
    idempotent=True,
    errors=[InvalidSearch, AlreadyExists, Refused],
    examples=[
        Example("a new one", {"name": "Hard", "search": "prop:lapses>5   or  tag:hard"}, "prop:lapses>5 OR tag:hard")
    ],
)
def save_search(ctx: Context, name: str, search: str, overwrite: bool) -> str:
    """Save a search text under a name, for the sidebar of Anki's browser, and return it as it was saved.

    If another search has the name, the call fails, unless `overwrite` is true.
    """
    if is_blank(name):
        raise Refused("A saved search needs a name.", field=s.SaveSearch.wire("name"))
    text = searching.normalized(ctx, search)
    saved = _saved(ctx.col)
    if name in saved and saved[name] != text and not overwrite:
        raise AlreadyExists(f"There is a saved search of this name already: {name}", search=name)
    if saved.get(name) != text:
        ctx.write(ctx.col.set_config, _SAVED, {**saved, name: text}, undoable=True)
    return text


def _dry_run_remove(ctx: Context, name: str) -> DryRunReport:
    return dry_run_report(searches=[name] if name in _saved(ctx.col) else [])


@destructive(
    "removeSavedSearch",
    s.RemoveSavedSearch,
    s.REMOVED_SEARCH,
    dry_run=_dry_run_remove,
    idempotent=True,
    errors=[Refused],
    examples=[
        Example("there is none", {"name": "Hard"}, None),
        Example("what would go", {"name": "Hard", "dryRun": True}, {"dryRun": True}),
    ],
)
def remove_saved_search(ctx: Context, name: str) -> str | None:
    """Remove a saved search and return its name; null if there was none."""
    saved = _saved(ctx.col)
    if name not in saved:
        return None
    del saved[name]
    ctx.write(ctx.col.set_config, _SAVED, saved, undoable=True)
    return name


def _saved(col: Collection) -> dict[str, Any]:
    """The saved searches: text by name. Raises Refused if another program has stored something else there."""
    saved = col.get_config(_SAVED, {})
    if not isinstance(saved, dict):
        raise Refused(f"The saved searches are damaged, in {_SAVED!r} of the collection's configuration.")
    return saved
