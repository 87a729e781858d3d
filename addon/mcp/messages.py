"""The messages of the Model Context Protocol: reading and checking them, and their errors. Not concerned with HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ..rpc import codec
from ..rpc.errors import InvalidParams, InvalidRequest, ParseError
from . import headers
from .catalogue import Catalogue
from .headers import member
from .inputs import Dialog, Signer, Unsigned
from .replies import Asked, Call, JsonObject
from .resources import Resource
from .subscriptions import Subscription
from .tasks import EXTENSION, AgentTask
from .tools import Tool, ToolAccess

Header = Callable[[str], str | None]
"""Returns a header of the HTTP request by its name; None if it is missing."""

CURRENT = "2026-07-28"
WITH_HANDSHAKE = ("2025-11-25", "2025-06-18")
SUPPORTED = (CURRENT, *WITH_HANDSHAKE)

LISTEN = "subscriptions/listen"
"""The method that opens a stream."""

HEADER_MISMATCH = -32020
MISSING_CAPABILITY = -32021
UNSUPPORTED_VERSION = -32022
RESOURCE_NOT_FOUND = -32002
"""The code in older revisions; the current one uses the code of invalid params."""

_CAPABILITIES_IN_BODY = "io.modelcontextprotocol/clientCapabilities"


class McpRefusal(Exception):
    """A message is answered with an error of the protocol."""

    def __init__(self, code: int, message: str, id: Any = None, **data: Any) -> None:
        super().__init__(message)
        self.code = code
        self.id = id
        self.data = data

    def to_object(self) -> JsonObject:
        """Return the response object with the error."""
        error = {"code": self.code, "message": str(self)} | ({"data": self.data} if self.data else {})
        return {"jsonrpc": "2.0", "id": self.id, "error": error}


class Message(NamedTuple):
    """A request, or a notification, whose id is None."""

    method: str
    params: JsonObject
    id: str | int | None
    is_current: bool
    """The message follows the current revision, which has no handshake."""
    wrapper: JsonObject | None = None
    """The arguments of callTool, if the message replaces a call of it; else None."""

    @property
    def capabilities(self) -> Any:
        """What the client can do, as it has declared in this message; None in older revisions."""
        return member(member(self.params, "_meta"), _CAPABILITIES_IN_BODY) if self.is_current else None

    @property
    def declares_tasks(self) -> bool:
        """Whether the client accepts a task in place of a result."""
        return isinstance(member(member(self.capabilities, "extensions"), EXTENSION), dict)

    @property
    def progress_token(self) -> str | int | None:
        """The token for progress notifications; None if the client wants none."""
        token = member(member(self.params, "_meta"), "progressToken")
        return token if isinstance(token, str | int) and not isinstance(token, bool) else None


class McpRequest(NamedTuple):
    """A request, and what is needed to answer it."""

    message: Message
    catalogue: Catalogue
    tools: Mapping[str, Tool]
    offer: ToolAccess
    call_all: Call
    signer: Signer
    find_task: Callable[[Any], AgentTask | None]
    """Returns a task of the caller by its id; None if there is none."""
    subscription: Subscription | None = None
    """The subscription of the session; None without a session."""

    @property
    def params(self) -> JsonObject:
        return self.message.params

    def asked(self) -> Asked:
        """Return what tools, prompts and resources need. Raises McpRefusal if the state was not made here."""
        try:
            return Asked(self.call_all, self.signer, Dialog(self.signer, self.message.capabilities, self.params))
        except Unsigned:
            raise self.wrong('Invalid params: "requestState" was not made by this server, or is too old') from None

    def reading(self) -> Asked:
        """Like `asked`, for resources and completions: they read nothing that the user has switched off."""
        return self.asked().only(self.offer.is_switched_off)

    def resources(self) -> list[Resource]:
        """Return the resources that are offered: those that need nothing that the user has switched off."""
        return [
            resource
            for resource in self.catalogue.resources
            if not any(map(self.offer.is_switched_off, resource.reads))
        ]

    def refuse(self, code: int, text: str, **data: Any) -> McpRefusal:
        """Return the error to raise for this request."""
        return McpRefusal(code, text, self.message.id, **data)

    def wrong(self, text: str) -> McpRefusal:
        """Return the error to raise for invalid params."""
        return self.refuse(InvalidParams.code, text)


def read(document: codec.Document, header: Header) -> Message | None:
    """Check a parsed body and its headers, and return the message; None for a response, which needs no answer.

    Raises McpRefusal, also for a batch: no supported revision has batches.
    """
    if document.is_empty:
        raise McpRefusal(ParseError.code, "Parse error: the body is empty. Send a message.")
    if problem := document.problem:
        raise McpRefusal(ParseError.code, f"Parse error: {problem}")
    message = document.value
    if not isinstance(message, dict):
        raise McpRefusal(InvalidRequest.code, "Invalid Request: a message must be one object; there are no batches")
    id = message.get("id")
    if "id" in message and (isinstance(id, bool) or not isinstance(id, str | int)):
        raise McpRefusal(InvalidRequest.code, 'Invalid Request: "id" must be a string or an integer')
    if message.get("jsonrpc") != "2.0":
        raise McpRefusal(InvalidRequest.code, 'Invalid Request: "jsonrpc" must be the string "2.0"', id)
    if "method" not in message and ("result" in message or "error" in message):
        return None
    method, params = message.get("method"), message.get("params")
    params = {} if params is None else params
    if not isinstance(method, str):
        raise McpRefusal(InvalidRequest.code, 'Invalid Request: "method" must be a string', id)
    if not isinstance(params, dict):
        raise McpRefusal(InvalidParams.code, 'Invalid params: "params" must be an object', id)
    return Message(method, params, id, _is_current(message, header))


def _is_current(message: JsonObject, header: Header) -> bool:
    id, given, version = message.get("id"), header(headers.VERSION), headers.version_of(message)
    if version is None and (
        given in (None, *WITH_HANDSHAKE) or (message["method"] == "initialize" and given != CURRENT)
    ):
        return False
    if version in (None, given) and given != CURRENT:
        supported = list(SUPPORTED)
        text = f"Unsupported protocol version: {given}. Supported are {', '.join(supported)}."
        raise McpRefusal(UNSUPPORTED_VERSION, text, id, supported=supported, requested=given)
    if "id" not in message:  # the protocol does not define the headers of notifications
        return True
    meta = member(message.get("params"), "_meta")
    for name, kind in ((headers.VERSION_IN_BODY, str), (_CAPABILITIES_IN_BODY, dict)):
        if not isinstance(member(meta, name), kind):
            raise McpRefusal(InvalidParams.code, f"Invalid params: _meta lacks {name}", id)
    for name, value in headers.of(message).items():
        if headers.decode(header(name) or "") != headers.decode(value):
            raise McpRefusal(HEADER_MISMATCH, f"Header mismatch: {name} differs from the body", id)
    return True
