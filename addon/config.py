"""The settings, by the names that AnkiConnect gave them, so that a user's own can be copied over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple

from . import keys
from .schemas.base import flaws
from .schemas.config import Settings
from .text.origins import EVERY, is_same, place
from .vendored import marshmallow

ENVIRONMENT = {"webBindAddress": "ANKICONNECT_BIND_ADDRESS", "webCorsOrigin": "ANKICONNECT_CORS_ORIGIN"}
"""Settings over which an environment variable wins."""

RETIRED = frozenset({"apiLogPath", "apiPollInterval", "apiVersion", "webBacklog", "webTimeout"})
"""Settings of AnkiConnect's that have no effect here."""

DEFAULT_HOSTS = ("host.docker.internal",)
"""Names by which containers reach the gateway. The user did not write them."""

CLOSED = {"allowedHosts": [], "webCorsOriginList": [], "askExtensions": True}
"""What is in force while a setting is wrong whose default lets somebody in."""

_NO_KEY = "only the other keys open the gateway; without any, every call is refused"
_NO_ORIGIN = "every web origin is denied"
_EFFECTS = {
    "apiKey": _NO_KEY,
    "keys": _NO_KEY,
    "allowedHosts": "no other name is accepted",
    "webCorsOriginList": "no origin is listed",
    "ignoreOriginList": _NO_ORIGIN,
    "grants": _NO_ORIGIN,
    "askExtensions": "no browser extension is let in unasked",
}
"""The same in words."""
_MEMBER_EFFECTS = {"keys": "these keys open nothing", "grants": "these origins are granted nothing"}
"""The same if only some members of a setting are wrong."""

MOST_KNOWN_EXTENSIONS = 100
"""Entries of `knownExtensions`; the oldest go."""


class ConfigError(ValueError):
    """Settings are wrong; the message names each of them."""

    usable: Config
    """With the closed state, or else the default, in the place of each wrong setting."""
    effects: str
    """A line for each wrong setting: what is wrong, and what is in force instead."""


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
    allowed_hosts: tuple[str, ...] = DEFAULT_HOSTS
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

        Settings of AnkiConnect's that have no meaning here are ignored. Any other unknown name is an error: it may be a
        misspelt setting that was to keep somebody out.
        """
        variables = {name: variable for name, variable in ENVIRONMENT.items() if environment.get(variable)}
        given = {**with_kept_keys(settings), **{name: environment[variable] for name, variable in variables.items()}}
        wrong = _wrong(given)
        if not wrong:
            return cls._of(given)
        texts = {}
        for name, messages in wrong.items():
            place = f"environment variable {variables[name]}, " if name in variables else ""
            rows = flaws({name: messages})
            text = "; ".join(f"{place}setting {path}: {message}" for path, message in rows)
            texts[name] = text.encode(errors="backslashreplace").decode()  # a name may be no valid Unicode
        error = ConfigError("; ".join(texts.values()))
        error.effects = "\n".join(
            f"{text} Until that is corrected, {_effect(given, name, wrong[name])}." for name, text in texts.items()
        )
        error.usable = cls._of(_closed(given, wrong))
        if {_meant(name) for name in wrong} & {"apiKey", "keys"} and not error.usable.is_locked:
            error.usable = replace(error.usable, api_key=keys.NOBODYS)
        raise error

    @classmethod
    def _of(cls, settings: Mapping[str, Any]) -> Config:
        """Settings that are right."""
        loaded = Settings.instance().load(settings)
        loaded |= {name: tuple(value) for name, value in loaded.items() if isinstance(value, list)}
        for name in ("api_key", "web_cors_origin"):
            loaded[name] = loaded.get(name) or None
        if "known_extensions" in loaded:
            loaded["known_extensions"] = loaded["known_extensions"][-MOST_KNOWN_EXTENSIONS:]
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
        return bool(self.api_key or self.keys)

    @property
    def is_remote(self) -> bool:
        """The address is one that other computers reach."""
        return not is_loopback(self.web_bind_address)

    @property
    def address(self) -> str:
        """The address to listen on: no other computer is let in without a key, unless the settings say so."""
        is_safe = not self.is_remote or self.is_locked or self.allow_remote_without_key
        return self.web_bind_address if is_safe else "127.0.0.1"

    @property
    def names(self) -> set[str]:
        """Under which the gateway is called, in lower case."""
        return {name.lower() for name in (self.web_bind_address, *self.allowed_hosts) if name}

    def ignores(self, origin: str) -> bool:
        """The origin is denied without asking, whatever else the settings say of it."""
        return self.denial(origin) is not None

    def denial(self, origin: str) -> str | None:
        """What in `ignoreOriginList` denies the origin."""
        asks = place(origin)
        for entry in self.ignore_origin_list:
            denied = place(entry)
            if entry.strip() == EVERY or entry == origin or (asks and denied and denied.includes(asks)):
                return entry
        return None

    def granted(self, origin: str) -> tuple[str, ...] | None:
        """What `grants` says of the origin (names in `registry.GRANTS`); None if it does not name it."""
        return next((names for known, names in self.grants.items() if is_same(known, origin)), None)

    def forgetting(self, origin: str) -> Config:
        """As if nothing had ever been said of an origin."""
        return replace(
            self,
            web_cors_origin=None if is_same(self.web_cors_origin or "", origin) else self.web_cors_origin,
            web_cors_origin_list=_without(self.web_cors_origin_list, origin),
            ignore_origin_list=_without(self.ignore_origin_list, origin),
            grants={known: self.grants[known] for known in _without(self.grants, origin)},
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
        known = *_without(self.known_extensions, extension), extension
        return replace(self, known_extensions=known[-MOST_KNOWN_EXTENSIONS:])


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
    address = as_address(name)
    return name.lower() == "localhost" if address is None else address.is_loopback


def as_address(text: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a text is, or None. An IPv4 address that is written as one of IPv6 is the IPv4 address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def problems(settings: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with which setting, in words; nothing where all is well."""
    return {name: _told(messages) for name, messages in _wrong(settings).items()}


