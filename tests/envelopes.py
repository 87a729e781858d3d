"""The adapter of the old protocol alone: what it asks for an envelope, and what it makes of a response."""

import json
from types import MappingProxyType
from typing import Any, NamedTuple

from addon import legacy_adapter
from addon.rpc import codec
from addon.rpc.errors import Problem
from addon.schemas.tolerance import ValidationMessage


class Parsed(NamedTuple):
    """A parsed body."""

    value: Any
    error: str | None = None
    is_empty: bool = False


class Reply(NamedTuple):
    """The answer to an envelope: a bare result, or an envelope of exactly two members."""

    result: Any
    error: str | None = None
    bare: bool = False


def request_for(action, params, version=6):
    """The request object that is planned for an envelope."""
    return planned({"action": action, "version": version, "params": params})


def planned(envelope):
    """The request object for a whole envelope."""
    (requests, _) = _served(envelope, None)
    return requests[0]


def written(envelope, response):
    """The bytes of the reply to a whole envelope, for a response object."""
    return _served(envelope, response)[1]()


def _served(envelope, response):
    requests = []

    def plan(request):
        requests.append(request)
        return lambda: response

    document = Parsed(envelope)
    return requests, legacy_adapter.serve(document, plan, codec.write, fits=lambda size: None, is_long=False)


def reply_to(action, response, params=MappingProxyType({}), version=6):
    """The reply for a response object. The envelope is that of a call in `multi`, whose params can be anything."""
    member = {"action": action, "version": version, "params": dict(params) if params == {} else params}
    outcome = {"result": response.get("result"), "error": response.get("error")}
    multi = {"action": "multi", "version": 6, "params": {"actions": [member]}}
    (reply,) = json.loads(written(multi, {"result": [outcome]}))["result"]
    is_envelope = isinstance(reply, dict) and list(reply) == ["result", "error"]
    return Reply(reply["result"], reply["error"]) if is_envelope else Reply(reply, bare=True)


def problem(path, sort, message, words=None):
    """A problem of params as a tolerant schema reports it."""
    return Problem(path, ValidationMessage(message, words, sort=sort))
