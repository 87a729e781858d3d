"""What callers may do, as pure functions of the settings.

By Host: `knows_host`; by Origin: `check_origin`; by key: `require_any_scope`.
"""

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
HOW_TO_SEND = "Send it in the header `Authorization: Bearer <key>` or `X-API-Key: <key>`."
_WRONG_KEY = (
    "The API key is wrong. Make one in Anki (Tools > AnkiRPC > Keys) or, for the headless server, by `anki-rpc key`."
)


class OriginAccess(NamedTuple):
    """The scopes of an origin, and the value of Access-Control-Allow-Origin for it."""

    scopes: frozenset[Scope]
    allow_origin: str


def knows_host(config: Config, host: str | None) -> bool:
    """Whether the Host header names the gateway.

    This stops DNS rebinding: a page whose domain is made to resolve to this computer sends the name of that domain. If
    the gateway listens to other computers, any IP address is allowed, as it is no domain. A missing header is allowed,
    as browsers always send one.
    """
    if host is None:
        return True
    name = name_of(host)
    return _has_rights(config, name) or name in config.names or name.endswith(".localhost")


def _has_rights(config: Config, name: str) -> bool:
    """Whether a page that is loaded under this name of the gateway is the gateway's own page, and has its rights.

    True for IP addresses, `localhost`, and names in the settings. Programs may call the gateway by other names, such as
    `host.docker.internal` or a name below `localhost`, but these may also resolve to another computer.
    """
    is_written = name in config.names and name not in DEFAULT_HOSTS
    is_beyond = not is_loopback(config.address)
    return is_loopback(name) or is_written or (is_beyond and as_address(name) is not None)


def name_of(host: str) -> str:
    """Return the name in a Host header (RFC 9110, section 7.2), in lower case, without the port; empty if invalid."""
    match = HOST.fullmatch(host)
    if match is None or int(match["port"] or 0) > 65535:
        return ""
    if (address := match["ipv6"]) and as_address(address) is None:
        return ""
    return (address or match["name"]).lower()


def check_origin(
    config: Config, origin: str | None, host: str | None = None, *, is_local: bool = False
) -> OriginAccess:
    """Decide what the sender of an Origin header may do. The first rule that applies wins:

    1. No header: a program other than a browser. It may do everything.
    2. `ignoreOriginList` contains the origin, or it is `null` or too long: nothing.
    3. `webCorsOriginList` or `webCorsOrigin` names the origin: everything but files on this computer, as with
       AnkiConnect, and what `grants` adds. A desktop program that calls from this computer (`is_local`) may use files
       as well, like any other program, unless `grants` names it: then it needs `files` there.
    4. `grants` names the origin: what is granted.
    5. It is the gateway's own page, whose origin is the address where it was opened; or the list contains `*`, or an
       entry that covers this origin: everything but files. Extensions are excluded if each has to ask the user.
    6. Otherwise: nothing.

    If no browser sends such a value as an origin, rule 4 grants nothing, and rule 5 applies only if the list contains
    `*`.
    """
    listed = {*config.web_cors_origin_list, config.web_cors_origin}
    is_open = EVERY in listed
    if origin is None:
        return OriginAccess(EVERYTHING, "*" if is_open else LOCALHOST)
    if origin == OPAQUE or len(origin) > LONGEST_ORIGIN or config.is_denied(origin):
        return OriginAccess(NOTHING, LOCALHOST)
    is_possible, granted, shown = is_origin(origin), config.granted(origin), "*" if is_open else origin
    scopes = scopes_of(granted or ()) if is_possible else NOTHING
    if origin in listed:
        is_desktop = is_local and granted is None and is_program(origin)
        return OriginAccess(EVERYTHING if is_desktop else FOR_ORIGINS | scopes, shown)
    if granted is not None:
        return OriginAccess(scopes, origin if scopes else LOCALHOST)
    is_own = host is not None and origin == f"http://{host}" and _has_rights(config, name_of(host))
    is_covered = LOCALHOST in listed and _is_covered(config, origin)
    is_asked_about = config.ask_extensions and origin.startswith(EXTENSIONS)
    if (is_open or (is_possible and (is_own or is_covered))) and not is_asked_about:
        return OriginAccess(FOR_ORIGINS, shown)
    return OriginAccess(NOTHING, LOCALHOST)


def _is_covered(config: Config, origin: str) -> bool:
    """Whether `http://localhost` in the list covers this origin as well."""
    is_served_here = config.any_localhost_port and ANY_PORT.fullmatch(origin) is not None
    return origin in LOOPBACK or is_served_here or is_extension(origin)


def is_implicitly_allowed(config: Config, origin: str) -> bool:
    """Whether this browser extension is allowed only because all are: the user was never asked about it."""
    if not is_extension(origin):
        return False
    is_named = origin in (*config.web_cors_origin_list, config.web_cors_origin) or config.granted(origin) is not None
    return not is_named and bool(check_origin(config, origin).scopes)


def may_ask(config: Config, origin: str | None) -> bool:
    """Whether an origin without permission may call requestPermission."""
    return origin is not None and is_origin(origin) and not config.is_denied(origin)


def authorise(config: Config, caller: Caller, action: Action | None) -> Caller:
    """Return the caller with the scopes of its key, if it may use the action. Else raises KeyRequired or
    PermissionDenied.

    `action` is None if the named method does not exist. A `public` action is open to every caller: by one of them a
    caller asks for permission.
    """
    if action is not None and action.public:
        return caller
    caller = require_any_scope(config, caller)
    if action is not None:
        for scope in (action.scope, *action.extra_scopes):
            caller.require(scope, action.purpose)
    return caller


def require_any_scope(config: Config, caller: Caller) -> Caller:
    """Return the caller with the scopes of its key. Raises PermissionDenied if its origin may do nothing, and
    KeyRequired as `authenticate` does.
    """
    if not caller.scopes:
        raise PermissionDenied(f"The origin {caller.origin} is not allowed.", origin=caller.origin)
    return authenticate(config, caller)


def is_known(config: Config, caller: Caller) -> bool:
    """Whether the caller may use more than the public methods: it has permission, and a valid key if one is needed."""
    try:
        return bool(require_any_scope(config, caller).scopes)
    except (KeyRequired, PermissionDenied):
        return False


def try_authenticate(config: Config, caller: Caller) -> Caller:
    """Like `authenticate`, but return a caller without a valid key unchanged."""
    try:
        return authenticate(config, caller)
    except KeyRequired:
        return caller


def authenticate(config: Config, caller: Caller) -> Caller:
    """Return the caller with the scopes of its key. Raises KeyRequired if the settings have keys, and it has none of
    them, unless it may call without one.
    """
    if not config.needs_key(is_direct=caller.is_direct and not caller.has_key and caller.stray_key is None):
        return caller
    if config.api_key and keys.matches(config.api_key, caller.key):
        return caller
    names = [name for name, key in config.keys.items() if keys.matches(key.hash, caller.key)]
    if not names:
        raise KeyRequired(_WRONG_KEY if caller.has_key else caller.stray_key or f"An API key is needed. {HOW_TO_SEND}")
    return replace(caller, scopes=caller.scopes & scopes_of(config.keys[names[0]].scopes), key_name=names[0])
