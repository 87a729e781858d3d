"""axe finds nothing to mend on any view of the page at `/`."""

from importlib.resources import files

import pytest
from examples import DOCUMENT
from pages import fill, press_send, send, visit
from playwright.sync_api import expect
from sizes import for_each, some

pytestmark = pytest.mark.browser

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """(where) => axe.run(where ?? document, { preload: false, resultTypes: ['violations'] })
  .then((found) => found.violations)"""


def faults(page, view=None):
    """Of the list of methods only where it is looked at: it has most of the elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, None if view in (overview, hits, nothing_found) else {"exclude": ["#methods"]})
    return [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]


def overview(page):
    expect(page.locator("#operations")).to_contain_text("None recently")


def nothing_found(page):
    page.fill("#search", "xylophone")
    expect(page.locator("#methods")).to_contain_text("No method matches")


def hits(page):
    page.fill("#search", "upload image")
    expect(page.locator("#methods a").first).to_contain_text("storeMediaFile")


def unfolded_form(page):
    visit(page, "addNotes")
    page.locator("#fields summary").first.click()
    expect(page.get_by_role("button", name="Add to tags").first).to_be_visible()


def answer_and_error(page):
    visit(page, "findNotes")
    send(page)
    page.locator("#history summary").click()
    assert faults(page) == []
    fill(page, {"query": 1})
    send(page)


def question(page):
    visit(page, "deleteNotes")
    fill(page, {"notes": [1]})
    press_send(page)
    expect(page.get_by_role("dialog")).to_be_visible()


def unknown_name(page):
    visit(page, "addNoets")
    expect(page.locator("main")).to_contain_text("No method is named")


VIEWS = (overview, hits, nothing_found, unfolded_form, answer_and_error, question, unknown_name)


@for_each(view=VIEWS)
def test_axe_finds_nothing(shown, view):
    visit(shown)
    view(shown)
    assert faults(shown, view) == []


def test_axe_finds_nothing_on_the_page_of_a_method(shown):
    """In one page: each method is shown in turn."""
    page = shown
    found = {}
    for name in some([method["name"] for method in DOCUMENT["methods"]], 30):
        visit(page, name)
        expect(page.locator("main h2")).to_have_text(name)
        found[name] = faults(page)
    assert {name: each for name, each in found.items() if each} == {}


def test_axe_finds_nothing_on_a_phone_in_the_dark(url, open_page):
    page = open_page(url, color_scheme="dark", viewport={"width": 390, "height": 800}, is_mobile=True)
    for view in (overview, answer_and_error):
        view(page)
        assert faults(page, view) == []
