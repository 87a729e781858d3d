"""The WSGI application: one address, two protocols.

A request passes through it in two steps. `claim` checks it (Host, Origin, key, protocol, params), which never waits,
and says whose turn it needs. `__call__` answers it once it has that turn.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Request as HttpRequest
from werkzeug.wrappers import Response as HttpResponse

from .. import legacy_adapter
from ..config import Config, is_loopback
from ..rpc import codec
from ..rpc.answers import Response
from ..rpc.caller import Caller
from ..rpc.calls import Ended, Load, Planned, Request
from ..rpc.codec import Document
from ..rpc.dispatcher import Dispatcher, blocking_caller
from ..rpc.errors import ActionError, KeyRequired, PermissionDenied
from ..rpc.executor import CancelToken
from ..rpc.freeing import free_in_pieces
from ..text.origins import is_origin
from . import guard
from .call_log import WRONG_HOST, CallLog
from .endpoint import (
    ISOLATION_HEADERS,
    JSON,
    BodyEncoded,
    Endpoint,
    effective_caller,
    handle,
    is_from_browser,
    is_json,
    refuse,
    refuse_rpc,
    require_identity_encoding,
    respond,
)
from .key_throttle import KeyThrottle
from .server.streams import ENVIRON
from .server.turns import CHECKED, Claim
from .server.uploads import LEFT, Upload

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

logger = logging.getLogger("anki_rpc.http")

ALLOW_HEADERS = "*, Authorization"
"""`*` does not cover Authorization in browsers (Fetch standard, "CORS non-wildcard request-header name")."""

SESSION_HEADER = "AnkiRPC-Session"
"""A header with a session that `getCollection` returned: what writes is refused if it has ended since."""

_ECHO_METHODS = ("TRACE", "TRACK")
"""Methods whose response repeats the request, key included, to the page that made the browser send it (RFC 9110,
section 9.3.8)."""

_BY_PROXIES = ("HTTP_X_FORWARDED_", "HTTP_CF_", "HTTP_NGROK_", "HTTP_TAILSCALE_")
_OF_PROXIES = frozenset({"HTTP_FORWARDED", "HTTP_VIA", "HTTP_TRUE_CLIENT_IP", "HTTP_X_CLIENT_IP", "HTTP_X_REAL_IP"})
"""Headers of proxies and tunnels (RFC 7239), as WSGI spells them: how their names begin, and other names."""

_RPC_METHODS = ("POST",)
"""Methods under which a JSON-RPC request is accepted. Caches and proxies may drop the body of a GET, or send it twice
(RFC 9110, section 9.3.1), and a client that wants an answer must not depend on them.
"""

_LONGEST_SHOWN_BYTES = 2**20
"""Bytes of the longest body that the old protocol's error text may repeat: the text can be five times as long."""


class Protocol(Enum):
    """The protocol of a request body."""

    JSON_RPC = "JSON-RPC 2.0"
    LEGACY = "AnkiConnect's protocol"
    UNSUPPORTED = "JSON-RPC under a content type that browsers send without asking first"


def protocol_of(
    method: str, mimetype: str, document: Document, body: bytes = b"", *, is_browser: bool = True
) -> Protocol:
    """Return the protocol of a request, judged by its method, media type and content.

    `body` is searched only if it does not parse. A program that is no browser may send JSON-RPC under any media type.
    """
    value = document.value
    if not is_json(mimetype):
        first = value[0] if isinstance(value, list) and value else value
        is_newer = isinstance(first, dict) and "jsonrpc" in first
        if document.error is not None:
            is_newer = not is_browser and b'"jsonrpc"' in body
        newer = Protocol.UNSUPPORTED if is_browser else Protocol.JSON_RPC
        return newer if is_newer else Protocol.LEGACY
    if document.is_empty:
        return Protocol.JSON_RPC if method == "POST" else Protocol.LEGACY
    if document.error is not None:
        is_older = legacy_adapter.is_meant(body)
    else:
        is_older = isinstance(value, dict) and "action" in value and "jsonrpc" not in value
    return Protocol.LEGACY if is_older else Protocol.JSON_RPC


def asks_permission(protocol: Protocol, document: Document) -> bool:
    """Whether the request is `requestPermission`, the only one that an origin without permission may send."""
    value, name = document.value, "method" if protocol is Protocol.JSON_RPC else "action"
    return isinstance(value, dict) and value.get(name) == "requestPermission"


