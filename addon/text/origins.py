"""What browsers call the places where pages and extensions come from (RFC 6454, section 6.2)."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address
from typing import NamedTuple

LONGEST_ORIGIN = 300
"""Characters; a name of the DNS has 253 at the most."""
EVERY = "*"
"""Stands for every origin in a list of origins."""
OPAQUE = "null"
"""What sandboxed frames and local files call themselves: it may be anybody, so it is never allowed."""
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
"""Schemes under which browsers, and editors and phones by what they took from browsers, show pages of others."""
EXTENSIONS = ("chrome-extension://", "moz-extension://", "safari-web-extension://")
FILE = "file://"
"""What some programs call local files."""
_PORTS = {"http": 80, "https": 443}
_WRITTEN = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\s/?#@:\[\]\\]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#]\S*)?"
)
_PORT = r"(?P<port>0|[1-9][0-9]{0,4})"
_WEB = re.compile(rf"https?://(?P<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::{_PORT})?")
_OTHER = re.compile(rf"(?!https?:)[a-z][a-z0-9+.-]*://[A-Za-z0-9._~-]+(?::{_PORT})?")


def is_origin(text: str) -> bool:
    """The text is an origin as a browser sends it: `scheme://host`, or `scheme://host:port`.

    `null`, which may be anybody, is none, and neither is `file://`. See also "ASCII serialization of an origin" in
    https://html.spec.whatwg.org/multipage/browsers.html: names of the web are in small letters there, and in ASCII.
    """
    if len(text) > LONGEST_ORIGIN:
        return False
    web = _WEB.fullmatch(text)
    found = web or _OTHER.fullmatch(text)
    if found is None or int(found["port"] or 0) > 65535:
        return False
    return web is None or _host(web["host"], is_web=True) is not None


def is_extension(text: str) -> bool:
    """The text is the origin of a browser extension."""
    return text.startswith(EXTENSIONS) and is_origin(text)


def is_program(text: str) -> bool:
    """The text is the origin of a desktop program, such as `app://obsidian.md`: no web page can have its scheme."""
    scheme = text.partition("://")[0]
    return is_origin(text) and scheme not in PAGE_SCHEMES and not scheme.endswith("-extension")


class OriginPattern(NamedTuple):
    """What a person means by an origin, or by the name of a host with or without a port."""

    scheme: str | None
    """None for every scheme."""
    host: str
    """As browsers write it, but without a last dot, which names the same host."""
    port: int | None
    """The default one where none is written after a scheme; without a scheme None stands for every port."""

    def includes(self, other: OriginPattern) -> bool:
        """Whether an origin is meant."""
        if self.host != other.host or self.scheme not in (None, other.scheme):
            return False
        return self.port == other.port or (self.scheme is None and self.port is None)


@lru_cache(1000)
def place(text: str) -> OriginPattern | None:
    """What a person means who wrote an origin, a host, or an address with a path; None if that cannot be told.

    `null` is a host without a scheme, and `file://` a scheme without a host.
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
    """Two spellings are of one place, or letter by letter the same."""
    return origin == other or (place(origin) or origin) == (place(other) or other)


def _host(name: str, *, is_web: bool) -> str | None:
    """A host as browsers write it, without a last dot; None if it is not valid."""
    try:
        if name.startswith("["):
            return IPv6Address(name.strip("[]")).exploded
        if not name.isascii():
            import idna  # noqa: PLC0415 - it takes a while to load; it comes with Anki

            name = idna.encode(name, uts46=True).decode()
        name = name.removesuffix(".")
        if is_web and re.fullmatch("[0-9]+|0x[0-9a-f]*", name.rpartition(".")[2]):
            return str(IPv4Address(name))  # it has other spellings too, of which browsers make this one
    except ValueError:
        return None
    is_name = re.fullmatch("[a-z0-9_~.-]*", name) and (not is_web or all(name.split(".")))
    return name if is_name else None
