"""Anki's preferences, as far as they are stored in the collection."""

from __future__ import annotations

from typing import Any

from anki.config_pb2 import Preferences

from ...collection.errors import InvalidSearch
from ...rpc.context import Context
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.collection import preferences as s
from ..searching import SearchSource, parsing

_MIX = "new_review_mix"


@action(
    "getPreferences",
    NoParams,
    s.PREFERENCES,
    examples=[
        Example(
            "of a new collection",
            {},
            {
                "scheduling": {
                    "rollover": 4,
                    "learnAheadSecs": 1200,
                    "newReviewMix": "distribute",
                    "newTimezone": True,
                    "dayLearnFirst": False,
                },
                "reviewing": {
                    "hideAudioPlayButtons": False,
                    "interruptAudioWhenAnswering": True,
                    "showRemainingDueCounts": True,
                    "showIntervalsOnButtons": True,
                    "timeLimitSecs": 0,
                    "loadBalancerEnabled": True,
                    "fsrsShortTermWithStepsEnabled": False,
                },
                "editing": {
                    "addingDefaultsToCurrentDeck": True,
                    "pasteImagesAsPng": False,
                    "pasteStripsFormatting": False,
                    "defaultSearchText": "",
                    "ignoreAccentsInSearch": False,
                    "renderLatex": False,
                },
                "backups": {"daily": 12, "weekly": 10, "monthly": 9, "minimumIntervalMins": 30},
            },
        )
    ],
)
def get_preferences(ctx: Context) -> dict[str, Any]:
    """Return the preferences that are stored in the collection. Those of the windows and of syncing are not."""
    stored = ctx.col.get_preferences()
    return {group: {wire: _value(stored, group, name) for name, wire in _names(group).items()} for group in s.GROUPS}


def _needs(params: dict[str, Any]) -> list[tuple[Scope, str]]:
    return [(Scope.ADMIN, "change which backups are kept")] if params["changes"].get("backups") else []


@action(
    "setPreferences",
    s.SetPreferences,
    s.CHANGED,
    needs=_needs,
    writes=True,
    idempotent=True,
    errors=[InvalidSearch],
    examples=[
        Example(
            "one that changes, and one that does not",
            {"changes": {"scheduling": {"rollover": 3, "learnAheadSecs": 1200}}},
            {"scheduling": {"rollover": 3}},
        )
    ],
)
def set_preferences(ctx: Context, changes: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Change preferences and return those that had other values. A new beginning of the day counts at once."""
    stored, request = ctx.col.get_preferences(), Preferences()
    changed: dict[str, Any] = {}
    for group, values in changes.items():
        others = {name: value for name, value in values.items() if value != _value(stored, group, name)}
        if others:
            getattr(request, group).CopyFrom(getattr(stored, group))
            changed[group] = {_names(group)[name]: value for name, value in others.items()}
        for name, value in others.items():
            setattr(getattr(request, group), name, s.MIXES.index(value) if name == _MIX else value)
    if text := changed.get("editing", {}).get("defaultSearchText"):
        field = s.SetPreferences.wire("changes", "editing", "default_search_text")
        with parsing(ctx, text, SearchSource(field, {"field": field})):
            ctx.col.build_search_string(text)
    if changed:
        ctx.write(ctx.col.set_preferences, request)
    return changed


def _names(group: str) -> dict[str, str]:
    """The names of a group's preferences on the wire, by Anki's names."""
    return {name: str(field.data_key) for name, field in s.GROUPS[group].instance().fields.items()}


def _value(stored: Preferences, group: str, name: str) -> Any:
    value = getattr(getattr(stored, group), name)
    return s.MIXES[value] if name == _MIX else value
