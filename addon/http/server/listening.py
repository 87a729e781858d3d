"""The listening sockets of an address, or why there are none, and how they accept connections."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ...vendored import waitress
from .connection import Channel
from .load_shedding import LoadShedder
from .streams import Streams
from .turns import Claim, Turns
from .uploads import Upload

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

LOOPBACK = ("127.0.0.1", "::1")
LOCAL = frozenset({LOOPBACK[0], "localhost"})
"""The hosts for which a server listens on both addresses of this computer."""

log = logging.getLogger("anki_rpc.http")


class CannotListen(OSError):
    """The server cannot listen on its address. The message says which address, why, and what to do."""


class PortTaken(CannotListen):
    """Another program uses the port."""


class PortReserved(CannotListen):
    """Windows keeps the port for something else, and no program uses it."""


def reachable(host: str) -> str:
    """Return the address at which this computer reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - names it only


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen on this port now, at each of its addresses. This computer may have no IPv6."""
    for address in LOOPBACK if host in LOCAL else (host,):
        try:
            _listen(address, port).close()
        except CannotListen as error:
            if address == host or address == LOOPBACK[0] or isinstance(error, PortTaken | PortReserved):
                return False
    return True


def open_sockets(host: str, port: int) -> list[socket.socket]:
    """Return the listening sockets of a host, all on one port; 0 chooses a free one. Raises as `_listen` does."""
    if host not in LOCAL:
        return [_listen(host, port)]
    for attempt in reversed(range(20)):
        first = _listen(LOOPBACK[0], port)
        real = first.getsockname()[1]
        try:
            return [first, _listen(LOOPBACK[1], real)]
        except (PortTaken, PortReserved) as error:
            if port or not attempt:
                log.warning("%s The gateway is served on 127.0.0.1 only.", error)
                return [first]
            first.close()
        except CannotListen:  # this computer has no IPv6
            return [first]
    raise AssertionError


def _listen(host: str, port: int) -> socket.socket:
    """Return one listening socket. Raises CannotListen, PortTaken or PortReserved."""
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
    if code == errno.EACCES and sys.platform == "win32":
        return PortReserved(
            f"Cannot listen on {where}: Windows has reserved this port, most likely for Hyper-V, WSL or Docker. Choose "
            "another port. Or free it: `netsh int ipv4 show excludedportrange protocol=tcp` lists the reserved ports; "
            "`net stop winnat`, then `net start winnat`, as administrator, lets Windows reserve others."
        )
    reasons = {
        errno.EACCES: "the system does not allow it. Ports below 1024 need special rights: choose another port.",
        errno.EADDRNOTAVAIL: "this computer has no such address. Choose 127.0.0.1 or an address of this computer.",
    }
    return CannotListen(f"Cannot listen on {where}: {reasons.get(code or 0, error)}")


class Listener(waitress.server.TcpWSGIServer):  # type: ignore[misc]
    """One listening socket, opened by `open_sockets`."""

    logger = log
    channel_class = Channel
    streams: Streams
    load_shedder: LoadShedder
    upload: Callable[[WSGIEnvironment], Upload | None]
    claim: Callable[[WSGIEnvironment], Claim | None]
    turns: Callable[[Claim], Turns[Channel]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._trigger_lock = threading.Lock()
        self._closed = False
        super().__init__(*args, **kwargs)
        self.trigger.logger = log

    @property
    def is_lost(self) -> bool:
        """Whether the listener can accept nothing more, or no thread can wake the loop."""
        return self._closed or bool(self.trigger._closed)  # noqa: SLF001 - Waitress offers no other way

    def set_reuse_addr(self) -> None:
        """Do nothing: Waitress would set the option after `bind`, and on Windows it lets others take the port."""

    def readable(self) -> bool:
        """Whether to accept connections. Waitress's own uses a clock that may jump, and no load shedding."""
        return bool(self.accepting) and self.load_shedder.has_capacity()

    def handle_accept(self) -> None:
        self.load_shedder.accept(self._accept_one)

    def set_socket_options(self, conn: socket.socket) -> None:
        """Set what the system offers. On macOS nothing can be set for a client that has left already."""
        for option in self.adj.socket_options:
            with contextlib.suppress(OSError):
                conn.setsockopt(*option)

    def _accept_one(self) -> bool:
        """Accept a connection, if one waits. Return whether there was one."""
        before = len(self.active_channels)
        super().handle_accept()
        return len(self.active_channels) > before

    def accept(self) -> Any:
        """Accept a connection. If no more files can be opened, close an idle one: Waitress would retry forever."""
        try:
            return super().accept()
        except OSError as error:
            if error.errno in {errno.EMFILE, errno.ENFILE}:
                self.load_shedder.evict_idle()
                return None
            self.load_shedder.pause()
            raise

    def pull_trigger(self) -> None:
        """Wake the loop, unless it is closed: its file descriptor may belong to Anki by then."""
        if not self._map.must_be_woken():
            return
        with self._trigger_lock:
            if not self.is_lost:
                with contextlib.suppress(OSError):  # a lost trigger wakes the loop, too
                    super().pull_trigger()

    def handle_error(self) -> None:
        """Go on accepting after an error. Waitress would close the socket."""
        log.error("A connection was not accepted", exc_info=sys.exception())
        self.load_shedder.pause()

    def handle_close(self) -> None:
        self.close()

    def close(self) -> None:
        with self._trigger_lock:
            self._closed = True
            super().close()
