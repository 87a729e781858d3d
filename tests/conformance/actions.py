"""The fixtures of the official conformance suite of the Model Context Protocol, as actions of a registry of their own.

https://github.com/modelcontextprotocol/conformance. The adapter is mounted over them in place of Anki's catalogue.
"""

import json
import time
from types import MappingProxyType

from addon.gateway import Gateway
from addon.http import guard
from addon.http.endpoints.mcp import Mcp
from addon.http.server.server import Server
from addon.mcp import content
from addon.mcp.catalogue import Catalogue, Curated
from addon.mcp.inputs import question
from addon.mcp.prompts import Argument, Prompt
from addon.mcp.replies import CallFailed, ToolReply
from addon.mcp.resources import Resource
from addon.rpc import openrpc
from addon.rpc.dispatcher import Dispatcher
from addon.rpc.errors import Cancelled, Refused
from addon.rpc.registry import Registry, RunsOn
from addon.schemas.base import NoParams, Params
from addon.schemas.fields.basic import Number, String

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
SILENCE = "UklGRiQAAABXQVZFZm10IBAAAAABAAEARKwAAIhYAQACABAAZGF0YQAAAAA="
PAUSE_S = 0.3
"""Seconds between two steps of a tool that reports its progress: a little more than between two reports."""

registry = Registry()
TOOLS = {}
RESULT = String("What the tool has done.")


def tool(name, params=NoParams, answer=None, **more):
    """Register an action that is a tool; `answer` returns the content blocks of its reply."""

    def register(handler):
        registry.action(name, params, RESULT, runs_on=RunsOn.ANY, **more)(handler)
        wanted = (lambda asked, arguments: ToolReply(blocks=answer(asked), only_blocks=True)) if answer else None
        TOOLS[name] = Curated(answer=wanted)
        return handler

    return register


def static(name, *blocks):
    """A tool that always returns the same content."""

    @tool(name, answer=lambda asked: blocks)
    def handler(ctx):
        """Return the same content each time."""
        return ""


def resource_block(uri, kind, text):
    return {"type": "resource", "resource": {"uri": uri, "mimeType": kind, "text": text}}


