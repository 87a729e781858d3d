"""What answers one path, beside the two protocols: a page, a document, or a protocol of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from werkzeug.exceptions import HTTPException, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Request, Response

from ..rpc import codec
from ..rpc.caller import Caller
from ..rpc.errors import (
    ActionError,
    AlreadyExists,
    Busy,
    CollectionUnavailable,
    KeyRequired,
    NotFound,
    PermissionDenied,
    StillRunning,
)
from ..text.origins import OPAQUE
from .guard import NOTHING
from .server.uploads import Upload

JSON = "application/json"
_JSON_TYPES = re.compile(r"application/(json|json-rpc|jsonrequest|[a-z0-9!#$&^_.+-]+\+json)")
"""The first three are those of https://www.jsonrpc.org/historical/json-rpc-over-http.html, the rest RFC 6839's."""
ISOLATED = {
    # What a browser opens or loads from here must have none of the rights of the gateway's page, nor tell another
    # page whether it is there.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "private, no-cache",  # asks each time, and is mostly told that nothing has changed
}
"""Headers of every response of an `Endpoint`, errors included, unless it sets others."""

STATUS: dict[type[ActionError], int] = {
    KeyRequired: 401,
    PermissionDenied: 403,
    NotFound: 404,
    AlreadyExists: 409,
    CollectionUnavailable: 503,
    Busy: 503,
    StillRunning: 504,
}
"""Of HTTP; any other error is 400."""


class Endpoint(NamedTuple):
    """Serves requests whose Host is known; whether the caller may be served is its own to ask (see `App.admit`).

    An ActionError or an HTTPException that it raises is answered in JSON, under a status of HTTP that fits.
    """

    serve: Callable[[Request, Caller], Response]
    methods: tuple[str, ...] = ()
    """Of HTTP, where every request of the path is its own; without any it is served to a GET without a body."""
    is_wanted: Callable[[Request], bool] = lambda request: True
    """Whether a GET is meant for it, and not for the old protocol, which answers under every path."""
    may_wait: Callable[[Request, Caller], bool] = lambda request, caller: False
    """Whether answering may have to wait or take long. Raises, as `serve` will, if the request is refused."""
    upload: Callable[[Request, Caller], Upload] | None = None
    """Asked when the headers of a PUT are there. Raises, as `serve` will, where its body is not worth receiving."""


class BodyEncoded(UnsupportedMediaType):
    """The body is compressed, or changed in another way (RFC 9110, sections 8.4 and 15.5.16)."""

    def __init__(self, encoding: str) -> None:
        super().__init__(
            f"the body is compressed (Content-Encoding: {encoding[:40]}); send it as it is, without a Content-Encoding"
        )

    def get_headers(self, *more: Any) -> list[tuple[str, str]]:
        return [*super().get_headers(*more), ("Accept-Encoding", "identity")]


def require_plain(request: Request) -> None:
    """Raise BodyEncoded unless the body stands in the request as it is."""
    encoding = request.headers.get("Content-Encoding", "")
    if any(name.strip().lower() not in ("", "identity") for name in encoding.split(",")):
        raise BodyEncoded(encoding)


def is_json(mimetype: str) -> bool:
    """The media type is one of JSON, which no browser sends to another origin without asking first."""
    return _JSON_TYPES.fullmatch(mimetype) is not None


def is_browsers(request: Request) -> bool:
    """The request may be a browser's: it says of which page, or what for (https://www.w3.org/TR/fetch-metadata/)."""
    return any(name == "Origin" or name.startswith("Sec-Fetch-") for name, _ in request.headers)


def effective_caller(request: Request, caller: Caller) -> Caller:
    """The caller of a GET, but of nobody knows whose page where one has its browser load the answer as its own.

    As a picture, a script or a frame it is loaded without telling the origin; with CORS (`crossorigin`, `fetch`) it is
    told. See https://www.w3.org/TR/fetch-metadata/.
    """
    mode, place, site = (request.headers.get(f"Sec-Fetch-{name}") for name in ("Mode", "Dest", "Site"))
    is_told = mode in ("cors", "same-origin") or (mode is None and site not in ("cross-site", "same-site"))
    is_opened = mode == "navigate" and place == "document"
    if not (is_told or is_opened or "Origin" in request.headers):
        return replace(caller, origin=OPAQUE, scopes=NOTHING)
    return caller


def respond(body: bytes, status: int = 200, content_type: str | None = JSON) -> Response:
    """A response with a body of one type; None for none, where there is no body."""
    response = Response(body, status)
    if content_type is None:
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Type"] = content_type
    return response


def handle(endpoint: Endpoint, request: Request, caller: Caller) -> Response:
    """Serve a request, or tell why not."""
    try:
        if endpoint.methods and request.method not in endpoint.methods:
            raise MethodNotAllowed(endpoint.methods)
        return endpoint.serve(request, caller)
    except (ActionError, HTTPException) as error:
        return refuse(error)


def refuse(error: ActionError | HTTPException) -> Response:
    """The answer to a request that fails."""
    if isinstance(error, HTTPException):
        response = respond(codec.dumps({"error": error.description}), error.code or 500)
        response.headers.update({name: value for name, value in error.get_headers() if name != "Content-Type"})
        return response
    response = respond(codec.dumps({"error": error.message}), STATUS.get(type(error), 400))
    if isinstance(error, KeyRequired):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
