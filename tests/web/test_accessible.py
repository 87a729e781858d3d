"""axe finds nothing to mend on any view of the page at `/`."""

from importlib.resources import files

import pytest
from examples import DOCUMENT
from pages import fill, press_send, send
from playwright.sync_api import expect
from sizes import some

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = "axe.run(document, { preload: false, resultTypes: ['violations'] }).then((found) => found.violations)"


def faults(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in page.evaluate(RUN)]


def overview(page):
    expect(page.locator("#operations")).to_contain_text("None recently")


def nothing_found(page):
    page.fill("#search", "xylophone")
    expect(page.locator("#methods")).to_contain_text("No method matches")


def hits(page):
    page.fill("#search", "upload image")
    expect(page.locator("#methods a").first).to_contain_text("storeMediaFile")


def unfolded_form(page):
    page.goto(f"{page.url}#addNotes")
    page.locator("#fields summary").first.click()
    expect(page.get_by_role("button", name="Add to tags").first).to_be_visible()


def answer_and_error(page):
    page.goto(f"{page.url}#findNotes")
    send(page)
    page.locator("#history summary").click()
    assert faults(page) == []
    fill(page, {"query": 1})
    send(page)


def question(page):
    page.goto(f"{page.url}#deleteNotes")
    fill(page, {"notes": [1]})
    press_send(page)
    expect(page.get_by_role("dialog")).to_be_visible()


def unknown_name(page):
    page.goto(f"{page.url}#addNoets")
    expect(page.locator("main")).to_contain_text("No method is named")


VIEWS = (overview, hits, nothing_found, unfolded_form, answer_and_error, question, unknown_name)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing(url, open_page, view):
    page = open_page(url)
    view(page)
    assert faults(page) == []


def test_axe_finds_nothing_on_the_page_of_a_method(url, open_page):
    """In one page: each method is shown in turn."""
    page = open_page(url)
    page.evaluate(AXE)
    found = {}
    for name in some([method["name"] for method in DOCUMENT["methods"]], 30):
        page.goto(f"{url}/#{name}")
        expect(page.locator("main h2")).to_have_text(name)
        found[name] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


@pytest.mark.parametrize("view", [overview, answer_and_error], ids=lambda view: view.__name__)
def test_axe_finds_nothing_on_a_phone_in_the_dark(url, open_page, view):
    page = open_page(url, color_scheme="dark", viewport={"width": 390, "height": 800}, is_mobile=True)
    view(page)
    assert faults(page) == []
