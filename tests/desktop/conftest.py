"""Fixtures: our gateway in a real Anki, started once for all tests of this folder."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from examples import declared
from ports import free_port

from .anki_process import ROOT, AnkiError, AnkiProcess, desktop_python

PACKAGE = ROOT / "dist" / "anki-rpc.ankiaddon"
PACKAGER = ROOT / "tools" / "package.py"
FAILURES = ROOT / "build" / "failures"
"""Where pictures of Anki's windows are kept for each failed test."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, before pytest applies `-m`."""
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.desktop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add to a failed test's report what Anki was doing, and pictures of its windows."""
    report = yield
    anki = getattr(item, "funcargs", {}).get("anki")
    if report.failed and isinstance(anki, AnkiProcess) and not anki.has_ended():
        folder = FAILURES / re.sub(r"\W+", "-", item.name)
        with contextlib.suppress(AnkiError):
            report.sections.append(("Anki", anki.report(folder)))
    return report


class Reply(NamedTuple):
    """An HTTP answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class GatewayProcess(AnkiProcess):
    """An Anki in which the packaged gateway listens on a port of its own."""

    def __init__(self, base: Path, package: Path, config: Mapping[str, Any] | None = None, **more: Any) -> None:
        super().__init__(base, **more)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._ids = itertools.count(1)
        self.install(package, config={"webBindPort": self.port, **(config or {})})

    def start(self) -> None:
        """Start Anki and wait, up to 10 s, until the gateway listens."""
        super().start()
        deadline = time.monotonic() + 10
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    message = f"nothing listens on {self.url}; Anki's errors: {self.errors()}{self._tail()}"
                    self.kill()
                    raise AnkiError(message) from None
                time.sleep(0.02)

    def delete_deck(self, name: str) -> None:
        """Delete a deck, once nothing of Anki's is under way that would read it: a page, a reviewer, an import."""
        self.wait_for("is_idle()")
        self.legacy("deleteDecks", decks=[name], cardsToo=True)

    def send(
        self,
        body: bytes | None,
        *,
        method: str = "POST",
        path: str = "/",
        headers: Mapping[str, str] | None = None,
        timeout: float = 30,
    ) -> Reply:
        """One HTTP request on a connection of its own, past any proxy."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def legacy(self, action: str, /, version: int = 6, **params: Any) -> Any:
        """Send the old protocol's envelope; return its reply, or bare result, as decoded."""
        return self._exchange({"action": action, "version": version} | ({"params": params} if params else {}))

    def rpc(self, method: str, params: Mapping[str, Any] | list[Any] | None = None) -> Any:
        """Send a JSON-RPC request with an id; return the response object, with `result` or `error`."""
        request = {"jsonrpc": "2.0", "id": next(self._ids), "method": method}
        return declared(method, self._exchange(request | ({} if params is None else {"params": params})))

    def _exchange(self, document: Mapping[str, Any]) -> Any:
        reply = self.send(json.dumps(document).encode())
        try:
            return json.loads(reply.body)
        except ValueError:
            raise AnkiError(f"no JSON in reply to {document}: HTTP {reply.status} {reply.body[:500]!r}") from None


@pytest.fixture(scope="session", autouse=True)
def desktop_interpreter() -> Path:
    """The Python that has aqt. Without one these tests fail: skipped, nobody would miss them."""
    try:
        return desktop_python()
    except AnkiError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def package() -> Path:
    """The add-on package of the present sources, built anew where it is missing or older than they are."""
    sources = [f.stat().st_mtime for f in (ROOT / "addon").rglob("*") if f.is_file() and f.suffix != ".pyc"]
    if not PACKAGE.exists() or PACKAGE.stat().st_mtime < max(sources, default=0):
        if not PACKAGER.exists():
            pytest.skip(f"no current {PACKAGE.relative_to(ROOT)} and no way to build it: run `make package`")
        built = subprocess.run([sys.executable, PACKAGER], cwd=ROOT, capture_output=True, text=True, check=False)
        if built.returncode or not PACKAGE.exists():
            pytest.fail(f"`make package` should have made {PACKAGE}:\n{built.stdout}{built.stderr}", pytrace=False)
    return PACKAGE


@pytest.fixture(scope="session")
def anki(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """Anki with the gateway, one for the session; it must start and end without errors."""
    with running(GatewayProcess(tmp_path_factory.mktemp("desktop") / "anki", package)) as process:
        assert process.errors() == []
        yield process


@pytest.fixture(scope="module")
def two_profiles(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[GatewayProcess]:
    """An Anki for a module alone, with two profiles, of which the first one is open."""
    base = tmp_path_factory.mktemp("two") / "anki"
    with running(GatewayProcess(base, package, profiles=["one", "two"], profile="one")) as process:
        yield process


@contextlib.contextmanager
def running(process: GatewayProcess) -> Iterator[GatewayProcess]:
    """Start Anki, and end it: without errors, unless a test has ended it before."""
    with process:
        yield process
        if not process.has_ended():
            process.tidy()  # while a page is still loading, Anki's own server stops with a traceback
            code, output = process.stop()
            assert (code, "Traceback" in output) == (0, False), output


@pytest.fixture
def clean(anki: AnkiProcess) -> Iterator[None]:
    """Leave a fresh deck browser and no window behind; fail where Anki reported an error during the test."""
    yield
    tidy(anki)


@pytest.fixture(scope="module")
def clean_in_the_end(anki: AnkiProcess) -> Iterator[None]:
    """The same for tests that leave their windows to the next: once, after the last of a module's."""
    yield
    tidy(anki)


def tidy(anki: AnkiProcess) -> None:
    complaints = anki.tidy()
    assert not complaints, "Anki reported:\n" + "\n".join(complaints)


@pytest.fixture
def late_congratulations(anki: AnkiProcess) -> Iterator[None]:
    """Anki's server gets late what the page of a finished deck asks for after its load has ended."""
    anki.exec(
        "from waitress.channel import HTTPChannel\nimport time\n"
        "keep['received'] = HTTPChannel.received\n"
        "def late(channel, data, *, keep=keep, sleep=time.sleep):\n"
        "    if b'congratsInfo' in data:\n"
        "        keep['asked'] = True\n"
        "        sleep(0.5)\n"
        "    return keep['received'](channel, data)\n"
        "HTTPChannel.received = late"
    )
    yield
    anki.exec("from waitress.channel import HTTPChannel\nHTTPChannel.received = keep.pop('received')")


@pytest.fixture
def deck(anki: GatewayProcess) -> Iterator[str]:
    """The name of a deck of three new cards."""
    name = "Windows"
    anki.legacy("createDeck", deck=name)
    notes = [{"deckName": name, "modelName": "Basic", "fields": {"Front": f"w{i}", "Back": "b"}} for i in range(3)]
    assert anki.legacy("addNotes", notes=notes)["error"] is None
    yield name
    anki.delete_deck(name)
