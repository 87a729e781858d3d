"""Who may call, and what: decisions over the settings, as pure functions."""

from __future__ import annotations

import hmac
import re
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from ..config import Config, is_loopback
from ..rpc.context import Caller
from ..rpc.errors import KeyRequired, PermissionDenied
from ..rpc.registry import EVERYTHING, FOR_ORIGINS, GRANTS, Action, Scope

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
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if is_loopback(name) or name in (known.lower() for known in (config.web_bind_address, *config.allowed_hosts)):
        return True
    return config.is_remote and _is_address(name)


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
    if origin != OPAQUE and (is_open or origin in listed):
        return Verdict(FOR_ORIGINS, "*" if is_open else origin)
    if origin == OPAQUE or origin in config.ignore_origin_list:
        return Verdict(NOTHING, LOCALHOST)
    if origin in config.grants:
        scopes = NOTHING.union(*(GRANTS[name] for name in config.grants[origin]))
        return Verdict(scopes, origin if scopes else LOCALHOST)
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


def authorise(config: Config, caller: Caller, action: Action | None) -> None:
    """Raise unless the caller may use the action; None stands for an action that does not exist.

    An action that is `keyless` is everybody's: it is how permission is asked for.
    """
    if action is not None and action.keyless:
        return
    admit(config, caller)
    if action is not None:
        require(caller, action.scope, action.name)


def admit(config: Config, caller: Caller) -> None:
    """Raise unless the caller may do anything at all, and has the key where there is one."""
    if not caller.scopes:
        raise PermissionDenied(f"the origin {caller.origin} is not allowed", origin=caller.origin)
    if config.api_key is not None and not _is_same(config.api_key, caller.key):
        raise KeyRequired


def require(caller: Caller, scope: Scope, what: str) -> None:
    """Raise unless the caller has a scope; `what` is the thing that needs it."""
    if not caller.may(scope):
        message = f"the origin {caller.origin} is not allowed to use {what}"
        raise PermissionDenied(message, origin=caller.origin, scope=scope.value)


def _is_same(expected: str, given: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(
        expected.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass")
    )
