"""The documents for GET: the gateway's state, its two OpenRPC documents, and the log of recent callers and calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from ...rpc import codec
from ...rpc.caller import Caller
from ...rpc.openrpc import Contract
from ...rpc.scopes import Scope
from ..call_log import CallLog
from ..endpoint import Endpoint, respond
from . import browser_page

Admit = Callable[[Caller, Scope, str], Caller]
"""Returns the caller with the scopes of its key. Raises KeyRequired or PermissionDenied if it lacks the scope; the last
argument says what needs the scope."""


def endpoints(
    health: Callable[[], Mapping[str, Any]],
    recent: CallLog,
    admit: Admit,
    contract: Callable[[], Contract],
) -> dict[str, Endpoint]:
    """Return the endpoints by their paths. `health` and `contract` return what is served; `recent` is the log."""

    def serve_openrpc(request: Request, caller: Caller) -> Response:
        document = contract().served(caller.address, is_dereferenced=request.path == "/openrpc.dereferenced.json")
        response = respond(document.body)
        response.set_etag(document.etag)
        return response.make_conditional(request)

    def serve_recent(request: Request, caller: Caller) -> Response:
        """Serve the log, only to callers with the scope `admin`: Anki's window shows it to the user, too."""
        admit(caller, Scope.ADMIN, request.path)
        rows = recent.rows() if request.path == "/recent.json" else recent.calls()
        response = respond(codec.dumps([row.to_object() for row in rows]))
        response.headers["Cache-Control"] = "no-store"
        return response

    serve_page = Endpoint(lambda request, caller: browser_page.serve(request))
    return {
        "/health": Endpoint(lambda request, caller: respond(codec.dumps(health()))),
        "/openrpc.json": Endpoint(serve_openrpc),
        "/openrpc.dereferenced.json": Endpoint(serve_openrpc),
        "/recent.json": Endpoint(serve_recent),
        "/calls.json": Endpoint(serve_recent),
        **dict.fromkeys(browser_page.FILES, serve_page),
        "/": serve_page._replace(is_wanted=browser_page.is_wanted),
    }
