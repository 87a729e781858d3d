"""Settings: read once, wrong ones named, each explained."""

import json
import re
from pathlib import Path

import pytest

from addon.config import Config, ConfigError, problems
from addon.schemas.config import Settings

ADDON = Path(__file__).resolve().parents[1] / "addon"


def test_settings_have_the_names_that_ankiconnect_gave_them():
    settings = {"apiKey": "k", "webBindAddress": "0.0.0.0", "webBindPort": 1, "webCorsOriginList": ["http://a"]}
    assert Config.load(settings, {}) == Config("k", "0.0.0.0", 1, None, ("http://a",))


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
        ("grants", {"https://a": ["files"]}),
        ("askExtensions", "no"),
    ],
)
def test_a_wrong_setting_is_named_and_the_others_stay(name, value):
    with pytest.raises(ConfigError, match=f"setting {name}") as caught:
        Config.load({"apiKey": "k", name: value}, {})
    assert caught.value.usable == Config("k")


def test_a_wrong_key_locks_instead_of_opening():
    with pytest.raises(ConfigError, match="apiKey") as caught:
        Config.load({"apiKey": 1234}, {})
    assert len(caught.value.usable.api_key) == 64


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