class Checked(NamedTuple):
    """A request that is checked, but not answered yet."""

    answer: Callable[[], HttpResponse]
    blocking_caller: Caller | None = None
    """The caller whose turn the request needs, because answering may wait or take long; None if it needs no turn."""


class App:
    """Reads requests, asks the guard, and passes them to the dispatcher; used from any thread.

    It knows neither actions nor Anki.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        config: Callable[[], Config],
        recent: CallLog,
        endpoints: Mapping[str, Endpoint],
        load_tolerantly: Load,
    ) -> None:
        """Create the application.

        - `config`: returns the current settings; called for each request.
        - `recent`: records refused callers.
        - `endpoints`: by path; a path that ends with `/` includes all paths below it.
        - `load_tolerantly`: validates the params of the old protocol.
        """
        self._dispatcher = dispatcher
        self._config = config
        self._recent = recent
        self._endpoints = endpoints
        self._load_tolerantly = load_tolerantly
        self.key_throttle = KeyThrottle()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        checked: Checked | None = environ.pop(CHECKED, None)
        began = time.perf_counter()
        try:
            response = (checked or self._check(environ)).answer()
        except Exception:
            logger.exception("A request could not be answered; the client receives status 500")
            response = _isolated(respond(b'{"error": "internal error"}', 500))
        seconds = time.perf_counter() - began
        self._recent.record_request(environ["REQUEST_METHOD"], environ["PATH_INFO"], response.status_code, seconds)
        return response(environ, start_response)

    def claim(self, environ: WSGIEnvironment) -> Claim | None:
        """Check a request, and return whose turn it needs to be answered; None if it needs none.

        The result of the check stays in `environ`, where `__call__` finds it. Never raises.
        """
        try:
            checked = environ[CHECKED] = self._check(environ)
        except Exception:  # `__call__` repeats the check, and reports the error
            return None
        if (caller := checked.blocking_caller) is None:
            return None
        return Claim(caller.identity, is_stranger=not caller.scopes)

    def upload(self, environ: WSGIEnvironment) -> Upload | None:
        """Decide from the headers how to receive a large body, or the body of a PUT; None: keep it in memory.

        Callers without permission may send only small bodies: a limit of 0 bytes rejects theirs.
        """
        request = HttpRequest(environ, populate_request=False)
        caller = self._judge(request)[0]
        if not (caller.scopes and guard.knows_host(self._config(), _header(request, "Host"))):
            return Upload(0)
        endpoint = self._endpoint(request)
        if request.method != "PUT" or endpoint is None or endpoint.upload is None:
            return None
        try:
            return endpoint.upload(request, caller)
        except (ActionError, HTTPException):
            return Upload(0)

    def _judge(self, request: HttpRequest) -> tuple[Caller, guard.OriginAccess]:
        origin, host = _header(request, "Origin"), _header(request, "Host")
        if origin is None and host and _header(request, "Sec-Fetch-Site") == "same-origin":
            origin = f"http://{host}"  # browsers send no Origin if a page at the gateway's own address loads something
        is_remote = request.remote_addr is not None and not is_loopback(request.remote_addr)
        access = guard.check_origin(self._config(), origin, host, is_local=not is_remote)
        program = _program(request, is_remote=is_remote)
        address = f"http://{host}/" if host else None
        key = _key(request)
        stray_key = _stray_key(request) if key is None else None
        session = _header(request, SESSION_HEADER) or None
        caller = Caller(
            origin,
            access.scopes,
            key,
            program,
            is_remote,
            is_direct=not is_remote and _is_direct(request),
            address=address,
            stray_key=stray_key,
            session=session,
        )
        return caller, access

    def _check(self, environ: WSGIEnvironment) -> Checked:
        """Decide how a request is answered. Never waits: it uses only the thread of the request."""
        _rewind(environ)
        request = HttpRequest(environ, populate_request=False)  # else request and environ form a reference cycle
        caller, access = self._judge(request)
        if environ.get(LEFT) and request.method != "PUT":
            # The body was not received, for want of permission. One granted since then must not make it an empty body.
            caller = replace(caller, scopes=frozenset())
        host = _header(request, "Host")
        if not guard.knows_host(self._config(), host):
            return Checked(lambda: self._refuse_host(request, caller, str(host)))
        if request.method == "OPTIONS":
            return Checked(lambda: self._preflight(request, caller, access.allow_origin))
        endpoint = self._endpoint(request)
        if endpoint is not None and (endpoint.methods or (_is_get(request) and endpoint.is_wanted(request))):
            return self._check_endpoint(endpoint, request, caller, access.allow_origin)
        if request.method in _ECHO_METHODS:
            return Checked(lambda: _refuse_echo(request))
        return self._check_body(request, caller, access.allow_origin)

    def _preflight(self, request: HttpRequest, caller: Caller, allow_origin: str) -> HttpResponse:
        endpoint = self._endpoint(request)
        methods = endpoint.methods if endpoint else ()
        if not caller.scopes:
            self._refuse(caller, "(preflight)")
            if not methods and guard.may_ask(self._config(), caller.origin):
                allow_origin = str(caller.origin)  # else no page could call requestPermission by JSON-RPC
        response = _with_cors(respond(b"", 200 if caller.scopes or not methods else 403), allow_origin)
        if methods:
            response.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        if request.headers.get("Access-Control-Request-Private-Network") == "true":
            response.headers["Access-Control-Allow-Private-Network"] = "true"
        return response

    def _check_body(self, request: HttpRequest, caller: Caller, allow_origin: str) -> Checked:
        """Check a request of one of the two protocols."""
        body = _body(request)
        document, is_long = codec.loads(body), len(body) > _LONGEST_SHOWN_BYTES
        protocol = protocol_of(request.method, request.mimetype, document, body, is_browser=is_from_browser(request))
        del body
        is_legacy = protocol is Protocol.LEGACY
        if not caller.scopes:
            if not asks_permission(protocol, document):
                return Checked(
                    lambda: _with_cors(_refusal(protocol, document, self._refuse(caller, "(any)")), allow_origin)
                )
            if is_origin(str(caller.origin)):
                allow_origin = str(caller.origin)  # so that the page can read the response
        try:
            _require_readable(request, document, is_legacy=is_legacy)
        except (BodyEncoded, MethodNotAllowed) as error:
            refusal = refuse(error) if is_legacy else refuse_rpc(error, document)
            return Checked(lambda: _with_cors(refusal, allow_origin))
        if is_legacy and isinstance(document.value, dict):
            caller = caller.with_key(document.value.get("key"))
        elif not caller.has_key and _has_key(document.value):
            caller = replace(caller, stray_key=f"The API key is not read from the body. {guard.HOW_TO_SEND}")
        if retry_after := self._retry_after(caller):
            wrong = _too_many_keys(retry_after)
            if is_legacy:
                throttled = respond(legacy_adapter.refusal(wrong, codec.write))
            else:
                throttled = refuse_rpc(wrong, document)
            return Checked(lambda: _with_cors(_later(throttled, retry_after), allow_origin))
        checked = self._check_calls(protocol, document, caller, _cancel_token(request), is_long=is_long)

        def answer() -> HttpResponse:
            _drop_body(request)
            return _with_cors(checked.answer(), allow_origin)

        return Checked(answer, checked.blocking_caller)

    def _check_endpoint(self, endpoint: Endpoint, request: HttpRequest, caller: Caller, allow_origin: str) -> Checked:
        if request.method in ("GET", "HEAD"):
            caller = effective_caller(request, caller)

        def answer() -> HttpResponse:
            response = _isolated(_with_cors(self._handle(endpoint, request, caller), allow_origin))
            response.headers["Access-Control-Expose-Headers"] = "*"
            return response

        try:
            blocking_caller = (
                guard.require_any_scope(self._config(), caller) if endpoint.may_block(request, caller) else None
            )
            return Checked(answer, blocking_caller)
        except (ActionError, HTTPException):
            return Checked(answer)

    def _handle(self, endpoint: Endpoint, request: HttpRequest, caller: Caller) -> HttpResponse:
        if retry_after := self._retry_after(caller):
            return _later(endpoint.refuse(request, _too_many_keys(retry_after)), retry_after)
        if endpoint.methods and request.method not in endpoint.methods and not caller.scopes:
            return endpoint.refuse(request, self._refuse(caller, "(any)"))
        return handle(endpoint, request, caller)

    def _retry_after(self, caller: Caller) -> int:
        """Return the seconds for which the caller is refused, because too many wrong keys were sent; 0 if it is not.

        A caller with a right key is never refused.
        """
        retry_after = self.key_throttle.retry_after(caller) if caller.has_key else 0
        if not retry_after:
            return 0
        try:
            guard.authenticate(self._config(), caller)
        except KeyRequired as error:
            self._recent.record_refusal(caller, "(any)", error)
            return retry_after
        return 0

    def _endpoint(self, request: HttpRequest) -> Endpoint | None:
        path = request.path
        return self._endpoints.get(path) or self._endpoints.get(path[: path.find("/", 1) + 1])

    def _refuse(self, caller: Caller, what: str) -> PermissionDenied:
        origin = caller.origin
        hint = " Call requestPermission to ask the user." if guard.may_ask(self._config(), origin) else ""
        error = PermissionDenied(f"The origin {origin} is not allowed.{hint}", origin=origin)
        self._recent.record_refusal(caller, what, error)
        return error

    def _refuse_host(self, request: HttpRequest, caller: Caller, host: str) -> HttpResponse:
        text = f"The Host header is not valid: {host}"
        if name := guard.name_of(host):
            text = (
                f'Host "{name}" is not allowed. If the gateway is reached under this name, add it to the setting '
                "`allowedHosts`."
            )
        self._recent.record_refusal(caller, "(any)", f"{WRONG_HOST}{host[:60]}")
        body = _body(request)
        document = codec.loads(body)
        if protocol_of(request.method, request.mimetype, document, body) is Protocol.LEGACY:
            return _with_cors(respond(codec.dumps({"error": text}), 403), guard.LOCALHOST)
        return _with_cors(refuse_rpc(PermissionDenied(text, host=host), document), guard.LOCALHOST)

    def _check_calls(
        self, protocol: Protocol, document: Document, caller: Caller, cancel_token: CancelToken, *, is_long: bool
    ) -> Checked:
        if protocol is Protocol.UNSUPPORTED:
            error = UnsupportedMediaType(f"Browsers must send JSON-RPC requests with the content type {JSON}.")
            return Checked(lambda: refuse_rpc(error, document))
        if protocol is Protocol.LEGACY:
            return self._check_legacy(document, caller, cancel_token, is_long=is_long)
        document = document._replace(error=None) if document.is_empty else document
        calls = self._dispatcher.plan(document, caller, cancel_token)

        def answer() -> HttpResponse:
            body = calls.run()
            return respond(b"", 204, content_type=None) if body is None else respond(body)

        return Checked(answer, calls.blocking_caller)

    def _check_legacy(self, document: Document, caller: Caller, cancel_token: CancelToken, *, is_long: bool) -> Checked:
        budget = self._dispatcher.budget(caller)
        plans: list[Planned | Ended] = []

        def plan(message: dict[str, Any]) -> Callable[[], Response]:
            request = Request(message, caller, self._load_tolerantly, cancel_token=cancel_token, encodes=_is_encoded)
            plans[:] = self._dispatcher.plan_calls([request], budget)
            return run

        def run() -> Response:
            (response,) = self._dispatcher.run(plans)
            assert response is not None
            return response

        serve = [legacy_adapter.serve(document, plan, codec.write, fits=budget.check_whole, is_long=is_long)]

        def answer() -> HttpResponse:
            response = respond(serve.pop()())
            free_in_pieces(plans)
            return response

        return Checked(answer, blocking_caller(plans))


def _is_encoded(method: str) -> bool:
    return not legacy_adapter.needs_value(method)


def _cancel_token(request: HttpRequest) -> CancelToken:
    """Return a token that ends the waiting if the client closes the connection."""
    cancel_token = CancelToken()
    if (stream := request.environ.get(ENVIRON)) is not None:
        stream.on_disconnect(cancel_token.leave)
    return cancel_token


def _rewind(environ: WSGIEnvironment) -> None:
    """Rewind the body if it was read before: a request that waited for its turn is checked again."""
    stream = environ["wsgi.input"]
    if environ.get(ENVIRON) is not None and stream.seekable():
        stream.seek(0)


def _body(request: HttpRequest) -> bytes:
    """Return the body. If possible it shares the server's buffer: a copy would double the memory."""
    stream = request.environ["wsgi.input"]
    if not (isinstance(stream, BytesIO) and request.environ.get("wsgi.input_terminated")):
        return request.get_data(cache=False)
    return stream.getvalue()


