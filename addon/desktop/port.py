"""Who holds a port that is taken, and which one is free."""

from __future__ import annotations

import http.client
import json
import socket

from ..http.server.server import reachable

PROBE_TIMEOUT_S = 1.0
"""Seconds that a holder has for its answer."""


def holder(host: str, port: int) -> str:
    """What answers on a port, as far as it tells. Waits for it: not for the main thread."""
    body = _get(host, port, "/health")
    if body is None:
        return "a program that does not tell its name"
    try:
        health = json.loads(body)
    except ValueError:
        return "a web server of another program"
    if isinstance(health, dict) and "anki" in health:
        return "another AnkiRPC, in another Anki or without a window"
    if body.startswith(b'{"apiVersion": "AnkiConnect'):
        return "AnkiConnect, most likely in another Anki"
    return "a web server of another program"


def free_port(host: str, port: int) -> int | None:
    """A free port near one that is taken."""
    for candidate in range(port + 1, min(port + 50, 65536)):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            try:
                probe.bind((host, candidate))
            except OSError:
                continue
            return candidate
    return None


def _get(host: str, port: int, path: str) -> bytes | None:
    connection = http.client.HTTPConnection(reachable(host), port, timeout=PROBE_TIMEOUT_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().read(2**16)
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
