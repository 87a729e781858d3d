"""What a browser may send as an origin, and what none does."""

import string

from hypothesis import HealthCheck, given, settings, strategies
from sizes import for_rows, size

from addon.text.origins import LONGEST_ORIGIN, is_extension, is_origin, is_program, is_same, parse_origin

ORIGINS = [
    "http://localhost",
    "http://localhost:0",
    "http://localhost:65535",
    "https://example.com",
    "https://example.com.",
    "https://a_b.example-site.com:8443",
    "https://xn--bcher-kva.example",
    "http://127.0.0.1:5173",
    "http://[::1]:8765",
    "http://[fe80::1:2]",
    "app://obsidian.md",
    "app://-",
    "capacitor://localhost",
    "tauri://localhost",
    "vscode-webview://1a2b3c",
    "chrome-extension://likgccmbimhjbgkjambclfkhldnlhbnn",
    "moz-extension://0b0f1f2d-91b6-4d9e-a1f8-3a52e5a4f1a5",
    "safari-web-extension://E5D1A4CE-0B0F-4D9E-A1F8-3A52E5A4F1A5",
    "vscode-webview://1234",
    "app://a..b.",
    f"https://{'a' * (LONGEST_ORIGIN - 8)}",
]
NONE = [
    "",
    "null",
    "NULL",
    "*",
    " ",
    "localhost",
    "localhost:8765",
    "//localhost",
    "http:localhost",
    "http:/localhost",
    "http://",
    "http://:80",
    "file://",
    "data:text/html,x",
    "javascript:alert(1)",
    "about:blank",
    "http://localhost/",
    "http://localhost/path",
    "http://localhost?query",
    "http://localhost#part",
    "http://user@localhost",
    "http://user:secret@localhost",
    "http://localhost:",
    "http://localhost:x",
    "http://localhost:-1",
    "http://localhost:65536",
    "http://localhost:999999",
    "http://localhost:80:80",
    "http://localhost:080",
    "http://localhost:00",
    "http://localhost:\u0668\u0660",
    "http://.",
    "http://a..example",
    "http://.example",
    "http://[::1",
    "http://::1",
    "http://[]",
    "http://[1]",
    "http://[127.0.0.1]",
    "http://127.1",
    "http://example.1",
    "http://0x7f000001",
    "http://127.0.0.256",
    "http://1.2.3.4.5",
    "HTTP://localhost",
    "http://LOCALHOST",
    "https://Example.com",
    "Chrome-Extension://abc",
    "https://b\u00fccher.example",
    "https://example.com, https://evil.example",
    "https://example.com https://evil.example",
    " https://example.com",
    "https://example.com ",
    "https://example.com\n",
    "https://example.com\t",
    "https://exam\0ple.com",
    "https://exam%70le.com",
    "<b>bold</b>",
    "https://<b>bold</b>",
    "https://example.com<img src='http://127.0.0.1/a.png'>",
    "https://example.com&lt;",
    'https://example.com"',
    "https://example.com\\evil",
    "https://example.com;a",
    "https://$(id)",
    "https://`id`",
    "chrome-extension://",
    "chrome-extension:///",
    "chrome-extension://abc/page.html",
    "chrome-extension://<img src=x>",
    "chrome-extension://a b",
    "1app://host",
    "+app://host",
    "a<b>://host",
    "://host",
    "app//host",
    "app:host",
    f"https://{'a' * (LONGEST_ORIGIN - 7)}",
    f"chrome-extension://{'a' * 60_000}",
]


@for_rows("text", ORIGINS)
def test_what_browsers_send_is_an_origin(text):
    assert is_origin(text)
    assert is_extension(text) == ("-extension://" in text)


@for_rows("text", NONE)
def test_anything_else_is_none(text):
    assert not is_origin(text)
    assert not is_extension(text)


@for_rows("piece", ["a", ".", ":", "a.", "[", "1:", "-", "http://"])
def test_it_takes_no_longer_than_the_length_says(piece):
    for start in ("http://", "http://[", "app://", ""):
        is_origin((start + piece * LONGEST_ORIGIN)[:LONGEST_ORIGIN])
        assert not is_origin(start + piece * 10**5)


@for_rows(
    ("written", "origin"),
    [
        *((text, text) for text in ORIGINS),
        (" HTTPS://Example.com/ ", "https://example.com"),
        ("https://example.com:443", "https://example.com"),
        ("https://example.com:0443/", "https://example.com"),
        ("http://example.com:80/", "http://example.com"),
        ("http://example.com:443", "http://example.com:443"),
        ("http://[::1]:80", "http://[::1]"),
        ("http://[0:0:0:0:0:0:0:1]:8765", "http://[::1]:8765"),
        ("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"),
        # an address that was copied
        ("https://example.com/a/path?query#part", "https://example.com"),
        ("https://example.com?query", "https://example.com"),
        ("https://example.com#part", "https://example.com"),
        ("chrome-extension://abc/popup.html", "chrome-extension://abc"),
        # the last dot of a name
        ("https://example.com.", "https://example.com"),
        ("https://example.com", "https://example.com."),
        ("https://example.com.:8443", "https://example.com:8443"),
        # names that browsers write in ASCII
        ("https://b\u00fccher.example", "https://xn--bcher-kva.example"),
        ("https://B\u00dcCHER.example", "https://xn--bcher-kva.example"),
        ("https://bu\u0308cher.example", "https://xn--bcher-kva.example"),
        ("https://stra\u00dfe.example", "https://xn--strae-oqa.example"),
        ("https://\u4f8b\u3048.\u30c6\u30b9\u30c8", "https://xn--r8jz45g.xn--zckzah"),
        ("https://example\u3002com", "https://example.com"),
        ("https://\uff45xample.com", "https://example.com"),
        ("https://exam\u00adple.com\u200b", "https://example.com"),
    ],
)
def test_what_a_person_wrote_means_the_origin_that_browsers_send(written, origin):
    assert parse_origin(written) == parse_origin(origin)
    assert parse_origin(written).includes(parse_origin(origin))
    assert is_same(written, origin)


