"""Settings: read once, wrong ones named, each explained."""

import json
import re
from pathlib import Path

import pytest
from sizes import for_rows

from addon import keys
from addon.config import MOST_KNOWN_EXTENSIONS, Config, ConfigError, Key, Limits, problems, with_kept_keys
from addon.schemas.config import Settings

ADDON = Path(__file__).resolve().parents[1] / "addon"


def test_only_the_latest_known_extensions_are_kept():
    known = [f"chrome-extension://{number}" for number in range(MOST_KNOWN_EXTENSIONS + 5)]
    config = Config.load({"knownExtensions": known}, {})
    assert config.known_extensions == tuple(known[5:])
    assert config.with_known_extension("chrome-extension://new").known_extensions == (
        *known[6:],
        "chrome-extension://new",
    )
    assert config.with_known_extension(known[50]).known_extensions == (*known[5:50], *known[51:], known[50])


def test_settings_have_the_names_that_ankiconnect_gave_them():
    settings = {"apiKey": "k", "webBindAddress": "0.0.0.0", "webBindPort": 1, "webCorsOriginList": ["http://a"]}
    config = Config.load(settings, {})
    assert config == Config(config.api_key, "0.0.0.0", 1, None, ("http://a",))
    assert keys.matches(config.api_key, "k")


RETIRED = ("apiLogPath", "apiPollInterval", "apiVersion", "webBacklog", "webTimeout")


def test_settings_of_ankiconnect_s_that_have_no_effect_are_ignored():
    assert Config.load(dict.fromkeys(RETIRED, 5), {}) == Config()
    assert problems(dict.fromkeys(RETIRED, "anything")) == {}


@for_rows(
    ("name", "meant"),
    [
        ("apikey", "apiKey"),
        ("apiKeys", "apiKey"),
        ("api_key", "apiKey"),
        ("Keys", "keys"),
        ("ignoreOrigins", "ignoreOriginList"),
        ("askExtension", "askExtensions"),
        ("webcorsOriginList", "webCorsOriginList"),
        ("webBindPorts", "webBindPort"),
        ("webtimeout", None),
        ("something", None),
        ("", None),
    ],
)
def test_an_unknown_setting_is_an_error_that_names_the_one_that_was_meant(name, meant):
    told = "There is no such setting." + (f" Did you mean {meant}?" if meant else "")
    with pytest.raises(ConfigError) as caught:
        Config.load({name: "anything"}, {})
    assert str(caught.value) == f"setting {name}: {told}"
    assert problems({name: "anything"}) == {name: told}


def test_the_environment_wins():
    environment = {"ANKICONNECT_BIND_ADDRESS": "::1", "ANKICONNECT_CORS_ORIGIN": "http://b"}
    config = Config.load({"webBindAddress": "127.0.0.1"}, environment)
    assert (config.web_bind_address, config.web_cors_origin) == ("::1", "http://b")


def test_the_environment_is_checked_as_the_file_is():
    with pytest.raises(ConfigError) as caught:
        Config.load({"webBindAddress": "0.0.0.0"}, {"ANKICONNECT_BIND_ADDRESS": "http://127.0.0.1"})
    assert str(caught.value).startswith(
        "environment variable ANKICONNECT_BIND_ADDRESS, setting webBindAddress: An address such as 127.0.0.1"
    )
    assert caught.value.usable == Config()


NOBODY = {"ignore_origin_list": ("*",)}
LOCKED = {"api_key": keys.NO_KEYS_HASH}
READ = {"key": "sha256$" + "0" * 32 + "$" + "1" * 64, "scopes": ["read"]}
PHONE = {"phone": Key(READ["key"], ("read",))}


