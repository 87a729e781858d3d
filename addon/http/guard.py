"""Who may call, and what: decisions over the settings, as pure functions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from .. import keys
from ..config import DEFAULT_HOSTS, Config, as_address, is_loopback
from ..rpc.caller import Caller
from ..rpc.errors import KeyRequired, PermissionDenied
from ..rpc.registry import Action
from ..rpc.scopes import EVERYTHING, FOR_ORIGINS, Scope, scopes_of
from ..text.origins import EVERY, EXTENSIONS, LONGEST_ORIGIN, OPAQUE, is_extension, is_origin, is_program

LOCALHOST = "http://localhost"
LOOPBACK = ("http://127.0.0.1", "https://127.0.0.1")
ANY_PORT = re.compile(r"http://(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")
_NAME = r"[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)*\.?"
_IPV6 = r"[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*"
HOST = re.compile(rf"(?:(?P<name>{_NAME})|\[(?P<ipv6>{_IPV6})\])(?::(?P<port>[0-9]{{0,5}}))?")
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
    return _has_rights(config, name) or name in config.names or name.endswith(".localhost")


def _has_rights(config: Config, name: str) -> bool:
    """Pages at that name of the gateway are its own.

    The name is an address, `localhost`, or one that the user wrote. Others only call the gateway by their name: another
    computer may be meant by `host.docker.internal` and by names below `localhost`, which are looked up.
    """
    is_written = name in config.names and name not in DEFAULT_HOSTS
    is_beyond = not is_loopback(config.address)
    return is_loopback(name) or is_written or (is_beyond and as_address(name) is not None)


def name_of(host: str) -> str:
    """What a Host header (RFC 9110, section 7.2) names, in lower case, without the port; empty if it is not valid."""
    match = HOST.fullmatch(host)
    if match is None or int(match["port"] or 0) > 65535:
        return ""
    if (address := match["ipv6"]) and as_address(address) is None:
        return ""
    return (address or match["name"]).lower()


def judge(config: Config, origin: str | None, host: str | None = None, *, is_local: bool = False) -> Verdict:
    """Judge the Origin header; programs that are no browser send none and may do everything.

    An origin that the user lists may do what it may with AnkiConnect, but for files on this computer, and so may the
    gateway's own page, whose origin is where it was opened. `ignoreOriginList` wins over all else, and what names an
    origin over what stands for many. What no browser sends as an origin counts only where it is listed.

    A desktop program that the user lists may use files as well if it calls from this computer (`is_local`), as any
    other program may. If `grants` names it, it needs `files` there.
    """
    listed = {*config.web_cors_origin_list, config.web_cors_origin}
    is_open = EVERY in listed
    if origin is None:
        return Verdict(EVERYTHING, "*" if is_open else LOCALHOST)
    if origin == OPAQUE or len(origin) > LONGEST_ORIGIN or config.ignores(origin):
        return Verdict(NOTHING, LOCALHOST)
    is_possible, granted, shown = is_origin(origin), config.granted(origin), "*" if is_open else origin
    scopes = scopes_of(granted or ()) if is_possible else NOTHING
    if origin in listed:
        is_desktop = is_local and granted is None and is_program(origin)
        return Verdict(EVERYTHING if is_desktop else FOR_ORIGINS | scopes, shown)
    if granted is not None:
        return Verdict(scopes, origin if scopes else LOCALHOST)
    is_own = host is not None and origin == f"http://{host}" and _has_rights(config, name_of(host))
    is_covered = LOCALHOST in listed and _is_covered(config, origin)
    is_asked_about = config.ask_extensions and origin.startswith(EXTENSIONS)
    if (is_open or (is_possible and (is_own or is_covered))) and not is_asked_about:
        return Verdict(FOR_ORIGINS, shown)
    return Verdict(NOTHING, LOCALHOST)


def _is_covered(config: Config, origin: str) -> bool:
    """`http://localhost` in the list stands for this origin as well."""
    is_served_here = config.any_localhost_port and ANY_PORT.fullmatch(origin) is not None
    return origin in LOOPBACK or is_served_here or is_extension(origin)


def is_unasked(config: Config, origin: str) -> bool:
    """A browser extension that is let in because all are: nobody was asked about this one."""
    if not is_extension(origin):
        return False
    is_named = origin in (*config.web_cors_origin_list, config.web_cors_origin) or config.granted(origin) is not None
    return not is_named and bool(judge(config, origin).scopes)


def may_ask(config: Config, origin: str | None) -> bool:
    """An origin without permission may ask for it, and a browser may send what it asks by."""
    return origin is not None and is_origin(origin) and not config.ignores(origin)


def authorise(config: Config, caller: Caller, action: Action | None) -> Caller:
    """The caller as its key has it, or raise unless it may use the action; None stands for one that does not exist.

    An action that is `public` is open to everybody: it is how a caller asks for permission.
    """
    if action is not None and action.public:
        return caller
    caller = admit(config, caller)
    if action is not None:
        for scope in (action.scope, *action.also):
            caller.require(scope, f"use {action.name}")
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
    if config.api_key and keys.matches(config.api_key, caller.key):
        return caller
    names = [name for name, key in config.keys.items() if keys.matches(key.hash, caller.key)]
    if not names:
        raise KeyRequired
    return replace(caller, scopes=caller.scopes & scopes_of(config.keys[names[0]].scopes), key_name=names[0])
