"""What browsers call the places where pages and extensions come from (RFC 6454, section 6.2)."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

LONGEST = 300
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
_PORT = r"(?P<port>0|[1-9][0-9]{0,4})"
_WEB = re.compile(rf"https?://(?P<host>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(?::{_PORT})?")
_OTHER = re.compile(rf"(?!https?:)[a-z][a-z0-9+.-]*://[A-Za-z0-9._~-]+(?::{_PORT})?")


def is_origin(text: str) -> bool:
    """The text is an origin as a browser sends it: `scheme://host`, or `scheme://host:port`.

    `null`, which may be anybody, is none, and neither is `file://`. See also "ASCII serialization of an origin" in
    https://html.spec.whatwg.org/multipage/browsers.html: names of the web are in small letters there, and in ASCII.
    """
    if len(text) > LONGEST:
        return False
    web = _WEB.fullmatch(text)
    found = web or _OTHER.fullmatch(text)
    if found is None or int(found["port"] or 0) > 65535:
        return False
    return web is None or _is_host(web["host"])


def is_extension(text: str) -> bool:
    """The text is the origin of a browser extension."""
    return text.startswith(EXTENSIONS) and is_origin(text)


def is_program(text: str) -> bool:
    """The text is the origin of a desktop program, such as `app://obsidian.md`: no web page can have its scheme."""
    scheme = text.partition("://")[0]
    return is_origin(text) and scheme not in PAGE_SCHEMES and not scheme.endswith("-extension")


def plain(text: str) -> str:
    """An origin that a person wrote, as browsers write it: in small letters, without a last slash or a default port."""
    shown = text.strip().lower().rstrip("/")
    return shown.removesuffix(":443" if shown.startswith("https:") else ":80")


def _is_host(name: str) -> bool:
    if not name.startswith("["):
        return all(name.removesuffix(".").split("."))
    try:
        return bool(IPv6Address(name[1:-1]))
    except ValueError:
        return False
