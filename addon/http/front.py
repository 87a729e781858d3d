"""What answers one path, beside the two protocols: a page, a document, or a protocol of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from werkzeug.wrappers import Request, Response

from ..rpc import codec
from ..rpc.context import Caller
from ..rpc.errors import ActionError, KeyRequired, PermissionDenied

JSON = "application/json"


class Front(NamedTuple):
    """Serves requests whose Host is known; whether the caller may be served is its own to ask (see `App.admit`).

    An ActionError that it raises is answered in JSON, under a status of HTTP that fits.
    """

    serve: Callable[[Request, Caller], Response]
    methods: tuple[str, ...] = ()
    """Of HTTP, where every request of the path is its own; without any it is served to a GET without a body."""
    is_wanted: Callable[[Request], bool] = lambda request: True
    """Whether a GET is meant for it, and not for the old protocol, which answers under every path."""


def respond(body: bytes, status: int = 200, content_type: str | None = JSON) -> Response:
    """A response with a body of one type; None for none, where there is no body."""
    response = Response(body, status)
    if content_type is None:
        del response.headers["Content-Type"]
    else:
        response.headers["Content-Type"] = content_type
    return response


def enter(front: Front, request: Request, caller: Caller) -> Response:
    """Serve a request, or tell why not."""
    try:
        return front.serve(request, caller)
    except ActionError as error:
        response = respond(codec.dumps({"error": error.message}), _status(error))
        if isinstance(error, KeyRequired):
            response.headers["WWW-Authenticate"] = "Bearer"
        return response


def _status(error: ActionError) -> int:
    if isinstance(error, KeyRequired):
        return 401
    return 403 if isinstance(error, PermissionDenied) else 400
