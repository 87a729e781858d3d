"""Who may call: AnkiConnect's rules for origins, and the key."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest
from sizes import for_rows

from addon.actions import REGISTRY
from addon.config import Config
from addon.http.guard import (
    OriginAccess,
    authorise,
    check_origin,
    is_implicitly_allowed,
    knows_host,
    may_ask,
    name_of,
    try_authenticate,
)
from addon.http.key_throttle import MAX_WRONG_KEYS, PERIOD_S, KeyThrottle
from addon.rpc.caller import Caller
from addon.rpc.errors import KeyRequired, PermissionDenied
from addon.rpc.scopes import EVERYTHING, FOR_ORIGINS, GRANTS, Scope
from addon.schemas.config import GRANTS as NAMES

DEFAULT = Config()
EXTENSIONS = ["chrome-extension://abc", "moz-extension://abc", "safari-web-extension://abc"]
LOCAL = ["http://127.0.0.1", "https://127.0.0.1", *EXTENSIONS]
NOTHING = frozenset()
PAGE = "https://page.example"
STRANGERS = [
    "http://127.0.0.1:8080",
    "http://127.0.0.1:",
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


def may(config, origin):
    return check_origin(config, origin).scopes


@for_rows("origin", ["http://localhost", *LOCAL])
def test_by_default_localhost_and_extensions_are_trusted_and_echoed(origin):
    assert check_origin(DEFAULT, origin) == OriginAccess(FOR_ORIGINS, origin)


@for_rows("origin", STRANGERS)
def test_by_default_every_other_origin_is_a_stranger(origin):
    assert check_origin(DEFAULT, origin) == OriginAccess(NOTHING, "http://localhost")


@pytest.mark.parametrize("listed", [(), ("http://localhost",), ("https://good.example",)])
def test_a_program_without_an_origin_may_do_everything(listed):
    assert check_origin(Config(web_cors_origin_list=listed), None) == OriginAccess(EVERYTHING, "http://localhost")


@pytest.mark.parametrize("origin", ["", "https://evil.example", "http://localhost"])
def test_a_star_in_the_list_trusts_everybody_but_with_files(origin):
    config = Config(web_cors_origin_list=("https://good.example", "*"))
    assert check_origin(config, origin) == OriginAccess(FOR_ORIGINS, "*")
    assert check_origin(Config(web_cors_origin="*"), origin) == OriginAccess(FOR_ORIGINS, "*")
    assert check_origin(config, None) == OriginAccess(EVERYTHING, "*")
    assert Scope.FILES not in FOR_ORIGINS


@for_rows("origin", [*LOCAL, "http://localhost"])
def test_without_localhost_in_the_list_extensions_are_strangers_too(origin):
    config = Config(web_cors_origin_list=("https://good.example",))
    assert check_origin(config, origin) == OriginAccess(NOTHING, "http://localhost")


@for_rows(
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
@for_rows(
    "config",
    [Config(web_cors_origin_list=("https://good.example",)), Config(web_cors_origin="https://good.example")],
)
def test_a_listed_origin_is_trusted_in_its_exact_spelling(config, origin, trusted):
    expected = OriginAccess(FOR_ORIGINS, origin) if trusted else OriginAccess(NOTHING, "http://localhost")
    assert check_origin(config, origin) == expected


def test_an_absent_old_setting_allows_nobody():
    assert not may(Config(web_cors_origin=None), "None")


# --- what was answered ---


def test_a_granted_origin_may_do_what_the_named_sets_hold():
    for name, scopes in GRANTS.items():
        assert check_origin(DEFAULT.with_grant(PAGE, [name]), PAGE) == OriginAccess(scopes, PAGE)
    assert may(DEFAULT.with_grant(PAGE, ["read", "change", "control"]), PAGE) == FOR_ORIGINS
    assert may(DEFAULT.with_grant(PAGE, list(GRANTS)), PAGE) == EVERYTHING
    assert check_origin(DEFAULT.with_grant(PAGE, []), PAGE) == OriginAccess(NOTHING, "http://localhost")


def test_the_settings_name_the_sets_that_there_are_and_each_scope():
    assert set(GRANTS) == set(NAMES)
    assert set(Scope) <= {Scope(name) for name in NAMES if name not in ("change", "windows", "manage", "control")}


def test_the_last_answer_counts():
    allowed = DEFAULT.with_grant(PAGE, ["read"])
    denied = allowed.with_denied(PAGE)
    assert not may(denied, PAGE)
    assert may(denied.with_grant(PAGE, ["change"]), PAGE) == GRANTS["change"]
    assert denied.with_grant(PAGE, ["change"]).ignore_origin_list == ()
    assert denied.without_origin(PAGE) == DEFAULT
    listed = Config(web_cors_origin=PAGE, web_cors_origin_list=("http://localhost", PAGE))
    assert not may(listed.without_origin(PAGE), PAGE)


STAR = {"webCorsOriginList": ["*"]}
ALL_BUT_FILES = sorted(FOR_ORIGINS)


@for_rows(
    ("settings", "origin", "scopes"),
    [
        # ignoreOriginList wins over all else
        ({"ignoreOriginList": [PAGE], **STAR}, PAGE, []),
        ({"ignoreOriginList": [PAGE], "webCorsOrigin": "*"}, PAGE, []),
        ({"ignoreOriginList": [PAGE], "webCorsOriginList": [PAGE]}, PAGE, []),
        ({"ignoreOriginList": [PAGE], "webCorsOrigin": PAGE}, PAGE, []),
        ({"ignoreOriginList": [PAGE], "grants": {PAGE: ["read", "files"]}}, PAGE, []),
        ({"ignoreOriginList": [PAGE], **STAR}, "https://other.example", ALL_BUT_FILES),
        ({"ignoreOriginList": PAGE, **STAR}, PAGE, []),
        ({"ignoreOriginList": EXTENSIONS[0]}, EXTENSIONS[0], []),
        ({"ignoreOriginList": EXTENSIONS[0]}, EXTENSIONS[1], ALL_BUT_FILES),
        ({"ignoreOriginList": ["http://localhost"]}, "http://localhost", []),
        ({"ignoreOriginList": ["*"]}, "http://localhost", []),
        ({"ignoreOriginList": ["*"]}, EXTENSIONS[0], []),
        ({"ignoreOriginList": ["*"], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["*"], "grants": {PAGE: ["read"]}}, PAGE, []),
        ({"ignoreOriginList": ["*"]}, None, sorted(EVERYTHING)),
        # however it is written
        ({"ignoreOriginList": [f"{PAGE}/"], **STAR}, PAGE, []),
        ({"ignoreOriginList": [f" {PAGE.upper()}:443 "], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["http://page.example:80"], **STAR}, "http://page.example", []),
        ({"ignoreOriginList": ["page.example"], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["page.example"], **STAR}, f"{PAGE}:8443", []),
        ({"ignoreOriginList": ["page.example:8443"], **STAR}, f"{PAGE}:8443", []),
        ({"ignoreOriginList": ["page.example:8443"], **STAR}, PAGE, ALL_BUT_FILES),
        ({"ignoreOriginList": ["abc"]}, EXTENSIONS[0], []),
        ({"ignoreOriginList": ["page.example:443"], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["page.example:443"], **STAR}, "http://page.example", ALL_BUT_FILES),
        ({"ignoreOriginList": [f"{PAGE}/a/path?query"], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["page.example/a"], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["page.example."], **STAR}, PAGE, []),
        ({"ignoreOriginList": ["page.example"], **STAR}, f"{PAGE}.", []),
        ({"ignoreOriginList": [PAGE], **STAR}, f"{PAGE}.", []),
        ({"ignoreOriginList": ["b\u00fccher.example"], **STAR}, "https://xn--bcher-kva.example", []),
        ({"ignoreOriginList": ["[0:0::1]"], **STAR}, "http://[::1]:3000", []),
        ({"ignoreOriginList": [PAGE], **STAR}, f"{PAGE}:8443", ALL_BUT_FILES),
        ({"ignoreOriginList": [PAGE], **STAR}, f"{PAGE}.evil.example", ALL_BUT_FILES),
        # a grant names an origin, and "*" does not
        ({"grants": {PAGE: []}, **STAR}, PAGE, []),
        ({"grants": {PAGE: ["read"]}, **STAR}, PAGE, ["read"]),
        ({"grants": {PAGE: ["read"]}, "webCorsOrigin": "*"}, PAGE, ["read"]),
        ({"grants": {PAGE: ["files"]}, **STAR}, PAGE, ["files", "read"]),
        ({"grants": {f"{PAGE}/": ["read"]}, **STAR}, PAGE, ["read"]),
        ({"grants": {PAGE: ["read"]}, **STAR}, "https://other.example", ALL_BUT_FILES),
        ({"grants": {EXTENSIONS[0]: ["read"]}}, EXTENSIONS[0], ["read"]),
        ({"grants": {EXTENSIONS[0]: ["read"]}, **STAR}, EXTENSIONS[0], ["read"]),
        ({"grants": {"http://127.0.0.1": []}}, "http://127.0.0.1", []),
        # askExtensions speaks of extensions, and "*" of everybody
        ({"askExtensions": True, **STAR}, EXTENSIONS[0], []),
        ({"askExtensions": True, **STAR}, PAGE, ALL_BUT_FILES),
        ({"askExtensions": True, "webCorsOriginList": ["*", EXTENSIONS[0]]}, EXTENSIONS[0], ALL_BUT_FILES),
        # webCorsOriginList names it, too
        ({"grants": {PAGE: ["files"]}, "webCorsOriginList": [PAGE]}, PAGE, sorted(EVERYTHING)),
        ({"grants": {PAGE: ["read"]}, "webCorsOriginList": ["*", PAGE]}, PAGE, ALL_BUT_FILES),
        # what no browser sends is one of all, as with AnkiConnect, but nothing that was said of an origin gives it more
        (STAR, "file://", ALL_BUT_FILES),
        (STAR, f"{PAGE}/", ALL_BUT_FILES),
        ({"ignoreOriginList": [PAGE], **STAR}, f"{PAGE}/", []),
        ({"ignoreOriginList": [PAGE], **STAR}, PAGE.upper(), []),
        ({"ignoreOriginList": [PAGE], "webCorsOriginList": [f"{PAGE}/"]}, f"{PAGE}/", []),
        ({"grants": {PAGE: ["read"]}, **STAR}, f"{PAGE}/", []),
        ({"grants": {PAGE: ["read"]}}, f"{PAGE}/", []),
        ({"grants": {PAGE: ["read"]}}, PAGE.upper(), []),
        ({"grants": {f"{PAGE}/": ["read"]}}, PAGE, ["read"]),
        ({"grants": {f"{PAGE}/a/path": []}, **STAR}, PAGE, []),
        ({"grants": {f"{PAGE}.": []}, **STAR}, PAGE, []),
        ({"grants": {PAGE: []}, **STAR}, f"{PAGE}.", []),
        ({"grants": {"https://b\u00fccher.example": []}, **STAR}, "https://xn--bcher-kva.example", []),
        ({"grants": {PAGE: ["files"]}, "webCorsOriginList": [f"{PAGE}/"]}, f"{PAGE}/", ALL_BUT_FILES),
        ({"askExtensions": True, **STAR}, "chrome-extension://a b", []),
        ({"anyLocalhostPort": True}, "http://localhost:080", []),
        ({"anyLocalhostPort": True}, "http://localhost:99999", []),
    ],
)
def test_what_names_an_origin_wins_over_what_stands_for_many_and_a_denial_over_both(settings, origin, scopes):
    verdict = check_origin(Config.load(settings, {}), origin)
    assert sorted(verdict.scopes) == scopes
    assert scopes or verdict.allow_origin == "http://localhost"


def test_files_are_for_origins_that_were_given_them_by_name():
    assert Scope.FILES in may(Config(web_cors_origin_list=(PAGE,), grants={PAGE: ("files",)}), PAGE)
    assert Scope.FILES not in may(Config(web_cors_origin_list=("*",), grants={"https://other": ("files",)}), PAGE)
    assert may(DEFAULT.with_grant(PAGE, ["files"]), PAGE) == {Scope.READ, Scope.FILES}


OBSIDIAN = "app://obsidian.md"
LISTED = {"webCorsOriginList": ["http://localhost", OBSIDIAN]}


@for_rows(
    ("settings", "origin", "is_local", "expected"),
    [
        (LISTED, OBSIDIAN, True, EVERYTHING),
        (LISTED, OBSIDIAN, False, FOR_ORIGINS),
        ({"webCorsOrigin": OBSIDIAN}, OBSIDIAN, True, EVERYTHING),
        ({"webCorsOriginList": ["*", OBSIDIAN]}, OBSIDIAN, True, EVERYTHING),
        ({"webCorsOriginList": "lsp://logseq.io"}, "lsp://logseq.io", True, EVERYTHING),
        # it is not listed by its name
        (STAR, OBSIDIAN, True, FOR_ORIGINS),
        ({"webCorsOrigin": "*"}, OBSIDIAN, True, FOR_ORIGINS),
        (LISTED, "app://obsidian.md:1", True, NOTHING),
        ({}, OBSIDIAN, True, NOTHING),
        # grants and denials say more of it
        ({**LISTED, "grants": {OBSIDIAN: ["read"]}}, OBSIDIAN, True, FOR_ORIGINS),
        ({**LISTED, "grants": {OBSIDIAN: []}}, OBSIDIAN, True, FOR_ORIGINS),
        ({**LISTED, "grants": {f"{OBSIDIAN}/": ["read", "files"]}}, OBSIDIAN, True, EVERYTHING),
        ({"grants": {OBSIDIAN: ["read", "change", "control"]}}, OBSIDIAN, True, FOR_ORIGINS),
        ({"grants": {OBSIDIAN: ["read", "files"]}}, OBSIDIAN, True, GRANTS["files"]),
        ({**LISTED, "ignoreOriginList": [OBSIDIAN]}, OBSIDIAN, True, NOTHING),
        # web pages, extensions and what no browser sends
        *(
            ({"webCorsOriginList": [origin]}, origin, True, FOR_ORIGINS)
            for origin in [PAGE, "http://localhost", *EXTENSIONS, "file://", "file://x", "capacitor://localhost"]
        ),
        *(
            ({"webCorsOriginList": [origin]}, origin, True, FOR_ORIGINS)
            for origin in [f"{OBSIDIAN}/", "app://", "app://<b>", "vscode-webview://1a2b", "edge-extension://abc"]
        ),
        ({"webCorsOriginList": ["null"]}, "null", True, NOTHING),
    ],
)
def test_a_desktop_program_that_is_listed_by_name_has_files_on_its_own_computer(settings, origin, is_local, expected):
    assert check_origin(Config.load(settings, {}), origin, is_local=is_local).scopes == expected


@pytest.mark.parametrize("origin", [OBSIDIAN, "lsp://logseq.io"])
def test_a_desktop_program_stores_files_and_exports_from_this_computer_only(open_gateway, tmp_path, origin):
    picture = tmp_path / "mela.png"
    picture.write_bytes(b"picture")
    package = tmp_path / "backup.apkg"
    gateway = open_gateway(webCorsOriginList=[origin])
    calls = [
        {"action": "storeMediaFile", "version": 6, "params": {"filename": "_mela.png", "path": str(picture)}},
        {"action": "exportPackage", "version": 6, "params": {"deck": "Italian", "path": str(package)}},
    ]
    body = json.dumps({"action": "multi", "version": 6, "params": {"actions": calls}}).encode()
    far = {"REMOTE_ADDR": "192.0.2.7"}
    headers = {"Origin": origin}
    refused = gateway.client.open("/", method="POST", data=body, headers=headers, environ_base=far).json["result"]
    assert [f"the origin {origin} is not allowed to" in reply["error"] for reply in refused] == [True, True]
    assert not package.exists()
    assert gateway.send(body, Origin=origin).json["result"] == [
        {"result": "_mela.png", "error": None},
        {"result": True, "error": None},
    ]
    assert package.exists()


@for_rows(
    ("origin", "is_remote", "scopes", "expected"),
    [
        (None, False, EVERYTHING, True),
        (None, True, EVERYTHING, False),
        (OBSIDIAN, False, EVERYTHING, True),
        (OBSIDIAN, True, EVERYTHING, False),
        (OBSIDIAN, False, FOR_ORIGINS, False),
        (PAGE, False, EVERYTHING, False),
    ],
)
def test_a_local_program_is_one_that_may_use_the_files_of_this_computer(origin, is_remote, scopes, expected):
    assert Caller(origin, scopes, is_remote=is_remote).is_local_program is expected


@pytest.mark.parametrize("origin", EXTENSIONS)
def test_an_extension_is_let_in_unasked_unless_it_was_denied_or_asking_is_wanted(origin):
    assert is_implicitly_allowed(DEFAULT, origin)
    assert not may(DEFAULT.with_denied(origin), origin)
    asking = Config(ask_extensions=True)
    assert not may(asking, origin)
    granted = asking.with_grant(origin, ["read"])
    assert may(granted, origin) == GRANTS["read"]
    for config in (DEFAULT.with_denied(origin), asking, granted, Config(web_cors_origin_list=(origin,))):
        assert not is_implicitly_allowed(config, origin)
    for other in ("http://localhost", "http://127.0.0.1", PAGE, "null", ""):
        assert not is_implicitly_allowed(DEFAULT, other)


@for_rows(
    ("settings", "origin", "may"),
    [
        ({}, None, False),
        ({}, "null", False),
        ({}, PAGE, True),
        ({}, "", False),
        ({}, "file://", False),
        ({}, "app://obsidian.md", True),
        ({"askExtensions": True}, "chrome-extension://abc", True),
        ({"askExtensions": True}, "chrome-extension://<b>", False),
        ({}, "https://<b>page.example", False),
        ({}, "https://page.example/", False),
        ({}, "https://Page.example", False),
        ({}, f"https://{'a' * 292}", True),
        ({}, f"https://{'a' * 293}", False),
        ({"ignoreOriginList": [PAGE]}, PAGE, False),
        ({"ignoreOriginList": [PAGE]}, "http://page.example", True),
        ({"ignoreOriginList": ["null"]}, "null", False),
        ({"webCorsOriginList": ["*"]}, "null", False),
        ({"ignoreOriginList": [f"{PAGE}/"]}, PAGE, False),
        ({"ignoreOriginList": ["*"]}, PAGE, False),
        ({}, "*", False),
    ],
)
def test_who_may_ask_for_permission(settings, origin, may):
    assert may_ask(Config.load(settings, {}), origin) is may


IMPOSSIBLE = [
    "",
    "chrome-extension://<img src='http://127.0.0.1/a.png'>",
    "moz-extension://abc def",
    "safari-web-extension://",
    "http://localhost<b>",
    "https://page.example/path",
]


@for_rows("origin", [*IMPOSSIBLE, f"chrome-extension://{'a' * 300}"])
def test_what_no_browser_sends_is_no_origin_whatever_was_granted(origin):
    granted = Config(grants={origin: ("read",)})
    for config in (DEFAULT, Config(any_localhost_port=True), granted, Config(known_extensions=(origin,))):
        assert check_origin(config, origin) == OriginAccess(NOTHING, "http://localhost")
        assert check_origin(config, origin, origin.partition("://")[2]) == OriginAccess(NOTHING, "http://localhost")
        assert not is_implicitly_allowed(config, origin)
        assert not may_ask(config, origin)


def test_what_is_listed_counts_letter_by_letter_as_with_ankiconnect_but_for_what_is_too_long():
    for origin in IMPOSSIBLE:
        assert may(Config(web_cors_origin_list=(origin,)), origin) == FOR_ORIGINS
    long = f"https://{'a' * 293}"
    for listed in ((long,), ("*",)):
        assert not may(Config(web_cors_origin_list=listed), long)


# --- scopes ---


@for_rows(
    ("name", "granted"),
    [
        ("deckNames", "read"),
        ("retrieveMediaFile", "read"),
        ("addNote", "change"),
        ("storeMediaFile", "change"),
        ("deleteNotes", "manage"),
        ("deleteDecks", "manage"),
        ("deleteMediaFile", "manage"),
        ("deleteMediaFiles", "manage"),
        ("emptyMediaTrash", "manage"),
        ("restoreMediaTrash", "change"),
        ("removeEmptyNotes", "manage"),
        ("removeDeckConfigId", "manage"),
        ("renameModel", "change"),
        ("deleteModels", "manage"),
        ("modelFieldRemove", "manage"),
        ("modelTemplateRemove", "manage"),
        ("guiBrowse", "windows"),
        ("exportPackage", None),
        ("importPackage", None),
    ],
)
def test_each_action_is_in_the_set_that_a_person_expects(name, granted):
    for known in ("read", "change", "windows", "manage", "control"):
        caller = Caller(origin=PAGE, scopes=GRANTS[known])
        if granted in ("read", known) or (known == "control" and granted in ("windows", "manage")):
            authorise(DEFAULT, caller, REGISTRY[name])
        else:
            with pytest.raises(PermissionDenied, match=f"not allowed to use {name}"):
                authorise(DEFAULT, caller, REGISTRY[name])


@pytest.mark.parametrize("name", ["version", "multi", "apiReflect"])
def test_every_grant_covers_what_all_callers_need(name):
    for scopes in GRANTS.values():
        authorise(DEFAULT, Caller(origin=PAGE, scopes=scopes), REGISTRY[name])


def test_a_file_of_this_computer_is_read_for_programs_only(open_gateway, tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("content")
    gateway = open_gateway(webCorsOriginList=["*"])
    params = {"filename": "_f.txt", "path": str(file)}
    refused = gateway.rpc("storeMediaFile", params, Origin=PAGE)["error"]
    assert refused["message"] == (
        f"the origin {PAGE} is not allowed to read files: it lacks the scope files, "
        "which can be granted in the settings"
    )
    assert refused["data"] == {"kind": "permission_denied", "origin": PAGE, "scope": "files"}
    assert gateway.rpc("storeMediaFile", {**params, "data": "eA=="}, Origin=PAGE)["result"] == "_f.txt"
    assert gateway.rpc("storeMediaFile", params)["result"] == "_f.txt"


def test_a_batch_is_authorised_member_by_member(open_gateway):
    gateway = open_gateway(grants={PAGE: ["read"]})
    batch = [{"jsonrpc": "2.0", "id": 1, "method": m, "params": p} for m, p in [("version", []), ("createDeck", ["x"])]]
    first, second = gateway.post(batch, Origin=PAGE)
    assert first["result"] == 6
    assert second["error"]["data"]["scope"] == "write"
    inner = [{"action": "version"}, {"action": "createDeck", "params": {"deck": "x"}}]
    outcome = gateway.rpc("multi", {"actions": inner}, Origin=PAGE)["result"]
    assert [member["error"] and member["error"]["code"] for member in outcome] == [None, -32004]
    assert "x" not in gateway.legacy("deckNames")["result"]


# --- keys ---

VERSION, PERMISSION = REGISTRY["version"], REGISTRY["requestPermission"]


@for_rows("action", [VERSION, None])
@for_rows(
    ("expected", "given", "is_valid"),
    [
        (None, None, True),
        (None, "anything", True),
        (None, 5, True),
        ("", "", True),
        ("", None, True),
        ("", "anything", True),
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
    config, caller = Config.load({"apiKey": expected}, {}), Caller(key=given)
    if is_valid:
        authorise(config, caller, action)
    else:
        with pytest.raises(KeyRequired):
            authorise(config, caller, action)


def test_programs_on_this_computer_need_no_key_if_the_user_says_so():
    locked = {"apiKey": "k", "localProgramsWithoutKey": True}
    config, direct = Config.load(locked, {}), Caller(is_direct=True)
    assert authorise(config, direct, VERSION).scopes == EVERYTHING
    assert authorise(config, replace(direct, key=""), VERSION).scopes == EVERYTHING
    for caller in (Caller(), replace(direct, key="guess"), replace(direct, stray_key="It is in the address.")):
        with pytest.raises(KeyRequired):
            authorise(config, caller, VERSION)
    with pytest.raises(KeyRequired):
        authorise(Config.load({"apiKey": "k"}, {}), direct, VERSION)


@pytest.mark.parametrize(
    ("headers", "peer", "is_let_in"),
    [
        ({}, "127.0.0.1", True),
        ({"Host": "localhost:8765"}, "::1", True),
        ({"Host": "[::1]:8765"}, "::1", True),
        ({"User-Agent": "curl/8"}, "127.0.0.1", True),
        ({"Sec-Fetch-Site": "none"}, "127.0.0.1", False),
        ({"Sec-Fetch-Mode": "cors"}, "127.0.0.1", False),
        ({"CF-Connecting-IP": "192.0.2.7"}, "127.0.0.1", False),
        ({"Tailscale-User-Login": "ada@example.com"}, "127.0.0.1", False),
        ({"Ngrok-Trace-Id": "1"}, "127.0.0.1", False),
        ({"X-Client-IP": "192.0.2.7"}, "127.0.0.1", False),
        ({}, "192.168.1.5", False),
        ({"Host": "host.docker.internal"}, "127.0.0.1", False),
        ({"Host": "192.168.1.2:8765"}, "127.0.0.1", False),
        ({"Origin": "http://localhost"}, "127.0.0.1", False),
        ({"Origin": "null"}, "127.0.0.1", False),
        ({"Sec-Fetch-Site": "cross-site"}, "127.0.0.1", False),
        ({"Sec-Fetch-Site": "same-site"}, "127.0.0.1", False),
        ({"Sec-Fetch-Site": "same-origin"}, "127.0.0.1", False),
        ({"Forwarded": "for=192.0.2.7"}, "127.0.0.1", False),
        ({"X-Forwarded-For": "192.0.2.7"}, "127.0.0.1", False),
        ({"X-Forwarded-Proto": "https"}, "127.0.0.1", False),
        ({"X-Real-IP": "192.0.2.7"}, "127.0.0.1", False),
        ({"Via": "1.1 proxy"}, "127.0.0.1", False),
        ({"X-API-Key": "guess"}, "127.0.0.1", False),
        ({"Authorization": "guess"}, "127.0.0.1", False),
    ],
    ids=str,
)
def test_what_may_come_from_elsewhere_needs_a_key_all_the_same(open_gateway, headers, peer, is_let_in):
    gateway = open_gateway(apiKey="k", localProgramsWithoutKey=True)
    over = {"REMOTE_ADDR": peer}
    message = {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}
    sent = {"Host": "127.0.0.1:8765", "Content-Type": "application/json", **headers}
    answer = gateway.client.post("/", data=json.dumps(message), headers=sent, environ_overrides=over)
    assert (answer.status_code == 200 and "result" in answer.json) is is_let_in
    if "Origin" not in headers:
        envelope = json.dumps({"action": "deckNames", "version": 6})
        old = gateway.client.post("/", data=envelope, headers=sent, environ_overrides=over)
        assert (old.json["error"] is None) is is_let_in
        media = gateway.client.get("/media/_ciao.txt", headers=sent, environ_overrides=over)
        assert (media.status_code == 200) is is_let_in


NAMED = {"phone": {"key": "p", "scopes": ["read", "media"]}, "desk": {"key": "d", "scopes": ["change", "delete"]}}


@for_rows(
    ("key", "origin", "name", "scopes"),
    [
        ("k", None, None, EVERYTHING),
        ("p", None, "phone", {Scope.READ, Scope.MEDIA}),
        ("d", None, "desk", {Scope.READ, Scope.WRITE, Scope.MEDIA, Scope.DELETE}),
        ("k", PAGE, None, GRANTS["change"]),
        ("d", PAGE, "desk", GRANTS["change"]),
        ("p", PAGE, "phone", {Scope.READ, Scope.MEDIA}),
    ],
)
def test_a_named_key_opens_what_it_was_given_and_no_more_than_its_origin_may(key, origin, name, scopes):
    config = Config.load({"apiKey": "k", "keys": NAMED, "grants": {PAGE: ["change"]}}, {})
    caller = Caller(origin=origin, scopes=check_origin(config, origin).scopes, key=key)
    admitted = authorise(config, caller, VERSION)
    assert (admitted.key_name, admitted.scopes) == (name, frozenset(scopes))


@for_rows(
    ("settings", "key", "name"),
    [
        ({"keys": NAMED}, "p", "phone"),
        ({"keys": NAMED}, "x", None),
        ({"keys": NAMED}, None, None),
        ({"apiKey": "k", "keys": NAMED}, "k", None),
        ({}, "p", None),
    ],
)
def test_a_refused_caller_is_known_by_its_key_if_it_has_one(settings, key, name):
    caller = Caller(origin=PAGE, scopes=NOTHING, key=key)
    known = try_authenticate(Config.load(settings, {}), caller)
    assert (known.key_name, known.scopes, known.origin) == (name, NOTHING, PAGE)


def test_the_first_of_two_equal_keys_counts():
    same = {"one": {"key": "s", "scopes": ["read"]}, "other": {"key": "s", "scopes": ["change"]}}
    admitted = authorise(Config.load({"keys": same}, {}), Caller(key="s"), VERSION)
    assert (admitted.key_name, admitted.scopes) == ("one", frozenset({Scope.READ}))


def test_with_named_keys_alone_nobody_is_served_without_one(open_gateway):
    gateway = open_gateway(keys=NAMED)
    assert gateway.legacy("version")["error"] == "valid api key must be provided"
    assert gateway.legacy("version", key="p")["result"] == 6
    assert gateway.legacy("requestPermission", origin="", allowed=True)["result"]["requireApikey"] is True
    assert gateway.legacy("createDeck", key="d", deck="by desk")["error"] is None
    refused = gateway.rpc("createDeck", {"deck": "by phone"}, X_API_Key="p")["error"]
    assert refused["message"] == (
        "the key phone is not allowed to use createDeck: it lacks the scope write, which can be granted in the settings"
    )
    assert refused["data"] == {"kind": "permission_denied", "origin": None, "scope": "write"}


EMPTY = f"sha256${'0' * 32}${sha256(b'0' * 32).hexdigest()}"


@pytest.mark.parametrize(
    "settings",
    [
        {"apiKey": "", "keys": NAMED},
        {"apiKey": "", "keys": NAMED, "webBindAddress": "0.0.0.0"},
        {"apiKey": None, "keys": NAMED},
        {"apiKey": "k"},
        {"apiKey": EMPTY},
        {"keys": {"phone": {"key": EMPTY, "scopes": ["read"]}}},
    ],
    ids=str,
)
def test_an_empty_key_is_no_key(open_gateway, settings):
    """It is not counted as a wrong one either."""
    gateway = open_gateway(**settings)
    message = {"jsonrpc": "2.0", "id": 1, "method": "deckNames"}
    for headers in ({}, {"X_API_Key": ""}, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}) * 2:
        assert gateway.post(message, **headers)["error"]["data"]["kind"] == "key_required"
        for key in (b"", b', "key": ""', b', "key": null'):
            refused = gateway.send(b'{"action": "deckNames", "version": 6%s}' % key, **headers)
            assert refused.json == {"result": None, "error": "valid api key must be provided"}
    assert {row.reason for row in gateway.gateway.recent.rows()} == {"it sent no API key"}


def test_an_empty_key_in_a_call_is_covered_by_no_other_key(open_gateway):
    """AnkiConnect refuses it as well."""
    gateway = open_gateway(keys=NAMED)
    refused = {"result": None, "error": "valid api key must be provided"}
    assert gateway.send(b'{"action": "version", "version": 6, "key": ""}', X_API_Key="p").json == refused
    inner = {"action": "version", "version": 6, "key": ""}
    assert gateway.legacy("multi", key="p", actions=[inner] * 30)["result"] == [refused] * 30
    assert guess(gateway, b"x").status_code == 200, "it is no wrong key"


def test_inner_calls_have_keys_of_their_own_or_the_outer_one_s_scopes(open_gateway):
    gateway = open_gateway(keys=NAMED)
    inner = [
        {"action": "createDeck", "params": {"deck": "one"}, "version": 6},
        {"action": "createDeck", "params": {"deck": "two"}, "version": 6, "key": "d"},
        {"action": "createDeck", "params": {"deck": "three"}, "version": 6, "key": "x"},
    ]
    replies = gateway.legacy("multi", key="p", actions=inner)["result"]
    assert ["the key phone" in str(reply["error"]) for reply in replies] == [True, False, False]
    assert [reply["error"] is None for reply in replies] == [False, True, False]
    assert replies[2]["error"] == "valid api key must be provided"


def test_a_key_without_the_scope_files_names_no_file(open_gateway, tmp_path):
    file = tmp_path / "file.txt"
    file.write_text("content")
    gateway = open_gateway(keys={**NAMED, "files": {"key": "f", "scopes": ["media", "files"]}})
    params = {"filename": "_f.txt", "path": str(file)}
    assert gateway.legacy("storeMediaFile", key="d", **params)["error"].startswith(
        "the key desk is not allowed to read"
    )
    assert gateway.legacy("storeMediaFile", key="f", **params)["result"] == "_f.txt"


# --- many wrong keys ---


def guess(gateway, key, **more):
    return gateway.send(b'{"action": "version", "version": 6, "key": "%s"}' % key, **more)


def test_whoever_sends_many_wrong_keys_is_refused_at_once_but_a_right_key_always_passes(open_gateway):
    gateway = open_gateway(apiKey="k")
    for _ in range(MAX_WRONG_KEYS):
        refused = guess(gateway, b"x")
        assert (refused.status_code, refused.json["error"]) == (200, "valid api key must be provided")
    late = guess(gateway, b"x")
    assert (late.status_code, late.json) == (429, {"result": None, "error": "valid api key must be provided"})
    assert 0 < int(late.headers["Retry-After"]) <= PERIOD_S
    message = b'{"jsonrpc":"2.0","id":1,"method":"version"}'
    late = gateway.send(message, content_type="application/json", X_API_Key="x")
    assert (late.status_code, late.json["error"]["data"]["kind"]) == (429, "key_required")
    late = gateway.send(method="GET", path="/recent.json", X_API_Key="x")
    assert late.status_code == 429
    assert late.json["error"].startswith("Too many wrong API keys were sent.")
    assert guess(gateway, b"k").json["result"] == 6
    assert gateway.send(message, content_type="application/json", Authorization="Bearer k").json["result"] == 6
    assert gateway.send(method="GET", path="/recent.json", X_API_Key="k").status_code == 200
    assert gateway.legacy("version")["error"] == "valid api key must be provided", "no key is no wrong key"


HERE = ["127.0.0.1", "127.0.0.2", "127.255.3.4", "::1", "::ffff:127.0.0.1", None]
ELSEWHERE = ["10.1.2.3", "192.168.1.5", "::ffff:10.1.2.3", "fe80::1", "2001:db8::1", "2001:db8::2"]


@pytest.mark.parametrize(("peers", "others"), [(HERE, ELSEWHERE), (ELSEWHERE, HERE)])
def test_wrong_keys_are_counted_for_this_computer_and_for_all_others(open_gateway, peers, others):
    """Whatever addresses and origins the guesser chooses, and wherever it puts its keys."""
    gateway = open_gateway(apiKey="k", webCorsOriginList=["*"])

    def guess(key, peer, number=0):
        body = {"action": "version", "version": 6, **({"key": key} if number % 3 == 0 else {})}
        headers = [{}, {"X-API-Key": key}, {"Authorization": f"Bearer {key}"}][number % 3]
        origin = {"Origin": f"https://{number}.example"} if number % 2 else {}
        over = {"REMOTE_ADDR": peer}
        return gateway.client.post("/", json=body, headers={**headers, **origin}, environ_overrides=over)

    for number in range(MAX_WRONG_KEYS):
        assert guess(f"x{number}", peers[number % len(peers)], number).status_code == 200
    for number, peer in enumerate(peers):
        assert guess(f"y{number}", peer, number).status_code == 429
        assert guess("k", peer, number).json["result"] == 6
        assert guess(None, peer).json["error"] == "valid api key must be provided"
    assert guess("x", others[0]).status_code == 200


def _multi(*keys):
    return {"actions": [{"action": "version", "version": 6, **({"key": key} if key else {})} for key in keys]}


GUESSES = [f"x{number}" for number in range(MAX_WRONG_KEYS)]


@pytest.mark.parametrize(
    ("keys", "served"),
    [
        ((*GUESSES[1:], "d"), 1),
        ((*GUESSES, "d"), 0),
        ((*GUESSES * 2, "d", "p"), 1),
        ((*GUESSES, None, "p", "p"), 3),
        (("x",) * 1000 + ("d",), 1),
        (("d", *GUESSES, "d"), 1),
        ((*(f"x{number}" for number in range(5000)), "d", "p"), 1),
    ],
    ids=["nineteen", "twenty", "twice", "the outer one", "one again and again", "first", "thousands"],
)
def test_one_request_may_hold_twenty_different_wrong_keys(open_gateway, keys, served):
    """Further keys are not looked at, but for the right one of the outer call."""
    gateway = open_gateway(keys=NAMED)
    outcomes = gateway.legacy("multi", key="p", **_multi(*keys))["result"]
    assert [outcome["error"] for outcome in outcomes].count(None) == served
    assert {outcome["error"] for outcome in outcomes} == {None, "valid api key must be provided"} - (
        set() if served else {None}
    )
    late = guess(gateway, b"x").status_code
    assert late == (200 if len(keys) == MAX_WRONG_KEYS else 429)
    assert guess(gateway, b"d").json["result"] == 6


def test_keys_that_are_deeper_inside_a_request_count_as_well(open_gateway):
    gateway = open_gateway(keys=NAMED)
    call = {"action": "multi", "version": 6}
    halves = [{**call, "params": _multi(*half, "d")} for half in (GUESSES[:10], GUESSES[10:])]
    (one, other) = gateway.legacy("multi", key="p", actions=halves)["result"]
    assert [half["result"][-1]["error"] for half in (one, other)] == [None, "valid api key must be provided"]
    told = gateway.rpc(
        "multi", {"actions": [{"action": "version", "key": key} for key in (*GUESSES, "d")]}, X_API_Key="p"
    )
    assert told["result"][-1]["error"]["message"] == (
        "The request contains too many wrong keys. Send this call in a request of its own."
    )


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the count of wrong keys sees, in a list."""
    clock = [100.0]
    monkeypatch.setattr("addon.http.key_throttle.time.monotonic", lambda: clock[0])
    return clock


