"""`anki-rpc doctor`: examines what a program needs to reach Anki, and says what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Any, NamedTuple

from ..version import OLDEST_ANKI, VERSION
from .connection import CannotReach, Connection, HttpAnswer

FORBIDDEN = 403
"""The HTTP status for a name by which the gateway is not called."""
WAIT_S = 10.0
"""Seconds until an answer must arrive."""


class Finding(NamedTuple):
    """One thing that was examined."""

    what: str
    text: str
    advice: str | None = None
    """What to do; None if nothing is wrong."""

    @property
    def line(self) -> str:
        """The finding as the command prints it."""
        mark = "ok" if self.advice is None else "!!"
        advice = f"\n     To do: {self.advice}" if self.advice else ""
        return f"{mark:3}  {self.what}: {self.text}{advice}"


def examine(connection: Connection, *, has_key: bool, origin: str | None) -> Iterator[Finding]:
    """Examine the gateway at an address, and this installation. Nothing is changed."""
    yield _installation()
    try:
        health = connection.send("GET", "/health")
    except CannotReach as error:
        yield Finding(
            "port",
            f"{connection.url} cannot be reached: {error}",
            "Start Anki with AnkiRPC in it, or `anki-rpc serve`. If it runs, Tools > AnkiRPC in Anki shows its "
            "address: name it by --url.",
        )
        return
    state = health.value
    if not (isinstance(state, dict) and "apiVersion" in state):
        yield _other_program(connection, health)
        return
    yield Finding("port", f"AnkiRPC answers at {connection.url}")
    yield _versions(state)
    yield _collection(state)
    yield _key(connection.call("version", {}), has_key=has_key)
    if origin:
        yield _origin(connection.call("version", {}, Origin=origin), origin)


def _installation() -> Finding:
    version = sys.version.split()[0]
    try:
        anki = metadata.version("anki")
    except metadata.PackageNotFoundError:
        return Finding("this command", f"AnkiRPC {VERSION} on Python {version}, without Anki's library: no `serve`")
    return Finding("this command", f"AnkiRPC {VERSION} on Python {version}, with Anki's library {anki}")


def _other_program(connection: Connection, health: HttpAnswer) -> Finding:
    """Say which program answers instead of AnkiRPC."""
    if health.status == FORBIDDEN:
        return Finding(
            "port",
            f"the gateway is not called {connection.host}",
            f"Add {connection.host} to the setting allowedHosts, or to --allow-host.",
        )
    body = json.dumps({"action": "version", "version": 6}).encode()
    try:
        answer = connection.send("POST", "/", body).value
    except CannotReach:
        answer = None
    if isinstance(answer, dict) and answer.keys() == {"result", "error"}:
        return Finding(
            "port",
            f"AnkiConnect answers at {connection.url}",
            "In Anki with AnkiRPC, choose Tools > AnkiRPC: Take Over from AnkiConnect… Or give one of them another "
            "port, by the setting webBindPort.",
        )
    return Finding(
        "port",
        f"another program answers at {connection.url}",
        "Stop it, or give AnkiRPC another port: by the setting webBindPort, or `anki-rpc serve --port`.",
    )


def _versions(state: dict[str, Any]) -> Finding:
    theirs, anki = state.get("version"), str(state.get("anki"))
    text = f"AnkiRPC {theirs}, Anki {anki}, {'with' if state.get('window') else 'without'} a window"
    if _numbers(anki) < _numbers(OLDEST_ANKI):
        return Finding("versions", text, f"Update Anki: AnkiRPC needs {OLDEST_ANKI} or newer.")
    if theirs != VERSION:
        return Finding("versions", text, f"Update the older one: this command is AnkiRPC {VERSION}.")
    return Finding("versions", text)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isascii() and part.isdigit()]


def _collection(state: dict[str, Any]) -> Finding:
    if state.get("collection"):
        return Finding("Anki", "a collection is open")
    return Finding(
        "Anki",
        "no collection is open",
        "Open a profile in Anki. If one is open, a full sync or an export is running: wait until it has ended.",
    )


def _key(answer: HttpAnswer, *, has_key: bool) -> Finding:
    error = _error(answer)
    if error is None:
        return Finding("key", "the key is right, or not needed" if has_key else "no key is needed")
    if _kind(error) == "key_required":
        if has_key:
            return Finding(
                "key",
                "the key is wrong",
                "Use one that Tools > AnkiRPC > Keys or `anki-rpc key` has made; keys are shown once.",
            )
        return Finding("key", "a key is needed", "Pass it by --key-file, or in ANKI_RPC_KEY.")
    return Finding("key", f"a call fails: {error.get('message')}", "Tools > AnkiRPC shows the latest calls.")


def _origin(answer: HttpAnswer, origin: str) -> Finding:
    error = _error(answer)
    is_shown = answer.headers.get("access-control-allow-origin") in (origin, "*")
    if _kind(error) == "permission_denied":
        return Finding(
            "origin",
            f"{origin} is not allowed",
            "Add it to the setting webCorsOriginList, or to --allow-origin; or let the page call requestPermission, "
            "which asks the user in Anki.",
        )
    if not is_shown:
        return Finding(
            "origin",
            f"a browser hides the answers from {origin}",
            "Write the origin as the browser does, without a path.",
        )
    return Finding("origin", f"{origin} is allowed")


def _error(answer: HttpAnswer) -> dict[str, Any] | None:
    value = answer.value
    if isinstance(value, dict) and "result" in value:
        return None
    error = value.get("error") if isinstance(value, dict) else None
    return error if isinstance(error, dict) else {"message": f"{answer.status} {answer.reason}"}


def _kind(error: dict[str, Any] | None) -> str | None:
    data = (error or {}).get("data")
    return data.get("kind") if isinstance(data, dict) else None
