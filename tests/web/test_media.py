"""Raw media in a real Chromium: for pages that are allowed, and none of it for others or for what was uploaded."""

import math
import struct
import urllib.request
import wave
import zlib

import pytest
import seed
from gateway_process import ServeProcess
from playwright.sync_api import Error
from sizes import for_each

pytestmark = pytest.mark.browser

EVIL = """<script>
const body = JSON.stringify({jsonrpc: "2.0", id: 1, method: "createDeck", params: {deck: "evil"}});
fetch("/", {method: "POST", headers: {"Content-Type": "application/json"}, body});
fetch("/media/evil.txt", {method: "PUT", body: "evil"});
document.title = "evil";
</script>"""


def png():
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 3, 2, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(9)) * 2
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def sound(path):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"".join(struct.pack("<h", int(9000 * math.sin(n / 9))) for n in range(8000)))


@pytest.fixture(scope="module")
def collection_path(example_collection, tmp_path_factory):
    path = seed.copy(example_collection, tmp_path_factory.mktemp("web-media"))
    folder = path.with_name("collection.media")
    (folder / "evil.html").write_text(EVIL)
    (folder / "evil.xhtml").write_text(f'<html xmlns="http://www.w3.org/1999/xhtml">{EVIL}</html>')
    (folder / "evil.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{EVIL}</svg>')
    (folder / "told.js").write_text("window.told = 'a secret'")
    (folder / "a.png").write_bytes(png())
    sound(folder / "a.wav")
    return path


@pytest.fixture(scope="module")
def url(collection_path, origins):
    process = ServeProcess("--collection", collection_path, "--allow-origin", origins[0]).ready()
    yield process.url
    process.stop()


FETCH = """async ([url, method, text, headers]) => {
  try {
    const response = await fetch(url, {method, body: text ?? undefined, headers: headers ?? {}});
    return {
      status: response.status, text: await response.text(), etag: response.headers.get("ETag"),
      range: response.headers.get("Content-Range"), location: response.headers.get("Location"),
    };
  } catch (error) { return String(error); }
}"""
LOADS = """([kind, url, more]) => new Promise((tell) => {
  const element = Object.assign(document.createElement(kind), more ?? {});
  element.onload = element.onloadedmetadata = () => tell(true);
  element.onerror = () => tell(false);
  element.src = url;
  document.documentElement.append(element);
})"""


def fetch(page, url, method="GET", text=None, **headers):
    return page.evaluate(FETCH, [url, method, text, {key.replace("_", "-"): value for key, value in headers.items()}])


def loads(page, kind, url, **more):
    return page.evaluate(LOADS, [kind, url, more])


def decks(url):
    with urllib.request.urlopen(urllib.request.Request(url, b'{"action": "deckNames"}'), timeout=10) as response:
        return response.read()


def test_an_allowed_page_stores_reads_and_deletes(url, allowed):
    place = f"{url}/media/caff%C3%A8.txt"
    made = fetch(allowed, place, "PUT", "uno", If_None_Match="*")
    assert (made["status"], made["location"]) == (201, "/media/caff%C3%A8.txt")
    assert fetch(allowed, place, "PUT", "due", If_None_Match="*")["status"] == 412
    assert fetch(allowed, place, "PUT", "due", If_Match=made["etag"])["status"] == 200
    assert fetch(allowed, place)["text"] == "due"
    part = fetch(allowed, place, Range="bytes=1-")
    assert (part["status"], part["text"], part["range"]) == (206, "ue", "bytes 1-2/3")
    assert fetch(allowed, place, "DELETE")["status"] == 204
    assert fetch(allowed, place)["status"] == 404


def test_an_allowed_page_reads_why_a_file_is_refused(url, allowed):
    answer = allowed.evaluate(
        """async (url) => {
          const response = await fetch(url, {method: "PUT", body: new Blob([new Uint8Array(101 * 2 ** 20)])});
          return [response.status, (await response.json()).error];
        }""",
        f"{url}/media/big",
    )
    assert answer == [
        413,
        "The file is larger than 104857600 bytes. Raise `mediaMegabytes` in the setting `limits` to allow it.",
    ]


def test_an_allowed_page_shows_and_plays_what_it_loads_with_its_origin(url, allowed):
    assert loads(allowed, "img", f"{url}/media/a.png", crossOrigin="anonymous")
    assert loads(allowed, "img", f"{url}/media/evil.svg", crossOrigin="anonymous")
    assert loads(allowed, "audio", f"{url}/media/a.wav", crossOrigin="anonymous")
    assert loads(allowed, "script", f"{url}/media/told.js", crossOrigin="anonymous")
    assert allowed.evaluate("told") == "a secret"
    assert not loads(allowed, "img", f"{url}/media/a.png")


def test_a_foreign_page_gets_nothing_in_any_way(url, foreign, collection_path):
    folder = collection_path.with_name("collection.media")
    for method in ("GET", "PUT", "DELETE"):
        assert "TypeError" in fetch(foreign, f"{url}/media/_ciao.txt", method, "evil" if method == "PUT" else None)
    assert (folder / "_ciao.txt").read_bytes() == b"ciao"
    for cross_origin in (None, "anonymous"):
        assert not loads(foreign, "img", f"{url}/media/a.png", crossOrigin=cross_origin)
        assert not loads(foreign, "audio", f"{url}/media/a.wav", crossOrigin=cross_origin)
        assert not loads(foreign, "script", f"{url}/media/told.js", crossOrigin=cross_origin)
    assert foreign.evaluate("typeof told") == "undefined"
    foreign.evaluate(LOADS, ["iframe", f"{url}/media/a.png", {}])
    assert foreign.frames[-1].url.startswith("chrome-error:")
    form = f"<form method=post enctype=text/plain action={url}/media/_ciao.txt><input name=a></form>"
    foreign.evaluate("(html) => { document.body.innerHTML = html; document.forms[0].submit() }", form)
    foreign.wait_for_load_state()
    assert (folder / "_ciao.txt").read_bytes() == b"ciao"


def test_a_foreign_page_cannot_tell_what_there_is(url, foreign):
    outcomes = foreign.evaluate(
        """(urls) => Promise.all(urls.map(
          (url) => fetch(url, {mode: "no-cors", cache: "no-store"}).then((r) => r.type, (error) => error.name)
        ))""",
        [f"{url}/{path}" for path in ("media/a.png", "media/none.png", "calls.json", "recent.json", "events", "mcp")],
    )
    assert set(outcomes) == {"TypeError"}


@for_each(name=["evil.html", "evil.xhtml", "evil.svg"])
def test_an_uploaded_page_does_not_run_as_the_gateways(url, page, collection_path, name):
    with pytest.raises(Error, match="Download is starting"):
        page.goto(f"{url}/media/{name}")
    page.goto(f"{url}/banner")
    page.evaluate("(url) => { open(url) }", f"{url}/media/{name}")
    page.evaluate("(url) => { const f = document.createElement('iframe'); f.src = url; document.body.append(f) }", name)
    page.wait_for_timeout(300)
    assert "evil" not in page.title()
    assert b"evil" not in decks(url)
    assert not (collection_path.with_name("collection.media") / "evil.txt").exists()


def test_the_policy_alone_takes_an_uploaded_page_its_rights(url, page, collection_path):
    """As if a browser showed what it is told to save."""

    def shown(route):
        response = route.fetch()
        route.fulfill(
            response=response, headers={k: v for k, v in response.headers.items() if k != "content-disposition"}
        )

    page.route("**/media/*", shown)
    page.goto(f"{url}/media/evil.html")
    assert page.evaluate("origin") == "null"
    assert page.title() == ""
    assert b"evil" not in decks(url)


def test_a_picture_and_a_sound_are_shown_in_a_tab(url, page):
    page.goto(f"{url}/media/a.png")
    assert page.evaluate("document.images[0].naturalWidth") == 3
    page.goto(f"{url}/media/a.wav")
    page.wait_for_function("document.querySelector('video, audio').readyState >= 1")
    assert page.evaluate("document.querySelector('video, audio').duration") == 1
