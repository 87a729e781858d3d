"""Which calls are sent again, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from ._core import GatewayError, Unreachable

FIRST_PAUSE, FACTOR = 0.25, 4.0
"""Seconds before a call is sent again for the first time, and how many times longer each further pause is."""
REPEATABLE = frozenset({"getOperation"})
"""Methods that can be called again without a key after a lost connection: `wait` has to outlast one."""


class Attempts:
    """The attempts at one request: `again` returns how long to wait before the next one, or None.

    A request is sent again if the gateway was busy, which means that it started no call of it. If the connection was
    lost, a request is sent again only if each of its calls has an idempotency key, so that it cannot add notes twice.
    """

    def __init__(self, retries: int, document: Any) -> None:
        self._left = retries
        self._pause = FIRST_PAUSE
        self._is_first = True
        calls: list[dict[str, Any]] = document if isinstance(document, list) else [document]
        self._is_repeatable = all(
            call["method"] in REPEATABLE or call["params"].get("idempotencyKey") is not None for call in calls
        )

    def after_response(self, response: httpx.Response, body: Any) -> float | None:
        """Return the seconds until the next attempt; None if the response counts."""
        return self._next(_seconds(response)) if _is_busy(body) else None

    def after_error(self, error: GatewayError) -> float | None:
        """Return the seconds until the next attempt; None if the error counts.

        An error counts if nobody listened at the first attempt: then no connection was lost.
        """
        is_lost = isinstance(error, Unreachable) and not (
            self._is_first and isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
        )
        return self._next(0.0) if is_lost and self._is_repeatable else None

    def _next(self, least: float) -> float | None:
        if self._left <= 0:
            return None
        pause = max(self._pause, least)
        self._left -= 1
        self._pause *= FACTOR
        self._is_first = False
        return pause


def _is_busy(body: Any) -> bool:
    responses: Iterable[Mapping[str, Any]] = body if isinstance(body, list) else [body]
    return all((response.get("error", {}).get("data") or {}).get("kind") == "busy" for response in responses)


def _seconds(response: httpx.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else 0.0