def test_twenty_wrong_keys_are_looked_at_in_a_minute(clock):
    failures, caller = KeyThrottle(), Caller(is_remote=True)
    for _ in range(2):
        for _ in range(20):  # as docs/security.md says
            assert failures.retry_after(caller) == 0
            failures.add(caller)
        assert failures.retry_after(caller) == 60
        clock[0] += 30
        failures.add(caller)
        assert failures.retry_after(caller) == 30, "the minute begins with the first one"
        clock[0] += 29
        assert failures.retry_after(caller) == 1
        clock[0] += 1
        assert failures.retry_after(caller) == 0
    clock[0] += 1000
    assert failures.retry_after(caller) == 0


def test_asking_for_permission_needs_neither_key_nor_trust():
    authorise(Config.load({"apiKey": "k"}, {}), Caller(origin="https://evil.example", scopes=NOTHING), PERMISSION)


@pytest.mark.parametrize("action", [VERSION, None])
def test_a_stranger_may_call_nothing_else_even_with_the_key(action):
    caller = Caller(origin="https://evil.example", scopes=NOTHING, key="k")
    with pytest.raises(PermissionDenied, match=r"https://evil\.example"):
        authorise(Config.load({"apiKey": "k"}, {}), caller, action)


def test_only_asking_for_permission_and_for_the_description_are_keyless():
    assert {action.name for action in REGISTRY.values() if action.public} == {"requestPermission", "rpc.discover"}


