"""Reads content from outside: base64 text, files on this computer, and downloads."""

from __future__ import annotations

import hashlib
import socket
import traceback
from typing import Any

import requests
from anki.httpclient import HttpClient
from requests import exceptions as errors
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    LocationParseError,
    NameResolutionError,
    NewConnectionError,
    ReadTimeoutError,
)

from ..rpc.errors import Busy, DownloadFailed, FileProblem, Refused
from ..rpc.shares import FairSlots
from ..text import base64_chunks
from .address_policy import AddressRefused, DownloadPolicy
from .checked_connections import TimeLimit, install_policy
from .consent import explained
from .file_policy import FilePolicy
from .missing import missing_file
from .regular_files import NOT_REGULAR, databases_of, open_regular

DOWNLOAD_TIMEOUT_S = 10
"""Seconds without a byte until a download fails; the default of AnkiConnect's setting webTimeout."""
DOWNLOAD_DEADLINE_S = 60
"""Seconds for a whole download."""
SIZE_LIMIT_BYTES = 100 * 2**20
"""Bytes of the largest content; Anki syncs no larger media file."""
DATABASES = (".anki2", ".anki2-wal", ".media.db2", "prefs21.db")
"""The ends of the names of Anki's own databases."""
_downloads = FairSlots(8)
"""Downloads at once: half of the server's threads for requests, so that slow hosts cannot block all callers."""


def content_of(source: dict[str, Any], policy: FilePolicy, downloads: DownloadPolicy) -> bytes | None:
    """Return the content of a source: its `data`, else the file at its `path`, else the download from its `url`.

    None if the MD5 of the content is `skip_hash`. Raises Refused if the source names none of the three, and the errors
    of `decode`, `read` and `download`.
    """
    data = source.get("data")
    if isinstance(data, bytes):
        content = data
    elif data is not None:
        content = decode(data)
    elif source.get("path") is not None:
        content = read(source["path"], policy)
    elif source.get("url") is not None:
        content = download(source["url"], downloads)
    else:
        raise Refused('You must provide a "data", "path", or "url" field.')
    skip_hash = source.get("skip_hash")
    if skip_hash and hashlib.md5(content, usedforsecurity=False).hexdigest() == skip_hash:
        return None
    return content


def decode(data: str) -> bytes:
    """Decode base64, ignoring characters outside the alphabet, as AnkiConnect does. Raises FileProblem."""
    try:
        return base64_chunks.decode_leniently(data)
    except ValueError as error:
        raise FileProblem(str(error), field="data") from None


def read(path: str, policy: FilePolicy) -> bytes:
    """Read a regular file that the caller may use.

    Raises FileProblem if the policy forbids it, if it cannot be read, if it is too large, or if it is a database of
    Anki, of any profile.
    """
    real = policy.resolve(path)
    if real.casefold().endswith(DATABASES):
        raise FileProblem(f"A database of Anki's: {path!r}")
    try:
        databases = databases_of(policy.media)
        with open_regular(real, databases, follow_links=False) as file:  # a link that was made meanwhile is refused
            content = file.read(SIZE_LIMIT_BYTES + 1)
    except OSError as error:
        error.filename = path  # as the caller wrote it
        text = f"{NOT_REGULAR}: {path!r}" if error.strerror == NOT_REGULAR else str(error)
        words = missing_file(path) if isinstance(error, FileNotFoundError) else None
        raise FileProblem(explained(text), in_plain_words=words) from None
    except ValueError as error:  # NUL in the name
        raise FileProblem(f"{error}: {path!r}") from None
    if len(content) > SIZE_LIMIT_BYTES:
        raise FileProblem(f"Larger than {SIZE_LIMIT_BYTES} bytes: {path!r}")
    return content


def download(url: str, policy: DownloadPolicy) -> bytes:
    """Download from an address with Anki's HTTP client, and return the content.

    Raises DownloadFailed, and Busy if too many downloads are running, in total or of this caller, or if the system
    allows no more threads.
    """
    if not _downloads.acquire(policy.owner):
        raise Busy("Too many downloads are running. Try again later.")
    try:
        return _download(url, policy)
    finally:
        _downloads.release(policy.owner)


def _download(url: str, policy: DownloadPolicy) -> bytes:
    limit = TimeLimit()
    late = f"{url} took longer than {DOWNLOAD_DEADLINE_S} seconds"
    client = HttpClient()
    client.timeout = DOWNLOAD_TIMEOUT_S
    with limit.of(DOWNLOAD_DEADLINE_S), client:
        install_policy(client.session, policy, limit)
        try:
            response = client.get(url)
            if response.status_code != requests.codes.ok:
                raise DownloadFailed(
                    f"{url} download failed with return code {response.status_code}",
                    url=url,
                    status=response.status_code,
                )
            content = bytearray()
            # `read1` returns what has arrived, without waiting until the chunk is full.
            while not limit.is_over and (chunk := response.raw.read1(2**16, decode_content=True)):
                content += chunk
                if len(content) > SIZE_LIMIT_BYTES:
                    raise DownloadFailed(f"{url} is larger than {SIZE_LIMIT_BYTES} bytes", url=url)
            if limit.is_over:
                raise DownloadFailed(late, url=url)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            text, words = (late, None) if limit.is_over else (str(error), _in_plain_words(url, error))
            _forget(error)
            raise DownloadFailed(text, in_plain_words=words, url=url) from None
    return bytes(content)


def _in_plain_words(url: str, error: BaseException) -> str | None:
    """Return why a download failed, as the texts of requests and urllib3 show their objects.

    None if the text is our own.
    """
    cause: Any = error
    while isinstance(inner := getattr(cause, "reason", None) or next(iter(cause.args), None), BaseException):
        cause = inner
    if isinstance(cause, AddressRefused):
        return None
    reasons = (reason for kinds, reason in _REASONS if isinstance(error, kinds) or isinstance(cause, kinds))
    reason = next(reasons, "the server closed the connection, or its answer is not valid HTTP")
    return f"{url} was not downloaded: {reason}."


_REASONS: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((NameResolutionError, socket.gaierror), "the name of the server cannot be resolved"),
    ((errors.InvalidSchema, errors.MissingSchema), "the address does not begin with http:// or https://"),
    ((errors.InvalidURL, LocationParseError), "the address is invalid"),
    ((NewConnectionError,), "the server cannot be reached"),  # before timeouts, of which it is one to urllib3
    ((errors.Timeout, ConnectTimeoutError, ReadTimeoutError, TimeoutError), "the server did not answer in time"),
    ((errors.SSLError,), "the certificate or the encryption of the server is not accepted"),
    ((errors.TooManyRedirects,), "it redirects too often"),
)


def _forget(error: BaseException | None) -> None:
    """Clear the frames of an error: urllib3 keeps errors in local variables, and Anki collects such cycles only every
    15 minutes.
    """
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
