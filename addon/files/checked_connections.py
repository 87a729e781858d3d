"""Connections of urllib3 that resolve a name once and check exactly the address they connect to, so that no later DNS
answer can redirect them. A time limit ends them.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import requests
import urllib3
from urllib3 import connection
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family

from ..rpc import threads
from .address_policy import AddressRefused, DownloadPolicy

MIN_REFUSAL_DELAY_S = 1.0
"""Seconds until a hidden host is refused. Without the delay, the time would reveal whether its name exists."""

# The class names below are part of error texts that clients compare, so they are urllib3's.


class TimeLimit:
    """Closes the connection of a download when its time is over. The timeout of a socket does not do that, as each
    received byte renews it.

    Each redirect uses a new connection; the latest one is watched.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._over = threading.Event()

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self._over.is_set()

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        """Limit the time of this block. Raises Busy if the system allows no more threads."""
        timer = threads.start_timer("time limit", seconds, self._end)
        try:
            yield
        finally:
            timer.cancel()
            self._leave()

    def watch(self, sock: socket.socket) -> None:
        """Watch this connection in place of the previous one."""
        self._leave()
        self._socket = sock.dup()  # TLS detaches the socket itself
        if self.is_over:
            self._end()

    def wait_until(self, moment: float) -> None:
        """Wait until a time of the monotonic clock, but not beyond the limit."""
        self._over.wait(max(0.0, moment - time.monotonic()))

    def _leave(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _end(self) -> None:
        self._over.set()
        if self._socket is not None:
            with suppress(OSError):  # it is closed already
                self._socket.shutdown(socket.SHUT_RDWR)


class HTTPConnection(connection.HTTPConnection):
    """Resolves its host once, and checks all addresses before it connects to any of them."""

    def __init__(self, *args: Any, policy: DownloadPolicy, limit: TimeLimit, **options: Any) -> None:
        super().__init__(*args, **options)
        self._policy = policy
        self._limit = limit

    @property
    def host(self) -> str:
        """The name for the Host header, TLS and errors, whatever address the connection uses."""
        return self._name.rstrip(".")

    @host.setter
    def host(self, name: str) -> None:
        self._name = self._dns_host = name

    def _new_conn(self) -> socket.socket:
        sock = self._connect()
        self._limit.watch(sock)
        return sock

    def _connect(self) -> socket.socket:
        begin = time.monotonic()
        try:
            *others, last = self._addresses()
        except AddressRefused:
            if self._policy.is_hidden(self._name, self.port):
                self._limit.wait_until(begin + MIN_REFUSAL_DELAY_S)
            raise
        for address in others:
            self._dns_host = address
            try:
                return super()._new_conn()
            except (ConnectTimeoutError, NewConnectionError):
                continue
        self._dns_host = last
        return super()._new_conn()

    def _addresses(self) -> list[str]:
        """Return the addresses of the host, all checked. Raises AddressRefused if one of them is not allowed."""
        try:
            found = socket.getaddrinfo(self._name, self.port, allowed_gai_family(), socket.SOCK_STREAM)
        except socket.gaierror as error:
            if self._policy.is_hidden(self._name, self.port):
                raise self._policy.refusal(self._name, self.port) from None
            raise NameResolutionError(self.host, self, error) from None
        except UnicodeError:
            raise LocationParseError(f"'{self._name}', label empty or too long") from None
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        for address in addresses:
            self._policy.check(self._name, self.port, address)
        return addresses


class HTTPSConnection(HTTPConnection, connection.HTTPSConnection):
    """The same with TLS."""


class HTTPConnectionPool(urllib3.HTTPConnectionPool):
    """Creates connections of ours, and passes them the policy and the limit."""

    ConnectionCls = HTTPConnection


class HTTPSConnectionPool(urllib3.HTTPSConnectionPool):
    """The same with TLS."""

    ConnectionCls = HTTPSConnection


def install_policy(session: requests.Session, policy: DownloadPolicy, limit: TimeLimit) -> None:
    """Apply a policy and a time limit to every connection of a session, redirects included.

    Only local programs use the proxy that the environment names: a proxy resolves names itself, so its connections
    cannot be checked.
    """
    session.trust_env = policy.is_local_program
    session.max_redirects = 10
    session.hooks["response"].append(_leave_body)
    pools = {
        "http": partial(HTTPConnectionPool, policy=policy, limit=limit),
        "https": partial(HTTPSConnectionPool, policy=policy, limit=limit),
    }
    for adapter in session.adapters.values():
        adapter.poolmanager.pool_classes_by_scheme = pools  # type: ignore[attr-defined]


def _leave_body(response: requests.Response, **options: Any) -> None:
    """Close the connection of a redirect, as requests would read its body to the end, however long it is."""
    if response.is_redirect:
        response.close()
