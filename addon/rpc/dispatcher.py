"""JSON-RPC 2.0 (https://www.jsonrpc.org/specification): from parsed requests to responses, in three steps.

1. *Plan*, on the thread of the request: validate the request object, find the action, authorise the caller, load the
   params. A request object becomes a `Planned` call, or an `Ended` one with the error that refuses it. Planning changes
   nothing and waits for nothing.
2. *Run*: first `prepare` what an action needs (a download, a trial) on the thread of the request. Then run the handlers
   on the threads that their actions name (`RunsOn`). Neighbours on the collection lane are submitted together, and all
   writes up to the next call in Anki's window form one undo step. Each call becomes an `Ended` one.
3. *Answer*: report each call to the audit, and turn it into a response object, unless it was a notification.

The steps are separate because the server plans a request before the request gets its turn: a refused or quick request
is answered without one.

A handler that sends calls of its own (`Context.dispatch_batch`) goes through the same three steps, one level deeper,
within the undo step and the response budget of the outer request. `start_operation` plans a call in the same way, but
runs it on a background thread.

Every exception becomes an `ActionError`: of marshmallow, InvalidParams; of Anki, whatever `translate` returns; any
other is logged and answered with InternalError. A failed call never affects the other calls of its batch.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from itertools import groupby
from typing import Any, NamedTuple

from ..vendored import marshmallow
from . import batches, codec
from .answers import Response, encode_body, encode_result, error_response, fit_error, response_to, to_ended
from .budget import Budget
from .caller import Caller
from .calls import NO_ID, Ended, Outcome, Planned, Request, Result
from .context import Context, RequestLimits
from .errors import (
    ActionError,
    Busy,
    CollectionUnavailable,
    InternalError,
    InvalidParams,
    InvalidRequest,
    MethodNotFound,
    ParseError,
    Problem,
    Refused,
    ResponseTooLarge,
    drop_frames,
)
from .executor import CancelToken, Executor, RunsOn, wait
from .freeing import free_in_pieces
from .host import Host, UndoStep
from .lane_watch import LaneWatch, LaneWork
from .operations import BackgroundOperation, Operations
from .registry import Action, Registry
from .request_object import EXAMPLE, MEMBERS, check_request, id_of, readable_id, require_no_params
from .scopes import Scope
from .shares import FairSlots
from .snapshots import Snapshots
from .suggestions import Suggestions, Unknown, UnknownIn

_OTHER_PROFILE = "Another profile was opened meanwhile. The call has changed nothing."

logger = logging.getLogger("anki_rpc")


Authorise = Callable[[Caller, Action | None], Caller]
"""Returns the caller with the scopes of its key. Raises KeyRequired or PermissionDenied. The action is None if the
named method does not exist."""
Audit = Callable[[Caller, Action | None, str | None], None]
"""Called when an authorised call has ended; the last argument is the kind of its error, or None."""
Translate = Callable[[BaseException], ActionError | None]
"""Turns an exception of Anki into an ActionError; None for an unexpected exception."""


def _as_json(method: str) -> bool:
    return True


class PlannedBody(NamedTuple):
    """A request body whose calls are planned, but have not begun."""

    plans: Sequence[Planned | Ended]
    run: Callable[[], bytes | None]
    """Run the calls, and return the response body; None if all of them are notifications."""

    @property
    def blocking_caller(self) -> Caller | None:
        """The caller whose turn the request needs, because a call may wait or take long. None if no call does."""
        return blocking_caller(self.plans)


def blocking_caller(plans: Sequence[Planned | Ended]) -> Caller | None:
    """Return the caller of the first call that may wait or take long; None if there is no such call."""
    return next((plan.caller for plan in plans if isinstance(plan, Planned) and plan.may_block), None)


class Dispatcher:
    """Runs requests against the registry; used from any thread.

    It is not concerned with bytes, HTTP or permissions: `authorise` decides what a caller may do.
    """

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
        limits: Callable[[], RequestLimits],
        is_public: Callable[[Caller], bool] = lambda caller: False,
        waiting_limit: int = 6,
        unknown_in: UnknownIn = lambda data: None,
    ) -> None:
        """Create a dispatcher.

        - `registry`, `limits`: called for each request, so both may change.
        - `is_public`: whether a caller may use only the public methods; its responses have a smaller limit.
        - `waiting_limit`: most calls that wait for an answer of the user at the same time.
        - `unknown_in`: finds the unknown name in the data of an error, on the thread of the action.
        """
        self._registry = registry
        self._executor = executor
        self._host = host
        self._authorise = authorise
        self._audit = audit
        self._translate = translate
        self.operations = operations or Operations(host)
        self.snapshots = Snapshots()
        self.lane_watch = LaneWatch()
        self._undo = host.undo_history()
        self._limits = limits
        self._is_public = is_public
        self._waiting = FairSlots(waiting_limit)
        self._unknown_in = unknown_in

    def dispatch(self, document: codec.Document, caller: Caller) -> bytes | None:
        """Plan and run a body, one request or a batch. Return the response body; None if all are notifications."""
        return self.plan(document, caller).run()

    def dispatch_batch(
        self, requests: Sequence[Request], outer: UndoStep | None = None, budget: Budget | None = None
    ) -> list[Response | None]:
        """Plan and run requests in order. Return their responses, None for each notification.

        For nested calls `outer` is the undo step and `budget` the response budget of the outer request. Raises
        ResponseTooLarge if the budget is too small for so many requests.
        """
        return self.run(self.plan_calls(requests, budget), outer)

    def budget(self, caller: Caller) -> Budget:
        """Return a new budget for the response to one HTTP request of the caller."""
        limits = self._limits()
        if self._is_public(caller):
            return Budget(limits.public_response_megabytes, "publicResponseMegabytes")
        return Budget(limits.response_megabytes, "responseMegabytes")

    # --- plan: on the thread of the request ---

    def plan(self, document: codec.Document, caller: Caller, cancel_token: CancelToken | None = None) -> PlannedBody:
        """Plan a body: one request or a batch. An invalid body becomes a `PlannedBody` that returns the error."""
        if problem := document.problem:
            return _failed(ParseError(f"Parse error: {problem}"), readable_id(document.value))
        if document.is_empty:
            return _failed(InvalidRequest(f"Invalid Request: the body is empty. Send a request, such as {EXAMPLE}"))
        is_batch = isinstance(document.value, list)
        members = document.value if is_batch else [document.value]
        if not members:
            return _failed(InvalidRequest("Invalid Request: the batch is empty. Put at least one call into it."))
        if len(members) > (limit := self._limits().batch):
            refusal = (
                f"Invalid Request: the batch has {len(members)} members, but at most {limit} are allowed. "
                "Send several batches."
            )
            return _failed(InvalidRequest(refusal, limit=limit))
        try:
            plans = self.plan_calls(
                [Request(member, caller, cancel_token=cancel_token, encodes=_as_json) for member in members]
            )
        except ResponseTooLarge as error:
            return _failed(error.without_traceback())

        def run() -> bytes | None:
            body = encode_body([response for response in self.run(plans) if response is not None], is_batch=is_batch)
            free_in_pieces(plans)
            return body

        return PlannedBody(plans, run)

    def plan_calls(self, requests: Sequence[Request], budget: Budget | None = None) -> list[Planned | Ended]:
        """Plan the calls of one HTTP request, or of a batch nested in it.

        `budget` is the budget of the HTTP request. Raises ResponseTooLarge if it is too small for so many calls.
        """
        self.snapshots.tidy(self._host.session())
        budget = budget or self.budget(requests[0].caller)
        budget.set_aside([id_of(request.message) for request in requests])
        return [self._plan(request, budget) for request in requests]

    def _plan(self, request: Request, budget: Budget) -> Planned | Ended:
        message = request.message
        try:
            check_request(message)
        except InvalidRequest as error:
            return Ended(request, readable_id(message), None, None, error=error.without_traceback())
        id, name = message.get("id", NO_ID), message["method"]
        caller, action = None, self._registry().get(name)
        try:
            caller = self._authorise(request.caller, action)
            if action is None:
                raise MethodNotFound(f"Method not found: {name}", method=name)
            if action.once and not budget.is_first(action.name):
                raise InvalidRequest(f"Invalid Request: {action.name} may be called once in a batch")
            given = message.get("params") or {}
            if not given and not message.keys() <= MEMBERS:
                require_no_params(message, action)
            params = request.load(action, given) if request.load else action.params.load_for(given)
            for scope, purpose in action.needs(params) if action.needs else ():
                caller.require(scope, purpose)
            return Planned(request, id, budget, caller, action, params)
        except BaseException as error:  # even SystemExit must cost no more than this request
            known = self._as_action_error(error, action)
        if caller is not None:
            self._add_hints(known, request, caller, budget)
        return Ended(request, id, caller, action if caller else None, error=fit_error(known, id, budget))

    def _prepare_all(
        self, plans: Sequence[Planned | Ended], operation: BackgroundOperation | None = None
    ) -> Sequence[Planned | Ended]:
        """Prepare calls that run together. If another profile opens meanwhile, those that were prepared fail.

        Later it may be one of these calls that opens another profile, so only what was tried is compared again.
        """
        if not any(isinstance(plan, Planned) and plan.is_prepared for plan in plans):
            return plans
        profile = self._host.profile()
        ready = [self._prepare(plan, operation) if isinstance(plan, Planned) else plan for plan in plans]
        if self._host.profile() == profile:
            return ready
        return [
            to_ended(plan, CollectionUnavailable(_OTHER_PROFILE))
            if isinstance(plan, Planned) and plan.is_prepared
            else plan
            for plan in ready
        ]

    def _prepare(self, plan: Planned, operation: BackgroundOperation | None) -> Planned | Ended:
        """Run the action's `prepare` and `validate_in_trial`, which replace its params. They may fetch a file."""
        action, cancel_token = plan.action, plan.request.cancel_token
        if not plan.is_prepared:
            return plan
        profile = self._host.profile()

        def is_wanted() -> bool:
            return not (operation and operation.has_ended) and not (cancel_token and cancel_token.is_cancelled)

        try:
            params = plan.params
            if action.prepare is not None:
                params = action.prepare(params, plan.caller, self._host)
            if action.validate_in_trial is not None:
                params = action.validate_in_trial(params, plan.caller, self._host, is_wanted)
            return plan._replace(params=params, profile=profile)
        except BaseException as error:
            return to_ended(plan, self._as_late_error(error, plan))

    # --- run: on the lanes of the actions ---

    def run(self, plans: Sequence[Planned | Ended], outer: UndoStep | None = None) -> list[Response | None]:
        """Run planned calls in order. Return their responses, None for each notification. `outer`: the undo step of
        the outer request, if the calls are nested.
        """
        ready = [*self._prepare_all(plans)]
        ended = iter(self._run_steps([plan for plan in ready if isinstance(plan, Planned)], outer))
        responses = [self._answer(next(ended) if isinstance(plan, Planned) else plan) for plan in ready]
        free_in_pieces(ready)
        return responses

    def _run_steps(self, plans: Sequence[Planned], outer: UndoStep | None) -> list[Ended]:
        """Run the calls in order, those of one undo step together."""
        ended: list[Ended] = []
        for needs_window, stretch in groupby(plans, batches.needs_window):
            if needs_window:
                outer = None  # the user's work in the window is a step of its own
                for plan in stretch:
                    ended += self._run([plan], self._undo.step())
            else:
                together = list(stretch)
                step = outer or self._undo.step()
                step.label = step.label or batches.label(together)
                for run in batches.lane_groups(together):
                    ended += self._run(run, step)
        return ended

    def start_operation(
        self, request: Request, attach: Callable[[BackgroundOperation], None] = lambda operation: None
    ) -> BackgroundOperation:
        """Start a call as an operation, and return it without waiting.

        `attach` is called with the operation on its thread, before its work can begin, so it can still be withdrawn.

        Raises an ActionError if the call is refused. If it fails later, the operation's outcome holds the error.
        """
        plan = self._plan(request._replace(encodes=_as_json), self.budget(request.caller))
        if isinstance(plan, Ended):
            self._audit_ended(plan)
            errors = [plan.error or InternalError()]
            del plan  # the error's traceback will hold this frame, which must not hold the error
            raise errors.pop()
        action = plan.action
        if not action.is_startable:
            raise Refused(f"{action.name} cannot be started as an operation. Call it directly.", field="method")
        operation = BackgroundOperation(
            action.name,
            plan.caller.identity,
            is_cancellable=action.cancellable,
            is_sync=action.scope is Scope.SYNC,
        )

        plans = [plan._replace(request=plan.request._replace(cancel_token=operation.cancel_token))]
        del plan

        def work(operation: BackgroundOperation) -> Response:
            attach(operation)
            response = self._run_operation(plans[0], operation)
            free_in_pieces(plans)
            return response

        self.operations.start(operation, work)
        return operation

    def _run_operation(self, plan: Planned, operation: BackgroundOperation) -> Response:
        (ready,) = self._prepare_all([plan], operation)
        if isinstance(ready, Planned) and not operation.has_ended:
            (ended,) = self._run([ready], self._undo.step(), operation)
        else:
            ended = ready if isinstance(ready, Ended) else to_ended(ready, Result(None))
        response = self._answer(ended)
        assert response is not None
        return response

    def _run(
        self, plans: Sequence[Planned], step: UndoStep, operation: BackgroundOperation | None = None
    ) -> list[Ended]:
        """Run calls of one lane, submitted as one piece of work."""
        first = plans[0]
        if first.budget.is_spent:
            return [to_ended(plan, first.budget.not_run_error()) for plan in plans]
        limit = None if operation is not None else max(plan.action.limit for plan in plans)
        owner = first.caller.identity
        # Callers without permission do not count here: the transport limits their requests.
        is_waiting = first.action.interactive and bool(first.caller.scopes)
        try:
            if is_waiting and not self._waiting.acquire(owner):
                is_waiting = False
                raise Busy("Too many calls are waiting for an answer of the user. Try again later.")
            self._save_input(plans)
            outcomes = self._executor.call(
                first.action.runs_on,
                lambda: self._run_on_lane(plans, step, operation),
                limit,
                first.request.cancel_token,
                reads=not any(plan.action.writes for plan in plans),
                owner=owner,
            )
            if operation is not None and isinstance(outcomes[0], Future):
                operation.await_answer(outcomes[0])
            ended = [self._settle(plan, outcome, limit) for plan, outcome in zip(plans, outcomes, strict=True)]
            free_in_pieces(outcomes)
            return ended
        except ActionError as error:
            known = error.without_traceback()
            return [to_ended(plan, plan.action.named(known)) for plan in plans]
        finally:
            if is_waiting:
                self._waiting.release(owner)

    def _run_on_lane(
        self, plans: Sequence[Planned], step: UndoStep, operation: BackgroundOperation | None
    ) -> list[Outcome]:
        if operation is not None:
            before = self._host.progress(of_sync=operation.is_sync)
            on_lane = plans[0].action.runs_on is not RunsOn.ANY
            if not operation.begin(before, lambda: self._publish_changes(step), on_lane=on_lane):
                return [Result(None) for _ in plans]
        outcomes: list[Outcome] = []
        for plan in plans:
            if outcomes:
                self._executor.give_way(plan.action.runs_on, can_stop=False)
            outcome = plan.budget.not_run_error() if plan.budget.is_spent else self._call(plan, step, operation)
            if len(plans) > 1:  # a single result is encoded off the lane, in `_settle`
                outcome = encode_result(plan, outcome)
            outcomes.append(outcome)
            self._note_step(plan, step)
        self._publish_changes(step)
        return outcomes

    def _note_step(self, plan: Planned, step: UndoStep) -> None:
        note, col = plan.request.note_step, self._host.collection()
        if note is not None and col is not None and plan.action.undoable and (name := step.name(col)):
            note(name)

    def _publish_changes(self, step: UndoStep) -> None:
        if (changes := step.take_changes()) is not None:
            self._host.changed(changes)

    def _save_input(self, plans: Sequence[Planned]) -> None:
        """Store what the user is typing before a call overwrites it."""
        if self._host.window() is None:  # headless: there is no editor
            return
        edited = [plan.action.touches_notes(plan.params) for plan in plans if plan.action.touches_notes]
        if edited:
            ids = None if None in edited else {note_id for note_ids in edited for note_id in note_ids or ()}
            self._host.save_input(ids)

    def _call(self, plan: Planned, step: UndoStep, operation: BackgroundOperation | None) -> Outcome:
        """Call the handler, and return its result or error."""
        request, caller, action = plan.request, plan.request.caller, plan.action
        budget = self.budget(plan.caller) if plan.id is NO_ID else plan.budget
        is_counted = False

        def dispatch_batch(messages: Sequence[Any], keys: Sequence[Any]) -> list[Response | None]:
            nonlocal is_counted
            if request.depth >= (limit := self._limits().nesting):
                raise InvalidRequest(f"Invalid Request: calls are nested more than {limit} levels deep")
            inner = request._replace(depth=request.depth + 1)
            requests = [
                inner._replace(message=message, caller=caller.inside(key))
                for message, key in zip(messages, keys, strict=True)
            ]
            is_counted = True
            return self.dispatch_batch(requests, step, budget)

        def start_operation(method: str, params: Mapping[str, Any] | Sequence[Any]) -> BackgroundOperation:
            return self.start_operation(
                Request({"jsonrpc": "2.0", "id": 0, "method": method, "params": params}, caller.inside(None))
            )

        def error_object(error: ActionError) -> dict[str, Any]:
            drop_frames(error)  # they hold the handler's list of errors
            self._add_hints(error, request, plan.caller, budget)
            return error.to_object(bare=request.tolerant)

        def give_way(*, before_chunk: bool = False) -> None:
            """Inside and after its chunks an operation does not fail if it is stopped: then it has a result."""
            if not self._executor.is_asked_to_give_way(action.runs_on):
                return
            if operation is None:
                self._let_others_run(plan, can_stop=False)
                return
            can_stop = operation.is_cancellable and (before_chunk or not operation.counts)
            with operation.paused():
                others_ran = self._let_others_run(plan, can_stop=can_stop)
                if others_ran and not operation.counts:
                    operation.ignore(self._host.progress(of_sync=operation.is_sync))

        context = Context(
            self._host,
            plan.caller,
            self._registry(),
            dispatch_batch,
            start_operation,
            self.operations,
            self.snapshots,
            step,
            self._undo,
            budget.size_counter(),
            operation,
            request.cancel_token,
            request.tolerant,
            error_object,
            self._limits,
            give_way,
        )
        try:
            self._require_same_collection(plan)
            value = self._handle(plan, context)
        except BaseException as error:  # even SystemExit must not end the lane
            known = self._as_action_error(error)
            self._add_hints(known, request, plan.caller, budget)
            return known
        finally:
            free_in_pieces(context.kept)
        return value if isinstance(value, Future) else Result(value, is_counted)

    def _let_others_run(self, plan: Planned, *, can_stop: bool) -> bool:
        """Give way. Return whether other work may have run."""
        if plan.action.runs_on is not RunsOn.COLLECTION:
            return self._executor.give_way(plan.action.runs_on, can_stop=can_stop)
        paused = self.lane_watch.pause()
        try:
            return self._executor.give_way(plan.action.runs_on, can_stop=can_stop)
        finally:
            self.lane_watch.go_on(paused)

    def _handle(self, plan: Planned, context: Context) -> Any:
        """Call the handler. On the lane, note meanwhile what runs."""
        action = plan.action
        if action.runs_on is not RunsOn.COLLECTION:
            return action.handler(context, **plan.params)
        now = time.monotonic()
        work = LaneWork(action.name, plan.caller, action.cancellable, context.operation, now, now)
        outer = self.lane_watch.begin(work)
        try:
            return action.handler(context, **plan.params)
        finally:
            self.lane_watch.go_on(outer)

    def _require_same_collection(self, plan: Planned) -> None:
        """Raise CollectionUnavailable or StaleSession if the call is meant for another profile or collection."""
        if plan.action.validate_in_trial is not None and plan.profile != self._host.profile():
            raise CollectionUnavailable(_OTHER_PROFILE)
        if plan.action.writes:
            plan.caller.require_session(self._host.session())

    def _add_hints(self, error: ActionError, request: Request, caller: Caller, budget: Budget) -> None:
        """Add what helps to correct the call, unless the request is tolerant. Only callers that may read get names."""
        if not request.tolerant and caller.may(Scope.READ):
            error.add_hints(Suggestions(self._unknown_name, budget.searched).hint_for)

    def _unknown_name(self, data: Mapping[str, Any]) -> Unknown | None:
        if data["kind"] != MethodNotFound.kind:
            return self._unknown_in(data)
        methods = self._registry().derived(_summaries)  # a batch can have thousands of wrong names
        return Unknown(
            data["method"], "methods", lambda: methods, "rpc.discover describes all methods.", summaries=methods
        )

    def _settle(self, plan: Planned, outcome: Outcome, limit: float | None) -> Ended:
        """Wait for the result if the handler finishes in a callback, then encode it."""
        if isinstance(outcome, Future):
            try:
                outcome = Result(wait(outcome, limit, math.inf, cancel_token=plan.request.cancel_token))
            except Exception as error:
                outcome = plan.action.named(self._as_late_error(error, plan))
        return to_ended(plan, encode_result(plan, outcome))

    def _as_late_error(self, error: BaseException, plan: Planned) -> ActionError:
        """Return the error of a call that did not fail on the thread of its action. Hints are searched for there."""
        known = self._as_action_error(error)
        if self._unknown_name(known.data) is not None:
            with suppress(ActionError):  # the error itself matters more
                self._executor.call(
                    plan.action.runs_on,
                    lambda: self._add_hints(known, plan.request, plan.caller, plan.budget),
                    plan.action.limit,
                    reads=True,
                    owner=plan.caller.identity,
                )
        return known

    # --- answer ---

    def _answer(self, ended: Ended) -> Response | None:
        """Report the call to the audit, and return its response object; None for a notification."""
        self._audit_ended(ended)
        return response_to(ended)

    def _audit_ended(self, ended: Ended) -> None:
        if ended.caller is not None:
            self._audit(ended.caller, ended.action, ended.error.kind if ended.error else None)

    def _as_action_error(self, error: BaseException, action: Action | None = None) -> ActionError:
        if isinstance(error, marshmallow.ValidationError) and action is not None:
            return InvalidParams([Problem(*row) for row in action.params.flaws(error)])
        known = error if isinstance(error, ActionError) else self._translate(error)
        if known is None:
            logger.error("An action raised an unexpected error; the caller receives an internal error", exc_info=error)
            known = InternalError()
        drop_frames(error)
        return known.without_traceback()


def _summaries(registry: Registry) -> Mapping[str, str]:
    """Return what each method does."""
    return {method.name: method.summary for method in registry.listed()} | {"rpc.discover": ""}


def _failed(error: ActionError, id: Any = None) -> PlannedBody:
    """Return a planned body that answers with one error, because the whole body is refused."""
    body = codec.dumps(error_response(error, id))
    return PlannedBody([], lambda: body)