@for_rows(
    ("settings", "closed", "effect"),
    [
        ({"webBindPort": "8765"}, {}, "its default is used"),
        ({"webBindPort": 70000}, {}, "its default is used"),
        ({"webBindAddress": None}, {}, "its default is used"),
        ({"webBindAddress": "http://127.0.0.1"}, {}, "its default is used"),
        ({"webBindAddress": ""}, {}, "its default is used"),
        ({"webBindAddress": ["0.0.0.0"]}, {}, "its default is used"),
        ({"allowRemoteWithoutKey": "no"}, {}, "its default is used"),
        ({"anyLocalhostPort": 1}, {}, "its default is used"),
        ({"mcpAllowDestructive": "no"}, {}, "its default is used"),
        ({"allowedFolders": 5}, {}, "its default is used"),
        ({"allowedDownloadHosts": {"localhost": True}}, {}, "its default is used"),
        ({"webCorsOrigin": ["http://a"]}, {}, "its default is used"),
        ({"limits": {"connections": 0}}, {}, "its default is used"),
        ({"limits": {"conections": 100, "batch": 5}}, {"limits": Limits(batch=5)}, "its default is used"),
        ({"limits": 5}, {}, "its default is used"),
        ({"webBindPorts": 1}, {}, "it is ignored"),
        ({"something": 5}, {}, "it is ignored"),
        # who may come in
        ({"askExtensions": "no"}, {"ask_extensions": True}, "no browser extension is let in unasked"),
        ({"askExtensions": "yes"}, {"ask_extensions": True}, "no browser extension is let in unasked"),
        ({"askExtensions": None}, {"ask_extensions": True}, "no browser extension is let in unasked"),
        ({"askextensions": True}, {"ask_extensions": True}, "no browser extension is let in unasked"),
        ({"webCorsOriginList": 5}, {"web_cors_origin_list": ()}, "no origin is listed"),
        ({"webCorsOriginList": ["http://a", 5]}, {"web_cors_origin_list": ()}, "no origin is listed"),
        ({"webCorsOriginList": None}, {"web_cors_origin_list": ()}, "no origin is listed"),
        ({"allowedHosts": True}, {"allowed_hosts": ()}, "no other name is accepted"),
        ({"ignoreOriginList": 5}, NOBODY, "every web origin is denied"),
        ({"ignoreOriginList": None}, NOBODY, "every web origin is denied"),
        ({"ignoreOriginList": {"http://a": 1}}, NOBODY, "every web origin is denied"),
        (
            {"ignoreOriginList": ["http://a", 5]},
            {"ignore_origin_list": ("*", "http://a")},
            "every web origin is denied",
        ),
        ({"ignoreOriginList": ["\ud83d"]}, NOBODY, "every web origin is denied"),
        ({"ignoreOrigins": ["http://a"]}, NOBODY, "every web origin is denied"),
        ({"grants": ["http://a"]}, NOBODY, "every web origin is denied"),
        (
            {"grants": None, "ignoreOriginList": "http://b"},
            {"ignore_origin_list": ("*", "http://b")},
            "every web origin is denied",
        ),
        ({"grants": {"http://a": "read"}}, {"grants": {"http://a": ()}}, "these origins are granted nothing"),
        (
            {"grants": {"http://a": ["read", "red"], "http://b": ["read"]}},
            {"grants": {"http://b": ("read",), "http://a": ()}},
            "these origins are granted nothing",
        ),
        ({"grants": {"\ud83d": ["read"]}}, NOBODY, "every web origin is denied"),
        # what names an origin must be understood
        *(
            ({name: wrong}, NOBODY, "every web origin is denied")
            for text in ("", "*.a.example", "a.example, b.example", "https://a@a.example", "https://127.1", "http:a")
            for name, wrong in (
                ("ignoreOriginList", [text or " "]),
                ("ignoreOriginList", text or " "),
                ("grants", {text: []}),
                ("grants", {text: "read", "http://a": "read"}),
            )
        ),
        (
            {"ignoreOriginList": ["a.example", "*.b.example", "B.example/"]},
            {"ignore_origin_list": ("*", "a.example", "B.example/")},
            "every web origin is denied",
        ),
        ({"grants": {"a.example": ["read"]}}, NOBODY, "every web origin is denied"),
        ({"grants": {"*": ["read"]}}, NOBODY, "every web origin is denied"),
        ({"grants": {"http://a": ["control"], "http://A:80/": []}}, NOBODY, "every web origin is denied"),
        ({"\ud83d": 5}, {}, "it is ignored"),
        # keys
        ({"apiKey": 1234}, LOCKED, "only the other keys open the gateway"),
        ({"apiKey": False}, LOCKED, "only the other keys open the gateway"),
        ({"apiKey": ["k"]}, LOCKED, "only the other keys open the gateway"),
        ({"apikey": "k"}, LOCKED, "only the other keys open the gateway"),
        ({"apiKey": None, "api-key": "k"}, LOCKED, "only the other keys open the gateway"),
        ({"apiKey": 1234, "keys": {"phone": READ}}, {"keys": PHONE}, "only the other keys open the gateway"),
        ({"apiKey": READ["key"], "apikey": "k"}, {"api_key": READ["key"]}, "only the other keys open the gateway"),
        ({"apiKey": READ["key"], "keys": 5}, {"api_key": READ["key"]}, "only the other keys open the gateway"),
        ({"keys": "secret"}, LOCKED, "only the other keys open the gateway"),
        ({"keys": {"phone": "secret"}}, LOCKED, "these keys open nothing"),
        ({"keys": {"phone": {"key": "secret"}}}, LOCKED, "these keys open nothing"),
        ({"keys": {"phone": {"key": "", "scopes": ["read"]}}}, LOCKED, "these keys open nothing"),
        ({"keys": {"phone": {"key": "secret", "scopes": ["everything"]}}}, LOCKED, "these keys open nothing"),
        ({"keys": {"": READ}}, LOCKED, "these keys open nothing"),
        ({"keys": {"desk": {"key": ""}, "phone": READ}}, {"keys": PHONE}, "these keys open nothing"),
        ({"key": {"phone": READ}}, LOCKED, "only the other keys open the gateway"),
    ],
)
def test_a_wrong_setting_lets_nobody_in_whom_it_may_be_meant_to_keep_out(settings, closed, effect):
    """The others stay."""
    with pytest.raises(ConfigError) as caught:
        Config.load({"preventAppNap": False, **settings}, {})
    assert caught.value.usable == Config(prevent_app_nap=False, **closed)
    assert (str(caught.value) + caught.value.effects).encode()
    assert re.search(rf"^setting .+[.?] Until that is corrected, {effect}[.;]", caught.value.effects)


