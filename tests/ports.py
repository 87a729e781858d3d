"""Ports that no other test gets by chance."""

import contextlib
import random
import socket

FIRST, AFTER = 10_000, 32_000
"""Below the ports that systems give to connections, and to servers that ask for any port (32768 and more on Linux)."""


def listen(host: str = "127.0.0.1") -> socket.socket:
    """A socket that listens on such a port of this address."""
    chance = random.SystemRandom()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for _ in range(1000):
        with contextlib.suppress(OSError):
            return socket.create_server((host, chance.randrange(FIRST, AFTER)), family=family)
    raise AssertionError("no port is free")


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nothing uses on this address, for a server that starts later, or again."""
    with listen(host) as holder:
        return int(holder.getsockname()[1])
