"""The stream of events: server-sent events, of which the data of each is a JSON-RPC notification."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

import httpx

from ._core import UnexpectedAnswer

if TYPE_CHECKING:
    from .types import Event

SILENCE = 30.0
"""Seconds without a word, after which a connection counts as lost: the gateway sends one every ten."""
OK = 200
TAKEN = 503
"""The status where the gateway serves as many streams as it can."""


class Stream:
    """Reads what comes, over one connection after the other."""

    def __init__(self, url: str, last_id: str | None) -> None:
        self._url = url.rstrip("/") + "/events"
        self._last_id = last_id
        self._rest = ""
        self._was_open = False
        self.pause = 2.0
        """Seconds until the next try, as the gateway wants it."""

    def request(self) -> dict[str, Any]:
        """What the next connection is made with."""
        self._rest = ""
        headers = {"Accept": "text/event-stream"}
        if self._last_id is not None:
            headers["Last-Event-ID"] = self._last_id
        timeout = httpx.Timeout(SILENCE, connect=5.0)
        return {"method": "GET", "url": self._url, "headers": headers, "timeout": timeout}

    def is_open(self, response: httpx.Response) -> bool:
        """Whether events come. False where it is to be tried once more; the body tells why it is not.

        Raises UnexpectedAnswer where the gateway refuses, or something else answers.
        """
        if response.status_code == OK and response.headers.get("content-type", "").startswith("text/event-stream"):
            self._was_open = True
            return True
        if response.status_code == TAKEN and self._was_open:
            return False
        raise UnexpectedAnswer(response.status_code, response.text)

    def lost(self, error: httpx.TransportError) -> None:
        """The connection is; raises the error where there never was one."""
        if not self._was_open:
            raise error

    def take(self, text: str) -> list[Event]:
        """The events that are whole by now."""
        *blocks, self._rest = (self._rest + text).split("\n\n")
        return [event for block in blocks if (event := self._read(block)) is not None]

    def _read(self, block: str) -> Event | None:
        fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line and line[0] != ":")
        if "retry" in fields:
            self.pause = int(fields["retry"]) / 1000
        if "data" not in fields:
            return None
        self._last_id = fields["id"]
        message = json.loads(fields["data"])
        return cast("Event", {"id": fields["id"], "method": message["method"], "params": message["params"]})