def _wrong(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The wrong settings and unknown names, with messages as marshmallow has them."""
    wrong: dict[str, Any] = {}
    try:
        Settings.instance().load(settings)
    except marshmallow.ValidationError as error:
        wrong |= error.messages_dict
    for name in settings:
        if name not in _names().values() and name not in RETIRED:
            meant = _meant(name)
            wrong[name] = [f"There is no such setting. Did you mean {meant}?" if meant else "There is no such setting."]
    return wrong


@cache
def _names() -> dict[str, str]:
    """The settings, by their names in lower case."""
    names = (str(field.data_key) for field in Settings.instance().fields.values())
    return {name.lower(): name for name in names}


def _meant(name: str) -> str | None:
    """The setting of a name, or the one that is written most like it."""
    return next((_names()[match] for match in get_close_matches(name.lower(), _names(), 1, 0.7)), None)


def _closed(settings: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without what is wrong in them. Whoever that might keep out is kept out."""
    closed = {name: value for name, value in settings.items() if name not in wrong}
    for name, messages in wrong.items():
        meant = _meant(name)
        if _has_members(settings[name], messages):
            closed[name] = {member: value for member, value in settings[name].items() if member not in messages}
            if name == "grants":
                closed[name] |= {origin: [] for origin in messages}
        elif meant in ("ignoreOriginList", "grants"):
            closed["ignoreOriginList"] = [EVERY, *_texts(settings.get("ignoreOriginList"))]
        elif meant in CLOSED:
            closed[meant] = CLOSED[meant]
    return closed


def _effect(settings: Mapping[str, Any], name: str, messages: Any) -> str:
    """What is in force while a setting is wrong, in words."""
    if name in _MEMBER_EFFECTS and _has_members(settings[name], messages):
        return _MEMBER_EFFECTS[name]
    meant = _meant(name)
    return _EFFECTS.get(meant or "", "its default is used" if name == meant else "it is ignored")


def _has_members(value: Any, messages: Any) -> bool:
    """The messages are about members of an object, so that the others are right."""
    return isinstance(value, Mapping) and isinstance(messages, Mapping)


def _texts(value: Any) -> list[str]:
    members = value if isinstance(value, list) else [value]
    return [member for member in members if isinstance(member, str) and (member.strip() == EVERY or place(member))]


def _without(origins: Iterable[str], origin: str) -> tuple[str, ...]:
    return tuple(known for known in origins if not is_same(known, origin))


def _told(messages: Any) -> str:
    """The first thing that is wrong, with its place in the setting where that is not the whole."""
    path, message = next(flaws(messages))
    return f"{path}: {message}" if path else message
