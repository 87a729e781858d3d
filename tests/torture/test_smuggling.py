"""Requests that could be read in two ways: answered with an error and closed, or read the one right way.

Each is followed by a request that must not be seen where the first one is refused: what a proxy before the gateway took
for a body would be a second request (RFC 9112, section 11.2).
"""

import contextlib
import re
import socket

import pytest

from addon.http.server.server import Server

WAIT = 60.0
HOST = b"Host: 127.0.0.1\r\n"
NEXT = b"GET /next HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
END = b"0\r\n\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
REFUSED = object()
"""400, or 501 where RFC 9112 asks for it, and nothing else is read from the connection."""


def post(headers, body=b"", line=b"POST / HTTP/1.1\r\n"):
    return line + HOST + headers + b"\r\n" + body


def chunked(body, headers=CHUNKED):
    return post(headers, body)


SHAPES = {
    # Content-Length
    "two lengths that differ": (post(b"Content-Length: 0\r\nContent-Length: 5\r\n", b"hello"), REFUSED),
    "two equal lengths": (post(b"Content-Length: 5\r\nContent-Length: 5\r\n", b"hello"), REFUSED),
    "a list of lengths": (post(b"Content-Length: 5, 5\r\n", b"hello"), REFUSED),
    "a length with a sign": (post(b"Content-Length: +5\r\n", b"hello"), REFUSED),
    "a negative length": (post(b"Content-Length: -5\r\n", b"hello"), REFUSED),
    "a length with a space inside": (post(b"Content-Length: 5 0\r\n", b"hello"), REFUSED),
    "an empty length": (post(b"Content-Length: \r\n"), REFUSED),
    "a hexadecimal length": (post(b"Content-Length: 0x5\r\n", b"hello"), REFUSED),
    "a length with an underscore": (post(b"Content-Length: 1_0\r\n", b"hello"), REFUSED),
    "a length in Arabic digits": (post("Content-Length: \u0665\r\n".encode(), b"hello"), REFUSED),
    "a length of thousands of digits": (post(b"Content-Length: " + b"9" * 5000 + b"\r\n", b"hello"), REFUSED),
    "a length with leading zeros": (post(b"Content-Length: 005\r\n", b"hello"), b"hello"),
    "a length on a line of its own": (post(b"Content-Length:\r\n 5\r\n", b"hello"), REFUSED),
    "a length over two lines": (post(b"Content-Length: 1\r\n 0\r\n", b"hello"), REFUSED),
    "a length before the colon's space": (post(b"Content-Length : 5\r\n", b"hello"), REFUSED),
    # Transfer-Encoding
    "length, then chunked": (post(b"Content-Length: 5\r\n" + CHUNKED, END), REFUSED),
    "chunked, then length": (post(CHUNKED + b"Content-Length: 5\r\n", END), REFUSED),
    "chunked and a length of 0": (post(CHUNKED + b"Content-Length: 0\r\n", END), REFUSED),
    "chunked in capitals": (chunked(END, b"TRANSFER-ENCODING: CHUNKED\r\n"), b""),
    "chunked after a tab": (chunked(END, b"Transfer-Encoding:\tchunked\t\r\n"), b""),
    "chunked after a vertical tab": (chunked(END, b"Transfer-Encoding: \x0bchunked\r\n"), REFUSED),
    "chunked after a non-breaking space": (chunked(END, b"Transfer-Encoding: \xa0chunked\r\n"), REFUSED),
    "chunked with NUL": (chunked(END, b"Transfer-Encoding: chunked\0\r\n"), REFUSED),
    "a space before the colon": (chunked(END, b"Transfer-Encoding : chunked\r\n"), REFUSED),
    "a space before the name": (chunked(END, b" Transfer-Encoding: chunked\r\n"), REFUSED),
    "chunked on a line of its own": (chunked(END, b"Transfer-Encoding:\r\n chunked\r\n"), REFUSED),
    "chunked twice": (chunked(END, CHUNKED * 2), REFUSED),
    "chunked twice in one": (chunked(END, b"Transfer-Encoding: chunked, chunked\r\n"), REFUSED),
    "chunked, then another": (chunked(END, b"Transfer-Encoding: chunked, identity\r\n"), REFUSED),
    "another, then chunked": (chunked(END, b"Transfer-Encoding: x\r\n" + CHUNKED), REFUSED),
    "chunked in quotes": (chunked(END, b'Transfer-Encoding: "chunked"\r\n'), REFUSED),
    "chunked with a parameter": (chunked(END, b"Transfer-Encoding: chunked;q=1\r\n"), REFUSED),
    "not quite chunked": (chunked(END, b"Transfer-Encoding: xchunked\r\n"), REFUSED),
    "identity": (post(b"Transfer-Encoding: identity\r\nContent-Length: 5\r\n", b"hello"), REFUSED),
    "no encoding": (post(b"Transfer-Encoding: \r\nContent-Length: 5\r\n", b"hello"), REFUSED),
    "a comma for an encoding": (chunked(END, b"Transfer-Encoding: ,\r\n"), REFUSED),
    **{
        f"chunked under HTTP {version.decode()}": (
            post(CHUNKED + b"Connection: keep-alive\r\n", END, b"POST / HTTP/%s\r\n" % version),
            REFUSED,
        )
        for version in (b"1.0", b"0.9", b"1.2", b"2.0")
    },
    "chunked under no version": (post(CHUNKED + b"Connection: keep-alive\r\n", END, b"POST /\r\n"), REFUSED),
    # Chunks
    "chunks": (chunked(b"5\r\nhello\r\n" + END), b"hello"),
    "a chunk with an extension": (chunked(b"5;a=b\r\nhello\r\n" + END), b"hello"),
    "a chunk with an extension in quotes": (chunked(b'5;a="b;\\"";c\r\nhello\r\n' + END), b"hello"),
    "chunks of several pieces": (chunked(b"2\r\nhe\r\n003\r\nllo\r\n" + END), b"hello"),
    "a trailer": (chunked(b"5\r\nhello\r\n0\r\nHost: x\r\nContent-Length: 5\r\n\r\n"), b"hello"),
    "a negative chunk": (chunked(b"-1\r\nhello\r\n" + END), REFUSED),
    "a chunk with a sign": (chunked(b"+5\r\nhello\r\n" + END), REFUSED),
    "a chunk whose size is another one in 64 bits": (chunked(b"10000000000000005\r\nhello\r\n" + END), REFUSED),
    "a chunk whose size is negative in 64 bits": (chunked(b"fffffffffffffffb\r\nhello\r\n" + END), REFUSED),
    "a chunk with leading zeros": (chunked(b"0000000005\r\nhello\r\n" + END), b"hello"),
    "a chunk with 0x": (chunked(b"0x5\r\nhello\r\n" + END), REFUSED),
    "a chunk with an underscore": (chunked(b"0_5\r\nhello\r\n" + END), REFUSED),
    "a chunk with a space after its size": (chunked(b"5 \r\nhello\r\n" + END), REFUSED),
    "a chunk with a space before its size": (chunked(b" 5\r\nhello\r\n" + END), REFUSED),
    "a chunk without a size": (chunked(b";a\r\nhello\r\n" + END), REFUSED),
    "a chunk ended by LF": (chunked(b"5\r\nhello\n" + END), REFUSED),
    "a size ended by LF": (chunked(b"5\nhello\r\n" + END), REFUSED),
    "an extension ended by LF": (chunked(b"5;\nhello\r\n" + END), REFUSED),
    "a size ended by LF CR LF": (chunked(b"5\n\r\nhello\r\n" + END), REFUSED),
    "a size of two digits ended by LF CR LF": (chunked(b"20\n\r\n" + b"x" * 32 + b"\r\n" + END), REFUSED),
    "a size ended by CR CR LF": (chunked(b"5\r\r\nhello\r\n" + END), REFUSED),
    "a size ended by CR": (chunked(b"5\rhello\r\n" + END), REFUSED),
    "an extension ended by LF CR LF": (chunked(b"5;a=b\n\r\nhello\r\n" + END), REFUSED),
    "an extension ended by CR CR LF": (chunked(b"5;a=b\r\r\nhello\r\n" + END), REFUSED),
    "an extension with LF": (chunked(b"5;a\nb\r\nhello\r\n" + END), REFUSED),
    "an extension with CR": (chunked(b"5;a\rb\r\nhello\r\n" + END), REFUSED),
    "an extension with LF in quotes": (chunked(b'5;a="\n"\r\nhello\r\n' + END), REFUSED),
    "an extension with NUL": (chunked(b"5;a=\0\r\nhello\r\n" + END), REFUSED),
    "an extension without a name": (chunked(b"5;\r\nhello\r\n" + END), REFUSED),
    "an empty line before a chunk": (chunked(b"\r\n5\r\nhello\r\n" + END), REFUSED),
    "an empty line between chunks": (chunked(b"2\r\nhe\r\n\r\n3\r\nllo\r\n" + END), REFUSED),
    "a chunk ended by CR": (chunked(b"5\r\nhello\r" + END), REFUSED),
    "a chunk ended by two other bytes": (chunked(b"5\r\nhelloXX" + END), REFUSED),
    "the last size ended by LF": (chunked(b"5\r\nhello\r\n0\n\r\n"), REFUSED),
    "the last size with an extension ended by LF CR LF": (chunked(b"5\r\nhello\r\n0;a\n\r\n\r\n"), REFUSED),
    "a trailer ended by LF": (chunked(b"0\r\nX: y\n\r\n"), REFUSED),
    "a trailer ended by LF LF": (chunked(b"0\r\nX: y\n\nGET / HTTP/1.1\r\n\r\n"), REFUSED),
    "a trailer with CR": (chunked(b"0\r\nX: a\rb\r\n\r\n"), REFUSED),
    "a trailer that is no field": (chunked(b"0\r\nGET /admin HTTP/1.1\r\n\r\n"), REFUSED),
    "a trailer over two lines": (chunked(b"0\r\nX: a\r\n b\r\n\r\n"), REFUSED),
    "a trailer with a space before the colon": (chunked(b"0\r\nX : a\r\n\r\n"), REFUSED),
    "an extension with CR LF in quotes": (chunked(b'5;a="\r\nhello\r\n' + END), REFUSED),
    "a chunk shorter than its content": (chunked(b"3\r\nhello\r\n" + END), REFUSED),
    "a size line without an end": (chunked(b"0" * 2**17), REFUSED),
    "an extension without an end": (chunked(b"5;a=" + b"x" * 2**17), REFUSED),
    "a trailer without an end": (chunked(b"0\r\n" + b"X: y\r\n" * 2**15), REFUSED),
    "a megabyte of chunks of one byte": (chunked(b"1\r\nx\r\n" * (2**21 // 6)), REFUSED),
    # Lines and headers
    "lines ended by LF": (b"POST / HTTP/1.1\nHost: x\nContent-Length: 5\n\nhello", REFUSED),
    "a header ended by LF": (post(b"X: a\n" + CHUNKED, END), REFUSED),
    "a header ended by CR": (post(b"X: a\r" + CHUNKED, END), REFUSED),
    "a header ended by CR CR LF": (post(b"Content-Length: 5\r\r\n", b"hello"), REFUSED),
    "headers ended by LF LF": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\n\nhello", REFUSED),
    "NUL in a value": (post(b"X: a\0b\r\n"), REFUSED),
    "NUL in a name": (post(b"X\0: a\r\n"), REFUSED),
    "a name that is no ASCII": (post("Größe: 1\r\n".encode()), REFUSED),
    "a header without a colon": (post(b"Nonsense\r\n"), REFUSED),
    "a header without a name": (post(b": x\r\n"), REFUSED),
    "a header over two lines": (post(b"X: a\r\n b\r\n"), REFUSED),
    "a header over two lines by a tab": (post(b"X: a\r\n\tb\r\n"), REFUSED),
    "a first header that begins with a space": (b"POST / HTTP/1.1\r\n Content-Length: 5\r\n" + HOST + b"\r\n", REFUSED),
    "two hosts": (post(b"Host: evil.example\r\n"), REFUSED),
    "headers without an end": (post(b"X: " + b"x" * 2**17), REFUSED),
    # Request lines
    "two spaces": (post(b"", line=b"POST  / HTTP/1.1\r\n"), REFUSED),
    "tabs": (post(b"", line=b"POST\t/\tHTTP/1.1\r\n"), REFUSED),
    "a version of two digits": (post(b"", line=b"POST / HTTP/1.10\r\n"), REFUSED),
    **{
        f"the version HTTP/{version.decode()}": (post(b"", line=b"GET / HTTP/%s\r\n" % version), REFUSED)
        for version in (b"0.9", b"2.0", b"3.0", b"9.9", b"1", b"1.1.1", b"1,1", b"2")
    },
    "no version": (post(b"", line=b"GET /\r\n"), REFUSED),
    "a version in small letters": (post(b"", line=b"GET / http/1.1\r\n"), REFUSED),
    "a space after the version": (post(b"", line=b"GET / HTTP/1.1 \r\n"), REFUSED),
    "a vertical tab after the version": (post(b"", line=b"GET / HTTP/1.1\x0b\r\n"), REFUSED),
    "a word after the version": (post(b"", line=b"GET / HTTP/1.1 x\r\n"), REFUSED),
    "a space before the method": (b" " + post(b"Content-Length: 5\r\n", b"hello"), REFUSED),
    "a form feed before the method": (b"\x0c" + post(b"Content-Length: 5\r\n", b"hello"), REFUSED),
    "LF before the method": (b"\n" + post(b"Content-Length: 5\r\n", b"hello"), REFUSED),
    "CR before the method": (b"\r" + post(b"Content-Length: 5\r\n", b"hello"), REFUSED),
    "the beginning of HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", REFUSED),
    "the beginning of HTTP/2 with a path": (post(b"", line=b"PRI / HTTP/1.1\r\n"), REFUSED),
    "the beginning of HTTP/2 as another version": (post(b"", line=b"PRI * HTTP/1.1\r\n"), REFUSED),
    "the beginning of HTTP/2 in small letters": (post(b"", line=b"pri / HTTP/1.1\r\n"), REFUSED),
    "a star for a path": (post(b"", line=b"GET * HTTP/1.1\r\n"), REFUSED),
    "a star for a path of OPTIONS": (post(b"", line=b"OPTIONS * HTTP/1.1\r\n"), b""),
    "a path without a slash": (post(b"", line=b"GET next HTTP/1.1\r\n"), REFUSED),
    "a host for a path": (post(b"", line=b"GET 127.0.0.1:80 HTTP/1.1\r\n"), REFUSED),
    "an address without a host": (post(b"", line=b"GET http:///path HTTP/1.1\r\n"), REFUSED),
    "an address of another scheme": (post(b"", line=b"GET ftp://127.0.0.1/ HTTP/1.1\r\n"), REFUSED),
    "an address without slashes": (post(b"", line=b"GET http:path HTTP/1.1\r\n"), REFUSED),
    "a fragment": (post(b"", line=b"GET /path#part HTTP/1.1\r\n"), REFUSED),
    "NUL in the path": (post(b"", line=b"GET /a\0b HTTP/1.1\r\n"), REFUSED),
    "a tab in the path": (post(b"", line=b"GET /a\tb HTTP/1.1\r\n"), REFUSED),
    "CR in the path": (post(b"", line=b"GET /a\rb HTTP/1.1\r\n"), REFUSED),
    "half an address": (post(b"", line=b"GET http://[::1/ HTTP/1.1\r\n"), REFUSED),
    "bytes in the path": (post(b"", line=b"GET /\xff\xfe HTTP/1.1\r\n"), REFUSED),
    "a tunnel": (post(b"", line=b"CONNECT evil.example:443 HTTP/1.1\r\n"), REFUSED),
    "TLS": (b"\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03" + b"a" * 100 + b"\r\n\r\n", REFUSED),
    "empty lines before": (b"\r\n\r\n" + post(b"Content-Length: 5\r\n", b"hello"), b"hello"),
    "a body of GET": (post(b"Content-Length: 5\r\n", b"hello", b"GET / HTTP/1.1\r\n"), b"hello"),
    "an offer of HTTP/2": (post(b"Upgrade: h2c\r\nHTTP2-Settings: x\r\n", line=b"GET / HTTP/1.1\r\n"), b""),
}


@pytest.fixture(scope="module")
def seen():
    """What the application saw: method, path, host and body of each request."""
    return []


@pytest.fixture(scope="module")
def server(seen):
    def app(environ, start_response):
        names = ("REQUEST_METHOD", "PATH_INFO", "HTTP_HOST")
        seen.append((*(environ.get(name) for name in names), environ["wsgi.input"].read()))
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    server = Server(app, port=0)
    server.start()
    yield server
    server.stop(1)


def exchange(server, sent, step=2**20):
    """Send, so many bytes at a time; returns the statuses that come back until the server closes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):  # it may have been refused meanwhile
            for start in range(0, len(sent), step):
                sock.sendall(sent[start : start + step])
            sock.shutdown(socket.SHUT_WR)
        answers = b"".join(iter(lambda: sock.recv(65536), b""))
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] ([0-9]{3}) ", answers)]


@pytest.mark.parametrize("name", SHAPES)
def test_a_request_is_refused_or_read_the_one_right_way_however_its_bytes_arrive(server, seen, name):
    sent, body = SHAPES[name]
    for step in [2**20, 1] if len(sent) < 1000 else [2**20, 2**12]:
        seen.clear()
        statuses = exchange(server, sent + NEXT, step)
        if body is REFUSED:
            assert (statuses, seen) in (([400], []), ([501], []), ([431], [])), step
        else:
            assert (statuses, [row[-1] for row in seen]) == ([200, 200], [body, b""]), step


@pytest.mark.parametrize("address", ["evil.example", "127.0.0.1@evil.example", "evil.example:8765"])
def test_the_host_in_the_address_counts(server, seen, address):
    seen.clear()
    assert exchange(server, post(b"", line=b"GET http://%s/path HTTP/1.1\r\n" % address.encode())) == [200]
    assert [row[1:3] for row in seen] == [("/path", address)]


def test_no_shape_is_in_the_table_twice(figure):
    assert len({sent for sent, _ in SHAPES.values()}) == len(SHAPES)
    refused = sum(body is REFUSED for _, body in SHAPES.values())
    figure(
        "shapes of requests that two readers could read in two ways", f"{len(SHAPES)}, {refused} refused, 0 smuggled"
    )