# --- the rules, in their order: who is answered what ---

REMOTE = {"webBindAddress": "0.0.0.0", "apiKey": "k"}
CALL = b'{"action": "version", "version": 6}'
NO_HOSTS = [
    "localhost#x",
    "localhost?x",
    "localhost/x",
    "localhost\\x",
    "localhost x",
    "a@localhost",
    "a:b@localhost",
    "@localhost",
    "localhost:abc",
    "localhost:-1",
    "localhost:+80",
    "localhost:8765x",
    "localhost:99999",
    "localhost:65536",
    "localhost:80:80",
    "localhost:\uff18\uff10",
    "local%68ost",
    "http://localhost",
    "//localhost",
    "localhost,a",
    "[localhost]",
    "[127.0.0.1]",
    "[::1",
    "::1",
    "[::1]x",
    "[::1]8765",
    "x[::1]",
    "[::1%25lo]",
    "[:]",
    "[]",
    ":8765",
    ".localhost",
    "a..localhost",
    "localhost..",
    ".",
]
RULES = [
    # settings, Host, Origin, status
    ({}, "localhost:8765", None, 200),
    ({}, "LOCALHOST", None, 200),
    ({}, "anki.localhost:8765", None, 200),
    ({}, "127.0.0.1:8765", None, 200),
    ({}, "127.9.9.9", None, 200),
    ({}, "[::1]:8765", None, 200),
    ({}, "host.docker.internal:8765", None, 200),
    ({}, "192.168.1.5:8765", None, 403),
    ({}, "evil.example:8765", None, 403),
    ({}, "localhost.evil.example", None, 403),
    ({}, "127.0.0.1.evil.example", None, 403),
    ({}, "[::1", None, 403),
    ({}, "evil.example:8765", "http://evil.example:8765", 403),
    ({}, "evil.example:8765", "http://localhost", 403),
    ({"allowedHosts": ["anki.home"]}, "Anki.Home:8765", None, 200),
    ({"allowedHosts": ["anki.home"]}, "host.docker.internal", None, 403),
    (REMOTE, "192.168.1.5:8765", None, 200),
    (REMOTE, "[fe80::1]:8765", None, 200),
    (REMOTE, "evil.example", None, 403),
    ({"webBindAddress": "anki.home", "apiKey": "k"}, "anki.home", None, 200),
    ({}, "127.0.0.1:8765", "http://127.0.0.1:8765", 200),
    ({}, "localhost:8765", "http://localhost:8765", 200),
    ({}, "127.0.0.1:8765", "http://127.0.0.1:8766", 403),
    ({}, "127.0.0.1:8765", "https://127.0.0.1:8765", 403),
    ({"ignoreOriginList": ["http://127.0.0.1:8765"]}, "127.0.0.1:8765", "http://127.0.0.1:8765", 403),
    (REMOTE, "192.168.1.5:8765", "http://192.168.1.5:8765", 200),
    (REMOTE, "[fe80::1]:8765", "http://[fe80::1]:8765", 200),
    (REMOTE, "evil.example:8765", "http://evil.example:8765", 403),
    # a name of the gateway's is no origin with rights, unless the user wrote it
    ({}, "[::1]:8765", "http://[::1]:8765", 200),
    ({}, "127.9.9.9:8765", "http://127.9.9.9:8765", 200),
    ({}, "host.docker.internal:8765", "http://host.docker.internal:8765", 403),
    ({}, "host.docker.internal:8765", "http://localhost:8765", 403),
    (
        {"allowedHosts": ["host.docker.internal", "anki.home"]},
        "host.docker.internal",
        "http://host.docker.internal",
        403,
    ),
    ({"allowedHosts": ["Host.Docker.Internal"]}, "host.docker.internal", "http://host.docker.internal", 403),
    (
        {"webCorsOriginList": ["http://host.docker.internal"]},
        "host.docker.internal",
        "http://host.docker.internal",
        200,
    ),
    ({}, "anki.localhost:8765", "http://anki.localhost:8765", 403),
    ({}, "a.b.localhost", "http://a.b.localhost", 403),
    ({"allowedHosts": ["anki.localhost"]}, "anki.localhost:8765", "http://anki.localhost:8765", 200),
    ({"allowedHosts": ["anki.home"]}, "anki.home:8765", "http://anki.home:8765", 200),
    ({"webBindAddress": "anki.home", "apiKey": "k"}, "anki.home:8765", "http://anki.home:8765", 200),
    ({"webBindAddress": "0.0.0.0"}, "192.168.1.5:8765", "http://192.168.1.5:8765", 403),
    ({"webBindAddress": "0.0.0.0"}, "192.168.1.5:8765", None, 403),
    ({}, "localhost.:8765", "http://localhost.:8765", 403),
    # its own page has an origin that browsers send
    ({}, "LOCALHOST:8765", "http://localhost:8765", 403),
    ({}, "LOCALHOST:8765", "http://LOCALHOST:8765", 403),
    ({}, "localhost:", "http://localhost:", 403),
    ({}, "localhost:08765", "http://localhost:08765", 403),
    ({}, "localhost", "chrome-extension://abc", 200),
    ({"askExtensions": True}, "localhost", "chrome-extension://abc", 403),
    ({"ignoreOriginList": ["chrome-extension://abc"]}, "localhost", "chrome-extension://abc", 403),
    ({"webCorsOriginList": [PAGE]}, "localhost", PAGE, 200),
    ({"webCorsOriginList": [PAGE]}, "localhost", f"{PAGE}:443", 403),
    ({"webCorsOriginList": [PAGE]}, "localhost", "http://page.example", 403),
    ({"grants": {PAGE: ["read"]}}, "localhost", PAGE, 200),
    ({"grants": {PAGE: []}}, "localhost", PAGE, 403),
    ({}, "localhost", "null", 403),
    ({"webCorsOriginList": ["null"]}, "localhost", "null", 403),
    ({"webCorsOriginList": ["*"]}, "localhost", "null", 403),
    ({"grants": {"null": ["read"]}}, "localhost", "null", 403),
    ({}, "localhost", "http://localhost:3000", 403),
    ({"anyLocalhostPort": True}, "localhost", "http://localhost:3000", 200),
    ({"anyLocalhostPort": True}, "localhost", "http://127.0.0.1:3000", 200),
    ({"anyLocalhostPort": True}, "localhost", "https://localhost:3000", 403),
    ({"anyLocalhostPort": True}, "localhost", "http://localhost:3000.evil.example", 403),
    ({"anyLocalhostPort": True, "webCorsOriginList": []}, "localhost", "http://localhost:3000", 403),
]


