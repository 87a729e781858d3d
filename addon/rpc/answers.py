"""From the outcome of a call to its response object, and from response objects to the response body.

jsonrpcserver builds the response objects.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from .. import vendored
from . import codec
from .budget import Budget
from .calls import NO_ID, Ended, Outcome, Planned, Result
from .errors import (
    ActionError,
    InternalError,
    InvalidParams,
    ResponseTooLarge,
)

logger = logging.getLogger("anki_rpc")

Response = dict[str, Any]


def error_response(error: ActionError, id: Any = None, *, tolerant: bool = False) -> Response:
    """Return a response object for an error.

    For a tolerant request it also lists every problem of the params, and the message is the bare text.
    """
    data, message = error.data, str(error) if tolerant else error.message
    if tolerant and isinstance(error, InvalidParams):
        data = {**data, "problems": error.problems}
    answer = vendored.jsonrpcserver.response
    response: Response = answer.serialize_error(answer.ErrorResponse(error.code, message, data, id))
    return response


def response_to(ended: Ended) -> Response | None:
    """Return the response object for a call; None for a notification."""
    if ended.id is NO_ID:
        return None
    if ended.error is not None:
        return error_response(ended.error, ended.id, tolerant=ended.request.tolerant)
    answer = vendored.jsonrpcserver.response
    response: Response = answer.serialize_success(answer.SuccessResponse(ended.result, ended.id))
    return response


def to_ended(plan: Planned, outcome: Result | ActionError | Future[Any]) -> Ended:
    """Return the ended call. The outcome must not be a future: wait for it first."""
    assert not isinstance(outcome, Future)
    if isinstance(outcome, ActionError):
        error = fit_error(outcome, plan.id, plan.budget)
        return Ended(plan.request, plan.id, plan.caller, plan.action, error=error)
    return Ended(plan.request, plan.id, plan.caller, plan.action, outcome.value)


def fit_error(error: ActionError, id: Any, budget: Budget) -> ActionError:
    """Return the error, or the error to send in its place if it is too large or cannot be written as JSON."""
    if id is NO_ID or isinstance(error, ResponseTooLarge):
        return error
    try:
        budget.encode(error.to_object())
    except ResponseTooLarge as too_large:
        return too_large.without_traceback()
    except (TypeError, ValueError, RecursionError):
        logger.exception("An error cannot be written as JSON; the caller receives an internal error")
        return InternalError()
    return error


def encode_result(plan: Planned, outcome: Outcome) -> Outcome:
    """Subtract the size of a result from the budget, and return it as JSON if the request wants that.

    The result of a notification is dropped. Returns an error if the result is too large or cannot be written as JSON.
    """
    if not isinstance(outcome, Result) or outcome.is_counted:
        return outcome
    if plan.id is NO_ID:
        return Result(None)
    try:
        encoded = plan.budget.encode(outcome.value)
    except ResponseTooLarge as error:
        return error.without_traceback()
    except (TypeError, ValueError, RecursionError):
        logger.exception("A result of %s cannot be written as JSON", plan.action.name)
        return plan.action.internal_error()
    return Result(encoded if plan.request.encodes(plan.action.name) else outcome.value, is_counted=True)


def encode_body(responses: Sequence[Response], *, is_batch: bool) -> bytes | None:
    """Return the response body, or None if there are no responses. Encoded results are copied only once."""
    if not responses:
        return None
    parts: list[Any] = []
    for response in responses:
        parts.append(b",")
        if isinstance(result := response.get("result"), codec.Encoded):
            parts += [b'{"jsonrpc":"2.0","result":', result, b',"id":', response["id"], b"}"]
        else:
            parts.append(response)
    return codec.write(b"[", *parts[1:], b"]") if is_batch else codec.write(*parts[1:])
