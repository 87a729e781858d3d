"""The WSGI application: one address, two protocols."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request as HttpRequest
from werkzeug.wrappers import Response as HttpResponse

from .. import legacy_adapter
from ..config import Config, is_loopback
from ..rpc import codec
from ..rpc.codec import Document
from ..rpc.context import Caller
from ..rpc.dispatcher import Dispatcher, Request, error_response
from ..rpc.errors import ActionError, KeyRequired, PermissionDenied, ResponseTooLarge
from . import guard
from .failures import Failures
from .front import JSON, Front, Upload, enter, respond
from .recent import Recent

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger("anki_rpc.http")

ALLOW_HEADERS = "*, Authorization"
"""`*` does not cover Authorization in browsers (Fetch standard, "CORS non-wildcard request-header name")."""

_LONGEST_SHOWN = 2**20
"""Bytes of a request that is repeated in the text that refuses it: the text can be five times as long."""

Shown = Callable[[Any], str]


class Protocol(Enum):
    """What a body speaks."""

    JSON_RPC = "JSON-RPC 2.0"
    LEGACY = "AnkiConnect's protocol"
    UNSUPPORTED = "JSON-RPC under a content type that browsers send without asking first"


def protocol_of(method: str, mimetype: str, document: Document) -> Protocol:
    """Tell which protocol a request speaks, by its method, media type and body."""
    value = document.value
    if mimetype != JSON:
        first = value[0] if isinstance(value, list) and value else value
        has_version = isinstance(first, dict) and "jsonrpc" in first
        return Protocol.UNSUPPORTED if has_version else Protocol.LEGACY
    if document.is_empty:
        return Protocol.JSON_RPC if method == "POST" else Protocol.LEGACY
    if document.error is not None or isinstance(value, list):
        return Protocol.JSON_RPC
    if isinstance(value, dict) and ("jsonrpc" in value or ("method" in value and "action" not in value)):
        return Protocol.JSON_RPC
    return Protocol.LEGACY


def asks_permission(protocol: Protocol, document: Document) -> bool:
    """The request is the one that an origin without permission may make."""
    value, name = document.value, "method" if protocol is Protocol.JSON_RPC else "action"
    return isinstance(value, dict) and value.get(name) == "requestPermission"


class App:
    """Reads requests, asks the guard, and hands them to the dispatcher. It knows no action and no Anki."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        config: Callable[[], Config],
        recent: Recent,
        fronts: Mapping[str, Front],
    ) -> None:
        """`fronts`: what answers a path, or all paths below one that ends with `/`."""
        self._dispatcher = dispatcher
        self._config = config
        self._recent = recent
        self._fronts = fronts
        self.failures = Failures()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = HttpRequest(environ, populate_request=False)  # else each holds the other: cyclic garbage
        try:
            response = self._respond(request)
        except Exception:
            logger.exception("a request could not be answered")
            response = respond(b'{"error": "internal error"}', 500)
        return response(environ, start_response)

    def upload(self, environ: WSGIEnvironment) -> Upload | None:
        """How to take a large body, or that of a PUT, once its headers are there; None for in memory.

        Of who has no permission none is taken: what they may say is short.
        """
        request = HttpRequest(environ, populate_request=False)
        caller = self._judge(request)[0]
        if not (caller.scopes and guard.knows_host(self._config(), request.headers.get("Host"))):
            return Upload(0)
        front = self._front(request)
        if request.method != "PUT" or front is None or front.upload is None:
            return None
        try:
            return front.upload(request, caller)
        except (ActionError, HTTPException):
            return Upload(0)

    def _judge(self, request: HttpRequest) -> tuple[Caller, guard.Verdict]:
        origin = request.headers.get("Origin")
        is_remote = request.remote_addr is not None and not is_loopback(request.remote_addr)
        verdict = guard.judge(self._config(), origin, request.headers.get("Host"))
        program = _program(request, is_remote=is_remote)
        return Caller(origin, verdict.scopes, _key(request), program, is_remote, request.remote_addr), verdict

    def _respond(self, request: HttpRequest) -> HttpResponse:
        caller, verdict = self._judge(request)
        host = request.headers.get("Host")
        if not guard.knows_host(self._config(), host):
            return self._refuse_host(caller, str(host))
        if request.method == "OPTIONS":
            return self._preflight(request, caller, verdict.allow_origin)
        front = self._front(request)
        if front is not None and (front.methods or (_is_get(request) and front.is_wanted(request))):
            response = _with_cors(self._enter(front, request, caller), verdict.allow_origin)
            response.headers["Access-Control-Expose-Headers"] = "*"
            return response
        return self._answer(request, caller, verdict.allow_origin)

    def _preflight(self, request: HttpRequest, caller: Caller, allow_origin: str) -> HttpResponse:
        front = self._front(request)
        methods = front.methods if front else ()
        if not caller.scopes:
            self._refuse(caller, "(preflight)")
            if not methods and guard.may_ask(self._config(), caller.origin):
                allow_origin = str(caller.origin)  # else no page could ask for permission by JSON-RPC
        response = _with_cors(respond(b""), allow_origin)
        if methods:
            response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        if request.headers.get("Access-Control-Request-Private-Network") == "true":
            response.headers["Access-Control-Allow-Private-Network"] = "true"
        return response

    def _answer(self, request: HttpRequest, caller: Caller, allow_origin: str) -> HttpResponse:
        """Answer what one of the two protocols asks."""
        body = _taken_body(request)
        document, shown = codec.loads(body), repr if len(body) <= _LONGEST_SHOWN else legacy_adapter.type_only
        del body
        protocol = protocol_of(request.method, request.mimetype, document)
        if not caller.scopes:
            if not asks_permission(protocol, document):
                return _with_cors(_refusal(protocol, self._refuse(caller, "(any)")), allow_origin)
            allow_origin = str(caller.origin)  # so that the page can read the answer
        if protocol is Protocol.LEGACY and isinstance(document.value, dict):
            key = document.value.get("key")
            caller = caller if key is None else caller.with_key(key)
        if pause := self._pause(caller):
            return _with_cors(_too_many_keys(protocol, pause), allow_origin)
        return _with_cors(self._serve(protocol, document, caller, shown), allow_origin)

    def _enter(self, front: Front, request: HttpRequest, caller: Caller) -> HttpResponse:
        if pause := self._pause(caller):
            return _too_many_keys(Protocol.UNSUPPORTED, pause)
        return enter(front, request, caller)

    def _pause(self, caller: Caller) -> int:
        """Seconds for which the caller is refused at once, because it has sent too many wrong keys; else 0."""
        pause = 0 if caller.key is None else self.failures.pause(caller)
        if not pause:
            return 0
        try:
            guard.identify(self._config(), caller)
        except KeyRequired as error:
            self._recent.refused(caller, "(any)", error)
            return pause
        return 0

    def _front(self, request: HttpRequest) -> Front | None:
        path = request.path
        return self._fronts.get(path) or self._fronts.get(path[: path.find("/", 1) + 1])

    def _refuse(self, caller: Caller, what: str) -> PermissionDenied:
        origin = caller.origin
        hint = "; it may call requestPermission" if guard.may_ask(self._config(), origin) else ""
        error = PermissionDenied(f"the origin {origin} is not allowed{hint}", origin=origin)
        self._recent.refused(caller, what, error)
        return error

    def _refuse_host(self, caller: Caller, host: str) -> HttpResponse:
        text = f"the gateway is not called {host}; if it is, add {guard.name_of(host)} to the setting allowedHosts"
        self._recent.refused(caller, "(any)", f"it called the gateway {host[:60]}")
        return _with_cors(respond(codec.dumps({"error": text}), 403), guard.LOCALHOST)

    def _serve(self, protocol: Protocol, document: Document, caller: Caller, shown: Shown) -> HttpResponse:
        if protocol is Protocol.UNSUPPORTED:
            text = f"JSON-RPC requests must have the content type {JSON}"
            return respond(codec.dumps({"error": text}), 415)
        if protocol is Protocol.JSON_RPC:
            answer = self._dispatcher.dispatch(Document(None) if document.is_empty else document, caller)
            return respond(b"", 204, content_type=None) if answer is None else respond(answer)
        if document.is_empty:
            return respond(legacy_adapter.BANNER)
        body = legacy_adapter.to_bytes(self._legacy_reply(document, caller, shown), codec.dumps)
        try:
            self._dispatcher.budget(caller).take(len(body))
        except ResponseTooLarge as error:
            body = legacy_adapter.to_bytes(legacy_adapter.refuse(error.message), codec.dumps)
        return respond(body)

    def _legacy_reply(self, document: Document, caller: Caller, shown: Shown) -> legacy_adapter.Reply:
        if document.error is not None:
            return legacy_adapter.refuse(document.error)
        try:
            return self._call_legacy(document, caller, shown)
        except legacy_adapter.Refusal as refusal:
            return legacy_adapter.refuse(str(refusal))
        except RecursionError:
            return legacy_adapter.refuse("maximum recursion depth exceeded")

    def _call_legacy(self, document: Document, caller: Caller, shown: Shown) -> legacy_adapter.Reply:
        envelope = legacy_adapter.read(document.value, shown)
        request = Request(legacy_adapter.to_request(envelope), caller, tolerant=True, encodes=_is_as_ours)
        (response,) = self._dispatcher.many([request])
        assert response is not None
        return legacy_adapter.to_reply(envelope, response)


