"""Waitress's parser of requests, made stricter: it rejects everything that two programs on the way could read
differently (request smuggling; RFC 9112, section 11.2).
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from copy import copy
from enum import Enum
from typing import Any

from ...vendored import waitress
from .turns import Claim
from .uploads import SMALL_BYTES, Spool, Upload

ParsingError = waitress.parser.ParsingError

TOKEN = b"!#$%&'*+-.^_`|~" + (string.digits + string.ascii_letters).encode()
"""Bytes of a method or the name of a header (RFC 9110, section 5.6.2)."""
BLANKS = b" \t"
VALUE = bytes({*BLANKS, *range(0x21, 0x7F), *range(0x80, 0x100)})
"""Bytes of the value of a header (RFC 9110, section 5.5)."""
END = b"\r\n\r\n"
VERSION = re.compile(rb"HTTP/1\.[0-9]")
TARGET = re.compile(rb'(?:/|https?://(?![/?]))[!"$-~]*', re.IGNORECASE)
"""A request target that names a resource (RFC 9112, section 3.2): visible ASCII without a fragment."""
EMPTY_LINES = re.compile(rb"(?:\r\n)*")
SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
"""The size of a chunk. At most 15 digits, as more could overflow 64 bits in another program."""
EXTENSIONS = waitress.rfc7230.CHUNK_EXT_RE
"""The extensions after the size of a chunk."""
MOST_HEADERS = 1000
CONTROL_BYTES = 2**10
"""Bytes of the longest line with the size of a chunk."""
PIECE_BYTES = 2**12
"""Bytes of a head that are parsed at once."""
TRAILER_BYTES = 2**16
"""Bytes of the longest trailer."""
FRAMING_BYTES = 2**20
"""Bytes by which chunk sizes, line ends and trailer may exceed the body itself."""


INVALID_LINE = "the first line of the request is invalid. Send HTTP/1.1, without TLS"
BUSY, INVALID_REQUEST = (-32001, "busy"), (-32600, "invalid_request")
"""Codes and kinds of JSON-RPC errors, as in `rpc.errors`."""


def refusal_document(request: Any, status: int, text: str) -> dict[str, Any]:
    """Return the document that refuses a request with an HTTP status: for JSON a JSON-RPC response.

    The id is unknown, as the body was not read.
    """
    mimetype = getattr(request, "headers", {}).get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if not (mimetype.startswith("application/") and mimetype.endswith(("json", "json-rpc", "jsonrequest"))):
        return {"error": text}
    code, kind = BUSY if status == 503 else INVALID_REQUEST
    return {"jsonrpc": "2.0", "error": {"code": code, "message": text, "data": {"kind": kind}}, "id": None}


class Parser(waitress.parser.HTTPRequestParser):  # type: ignore[misc]
    """Parses one request. It accepts methods in any case, as AnkiConnect does, and rejects ambiguous body lengths.

    The body of an upload is kept where `Upload` says, other bodies in memory.
    """

    adj: Any
    body_rcv: Any
    error: waitress.utilities.Error | None
    completed: bool
    empty: bool
    environ: dict[str, Any] | None = None
    claim: Claim | None = None  # set while the request waits for its turn, or has it
    checked: Any = None  # the application's check of the request, while it waits for its turn
    checked_until = 0.0
    is_body_left = False
    path = ""  # Waitress logs it even if no path was received

    def __init__(self, adj: waitress.adjustments.Adjustments, upload: Callable[[Parser], Upload | None]) -> None:
        """`upload` is called with the headers of a large body, or of a PUT, and returns how to receive the body."""
        super().__init__(adj)
        self._upload = upload
        self._head = bytearray()

    @property
    def buffered_body_bytes(self) -> int:
        """Bytes of the body in memory. Uploads do not count: they are on the disk."""
        return 0 if self.body_rcv is None or isinstance(self.body_rcv.buf, Spool) else len(self.body_rcv)

    def received(self, data: bytes) -> int:
        """Parse received bytes, and return how many were used. Empty lines before a request are skipped.

        Unlike Waitress, it adds to the head in pieces of bounded length, and searches each piece once for the end.
        """
        if self.headers_finished or self.completed:
            consumed: int = super().received(data)
            return consumed
        data, before = data[:PIECE_BYTES], len(self._head)
        self._head += data
        if blank := len(EMPTY_LINES.match(self._head)[0]):  # type: ignore[index]
            self.empty = self.completed = blank == len(self._head)
            self._head.clear()
            return blank - before
        if self._head[0] not in TOKEN and self._head != b"\r":  # Waitress would skip blanks
            self.error, self.completed = waitress.utilities.BadRequest(INVALID_LINE), True
            return len(data)
        is_whole = self._head.find(END, max(0, before - len(END) + 1)) >= 0
        if not is_whole and len(self._head) < self.adj.max_request_header_size:
            return len(data)
        return int(super().received(bytes(self._head))) - before

    def let_go(self) -> None:
        """Break the reference cycles of an answered request, as Anki collects cycles only every 15 minutes."""
        self.checked = None
        if self.environ is not None:
            self.environ.clear()
            self.environ = None

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the head of a request in linear time.

        Waitress's regular expressions for headers and the request line backtrack: 60 KB can take 20 seconds. So it gets
        no headers, and only a request line that its expression matches at the first attempt.
        """
        line, _, rest = header_plus.partition(b"\r\n")
        fields = _fields(rest)
        self.headers = {name: ", ".join(values) for name, values in fields.items()}
        try:
            super().parse_header(_request_line(line) + b"\r\n")
        except ValueError:  # int() of thousands of digits, or an IPv6 address without its closing bracket
            raise ParsingError("Content-Length or the address is invalid") from None
        codings = fields.get("TRANSFER_ENCODING", [])
        is_plain = [coding.lower() for coding in codings] == ["chunked"] and self.version == "1.1"
        if codings and (not is_plain or "CONTENT_LENGTH" in self.headers):
            raise ParsingError("the end of the body is ambiguous: send either Content-Length or one chunked encoding")
        if "," in self.headers.get("HOST", "") or self.command == "CONNECT":
            raise ParsingError("the request names several hosts, or is meant for a proxy")
        if self.proxy_netloc:  # an absolute address overrides the Host header (RFC 9112, section 3.2.2)
            self.headers["HOST"] = self.proxy_netloc
        if self.chunked:
            self.body_rcv = _Chunks(self.body_rcv.getbuf())
        is_large = self.command == "PUT" or self.chunked or self.content_length > SMALL_BYTES
        if is_large and self.body_rcv is not None:
            self._take_upload()

    def _take_upload(self) -> None:
        upload = self._upload(self)
        if upload is not None and upload.limit:
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = upload.limit + 1
            self.body_rcv.buf = Spool(upload.folder)
        elif upload is not None:
            self._leave_body()

    def _leave_body(self) -> None:
        """Complete the request without its body: it will be refused, and the connection closed without reading more."""
        self.body_rcv = None
        self.is_body_left = True
        self.content_length = 0
        self.headers["CONNECTION"] = "close"


