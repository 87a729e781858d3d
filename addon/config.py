"""The settings. They keep AnkiConnect's names, so a user can copy theirs over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, NamedTuple

from . import keys
from .schemas.base import flaws
from .schemas.config import LimitSettings, Settings
from .text.origins import EVERY, is_same, parse_origin
from .text.plain import joined
from .text.similar import did_you_mean, similar
from .vendored import marshmallow

ENVIRONMENT = {"webBindAddress": "ANKICONNECT_BIND_ADDRESS", "webCorsOrigin": "ANKICONNECT_CORS_ORIGIN"}
"""Settings that an environment variable overrides."""

RETIRED = frozenset({"apiLogPath", "apiPollInterval", "apiVersion", "webBacklog", "webTimeout"})
"""AnkiConnect's settings that have no effect here."""

DEFAULT_HOSTS = ("host.docker.internal",)
"""Names by which containers reach the gateway: defaults, not written by the user."""

CLOSED = {"allowedHosts": [], "webCorsOriginList": [], "askExtensions": True}
"""The values in force while one of these settings is wrong: their defaults would let callers in."""

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
"""What is in force while a setting is wrong, in words."""
_MEMBER_EFFECTS = {"keys": "these keys open nothing", "grants": "these origins are granted nothing"}
"""The same if only some members of the setting are wrong."""

MOST_KNOWN_EXTENSIONS = 100
"""Limit of `knownExtensions`; the oldest entries are dropped."""


class ConfigError(ValueError):
    """Some settings are wrong. The message names each of them."""

    usable: Config
    """The settings with each wrong one replaced: by its value in `CLOSED`, or else by its default."""
    effects: str
    """One line for each wrong setting: what is wrong, and what is in force instead."""


