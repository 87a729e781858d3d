"""Settings: read once, wrong ones named, each explained."""

import json
import re
from pathlib import Path

import pytest

from addon import keys
from addon.config import Config, ConfigError, Limits, problems, with_kept_keys
from addon.schemas.config import Settings

ADDON = Path(__file__).resolve().parents[1] / "addon"


def test_settings_have_the_names_that_ankiconnect_gave_them():
    settings = {"apiKey": "k", "webBindAddress": "0.0.0.0", "webBindPort": 1, "webCorsOriginList": ["http://a"]}
    config = Config.load(settings, {})
    assert config == Config(config.api_key, "0.0.0.0", 1, None, ("http://a",))
    assert keys.matches(config.api_key, "k")


def test_unknown_and_retired_settings_are_ignored():
    assert Config.load({"apiPollInterval": 25, "webBacklog": 5, "something": {}}, {}) == Config()


def test_the_environment_wins():
    environment = {"ANKICONNECT_BIND_ADDRESS": "::1", "ANKICONNECT_CORS_ORIGIN": "http://b"}
    config = Config.load({"webBindAddress": "127.0.0.1"}, environment)
    assert (config.web_bind_address, config.web_cors_origin) == ("::1", "http://b")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("webBindPort", "8765"),
        ("webBindPort", 70000),
        ("webCorsOriginList", "*"),
        ("webBindAddress", None),
        ("webBindAddress", "http://127.0.0.1"),
        ("webBindAddress", ""),
        ("grants", {"https://a": "read"}),
        ("grants", {"https://a": ["everything"]}),
        ("limits", {"connections": 0}),
        ("limits", {"conections": 100}),
        ("limits", 5),
        ("askExtensions", "no"),
    ],
)
def test_a_wrong_setting_is_named_and_the_others_stay(name, value):
    with pytest.raises(ConfigError, match=f"setting {name}") as caught:
        Config.load({"askExtensions": True, name: value} | {name: value}, {})
    assert caught.value.usable == Config(ask_extensions=name != "askExtensions")


def test_what_is_wrong_in_a_setting_is_told_by_its_place():
    settings = {"limits": {"batch": 0}, "keys": {"phone": {"key": "k", "scopes": ["red"]}}}
    with pytest.raises(ConfigError) as caught:
        Config.load(settings, {})
    assert str(caught.value).startswith("setting keys.phone.scopes.0: Must be one of: read, change, ")
    assert str(caught.value).endswith("; setting limits.batch: A number from 1 to 1000000.")


@pytest.mark.parametrize(
    "wrong",
    [
        {"apiKey": 1234},
        {"keys": {"phone": "secret"}},
        {"keys": {"phone": {"key": "secret"}}},
        {"keys": {"phone": {"key": "", "scopes": ["read"]}}},
        {"keys": {"phone": {"key": "secret", "scopes": ["everything"]}}},
    ],
)
def test_a_wrong_key_locks_instead_of_opening(wrong):
    (name,) = wrong
    with pytest.raises(ConfigError, match=f"setting {name}") as caught:
        Config.load(wrong, {})
    assert keys.HASH.fullmatch(caught.value.usable.api_key)
    assert caught.value.usable.keys == {}


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
    first, second = keys.kept("k"), keys.kept("k")
    assert first != second
    assert keys.matches(first, "k")
    assert keys.matches(second, "k")
    assert not keys.matches(first, first)
    assert len({keys.make() for _ in range(100)}) == 100


def test_limits_have_defaults_and_single_ones_are_changed():
    assert Config.load({"limits": {"connections": 50}}, {}).limits == Limits(connections=50)


def test_the_help_explains_every_setting_and_names_its_real_default():
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \| (.+) \|$", (ADDON / "config.md").read_text("utf-8"), re.MULTILINE)
    settings = {field.data_key: name for name, field in Settings.variant(tolerant=False).fields.items()}
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
    assert wrong["apiKey"] == "Not a valid string."
    assert problems({"keys": {"phone": {"key": "k"}}}) == {"keys": "phone.scopes: Missing data for required field."}
