"""Settings in environment variables: each setting has one, and a wrong value is an error that names it."""

import json

import pytest

from addon.cli import _config
from addon.config import Config, ConfigError, known_settings
from addon.headless.environment import reject_misspelt, settings_of, variable_of
from addon.terminal.arguments import parser
from addon.terminal.completion import variables_of

VARIABLES = variables_of(parser())


@pytest.mark.parametrize(
    ("variable", "text", "setting", "value"),
    [
        ("WEB_BIND_PORT", "8766", "webBindPort", 8766),
        ("WEB_BIND_ADDRESS", "0.0.0.0", "webBindAddress", "0.0.0.0"),
        ("API_KEY", "secret", "apiKey", "secret"),
        ("ASK_EXTENSIONS", "1", "askExtensions", True),
        ("PREVENT_APP_NAP", "false", "preventAppNap", False),
        ("IGNORE_ORIGIN_LIST", "https://a.example  b.example", "ignoreOriginList", ["https://a.example", "b.example"]),
        ("ALLOWED_FOLDERS", '["/a b", "/c"]', "allowedFolders", ["/a b", "/c"]),
        ("LIMITS", '{"waiting": 5}', "limits", {"waiting": 5}),
        (
            "KEYS",
            '{"phone": {"key": "k", "scopes": ["read"]}}',
            "keys",
            {"phone": {"key": "k", "scopes": ["read"]}},
        ),
    ],
)
def test_a_variable_sets_a_setting(variable, text, setting, value):
    assert settings_of({f"ANKI_RPC_{variable}": text, "OTHER": "1"}) == {setting: value}


def test_each_setting_has_a_variable_of_its_own_that_its_default_can_be_written_in():
    variables = {variable_of(name): info.attribute for name, info in known_settings().items()}
    assert len(variables) == len(known_settings())
    for variable, attribute in variables.items():
        default = getattr(Config(), attribute)
        if isinstance(default, bool | int | tuple):
            Config.load(settings_of({variable: json.dumps(default)}), {})


@pytest.mark.parametrize(
    ("text", "is_on"),
    [
        ("1", True),
        ("true", True),
        ("Yes", True),
        ("ON", True),
        ("0", False),
        ("False", False),
        ("no", False),
        ("off", False),
    ],
)
def test_a_switch_has_the_same_spellings_for_each_setting(monkeypatch, text, is_on):
    switches = {
        name: i.attribute for name, i in known_settings().items() if isinstance(getattr(Config(), i.attribute), bool)
    }
    assert {"mcpReadOnly", "allowRemoteWithoutKey"} <= switches.keys()
    for name in switches:
        monkeypatch.setenv(variable_of(name), text)
    config = _config(parser().parse_args(["serve"]))
    assert {getattr(config, attribute) for attribute in switches.values()} == {is_on}


def test_the_number_of_seconds_is_read_from_the_environment(monkeypatch):
    monkeypatch.setenv("ANKI_RPC_SYNC_AFTER_WRITES", "30")
    assert _config(parser().parse_args(["serve"])).sync_after_writes == 30
    assert _config(parser().parse_args(["serve", "--sync-after-writes", "5"])).sync_after_writes == 5


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://127.0.0.1:8765"),
        ({"ANKI_RPC_PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"ANKI_RPC_PORT": "9000", "ANKI_RPC_URL": "http://there:1"}, "http://there:1"),
    ],
)
def test_the_commands_ask_the_port_that_the_server_of_this_environment_has(monkeypatch, environment, url):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert [parser().parse_args(line.split()).url for line in ("doctor", "call version", "mcp")] == [url] * 3


def test_an_empty_variable_counts_as_absent():
    assert settings_of({"ANKI_RPC_WEB_BIND_PORT": "", "ANKI_RPC_LIMITS": " "}) == {}


@pytest.mark.parametrize(
    ("variable", "text", "message"),
    [
        ("WEB_BIND_PORT", "http", "setting webBindPort: It must be JSON: "),
        ("WEB_BIND_PORT", "70000", "setting webBindPort: A number from 0 to 65535."),
        ("ASK_EXTENSIONS", "perhaps", "setting askExtensions: 'perhaps' is no switch. Write 1 or 0."),
        ("KEYS", '{"phone": {}}', "setting keys: "),
        ("IGNORE_ORIGIN_LIST", "[", "setting ignoreOriginList: It must be JSON: "),
    ],
)
def test_a_wrong_value_is_an_error_that_names_variable_and_setting(variable, text, message):
    with pytest.raises(ConfigError) as raised:
        settings_of({f"ANKI_RPC_{variable}": text})
    assert str(raised.value).startswith(f"environment variable ANKI_RPC_{variable}, {message}")


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("APIKEY", "API_KEY"), ("MCP_READONLY", "MCP_READ_ONLY"), ("KEYFILE", "KEY_FILE"), ("SYNC_PASS", "SYNC_PASSWORD")],
)
def test_a_misspelt_variable_is_an_error(misspelt, meant):
    with pytest.raises(ConfigError) as raised:
        reject_misspelt({f"ANKI_RPC_{misspelt}": "1"}, VARIABLES)
    assert str(raised.value).endswith(f"ANKI_RPC_{misspelt}: nothing reads it. Did you mean ANKI_RPC_{meant}?")


def test_variables_of_the_commands_and_of_other_programs_are_no_mistakes():
    known = {*map(variable_of, known_settings()), *VARIABLES}
    assert {"ANKI_RPC_KEY", "ANKI_RPC_URL", "ANKI_RPC_SYNC_USER", "ANKI_RPC_ALLOW_HOST"} <= known
    reject_misspelt(dict.fromkeys([*known, "ANKI_RPC_DESKTOP_PYTHON", "PATH"], "1"), VARIABLES)


def test_a_server_with_a_misspelt_variable_does_not_start(fails, monkeypatch, tmp_path):
    monkeypatch.setenv("ANKI_RPC_IGNORE_ORIGINS", "*")
    text = fails("--collection", tmp_path / "c.anki2")
    assert text.startswith("anki-rpc: environment variable ANKI_RPC_IGNORE_ORIGINS: nothing reads it.")
    assert not (tmp_path / "c.anki2").exists()


@pytest.mark.parametrize("name", ["ANKI_RPC_VERBOSE", "ANKI_RPC_UPGRADE_SCHEDULER"])
def test_a_switch_that_is_no_setting_is_read_as_any_other(fails, name, monkeypatch, tmp_path):
    monkeypatch.setenv(name, "maybe")
    text = fails("--collection", tmp_path / "c.anki2")
    assert text == f"anki-rpc: environment variable {name}: 'maybe' is no switch. Write 1 or 0.\n"
    assert not (tmp_path / "c.anki2").exists()
