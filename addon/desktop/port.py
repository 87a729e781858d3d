"""Finds out which program uses a port, and which port is free."""

from __future__ import annotations

import http.client
import json

from ..http.server.listening import is_free, reachable
from .ui.translation import later

PROBE_TIMEOUT_S = 1.0
"""Seconds to wait for the response of the program that uses the port."""


def holder(host: str, port: int) -> str:
    """Describe the program that uses a port, as far as it identifies itself. Blocks, so never on the main thread."""
    body = _get(host, port, "/health")
    if body is None:
        return later("an unknown program")
    try:
        health = json.loads(body)
    except ValueError:
        return later("another program's web server")
    if isinstance(health, dict) and "anki" in health:
        return later("another AnkiRPC, in another Anki or without a window")
    if body.startswith(b'{"apiVersion": "AnkiConnect'):
        return later("AnkiConnect, most likely in another Anki")
    return later("another program's web server")


def free_port(host: str, port: int) -> int | None:
    """Return a free port above this one, if possible at most 49 above it; None if there is none.

    Windows reserves a hundred ports at a time, so further ones are tried at larger distances.
    """
    candidates = (*range(port + 1, port + 50), *range(port + 100, port + 2000, 100))
    return next((each for each in candidates if each < 2**16 and is_free(host, each)), None)


def _get(host: str, port: int, path: str) -> bytes | None:
    connection = http.client.HTTPConnection(reachable(host), port, timeout=PROBE_TIMEOUT_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().read(2**16)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
