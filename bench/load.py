"""Many clients at once, in a process of its own: `python -m bench.load URL CLIENTS SECONDS`, the request on stdin.

One thread turns all connections by epoll, so that this process needs a small part of what the gateway does for a
request. Prints requests per second, and the microseconds that it spent itself on each.
"""

import selectors
import socket
import subprocess
import sys
import time
import urllib.parse

from .client import WAIT, split


def run(url, request, clients, seconds):
    parts = urllib.parse.urlsplit(url)
    selector = selectors.DefaultSelector()
    for _ in range(clients):
        connection = socket.create_connection((parts.hostname, parts.port), timeout=WAIT)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(connection, selectors.EVENT_READ, bytearray())
    for key in selector.get_map().values():
        key.fileobj.sendall(request)
    count, own, start = 0, time.process_time(), time.perf_counter()
    while time.perf_counter() - start < seconds:
        for key, _ in selector.select(WAIT):
            piece = key.fileobj.recv(2**16)
            if not piece:
                raise SystemExit("the gateway closed a connection")
            key.data.extend(piece)
            place = split(key.data)
            if place is not None and len(key.data) >= place[1]:
                key.data.clear()
                count += 1
                key.fileobj.sendall(request)
    took = time.perf_counter() - start
    return count / took, (time.process_time() - own) / max(count, 1) * 1e6


def load(url, request, clients, seconds):
    """Run it; requests per second and the load's own microseconds for each."""
    process = start(url, request, clients, seconds)
    out, _ = process.communicate(timeout=seconds + WAIT)
    if process.returncode:
        raise SystemExit("the load failed")
    return tuple(map(float, out.split()))


def start(url, request, clients, seconds):
    """The running process."""
    command = [sys.executable, "-m", __name__, url, str(clients), str(seconds)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(request)
    process.stdin.close()
    process.stdin = None
    return process


if __name__ == "__main__":
    print(*run(sys.argv[1], sys.stdin.buffer.read(), int(sys.argv[2]), float(sys.argv[3])))
