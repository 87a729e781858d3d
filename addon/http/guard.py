"""Who may call: decisions over the settings, as pure functions."""

from __future__ import annotations

import hmac
from typing import NamedTuple

from ..config import Config
from ..rpc.context import Caller
from ..rpc.errors import KeyRequired, PermissionDenied
from ..rpc.registry import Action

LOCALHOST = "http://localhost"
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
LOOPBACK = ("http://127.0.0.1", "https://127.0.0.1")


class Verdict(NamedTuple):
    """Whether an origin is trusted, and what Access-Control-Allow-Origin says."""

    trusted: bool
    allow_origin: str


def judge(config: Config, origin: str | None) -> Verdict:
    """Judge the Origin header as AnkiConnect does; programs that are no browser send none and are trusted."""
    allowed = {*config.web_cors_origin_list, config.web_cors_origin}
    if "*" in allowed:
        return Verdict(True, "*")
    if origin is None:
        return Verdict(True, LOCALHOST)
    if origin in allowed or (LOCALHOST in allowed and _is_local(origin)):
        return Verdict(True, origin)
    return Verdict(False, LOCALHOST)


def _is_local(origin: str) -> bool:
    return origin in LOOPBACK or origin.startswith(("http://127.0.0.1:", *EXTENSIONS))


def authorise(config: Config, caller: Caller, action: Action | None) -> None:
    """Raise unless the caller may use the action; None stands for an action that does not exist.

    An action that is `keyless` is everybody's: it is how permission is asked for.
    """
    if action is not None and action.keyless:
        return
    if not caller.trusted:
        raise PermissionDenied(f"the origin {caller.origin} is not allowed", origin=caller.origin)
    if config.api_key is not None and not _is_same(config.api_key, caller.key):
        raise KeyRequired


def _is_same(expected: str, given: object) -> bool:
    return isinstance(given, str) and hmac.compare_digest(
        expected.encode("utf-8", "surrogatepass"), given.encode("utf-8", "surrogatepass")
    )
