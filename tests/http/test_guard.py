"""Who may call: AnkiConnect's rules for origins, and the key."""

import pytest

from addon import actions  # noqa: F401  (fills the registry)
from addon.config import Config
from addon.http.guard import Verdict, authorise, judge
from addon.rpc.context import Caller
from addon.rpc.errors import KeyRequired, PermissionDenied
from addon.rpc.registry import REGISTRY

DEFAULT = Config()
EXTENSIONS = ["chrome-extension://abc", "moz-extension://abc", "safari-web-extension://abc"]
LOCAL = ["http://127.0.0.1", "https://127.0.0.1", "http://127.0.0.1:8080", "http://127.0.0.1:", *EXTENSIONS]
STRANGERS = [
    "",
    "null",
    "http://localhost:3000",
    "http://localhost/",
    "http://localhost.evil.example",
    "https://localhost",
    "https://127.0.0.1:5000",
    "http://127.0.0.1.evil.example",
    "http://[::1]",
    "app://obsidian.md",
    "file://",
    "HTTP://LOCALHOST",
    "http://LOCALHOST",
    "Chrome-Extension://abc",
    "edge-extension://abc",
    "https://evil.example",
    "https://evil.example/http://localhost",
    " http://localhost",
]


@pytest.mark.parametrize("origin", ["http://localhost", *LOCAL])
def test_by_default_localhost_and_extensions_are_trusted_and_echoed(origin):
    assert judge(DEFAULT, origin) == Verdict(True, origin)


@pytest.mark.parametrize("origin", STRANGERS)
def test_by_default_every_other_origin_is_a_stranger(origin):
    assert judge(DEFAULT, origin) == Verdict(False, "http://localhost")


@pytest.mark.parametrize("listed", [(), ("http://localhost",), ("https://good.example",)])
def test_a_program_without_an_origin_is_trusted(listed):
    assert judge(Config(web_cors_origin_list=listed), None) == Verdict(True, "http://localhost")


@pytest.mark.parametrize("origin", [None, "", "null", "https://evil.example", "http://localhost"])
def test_a_star_in_the_list_trusts_everybody(origin):
    config = Config(web_cors_origin_list=("https://good.example", "*"))
    assert judge(config, origin) == Verdict(True, "*")
    assert judge(Config(web_cors_origin="*"), origin) == Verdict(True, "*")


@pytest.mark.parametrize("origin", [*LOCAL, "http://localhost"])
def test_without_localhost_in_the_list_extensions_are_strangers_too(origin):
    config = Config(web_cors_origin_list=("https://good.example",))
    assert judge(config, origin) == Verdict(False, "http://localhost")


@pytest.mark.parametrize(
    ("origin", "trusted"),
    [
        ("https://good.example", True),
        ("https://good.example:443", False),
        ("http://good.example", False),
        ("https://www.good.example", False),
        ("https://good.example.evil.example", False),
        ("HTTPS://good.example", False),
    ],
)
@pytest.mark.parametrize(
    "config",
    [Config(web_cors_origin_list=("https://good.example",)), Config(web_cors_origin="https://good.example")],
)
def test_a_listed_origin_is_trusted_in_its_exact_spelling(config, origin, trusted):
    assert judge(config, origin) == Verdict(trusted, origin if trusted else "http://localhost")


def test_an_absent_old_setting_allows_nobody():
    assert not judge(Config(web_cors_origin=None), "None").trusted


def test_an_allowed_origin_is_trusted_from_then_on_and_an_ignored_one_is_not():
    origin = "https://page.example"
    assert judge(DEFAULT.allowing(origin), origin).trusted
    assert not judge(DEFAULT.ignoring(origin), origin).trusted
    assert not judge(DEFAULT, origin).trusted


# --- keys ---

VERSION, PERMISSION = REGISTRY["version"], REGISTRY["requestPermission"]


@pytest.mark.parametrize("action", [VERSION, None])
@pytest.mark.parametrize(
    ("expected", "given", "is_valid"),
    [
        (None, None, True),
        (None, "anything", True),
        (None, 5, True),
        ("", "", True),
        ("", None, False),
        ("k", "k", True),
        ("k", None, False),
        ("k", "", False),
        ("k", "K", False),
        ("k", "kk", False),
        ("5", 5, False),
        ("k", ["k"], False),
        ("k", True, False),
        ("ключ", "ключ", True),
        ("k", "\ud83d", False),
        ("\ud83d", "\ud83d", True),
    ],
)
def test_a_call_needs_the_configured_key(action, expected, given, is_valid):
    config, caller = Config(api_key=expected), Caller(key=given)
    if is_valid:
        authorise(config, caller, action)
    else:
        with pytest.raises(KeyRequired):
            authorise(config, caller, action)


def test_asking_for_permission_needs_neither_key_nor_trust():
    authorise(Config(api_key="k"), Caller(origin="https://evil.example", trusted=False), PERMISSION)


@pytest.mark.parametrize("action", [VERSION, None])
def test_a_stranger_may_call_nothing_else_even_with_the_key(action):
    caller = Caller(origin="https://evil.example", trusted=False, key="k")
    with pytest.raises(PermissionDenied, match=r"https://evil\.example"):
        authorise(Config(api_key="k"), caller, action)


def test_only_asking_for_permission_and_for_the_description_are_keyless():
    assert {action.name for action in REGISTRY.values() if action.keyless} == {"requestPermission", "rpc.discover"}