@for_rows(("settings", "host", "origin", "status"), RULES)
def test_who_is_answered(gateway, settings, host, origin, status):
    gateway.host.config = Config.load(settings, {})
    key = {"X_API_Key": settings["apiKey"]} if "apiKey" in settings else {}
    response = gateway.send(CALL, Host=host, **key, **({} if origin is None else {"Origin": origin}))
    assert response.status_code == status
    assert "Origin" in response.headers["Vary"]
    if origin is None:
        assert gateway.send(b"", method="GET", path="/health", Host=host).status_code == status


@for_rows("path", ["/calls.json", "/recent.json", "/media/_ciao.txt", "/events"])
@for_rows(
    ("host", "status"),
    [
        ("localhost:8765", 200),
        ("127.0.0.1:8765", 200),
        ("[::1]:8765", 200),
        ("anki.localhost:8765", 403),
        ("host.docker.internal:8765", 403),
        ("LOCALHOST:8765", 403),
    ],
)
def test_what_a_page_at_the_gateway_s_own_address_loads_needs_its_rights_too(reading, path, host, status):
    """Browsers send no Origin with it, but say so."""
    own = {"Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty", "Sec_Fetch_Site": "same-origin"}
    for method in ("HEAD", "GET")[: 1 if path == "/events" else 2]:
        assert reading.send(method=method, path=path, Host=host, **own).status_code == status
        assert reading.send(method=method, path=path, Host=host).status_code == 200


