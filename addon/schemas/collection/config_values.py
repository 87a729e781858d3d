"""Params and results of the actions on values that programs store in the collection."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import Anything, Dict, Strings

LARGEST = 16_384
"""Bytes of the largest value, as JSON: Anki sends all of them with every sync."""
MOST_LEVELS = 100
"""The most lists and objects inside each other. Anki reads 127."""
_MOST_KEYS = 1_000
_LONGEST_KEY = 200
_KEY = re.compile(rf"(?=.{{1,{_LONGEST_KEY}}}\Z)[A-Za-z0-9][A-Za-z0-9_-]*\.[A-Za-z0-9_.:/-]+")
"""Anki's own keys have no dot, or begin with `_deck_` or `_nt_`."""
_NOT_OWN = (
    "A key begins with a name of your own and a dot, such as `my-program.window`; others belong to Anki. It consists "
    f"of English letters, digits and `_-.:/`, at most {_LONGEST_KEY}."
)
_FEW = ma.validate.Length(max=_MOST_KEYS, error=f"At most {_MOST_KEYS:,} keys in a call.")
_KEYS = (
    "Each begins with a name of your own and a dot, such as `my-program.window`, and consists of English letters, "
    f"digits and `_-.:/`. At most {_MOST_KEYS:,}."
)


def _check_keys(name: str, keys: Iterable[tuple[object, str]]) -> None:
    """Raise ValidationError for keys, each with its place in the param of this name, that are not a program's own."""
    if wrong := {place: [_NOT_OWN] for place, key in keys if not _KEY.fullmatch(key)}:
        raise ma.ValidationError({name: wrong})


class ConfigKeys(Params):
    keys = Strings(f"Keys. {_KEYS}", title="ConfigKeys", required=True, validate=_FEW)

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        _check_keys("keys", enumerate(loaded["keys"]))
        return loaded


class SetConfigValues(Params):
    values = Dict(
        Anything("Any JSON value."),
        f"Values by their keys. {_KEYS} A value has at most {LARGEST:,} bytes as JSON, and {MOST_LEVELS} levels of "
        "lists and objects.",
        title="ConfigValues",
        required=True,
        validate=_FEW,
    )

    def check(self, loaded: dict[str, Any]) -> dict[str, Any]:
        _check_keys("values", zip(loaded["values"], loaded["values"], strict=True))
        return loaded


CONFIG_VALUES = Dict(
    Anything("Any JSON value."),
    "The values by their keys. Keys without a value are left out.",
    title="ConfigValuesByKey",
)
CHANGED_KEYS = Strings("The keys that had another value, or none.", title="ChangedConfigKeys")
REMOVED_KEYS = Strings("The keys that had a value.", title="RemovedConfigKeys")