def _request_line(line: bytes) -> bytes:
    """Return the request line with its method in capitals. Raises ParsingError.

    The method PRI begins HTTP/2 (RFC 9113, section 3.4), which is not supported.
    """
    method, _, rest = line.partition(b" ")
    target, _, version = rest.partition(b" ")
    method = method.upper()
    is_target = TARGET.fullmatch(target) or (method, target) == (b"OPTIONS", b"*")
    if not _consists_of(method, TOKEN) or method == b"PRI" or not is_target or not VERSION.fullmatch(version):
        raise ParsingError(INVALID_LINE)
    return b" ".join((method, target, version))


def _fields(head: bytes) -> dict[str, list[str]]:
    """Return the values of each header in their order, by its name as WSGI spells it. Raises ParsingError.

    Names with an underscore are dropped, as Waitress does: WSGI's spelling could not distinguish them from a hyphen.
    """
    fields: dict[str, list[str]] = {}
    lines = [line for line in head.split(b"\r\n") if line]
    if len(lines) > MOST_HEADERS:
        raise ParsingError(f"more than {MOST_HEADERS} headers")
    for line in lines:
        name, _, value = line.partition(b":")
        value = value.strip(BLANKS)
        if not _consists_of(name, TOKEN) or (value and not _consists_of(value, VALUE)) or b":" not in line:
            raise ParsingError("Invalid header")
        if b"_" not in name:
            key = name.upper().replace(b"-", b"_").decode()
            fields.setdefault(key, []).append(value.decode("latin-1"))
    return fields


