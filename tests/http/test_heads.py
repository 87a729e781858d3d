"""The head of a request takes time that grows with its length, whatever is in it: all others wait meanwhile."""

import socket
import time

import pytest
import seed
from sizes import for_rows, some

from addon.config import Config
from addon.gateway import Gateway
from addon.headless.host import HeadlessHost
from addon.http.server.request_parser import Parser
from addon.http.server.server import Server
from addon.rpc.executor import ThreadedExecutor
from addon.vendored import waitress

SIZE = 65_000
"""Bytes: a little less than the largest head that is read."""
SECONDS = 0.15
"""Of the processor, the whole answer included. What backtracks takes seconds, on any computer."""
WAIT = 30.0
BLANKS, TABS = b" " * SIZE, b"\t" * SIZE
JSON = b"Content-Type: application/json"


def repeated(piece):
    return piece * (SIZE // len(piece))


def numbered(piece):
    """A piece again and again, each time with another number in it."""
    return b"".join(piece % number for number in range(SIZE // len(piece % 10_000)))


VALUES = {
    "blanks before the value": BLANKS + b"a",
    "tabs before the value": TABS + b"a",
    "blanks alone": BLANKS,
    "blanks, then a control byte": BLANKS + b"\x01",
    "tabs, then a control byte": TABS + b"\x7f",
    "blanks and tabs, then NUL": repeated(b" \t") + b"\0",
    "blanks within": b"a" + BLANKS + b"b",
    "blanks within, then a control byte": b"a" + BLANKS + b"\x01",
    "words, then a control byte": repeated(b"a ") + b"\x01",
    "one word, then a control byte": b"a" * SIZE + b"\x01",
    "bytes that are no ASCII": b"\xff" * SIZE,
    "a list behind blanks": b"chunked," + BLANKS + b"chunked",
    "a list before blanks": b"chunked" + BLANKS + b",chunked",
    "commas": b"," * SIZE,
    "commas and blanks": repeated(b" ,"),
    "semicolons": b";" * SIZE,
    "semicolons and blanks": b"a" + repeated(b" ;"),
    "quotes": b'"' * SIZE,
    "a quote that is not closed": b'a/b; c="' + b"x" * SIZE,
    "quotes that are not closed": b"a/b" + repeated(b'; c="'),
    "quoted backslashes": b'a/b; c="' + b"\\" * SIZE,
    "empty quotes": repeated(b'"",'),
    "quotes and words": repeated(b'"a'),
    "weak tags": repeated(b'W/"",'),
    "tags and blanks": repeated(b'"a" x,'),
    "a tag and blanks": b'"a"' + BLANKS + b"x",
    "parameters": b"a/b" + repeated(b";a=b"),
    "parameters of many names": b"a/b" + numbered(b";a%d=b"),
    "parameters in pieces": b"a/b" + numbered(b";a*%d=b"),
    "parameters with stars": b"a/b; " + b"*" * SIZE + b"=x",
    "parameters with digits": b"a/b; *" + b"1" * SIZE + b"x=x",
    "parameters with apostrophes": b"a/b; a*=" + b"'" * SIZE,
    "names without values": b"a/b" + repeated(b";a"),
    "equals signs": b"=" * SIZE,
    "qualities": numbered(b"a/b%d;q=0.1,"),
    "digits of a quality": b"a/b;q=0." + b"1" * SIZE,
    "digits": b"9" * SIZE,
    "blanks before a digit": BLANKS + b"5",
    "colons": b":" * SIZE,
    "brackets": b"[" * SIZE,
    "an address in brackets": b"[" + repeated(b":0") + b"]",
    "dots": b"1." * (SIZE // 2),
    "an at sign and slashes": repeated(b"@/"),
    "percent signs": repeated(b"%41"),
    "stars": b"*" * SIZE,
    "slashes": b"/" * SIZE,
    "ranges": b"bytes=" + repeated(b"0-1,"),
    "ranges behind blanks": b"bytes=" + BLANKS + b"0-1",
    "a range of many digits": b"bytes=" + b"9" * SIZE + b"-",
    "minus signs": b"bytes=" + b"-" * SIZE,
    "a date of blanks": b"Sun," + BLANKS + b"06 Nov 1994 08:49:37 GMT",
    "a date of many words": b"Sun, " + repeated(b"06 "),
    "a date of brackets": b"Sun, 06 Nov 1994 " + b"(" * SIZE,
    "a date of backslashes": b'Sun, "' + b"\\" * SIZE,
    "a key of blanks": b"Bearer" + BLANKS + b"x",
    "a digest": b"Digest " + numbered(b'a%d="b",'),
    "a basic key": b"Basic " + b"=" * SIZE,
    "a cookie": numbered(b"a%d=b; "),
    "a cookie that is quoted": b'a="' + repeated(b"\\1"),
}
NAMES = [
    "Host",
    "Origin",
    "Content-Type",
    "Content-Length",
    "Transfer-Encoding",
    "Accept",
    "Authorization",
    "Connection",
    "Cookie",
    "Expect",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Last-Event-ID",
    "Mcp-Session-Id",
    "Range",
    "User-Agent",
    "X-API-Key",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "Forwarded",
    "X",
]
HOST = b"Host: 127.0.0.1\r\n"


def head(line=b"POST / HTTP/1.1", *fields, host=HOST):
    return line + b"\r\n" + host + b"".join(field + b"\r\n" for field in fields) + b"\r\n"


HEADS = {
    "a long name": head(b"POST / HTTP/1.1", b"a" * SIZE + b": b"),
    "a long name without a colon": head(b"POST / HTTP/1.1", b"a" * SIZE),
    "one name again and again": head(b"POST / HTTP/1.1", repeated(b"a:b\r\n") + b"a:b"),
    "no values": head(b"POST / HTTP/1.1", repeated(b"a:\r\n") + b"a:"),
    "many names": head(b"POST / HTTP/1.1", numbered(b"a%d:b\r\n") + b"a:b"),
    "many transfer codings": head(b"POST / HTTP/1.1", repeated(b"Transfer-Encoding: chunked\r\n") + b"a:b"),
    "many hosts": head(b"POST / HTTP/1.1", repeated(b"Host: a\r\n") + b"a:b"),
    "lines that are continued": head(b"POST / HTTP/1.1", b"a: b\r\n" + repeated(b" b\r\n") + b" b"),
    "blank lines": head(b"POST / HTTP/1.1", b"a: b\r\n" + repeated(b" \r\n") + b" "),
    "CR": head(b"POST / HTTP/1.1", b"a: " + b"\r" * SIZE),
    "LF": head(b"POST / HTTP/1.1", b"a: " + b"\n" * SIZE),
    "empty lines before": repeated(b"\r\n") + head(),
    "a long method": head(b"A" * SIZE + b" / HTTP/1.1"),
    "a method alone": head(b"A" * SIZE),
    "blanks in the request line": head(b"POST " + BLANKS + b" HTTP/1.1"),
    "blanks after the request line": head(b"POST / HTTP/1.1" + BLANKS),
    "a host of digits, then a blank": head(b"GET a://" + b"1" * SIZE + b" X"),
    "a host of letters, then a blank": head(b"GET a://" + b"a" * SIZE + b" X"),
    "a host of digits": head(b"GET a://" + b"1" * SIZE + b" HTTP/1.1"),
    "a host of brackets": head(b"GET a://" + b"[" * SIZE + b" HTTP/1.1"),
    "a scheme, then a blank": head(b"GET " + b"a" * SIZE + b" X"),
    "a long path": head(b"GET /" + b"a" * SIZE + b" HTTP/1.1"),
    "a path of slashes": head(b"GET " + b"/" * SIZE + b" HTTP/1.1"),
    "a path of codes": head(b"GET /" + repeated(b"%41") + b" HTTP/1.1"),
    "a path of dots": head(b"GET /" + repeated(b"../") + b" HTTP/1.1"),
    "a file of codes": head(b"GET /media/" + repeated(b"%cc%95%cc%80") + b" HTTP/1.1"),
    "a long query": head(b"GET /?" + repeated(b"a=b&") + b" HTTP/1.1"),
    "a fragment": head(b"GET /" + b"#" * SIZE + b" HTTP/1.1"),
    "a version of many digits": head(b"GET / HTTP/" + b"1" * SIZE),
}


@pytest.fixture(scope="module")
def server(example_collection, tmp_path_factory):
    """A whole gateway on a port: the server, the guard, and what answers under each path."""
    host = HeadlessHost(seed.copy(example_collection, tmp_path_factory.mktemp("heads") / "1"), Config.load({}, {}))
    host.open()
    gateway = Gateway(host, ThreadedExecutor(host.lane))
    server = Server(gateway.app, port=0, upload=gateway.app.upload)
    server.start()
    yield server
    server.stop(1)
    host.lane.stop()
    host.close()


def seconds(server, sent):
    """The least time of the processor that a request takes, of three times; the connection ends with it."""
    taken = []
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as sock:
            before = time.process_time()
            sock.sendall(sent)
            sock.shutdown(socket.SHUT_WR)
            while sock.recv(65536):
                pass
            taken.append(time.process_time() - before)
        if taken[-1] < SECONDS:
            break
    return min(taken)


def slow(server, heads):
    times = {name: seconds(server, sent[: 2**16 + 100]) for name, sent in heads.items()}
    return {name: round(taken, 3) for name, taken in times.items() if taken >= SECONDS}


CALL, FILE = b"POST / HTTP/1.1", b"GET /media/_ciao.txt HTTP/1.1"
OF_FILES = [name for name in NAMES if name.startswith("If-") or name in ("Range", "Accept", "Host")]


@for_rows(
    ("number", "line", "name"),
    [
        pytest.param(number, line, name, id=f"{line.decode()}-{name}")
        for number, (line, name) in enumerate([*((CALL, name) for name in NAMES), *((FILE, name) for name in OF_FILES)])
    ],
)
def test_no_value_of_a_header_takes_longer_than_its_length_says(server, number, name, line):
    host = b"" if name == "Host" else HOST
    heads = {
        shape: head(line, name.encode() + b": " + value[: SIZE - 200] + value[-20:], host=host)
        for shape, value in some(VALUES.items(), 6, number % 6)
    }
    assert slow(server, heads) == {}


@for_rows("name", HEADS)
def test_no_head_takes_longer_than_its_length_says(server, name):
    sent = HEADS[name]
    end = b" HTTP/1.1\r\n" if b" HTTP/1.1\r\n" in sent[-200:] else b""
    cut = sent if len(sent) < 2**16 else sent[: 2**16 - 300] + end + b"\r\n\r\n"
    assert slow(server, {name: cut}) == {}


def test_a_head_that_comes_byte_by_byte_takes_a_bounded_time_for_each():

    def taken(length):
        parser = Parser(waitress.adjustments.Adjustments(max_request_header_size=2**16), None)
        before = time.process_time()
        for byte in b"GET / HTTP/1.1\r\na: " + b"\r" * length:
            parser.received(bytes([byte]))
        return time.process_time() - before

    taken(1000)
    assert any(taken(32_000) < 10 * taken(8_000) for _ in range(3))
