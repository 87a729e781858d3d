"""The deck options that hold for all decks, whatever their preset."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from anki.decks import DEFAULT_DECK_ID

from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.deck import options_for_all as s
from .options import is_accepted, save_options

if TYPE_CHECKING:
    from anki.deck_config_pb2 import DeckConfig, DeckConfigsForUpdate

_WIRE = {name: str(field.data_key) for name, field in s.DeckOptionsForAll.instance().fields.items()}
"""The names on the wire by Anki's names."""


@action(
    "getDeckOptionsForAll",
    NoParams,
    s.OPTIONS_FOR_ALL,
    examples=[
        Example(
            "of a new collection",
            {},
            {
                "newCardsIgnoreReviewLimit": False,
                "applyAllParentLimits": False,
                "fsrsHealthCheck": True,
                "cardStateCustomizer": "",
            },
        )
    ],
)
def get_deck_options_for_all(ctx: Context) -> dict[str, Any]:
    """Return the deck options that hold for all decks. `isFsrsActive` returns whether FSRS is active."""
    overview = _overview(ctx)
    return {wire: getattr(overview, name) for name, wire in _WIRE.items()}


def _needs(params: dict[str, Any]) -> Iterator[tuple[Scope, str]]:
    if "card_state_customizer" in params:
        yield Scope.ADMIN, "change JavaScript that Anki runs"


@action(
    "setDeckOptionsForAll",
    s.SetDeckOptionsForAll,
    s.CHANGED,
    needs=_needs,
    writes=True,
    idempotent=True,
    errors=[Refused],
    examples=[
        Example(
            "one that changes, and one that does not",
            {"newCardsIgnoreReviewLimit": True, "applyAllParentLimits": False},
            {"newCardsIgnoreReviewLimit": True},
        )
    ],
)
def set_deck_options_for_all(ctx: Context, **options: Any) -> dict[str, Any]:
    """Set deck options that hold for all decks, and return those that had other values. Others stay.

    Limits count at once. Presets, and whether FSRS is active, do not change.
    """
    overview = _overview(ctx)
    others = {name: value for name, value in options.items() if value != getattr(overview, name)}
    if others:
        save_options(ctx, "Deck Options", [_unchanged(ctx, overview)], **others)
    return {_WIRE[name]: value for name, value in others.items()}


def _overview(ctx: Context) -> DeckConfigsForUpdate:
    return ctx.col.decks.get_deck_configs_for_update(DEFAULT_DECK_ID)


def _unchanged(ctx: Context, overview: DeckConfigsForUpdate) -> DeckConfig:
    """A preset to save along, which Anki requires: if possible, one that is stored as Anki would save it.

    Raises Refused if Anki accepts none, because the failure would wipe the undo history.
    """
    forms = [entry.config for entry in overview.all_config]
    forms.sort(key=lambda form: ctx.col._backend.get_deck_config(form.id) != form)
    accepted = next(filter(is_accepted, forms), None)
    if accepted is None:
        raise Refused("Anki does not accept the stored FSRS parameters of any preset.", preset=forms[0].name)
    return accepted
