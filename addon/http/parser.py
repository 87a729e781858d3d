"""Requests as Waitress reads them, but without what two readers could read in two ways (RFC 9112, section 11.2)."""

from __future__ import annotations

import re
from copy import copy
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from waitress.parser import HTTPRequestParser, ParsingError
from waitress.receiver import ChunkedReceiver
from waitress.task import WSGITask
from waitress.utilities import BadRequest, Error

if TYPE_CHECKING:
    from waitress.adjustments import Adjustments

    from .channel import Channel
    from .turns import Claim

CODINGS = re.compile(rb"(?<=\r\n)Transfer-Encoding:[ \t]*(.*?)[ \t]*(?=\r\n)", re.IGNORECASE)
CONTROL = 2**10
"""Bytes of the longest line that tells a chunk's size, where it does not come at once."""
TRAILER = 2**16
"""Bytes of the longest trailer."""
FRAMING = 2**20
"""Bytes between which chunks may be smaller than what tells of them."""
SMALL = 2**14
"""Bytes of a body that is taken from anybody."""
SPOOLED = 2**18
"""Bytes of an upload that are kept in memory until it goes to a file."""


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """Takes methods in any case, as AnkiConnect does, and the bodies of uploads to where they belong.

    It refuses headers that leave open where a body ends.
    """

    adj: Any
    body_rcv: Any
    error: Error | None
    environ: dict[str, Any] | None = None
    claim: Claim | None = None  # while it waits for its turn, or has it
    checked: Any = None  # what the application has made of it, while it waits
    checked_until = 0.0
    path = ""  # Waitress names it in its log even where none has come

    def __init__(self, adj: Adjustments, channel: Channel) -> None:
        super().__init__(adj)
        self._channel = channel

    @property
    def taken(self) -> int:
        """Bytes of the body that are in memory: those of an upload are on the disk."""
        return 0 if self.body_rcv is None or isinstance(self.body_rcv.buf, _Spool) else len(self.body_rcv)

    def let_go(self) -> None:
        """It is over: what it was answered with holds it, and Anki runs without the cycle collector."""
        self.checked = None
        if self.environ is not None:
            self.environ.clear()
            self.environ = None

    def parse_header(self, header_plus: bytes) -> None:
        method, space, rest = header_plus.partition(b" ")
        if b"\r\n " in rest or b"\r\n\t" in rest:
            raise ParsingError("a header is continued on a line of its own")
        try:
            super().parse_header(method.upper() + space + rest)
        except ValueError:  # int() of thousands of digits, or an address with half of its brackets
            raise ParsingError("Content-Length or the address is invalid") from None
        codings = CODINGS.findall(rest + b"\r\n")
        is_plain = [coding.lower() for coding in codings] == [b"chunked"] and self.version == "1.1"
        if codings and (not is_plain or "CONTENT_LENGTH" in self.headers):
            raise ParsingError("where the body ends could be read in more than one way")
        if "," in self.headers.get("HOST", "") or self.command == "CONNECT":
            raise ParsingError("it is meant for more than one host, or for another")
        if self.proxy_netloc:  # the address counts, not the header (RFC 9112, section 3.2.2)
            self.headers["HOST"] = self.proxy_netloc
        if self.chunked:
            self.body_rcv = _Chunks(self.body_rcv.getbuf())
        is_large = self.command == "PUT" or self.chunked or self.content_length > SMALL
        if is_large and self.body_rcv is not None:
            self._take_upload()

    def _take_upload(self) -> None:
        upload = self._channel.server.upload(WSGITask(self._channel, self).get_environment())
        if upload is not None and upload.limit:
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = upload.limit + 1
            self.body_rcv.buf = _Spool(upload.folder)
        elif upload is not None:
            self._leave_body()

    def _leave_body(self) -> None:
        """Have the request answered at once: it will be refused, and the connection be closed with its body unread."""
        self.body_rcv = None
        self.content_length = 0
        self.headers["CONNECTION"] = "close"
        self._channel.refused = True


class _Spool:
    """A body that goes to a file without a name when it is large, as the buffer of Waitress's receivers."""

    def __init__(self, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(max_size=SPOOLED, dir=folder)  # noqa: SIM115 - closed by `close`
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> None:
        self._size += self._file.write(data)

    def getfile(self) -> Any:
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        self._file.close()


class _Chunks(ChunkedReceiver):  # type: ignore[misc]
    """A body in chunks; Waitress reads size lines and trailers of any length, each piece with all before it."""

    received_bytes = 0
    error: Error | None = None

    def received(self, data: bytes) -> int:
        consumed: int = super().received(data)
        self.received_bytes += consumed
        framing = self.received_bytes - len(self)
        if len(self.control_line) > CONTROL or len(self.trailer) > TRAILER or framing > FRAMING + len(self):
            self.error = self.error or BadRequest("the chunks of the body are out of all proportion")
        return consumed
