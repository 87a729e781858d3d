"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification): from parsed requests to responses.

jsonrpcserver frames each member of a batch by itself, because its own batch handling fails all members for one;
it plans the calls, and this module then runs neighbours that share a lane in one hop and as one undo step.
"""

from __future__ import annotations

import inspect
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from .. import vendored
from ..vendored import marshmallow
from . import batches, codec
from .budget import Budget
from .caller import Caller
from .context import Context
from .errors import (
    ActionError,
    Busy,
    InternalError,
    InvalidParams,
    InvalidRequest,
    MethodNotFound,
    ParseError,
    Problem,
    Refused,
    ResponseTooLarge,
)
from .executor import Executor, Withdrawal, wait
from .host import Host, Step
from .operations import Operation, Operations
from .part import Part, Request, Response, error_response
from .registry import Action, Registry
from .scopes import Scope
from .shares import Shares

logger = logging.getLogger("anki_rpc")

Authorise = Callable[[Caller, Action | None], Caller]
"""The caller with what its key opens. Raises KeyRequired or PermissionDenied. The action is None where the named method
does not exist."""
Audit = Callable[[Caller, Action | None, str | None], None]
"""Told of each call that was authorised when it has ended, and by which kind of error."""
Translate = Callable[[BaseException], ActionError | None]
"""Turns an exception of Anki's into one of ours; None for one that nobody foresaw."""


class Limits(Protocol):
    """How much one request may hold."""

    @property
    def batch(self) -> int:
        """Members of a batch."""

    @property
    def nesting(self) -> int:
        """How deep a batch may stand in a batch, as `multi` can: Python's stack has an end."""

    @property
    def response_megabytes(self) -> int:
        """Size of a response."""

    @property
    def public_response_megabytes(self) -> int:
        """Size of a response to a caller who may use the public methods only."""


def _as_json(method: str) -> bool:
    return True


class Checked(NamedTuple):
    """A body whose calls were checked, and have not begun."""

    parts: Sequence[Part]
    answer: Callable[[], bytes | None]
    """Run them. None if the body holds nothing but notifications."""

    @property
    def waiter(self) -> Caller | None:
        """The caller of a call that may have to wait, or may take long; None if all can be answered at once."""
        return next((part.caller for part in self.parts if part.may_wait), None)


def check_request(message: Any) -> None:
    """Raise InvalidRequest unless this is a request object in the sense of section 4 of the specification."""
    if not isinstance(message, dict):
        raise InvalidRequest("Invalid Request: not an object")
    if message.get("jsonrpc") != "2.0":
        raise InvalidRequest('Invalid Request: "jsonrpc" must be exactly "2.0"')
    if not isinstance(message.get("method"), str):
        raise InvalidRequest('Invalid Request: "method" must be a string')
    if not isinstance(message.get("params", {}), dict | list):
        raise InvalidRequest('Invalid Request: "params" must be an object or an array')
    id = message.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        raise InvalidRequest('Invalid Request: "id" must be a string, a number or null')