def _is_as_ours(method: str) -> bool:
    return not legacy_adapter.needs_value(method)


def _taken_body(request: HttpRequest) -> bytes:
    """The body, out of the server's buffer: a copy beside it would be as large again."""
    stream = request.environ["wsgi.input"]
    if not (isinstance(stream, BytesIO) and request.environ.get("wsgi.input_terminated")):
        return request.get_data(cache=False)
    with stream:
        return stream.getvalue()


def _with_cors(response: HttpResponse, allow_origin: str) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = allow_origin
    response.headers["Access-Control-Allow-Headers"] = ALLOW_HEADERS
    response.vary.add("Origin")
    return response


def _is_get(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.content_length


def _refusal(protocol: Protocol, error: PermissionDenied) -> HttpResponse:
    """403: empty for the old protocol, an error object for JSON-RPC."""
    if protocol is not Protocol.JSON_RPC:
        return respond(b"", 403, content_type=None)
    return respond(codec.dumps({"jsonrpc": "2.0", "error": error.to_object(), "id": None}), 403)


def _too_many_keys(protocol: Protocol, pause: int) -> HttpResponse:
    """429, in the words in which a single wrong key is refused."""
    error = KeyRequired()
    if protocol is Protocol.JSON_RPC:
        body = codec.dumps(error_response(error))
    elif protocol is Protocol.LEGACY:
        reply = legacy_adapter.to_reply(legacy_adapter.Envelope(""), {"error": error.to_object()})
        body = legacy_adapter.to_bytes(reply, codec.dumps)
    else:
        body = codec.dumps({"error": error.message})
    response = respond(body, 429)
    response.headers["Retry-After"] = str(pause)
    return response


def _key(request: HttpRequest) -> str | None:
    """An API key from the headers: `Authorization: Bearer ...` or `X-API-Key`."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else request.headers.get("X-API-Key")


def _program(request: HttpRequest, *, is_remote: bool) -> str | None:
    """The first word of what a program calls itself, and where it runs if not on this computer."""
    words = request.headers.get("User-Agent", "").split(maxsplit=1)
    name = words[0][:40] if words and words[0].isprintable() else None
    return f"{name or 'a program'} at {request.remote_addr}" if is_remote else name
