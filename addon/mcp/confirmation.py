"""Calls that destroy and must be confirmed first, so that a client can put a person in between.

If the client has declared that it can ask the user, it is asked to, and nothing else counts. Otherwise a dry run
returns a token, and the call needs it. A token is valid for the same call only, for ten minutes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from ..rpc import codec
from .inputs import Unsigned, question
from .replies import Asked, CallFailed, JsonObject

PARAM = "confirm"
SCHEMA: Mapping[str, JsonObject] = {PARAM: {"type": "string", "description": "The token that `dryRun` returned."}}

_SHOWN = 1500
"""Characters of a dry run's result that the user is shown."""


def check(asked: Asked, name: str, params: JsonObject, *, has_dry_run: bool) -> tuple[JsonObject | None, JsonObject]:
    """Return the params of the action and what to say beside its result. Without params, the action is not called.

    Raises CallFailed if the call is not confirmed, and InputRequired if the user has to be asked.
    """
    params = dict(params)
    token, is_dry = params.pop(PARAM, None), params.pop("dryRun", None)
    key = [name, hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()]
    can_ask = asked.dialog.can("elicitation/create")
    if is_dry:  # with a token, a model could do without the user
        beside = {} if can_ask else {PARAM: asked.signer.sign(key)}
        return ({**params, "dryRun": True}, beside) if has_dry_run else (None, beside)
    if can_ask:
        _ask(asked, name, params, key, has_dry_run=has_dry_run)
        return params, {}
    if token is not None:
        try:
            is_confirmed = asked.signer.read(token) == key
        except Unsigned:
            is_confirmed = False
        if is_confirmed:
            return params, {}
        raise _failed("`confirm` is not the token of a dry run of the same call, or older than ten minutes")
    raise _failed("this call must be confirmed")


def _ask(asked: Asked, name: str, params: JsonObject, key: Any, *, has_dry_run: bool) -> None:
    """Let the client ask the user. Raises InputRequired, and CallFailed if the user does not agree."""
    message = f"Allow {name}?"
    if has_dry_run and asked.dialog.state is None:
        text = codec.dumps(asked.result(name, **params, dryRun=True)).decode()
        message += f" It would do this: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"
    request = question(message, {"allow": {"type": "boolean", "title": "Allow", "default": False}})
    (answer,) = asked.dialog.require({PARAM: request}, key)
    content = answer.get("content")
    is_allowed = answer.get("action") == "accept" and isinstance(content, dict) and content.get("allow") is True
    if not is_allowed or asked.dialog.state != key:
        raise _failed("the user has not allowed this call", "Do not call it again unless the user asks for it.")


def _failed(
    text: str,
    todo: str = "Call it with `dryRun` first, show the user what would happen, and send the token "
    "from its `confirm` once the user has agreed.",
) -> CallFailed:
    return CallFailed(
        {"code": -32004, "message": f"{text[0].upper()}{text[1:]}. {todo}", "data": {"kind": "not_confirmed"}}
    )
