"""The settings, by the names that AnkiConnect gave them, so that a user's own can be copied over."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any, NamedTuple

from . import keys
from .libs import marshmallow
from .schemas.base import flaws
from .schemas.config import Settings

ENVIRONMENT = {"ANKICONNECT_BIND_ADDRESS": "web_bind_address", "ANKICONNECT_CORS_ORIGIN": "web_cors_origin"}
"""Environment variables that win over the settings file."""

RETIRED = frozenset({"apiLogPath", "apiPollInterval", "webBacklog", "webTimeout"})
"""Settings of AnkiConnect's that have no effect here."""


class ConfigError(ValueError):
    """A setting is wrong; the message names it. `usable` has the default in the place of each wrong setting."""

    usable: Config


class Key(NamedTuple):
    """A named key: what is kept of it, and what it opens (names in `registry.GRANTS`)."""

    hash: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken from callers. Where it is too much, the call is refused and nothing else suffers."""

    connections: int = 1000
    waiting: int = 400
    header_kilobytes: int = 64
    body_megabytes: int = 144
    media_megabytes: int = 100
    package_megabytes: int = 8192
    read_seconds: int = 600
    stall_seconds: int = 30
    idle_seconds: int = 120
    batch: int = 10_000
    nesting: int = 32
    response_megabytes: int = 1024
    public_response_megabytes: int = 16


@dataclass(frozen=True, slots=True)
class Config:
    """Settings as they are in force. A change makes a new object."""

    api_key: str | None = None
    """What is kept of the key that opens everything."""
    web_bind_address: str = "127.0.0.1"
    web_bind_port: int = 8765
    web_cors_origin: str | None = None
    web_cors_origin_list: tuple[str, ...] = ("http://localhost",)
    ignore_origin_list: tuple[str, ...] = ()
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ask_extensions: bool = False
    known_extensions: tuple[str, ...] = ()
    prevent_app_nap: bool = True
    allowed_hosts: tuple[str, ...] = ("host.docker.internal",)
    allowed_folders: tuple[str, ...] = ()
    allowed_download_hosts: tuple[str, ...] = ()
    any_localhost_port: bool = False
    allow_remote_without_key: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)
    limits: Limits = Limits()
    mcp_all_tools: bool = False
    mcp_allow_destructive: bool = False

    @classmethod
    def load(cls, settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
        """Read settings, and the environment over them. Raises ConfigError.

        Settings of AnkiConnect's that have no meaning here are ignored, and so are unknown ones.
        """
        settings = with_kept_keys(settings)
        try:
            loaded = Settings.variant(tolerant=False).load(settings)
        except marshmallow.ValidationError as error:
            wrong = error.messages_dict
            refusal = ConfigError("; ".join(f"setting {path}: {message}" for path, _, message, _ in flaws(wrong)))
            refusal.usable = cls.load({name: settings[name] for name in settings if name not in wrong}, environment)
            if wrong.keys() & {"apiKey", "keys"}:  # no key would open what was meant to be locked
                refusal.usable = replace(refusal.usable, api_key=keys.kept(keys.make()), keys={})
            raise refusal from None
        for variable, name in ENVIRONMENT.items():
            if value := environment.get(variable):
                loaded[name] = value
        loaded |= {name: tuple(value) for name, value in loaded.items() if isinstance(value, list)}
        if "grants" in loaded:
            loaded["grants"] = {origin: tuple(names) for origin, names in loaded["grants"].items()}
        if "keys" in loaded:
            loaded["keys"] = {name: Key(key["key"], tuple(key["scopes"])) for name, key in loaded["keys"].items()}
        if "limits" in loaded:
            loaded["limits"] = Limits(**loaded["limits"])
        return cls(**loaded)

    @property
    def is_locked(self) -> bool:
        """Nobody is served without a key."""
        return self.api_key is not None or bool(self.keys)

    @property
    def requires_key(self) -> bool:
        """It is locked by a key that is worth the name: AnkiConnect takes an empty one for none."""
        return bool(self.api_key) or bool(self.keys)

    @property
    def is_remote(self) -> bool:
        """The address is one that other computers reach."""
        return not is_loopback(self.web_bind_address)

    @property
    def address(self) -> str:
        """The address to listen on: no other computer is let in without a key, unless the settings say so."""
        is_safe = not self.is_remote or self.requires_key or self.allow_remote_without_key
        return self.web_bind_address if is_safe else "127.0.0.1"

    def forgetting(self, origin: str) -> Config:
        """As if nothing had ever been said of an origin."""
        return replace(
            self,
            web_cors_origin=None if self.web_cors_origin == origin else self.web_cors_origin,
            web_cors_origin_list=_without(self.web_cors_origin_list, origin),
            ignore_origin_list=_without(self.ignore_origin_list, origin),
            grants={known: names for known, names in self.grants.items() if known != origin},
        )

    def granting(self, origin: str, names: Sequence[str]) -> Config:
        """With an origin that may do what the named sets hold (`registry.GRANTS`), and nothing else."""
        config = self.forgetting(origin)
        return replace(config, grants={**config.grants, origin: tuple(names)})

    def ignoring(self, origin: str) -> Config:
        """With an origin that is denied without asking."""
        config = self.forgetting(origin)
        return replace(config, ignore_origin_list=(*config.ignore_origin_list, origin))

    def knowing(self, extension: str) -> Config:
        """With a browser extension of which the user has been told."""
        return replace(self, known_extensions=(*_without(self.known_extensions, extension), extension))


def with_kept_keys(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings with hashes in the place of keys; what is no key is left for the schema to find."""
    changed = dict(settings)
    if isinstance(key := settings.get("apiKey"), str):
        changed["apiKey"] = keys.kept(key)
    if isinstance(named := settings.get("keys"), Mapping):
        changed["keys"] = {
            name: {**entry, "key": keys.kept(entry["key"])}
            if isinstance(entry, Mapping) and isinstance(entry.get("key"), str)
            else entry
            for name, entry in named.items()
        }
    return changed


def is_loopback(name: str) -> bool:
    """The name, or address, is this computer's own and reached by nobody else."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name.lower() == "localhost" or name.lower().endswith(".localhost")  # RFC 6761, section 6.3


def problems(settings: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with which setting, in words; nothing where all is well."""
    wrong = Settings.variant(tolerant=False).validate(settings)
    return {name: _told(messages) for name, messages in wrong.items()}


def unknown(settings: Mapping[str, Any]) -> list[str]:
    """Names that are no setting's: of another program's perhaps, or misspelt."""
    known = {field.data_key for field in Settings.variant(tolerant=False).fields.values()}
    return [name for name in settings if name not in known | RETIRED]


def _without(texts: tuple[str, ...], text: str) -> tuple[str, ...]:
    return tuple(known for known in texts if known != text)


def _told(messages: Any) -> str:
    """The first thing that is wrong, with its place in the setting where that is not the whole."""
    path, _, message, _ = next(flaws(messages))
    return f"{path}: {message}" if path else message
