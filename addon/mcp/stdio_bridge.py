"""`anki-rpc mcp`: the Model Context Protocol over standard input and output, for clients without HTTP.

Each input line is a message, which is posted to the gateway; each answer is written as a line. Several messages can be
on their way at once. The gateway may be started later: until then every request is answered with an error.
"""

from __future__ import annotations

import codecs
import json
import socket
import threading
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from ..version import VERSION
from . import headers as mcp_headers
from .headers import member

LONGEST_CALL_S = 700.0
"""Seconds until an answer must arrive: a little more than the gateway allows a call to wait and run."""
CALLS_AT_ONCE = 64
"""Messages on their way at once. While there are as many, no further line is read."""
INTERNAL_ERROR = -32603
EVENTS = "text/event-stream"
LISTEN = "subscriptions/listen"
READY_S = 10.0
"""Seconds that the answer to a subscription waits for the stream that reports changes."""
RETRY_S = 2.0
"""Seconds until a stream that has ended is opened again."""
HTTP_ACCEPTED = 202
"""The HTTP status for messages that get no answer: notifications and responses."""
UNAUTHORIZED = 401
FORBIDDEN = 403


class Bridge:
    """Sends messages to the gateway at a URL, and writes the answers to `output`. Raises ValueError for a wrong URL."""

    def __init__(self, url: str, key: str | None, output: BinaryIO) -> None:
        parts = urlsplit(url if "//" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is not the address of a gateway. Use one such as http://127.0.0.1:8765.")
        self._connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port = parts.hostname, parts.port
        self._path = parts.path if parts.path.strip("/") else "/mcp"
        self._url = f"{parts.scheme}://{parts.netloc}{self._path}"
        self._output = output
        self._headers: dict[str, str | bytes] = {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            "User-Agent": f"anki-rpc-mcp/{VERSION}",
            **({"Authorization": f"Bearer {key}".encode()} if key else {}),
        }
        self._session: dict[str, str] = {}  # the headers that follow from the handshake
        self._lock = threading.Lock()
        self._room = threading.BoundedSemaphore(CALLS_AT_ONCE)
        self._running: dict[Any, _Carriage] = {}
        self._follower: threading.Thread | None = None
        self._subscribed: dict[str, bytes] = {}  # the messages that the gateway needs again after a restart
        self._is_following = threading.Event()

    def run(self, lines: Iterable[bytes]) -> None:
        """Send each line to the gateway. Return at the end of the input, when all messages have been answered.

        Subscriptions end with the input, as the gateway answers them only when it stops.
        """
        carriages: list[_Carriage] = []
        for written in lines:
            line = written.removeprefix(codecs.BOM_UTF8).strip()  # which PowerShell may send first
            if not line:
                continue
            self._room.acquire()
            carriage = _Carriage(self, line)
            carriages = [other for other in carriages if other.is_alive()] + [carriage]
            self._note(carriage)
            carriage.start()
        for carriage in carriages:
            if carriage.method == LISTEN:
                carriage.give_up()
        for carriage in carriages:
            carriage.join()

    def _note(self, carriage: _Carriage) -> None:
        """Remember a request; if the message cancels one, give that up before the message is sent."""
        if carriage.id is not None:
            self._running[carriage.id] = carriage
        elif carriage.method == "notifications/cancelled":
            cancelled = member(member(carriage.message, "params"), "requestId")
            if isinstance(cancelled, str | int) and (other := self._running.get(cancelled)) is not None:
                other.give_up()

    def carry(self, carriage: _Carriage) -> None:
        """Post a message, and write its answer unless the client has cancelled it. Runs on the message's thread."""
        try:
            answer = self._post(carriage)
        except (OSError, HTTPException, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            start = "Start Anki with AnkiRPC in it, or `anki-rpc serve`."
            answer = _error(carriage.id, f"Anki cannot be reached at {self._url}: {reason}. {start}")
        finally:
            self._running.pop(carriage.id, None)
            self._room.release()
        if answer is not None:
            self._write(carriage, answer)

    def _write(self, carriage: _Carriage | None, message: bytes) -> None:
        if carriage is None or not carriage.is_given_up:
            with self._lock, suppress(OSError):  # the client has closed its end, so its input will end, too
                self._output.write(message + b"\n")
                self._output.flush()

    def _pass_on(self, carriage: _Carriage | None, response: HTTPResponse) -> bytes:
        """Write the messages of a stream as they come, and return the answer, which is the last one."""
        for line in response:
            if line.startswith(b"data: "):
                message = line.removeprefix(b"data: ").strip()
                if member(_read(message), "method") is None:
                    return message
                self._write(carriage, message)
        return b""

    def _follow(self) -> None:
        """Read what the client has subscribed to, on a thread of its own. Wait until changes are reported."""
        with self._lock:
            if self._follower is None or not self._follower.is_alive():
                self._follower = threading.Thread(target=self._read_sessions, daemon=True)
                self._follower.start()
        self._is_following.wait(READY_S)

    def _read_sessions(self) -> None:
        is_first = is_allowed = True
        while is_allowed:
            with suppress(OSError, HTTPException, ValueError):
                is_allowed = self._read_session(is_first=is_first)
            self._is_following.clear()
            is_first = False
            time.sleep(RETRY_S)

    def _read_session(self, *, is_first: bool) -> bool:
        """Read the stream of the session until it ends. If it is not the first, changes may have been missed.

        Return False if the gateway does not let this client read: repeated wrong keys would be throttled.
        """
        with closing(self._connect(self._host, self._port, timeout=LONGEST_CALL_S)) as connection:
            connection.request("GET", self._path, headers={**self._headers, **self._session})
            response = connection.getresponse()
            if response.headers.get_content_type() != EVENTS:
                return response.status not in (UNAUTHORIZED, FORBIDDEN)
            response.readline()  # the first line comes when changes are reported
            for uri, line in [] if is_first else [*self._subscribed.items()]:
                self._subscribe_again(line)
                missed = {"jsonrpc": "2.0", "method": "notifications/resources/updated", "params": {"uri": uri}}
                self._write(None, json.dumps(missed).encode())
            self._is_following.set()
            self._pass_on(None, response)
        return True

    def _subscribe_again(self, line: bytes) -> None:
        with closing(self._connect(self._host, self._port, timeout=LONGEST_CALL_S)) as connection:
            connection.request("POST", self._path, line, {**self._headers, **self._session})
            connection.getresponse().read()

    def _post(self, carriage: _Carriage) -> bytes | None:
        connection = self._connect(self._host, self._port, timeout=LONGEST_CALL_S)
        own = mcp_headers.of(carriage.message) if mcp_headers.version_of(carriage.message) else self._session
        try:
            if carriage.is_given_up:
                return None
            connection.request("POST", self._path, carriage.line, {**self._headers, **own})
            carriage.sock = connection.sock  # the connection forgets it when the head of a stream has come
            if carriage.is_given_up:
                return None
            response = connection.getresponse()
            body = (
                self._pass_on(carriage, response) if response.headers.get_content_type() == EVENTS else response.read()
            )
        finally:
            connection.close()
        answer = _read(body)
        if response.status == HTTP_ACCEPTED:
            return None
        needs_key = response.status == UNAUTHORIZED
        # A refusal may lack the id. If the message was nested too deeply to be read here, its id is not known.
        is_of_another = carriage.message is not None and member(answer, "id") != carriage.id
        if needs_key or member(answer, "jsonrpc") is None or is_of_another:
            if response.status < 300:
                return _error(carriage.id, f"{self._url} sent no answer: it was stopped meanwhile, or is no gateway.")
            refusal = member(answer, "error")
            text = member(refusal, "message") or refusal or f"{response.status} {response.reason}"
            hint = " Pass it by --key-file, or in ANKI_RPC_KEY." if needs_key else ""
            return _error(carriage.id, f"{self._url} refuses the message: {text}{hint}")
        self._note_answer(carriage, answer, response.headers.get(mcp_headers.SESSION))
        return body

    def _note_answer(self, carriage: _Carriage, answer: Any, session: str | None) -> None:
        """Remember what later messages need, and follow what the client has subscribed to."""
        if carriage.method == "initialize" and (version := member(member(answer, "result"), "protocolVersion")):
            self._session = {mcp_headers.VERSION: version, **({mcp_headers.SESSION: session} if session else {})}
        if "result" in answer and isinstance(uri := member(member(carriage.message, "params"), "uri"), str):
            if carriage.method == "resources/subscribe":
                self._subscribed[uri] = carriage.line
                self._follow()
            elif carriage.method == "resources/unsubscribe":
                self._subscribed.pop(uri, None)


class _Carriage(threading.Thread):
    """A message on its way."""

    def __init__(self, bridge: Bridge, line: bytes) -> None:
        super().__init__(daemon=True)
        self._bridge = bridge
        self.line = line
        self.message = _read(line)
        self.method = member(self.message, "method")
        id = member(self.message, "id")
        self.id = id if isinstance(id, str | int) else None
        self.sock: socket.socket | None = None
        self.is_given_up = False

    def run(self) -> None:
        self._bridge.carry(self)

    def give_up(self) -> None:
        """Close the connection, because the client has cancelled the request; that cancels it in the gateway, too."""
        self.is_given_up = True
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _read(text: bytes) -> Any:
    """Return the value of a JSON text; None if it is no JSON, or nested too deeply for Python's reader.

    The gateway answers such a line with an error.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _error(id: Any, text: str) -> bytes | None:
    """Return an error response; None for a notification, which is not answered."""
    if id is None:
        return None
    return json.dumps({"jsonrpc": "2.0", "id": id, "error": {"code": INTERNAL_ERROR, "message": text}}).encode()
