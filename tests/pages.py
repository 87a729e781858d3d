"""How tests use the page at `/`."""

import json
import urllib.request

from playwright.sync_api import expect


def call(url, action, **params):
    """Call a method as another program would, and return its result."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": action, "params": params}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    return json.load(urllib.request.urlopen(request, timeout=30))["result"]


def visit(page, name=""):
    """Show a method, or the overview. `goto` returns before the page has the event of its new address."""
    page.evaluate("name => { history.pushState(null, '', `#${name}`); dispatchEvent(new Event('hashchange')) }", name)


def fill(page, params):
    """Type the params of the method that is shown, as JSON."""
    page.get_by_label("JSON", exact=True).check()
    page.fill("#params", json.dumps(params))


def press_send(page):
    page.get_by_role("button", name="Send", exact=True).click()


def send(page, *, really=False):
    """Press Send and return the answer, decoded. `really`: the page asks first."""
    press_send(page)
    if really:
        page.get_by_role("button", name="Really send").click()
    expect(page.locator("#answer-state")).to_contain_text("HTTP")
    text = page.inner_text("#answer") if page.is_visible("#answer") else ""
    return json.loads(text) if text else None


def typed(page):
    """The params as they would be sent."""
    return json.loads(page.input_value("#params"))
