"""Waitress, with limits of our own: sockets, connections, parsing, turns and streams."""
