"""The Model Context Protocol (https://modelcontextprotocol.io): messages are translated to calls of actions and back.

In the current revision each message is complete in itself. Older revisions begin with a handshake; no other difference
matters here. This module is not concerned with HTTP or permissions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..rpc import codec
from ..rpc.errors import ActionError, InternalError, InvalidParams, InvalidRequest, MethodNotFound, ParseError
from ..rpc.operations import ProgressReport
from ..text.similar import did_you_mean, similar
from ..version import VERSION
from . import headers
from .catalogue import INSTRUCTIONS, PROMPTS, RESOURCES, Prompt, Resource
from .headers import member
from .tools import Tool, ToolAccess, allowed_by, truncate

JsonObject = dict[str, Any]
Call = Callable[[str, JsonObject], JsonObject]
"""Calls a JSON-RPC method with params, and returns the response object."""
Header = Callable[[str], str | None]
"""Returns a header of the HTTP request by its name; None if it is missing."""

CURRENT = "2026-07-28"
WITH_HANDSHAKE = ("2025-11-25", "2025-06-18")
SUPPORTED = (CURRENT, *WITH_HANDSHAKE)

CAPABILITIES: JsonObject = {"tools": {}, "resources": {}, "prompts": {}}
SERVER = {"name": "anki-rpc", "title": "AnkiRPC", "version": VERSION}

HEADER_MISMATCH = -32020
UNSUPPORTED_VERSION = -32022
RESOURCE_NOT_FOUND = -32002
"""The code in older revisions; the current one uses the code of invalid params."""

_CAPABILITIES_IN_BODY = "io.modelcontextprotocol/clientCapabilities"
_SERVER_IN_BODY = "io.modelcontextprotocol/serverInfo"

_TTL_MS = {
    "server/discover": 60_000,
    "tools/list": 60_000,
    "resources/list": 60_000,
    "resources/templates/list": 60_000,
    "prompts/list": 60_000,
    "resources/read": 0,
}
"""Milliseconds for which a client may cache a result: the settings and the caller's permissions can change."""


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

    @property
    def progress_token(self) -> str | int | None:
        """The token for progress notifications; None if the client wants none."""
        token = member(member(self.params, "_meta"), "progressToken")
        return token if isinstance(token, str | int) and not isinstance(token, bool) else None


class McpRequest(NamedTuple):
    """A request, and what is needed to answer it."""

    message: Message
    tools: Mapping[str, Tool]
    offer: ToolAccess
    call: Call

    @property
    def params(self) -> JsonObject:
        return self.message.params

    def refuse(self, code: int, text: str, **data: Any) -> McpRefusal:
        """Return the error to raise for this request."""
        return McpRefusal(code, text, self.message.id, **data)

    def wrong(self, text: str) -> McpRefusal:
        """Return the error to raise for invalid params."""
        return self.refuse(InvalidParams.code, text)


# --- in ---


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
    if message["method"] == "initialize" or (version is None and given in (None, *WITH_HANDSHAKE)):
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


# --- out ---


def respond(message: Message, result: JsonObject) -> JsonObject:
    """The response to a request."""
    if message.is_current:
        result = {"resultType": "complete", "_meta": {_SERVER_IN_BODY: SERVER}, **result}
        if (fresh := _TTL_MS.get(message.method)) is not None:
            result |= {"ttlMs": fresh, "cacheScope": "private"}
    return {"jsonrpc": "2.0", "id": message.id, "result": result}


def progress(token: str | int | None, number: int, far: ProgressReport) -> JsonObject:
    """Return the progress notification: the number of items, or Anki's progress text.

    The protocol requires rising numbers, but Anki starts again in each of its stages. So with Anki's text, `progress`
    counts the notifications.
    """
    params: JsonObject = {"progressToken": token, "progress": number}
    if far.text is None:
        params |= {"progress": far.done, "total": far.total}
    else:
        params["message"] = far.text if far.total is None else f"{far.text} ({far.done} of {far.total})"
    return {"jsonrpc": "2.0", "method": "notifications/progress", "params": params}


def answer(request: McpRequest) -> JsonObject:
    """Return the result of a request. Raises McpRefusal."""
    message = request.message
    give = _ANSWERS.get(message.method) or (_NOW if message.is_current else _BEFORE).get(message.method)
    if give is None:
        raise request.refuse(MethodNotFound.code, _method_not_found(request))
    if message.method.endswith("/list") and message.params.get("cursor"):
        raise request.wrong('Invalid params: "cursor" is unknown; leave it out, as each list has only one page')
    return give(request)


def _method_not_found(request: McpRequest) -> str:
    name, message = request.message.method, request.message
    if name in request.tools:
        return f"Method not found: {name}. It is a tool: send the method tools/call, with the tool's name in params."
    names = [*_ANSWERS, *(_NOW if message.is_current else _BEFORE)]
    return f"Method not found: {name}.{did_you_mean(similar(name, names)) or ' There are ' + ', '.join(names) + '.'}"


def _initialize(request: McpRequest) -> JsonObject:
    wanted = request.params.get("protocolVersion")
    return {
        "protocolVersion": wanted if wanted in WITH_HANDSHAKE else WITH_HANDSHAKE[0],
        "capabilities": CAPABILITIES,
        "serverInfo": SERVER,
        "instructions": INSTRUCTIONS,
    }


def _discover(request: McpRequest) -> JsonObject:
    return {"supportedVersions": SUPPORTED, "capabilities": CAPABILITIES, "instructions": INSTRUCTIONS}


def _pong(request: McpRequest) -> JsonObject:
    return {}


# --- tools ---