SCHEMES = strategies.sampled_from(["http", "https", "app", "chrome-extension"])
HOSTS = strategies.text(f"{string.ascii_letters}{string.digits}._~[]:-", min_size=1, max_size=12)
PORTS = strategies.just("") | strategies.text(string.digits, min_size=1, max_size=5).map(":{}".format)


# On a busy machine a text takes long to be made.
@settings(max_examples=size("ORIGINS", 25, 1000), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.builds("{}://{}{}".format, SCHEMES, HOSTS, PORTS))
def test_whatever_is_an_origin_can_be_denied(text):
    assert not is_origin(text) or parse_origin(text).includes(parse_origin(text))


@for_rows(
    ("host", "included", "excluded"),
    [
        (
            "example.com",
            "https://example.com http://example.com http://example.com:8443 app://example.com",
            "https://a.b",
        ),
        (" Example.com. ", "https://example.com http://example.com.:8443", "https://www.example.com"),
        ("example.com/path", "https://example.com", "https://example.com.evil.example"),
        (
            "example.com:443",
            "https://example.com http://example.com:443",
            "http://example.com https://example.com:8443",
        ),
        ("example.com:80", "http://example.com https://example.com:80", "https://example.com"),
        ("example.com:8443", "https://example.com:8443", "https://example.com"),
        ("b\u00fccher.example:443", "https://xn--bcher-kva.example", "http://xn--bcher-kva.example"),
        ("[::1]", "http://[::1] http://[::1]:8765", "http://[::2]"),
        ("[0:0::1]:8765", "http://[::1]:8765", "http://[::1]"),
        ("127.0.0.1", "http://127.0.0.1:8765", "http://127.0.0.2"),
        ("abc", "chrome-extension://abc moz-extension://abc", "chrome-extension://abcd"),
    ],
)
def test_a_host_without_a_scheme_stands_for_every_scheme(host, included, excluded):
    meant = parse_origin(host)
    assert [origin for origin in included.split() if not meant.includes(parse_origin(origin))] == []
    assert [origin for origin in excluded.split() if meant.includes(parse_origin(origin))] == []
    assert not any(is_same(host, origin) for origin in included.split())


UNCLEAR = [
    "",
    " ",
    "*",
    "**",
    "*.example.com",
    "https://*",
    "*://example.com/*",
    "<all_urls>",
    "chrome-extension://*",
    "chrome-extension://",
    "https://",
    "https:",
    "//example.com",
    "https:/example.com",
    "http:example.com",
    "https://user@example.com",
    "user@example.com",
    "https://user:secret@example.com",
    "example.com, example.org",
    "example.com example.org",
    "example.com;example.org",
    "https://example.com, https://example.org",
    "example.com:",
    "example.com:*",
    "example.com:https",
    "example.com:65536",
    "example.com:999999",
    "example.com\\path",
    "example.com\n",
    "exam\tple.com",
    ".example.com",
    "example..com",
    ".",
    "exam%70le.com",
    "::1",
    "[::1",
    "[127.0.0.1]",
    "http://127.1",
    "0x7f000001",
    "2130706433",
    "127.0.0.01",
    "127.0.0.256",
    "1.2.3.4.5",
    "https://<b>example.com</b>",
    "https://\ud83d.example",
    "https://\u00e4*.example",
    "https://" + "\u00e4" * 70 + ".example",
]


@for_rows("text", [text for text in UNCLEAR if text != "example.com\n"])
def test_what_could_mean_anything_means_nothing(text):
    assert parse_origin(text) is None
    assert is_same(text, text)


@for_rows(
    ("text", "expected"),
    [
        *((text, True) for text in ["app://obsidian.md", "lsp://logseq.io", "app://.", "app://-", "tauri://localhost"]),
        *(
            (text, True)
            for text in ["zotero://zotero", "file2://x", "extension://abc", "httpx://a", "wails://wails:34115"]
        ),
        *((f"{scheme}://abc", False) for scheme in ["http", "https", "file", "data", "blob", "about", "chrome"]),
        *((f"{scheme}://abc", False) for scheme in ["devtools", "resource", "content", "vscode-webview", "capacitor"]),
        *((f"{scheme}://abc", False) for scheme in ["ionic", "chrome-untrusted", "isolated-app", "edge", "filesystem"]),
        *((f"{scheme}-extension://abc", False) for scheme in ["chrome", "moz", "safari-web", "edge", "new-browser"]),
        *((text, False) for text in ["", "null", "*", "file://", "app://", "app:obsidian", "APP://obsidian.md"]),
        *((text, False) for text in ["app://obsidian.md/", "app://a b", "about:blank", f"app://{'a' * 300}"]),
    ],
)
def test_a_scheme_that_no_web_page_can_have_is_a_programs(text, expected):
    assert is_program(text) is expected
