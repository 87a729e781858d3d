"""The HTTP headers that repeat parts of a message of the Model Context Protocol.

https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#request-metadata
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

VERSION = "MCP-Protocol-Version"
METHOD = "Mcp-Method"
NAME = "Mcp-Name"
SESSION = "Mcp-Session-Id"
"""The session header of the older revisions, which begin with a handshake."""

VERSION_IN_BODY = "io.modelcontextprotocol/protocolVersion"

_NAMED_BY = {
    "tools/call": "name",
    "prompts/get": "name",
    "resources/read": "uri",
    "tasks/get": "taskId",
    "tasks/update": "taskId",
    "tasks/cancel": "taskId",
}
_BEGIN, _END = "=?base64?", "?="


def member(value: Any, name: str) -> Any:
    """Return a member of `value`; None if `value` is no object or has no such member."""
    return value.get(name) if isinstance(value, Mapping) else None


def version_of(message: Any) -> Any:
    """Return the protocol revision that a message names; None in older revisions, whose messages name none."""
    return member(member(member(message, "params"), "_meta"), VERSION_IN_BODY)


def of(message: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers that a client must send with a message of the current revision."""
    found = {VERSION: version_of(message), METHOD: message.get("method")}
    if (name := _NAMED_BY.get(str(found[METHOD]))) is not None:
        found[NAME] = member(message.get("params"), name)
    return {header: encode(value) for header, value in found.items() if isinstance(value, str)}


def encode(value: str) -> str:
    """Return a text as the value of a header: unchanged if that is safe, else in base64."""
    is_plain = value.isascii() and value.isprintable() and value == value.strip() and not value.startswith(_BEGIN)
    return value if is_plain else _BEGIN + base64.b64encode(value.encode("utf-8", "surrogatepass")).decode() + _END


def decode(value: str) -> str | None:
    """Return the text of a header's value; None if the value is malformed."""
    if not (value.startswith(_BEGIN) and value.endswith(_END)):
        return value
    try:
        return base64.b64decode(value[len(_BEGIN) : -len(_END)], validate=True).decode("utf-8", "surrogatepass")
    except (binascii.Error, UnicodeDecodeError):
        return None
