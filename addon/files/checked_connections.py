"""Connections of urllib3 that have a policy judge the very address they connect to: no later answer of DNS counts.

A limit ends them in time.
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

from .address_policy import AddressRefused, DownloadPolicy

REFUSAL_S = 1.0
"""Seconds until a hidden host is refused: sooner, the time would tell whether its name is known here."""

# The names stand in the texts of errors, which clients compare.


class TimeLimit:
    """Cuts a connection off when the time is over: the patience of a socket is renewed by every byte, of headers too.

    Redirects are followed over one connection after the other, and it is the latest that is watched.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self._over = threading.Event()

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    @contextmanager
    def of(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._leave()

    def watch(self, sock: socket.socket) -> None:
        self._leave()
        self._socket = sock.dup()  # TLS takes the socket itself away
        if self.is_over:
            self._end()

    def wait_until(self, moment: float) -> None:
        """Wait until a moment of the monotonic clock, or the limit."""
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
    """Resolves its host once, and has each address judged before it tries any."""

    def __init__(self, *args: Any, policy: DownloadPolicy, limit: TimeLimit, **options: Any) -> None:
        super().__init__(*args, **options)
        self._policy = policy
        self._limit = limit

    @property
    def host(self) -> str:
        """What the Host header, TLS and errors name, whichever address is connected to."""
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
                self._limit.wait_until(begin + REFUSAL_S)
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
        """Where the host is, once each of its addresses has been judged."""
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
    """The same under TLS."""


class HTTPConnectionPool(urllib3.HTTPConnectionPool):
    """Makes connections of ours, and hands them the policy and the limit."""

    ConnectionCls = HTTPConnection


class HTTPSConnectionPool(urllib3.HTTPSConnectionPool):
    """The same under TLS."""

    ConnectionCls = HTTPSConnection


def pin(session: requests.Session, policy: DownloadPolicy, limit: TimeLimit) -> None:
    """Have every connection of a session, redirects included, judged by a policy, and cut off at a limit.

    A proxy would connect in its own place, so only local programs use the one that the environment names.
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
    """Close the connection of a redirect: requests would read its body to the end, however far that is."""
    if response.is_redirect:
        response.close()