@for_rows("host", NO_HOSTS)
def test_a_host_header_that_is_not_valid_names_nothing(reading, host):
    assert not knows_host(Config(allowed_hosts=("", "a")), host)
    for headers in ({}, {"Origin": f"http://{host}"}, {"Origin": "http://localhost"}):
        refused = reading.send(CALL, Host=host.encode().decode("latin-1"), **headers)
        assert (refused.status_code, list(refused.json)) == (403, ["error"])


@for_rows(
    ("host", "name"),
    [
        ("Anki.Home:8765", "anki.home"),
        ("[fd00::1]:8765", "fd00::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost:", "localhost"),
        ("localhost:65535", "localhost"),
        ("my_host-1.home", "my_host-1.home"),
        ("localhost.", "localhost."),
        ("", ""),
        ("loc\talhost", ""),
        ("localhost\n", ""),
        *((host, "") for host in NO_HOSTS),
    ],
)
def test_a_host_is_named_without_its_port(host, name):
    assert name_of(host) == name


def test_who_names_no_host_is_no_browser():
    assert knows_host(DEFAULT, None)
    assert not knows_host(DEFAULT, "")
    assert not knows_host(Config(allowed_hosts=("",)), "")
    assert not may(DEFAULT, "http://None")


def test_a_wrong_host_is_told_what_to_set(gateway):
    for host, name in (("[fd00::1]", "fd00::1"), ("anki.home:8765", "anki.home")):
        response = gateway.send(CALL, Host=host)
        assert response.json == {
            "error": f'Host "{name}" is not allowed. If the gateway is reached under this name, add it to the setting '
            "`allowedHosts`."
        }
    row = gateway.gateway.recent.rows()[0]
    assert gateway.send(CALL, Host="a@localhost").json == {"error": "The Host header is not valid: a@localhost"}
    assert row.reason == "it called the gateway anki.home:8765"


