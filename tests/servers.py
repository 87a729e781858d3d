"""Servers on real sockets, for tests that do not wait as long as users can."""


def look_often(server):
    """Have a server look ten times a second for clients that have left, and at its limits. Returns the server."""
    server._tick, server._next_tick = min(server._tick, 0.1), 0.0
    return server
