"""Settings in environment variables: `ANKI_RPC_` and the setting's name in capitals, with underscores."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..config import Config, ConfigError, known_settings, problems, with_kept_keys
from ..text.similar import did_you_mean, similar

PREFIX = "ANKI_RPC_"
_SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def variable_of(setting: str) -> str:
    """Return the environment variable of a setting: `ANKI_RPC_WEB_BIND_PORT` for `webBindPort`."""
    return PREFIX + re.sub(r"([A-Z])", r"_\1", setting).upper()


def settings_of(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings that variables of the environment set. Empty variables count as absent. Raises ConfigError.

    A text is written as it is, a switch as 1 or 0, a list as JSON or as words separated by spaces, all else as JSON.
    """
    found: dict[str, Any] = {}
    for name, info in known_settings().items():
        if text := environment.get(variable_of(name), "").strip():
            try:
                found[name] = _value(text, getattr(Config(), info.attribute))
                if problem := problems(with_kept_keys({name: found[name]})).get(name):
                    raise ValueError(problem)
            except ValueError as error:
                raise ConfigError(f"environment variable {variable_of(name)}, setting {name}: {error}") from None
    return found


def reject_misspelt(environment: Mapping[str, str], others: Iterable[str]) -> None:
    """Raise ConfigError if a variable resembles one of a setting or one of the others, but is none of them.

    It may have been meant to restrict access. Variables that resemble none belong to other programs.
    """
    known = {*map(variable_of, known_settings()), *others}
    ends = sorted(name.removeprefix(PREFIX) for name in known)
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known and (found := similar(name.removeprefix(PREFIX), ends)):
            hint = did_you_mean([PREFIX + found[0]])
            raise ConfigError(f"environment variable {name}: nothing reads it.{hint}")


def switch(text: str) -> bool:
    """Read a switch, as `1` or `0`. Raises ValueError."""
    if text.strip().lower() not in _SWITCHES:
        raise ValueError(f"{text!r} is no switch. Write 1 or 0.")
    return _SWITCHES[text.strip().lower()]


def _value(text: str, default: Any) -> Any:
    """Read a value of the default's type. Raises ValueError."""
    if default is None or isinstance(default, str):
        return text
    if isinstance(default, bool):
        return switch(text)
    if isinstance(default, tuple) and not text.startswith("["):
        return text.split()
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"It must be JSON: {error}") from None
