"""`/mcp`: the Model Context Protocol as Streamable HTTP. A POST is answered in JSON; there is no stream to GET.

It keeps no state of its clients. The session id that a handshake gives is there for cancelling alone: ids of requests
are the clients' own choice, and without it one could cancel what another has asked for. A call that is cancelled before
it has begun never will; one that has begun goes on to its end.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from werkzeug.wrappers import Request, Response

from .. import mcp_adapter, mcp_headers
from ..config import Config
from ..mcp_adapter import Message, Refusal
from ..mcp_tools import Offer, Tool, tools
from ..rpc import codec, dispatcher
from ..rpc.context import Caller
from ..rpc.dispatcher import Dispatcher
from ..rpc.errors import InvalidParams, MethodNotFound
from ..rpc.executor import Withdrawal
from ..rpc.openrpc import OpenRpcDocument
from ..rpc.registry import Scope
from .front import JSON, Front, respond
from .pages import Admit
from .streams import ENVIRON

_STATUS = {MethodNotFound.code: 404, InvalidParams.code: 400}
"""Of HTTP, for errors that the current revision gives one; the revisions before answer all of them with 200."""


class Mcp:
    """Serves the path. `has_window` tells whether Anki's windows are there."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        config: Callable[[], Config],
        openrpc: Callable[[], OpenRpcDocument],
        admit: Admit,
        has_window: Callable[[], bool],
    ) -> None:
        self._dispatcher = dispatcher
        self._config = config
        self._openrpc = openrpc
        self._admit = admit
        self._has_window = has_window
        self._running: dict[tuple[str | None, str | int | None], Withdrawal] = {}

    @property
    def front(self) -> Front:
        return Front(self.serve, methods=("POST",))

    @cached_property
    def _tools(self) -> dict[str, Tool]:
        return tools(self._openrpc().value)

    def serve(self, request: Request, caller: Caller) -> Response:
        caller = self._admit(caller, Scope.READ, request.path)
        if request.mimetype != JSON:
            return respond(codec.dumps({"error": f"messages must have the content type {JSON}"}), 415)
        try:
            message = mcp_adapter.read(codec.loads(request.get_data(cache=False)), request.headers.get)
        except Refusal as refusal:
            return respond(codec.dumps(refusal.to_object()), 400)
        if message is None or message.id is None:
            self._note(request, message)
            return respond(b"", 202, content_type=None)
        return self._answer(request, message, caller)

    def _answer(self, request: Request, message: Message, caller: Caller) -> Response:
        try:
            result = self._result(request, message, caller)
        except Refusal as refusal:
            status = _STATUS.get(refusal.code, 200) if message.is_current else 200
            return respond(codec.dumps(refusal.to_object()), status)
        response = respond(codec.dumps(mcp_adapter.respond(message, result)))
        if message.method == "initialize":
            response.headers[mcp_headers.SESSION] = secrets.token_hex()
        return response

    def _result(self, request: Request, message: Message, caller: Caller) -> dict[str, Any]:
        with self._withdrawal(request, message) as withdrawal:

            def call(method: str, params: dict[str, Any]) -> dict[str, Any]:
                call = {"jsonrpc": "2.0", "id": message.id, "method": method, "params": params}
                (response,) = self._dispatcher.many([dispatcher.Request(call, caller, withdrawal=withdrawal)])
                assert response is not None
                return response

            return mcp_adapter.answer(mcp_adapter.Request(message, self._tools, self._offer(caller), call))

    @contextmanager
    def _withdrawal(self, request: Request, message: Message) -> Iterator[Withdrawal]:
        """How the client can cancel: by closing the connection, and before that was so by a word of its session's."""
        withdrawal = Withdrawal()
        session, stream = request.headers.get(mcp_headers.SESSION), request.environ.get(ENVIRON)
        if message.is_current and stream is not None:
            stream.watch(withdrawal.make)
        elif session is not None:
            self._running[session, message.id] = withdrawal
        try:
            yield withdrawal
        finally:
            self._running.pop((session, message.id), None)
            if stream is not None:
                stream.unwatch()

    def _note(self, request: Request, message: Message | None) -> None:
        """A notification: the one that matters tells that an answer is not waited for any more."""
        if message is None or message.method != "notifications/cancelled":
            return
        session, id = request.headers.get(mcp_headers.SESSION), message.params.get("requestId")
        if isinstance(id, str | int) and (withdrawal := self._running.get((session, id))) is not None:
            withdrawal.make()

    def _offer(self, caller: Caller) -> Offer:
        config = self._config()
        return Offer(caller.may, config.mcp_all_tools, config.mcp_allow_destructive, self._has_window())
