"""Who may call, and what: decisions over the settings, as pure functions."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from .. import keys
from ..config import Config, is_loopback
from ..rpc.context import Caller
from ..rpc.errors import KeyRequired, PermissionDenied
from ..rpc.registry import EVERYTHING, FOR_ORIGINS, Action, Scope, scopes_of

LOCALHOST = "http://localhost"
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
LOOPBACK = ("http://127.0.0.1", "https://127.0.0.1")
ANY_PORT = re.compile(r"http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")
OPAQUE = "null"
"""What sandboxed frames and local files call themselves: it may be anybody, so it is never allowed."""
NOTHING: frozenset[Scope] = frozenset()


class Verdict(NamedTuple):
    """What an origin may do, and what Access-Control-Allow-Origin says."""

    scopes: frozenset[Scope]
    allow_origin: str


def knows_host(config: Config, host: str | None) -> bool:
    """The Host header names the gateway: a page of a domain that was made to lead here (DNS rebinding) names that.

    Beyond this computer any IP address does, as no domain is one. A missing header is no browser's.
    """
    if host is None:
        return True
    name = name_of(host)
    if is_loopback(name) or name in (known.lower() for known in (config.web_bind_address, *config.allowed_hosts)):
        return True
    return config.is_remote and _is_address(name)


def name_of(host: str) -> str:
    """What a Host header names, without the port; empty where it is none."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def judge(config: Config, origin: str | None, host: str | None = None) -> Verdict:
    """Judge the Origin header; programs that are no browser send none and may do everything.

    An origin that the user lists may do what it may with AnkiConnect, but for files on this computer, and so may the
    gateway's own page, whose origin is where it was opened: a Host header that `knows_host` has let pass.
    """
    listed = {*config.web_cors_origin_list, config.web_cors_origin}
    is_open = "*" in listed
    if origin is None:
        return Verdict(EVERYTHING, "*" if is_open else LOCALHOST)
    granted = scopes_of(config.grants.get(origin, ()))
    if origin != OPAQUE and (is_open or origin in listed):
        return Verdict(FOR_ORIGINS | granted, "*" if is_open else origin)
    if origin == OPAQUE or origin in config.ignore_origin_list:
        return Verdict(NOTHING, LOCALHOST)
    if origin in config.grants:
        return Verdict(granted, origin if granted else LOCALHOST)
    is_local = (
        origin in LOOPBACK
        or (is_extension(origin) and not config.ask_extensions)
        or (config.any_localhost_port and ANY_PORT.fullmatch(origin) is not None)
    )
    if (LOCALHOST in listed and is_local) or origin == f"http://{host}":
        return Verdict(FOR_ORIGINS, origin)
    return Verdict(NOTHING, LOCALHOST)


def is_extension(origin: str) -> bool:
    """The origin is a browser extension's."""
    return origin.startswith(EXTENSIONS)


def is_unasked(config: Config, origin: str) -> bool:
    """A browser extension that is let in because all are: nobody was asked about this one."""
    if not is_extension(origin):
        return False
    named = {*config.web_cors_origin_list, config.web_cors_origin, *config.grants}
    return origin not in named and bool(judge(config, origin).scopes)


def may_ask(config: Config, origin: str | None) -> bool:
    """An origin without permission may ask for it, and a browser may send what it asks by."""
    return origin is not None and origin != OPAQUE and origin not in config.ignore_origin_list


def authorise(config: Config, caller: Caller, action: Action | None) -> Caller:
    """The caller as its key has it, or raise unless it may use the action; None stands for one that does not exist.

    An action that is `keyless` is everybody's: it is how permission is asked for.
    """
    if action is not None and action.keyless:
        return caller
    caller = admit(config, caller)
    if action is not None:
        caller.require(action.scope, f"use {action.name}")
    return caller


def admit(config: Config, caller: Caller) -> Caller:
    """The caller with what its key opens, or raise unless it may do anything at all."""
    if not caller.scopes:
        raise PermissionDenied(f"the origin {caller.origin} is not allowed", origin=caller.origin)
    return identify(config, caller)


def is_known(config: Config, caller: Caller) -> bool:
    """Whether a caller may use more than the public methods: it has permission, and a key if there are keys."""
    try:
        return bool(admit(config, caller).scopes)
    except (KeyRequired, PermissionDenied):
        return False


def recognise(config: Config, caller: Caller) -> Caller:
    """As `identify`, but whoever has no key stays as it is."""
    try:
        return identify(config, caller)
    except KeyRequired:
        return caller


def identify(config: Config, caller: Caller) -> Caller:
    """The caller with what its key opens. Raises KeyRequired where there are keys, and it has none of them."""
    if not config.is_locked:
        return caller
    if config.api_key is not None and keys.matches(config.api_key, caller.key):
        return caller
    names = [name for name, key in config.keys.items() if keys.matches(key.hash, caller.key)]
    if not names:
        raise KeyRequired
    return replace(caller, scopes=caller.scopes & scopes_of(config.keys[names[0]].scopes), key_name=names[0])
