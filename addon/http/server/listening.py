"""The listening sockets of an address, or why there are none."""

from __future__ import annotations

import errno
import logging
import socket
import sys

log = logging.getLogger("anki_rpc.http")


class CannotListen(OSError):
    """The server cannot listen on its address. The message says which address, why, and what to do."""


class PortTaken(CannotListen):
    """Another program uses the port."""


def reachable(host: str) -> str:
    """Return the address at which this computer reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - names it only


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Return the listening sockets of a host, all on one port; 0 chooses a free one. Raises as `_listen` does."""
    if host not in {"127.0.0.1", "localhost"}:
        return [_listen(host, port)]
    for attempt in reversed(range(20)):
        first = _listen("127.0.0.1", port)
        real = first.getsockname()[1]
        try:
            return [first, _listen("::1", real)]
        except PortTaken as error:
            if port or not attempt:
                log.warning("%s The gateway is served on 127.0.0.1 only.", error)
                return [first]
            first.close()
        except CannotListen:  # this computer has no IPv6
            return [first]
    raise AssertionError


def _listen(host: str, port: int) -> socket.socket:
    """Return one listening socket. Raises CannotListen or PortTaken."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        family, kind, proto, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, proto)
    except (OSError, UnicodeError) as error:
        raise CannotListen(f"Cannot listen on {where}: this is no address or host name ({error}).") from error
    try:
        if sys.platform == "win32":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)  # REUSEADDR would share the port
        else:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # else the port stays taken after a stop
        if family == socket.AF_INET6:
            sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        sock.bind(address)
        sock.listen(socket.SOMAXCONN)
    except (OSError, OverflowError) as error:
        sock.close()
        raise _explained(error, where) from error
    return sock


def _explained(error: Exception, where: str) -> CannotListen:
    code = getattr(error, "errno", None)
    if code == errno.EADDRINUSE:
        return PortTaken(
            f"{where} is already in use by another program, perhaps by Anki with AnkiConnect or by another "
            "AnkiRPC. Close that program, or choose another port."
        )
    reasons = {
        errno.EACCES: "the system does not allow it. Ports below 1024 and reserved ports need special rights: "
        "choose another port.",
        errno.EADDRNOTAVAIL: "this computer has no such address. Choose 127.0.0.1 or an address of this computer.",
    }
    return CannotListen(f"Cannot listen on {where}: {reasons.get(code or 0, error)}")
