"""Who may call, and what: decisions over the settings, as pure functions."""

from __future__ import annotations

import hmac
from typing import NamedTuple

from ..config import Config
from ..rpc.context import Caller
from ..rpc.errors import KeyRequired, PermissionDenied
from ..rpc.registry import EVERYTHING, FOR_ORIGINS, GRANTS, Action, Scope

LOCALHOST = "http://localhost"
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
LOOPBACK = ("http://127.0.0.1", "https://127.0.0.1")
NOTHING: frozenset[Scope] = frozenset()


class Verdict(NamedTuple):
    """What an origin may do, and what Access-Control-Allow-Origin says."""

    scopes: frozenset[Scope]
    allow_origin: str


def judge(config: Config, origin: str | None) -> Verdict:
    """Judge the Origin header; programs that are no browser send none and may do everything.

    An origin that the user lists may do what it may with AnkiConnect, but for files on this computer.
    """
    listed = {*config.web_cors_origin_list, config.web_cors_origin}
    is_open = "*" in listed
    if origin is None:
        return Verdict(EVERYTHING, "*" if is_open else LOCALHOST)
    if is_open or origin in listed:
        return Verdict(FOR_ORIGINS, "*" if is_open else origin)
    if origin in config.ignore_origin_list:
        return Verdict(NOTHING, LOCALHOST)
    if origin in config.grants:
        scopes = NOTHING.union(*(GRANTS[name] for name in config.grants[origin]))
        return Verdict(scopes, origin if scopes else LOCALHOST)
    if LOCALHOST in listed and (origin in LOOPBACK or (is_extension(origin) and not config.ask_extensions)):
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
    if not caller.scopes:
        raise PermissionDenied(f"the origin {caller.origin} is not allowed", origin=caller.origin)
    if config.api_key is not None and not _is_same(config.api_key, caller.key):
        raise KeyRequired
    if action is not None and not caller.may(action.scope):
        message = f"the origin {caller.origin} is not allowed to use {action.name}"
        raise PermissionDenied(message, origin=caller.origin, scope=action.scope.value)


def _is_same(expected: str, given: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(
        expected.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass")
    )
