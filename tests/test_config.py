"""Settings: read once, wrong ones named."""

import pytest

from addon.config import Config, ConfigError


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
    [("webBindPort", "8765"), ("webBindPort", 70000), ("webCorsOriginList", "*"), ("webBindAddress", None)],
)
def test_a_wrong_setting_is_named_and_the_others_stay(name, value):
    with pytest.raises(ConfigError, match=f"setting {name}") as caught:
        Config.load({"apiKey": "k", name: value}, {})
    assert caught.value.usable == Config("k")


def test_a_wrong_key_locks_instead_of_opening():
    with pytest.raises(ConfigError, match="apiKey") as caught:
        Config.load({"apiKey": 1234}, {})
    assert len(caught.value.usable.api_key) == 64
