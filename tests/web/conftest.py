"""A real Chromium, and pages of other origins in it."""

import http.server
import os
import shutil
import threading

import pytest
import seed
from chunks import hold_chunk, small_chunks  # noqa: F401  (fixtures)
from gateway_process import ServeProcess
from pages import visit
from playwright.sync_api import sync_playwright

from addon.http.server.server import Server


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")  # the whole needs twice the CPU time
    if path is None:  # skipped, nobody would miss them
        pytest.fail("neither `chromium-headless-shell` nor `chromium` is on the path: run `make setup`", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.getuid() == 0 else [])
        yield browser
        browser.close()


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>page</title>")

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def origins():
    """Two web servers of one empty page each."""
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) for _ in range(2)]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield [f"http://127.0.0.1:{server.server_port}" for server in servers]
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def allowed(page, origins):
    page.goto(origins[0])
    return page


@pytest.fixture
def foreign(page, origins):
    page.goto(origins[1])
    return page


@pytest.fixture(scope="module")
def url(example_collection, tmp_path_factory):
    """The gateway of all tests of a module but those that delete or need settings."""
    process = ServeProcess("--collection", seed.copy(example_collection, tmp_path_factory.mktemp("web"))).ready()
    yield process.url
    process.stop()


@pytest.fixture(scope="module")
def opener(chromium):
    """Opens pages, each as a person's first one. `complaints` is what they have written to the console."""
    contexts, complaints = [], []

    def open_one(address, *, stops_clock=False, **options):
        context = chromium.new_context(**{"viewport": {"width": 1200, "height": 900}, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if stops_clock:
            page.clock.install()
        page.goto(address)
        page.wait_for_selector("#methods a", state="attached")
        return page

    def close(kept=0):
        for context in contexts[kept:]:
            context.close()
        del contexts[kept:]

    open_one.contexts, open_one.complaints, open_one.close = contexts, complaints, close
    yield open_one
    close()


@pytest.fixture
def open_page(opener):
    """Opens pages; none may have written to the console, where violations of the policy would stand."""
    kept = len(opener.contexts)
    opener.complaints.clear()
    yield opener
    opener.close(kept)
    assert opener.complaints == []


@pytest.fixture(scope="module")
def looked_at(opener, url):
    return opener(url)


@pytest.fixture
def shown(looked_at, open_page):
    """One page for all of a module's tests that only look at a method, since it takes 0.4 s to open."""
    visit(looked_at)
    return looked_at


@pytest.fixture
def serve_here():
    """Serves gateways of this process, and returns their addresses."""
    servers = []

    def start(gateway):
        server = Server(gateway.gateway.app, port=0)
        server.start()
        servers.append(server)
        return server.url

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def local_url(gateway, serve_here):
    """The address of a gateway in this process."""
    return serve_here(gateway)