@for_rows(
    ("settings", "expected"),
    [
        ({"webCorsOriginList": "*"}, Config(web_cors_origin_list=("*",))),
        ({"webCorsOriginList": "http://a"}, Config(web_cors_origin_list=("http://a",))),
        ({"ignoreOriginList": "http://a"}, Config(ignore_origin_list=("http://a",))),
        ({"allowedHosts": "anki.home"}, Config(allowed_hosts=("anki.home",))),
        ({"allowedFolders": "/tmp"}, Config(allowed_folders=("/tmp",))),
        ({"allowedDownloadHosts": "localhost"}, Config(allowed_download_hosts=("localhost",))),
        ({"knownExtensions": "chrome-extension://a"}, Config(known_extensions=("chrome-extension://a",))),
    ],
)
def test_a_single_text_is_a_list_of_one(settings, expected):
    assert Config.load(settings, {}) == expected


@for_rows(
    ("settings", "expected"),
    [
        ({"apiKey": ""}, Config()),
        ({"apiKey": "", "keys": {"phone": READ}}, Config(keys=PHONE)),
        ({"webCorsOrigin": ""}, Config()),
        ({"webCorsOriginList": ""}, Config(web_cors_origin_list=())),
        ({"webCorsOriginList": ["", "http://a"]}, Config(web_cors_origin_list=("http://a",))),
        ({"ignoreOriginList": [""]}, Config()),
        ({"allowedHosts": [""]}, Config(allowed_hosts=())),
        ({"allowedFolders": [""]}, Config()),
        ({"allowedDownloadHosts": ["", ""]}, Config()),
    ],
)
def test_an_empty_text_stands_for_nothing(settings, expected):
    config = Config.load(settings, {"ANKICONNECT_BIND_ADDRESS": "", "ANKICONNECT_CORS_ORIGIN": ""})
    assert config == expected
    assert config.is_locked is bool(expected.keys)


def test_what_is_wrong_in_a_setting_is_told_by_its_place():
    settings = {"limits": {"batch": 0}, "keys": {"phone": {"key": "k", "scopes": ["red"]}}}
    with pytest.raises(ConfigError) as caught:
        Config.load(settings, {})
    assert str(caught.value).startswith("setting keys.phone.scopes.0: Must be one of: read, change, ")
    assert str(caught.value).endswith("; setting limits.batch: A number from 1 to 1000000.")


def test_of_keys_only_hashes_are_kept():
    settings = {"apiKey": "sesame", "keys": {"phone": {"key": "open", "scopes": ["read", "media"]}}}
    config = Config.load(settings, {})
    assert "sesame" not in repr(config)
    assert "'open'" not in repr(config)
    assert config.keys["phone"].scopes == ("read", "media")
    assert keys.matches(config.keys["phone"].hash, "open")
    again = with_kept_keys(settings)
    assert with_kept_keys(again) == again
    assert Config.load(again, {}) == Config.load(again, {})
    assert settings["apiKey"] == "sesame"


def test_the_same_key_is_kept_in_another_way_each_time_and_a_hash_is_no_key():
    first, second = keys.hash_key("k"), keys.hash_key("k")
    assert first != second
    assert keys.matches(first, "k")
    assert keys.matches(second, "k")
    assert not keys.matches(first, first)
    assert len({keys.generate() for _ in range(100)}) == 100


def test_limits_have_defaults_and_single_ones_are_changed():
    assert Config.load({"limits": {"connections": 50}}, {}).limits == Limits(connections=50)


def test_the_help_explains_every_setting_and_names_its_real_default():
    help_text = (ADDON / "config.md").read_text("utf-8")
    rows = re.findall(r"^\*\*`(\w+)`\*\* \(default: `(.+?)`\)<br>\n(.+)$", help_text, re.MULTILINE)
    settings = {field.data_key: name for name, field in Settings.instance().fields.items()}
    assert sorted(name for name, _, _ in rows) == sorted(settings)
    for name, default, meaning in rows:
        assert Config.load({name: json.loads(default)}, {}) == Config(), name
        assert meaning.endswith("."), name


def test_the_shipped_settings_are_the_defaults():
    assert Config.load(json.loads((ADDON / "config.json").read_text("utf-8")), {}) == Config()


def test_problems_are_told_in_words_for_each_setting():
    assert problems({"webBindPort": 8765, "grants": {"https://a": ["read"]}, "webTimeout": 1}) == {}
    wrong = problems({"webBindPort": 70000, "webBindAddress": "http://x", "apiKey": 5})
    assert wrong["webBindPort"] == "A number from 0 to 65535."
    assert wrong["webBindAddress"].startswith("An address such as 127.0.0.1")
    assert wrong["apiKey"] == "Must be a string, not a number: write it in quotes."
    assert problems({"keys": "sesame"}) == {"keys": "Must be an object, not a string."}
    assert problems({"keys": {"phone": {"key": "k"}}}) == {"keys": "phone.scopes: Required, but missing."}
