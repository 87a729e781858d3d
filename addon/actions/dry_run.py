"""Destructive actions and their dry runs, which all report in one shape what the call would remove."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

from ..collection.rows import rows_of
from ..rpc.registry import Handler, TouchesNotes, action
from ..schemas.base import Params
from ..schemas.fields.dry_run import MAX_LISTED, or_losses, with_dry_run
from ..vendored import marshmallow

if TYPE_CHECKING:
    from anki.collection import Collection

    from ..rpc.context import Context

DryRunReport = dict[str, Any]


def destructive(
    name: str,
    params: type[Params],
    result: marshmallow.fields.Field[Any],
    *,
    dry_run: Callable[..., DryRunReport],
    touches_notes: TouchesNotes | None = None,
    **options: Any,
) -> Callable[[Handler], Handler]:
    """Like `action`, for an action that can remove something without replacing it.

    Such things are notes, cards, decks, files, tags, note types, fields, templates, presets, saved searches, values of
    programs, profiles, learning progress, the cards of a filtered deck, or a text in all places where it is found. Not
    destructive are calls that replace one value by another, merge newer versions in, repair, or undo a step.

    The action gets `dryRun` as its last param. If it is true, `dry_run` is called in place of the handler, with the
    same params: it reports what would be lost, and writes nothing.
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


def dry_run_report(**kinds: Iterable[int] | Iterable[str]) -> DryRunReport:
    """The result of a dry run: count and ids, or names, of each kind (`changed_notes`); empty kinds are left out."""
    result: DryRunReport = {"dryRun": True}
    for kind, things in kinds.items():
        if found := list(things):
            word, *words = kind.split("_")
            result[word + "".join(map(str.title, words))] = {
                "count": len(found),
                "ids" if isinstance(found[0], int) else "names": found[:MAX_LISTED],
            }
    return result


def report_of_notes(col: Collection, note_ids: Sequence[int]) -> DryRunReport:
    """The losses by deleting notes: those that exist, and all their cards."""
    notes = [note_id for (note_id,) in rows_of(col, "select id from notes where id in ids", note_ids)]
    cards = [card_id for (card_id,) in rows_of(col, "select id from cards where nid in ids", notes)]
    return dry_run_report(notes=notes, cards=cards)
