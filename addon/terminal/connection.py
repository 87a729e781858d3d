"""A connection to a running gateway, by the standard library alone."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..version import VERSION

LONGEST_CALL_S = 700.0
"""Seconds until an answer must arrive: a little more than the gateway allows a call to wait and run."""


class CannotReach(Exception):
    """No answer came from the address. The message says why."""


class HttpAnswer(NamedTuple):
    """An HTTP answer."""

    status: int
    reason: str
    headers: dict[str, str]
    """By lower-case names."""
    body: bytes

    @property
    def value(self) -> Any:
        """The JSON value in the body; None if it is no JSON."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class Connection:
    """Sends requests to the gateway at a URL, each on a connection of its own. Raises ValueError for a wrong URL."""

    def __init__(self, url: str, key: str | None = None, *, timeout: float = LONGEST_CALL_S) -> None:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is not the address of a gateway. Use one such as http://127.0.0.1:8765.")
        self._connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self.host, self.port = parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)
        self.url = f"{parts.scheme}://{parts.netloc}"
        self._key = key
        self._timeout = timeout

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> HttpAnswer:
        """Send a request. Raises CannotReach."""
        sent: dict[str, str | bytes] = {"User-Agent": f"anki-rpc/{VERSION}", **headers}
        if self._key:
            sent["Authorization"] = f"Bearer {self._key}".encode()
        connection = self._connect(self.host, self.port, timeout=self._timeout)
        try:
            connection.request(method, path, body, sent)
            return _read(connection.getresponse())
        except (OSError, HTTPException, ValueError) as error:
            raise CannotReach(_reason(error)) from None
        finally:
            connection.close()

    def call(self, method: str, params: Any, **headers: str) -> HttpAnswer:
        """Send a JSON-RPC call. Raises CannotReach."""
        request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return self.send("POST", "/", json.dumps(request).encode(), **{"Content-Type": "application/json", **headers})


def _read(response: HTTPResponse) -> HttpAnswer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    return HttpAnswer(response.status, response.reason, headers, response.read())


def _reason(error: Exception) -> str:
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    if isinstance(error, TimeoutError):
        return "no answer came in time"
    if isinstance(error, socket.gaierror):
        return "there is no computer of this name"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
