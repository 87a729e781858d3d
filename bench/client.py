"""A lean client: a socket, the bytes of a request, and the bytes of the answer. It decodes nothing while time runs."""

import json
import socket
import time
import urllib.parse

WAIT = 120.0
JSON_RPC, LEGACY = "JSON-RPC", "old protocol"
PIECE = 2**18


def message(protocol, action, params=None):
    if protocol == LEGACY:
        return {"action": action, "version": 6, "params": params or {}}
    return {"jsonrpc": "2.0", "id": 1, "method": action, "params": params or {}}


def body_of(protocol, action, params=None):
    return json.dumps(message(protocol, action, params)).encode()


def request_of(body, method="POST", path="/"):
    """The whole request, head and body."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def split(answer):
    """Where the body begins and ends in what was read so far; None while the head is not whole."""
    start = answer.find(b"\r\n\r\n") + 4
    if start < 4:
        return None
    for line in bytes(answer[:start]).lower().split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name == b"content-length":
            return start, start + int(value)
    return start, start


class Client:
    """Keeps its connection. `seconds` is how long the latest request took, from its first byte to the last of its
    answer."""

    def __init__(self, url, wait=WAIT):
        """`wait`: seconds after which it gives up waiting for an answer."""
        parts = urllib.parse.urlsplit(url)
        self._address = parts.hostname, parts.port
        self._wait = wait
        self._socket = None
        self.seconds = 0.0

    def send(self, request, *, keep=True):
        start = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=self._wait)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        answer = bytearray()
        while (place := split(answer)) is None:
            answer += self._piece()
        missing = place[1] - len(answer)
        answer += bytes(missing)
        view = memoryview(answer)[place[1] - missing :]
        while view:
            view = view[self._socket.recv_into(view[:PIECE]) or self._lost() :]
        if not keep:
            self.close()
        self.seconds = time.perf_counter() - start
        return memoryview(answer)[place[0] :]

    def _piece(self):
        return self._socket.recv(PIECE) or self._lost()

    def _lost(self):
        raise ConnectionError("the gateway closed the connection")

    def close(self):
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def call(self, action, params=None, protocol=JSON_RPC):
        """The result; SystemExit on an error."""
        reply = json.loads(bytes(self.send(request_of(body_of(protocol, action, params)))))
        if reply.get("error"):
            raise SystemExit(f"{action}: {reply['error']}")
        return reply["result"]
