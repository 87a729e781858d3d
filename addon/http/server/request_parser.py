"""Requests as Waitress reads them, but without what two readers could read in two ways (RFC 9112, section 11.2)."""

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
"""The forms of RFC 9112, section 3.2, that name a resource: ASCII that is visible, without a fragment."""
EMPTY_LINES = re.compile(rb"(?:\r\n)*")
SIZE = re.compile(rb"[0-9A-Fa-f]{1,15}")
"""Of a chunk. A longer one would be another number to a reader that counts in 64 bits."""
EXTENSIONS = waitress.rfc7230.CHUNK_EXT_RE
"""Of a chunk's size, behind it."""
MOST_HEADERS = 1000
CONTROL_BYTES = 2**10
"""Bytes of the longest line that tells a chunk's size, where it does not come at once."""
PIECE_BYTES = 2**12
"""Bytes of a head that are read at a time."""
TRAILER_BYTES = 2**16
"""Bytes of the longest trailer."""
FRAMING_BYTES = 2**20
"""Bytes between which chunks may be smaller than what tells of them."""


class Parser(waitress.parser.HTTPRequestParser):  # type: ignore[misc]
    """Takes methods in any case, as AnkiConnect does, and the bodies of uploads to where they belong.

    It refuses headers that leave open where a body ends.
    """

    adj: Any
    body_rcv: Any
    error: waitress.utilities.Error | None
    completed: bool
    empty: bool
    environ: dict[str, Any] | None = None
    claim: Claim | None = None  # while it waits for its turn, or has it
    checked: Any = None  # what the application has made of it, while it waits
    checked_until = 0.0
    path = ""  # Waitress names it in its log even where none has come

    def __init__(self, adj: waitress.adjustments.Adjustments, upload: Callable[[Parser], Upload | None]) -> None:
        """`upload` tells how a large body, or that of a PUT, is to be taken, once its headers are there."""
        super().__init__(adj)
        self._upload = upload
        self._head = bytearray()

    @property
    def taken(self) -> int:
        """Bytes of the body that are in memory: those of an upload are on the disk."""
        return 0 if self.body_rcv is None or isinstance(self.body_rcv.buf, Spool) else len(self.body_rcv)

    def received(self, data: bytes) -> int:
        """As Waitress's, but for heads in pieces of a bounded length, each of which is searched for the end once.

        Empty lines before a request are skipped at once.
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
        if self._head[0] not in TOKEN and self._head != b"\r":  # Waitress skips blanks
            self.error, self.completed = waitress.utilities.BadRequest("Start line is invalid"), True
            return len(data)
        is_whole = self._head.find(END, max(0, before - len(END) + 1)) >= 0
        if not is_whole and len(self._head) < self.adj.max_request_header_size:
            return len(data)
        return int(super().received(bytes(self._head))) - before

    def let_go(self) -> None:
        """It is over: what it was answered with holds it, and Anki frees cycles every 15 minutes only."""
        self.checked = None
        if self.environ is not None:
            self.environ.clear()
            self.environ = None

    def parse_header(self, header_plus: bytes) -> None:
        """Take the head of a request apart, in time that grows with its length.

        Waitress's expressions for headers and the request line backtrack: 60 KB can take them 20 seconds.
        So Waitress is given no headers, and only a request line that its expression matches at the first attempt.
        """
        line, _, rest = header_plus.partition(b"\r\n")
        fields = _fields(rest)
        self.headers = {name: ", ".join(values) for name, values in fields.items()}
        try:
            super().parse_header(_request_line(line) + b"\r\n")
        except ValueError:  # int() of thousands of digits, or an address with half of its brackets
            raise ParsingError("Content-Length or the address is invalid") from None
        codings = fields.get("TRANSFER_ENCODING", [])
        is_plain = [coding.lower() for coding in codings] == ["chunked"] and self.version == "1.1"
        if codings and (not is_plain or "CONTENT_LENGTH" in self.headers):
            raise ParsingError("where the body ends could be read in more than one way")
        if "," in self.headers.get("HOST", "") or self.command == "CONNECT":
            raise ParsingError("it is meant for more than one host, or for another")
        if self.proxy_netloc:  # the address counts, not the header (RFC 9112, section 3.2.2)
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
        """Have the request answered at once: it will be refused, and the connection be closed with its body unread."""
        self.body_rcv = None
        self.content_length = 0
        self.headers["CONNECTION"] = "close"


def _request_line(line: bytes) -> bytes:
    """The request line, its method in capitals. Raises ParsingError.

    PRI is how HTTP/2 begins (RFC 9113, section 3.4), which is not spoken here.
    """
    method, _, rest = line.partition(b" ")
    target, _, version = rest.partition(b" ")
    method = method.upper()
    is_target = TARGET.fullmatch(target) or (method, target) == (b"OPTIONS", b"*")
    if not _consists_of(method, TOKEN) or method == b"PRI" or not is_target or not VERSION.fullmatch(version):
        raise ParsingError("Start line is invalid")
    return b" ".join((method, target, version))


def _fields(head: bytes) -> dict[str, list[str]]:
    """The values of each header in their order, under its name in the spelling of WSGI. Raises ParsingError.

    As Waitress does, it drops names with an underscore, which that spelling does not tell from those with a hyphen.
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
    """Whether the text is not empty and has no other bytes."""
    return bool(text) and not text.translate(None, allowed)


class Line(Enum):
    """What a line of a chunked body is."""

    SIZE = "the size of a chunk, with its extensions"
    END = "the end of a chunk"
    TRAILER = "a field of the trailer, or its end"


class _Chunks:
    """A body in chunks (RFC 9112, section 7.1), as one of Waitress's receivers.

    Waitress's own takes LF and empty lines for ends of sizes, looks at no trailer, and copies all that is left of a
    piece for each chunk in it.
    """

    def __init__(self, buf: Any) -> None:
        self.buf = buf
        self.completed = False
        self.error: waitress.utilities.Error | None = None
        self._expected = Line.SIZE
        self._begun = b""  # a line that is not here as a whole
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
        """Read until the body ends or is found to be wrong; return how many bytes were taken."""
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
        """Take a line, or as much of it as is there."""
        line = self._begun + piece if self._begun else piece
        self._framing += len(piece)
        longest = CONTROL_BYTES if self._expected is Line.SIZE else TRAILER_BYTES
        if len(line) > longest or (self._framing > FRAMING_BYTES and self._framing > FRAMING_BYTES + len(self)):
            raise ParsingError("the chunks of the body are out of all proportion")
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
        """Its fields are checked, and then ignored: they came after the request was judged."""
        self._trailer += line + b"\r\n"
        if len(self._trailer) > TRAILER_BYTES:
            raise ParsingError("the trailer is too long")
        if not line:
            _fields(bytes(self._trailer))
            self.completed = True