def _consists_of(text: bytes, allowed: bytes) -> bool:
    """Whether the text is not empty and consists only of the allowed bytes."""
    return bool(text) and not text.translate(None, allowed)


class Line(Enum):
    """The kinds of lines in a chunked body."""

    SIZE = "the size of a chunk, with its extensions"
    END = "the end of a chunk"
    TRAILER = "a field of the trailer, or its end"


class _Chunks:
    """A chunked body (RFC 9112, section 7.1), with the interface of Waitress's receivers.

    Waitress's own receiver accepts LF and empty lines after a size, ignores the trailer, and copies the rest of the
    received bytes for each chunk.
    """

    def __init__(self, buf: Any) -> None:
        self.buf = buf
        self.completed = False
        self.error: waitress.utilities.Error | None = None
        self._expected = Line.SIZE
        self._begun = b""  # the received part of an incomplete line
        self._left = 0  # bytes of the chunk that is being read
        self._framing = 0
        self._trailer = bytearray()

    def __len__(self) -> int:
        return len(self.buf)

    def getfile(self) -> Any:
        return self.buf.getfile()

    def getbuf(self) -> Any:
        return self.buf

    def received(self, data: bytes) -> int:
        """Read until the body ends or proves invalid, and return how many bytes were used."""
        start = 0
        try:
            while start < len(data) and not self.completed:
                if self._left:
                    end = start + self._left
                    piece = data[start:end]
                    self.buf.append(piece)
                    self._left -= len(piece)
                else:
                    end = data.find(b"\n", start) + 1 or len(data)
                    self._receive_line(data[start:end])
                start = min(end, len(data))
        except ParsingError as error:
            self.error = waitress.utilities.BadRequest(error.args[0])
            return len(data)
        return start

    def _receive_line(self, piece: bytes) -> None:
        """Process a line, or store the part of it that was received."""
        line = self._begun + piece if self._begun else piece
        self._framing += len(piece)
        longest = CONTROL_BYTES if self._expected is Line.SIZE else TRAILER_BYTES
        if len(line) > longest or (self._framing > FRAMING_BYTES and self._framing > FRAMING_BYTES + len(self)):
            raise ParsingError("the chunked body has a line that is too long, or chunks that are too small")
        if line[-2:] == b"\r\n":
            self._begun = b""
            self._take_line(line[:-2])
        elif line[-1:] == b"\n":
            raise ParsingError("a line of the chunked body does not end with CRLF")
        elif self._expected is Line.END and line != b"\r":
            raise ParsingError("Chunk not properly terminated")
        else:
            self._begun = line

    def _take_line(self, line: bytes) -> None:
        if self._expected is Line.SIZE:
            size, semicolon, extension = line.partition(b";")
            if not SIZE.fullmatch(size) or (semicolon and not EXTENSIONS.fullmatch(semicolon + extension)):
                raise ParsingError("Invalid chunk size")
            self._left = int(size, 16)
            self._expected = Line.END if self._left else Line.TRAILER
        elif self._expected is Line.TRAILER:
            self._take_trailer(line)
        elif line:
            raise ParsingError("Chunk not properly terminated")
        else:
            self._expected = Line.SIZE

    def _take_trailer(self, line: bytes) -> None:
        """Check a line of the trailer. The fields are ignored, as the request was checked without them."""
        self._trailer += line + b"\r\n"
        if len(self._trailer) > TRAILER_BYTES:
            raise ParsingError("the trailer is too long")
        if not line:
            _fields(bytes(self._trailer))
            self.completed = True
