"""Endpoints: paths that serve a page, a document or another protocol, beside the two protocols of the gateway."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Request, Response

from ..rpc import codec
from ..rpc.answers import error_response
from ..rpc.caller import Caller
from ..rpc.errors import (
    ActionError,
    AlreadyExists,
    Busy,
    CollectionUnavailable,
    InvalidRequest,
    KeyRequired,
    NotFound,
    PermissionDenied,
    StaleSession,
    StillRunning,
)
from ..rpc.request_object import readable_id
from ..text.origins import OPAQUE
from .guard import NOTHING
from .server.uploads import Upload

JSON = "application/json"
_JSON_TYPES = re.compile(r"application/(json|json-rpc|jsonrequest|[a-z0-9!#$&^_.+-]+\+json)")
"""The first three are those of https://www.jsonrpc.org/historical/json-rpc-over-http.html, the rest RFC 6839's."""
ISOLATION_HEADERS = {
    # A document that a browser loads from here must not have the rights of the gateway's page. And no other page may
    # find out whether the document exists.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",  # browsers revalidate each time, mostly with status 304
}
"""Default headers of every response of an `Endpoint`, errors included."""

STATUS: dict[type[ActionError], int] = {
    KeyRequired: 401,
    PermissionDenied: 403,
    StaleSession: 409,
    NotFound: 404,
    AlreadyExists: 409,
    CollectionUnavailable: 503,
    Busy: 503,
    StillRunning: 504,
}
"""The HTTP status of each error; any other error has the status 400."""


class Endpoint(NamedTuple):
    """Serves the requests of a path. Their Host is allowed, but the endpoint itself checks what the caller may do.

    If it raises an ActionError or an HTTPException, the response is JSON with the matching HTTP status; see `refuse`.
    """

    serve: Callable[[Request, Caller], Response]
    methods: tuple[str, ...] = ()
    """The HTTP methods, if the endpoint serves all requests of its path. If empty, it serves GET without a body."""
    is_wanted: Callable[[Request], bool] = lambda request: True
    """Whether a GET is meant for the endpoint, and not for the old protocol, which answers under every path."""
    may_block: Callable[[Request, Caller], bool] = lambda request, caller: False
    """Whether answering may wait or take long. Raises the error that `serve` will raise, if the request is refused."""
    upload: Callable[[Request, Caller], Upload] | None = None
    """Called with the headers of a PUT. Raises the error that `serve` will raise, if the request is refused."""
    speaks_rpc: bool = False
    """Whether its messages are JSON-RPC, so that its errors are as well."""

    def refuse(self, request: Request, error: ActionError | HTTPException) -> Response:
        """Return the response for an error in the form that the callers of this endpoint read."""
        return refuse_rpc(error, codec.loads(request.get_data())) if self.speaks_rpc else refuse(error)


class BodyEncoded(UnsupportedMediaType):
    """The body is compressed, or changed in another way (RFC 9110, sections 8.4 and 15.5.16)."""

    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"The body is compressed (Content-Encoding: {encoding[:40]}). Send it uncompressed, without this header."
        )

    def get_headers(self, *more: Any) -> list[tuple[str, str]]:
        return [*super().get_headers(*more), ("Accept-Encoding", "identity")]


def require_identity_encoding(request: Request) -> None:
    """Raise BodyEncoded if the request has a Content-Encoding other than `identity`."""
    encoding = request.headers.get("Content-Encoding", "")
    if any(name.strip().lower() not in ("", "identity") for name in encoding.split(",")):
        raise BodyEncoded(encoding)


def is_json(mimetype: str) -> bool:
    """Whether the media type is one of JSON. Browsers send these to other origins only after a preflight."""
    return _JSON_TYPES.fullmatch(mimetype) is not None


def is_from_browser(request: Request) -> bool:
    """Whether the request may come from a browser: it has an Origin or Sec-Fetch header (see
    https://www.w3.org/TR/fetch-metadata/).
    """
    environ = request.environ
    return "HTTP_ORIGIN" in environ or any(name.startswith("HTTP_SEC_FETCH_") for name in environ)


def effective_caller(request: Request, caller: Caller) -> Caller:
    """Return the caller of a GET; without any permission, if an unknown page makes its browser load the response.

    Browsers send no Origin if a page loads a picture, a script or a frame. They send it for requests with CORS
    (`crossorigin`, `fetch`), and no page is involved if the user opens the address. See
    https://www.w3.org/TR/fetch-metadata/.
    """
    mode, place, site = (request.headers.get(f"Sec-Fetch-{name}") for name in ("Mode", "Dest", "Site"))
    is_told = mode in ("cors", "same-origin") or (mode is None and site not in ("cross-site", "same-site"))
    is_opened = mode == "navigate" and place == "document"
    if not (is_told or is_opened or "Origin" in request.headers):
        return replace(caller, origin=OPAQUE, scopes=NOTHING)
    return caller


def respond(body: bytes, status: int = 200, content_type: str | None = JSON) -> Response:
    """Return a response. `content_type`: None if there is no body."""
    response = Response(body, status, content_type=content_type or JSON)
    if content_type is None:
        del response.headers["Content-Type"]
    return response


def handle(endpoint: Endpoint, request: Request, caller: Caller) -> Response:
    """Serve a request. Errors become responses."""
    try:
        if endpoint.methods and request.method not in endpoint.methods:
            text = f"{request.path} is used with {' or '.join(endpoint.methods)}, not with {request.method}."
            raise MethodNotAllowed(endpoint.methods, text)
        return endpoint.serve(request, caller)
    except (ActionError, HTTPException) as error:
        return endpoint.refuse(request, error)


def refuse_rpc(error: ActionError | HTTPException, document: codec.Document) -> Response:
    """Like `refuse`, for a JSON-RPC request: the body is an error response, with the request's id if it has one."""
    response = refuse(error)
    if isinstance(error, HTTPException):
        error = InvalidRequest(f"Invalid Request: {error.description}")
    response.set_data(codec.dumps(error_response(error, readable_id(document.value))))
    return response


def refuse(error: ActionError | HTTPException) -> Response:
    """Return the response for an error: its text as JSON, under the matching HTTP status."""
    if isinstance(error, HTTPException):
        response = respond(codec.dumps({"error": error.description}), error.code or 500)
        response.headers.update({name: value for name, value in error.get_headers() if name != "Content-Type"})
        return response
    response = respond(codec.dumps({"error": error.message}), STATUS.get(type(error), 400))
    if isinstance(error, KeyRequired):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
