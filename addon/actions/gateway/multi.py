"""Several calls in one."""

from __future__ import annotations

from typing import Any

from ...rpc.context import Context
from ...rpc.errors import InvalidRequest
from ...rpc.executor import RunsOn
from ...rpc.registry import Example, action
from ...schemas.gateway import multi as s


@action(
    "multi",
    s.Multi,
    s.OUTCOMES,
    runs_on=RunsOn.ANY,
    errors=[InvalidRequest],
    examples=[
        Example(
            "params by name and by position",
            {
                "actions": [
                    {"action": "findNotes", "params": {"query": "tag:fruit"}},
                    {"action": "getDeckDescription", "params": ["Default"]},
                ]
            },
            [{"result": [1700000000001], "error": None}, {"result": "", "error": None}],
        ),
        Example(
            "one fails",
            {"actions": [{"action": "version"}, {"action": "noSuchThing"}]},
            [
                {"result": 6, "error": None},
                {
                    "result": None,
                    "error": {
                        "code": -32601,
                        "message": "Method not found: noSuchThing. rpc.discover describes all methods.",
                        "data": {"kind": "method_not_found", "method": "noSuchThing"},
                    },
                },
            ],
        ),
    ],
)
def multi(ctx: Context, actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Run several calls in order and return the outcome of each.

    A call that fails does not stop the others, and nothing is rolled back. A `multi` may contain a `multi`, 32 deep.
    """
    messages = [
        {"jsonrpc": "2.0", "id": index, "method": call["action"], "params": call["params"]}
        for index, call in enumerate(actions)
    ]
    responses = ctx.dispatch_batch(messages, [call["key"] for call in actions])
    return [
        {"result": response.get("result"), "error": response.get("error")}
        for response in responses
        if response is not None
    ]
