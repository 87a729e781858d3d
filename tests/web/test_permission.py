"""What a web page gets, in a real Chromium, by the code that the documentation gives its author."""

from pathlib import Path

import pytest
import seed
from gateway_process import ServeProcess

PAGE = Path(__file__).resolve().parents[2] / "docs/clients.md"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def url(example_collection, tmp_path_factory, origins):
    path = seed.copy(example_collection, tmp_path_factory.mktemp("web-permission"))
    process = ServeProcess("--collection", path, "--allow-origin", origins[0]).ready()
    yield process.url
    process.stop()


def documented(page, url, expression):
    """What an expression gives after the documented code has run."""
    code = PAGE.read_text("utf-8").split("```js\n")[1].split("```")[0].replace("http://127.0.0.1:8765", url)
    return page.evaluate(f"async () => {{ {code}\nreturn {expression}; }}")


def test_an_allowed_page_has_permission_and_calls(allowed, url):
    assert documented(allowed, url, "[permission, await call('deckNames')]")[0] == "granted"


def test_a_page_that_is_not_allowed_can_ask_and_reads_the_answer(foreign, url):
    assert documented(foreign, url, "permission") == "denied"
    refused = "call('deckNames').catch(error => error instanceof TypeError)"
    assert documented(foreign, url, refused) is True  # it may not read why
