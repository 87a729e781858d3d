"""`/mcp`: the Model Context Protocol over Streamable HTTP.

The response is JSON. If the client wants to see the progress of a call that may take long, or subscribes, it is a
stream of events. In revisions with a handshake, GET opens the stream of a session, for its subscriptions.

The session id from the handshake serves only for subscriptions and cancelling: clients choose the ids of their
requests, so without it one client could cancel the calls of another. An unknown id, as from before a restart, is
accepted: 404 is only for sessions that the server has ended, and the official clients begin no new session then.

A call that is cancelled before it begins never runs. A call that has begun runs to its end, unless it is streamed and
can be cancelled.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from functools import partial
from typing import Any

from werkzeug.exceptions import BadRequest, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Request, Response

from ...config import Config
from ...mcp import headers as mcp_headers
from ...mcp import messages, protocol, subscriptions, tool_search
from ...mcp.catalogue import ANKI, Catalogue
from ...mcp.inputs import Signer, SpentTickets
from ...mcp.messages import McpRefusal, McpRequest, Message
from ...mcp.replies import Call
from ...mcp.subscriptions import Subscription
from ...mcp.tasks import AgentTask, Tasks
from ...mcp.tools import Tool, ToolAccess, tools
from ...rpc import calls, codec
from ...rpc.caller import Caller
from ...rpc.dispatcher import Dispatcher
from ...rpc.errors import Busy, InternalError, InvalidParams, MethodNotFound
from ...rpc.events import Event, Events
from ...rpc.executor import CancelToken
from ...rpc.openrpc import JsonObject
from ...rpc.scopes import Scope
from ...rpc.shares import FairSlots
from ..endpoint import JSON, Endpoint, require_identity_encoding, respond
from ..server.streams import ENVIRON
from ..server.turns import END_TURN
from ..server.uploads import SMALL_BYTES
from .documents import Admit
from .events import MIMETYPE, CheckOrigin, admission
from .mcp_progress import ProgressStream
from .mcp_subscriptions import MAX_SESSION_STREAMS, MAX_SUBSCRIPTION_STREAMS, Sessions, stream

logger = logging.getLogger("anki_rpc.http")

_WAITING = ("tools/call", "resources/read", "prompts/get", "completion/complete")
"""The methods of the protocol that call actions."""
_ANSWER_S = 5.0
"""Seconds to wait for the answer of a task whose operation has ended."""
_STATUS = {MethodNotFound.code: 404, InvalidParams.code: 400, messages.MISSING_CAPABILITY: 400}
"""The HTTP status of errors in the current revision of the protocol, if not 200. Older revisions always use 200."""


class Mcp:
    """Serves the path. `has_window`: whether Anki's window is available."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        config: Callable[[], Config],
        openrpc: Callable[[], JsonObject],
        admit: Admit,
        has_window: Callable[[], bool],
        *,
        events: Events,
        check_origin: CheckOrigin,
        catalogue: Catalogue = ANKI,
    ) -> None:
        self._dispatcher = dispatcher
        self._config = config
        self._openrpc = openrpc
        self._admit = admit
        self._has_window = has_window
        self._catalogue = catalogue
        self._events = events
        self._check_origin = check_origin
        self._sessions = Sessions()
        self._tasks = Tasks(dispatcher.operations)
        self._places = FairSlots(MAX_SUBSCRIPTION_STREAMS)
        self._session_places = FairSlots(MAX_SESSION_STREAMS)
        self._secret = secrets.token_bytes(32)
        self._spent = SpentTickets()
        self._running: dict[tuple[object, str | int | None], CancelToken | ProgressStream] = {}
        self._made: tuple[JsonObject, dict[str, Tool]] | None = None

    @property
    def endpoint(self) -> Endpoint:
        return Endpoint(self.serve, methods=("POST", "GET"), may_block=_may_wait, speaks_rpc=True)

    @property
    def _tools(self) -> dict[str, Tool]:
        document, made = self._openrpc(), self._made
        if made is None or made[0] is not document:  # extensions come and go
            made = self._made = document, tools(document, self._catalogue)
        return made[1]

    def serve(self, request: Request, caller: Caller) -> Response:
        sender = caller
        caller = replace(self._admit(caller, Scope.READ, request.path), is_agent=True)
        if request.method == "GET":
            return self._follow_session(request, sender, caller)
        if request.mimetype != JSON:
            raise UnsupportedMediaType(f"Send messages with the content type {JSON}.")
        require_identity_encoding(request)
        try:
            message = messages.read(codec.loads(request.get_data(cache=False)), request.headers.get)
        except McpRefusal as refusal:
            return respond(codec.dumps(refusal.to_object()), 400)
        if message is None or message.id is None:
            self._note(request, message)
            return respond(b"", 202, content_type=None)
        message = tool_search.unwrap(message, self._offer(caller))
        if not self._may_delete(message):
            caller = replace(caller, scopes=caller.scopes - {Scope.DELETE})
        if message.is_current and message.method == messages.LISTEN and _accepts_events(request):
            return self._listen(request, message, sender, caller)
        return self._answer(request, message, caller)

    # --- subscriptions ---

    def _listen(self, request: Request, message: Message, sender: Caller, caller: Caller) -> Response:
        """Open the stream of a subscription, in the current revision."""
        assert message.id is not None
        id = message.id
        try:
            subscription = protocol.listen(self._mcp_request(message, caller, _call_nothing))
        except McpRefusal as refusal:
            return self._refuse(message, refusal)
        return self._stream(
            *(request, sender, caller, subscription, id),
            places=self._places,
            first=subscriptions.acknowledged(id, subscription),
            last=subscriptions.ended(id),
        )

    def _follow_session(self, request: Request, sender: Caller, caller: Caller) -> Response:
        """Open the stream of a session. If it cannot be served, clients do without: the status 405 says that."""
        session = request.headers.get(mcp_headers.SESSION)
        if session is None or not _accepts_events(request):
            text = f"{request.path} is used with POST, and with GET only for the events of a session."
            raise MethodNotAllowed(("POST",), text)
        if (version := request.headers.get(mcp_headers.VERSION)) not in (None, *messages.WITH_HANDSHAKE):
            raise BadRequest(f"GET is not used in the protocol version {version}.")
        subscription, own = self._sessions.of(caller.identity, session), object()
        try:
            response = self._stream(
                *(request, sender, caller, subscription, None),
                places=self._session_places,
                is_reader=partial(subscription.is_reader, own),
            )
        except Busy as busy:
            raise MethodNotAllowed(("POST",), busy.message) from None
        subscription.add_reader(own)
        response.call_on_close(partial(subscription.remove_reader, own))
        return response

    def _stream(
        self,
        request: Request,
        sender: Caller,
        caller: Caller,
        subscription: Subscription,
        id: str | int | None,
        *,
        is_reader: Callable[[], bool] = lambda: True,
        **more: Any,
    ) -> Response:
        """Return a stream of a subscription. It has no messages while `is_reader` returns False."""
        admit_again = admission(request, sender, self._admit, self._check_origin)

        def notes(events: Sequence[Event]) -> list[Mapping[str, Any]] | None:
            if admit_again() is None:
                return None
            if not is_reader():
                return []
            found = [subscriptions.updated(uri, id) for uri in subscription.updated(events)]
            for task in subscription.changed_tasks(events):
                if task.has_ended_operation:
                    task.wait(_ANSWER_S)
                found.append(subscriptions.task_changed(task, id))
            return [*found]

        return stream(request, self._events, identity=caller.identity, notes=notes, **more)

    def _subscription(self, request: Request, message: Message, caller: Caller) -> Subscription | None:
        """Return the subscription of a message's session, if the message is about it."""
        session = request.headers.get(mcp_headers.SESSION)
        is_about_it = message.method in ("resources/subscribe", "resources/unsubscribe")
        return self._sessions.of(caller.identity, session) if is_about_it and session else None

    # --- calls ---

    def _may_delete(self, message: Message) -> bool:
        """Whether the settings let the message delete. A call that nobody confirms may not, as by undoing steps of the
        user.
        """
        config = self._config()
        tool = self._tools.get(str(message.params.get("name"))) if message.method == "tools/call" else None
        is_confirmed = tool is None or tool.destroys or not config.mcp_confirm_destructive
        return config.mcp_allow_destructive and is_confirmed

    def _answer(self, request: Request, message: Message, caller: Caller) -> Response:
        tool = self._tools.get(str(message.params.get("name"))) if message.method == "tools/call" else None
        if tool is not None and tool.is_startable:
            with suppress(Busy):  # the system allows no more threads: it is answered as any other call
                if message.declares_tasks:
                    return self._answer_by_task(request, message, caller, tool)
                if (response := self._answer_by_events(request, message, caller, tool)) is not None:
                    return response
        with self._cancel_token(request, message) as cancel_token:
            call = self._caller_of_actions(caller, cancel_token)
            subscription = self._subscription(request, message, caller)
            with self._sessions.lock if subscription else nullcontext():
                body, status = self._respond(message, caller, call, subscription)
        response = respond(codec.dumps(body), status)
        if message.method == "initialize":
            response.headers[mcp_headers.SESSION] = secrets.token_hex()
        return response

    def _answer_by_task(self, request: Request, message: Message, caller: Caller, tool: Tool) -> Response:
        """Answer with the result if the call ends soon, else with a task."""
        task = AgentTask(self._dispatcher.operations)
        with self._cancel_token(request, message, task.cancel) as cancel_token:
            call = self._starter(tool, caller, task, cancel_token)
            task.run(lambda: self._respond(message, caller, call)[0])
            if task.ends_soon():
                if task.operation is not None:
                    self._dispatcher.operations.drop(task.operation)
                body = {"jsonrpc": "2.0", "id": message.id, **(task.response or {})}
            else:
                self._tasks.keep(task)
                body = protocol.respond(message, {"resultType": "task", **task.handle()})
        return respond(codec.dumps(body), _status(message, body.get("error", {}).get("code")))

    def _starter(
        self, tool: Tool, caller: Caller, follower: ProgressStream | AgentTask, cancel_token: CancelToken
    ) -> Call:
        """Return a function that calls actions, the tool's own as an operation, for which `follower` waits."""
        direct = self._caller_of_actions(caller, cancel_token)

        def call(method: str, params: dict[str, Any]) -> dict[str, Any]:
            reads_besides = method != tool.name or params.get("dryRun")
            if reads_besides or cancel_token.is_cancelled:  # a call that is cancelled already fails at once
                return direct([(method, params)])[0]
            steps: list[str] = []
            asked = calls.Request(_message(method, params), caller, note_step=steps.append)
            try:
                operation = self._dispatcher.start_operation(asked, follower.attach)
            except Busy:  # too many are unfinished: it is no operation then, and waits for its turn like any call
                return direct([(method, params)])[0]
            answer = follower.call(operation)
            return {**answer, "step": steps[-1]} if steps else answer

        return lambda wanted: [call(*each) for each in wanted]

    def _answer_by_events(self, request: Request, message: Message, caller: Caller, tool: Tool) -> Response | None:
        """Answer with a stream of progress events, if the client accepts one; else None."""
        token, stream = message.progress_token, request.environ.get(ENVIRON)
        if token is None or stream is None or not _accepts_events(request):
            return None
        running = ProgressStream(
            self._dispatcher.operations, lambda number, progress: protocol.progress(token, number, progress)
        )
        if not stream.open(running.end if message.is_current else running.leave, caller.identity):
            return None
        # Without a session the key is unique, so that no other client can cancel the call.
        key = request.headers.get(mcp_headers.SESSION, object()), message.id
        self._running[key] = running

        call = self._starter(tool, caller, running, running.cancel_token)

        def answer() -> dict[str, Any]:
            try:
                return self._respond(message, caller, call)[0]
            finally:
                self._running.pop(key, None)
                running.drop()

        try:
            response = running.respond(stream, answer)
        except Busy:
            del self._running[key]
            stream.close()
            raise
        request.environ[END_TURN]()  # the operation has a thread of its own, and so has the stream
        return response

    def _caller_of_actions(self, caller: Caller, cancel_token: CancelToken | None = None) -> Call:
        """Return a function that calls actions for a caller."""

        def call(wanted: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
            steps: dict[int, str] = {}
            asked = [
                calls.Request(
                    _message(method, params),
                    caller,
                    cancel_token=cancel_token,
                    note_step=partial(steps.__setitem__, place),
                )
                for place, (method, params) in enumerate(wanted)
            ]
            answers = self._dispatcher.dispatch_batch(asked)
            return [
                {**(answer or {}), **({"step": steps[place]} if place in steps else {})}
                for place, answer in enumerate(answers)
            ]

        return call

    def _respond(
        self, message: Message, caller: Caller, call: Call, subscription: Subscription | None = None
    ) -> tuple[dict[str, Any], int]:
        """Return the response object and its HTTP status. Never raises: it may be the last event of a stream."""
        try:
            result = protocol.answer(self._mcp_request(message, caller, call, subscription))
        except McpRefusal as refusal:
            return refusal.to_object(), _status(message, refusal.code)
        except Exception:
            logger.exception("A message of an agent (%s) ended with an unexpected error", message.method)
            error = InternalError()
            return McpRefusal(error.code, error.message, message.id).to_object(), 500
        return protocol.respond(message, result), 200

    def _refuse(self, message: Message, refusal: McpRefusal) -> Response:
        return respond(codec.dumps(refusal.to_object()), _status(message, refusal.code))

    def _mcp_request(
        self, message: Message, caller: Caller, call: Call, subscription: Subscription | None = None
    ) -> McpRequest:
        signer = Signer(self._secret, repr(caller.identity), self._spent)
        find_task = partial(self._tasks.find, owner=caller.identity)
        return McpRequest(
            message, self._catalogue, self._tools, self._offer(caller), call, signer, find_task, subscription
        )

    @contextmanager
    def _cancel_token(
        self, request: Request, message: Message, cancel: Callable[[], None] = lambda: None
    ) -> Iterator[CancelToken]:
        """Yield the token by which the client can cancel.

        In the current revision a client cancels by closing the connection, in older ones by a notification within its
        session.
        """
        cancel_token = CancelToken()
        session, stream = request.headers.get(mcp_headers.SESSION), request.environ.get(ENVIRON)

        def leave() -> None:
            cancel_token.leave()
            cancel()

        if message.is_current and stream is not None:
            stream.watch(leave)
        elif stream is not None:
            stream.on_disconnect(cancel_token.abandon)  # in older revisions, closing the connection cancels nothing
        if session is not None and not message.is_current:
            self._running[session, message.id] = cancel_token
        try:
            yield cancel_token
        finally:
            self._running.pop((session, message.id), None)
            if stream is not None:
                stream.unwatch()

    def _note(self, request: Request, message: Message | None) -> None:
        """Handle a notification. Only `notifications/cancelled` has an effect: it cancels a call of the session."""
        if message is None or message.method != "notifications/cancelled":
            return
        session, id = request.headers.get(mcp_headers.SESSION), message.params.get("requestId")
        if isinstance(id, str | int) and (cancel_token := self._running.get((session, id))) is not None:
            cancel_token.cancel()

    def _offer(self, caller: Caller) -> ToolAccess:
        config = self._config()
        return ToolAccess(
            caller.may,
            all_tools=config.mcp_all_tools,
            destructive=config.mcp_allow_destructive,
            has_window=self._has_window(),
            read_only=config.mcp_read_only,
            patterns=config.mcp_tools,
            confirm=config.mcp_confirm_destructive,
            structured=config.mcp_structured_results,
        )


def _accepts_events(request: Request) -> bool:
    return request.accept_mimetypes.quality(MIMETYPE) > 0


def _status(message: Message, code: int | None) -> int:
    return _STATUS.get(code, 200) if message.is_current and code is not None else 200


def _call_nothing(wanted: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    raise AssertionError("a subscription reads nothing")


def _may_wait(request: Request, caller: Caller) -> bool:
    """Whether the message calls an action. A large body counts as one, without being read."""
    body = request.get_data()
    message = codec.loads(body).value if len(body) <= SMALL_BYTES else {"method": _WAITING[0]}
    return isinstance(message, dict) and message.get("method") in _WAITING


def _message(method: str, params: dict[str, Any]) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": 0, "method": method, "params": params}
