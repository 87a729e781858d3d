"""Inputs that nobody means, to every action by both protocols: each is answered, none breaks anything."""

import json
import logging
import re
import socket
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

import pytest
import seed
from examples import declared
from gateway_process import ServeProcess
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as hypothesis_seed
from local_gateway import LocalGateway
from sizes import size

from .checks import problems_of
from .inputs import METHODS, bodies, changed

WAIT = 30.0
SOON = 3.0
LONG = 10.0
"""Seconds for one input: some make backups, or check the whole collection."""
TO_A_COLLECTION = 50
"""Inputs to one copy of the example collection: later ones would find little left to work on."""
NAMED = re.compile(rb'"(?:method|action)": "(\w+)"')
UNSOUND = re.compile(rb"-32603|[Ii]nternal [Ee]rror|Traceback")


def inputs(strategy, count, number=0):
    """So many inputs, always the same ones; Hypothesis makes them, and needs not make them small."""
    made = []
    for start in range(0, count, 500):

        @hypothesis_seed(number + start)
        @settings(
            max_examples=min(500, count - start),
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def collect(value):
            made.append(value)

        collect()
        yield from made
        made.clear()


class Findings:
    """What went wrong, each sort of it once, with the input that showed it."""

    def __init__(self):
        self.by_sort = {}
        self.count = self.refused = 0
        self.slowest = (0.0, b"")

    def add(self, sort, sent):
        self.by_sort.setdefault(sort, sent)

    def judge(self, status, answer, sent, seconds):
        self.count += 1
        self.slowest = max(self.slowest, (seconds, sent))
        if status >= 500 or UNSOUND.search(answer):
            self.add(f"HTTP {status}: {answer[:200]!r}", sent)
        elif answer and status == 200:
            try:
                told = json.loads(answer)
            except ValueError:
                self.add(f"no JSON: {answer[:200]!r}", sent)
                return
            if isinstance(told, dict) and told.get("error") is not None:
                self.refused += 1
                self.judge_error(told, sent)

    def judge_error(self, told, sent):
        """Over JSON-RPC it must be one that the document declares for the method."""
        named = NAMED.search(sent)
        if named and "jsonrpc" in told and told["error"]["code"] > -32600:  # what is no request has no method either
            try:
                declared(named[1].decode(), told)
            except AssertionError as error:
                self.add(str(error), sent)

    def tell(self):
        assert not self.by_sort, "\n\n".join(f"{sort}\n  after {sent!r}" for sort, sent in self.by_sort.items())
        assert self.slowest[0] < LONG, self.slowest


class Unexpected(logging.Handler):
    """Collects the tracebacks that are logged."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.told = []

    def emit(self, record):
        error = record.exc_info and record.exc_info[1]
        lines = traceback.format_exception(error) if error else []
        self.told.append("\n".join([record.getMessage(), *(line.rstrip() for line in lines[-4:])]))


@pytest.fixture
def unexpected(monkeypatch):
    handler, logger = Unexpected(), logging.getLogger("anki_rpc")
    logger.addHandler(handler)
    yield handler.told
    logger.removeHandler(handler)


@pytest.fixture
def only_this_computer(monkeypatch):
    """No input may lead anywhere else, whatever it says."""
    real = socket.getaddrinfo

    def resolve(host, *more, **options):
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise socket.gaierror(socket.EAI_NONAME, "only this computer")
        return real(host, *more, **options)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)


def test_every_action_by_both_protocols(fuller_collection, tmp_path, unexpected, only_this_computer, figure):
    count = size("FUZZ", 500, 90_000)
    findings, seen = Findings(), set()
    begin, gateway, lasting = time.monotonic(), None, 0.0
    with ThreadPoolExecutor(1) as another:
        for number, (body, content_type) in enumerate(inputs(bodies(), count, size("FUZZ_SEED", 0, 0))):
            if gateway is None:
                gateway = LocalGateway(seed.copy(fuller_collection, tmp_path / str(number)))
                sent = []
            sent.append(body)
            at = time.monotonic()
            response = another.submit(gateway.send, body, content_type=content_type).result(WAIT)
            findings.judge(response.status_code, response.data, body, time.monotonic() - at)
            for text in unexpected:
                findings.add(text, body)
            unexpected.clear()
            seen.update(NAMED.findall(body))
            if len(sent) == TO_A_COLLECTION or number == count - 1:
                at = time.monotonic()
                assert gateway.rpc("version")["result"] == 6
                assert isinstance(gateway.rpc("deckNames")["result"], list)
                lasting = max(lasting, time.monotonic() - at)
                for problem in problems_of(gateway.col):
                    findings.add(problem, sent)
                gateway.close()
                gateway = None
    figure("inputs to both protocols in process", f"{findings.count} in {time.monotonic() - begin:.0f} s")
    figure("of these refused, each with an error that the document declares or AnkiConnect's", findings.refused)
    figure("the slowest of these inputs", f"{findings.slowest[0] * 1000:.0f} ms")
    figure("after every fifty of them another client is served within", f"{lasting * 1000:.0f} ms")
    findings.tell()
    assert lasting < SOON
    if count > 20 * len(METHODS):
        assert {method["name"].encode() for method in METHODS} <= seen


def test_the_same_over_a_socket(fuller_collection, tmp_path, figure):
    """Bodies, and whole requests of HTTP of which bytes were changed."""
    count = size("FUZZ_SOCKET", 100, 10_000)
    findings = Findings()
    path = seed.copy(fuller_collection, tmp_path / "1")
    process = ServeProcess("--collection", path).ready()
    lasting = 0.0
    for number, (body, content_type) in enumerate(inputs(bodies(), count, 10**6)):
        request = whole(body, content_type)
        if number % 2:
            ((request),) = inputs(changed(request), 1, number)
        at = time.monotonic()
        answer = exchange(process.port, request)
        status = int(answer[9:12]) if answer else 0
        findings.judge(status, answer.partition(b"\r\n\r\n")[2], request, time.monotonic() - at)
        if number % TO_A_COLLECTION == 0:
            at = time.monotonic()
            assert process.connect().rpc("version") == 6
            lasting = max(lasting, time.monotonic() - at)
    assert process.stop() == 0
    if "Traceback" in process.err:
        findings.add(process.err[-3000:], b"")
    figure("inputs over a socket, half of them no proper HTTP", findings.count)
    figure("after every fifty of them another client is served within", f"{lasting * 1000:.0f} ms")
    for problem in problems_of(path):
        findings.add(problem, b"")
    findings.tell()
    assert lasting < SOON


def whole(body, content_type):
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def exchange(port, request):
    """What is answered until the server closes, or the client has said all and was answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAIT) as sock:
        try:
            sock.sendall(request)
            sock.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: sock.recv(65536), b""))
        except ConnectionResetError:
            return b""
