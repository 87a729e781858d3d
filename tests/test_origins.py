"""What a browser may send as an origin, and what none does."""

import pytest

from addon.origins import LONGEST, is_extension, is_origin, is_program, plain

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
    f"https://{'a' * (LONGEST - 8)}",
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
    f"https://{'a' * (LONGEST - 7)}",
    f"chrome-extension://{'a' * 60_000}",
]


@pytest.mark.parametrize("text", ORIGINS)
def test_what_browsers_send_is_an_origin(text):
    assert is_origin(text)
    assert is_extension(text) == ("-extension://" in text)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_none(text):
    assert not is_origin(text)
    assert not is_extension(text)


@pytest.mark.parametrize("piece", ["a", ".", ":", "a.", "[", "1:", "-", "http://"])
def test_it_takes_no_longer_than_the_length_says(piece):
    for start in ("http://", "http://[", "app://", ""):
        is_origin((start + piece * LONGEST)[:LONGEST])
        assert not is_origin(start + piece * 10**5)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *((text, text.lower()) for text in ORIGINS),
        (" HTTPS://Example.com/ ", "https://example.com"),
        ("https://example.com:443", "https://example.com"),
        ("http://example.com:80/", "http://example.com"),
        ("http://example.com:443", "http://example.com:443"),
        ("https://example.com:80", "https://example.com:80"),
        ("http://[::1]:80", "http://[::1]"),
        ("example.com", "example.com"),
        ("null", "null"),
        ("*", "*"),
        ("", ""),
    ],
)
def test_what_a_person_wrote_is_compared_as_browsers_write_it(written, meant):
    assert plain(written) == meant
    assert plain(meant) == meant


@pytest.mark.parametrize(
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
