"""Origins: how browsers name the sites, extensions and programs that send requests (RFC 6454, section 6.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

LONGEST_ORIGIN = 300
"""Most characters of an origin; a DNS name has at most 253."""
EVERY = "*"
"""Stands for every origin in a list of origins."""
OPAQUE = "null"
"""The origin of sandboxed frames and local files. Any page can have it, so it is never allowed."""
PAGE_SCHEMES = frozenset(
    {
        *("http", "https", "ws", "wss", "ftp"),
        *("file", "filesystem", "data", "blob", "about", "javascript", "view-source"),
        *("chrome", "chrome-untrusted", "chrome-search", "chrome-error", "isolated-app"),
        *("edge", "brave", "opera", "vivaldi"),
        *("devtools", "resource", "jar"),
        *("content", "capacitor", "ionic"),
        *("vscode-webview", "vscode-resource", "vscode-webview-resource"),
    }
)
"""Schemes under which browsers show pages of third parties, and editors and phones that embed a browser."""
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
FILE = "file://"
"""The origin that some programs use for local files."""
_PORTS = {"http": 80, "https": 443}
_WRITTEN = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\s/?#@:\[\]\\]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#]\S*)?"
)
_PORT = r"(?P<port>0|[1-9][0-9]{0,4})"
_WEB = re.compile(rf"https?://(?P<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::{_PORT})?")
_OTHER = re.compile(rf"(?!https?:)[a-z][a-z0-9+.-]*://[A-Za-z0-9._~-]+(?::{_PORT})?")


def is_origin(text: str) -> bool:
    """Whether the text is an origin as a browser sends it: `scheme://host`, or `scheme://host:port`.

    False for `null`, which any page can have, and for `file://`. Names of the web must be ASCII in lower case, see
    "ASCII serialization of an origin" in https://html.spec.whatwg.org/multipage/browsers.html.
    """
    if len(text) > LONGEST_ORIGIN:
        return False
    web = _WEB.fullmatch(text)
    found = web or _OTHER.fullmatch(text)
    if found is None or int(found["port"] or 0) > 65535:
        return False
    return web is None or _host(web["host"], is_web=True) is not None


def is_extension(text: str) -> bool:
    """Whether the text is the origin of a browser extension."""
    return text.startswith(EXTENSIONS) and is_origin(text)


def is_program(text: str) -> bool:
    """Whether the text is the origin of a desktop program, such as `app://obsidian.md`. No web page can have it."""
    scheme = text.partition("://")[0]
    return is_origin(text) and scheme not in PAGE_SCHEMES and not scheme.endswith("-extension")


class OriginPattern(NamedTuple):
    """The meaning of an entry in a setting: an origin, or a host with or without a port."""

    scheme: str | None
    """None for every scheme."""
    host: str
    """The host as browsers write it, without a trailing dot."""
    port: int | None
    """The port; None for every port. If the entry has a scheme but no port: the default port of the scheme, or None."""

    def includes(self, other: OriginPattern) -> bool:
        """Whether the entry covers this origin."""
        if self.host != other.host or self.scheme not in (None, other.scheme):
            return False
        return self.port == other.port or (self.scheme is None and self.port is None)


@lru_cache(1000)
def parse_origin(text: str) -> OriginPattern | None:
    """Return the meaning of an origin, a host, or an address with a path; None if the text is invalid.

    `null` becomes a host without a scheme, and `file://` a scheme without a host.
    """
    text = text.strip().lower()
    if text == FILE:
        return OriginPattern("file", "", None)
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    scheme, port = found["scheme"], found["port"]
    host = _host(found["host"], is_web=scheme is None or scheme in _PORTS)
    if host is None or int(port or 0) > 65535:
        return None
    return OriginPattern(scheme, host, int(port) if port else _PORTS.get(scheme or ""))


def is_same(origin: str, other: str) -> bool:
    """Whether two texts are equal, or two spellings of the same origin."""
    return origin == other or (parse_origin(origin) or origin) == (parse_origin(other) or other)


def _host(name: str, *, is_web: bool) -> str | None:
    """Return a host as browsers write it, without a trailing dot; None if it is invalid."""
    try:
        if name.startswith("["):
            return IPv6Address(name.strip("[]")).exploded
        if not name.isascii():
            import idna  # noqa: PLC0415 - slow to import; Anki includes it

            name = idna.encode(name, uts46=True).decode()
        name = name.removesuffix(".")
        if is_web and re.fullmatch("[0-9]+|0x[0-9a-f]*", name.rpartition(".")[2]):
            return str(IPv4Address(name))  # browsers convert all other spellings to this one
    except ValueError:
        return None
    is_name = re.fullmatch("[a-z0-9_~.-]*", name) and (not is_web or all(name.split(".")))
    return name if is_name else None
