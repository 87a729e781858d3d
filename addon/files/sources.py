"""Content from outside: base64 text, files on this machine, and downloads."""

from __future__ import annotations

import hashlib
import traceback
from typing import Any

import requests
from anki.httpclient import HttpClient
from urllib3.exceptions import HTTPError

from ..rpc.errors import Busy, DownloadFailed, FileProblem, Refused
from ..rpc.shares import Shares
from ..text import base64_chunks
from .address_policy import DownloadPolicy
from .checked_connections import TimeLimit, pin
from .file_policy import FilePolicy
from .regular_files import NOT_REGULAR, databases_of, open_regular

DOWNLOAD_TIMEOUT_S = 10
"""Seconds without a byte, as in AnkiConnect's setting webTimeout."""
DOWNLOAD_DEADLINE_S = 60
"""Seconds for the whole of a download."""
SIZE_LIMIT_BYTES = 100 * 2**20
"""Bytes; Anki syncs no larger media file."""
DATABASES = (".anki2", ".anki2-wal", ".media.db2", "prefs21.db")
"""How the names of Anki's own databases end."""
_downloads = Shares(8)
"""Half of the server's request threads: slow hosts must not keep everybody waiting."""


def content_of(source: dict[str, Any], policy: FilePolicy, downloads: DownloadPolicy) -> bytes | None:
    """The bytes that `data`, `path` or `url` stand for, in this order; None when `skip_hash` is their MD5."""
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
    """Decode base64; characters outside its alphabet are ignored, as AnkiConnect does."""
    try:
        return base64_chunks.decode_leniently(data)
    except ValueError as error:
        raise FileProblem(str(error), field="data") from None


def read(path: str, policy: FilePolicy) -> bytes:
    """Read a regular file that programs may use.

    Anki's own databases are refused, those of other profiles too.
    """
    real = policy.resolve(path)
    if real.casefold().endswith(DATABASES):
        raise FileProblem(f"A database of Anki's: {path!r}")
    try:
        databases = databases_of(policy.media)
        with open_regular(real, databases, follow_links=False) as file:  # a link that has come since is not followed
            content = file.read(SIZE_LIMIT_BYTES + 1)
    except OSError as error:
        error.filename = path  # as it was given
        text = f"{NOT_REGULAR}: {path!r}" if error.strerror == NOT_REGULAR else str(error)
        raise FileProblem(text) from None
    except ValueError as error:  # NUL in the name
        raise FileProblem(f"{error}: {path!r}") from None
    if len(content) > SIZE_LIMIT_BYTES:
        raise FileProblem(f"Larger than {SIZE_LIMIT_BYTES} bytes: {path!r}")
    return content


def download(url: str, policy: DownloadPolicy) -> bytes:
    """Fetch a web address with Anki's own client. Raises Busy while too many downloads run, or too many of a caller."""
    if not _downloads.acquire(policy.owner):
        raise Busy("too many downloads at once")
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
        pin(client.session, policy, limit)
        try:
            response = client.get(url)
            if response.status_code != requests.codes.ok:
                raise DownloadFailed(
                    f"{url} download failed with return code {response.status_code}",
                    url=url,
                    status=response.status_code,
                )
            content = bytearray()
            # What is there: it waits for no more.
            while not limit.is_over and (chunk := response.raw.read1(2**16, decode_content=True)):
                content += chunk
                if len(content) > SIZE_LIMIT_BYTES:
                    raise DownloadFailed(f"{url} is larger than {SIZE_LIMIT_BYTES} bytes", url=url)
            if limit.is_over:
                raise DownloadFailed(late, url=url)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            text = late if limit.is_over else str(error)
            _forget(error)
            raise DownloadFailed(text, url=url) from None
    return bytes(content)


def _forget(error: BaseException | None) -> None:
    """urllib3 keeps errors in variables where they are raised: cycles, which Anki frees every 15 minutes only."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
