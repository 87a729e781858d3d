"""The Model Context Protocol (https://modelcontextprotocol.io): messages are translated to calls of actions and back.

In the current revision each message is complete in itself. Older revisions begin with a handshake; no other difference
matters here. This module is not concerned with HTTP or permissions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..rpc import codec
from ..rpc.errors import ActionError, InternalError, InvalidParams, MethodNotFound
from ..rpc.operations import ProgressReport
from ..text.similar import did_you_mean
from ..text.similar_identifiers import similar_identifiers
from ..version import VERSION
from . import content, headers, resources, tool_search
from .completions import complete
from .headers import member
from .inputs import InputRequired, MissingCapability
from .messages import (
    LISTEN,
    MISSING_CAPABILITY,
    RESOURCE_NOT_FOUND,
    SUPPORTED,
    WITH_HANDSHAKE,
    McpRefusal,
    McpRequest,
    Message,
)
from .prompts import Prompt
from .replies import CallFailed, JsonObject, SwitchedOff, ToolReply
from .resources import Resource
from .subscriptions import MOST, Subscription, watch
from .tasks import EXTENSION, AgentTask
from .tool_search import ToolSearch
from .tools import PATTERNS_SETTING, Tool, ToolAccess, allowed_by
from .truncation import truncate

CAPABILITIES: JsonObject = {"tools": {}, "resources": {"subscribe": True}, "prompts": {}, "completions": {}}
SERVER = {"name": "anki-rpc", "title": "AnkiRPC", "version": VERSION}

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
    try:
        return give(request)
    except InputRequired as required:
        return required.to_result()
    except MissingCapability as missing:
        raise request.refuse(MISSING_CAPABILITY, str(missing), requiredCapabilities=missing.required) from None


def _method_not_found(request: McpRequest) -> str:
    name, message = request.message.method, request.message
    if name in (*request.tools, tool_search.SEARCH, tool_search.CALL):
        return f"Method not found: {name}. It is a tool: send the method tools/call, with the tool's name in params."
    names = [*_ANSWERS, *(_NOW if message.is_current else _BEFORE)]
    meant = did_you_mean(similar_identifiers(name, names))
    return f"Method not found: {name}.{meant or ' There are ' + ', '.join(names) + '.'}"


def _initialize(request: McpRequest) -> JsonObject:
    wanted = request.params.get("protocolVersion")
    return {
        "protocolVersion": wanted if wanted in WITH_HANDSHAKE else WITH_HANDSHAKE[0],
        "capabilities": CAPABILITIES,
        "serverInfo": SERVER,
        "instructions": _instructions(request),
    }


def _discover(request: McpRequest) -> JsonObject:
    return {
        "supportedVersions": SUPPORTED,
        "capabilities": {**CAPABILITIES, "extensions": {EXTENSION: {}}},
        "instructions": _instructions(request),
    }


def _instructions(request: McpRequest) -> str:
    return request.catalogue.instructions + _further(request)


def _further(request: McpRequest) -> str:
    """Return a line about the tools that tools/list leaves out, if an agent can reach them."""
    search = ToolSearch(request.tools.values(), request.offer)
    return f"\n{tool_search.INSTRUCTION}" if search.is_offered else ""


def _pong(request: McpRequest) -> JsonObject:
    return {}


# --- tools ---


def _list_tools(request: McpRequest) -> JsonObject:
    tools, offer = request.tools.values(), request.offer
    listed = [tool.describe(offer) for tool in tools if tool.is_offered(offer) and tool.is_listed(offer)]
    return {"tools": [*listed, *tool_search.describe(tools, offer)]}


def _call_tool(request: McpRequest) -> JsonObject:
    try:
        tool, arguments = _called(request)
    except McpRefusal as refusal:
        if request.message.wrapper is None:
            raise
        return _failure({"message": str(refusal), "data": {"kind": InvalidParams.kind, **refusal.data}})
    try:
        reply = tool.answer(request.asked(), arguments, request.offer)
    except ActionError as error:
        return _failure(error.to_object())
    except CallFailed as failure:
        return _failure(failure.error)
    return _success(tool, reply, request.offer)


def _called(request: McpRequest) -> tuple[Tool | ToolSearch, JsonObject]:
    """Return the tool that is called, and the arguments. Raises McpRefusal."""
    name, arguments, wrapper = request.params.get("name"), request.params.get("arguments"), request.message.wrapper
    arguments = {} if arguments is None else arguments
    if others := {*(wrapper or ())} - {"name", "arguments"}:
        text = f"{tool_search.CALL} has the params name and arguments. Write those of the tool into arguments"
        raise request.wrong(f"Invalid params: {', '.join(sorted(others))}: {text}")
    if not isinstance(name, str):
        lists = "tools/list" if wrapper is None else tool_search.SEARCH
        raise request.wrong(f'Invalid params: "name" must be a string, the name of a tool; {lists} lists them')
    if not isinstance(arguments, dict):
        raise request.wrong('Invalid params: "arguments" must be an object, and not JSON as a string')
    if name in (tool_search.SEARCH, tool_search.CALL) and request.offer.switched(name) is False:
        raise request.wrong(f"Unknown tool: {name}. {allowed_by(PATTERNS_SETTING)}")
    if name == tool_search.CALL:
        raise request.wrong(f"{name} cannot call itself: write the name and the arguments of another tool")
    if name == tool_search.SEARCH:
        return ToolSearch(request.tools.values(), request.offer), arguments
    return _offered(request, name), arguments


def _offered(request: McpRequest, name: str) -> Tool:
    """Return a tool that the settings offer. Raises McpRefusal."""
    tool, wrapper = request.tools.get(name), request.message.wrapper
    if tool is None:
        search = ToolSearch(request.tools.values(), request.offer)
        offered = [tool.name for tool in search.tools]
        if wrapper is not None and (similar := similar_identifiers(name, offered)):
            text = f"Unknown tool: {name}. Did you mean {', '.join(similar)}? {tool_search.SEARCH} describes tools"
            raise request.refuse(InvalidParams.code, text, suggestions=similar)
        raise request.wrong(_unknown("tool", name, offered, tool_search.SEARCH if search.is_offered else None))
    if setting := tool.blocking_setting(request.offer):
        raise request.wrong(f"Unknown tool: {name}. {allowed_by(setting)}")
    if wrapper is not None and tool.destroys and tool.is_listed(request.offer):
        raise request.wrong(f"{name} is listed: call it by its own name, so that the client can ask the user")
    return tool


def _unknown(what: str, name: str, names: Sequence[str], search: str | None = None) -> str:
    """`search`: the tool that describes what the list leaves out."""
    further = f", and {search} those that it leaves out" if search else ""
    otherwise = f" {what}s/list lists the {what}s{further}."
    return f"Unknown {what}: {name}.{did_you_mean(similar_identifiers(name, names)) or otherwise}"


def _success(tool: Tool | ToolSearch, reply: ToolReply, offer: ToolAccess) -> JsonObject:
    """Return a reply. Structured content repeats the text, and tools that declare its schema must send it."""
    if reply.only_blocks and not offer.structured:
        return {"content": [*reply.blocks], "isError": False}
    structured = tool.structured(reply, offer)
    whole = {"structuredContent": structured} if offer.structured else {}
    return {"content": [content.json_text(structured), *reply.blocks], **whole, "isError": False}


def _failure(error: Mapping[str, Any]) -> JsonObject:
    """Return an error as content, from which the model can correct its call: the message, the kind and all data."""
    shown = truncate({"message": error["message"], **error["data"]}, "Correct these first.")
    return {"content": [content.json_text({"error": shown.pop("result"), **shown})], "isError": True}


# --- resources ---


def _list_resources(request: McpRequest) -> JsonObject:
    found = request.resources()
    return {"resources": [_resource(resource, "uri") for resource in found if not resource.is_template]}


def _list_templates(request: McpRequest) -> JsonObject:
    found = request.resources()
    return {"resourceTemplates": [_resource(resource, "uriTemplate") for resource in found if resource.is_template]}


def _resource(resource: Resource, address: str) -> JsonObject:
    return {
        address: resource.uri,
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        **({"mimeType": resource.type} if resource.type else {}),
    }


def _read_resource(request: McpRequest) -> JsonObject:
    uri = request.params.get("uri")
    if not isinstance(uri, str):
        raise request.wrong('Invalid params: "uri" must be a string; resources/list lists the resources')
    try:
        found = resources.read(request.catalogue.resources, request.reading(), uri)
    except CallFailed as failure:
        raise request.refuse(InternalError.code, str(failure), **failure.error["data"]) from None
    if found is None:
        code = InvalidParams.code if request.message.is_current else RESOURCE_NOT_FOUND
        lists = "resources/list and resources/templates/list list all."
        raise request.refuse(code, f"Resource not found: {uri}. {lists}", uri=uri)
    resource, value = found
    if resource.type is None:
        return {"contents": [{**value, "uri": uri}]}
    if resource.type == content.JSON:
        value = codec.dumps(truncate(value, "Call a tool to read less at a time.")).decode()
    return {"contents": [{"uri": uri, "mimeType": resource.type, "text": value}]}


# --- subscriptions ---


def listen(request: McpRequest) -> Subscription:
    """Return the subscription that a request opens, without what is not reported to the caller. Raises McpRefusal."""
    wanted = request.params.get("notifications")
    uris, ids = (member(wanted, name) for name in ("resourceSubscriptions", "taskIds"))
    if not isinstance(wanted, dict) or not isinstance(uris, list | None) or not isinstance(ids, list | None):
        raise request.wrong('Invalid params: "notifications" must be an object with lists')
    subscription = Subscription()
    if ids:
        _require_tasks(request)
        found = {id: request.find_task(id) for id in ids[:MOST] if isinstance(id, str)}
        subscription.tasks = {id: task for id, task in found.items() if task is not None}
    for uri in uris or ():
        if (watched := watch(request.resources(), uri)) is not None:
            subscription.add(uri, watched)
    return subscription


def _listen_without_stream(request: McpRequest) -> JsonObject:
    raise request.wrong("A subscription is a stream of events: accept text/event-stream")


def _subscribe(request: McpRequest) -> JsonObject:
    uri, subscription = _subscribed(request)
    if (watched := watch(request.resources(), uri)) is None:
        raise request.refuse(RESOURCE_NOT_FOUND, f"No resource whose changes are reported: {uri}", uri=uri)
    if not subscription.add(uri, watched):
        raise request.wrong(f"Too many subscriptions: a session may have {MOST}")
    return {}


def _unsubscribe(request: McpRequest) -> JsonObject:
    uri, subscription = _subscribed(request)
    subscription.remove(uri)
    return {}


def _subscribed(request: McpRequest) -> tuple[str, Subscription]:
    uri = request.params.get("uri")
    if not isinstance(uri, str):
        raise request.wrong('Invalid params: "uri" must be a string; resources/list lists the resources')
    if request.subscription is None:
        raise request.wrong(f"A subscription needs the header {headers.SESSION} that initialize has returned")
    return uri, request.subscription


# --- tasks ---


def _require_tasks(request: McpRequest) -> None:
    if not request.message.declares_tasks:
        missing = MissingCapability({"extensions": {EXTENSION: {}}})
        raise request.refuse(MISSING_CAPABILITY, str(missing), requiredCapabilities=missing.required)


def _task(request: McpRequest) -> AgentTask:
    _require_tasks(request)
    id = request.params.get("taskId")
    if (task := request.find_task(id)) is None:
        raise request.wrong("Invalid params: there is no such task, or it is no longer kept")
    return task


def _get_task(request: McpRequest) -> JsonObject:
    return _task(request).describe()


def _update_task(request: McpRequest) -> JsonObject:
    """Accept answers that no task has asked for: what a tool asks the client for, it asks before it is a task."""
    _task(request)
    return {}


def _cancel_task(request: McpRequest) -> JsonObject:
    _task(request).cancel()
    return {}


# --- prompts ---


def _list_prompts(request: McpRequest) -> JsonObject:
    return {"prompts": [_prompt(prompt) for prompt in request.catalogue.prompts]}


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
    prompts = request.catalogue.prompts
    prompt = next((prompt for prompt in prompts if prompt.name == name), None)
    if prompt is None:
        raise request.wrong(_unknown("prompt", name, [prompt.name for prompt in prompts]))
    values = {"further": _further(request)}
    for argument in prompt.arguments:
        value = member(request.params.get("arguments"), argument.name) or argument.default
        if not isinstance(value, str):
            raise request.wrong(f"Invalid params: the argument {argument.name} must be a string")
        values[argument.name] = value
    blocks = prompt.blocks(request.asked(), values)
    return {"description": prompt.description, "messages": [{"role": "user", "content": block} for block in blocks]}


# --- completion ---


def _complete(request: McpRequest) -> JsonObject:
    reference, argument = request.params.get("ref"), request.params.get("argument")
    name, typed = member(argument, "name"), member(argument, "value")
    if not isinstance(name, str) or not isinstance(typed, str):
        raise request.wrong('Invalid params: "argument" must be an object with the strings "name" and "value"')
    known = _arguments(request, reference)
    if known is None:
        raise request.wrong(
            'Invalid params: "ref" names no prompt and no resource template; the lists have their names'
        )
    completer = request.catalogue.completers.get(name) if name in known else None
    try:
        return {"completion": complete(completer, request.reading(), typed)}
    except SwitchedOff:
        return {"completion": complete(None, request.asked(), typed)}
    except CallFailed as failure:
        raise request.refuse(InternalError.code, str(failure), **failure.error["data"]) from None


def _arguments(request: McpRequest, reference: Any) -> list[str] | None:
    """Return the names of the arguments of a prompt or a resource template; None if there is none."""
    if member(reference, "type") == "ref/prompt":
        named = [prompt for prompt in request.catalogue.prompts if prompt.name == member(reference, "name")]
        return [argument.name for argument in named[0].arguments] if named else None
    uris = [resource.uri for resource in request.catalogue.resources]
    uri = member(reference, "uri")
    return re.findall(r"{(\w+)}", uri) if member(reference, "type") == "ref/resource" and uri in uris else None


_ANSWERS: Mapping[str, Callable[[McpRequest], JsonObject]] = {
    "tools/list": _list_tools,
    "tools/call": _call_tool,
    "resources/list": _list_resources,
    "resources/templates/list": _list_templates,
    "resources/read": _read_resource,
    "prompts/list": _list_prompts,
    "prompts/get": _get_prompt,
    "completion/complete": _complete,
}
_NOW: Mapping[str, Callable[[McpRequest], JsonObject]] = {
    "server/discover": _discover,
    LISTEN: _listen_without_stream,
    "tasks/get": _get_task,
    "tasks/update": _update_task,
    "tasks/cancel": _cancel_task,
}
_BEFORE: Mapping[str, Callable[[McpRequest], JsonObject]] = {
    "initialize": _initialize,
    "ping": _pong,
    "resources/subscribe": _subscribe,
    "resources/unsubscribe": _unsubscribe,
}