@for_rows(
    ("settings", "address"),
    [
        ({"webBindAddress": "0.0.0.0"}, "127.0.0.1"),
        ({"webBindAddress": "192.168.1.5"}, "127.0.0.1"),
        ({"webBindAddress": "::"}, "127.0.0.1"),
        ({"webBindAddress": "anki.home"}, "127.0.0.1"),
        ({"webBindAddress": "anki.localhost"}, "127.0.0.1"),
        ({"webBindAddress": "::ffff:192.168.1.5"}, "127.0.0.1"),
        ({"webBindAddress": "0.0.0.0", "apiKey": "k"}, "0.0.0.0"),
        ({"webBindAddress": "0.0.0.0", "apiKey": ""}, "127.0.0.1"),
        ({"webBindAddress": "0.0.0.0", "keys": NAMED}, "0.0.0.0"),
        ({"webBindAddress": "0.0.0.0", "allowRemoteWithoutKey": True}, "0.0.0.0"),
        ({"webBindAddress": "::1"}, "::1"),
        ({"webBindAddress": "localhost"}, "localhost"),
        ({"webBindAddress": "127.0.0.2"}, "127.0.0.2"),
    ],
)
def test_no_other_computer_is_let_in_without_a_key(settings, address):
    assert Config.load(settings, {}).address == address
