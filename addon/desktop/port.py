"""Finds out which program uses a port, and which port is free."""

from __future__ import annotations

import http.client
import json
import socket

from ..http.server.listening import reachable

PROBE_TIMEOUT_S = 1.0
"""Seconds to wait for the response of the program that uses the port."""


def holder(host: str, port: int) -> str:
    """Describe the program that uses a port, as far as it identifies itself. Blocks, so never on the main thread."""
    body = _get(host, port, "/health")
    if body is None:
        return "an unknown program"
    try:
        health = json.loads(body)
    except ValueError:
        return "another program's web server"
    if isinstance(health, dict) and "anki" in health:
        return "another AnkiRPC, in another Anki or without a window"
    if body.startswith(b'{"apiVersion": "AnkiConnect'):
        return "AnkiConnect, most likely in another Anki"
    return "another program's web server"


def free_port(host: str, port: int) -> int | None:
    """Return a free port up to 49 above this one; None if there is none."""
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
