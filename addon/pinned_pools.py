"""Connections of urllib3 that have a policy judge the very address they connect to: no later answer of DNS counts."""

from __future__ import annotations

import socket
from functools import partial
from typing import Any

import requests
import urllib3
from urllib3 import connection
from urllib3.exceptions import ConnectTimeoutError, LocationParseError, NameResolutionError, NewConnectionError
from urllib3.util.connection import allowed_gai_family

from .download_policy import DownloadPolicy

# The names stand in the texts of errors, which clients compare.


class HTTPConnection(connection.HTTPConnection):
    """Resolves its host once, and has each address judged before it tries any."""

    def __init__(self, *args: Any, policy: DownloadPolicy, **options: Any) -> None:
        super().__init__(*args, **options)
        self._policy = policy

    @property
    def host(self) -> str:
        """What the Host header, TLS and errors name, whichever address is connected to."""
        return self._name.rstrip(".")

    @host.setter
    def host(self, name: str) -> None:
        self._name = self._dns_host = name

    def _new_conn(self) -> socket.socket:
        try:
            found = socket.getaddrinfo(self._name, self.port, allowed_gai_family(), socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from None
        except UnicodeError:
            raise LocationParseError(f"'{self._name}', label empty or too long") from None
        *others, last = dict.fromkeys(str(row[4][0]) for row in found)
        for address in (*others, last):
            self._policy.check(self._name, self.port, address)
        for address in others:
            self._dns_host = address
            try:
                return super()._new_conn()
            except (ConnectTimeoutError, NewConnectionError):
                continue
        self._dns_host = last
        return super()._new_conn()


class HTTPSConnection(HTTPConnection, connection.HTTPSConnection):
    """The same under TLS."""


class HTTPConnectionPool(urllib3.HTTPConnectionPool):
    """Makes connections of ours, and hands them the policy."""

    ConnectionCls = HTTPConnection


class HTTPSConnectionPool(urllib3.HTTPSConnectionPool):
    """The same under TLS."""

    ConnectionCls = HTTPSConnection


def pin(session: requests.Session, policy: DownloadPolicy) -> None:
    """Have every connection of a session, redirects included, judged by a policy.

    A proxy would connect in its own place, so only local programs use the one that the environment names.
    """
    session.trust_env = policy.is_local_program
    session.max_redirects = 10
    pools = {"http": partial(HTTPConnectionPool, policy=policy), "https": partial(HTTPSConnectionPool, policy=policy)}
    for adapter in session.adapters.values():
        adapter.poolmanager.pool_classes_by_scheme = pools  # type: ignore[attr-defined]
