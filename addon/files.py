"""Content from outside: base64 text, files on this machine, and downloads."""

from __future__ import annotations

import base64
import binascii
import hashlib
from pathlib import Path
from typing import Any

import requests
from anki.httpclient import HttpClient

from .rpc.errors import DownloadFailed, FileProblem, Refused

DOWNLOAD_TIMEOUT = 10
"""Seconds without a byte, as in AnkiConnect's setting webTimeout."""
DOWNLOAD_LIMIT = 100 * 2**20
"""Bytes; Anki syncs no larger media file."""


def content_of(source: dict[str, Any]) -> bytes | None:
    """The bytes that `data`, `path` or `url` stand for, in this order; None when `skip_hash` is their MD5."""
    if source.get("data") is not None:
        content = decode(source["data"])
    elif source.get("path") is not None:
        content = read(source["path"])
    elif source.get("url") is not None:
        content = download(source["url"])
    else:
        raise Refused('You must provide a "data", "path", or "url" field.')
    skip_hash = source.get("skip_hash")
    if skip_hash and hashlib.md5(content, usedforsecurity=False).hexdigest() == skip_hash:
        return None
    return content


def decode(data: str) -> bytes:
    """Decode base64; characters outside its alphabet are ignored, as AnkiConnect does."""
    try:
        return base64.b64decode(data)
    except (binascii.Error, ValueError) as error:
        raise FileProblem(str(error), field="data") from None


def read(path: str) -> bytes:
    """Read a file that the gateway's user can read."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise FileProblem(str(error), field="path") from None


def download(url: str) -> bytes:
    """Fetch a web address with Anki's own client."""
    client = HttpClient()
    client.timeout = DOWNLOAD_TIMEOUT
    with client:
        try:
            response = client.get(url)
            if response.status_code != requests.codes.ok:
                raise DownloadFailed(
                    f"{url} download failed with return code {response.status_code}",
                    url=url,
                    status=response.status_code,
                )
            content = bytearray()
            for chunk in response.iter_content(2**16):
                content += chunk
                if len(content) > DOWNLOAD_LIMIT:
                    raise DownloadFailed(f"{url} is larger than {DOWNLOAD_LIMIT} bytes", url=url)
        except (requests.RequestException, OSError, ValueError) as error:
            raise DownloadFailed(str(error), url=url) from None
    return bytes(content)