class Dispatcher:
    """Runs requests against the registry. It is not concerned with bytes, HTTP, or who may call."""

    def __init__(
        self,
        registry: Callable[[], Registry],
        executor: Executor,
        host: Host,
        *,
        authorise: Authorise,
        audit: Audit,
        translate: Translate,
        operations: Operations | None = None,
        limits: Callable[[], Limits],
        is_public: Callable[[Caller], bool] = lambda caller: False,
        waiting_limit: int = 6,
    ) -> None:
        """`is_public` tells whether a caller may use the public methods only."""
        self._registry = registry
        self._executor = executor
        self._host = host
        self._authorise = authorise
        self._audit = audit
        self._translate = translate
        self.operations = operations or Operations(host)
        self._undo = host.undo_history()
        self._limits = limits
        self._is_public = is_public
        self._waiting = Shares(waiting_limit)
        self._methods = _Methods(registry, self._method, self._unknown)

    def dispatch(self, document: codec.Document, caller: Caller) -> bytes | None:
        """Answer a body: one request or a batch. None when it holds nothing but notifications."""
        return self.check(document, caller).answer()

    def check(self, document: codec.Document, caller: Caller, withdrawal: Withdrawal | None = None) -> Checked:
        """Check a body, as far as that needs nothing but the thread of its request."""
        if document.error is not None or not document.standard:
            detail = document.error or "NaN and Infinity are not JSON"
            return _failed(ParseError(f"Parse error: {detail}"))
        is_batch = isinstance(document.value, list)
        members = document.value if is_batch else [document.value]
        if not members:
            return _failed(InvalidRequest("Invalid Request: an empty batch"))
        if len(members) > (limit := self._limits().batch):
            refusal = f"Invalid Request: a batch of {len(members)}; at most {limit} are taken"
            return _failed(InvalidRequest(refusal, limit=limit))
        try:
            parts = self.check_calls(
                [Request(member, caller, withdrawal=withdrawal, encodes=_as_json) for member in members]
            )
        except ResponseTooLarge as error:
            return _failed(error.alone())

        def answer() -> bytes | None:
            return _joined([response for response in self.finish(parts) if response is not None], is_batch=is_batch)

        return Checked(parts, answer)

    def budget(self, caller: Caller) -> Budget:
        """What the response to one HTTP request of a caller may hold."""
        limits = self._limits()
        if self._is_public(caller):
            return Budget(limits.public_response_megabytes, "publicResponseMegabytes")
        return Budget(limits.response_megabytes, "responseMegabytes")

    def many(
        self, requests: Sequence[Request], outer: Step | None = None, budget: Budget | None = None
    ) -> list[Response | None]:
        """Run requests in order; None stands for a notification's missing response.

        `outer` is the undo step that they belong to, where they are part of a batch themselves, and `budget` is that of
        the HTTP request. Raises ResponseTooLarge if there are too many of them for it.
        """
        return self.finish(self.check_calls(requests, budget), outer)

    def check_calls(self, requests: Sequence[Request], budget: Budget | None = None) -> list[Part]:
        """Check the calls of one HTTP request, or of a batch inside it; one that is refused has its response already.

        `budget` is that of the HTTP request. Raises ResponseTooLarge if there are too many of them for it.
        """
        budget = budget or self.budget(requests[0].caller)
        budget.set_aside(_id(request.message) for request in requests)
        return [self._check(request, budget) for request in requests]

    def finish(self, parts: Sequence[Part], outer: Step | None = None) -> list[Response | None]:
        """As `many`, of calls that were checked."""
        for part in parts:
            self._prepare(part)
        ready = [part for part in parts if part.action is not None]
        for needs_window, stretch in groupby(ready, batches.needs_window):
            if needs_window:
                outer = None  # what the user does in the window is a step of its own
                for part in stretch:
                    self._run([part], self._undo.step())
            else:
                together = list(stretch)
                step = outer or self._undo.step()
                step.label = step.label or batches.label(together)
                for run in batches.runs(together):
                    self._run(run, step)
        for part in parts:
            self._tell_audit(part)
        return [part.response for part in parts]

    def start(self, request: Request) -> Operation:
        """Start a call that goes on by itself. Raises what is wrong with it; all else is the operation's outcome."""
        part = self._check(request._replace(encodes=_as_json), self.budget(request.caller))
        if part.action is None:
            self._tell_audit(part)
            raise part.take_error()
        assert part.caller is not None
        if not part.action.is_startable:
            raise Refused(f"{part.action.name} cannot be started as an operation", field="method")
        operation = Operation(
            part.action.name,
            part.caller.identity,
            is_cancellable=part.action.cancellable,
            is_sync=part.action.scope is Scope.SYNC,
        )
        self.operations.start(operation, lambda operation: self._operate(part, operation))
        return operation

    def _operate(self, part: Part, operation: Operation) -> Response:
        self._prepare(part, operation)
        if part.action is not None and not operation.has_ended:
            self._run([part], self._undo.step(), operation)
        self._tell_audit(part)
        assert part.response is not None
        return part.response

    def _tell_audit(self, part: Part) -> None:
        if part.caller is not None:
            self._audit(part.caller, part.named, part.failure)

    # --- checking, on the server thread ---

    def _check(self, request: Request, budget: Budget) -> Part:
        part = Part(request, budget)
        try:
            check_request(request.message)
        except InvalidRequest as error:
            part.value = self._as_action_error(error)
            part.response = error_response(error)
            return part
        response: Any = vendored.jsonrpcserver.dispatch_to_serializable(
            request.message,
            methods=self._methods,
            context=part,
            deserializer=_unchanged,
            validator=_unchanged,
        )
        part.response = response
        if isinstance(part.value, ActionError):
            part.fail(part.value)
        return part

    def _method(self, action: Action) -> Callable[..., Any]:
        """What jsonrpcserver calls for this action: it fills in the plan and leaves the running to `_run`."""

        def method(part: Part, /, *args: Any, **kwargs: Any) -> Any:
            try:
                part.caller, part.named = self._authorise(part.request.caller, action), action
                if action.once and not part.budget.is_first(action.name):
                    raise InvalidRequest(f"Invalid Request: {action.name} may be called once in a batch")
                part.params = action.params.load_for(args or kwargs, tolerant=part.request.tolerant)
                for scope, purpose in action.needs(part.params) if action.needs else ():
                    part.caller.require(scope, purpose)
                part.action = action
            except marshmallow.ValidationError as error:
                part.value = InvalidParams([Problem(*row) for row in action.params.flaws(error)])
            except BaseException as error:  # even SystemExit must cost no more than this request
                part.value = self._as_action_error(error)
            return vendored.jsonrpcserver.Success()

        vars(method)["__signature__"] = inspect.signature(method)  # jsonrpcserver asks for it at every call
        return method

    def _prepare(self, part: Part, operation: Operation | None = None) -> None:
        if part.action is None:
            return
        assert part.caller is not None
        withdrawal = part.request.withdrawal

        def is_wanted() -> bool:
            return not (operation and operation.has_ended) and not (withdrawal and withdrawal.is_made)

        try:
            if part.action.prepare is not None:
                part.params = part.action.prepare(part.params, part.caller, self._host)
            if part.action.rehearse is not None:
                part.params = part.action.rehearse(part.params, part.caller, self._host, is_wanted)
        except BaseException as error:
            part.action = None
            part.fail(self._as_action_error(error))

    def _unknown(self, name: str) -> Callable[..., Any]:
        def method(part: Part, /, *args: Any, **kwargs: Any) -> Any:
            try:
                part.caller = self._authorise(part.request.caller, None)
                part.value = MethodNotFound(f"Method not found: {name}", method=name)
            except ActionError as error:
                part.value = error
            return vendored.jsonrpcserver.Success()

        return method

    # --- running, on the lane of the actions ---

    def _run(self, parts: list[Part], step: Step, operation: Operation | None = None) -> None:
        if (budget := parts[0].budget).is_spent:
            for part in parts:
                part.fail(budget.not_run())
            return
        actions = [part.action for part in parts if part.action is not None]
        first = actions[0]
        limit = None if operation is not None else max(action.limit for action in actions)
        caller = parts[0].caller
        assert caller is not None
        is_waiting = first.waits_for_person and bool(caller.scopes)  # the transport has a pool for strangers
        try:
            if is_waiting and not self._waiting.acquire(caller.identity):
                is_waiting = False
                raise Busy("too many calls are waiting for an answer of the user")
            self._save_input(parts)
            self._executor.run(
                first.runs_on,
                lambda: self._work(parts, step, operation),
                limit,
                parts[0].request.withdrawal,
                reads=not any(action.writes for action in actions),
                owner=caller.identity,
            )
            for part in parts:
                self._settle(part, limit)
        except ActionError as error:
            for part in parts:
                part.fail(error)
        finally:
            if is_waiting:
                self._waiting.release(caller.identity)

    def _work(self, parts: list[Part], step: Step, operation: Operation | None) -> None:
        if operation is not None:
            before = self._host.progress(of_sync=operation.is_sync)
            if not operation.begin(before, lambda: self._give_way(step)):
                return
        for part in parts:
            if part.budget.is_spent:
                part.value = part.budget.not_run()
            else:
                self._call(part, step, operation)
            if len(parts) > 1:  # else the lane need not wait for it
                part.encode()
        self._tell(step)

    def _give_way(self, step: Step) -> None:
        self._tell(step)
        self._executor.give_way()

    def _tell(self, step: Step) -> None:
        if (changes := step.take_changes()) is not None:
            self._host.changed(changes)

    def _save_input(self, parts: Sequence[Part]) -> None:
        """Have what the user is typing stored before it is written over."""
        if self._host.window() is None:  # nobody types
            return
        edited = [part.action.edits(part.params) for part in parts if part.action and part.action.edits]
        if edited:
            ids = None if None in edited else {note_id for note_ids in edited for note_id in note_ids or ()}
            self._host.save_input(ids)

    def _call(self, part: Part, step: Step, operation: Operation | None) -> None:
        assert part.action is not None
        assert part.caller is not None
        caller = part.request.caller
        budget = part.budget if part.response is not None else self.budget(part.caller)

        def many(messages: Sequence[Any], keys: Sequence[Any]) -> list[Response | None]:
            if part.request.depth >= (limit := self._limits().nesting):
                raise InvalidRequest(f"Invalid Request: more than {limit} calls inside each other")
            inner = part.request._replace(depth=part.request.depth + 1)
            requests = [
                inner._replace(message=message, caller=caller.inside(key))
                for message, key in zip(messages, keys, strict=True)
            ]
            part.is_counted = True
            return self.many(requests, step, budget)

        def start(method: str, params: Mapping[str, Any] | Sequence[Any]) -> Operation:
            return self.start(
                Request({"jsonrpc": "2.0", "id": 0, "method": method, "params": params}, caller.inside(None))
            )

        context = Context(
            self._host,
            part.caller,
            self._registry(),
            many,
            start,
            self.operations,
            step,
            self._undo,
            budget.counter(),
            operation,
            part.request.withdrawal,
        )
        try:
            part.value = part.action.handler(context, **part.params)
        except BaseException as error:  # even SystemExit must not end the lane
            part.value = self._as_action_error(error)

    def _settle(self, part: Part, limit: float | None) -> None:
        """Wait for a handler that finishes in a callback, and write the response."""
        if isinstance(part.value, Future):
            try:
                part.value = wait(part.value, limit, math.inf, withdrawal=part.request.withdrawal)
            except Exception as error:
                part.value = self._as_action_error(error)
        part.encode()
        if isinstance(part.value, ActionError):
            part.fail(part.value)
        else:
            part.answer()

    def _as_action_error(self, error: BaseException) -> ActionError:
        known = error if isinstance(error, ActionError) else self._translate(error)
        if known is None:
            logger.error("unexpected error in an action", exc_info=error)
            known = InternalError()
        return known.alone()