def _list_tools(request: McpRequest) -> JsonObject:
    offered = [tool for tool in request.tools.values() if tool.is_offered(request.offer)]
    return {"tools": [tool.definition if request.offer.destructive else tool.safe_definition for tool in offered]}


def _call_tool(request: McpRequest) -> JsonObject:
    name, arguments = request.params.get("name"), request.params.get("arguments")
    arguments = {} if arguments is None else arguments
    if not isinstance(name, str):
        raise request.wrong('Invalid params: "name" must be a string, the name of a tool; tools/list lists them')
    if not isinstance(arguments, dict):
        raise request.wrong('Invalid params: "arguments" must be an object, and not JSON as a string')
    tool = request.tools.get(name)
    if tool is None:
        offered = [tool.name for tool in request.tools.values() if tool.is_offered(request.offer)]
        raise request.wrong(_unknown("tool", name, offered))
    if setting := tool.blocking_setting(request.offer):
        raise request.wrong(f"Unknown tool: {name}. {allowed_by(setting)}")
    try:
        response = request.call(name, tool.params(arguments, request.offer))
    except ActionError as error:
        return _failure(error.to_object())
    return _failure(response["error"]) if "error" in response else _success(tool.structured(response["result"]))


def _unknown(what: str, name: str, names: Sequence[str]) -> str:
    otherwise = f" {what}s/list lists all {what}s."
    return f"Unknown {what}: {name}.{did_you_mean(similar(name, names)) or otherwise}"


def _success(structured: JsonObject) -> JsonObject:
    return {"content": [_text(codec.dumps(structured).decode())], "structuredContent": structured, "isError": False}


def _failure(error: Mapping[str, Any]) -> JsonObject:
    """Return an error as content, from which the model can correct its call: the message, the kind and all data."""
    shown = truncate({"message": error["message"], **error["data"]}, "Correct these first.")
    return {"content": [_text(codec.dumps({"error": shown.pop("result"), **shown}).decode())], "isError": True}


def _text(text: str) -> JsonObject:
    return {"type": "text", "text": text}


# --- resources ---


def _list_resources(request: McpRequest) -> JsonObject:
    return {"resources": [_resource(found, "uri") for found in RESOURCES if found.param is None]}


def _list_templates(request: McpRequest) -> JsonObject:
    return {"resourceTemplates": [_resource(found, "uriTemplate") for found in RESOURCES if found.param]}


def _resource(resource: Resource, address: str) -> JsonObject:
    return {
        address: resource.uri,
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "mimeType": "application/json",
    }


def _read_resource(request: McpRequest) -> JsonObject:
    uri = request.params.get("uri")
    if not isinstance(uri, str):
        raise request.wrong('Invalid params: "uri" must be a string; resources/list lists the resources')
    call = _call_of(uri)
    response: JsonObject = request.call(*call) if call else {"result": _NO_SUCH}
    if "error" in response:
        error = response["error"]
        raise request.refuse(InternalError.code, error["message"], **error["data"])
    if response["result"] == _NO_SUCH:
        code = InvalidParams.code if request.message.is_current else RESOURCE_NOT_FOUND
        lists = "resources/list and resources/templates/list list all."
        raise request.refuse(code, f"Resource not found: {uri}. {lists}", uri=uri)
    text = codec.dumps(truncate(response["result"], "Call a tool to read less at a time.")).decode()
    return {"contents": [{"uri": uri, "mimeType": "application/json", "text": text}]}


_NO_SUCH: list[JsonObject] = [{}]
"""The result of actions for an id that does not exist."""


def _call_of(uri: str) -> tuple[str, JsonObject] | None:
    """Return the method and params of the action that reads a resource; None if there is no such resource."""
    for resource in RESOURCES:
        pattern = re.sub(r"\\{\w+\\}", "([0-9]{1,18})", re.escape(resource.uri))
        if found := re.fullmatch(pattern, uri):
            return resource.method, {resource.param: [int(found[1])]} if resource.param else {}
    return None


# --- prompts ---


def _list_prompts(request: McpRequest) -> JsonObject:
    return {"prompts": [_prompt(prompt) for prompt in PROMPTS]}


def _prompt(prompt: Prompt) -> JsonObject:
    return {
        "name": prompt.name,
        "title": prompt.title,
        "description": prompt.description,
        "arguments": [
            {"name": argument.name, "description": argument.description, "required": argument.default is None}
            for argument in prompt.arguments
        ],
    }


def _get_prompt(request: McpRequest) -> JsonObject:
    name = request.params.get("name")
    if not isinstance(name, str):
        raise request.wrong('Invalid params: "name" must be a string, the name of a prompt; prompts/list lists them')
    prompt = next((prompt for prompt in PROMPTS if prompt.name == name), None)
    if prompt is None:
        raise request.wrong(_unknown("prompt", name, [prompt.name for prompt in PROMPTS]))
    values = {}
    for argument in prompt.arguments:
        value = member(request.params.get("arguments"), argument.name) or argument.default
        if not isinstance(value, str):
            raise request.wrong(f"Invalid params: the argument {argument.name} must be a string")
        values[argument.name] = value
    content = _text(prompt.text.format(**values))
    return {"description": prompt.description, "messages": [{"role": "user", "content": content}]}


_ANSWERS: Mapping[str, Callable[[McpRequest], JsonObject]] = {
    "tools/list": _list_tools,
    "tools/call": _call_tool,
    "resources/list": _list_resources,
    "resources/templates/list": _list_templates,
    "resources/read": _read_resource,
    "prompts/list": _list_prompts,
    "prompts/get": _get_prompt,
}
_NOW: Mapping[str, Callable[[McpRequest], JsonObject]] = {"server/discover": _discover}
_BEFORE: Mapping[str, Callable[[McpRequest], JsonObject]] = {"initialize": _initialize, "ping": _pong}
