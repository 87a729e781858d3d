"""Calls that destroy and must be confirmed first, so that a client can put a person in between.

If the client has declared that it can ask the user, it is asked to, and nothing else counts. Otherwise a dry run
returns a token, and the call needs it. A token is valid for ten minutes, once, only for the same call, and only as long
as the call would do what the dry run has shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from ..rpc import codec
from .inputs import Unsigned, question
from .replies import Asked, CallFailed, JsonObject, ToolReply

PARAM = "confirm"
SCHEMA: Mapping[str, JsonObject] = {PARAM: {"type": "string", "description": "The token that `dryRun` returned."}}

_SHOWN_BY = {"redo": "undoStatus"}
"""The action that says what a tool without a dry run would do."""
_SHOWN = 1500
"""Characters of a dry run's result that the user is shown."""


def check(asked: Asked, name: str, params: JsonObject, *, has_dry_run: bool) -> JsonObject | ToolReply:
    """Return the params of a call that is confirmed, or the reply to a dry run.

    Raises CallFailed if the call is not confirmed, and InputRequired if the user has to be asked.
    """
    params = dict(params)
    token, is_dry = params.pop(PARAM, None), params.pop("dryRun", None)
    call = [name, _digest(params)]

    def report() -> Any:
        """Return what the call would do now; None if the tool cannot say that."""
        if has_dry_run:
            return asked.result(name, **params, dryRun=True)
        return asked.result(_SHOWN_BY[name]) if name in _SHOWN_BY else None

    can_ask = asked.dialog.can("elicitation/create")
    if is_dry:  # with a token, a model could do without the user
        shown = report()
        return ToolReply(shown, beside={} if can_ask else {PARAM: asked.signer.sign(_shown(asked, call, shown))})
    if can_ask:
        _ask(asked, call, report)
    elif token is None:
        raise _failed("this call must be confirmed")
    else:
        _require_same(
            asked, _read(asked, token), call, report, "`confirm` is not the token of a dry run of the same call"
        )
    return params


def _shown(asked: Asked, call: list[str], report: Any) -> list[str]:
    """Return the value to sign: the call, what was shown, and a ticket, as a confirmation counts once."""
    return [*call, _digest(report), asked.signer.ticket()]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _read(asked: Asked, token: Any) -> Any:
    try:
        return asked.signer.read(token)
    except Unsigned:
        return None


def _require_same(asked: Asked, signed: Any, call: list[str], report: Callable[[], Any], text: str) -> None:
    """Raise CallFailed unless a signed value is of this call, which would still do what was shown. It counts once."""
    if not isinstance(signed, list) or signed[:2] != call:
        raise _failed(f"{text}, or older than ten minutes")
    _, _, shown, ticket = signed
    if shown != _digest(report()):
        raise _failed("what this call would do has changed since it was shown")
    if not asked.signer.spend(ticket):
        raise _failed("this confirmation was used already")


def _ask(asked: Asked, call: list[str], report: Callable[[], Any]) -> None:
    """Let the client ask the user. Raises InputRequired, and CallFailed if the user does not agree."""
    message, state = f"Allow {call[0]}?", asked.dialog.state
    if state is None and (shown := report()) is not None:
        text = codec.dumps(shown).decode()
        message += f" It would do this: {text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}"
        state = _shown(asked, call, shown)
    request = question(message, {"allow": {"type": "boolean", "title": "Allow", "default": False}})
    (answer,) = asked.dialog.require({PARAM: request}, state or _shown(asked, call, None))
    content = answer.get("content")
    is_allowed = answer.get("action") == "accept" and isinstance(content, dict) and content.get("allow") is True
    if not is_allowed or asked.dialog.state is None:
        raise _failed("the user has not allowed this call", "Do not call it again unless the user asks for it.")
    _require_same(asked, asked.dialog.state, call, report, "the user was asked for another call")


def _failed(
    text: str,
    todo: str = "Call it with `dryRun` first, show the user what would happen, and send the token "
    "from its `confirm` once the user has agreed.",
) -> CallFailed:
    return CallFailed(
        {"code": -32004, "message": f"{text[0].upper()}{text[1:]}. {todo}", "data": {"kind": "not_confirmed"}}
    )