class _Methods(dict[str, Callable[..., Any]]):
    """jsonrpcserver's table of methods, made as they are called; a name that no action has gets one that says so."""

    def __init__(
        self,
        registry: Callable[[], Registry],
        known: Callable[[Action], Callable[..., Any]],
        unknown: Callable[[str], Callable[..., Any]],
    ) -> None:
        super().__init__()
        self._registry = registry
        self._known = known
        self._unknown = unknown

    def __missing__(self, name: str) -> Callable[..., Any]:
        if name not in self._registry():
            return self._unknown(name)
        method = self[name] = self._known(self._registry()[name])
        return method


def _failed(error: ActionError) -> Checked:
    """A body that is refused as a whole."""
    body = codec.dumps(error_response(error))
    return Checked([], lambda: body)


def _unchanged(value: Any) -> Any:
    return value


def _id(message: Any) -> Any:
    return message.get("id") if isinstance(message, dict) else None


def _joined(responses: Sequence[Response], *, is_batch: bool) -> bytes | None:
    """Responses as bytes, which are copied once; None for none."""
    if not responses:
        return None
    parts = []
    for response in responses:
        parts.append(b",")
        result = response.get("result")
        if isinstance(result, codec.Encoded):
            parts += [b'{"jsonrpc":"2.0","result":', *result.parts, b',"id":', codec.dumps(response["id"]), b"}"]
        else:
            parts.append(codec.dumps(response))
    return b"".join([b"[", *parts[1:], b"]"]) if is_batch else b"".join(parts[1:])