static("test_simple_text", content.text("This is a simple text response for testing."))
static("test_logging_tool", content.text("Nothing is logged."))
static("test_image_content", content.media("pixel.png", PIXEL))
static("test_audio_content", content.media("silence.wav", SILENCE))
static(
    "test_embedded_resource",
    resource_block("test://embedded-resource", "text/plain", "This is an embedded resource content."),
)
static(
    "test_multiple_content_types",
    content.text("Multiple content types test:"),
    content.media("pixel.png", PIXEL),
    resource_block("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
)


@tool("test_error_handling")
def error_handling(ctx):
    """Always fail."""
    raise Refused("This tool intentionally returns an error for testing")


@tool("test_tool_with_progress", startable=True)
def with_progress(ctx):
    """Report the progress three times."""
    for done in (0, 50, 100):
        ctx.operation and ctx.operation.checkpoint(done, 101)
        time.sleep(PAUSE_S)
    return "done"


# --- tasks ---


class Greet(Params):
    name = String("Whom.", required=True)


class Slow(Params):
    seconds = Number("How long.", load_default=1.0)
    label = String("What for.", load_default="")


@tool("greet", Greet, startable=False)
def greet(ctx, name):
    """Greet."""
    return f"Hello, {name}!"


TOOLS["greet"] = Curated(
    answer=lambda asked, arguments: ToolReply(
        blocks=[content.text(asked.result("greet", **arguments))], only_blocks=True
    )
)


def take(ctx, seconds):
    """Take so long, or until the call is cancelled."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if ctx.operation and not ctx.operation.checkpoint(0, 1):
            raise Cancelled("it was cancelled")
        time.sleep(min(left, 0.05))


@tool("slow_compute", Slow, startable=True, cancellable=True)
def slow_compute(ctx, seconds, label):
    """Take a while."""
    take(ctx, seconds)
    return f"done: {label}"


@tool("failing_job", startable=True)
def failing_job(ctx):
    """Fail after a second."""
    take(ctx, 1)
    raise Refused("This tool fails.")


def crash(asked):
    """Have a fault of its own, after the action."""
    asked.result("protocol_error_job")
    raise RuntimeError("the fault of protocol_error_job, which is meant")


@tool("protocol_error_job", startable=True, answer=crash)
def protocol_error_job(ctx):
    """End after a second with an error of the protocol."""
    take(ctx, 1)
    return ""


class Named(Params):
    name = String("Whom.", load_default="nobody")


def ask_then_take(asked):
    """Ask for a name, and greet in a task."""
    (answer,) = asked.dialog.require({"user_name": NAME})
    return [content.text(asked.result("test_tool_with_task", name=user(answer)))]


# --- what the client is asked for ---

NAME = question("What is your name?", {"name": {"type": "string"}})
ROOTS = {"method": "roots/list", "params": {}}


def sample(text, tokens=100):
    message = {"role": "user", "content": content.text(text)}
    return {"method": "sampling/createMessage", "params": {"messages": [message], "maxTokens": tokens}}


def asking(name, requests, say, state=None):
    """A tool that asks the client for something; `say` makes a text of the answers."""

    def answer(asked):
        answers = asked.dialog.require(requests, state)
        if state is not None and asked.dialog.state != state:
            raise CallFailed({"code": 399, "message": "the state is missing", "data": {}})
        return [content.text(say(*answers))]

    @tool(name, answer=answer)
    def handler(ctx):
        """Ask the client."""
        return ""


def confirm(text):
    return {"confirm": question(text, {"ok": {"type": "boolean"}})}


asking("confirm_delete", confirm("Delete it?"), lambda answer: "deleted")


def user(answer):
    return (answer.get("content") or {}).get("name", "nobody")


@tool("test_tool_with_task", Named, answer=ask_then_take, startable=True)
def greet_late(ctx, name):
    """Greet after a second."""
    take(ctx, 1)
    return f"Hello, {name}!"


asking("test_input_required_result_elicitation", {"user_name": NAME}, lambda name: f"Hello, {user(name)}!")
asking("test_streaming_elicitation", {"user_name": NAME}, lambda name: f"Hello, {user(name)}!")
asking("test_missing_capability", {"any": sample("Anything.")}, json.dumps)
asking(
    "test_input_required_result_sampling",
    {"capital_question": sample("What is the capital of France?")},
    lambda answer: answer["content"]["text"],
)
asking("test_input_required_result_list_roots", {"client_roots": ROOTS}, json.dumps)
asking("test_input_required_result_request_state", confirm("Please confirm"), lambda answer: "state-ok", "one")
asking("test_input_required_result_tampered_state", confirm("Please confirm"), lambda answer: "state-ok", "two")
asking(
    "test_input_required_result_multiple_inputs",
    {"user_name": NAME, "greeting": sample("Generate a greeting", 50), "client_roots": ROOTS},
    lambda *answers: json.dumps(answers),
    "three",
)


def by_capability(asked):
    wanted = {"user_name": NAME, "greeting": sample("Generate a greeting", 50)}
    possible = {key: request for key, request in wanted.items() if asked.dialog.can(request["method"])}
    return [content.text(json.dumps(asked.dialog.require(possible)))]


@tool("test_input_required_result_capabilities", answer=by_capability)
def capabilities(ctx):
    """Ask for what the client can answer."""
    return ""


STEPS = {
    "step1": question("Step 1: What is your name?", {"name": {"type": "string"}}),
    "step2": question("Step 2: What is your favorite color?", {"color": {"type": "string"}}),
}


def in_rounds(asked):
    """Ask in two rounds: the state is what was answered in the first one."""
    known = asked.dialog.state
    if not known:
        (name,) = asked.dialog.require({"step1": STEPS["step1"]}, [])
        known = [user(name)]
    (answer,) = asked.dialog.require({"step2": STEPS["step2"]}, known)
    return [content.text(f"{known[0]} likes {(answer.get('content') or {}).get('color')}")]


@tool("test_input_required_result_multi_round", answer=in_rounds)
def rounds(ctx):
    """Ask twice."""
    return ""


# --- resources and prompts ---

RESOURCES = (
    Resource(
        "test://watched-resource",
        "watched",
        "Watched",
        "A text that changes with the notes.",
        lambda asked, parts: "This resource can be subscribed to.",
        "text/plain",
        changes=frozenset({"note"}),
    ),
    Resource(
        "test://static-text",
        "static-text",
        "Text",
        "A text.",
        lambda asked, parts: "This is the content of the static text resource.",
        "text/plain",
    ),
    Resource(
        "test://static-binary",
        "static-binary",
        "Picture",
        "A picture.",
        lambda asked, parts: {"mimeType": "image/png", "blob": PIXEL},
        None,
    ),
    Resource(
        "test://template/{id}/data",
        "template",
        "Template",
        "Data of an id.",
        lambda asked, parts: {
            "mimeType": "application/json",
            "text": json.dumps({"id": parts["id"], "templateTest": True, "data": f"Data for ID: {parts['id']}"}),
        },
        None,
    ),
)


def with_resource(asked, values):
    embedded = resource_block(values["resourceUri"], "text/plain", "Embedded resource content for testing.")
    return [embedded, content.text("Please process the embedded resource above.")]


def with_input(asked, values):
    request = question("What context should the prompt use?", {"context": {"type": "string"}})
    (answer,) = asked.dialog.require({"user_context": request})
    return [content.text(f"Use this context: {(answer.get('content') or {}).get('context')}")]


PROMPTS = (
    Prompt("test_simple_prompt", "Simple", "No arguments.", "This is a simple prompt for testing."),
    Prompt(
        "test_prompt_with_arguments",
        "Arguments",
        "Two arguments.",
        "Prompt with arguments: arg1='{arg1}', arg2='{arg2}'",
        (Argument("arg1", "The first."), Argument("arg2", "The second.")),
    ),
    Prompt(
        "test_prompt_with_embedded_resource",
        "Resource",
        "A resource.",
        "",
        (Argument("resourceUri", "Address of the resource."),),
        with_resource,
    ),
    Prompt(
        "test_prompt_with_image",
        "Picture",
        "A picture.",
        "",
        (),
        lambda asked, values: [content.media("pixel.png", PIXEL), content.text("Please analyze the image above.")],
    ),
    Prompt("test_input_required_result_prompt", "Input", "Asks for its context.", "", (), with_input),
)
CATALOGUE = Catalogue(
    MappingProxyType(TOOLS),
    RESOURCES,
    PROMPTS,
    {"arg1": lambda asked, typed: ["paris", "park", "party"]},
    "Fixtures of the conformance suite.",
)


def mount(gateway: Gateway, host) -> Server:
    """Return a server of a gateway whose endpoint `/mcp` serves the fixtures."""
    from addon.rpc.executor import ThreadedExecutor

    dispatcher = Dispatcher(
        lambda: registry,
        ThreadedExecutor(host.lane),
        host,
        authorise=lambda caller, action: caller,
        audit=lambda caller, action, failure: None,
        translate=lambda error: error,
        operations=gateway.operations,
        limits=lambda: host.config.limits,
    )

    def check_origin(origin, name):
        return guard.check_origin(host.config, origin, name)

    document = openrpc.document(registry, {})
    mcp = Mcp(
        *(dispatcher, lambda: host.config, lambda: document, gateway._admit, lambda: False),
        events=host.events,
        check_origin=check_origin,
        catalogue=CATALOGUE,
    )
    gateway.app._endpoints["/mcp"] = mcp.endpoint
    return Server(gateway.app, port=0)