def _drop_body(request: HttpRequest) -> None:
    """Free the body: it has been read, and the calls in it may take long."""
    if isinstance(stream := request.environ["wsgi.input"], BytesIO):
        stream.close()


def _with_cors(response: HttpResponse, allow_origin: str) -> HttpResponse:
    headers = response.headers
    headers.add("Access-Control-Allow-Origin", allow_origin)
    headers.add("Access-Control-Allow-Headers", ALLOW_HEADERS)
    if "Vary" in headers:
        response.vary.add("Origin")
    else:
        headers.add("Vary", "Origin")
    return response


def _isolated(response: HttpResponse) -> HttpResponse:
    for name, value in ISOLATION_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def _is_get(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD") and not request.content_length


def _refuse_echo(request: HttpRequest) -> HttpResponse:
    body = _body(request)
    document = codec.loads(body)
    error = MethodNotAllowed(("GET", "HEAD", "POST", "OPTIONS"), f"{request.method} is not supported. Use POST.")
    is_legacy = protocol_of(request.method, request.mimetype, document, body) is Protocol.LEGACY
    return refuse(error) if is_legacy else refuse_rpc(error, document)


def _require_readable(request: HttpRequest, document: Document, *, is_legacy: bool) -> None:
    """Raise BodyEncoded for a compressed body, and MethodNotAllowed for JSON-RPC under another method than POST."""
    if not document.is_empty:
        require_identity_encoding(request)
    if not is_legacy and request.method not in _RPC_METHODS:
        raise MethodNotAllowed(_RPC_METHODS, f"JSON-RPC requests are sent by POST, not {request.method}.")


def _refusal(protocol: Protocol, document: Document, error: PermissionDenied) -> HttpResponse:
    """Return status 403: without a body for the old protocol, with an error object for JSON-RPC."""
    if protocol is not Protocol.JSON_RPC:
        return respond(b"", 403, content_type=None)
    return refuse_rpc(error, document)


def _too_many_keys(retry_after: int) -> KeyRequired:
    return KeyRequired(f"Too many wrong API keys were sent. For {retry_after} seconds only a right key is accepted.")


def _later(response: HttpResponse, retry_after: int) -> HttpResponse:
    """Return a response with status 429."""
    response.status_code = 429
    response.headers["Retry-After"] = str(retry_after)
    return response


def _has_key(value: Any) -> bool:
    """Whether a JSON-RPC request, or the first of a batch, has a key in its body, where none is read."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return False
    params = first.get("params")
    return any(isinstance(place, dict) and isinstance(place.get("key"), str) for place in (first, params))


def _stray_key(request: HttpRequest) -> str | None:
    """Return what to do about a key in a place of the head where none is read; None if there is none."""
    if _header(request, "Authorization"):
        return "The header Authorization needs the word Bearer before the API key: `Authorization: Bearer <key>`."
    if request.query_string and not {"key", "apiKey", "api_key"}.isdisjoint(request.args):
        return f"The API key is not read from the address. {guard.HOW_TO_SEND}"
    return None


def _key(request: HttpRequest) -> str | None:
    """Return the API key from the headers, `Authorization: Bearer ...` or `X-API-Key`; None if missing or empty."""
    scheme, _, token = _text(request, "Authorization").partition(" ")
    return (token.strip() if scheme.lower() == "bearer" else _text(request, "X-API-Key")) or None


def _header(request: HttpRequest, name: str) -> str | None:
    """Return a header; None if it is missing. Werkzeug raises and catches an error for each missing one."""
    value: str | None = request.environ.get("HTTP_" + name.upper().replace("-", "_"))
    return value


def _text(request: HttpRequest, header: str) -> str:
    """Return the text of a header: its bytes as UTF-8 or, if they are none, as Latin-1, which browsers send."""
    value = _header(request, header) or ""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


def _is_direct(request: HttpRequest) -> bool:
    """Whether no browser and no proxy has sent the request, as far as its headers tell; see `Caller`."""
    host, environ = _header(request, "Host"), request.environ
    is_handed_on = not _OF_PROXIES.isdisjoint(environ) or any(name.startswith(_BY_PROXIES) for name in environ)
    is_named_here = host is None or is_loopback(guard.name_of(host))
    return not is_from_browser(request) and not is_handed_on and is_named_here


def _program(request: HttpRequest, *, is_remote: bool) -> str | None:
    """Return the first word of the User-Agent, with the address if the program runs on another computer."""
    words = (_header(request, "User-Agent") or "").split(maxsplit=1)
    name = words[0][:40] if words and words[0].isprintable() else None
    return f"{name or 'a program'} at {request.remote_addr}" if is_remote else name