class Key(NamedTuple):
    """A named key: its stored hash and its scopes (names in `registry.GRANTS`)."""

    hash: str
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much callers may send and hold. A call beyond a limit is rejected; other calls are not affected."""

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
    """The settings in force. Immutable: each change returns a new object."""

    api_key: str | None = None
    """The stored hash of the key that grants everything."""
    web_bind_address: str = "127.0.0.1"
    web_bind_port: int = 8765
    web_cors_origin: str | None = None
    web_cors_origin_list: tuple[str, ...] = ("http://localhost",)
    ignore_origin_list: tuple[str, ...] = ()
    grants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ask_extensions: bool = False
    known_extensions: tuple[str, ...] = ()
    prevent_app_nap: bool = True
    sync_after_writes: int = 0
    allowed_hosts: tuple[str, ...] = DEFAULT_HOSTS
    allowed_folders: tuple[str, ...] = ()
    allowed_download_hosts: tuple[str, ...] = ()
    any_localhost_port: bool = False
    allow_remote_without_key: bool = False
    keys: Mapping[str, Key] = field(default_factory=dict)
    local_programs_without_key: bool = False
    limits: Limits = Limits()
    mcp_all_tools: bool = False
    mcp_allow_destructive: bool = False
    mcp_confirm_destructive: bool = False
    mcp_read_only: bool = False
    mcp_structured_results: bool = False
    mcp_tools: tuple[str, ...] = ()
    extensions: tuple[str, ...] = ()

    @classmethod
    def load(cls, settings: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Config:
        """Read the settings, overridden by the environment. Raises ConfigError.

        AnkiConnect's settings without a meaning here are ignored. Any other unknown name is an error: it may be a
        misspelt setting that was meant to restrict access.
        """
        variables = {name: variable for name, variable in ENVIRONMENT.items() if environment.get(variable)}
        given = {**with_kept_keys(settings), **{name: environment[variable] for name, variable in variables.items()}}
        wrong = _wrong(given)
        if not wrong:
            return cls._of(given)
        texts = {}
        for name, messages in wrong.items():
            parse_origin = f"environment variable {variables[name]}, " if name in variables else ""
            rows = flaws({name: messages})
            text = joined([f"{parse_origin}setting {path}: {message}" for path, message in rows])
            texts[name] = text.encode(errors="backslashreplace").decode()  # a name may be invalid Unicode
        error = ConfigError(joined([*texts.values()]))
        error.effects = "\n".join(
            f"{text} Until that is corrected, {_effect(given, name, wrong[name])}." for name, text in texts.items()
        )
        error.usable = cls._of(_closed(given, wrong))
        if {_meant(name) for name in wrong} & {"apiKey", "keys"} and not error.usable.is_locked:
            error.usable = replace(error.usable, api_key=keys.NO_KEYS_HASH)
        raise error

    @classmethod
    def _of(cls, settings: Mapping[str, Any]) -> Config:
        """Make a Config of settings that are valid."""
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
        """Whether every call needs a key."""
        return bool(self.api_key or self.keys)

    def needs_key(self, *, is_direct: bool) -> bool:
        """Whether a caller needs a key. `is_direct`: see `Caller`."""
        return self.is_locked and not (is_direct and self.local_programs_without_key)

    @property
    def is_remote(self) -> bool:
        """Whether other computers can reach the address in the settings."""
        return not is_loopback(self.web_bind_address)

    @property
    def address(self) -> str:
        """The address to listen on: this computer only, if no key is set and the settings do not allow that."""
        is_safe = not self.is_remote or self.is_locked or self.allow_remote_without_key
        return self.web_bind_address if is_safe else "127.0.0.1"

    @property
    def names(self) -> set[str]:
        """The host names under which callers reach the gateway, in lower case."""
        return {name.lower() for name in (self.web_bind_address, *self.allowed_hosts) if name}

    def is_denied(self, origin: str) -> bool:
        """Whether the origin is denied without asking the user, whatever the other settings say about it."""
        return self.deny_rule_for(origin) is not None

    def deny_rule_for(self, origin: str) -> str | None:
        """Return the entry of `ignoreOriginList` that denies the origin; None if there is none."""
        asks = parse_origin(origin)
        for entry in self.ignore_origin_list:
            denied = parse_origin(entry)
            if entry.strip() == EVERY or entry == origin or (asks and denied and denied.includes(asks)):
                return entry
        return None

    def granted(self, origin: str) -> tuple[str, ...] | None:
        """Return what `grants` allows the origin (names in `registry.GRANTS`); None if it does not name the origin."""
        return next((names for known, names in self.grants.items() if is_same(known, origin)), None)

    def without_origin(self, origin: str) -> Config:
        """Return the settings without any entry for the origin."""
        return replace(
            self,
            web_cors_origin=None if is_same(self.web_cors_origin or "", origin) else self.web_cors_origin,
            web_cors_origin_list=_without(self.web_cors_origin_list, origin),
            ignore_origin_list=_without(self.ignore_origin_list, origin),
            grants={known: self.grants[known] for known in _without(self.grants, origin)},
        )

    def with_grant(self, origin: str, names: Sequence[str]) -> Config:
        """Return the settings with exactly these sets of scopes granted to the origin (names in `registry.GRANTS`)."""
        config = self.without_origin(origin)
        return replace(config, grants={**config.grants, origin: tuple(names)})

    def with_denied(self, origin: str) -> Config:
        """Return the settings with the origin denied without asking."""
        config = self.without_origin(origin)
        return replace(config, ignore_origin_list=(*config.ignore_origin_list, origin))

    def with_known_extension(self, extension: str) -> Config:
        """Return the settings with a browser extension that the user has been notified about."""
        known = *_without(self.known_extensions, extension), extension
        return replace(self, known_extensions=known[-MOST_KNOWN_EXTENSIONS:])


def with_kept_keys(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings with each key replaced by its hash. Any other value stays, for the schema to reject."""
    changed = dict(settings)
    if isinstance(key := settings.get("apiKey"), str):
        changed["apiKey"] = keys.hash_key(key)
    if isinstance(named := settings.get("keys"), Mapping):
        changed["keys"] = {
            name: {**entry, "key": keys.hash_key(entry["key"])}
            if isinstance(entry, Mapping) and isinstance(entry.get("key"), str)
            else entry
            for name, entry in named.items()
        }
    return changed


