"""Values that programs store in the collection, which Anki syncs to all devices."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from anki.utils import to_json_bytes

from ...rpc.context import Context
from ...rpc.errors import Refused
from ...rpc.registry import Example, action
from ...schemas.collection import config_values as s
from ..dry_run import DryRunReport, destructive, dry_run_report

if TYPE_CHECKING:
    from collections.abc import Iterable

_PER_CHUNK = 100
_KEYS = s.ConfigKeys.wire("keys")


@action(
    "getConfigValues",
    s.ConfigKeys,
    s.CONFIG_VALUES,
    errors=[Refused],
    examples=[Example("nothing is stored", {"keys": ["my-program.window"]}, {})],
)
def get_config_values(ctx: Context, keys: list[str]) -> dict[str, Any]:
    """Return values that programs have stored in the collection by `setConfigValues`, on this device or on another."""
    return {key: _read(key, value) for key, value in _stored(ctx, keys).items()}


@action(
    "setConfigValues",
    s.SetConfigValues,
    s.CHANGED_KEYS,
    writes=True,
    idempotent=True,
    errors=[Refused],
    examples=[Example("one", {"values": {"my-program.window": {"width": 800, "height": 600}}}, ["my-program.window"])],
)
def set_config_values(ctx: Context, values: dict[str, Any]) -> list[str]:
    """Store values of your program in the collection, and return the keys that had another value, or none.

    They are synced, all of them with every sync, so store few and small ones. Other programs can read and change them:
    passwords do not belong there. Anki's own keys are rejected; for some of them there is `setPreferences`.
    """
    stored = _stored(ctx, values)
    texts = {key: _as_json(key, value) for key, value in values.items()}
    changed = [key for key, text in texts.items() if key not in stored or _canonical(stored[key]) != text]
    for chunk in ctx.chunks(changed, _PER_CHUNK):
        with ctx.single_commit():
            for key in chunk:
                ctx.write(ctx.col.set_config, key, values[key], undoable=True)
    return changed


def _dry_run_remove_config_values(ctx: Context, keys: list[str]) -> DryRunReport:
    return dry_run_report(config_values=list(_stored(ctx, keys)))


@destructive(
    "removeConfigValues",
    s.ConfigKeys,
    s.REMOVED_KEYS,
    dry_run=_dry_run_remove_config_values,
    idempotent=True,
    examples=[
        Example("nothing is stored", {"keys": ["my-program.window"]}, []),
        Example("what would go", {"keys": ["my-program.window"], "dryRun": True}, {"dryRun": True}),
    ],
)
def remove_config_values(ctx: Context, keys: list[str]) -> list[str]:
    """Remove values that programs have stored in the collection, and return the keys that had one."""
    removed = list(_stored(ctx, keys))
    for chunk in ctx.chunks(removed, _PER_CHUNK):
        with ctx.single_commit():
            for key in chunk:
                ctx.write(ctx.col.remove_config, key)
    return removed


def _stored(ctx: Context, keys: Iterable[str]) -> dict[str, bytes]:
    """The stored JSON of the keys that have a value, in the order of the keys."""
    assert ctx.col.db is not None
    select = "select key, hex(val) from config where key in (select value from json_each(?))"
    found: dict[str, str] = dict(ctx.col.db.all(select, json.dumps(list(keys))))
    return {key: bytes.fromhex(found[key]) for key in keys if key in found}


def _read(key: str, stored: bytes) -> Any:
    try:
        return json.loads(stored)
    except (ValueError, RecursionError):
        raise Refused(f"The stored value is not valid JSON. Another program wrote it: {key}", field=_KEYS) from None


def _canonical(stored: bytes) -> str | None:
    """The JSON of a stored value in one form; None if it is damaged."""
    try:
        return json.dumps(json.loads(stored), sort_keys=True)
    except (ValueError, RecursionError):
        return None


def _as_json(key: str, value: Any) -> str:
    """The JSON of a value in one form. Raises Refused for a value that Anki cannot store: a write that fails would
    clear the undo history.
    """
    if _levels(value) > s.MOST_LEVELS:
        raise Refused(f"At most {s.MOST_LEVELS} levels of lists and objects can be stored.", field=f"values.{key}")
    try:
        size = len(to_json_bytes(value))
    except (TypeError, ValueError):
        text = "The value cannot be stored: it has a number beyond 64 bits, or a text that is not valid Unicode."
        raise Refused(text, field=f"values.{key}") from None
    if size > s.LARGEST:
        text = f"A value has at most {s.LARGEST:,} bytes as JSON, and this one has {size:,}."
        raise Refused(text, field=f"values.{key}")
    return json.dumps(value, sort_keys=True)


def _levels(value: Any) -> int:
    """The number of lists and objects inside each other."""
    levels, inside = 0, [value]
    while inside := [each for each in inside if isinstance(each, list | dict)]:
        levels += 1
        inside = [each for one in inside for each in (one.values() if isinstance(one, dict) else one)]
    return levels
