"""Ports that no other test gets by chance."""

import random
import socket

FIRST, AFTER = 10_000, 32_000
"""Below the ports that systems give to connections, and to servers that ask for any port (32768 and more on Linux)."""


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nothing uses on this address, for a server that starts later, or again."""
    chance = random.SystemRandom()
    for _ in range(1000):
        port = chance.randrange(FIRST, AFTER)
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            socket.create_server((host, port), family=family).close()
        except OSError:
            continue
        return port
    raise AssertionError("no port is free")
