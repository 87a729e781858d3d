"""Destructive actions, and what a dry run of one says: what the call would take away, in one shape for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

from ..collection.rows import rows_of
from ..rpc.registry import Handler, TouchesNotes, action
from ..schemas.base import Params
from ..schemas.fields.losses import MOST_TOLD, or_losses, with_dry_run
from ..vendored import marshmallow

if TYPE_CHECKING:
    from anki.collection import Collection

    from ..rpc.context import Context

Losses = dict[str, Any]


def destructive(
    name: str,
    params: type[Params],
    result: marshmallow.fields.Field[Any],
    *,
    dry_run: Callable[..., Losses],
    touches_notes: TouchesNotes | None = None,
    **options: Any,
) -> Callable[[Handler], Handler]:
    """As `action`, for each action by which something can go that the call does not replace.

    That is notes, cards, decks, files, tags, fields, templates, presets, what was learned, the cards of a filtered
    deck, or a text wherever it is found. A call that puts a value of its own in the place of another only updates; nor
    does one count that merges newer versions in, mends, or turns back a step.

    The action gets `dryRun` as its last param. With it, `dry_run` is called in the handler's place, with the same
    params: it reports what would go, and writes nothing.
    """
    report = dry_run

    def register(handler: Handler) -> Handler:
        @wraps(handler)
        def call(ctx: Context, *, dry_run: bool, **given: Any) -> Any:
            return (report if dry_run else handler)(ctx, **given)

        action(
            name,
            with_dry_run(params),
            or_losses(result),
            writes=True,
            destructive=True,
            touches_notes=touches_notes and (lambda given: () if given["dry_run"] else touches_notes(given)),
            **options,
        )(call)
        return handler

    return register


def losses(**kinds: Iterable[int] | Iterable[str]) -> Losses:
    """The answer to a dry run, from ids or names by their kind (`changed_notes`); kinds that are empty are left out."""
    told: Losses = {"dryRun": True}
    for kind, things in kinds.items():
        if found := list(things):
            word, *words = kind.split("_")
            told[word + "".join(map(str.title, words))] = {
                "count": len(found),
                "ids" if isinstance(found[0], int) else "names": found[:MOST_TOLD],
            }
    return told


def losses_with_notes(col: Collection, note_ids: Sequence[int]) -> Losses:
    """What goes with notes: those of them that exist, and all their cards."""
    notes = [note_id for (note_id,) in rows_of(col, "select id from notes where id in ids", note_ids)]
    cards = [card_id for (card_id,) in rows_of(col, "select id from cards where nid in ids", notes)]
    return losses(notes=notes, cards=cards)