@lru_cache(maxsize=32)  # parsing an address takes as long as the rest of a check, and a request needs several
def is_loopback(name: str) -> bool:
    """Whether a host name or address can be reached from this computer only."""
    address = as_address(name)
    return name.lower() == "localhost" if address is None else address.is_loopback


def as_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an IP address; None if the text is none. An IPv4-mapped IPv6 address becomes the IPv4 address."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class SettingInfo(NamedTuple):
    """What a form needs to know about a setting, or about a limit in `limits`."""

    attribute: str
    """Its name in Config or Limits."""
    meaning: str
    """Its description, in Markdown."""
    span: tuple[int, int] | None
    """The least and the largest number; None if it is no number in a range."""


def known_settings() -> dict[str, SettingInfo]:
    """Return all settings by their names in the file."""
    return _infos(Settings)


def known_limits() -> dict[str, SettingInfo]:
    """Return all limits by their names in the setting `limits`."""
    return _infos(LimitSettings)


@cache
def _infos(schema: type[Settings | LimitSettings]) -> dict[str, SettingInfo]:
    infos = {}
    for attribute, known in schema.instance().fields.items():
        spans = [(rule.min, rule.max) for rule in known.validators if isinstance(rule, marshmallow.validate.Range)]
        span = spans[0] if spans else None
        infos[str(known.data_key)] = SettingInfo(attribute, known.metadata["description"], span)
    return infos


def problems(settings: Mapping[str, Any]) -> dict[str, str]:
    """Return the problem with each wrong setting, in words; empty if all are valid."""
    return {name: _told(messages) for name, messages in _wrong(settings).items()}


def _wrong(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wrong settings and the unknown names, with marshmallow's messages."""
    wrong: dict[str, Any] = {}
    try:
        Settings.instance().load(settings)
    except marshmallow.ValidationError as error:
        wrong |= error.messages_dict
    for name in settings:
        if name not in _names() and name not in RETIRED:
            meant = _meant(name)
            wrong[name] = [f"There is no such setting.{did_you_mean([meant] if meant else [])}"]
    return wrong


@cache
def _names() -> tuple[str, ...]:
    """The names of the settings."""
    return tuple(str(field.data_key) for field in Settings.instance().fields.values())


def _meant(name: str) -> str | None:
    """Return the setting of this name, or the one with the most similar name; None if no name is similar."""
    return next(iter(similar(name, _names(), 1)), None)


def _closed(settings: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings without their wrong parts, and closed to every caller that these might have kept out."""
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
    """Return what is in force while the setting is wrong, in words."""
    if name in _MEMBER_EFFECTS and _has_members(settings[name], messages):
        return _MEMBER_EFFECTS[name]
    meant = _meant(name)
    return _EFFECTS.get(meant or "", "its default is used" if name == meant else "it is ignored")


def _has_members(value: Any, messages: Any) -> bool:
    """Whether the messages are about members of an object, so its other members are valid."""
    return isinstance(value, Mapping) and isinstance(messages, Mapping)


def _texts(value: Any) -> list[str]:
    members = value if isinstance(value, list) else [value]
    return [
        member for member in members if isinstance(member, str) and (member.strip() == EVERY or parse_origin(member))
    ]


def _without(origins: Iterable[str], origin: str) -> tuple[str, ...]:
    return tuple(known for known in origins if not is_same(known, origin))


def _told(messages: Any) -> str:
    """Return the first message, with its path inside the setting if it is about a part."""
    path, message = next(flaws(messages))
    return f"{path}: {message}" if path else message
