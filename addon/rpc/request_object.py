"""JSON-RPC's request object: its members, and what is wrong with one (section 4 of the specification)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from .errors import InvalidRequest
from .registry import Action

MEMBERS = {"jsonrpc", "id", "method", "params"}
EXAMPLE = '{"jsonrpc": "2.0", "id": 1, "method": "deckNames"}'
_ID = str | int | float | None
"""The types of an id. A union takes longer to make than to use."""


def check_request(message: Any) -> None:
    """Raise InvalidRequest if the message is no request object (section 4 of the specification)."""
    if not isinstance(message, dict):
        raise InvalidRequest(f"Invalid Request: a request must be an object, such as {EXAMPLE}")
    if message.get("jsonrpc") != "2.0":
        raise InvalidRequest('Invalid Request: "jsonrpc" must be the string "2.0"')
    if not isinstance(message.get("method"), str):
        raise InvalidRequest(f'Invalid Request: "method" must be a string, the name of a method, as in {EXAMPLE}')
    params = message.get("params")
    if params is not None and not isinstance(params, dict | list):
        raise InvalidRequest('Invalid Request: "params" must be an object or an array')
    id = message.get("id")
    if isinstance(id, bool) or not isinstance(id, _ID):
        raise InvalidRequest('Invalid Request: "id" must be a string, a number or null')


def require_no_params(message: Mapping[str, Any], action: Action) -> None:
    """Raise InvalidRequest if params of the method stand beside `params`, where they would be ignored."""
    if stray := [name for name in message if name in action.params.names() and name not in MEMBERS]:
        raise InvalidRequest(f'Invalid Request: params stand inside "params": {", ".join(stray)}')


def readable_id(message: Any) -> Any:
    """Return the id of an invalid request, so that its client does not wait for ever; None if there is no valid id."""
    id = id_of(message)
    is_number = isinstance(id, int | float) and not isinstance(id, bool) and math.isfinite(id)
    return id if is_number or isinstance(id, str) else None


def id_of(message: Any) -> Any:
    """Return what stands as the id of a message, whether valid or not."""
    return message.get("id") if isinstance(message, dict) else None
