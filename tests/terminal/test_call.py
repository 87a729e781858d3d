"""`anki-rpc call`: each form of params, results as JSON and as a table, and what a mistake is told."""

import json
import socket

import pytest
import seed

from addon.terminal.call import as_json, as_table, params_of


@pytest.fixture
def call(run, served):
    def call(*arguments, **options):
        status, out, err = run("call", *arguments, "--url", served, **options)
        assert (status, err) == (0, "")
        return out

    return call


@pytest.fixture
def fails(run, served):
    def fails(*arguments, **options):
        status, out, err = run("call", "--url", served, *arguments, **options)
        assert (status, out) == (1, "")
        assert err.startswith("anki-rpc: ")
        return err.removeprefix("anki-rpc: ")

    return fails


def test_a_result_is_json(call):
    assert json.loads(call("deckNames"))[:2] == ["Default", "Italian"]


@pytest.mark.parametrize(
    "params",
    [
        ['{"notes": [%d]}' % seed.MELA],  # noqa: UP031  (braces)
        ["[[%d]]" % seed.MELA],  # noqa: UP031
        [f"notes:=[{seed.MELA}]"],
        [f"query=nid:{seed.MELA}"],
    ],
)
def test_params_are_one_json_value_or_one_word_each(call, params):
    (note,) = json.loads(call("notesInfo", *params))
    assert note["noteId"] == seed.MELA


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_params_come_from_a_file_or_standard_input(call, tmp_path, encoding):
    params = json.dumps({"deck": "Italian::Core"}, ensure_ascii=False).encode(encoding)
    (tmp_path / "params.json").write_bytes(params)
    from_file = call("createDeck", "--file", tmp_path / "params.json")
    assert call("createDeck", "--file", "-", input=params) == from_file
    assert "Italian::Core" in json.loads(call("deckNames"))


@pytest.mark.parametrize(
    ("words", "params"),
    [
        ([], {}),
        (["a=1"], {"a": "1"}),
        (["a:=1"], {"a": 1}),
        (["a=b:=c", "d="], {"a": "b:=c", "d": ""}),
        (['a:="="'], {"a": "="}),
        (["a:=null"], {"a": None}),
        (["{}"], {}),
        ([" [1, 2]"], [1, 2]),
    ],
)
def test_how_words_are_read(words, params):
    assert params_of(words) == params


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["deck"], "'deck' is no param. Write name=text, or name:=JSON"),
        (["=a"], "'=a' is no param."),
        ([":=1"], "':=1' is no param."),
        (["a:=b"], "The value of a is not valid JSON: "),
        (["{a: 1}"], "The params are not valid JSON: "),
        (["--file", "-"], "The params are not valid JSON: "),
        (["a=b", "--file", "-"], "Params come either from arguments or from --file, not from both."),
        (["--file", "none.json"], "The params file none.json cannot be read: "),
    ],
)
def test_a_mistake_in_the_params_is_named(fails, words, text):
    assert fails("deckNames", *words, input=b"{").startswith(text)


def test_params_in_a_file_must_be_an_object_or_a_list(fails):
    assert fails("deckNames", "--file", "-", input=b"3").startswith("The params must be a JSON object, such as")


def test_an_error_has_its_message_kind_and_data(fails):
    text = fails("notesInfo", "notes:=3")
    message, details = text.split("\n", 1)
    assert message == "Invalid params: notes: Must be a list, not a number: put it in brackets. (invalid_params)"
    assert "notes" in json.loads(details)["fields"]
    assert fails("deckName").startswith("Method not found: deckName. Did you mean deckNames? (method_not_found)\n")


def test_no_text_commands_the_terminal(fails):
    text = "\x1b[2J\x9b2J\x7f"
    assert json.loads(as_json([text])) == [text]
    for printed in (as_json([text]), as_table([text]), fails("findNotes", "query=nid:\x1b[2J\x9b2J\x7f")):
        assert not {"\x1b", "\x9b", "\x7f"} & {*printed}


def test_a_key_comes_from_a_file_or_the_environment(run, locked, tmp_path, monkeypatch):
    (tmp_path / "key").write_text("open sesame\n")
    status, _, err = run("call", "version", "--url", locked)
    assert status == 1
    assert "Pass it by --key-file, or in ANKI_RPC_KEY. (key_required)" in err
    assert run("call", "version", "--url", locked, "--key-file", tmp_path / "key") == (0, "6\n", "")
    monkeypatch.setenv("ANKI_RPC_URL", locked)
    monkeypatch.setenv("ANKI_RPC_KEY", "open sesame")
    assert run("call", "version") == (0, "6\n", "")


def test_an_address_without_a_gateway_is_told(run):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))  # not listening
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        status, out, err = run("call", "version", "--url", url)
    assert (status, out) == (1, "")
    assert err.startswith(f"anki-rpc: Anki cannot be reached at {url}: nothing listens there. Start Anki with AnkiRPC")
    assert run("call", "version", "--url", "ftp://x")[2].startswith("anki-rpc: ftp://x is not the address of a gateway")


def test_a_result_can_be_a_table(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    rows = call("notesModTime", f"notes:=[{seed.MELA}]", "--table").splitlines()
    assert rows[0].split() == ["noteId", "mod"]
    assert rows[2].split()[0] == str(seed.MELA)
    assert call("deckNames", "--table").splitlines()[:2] == ["Default", "Italian"]


@pytest.mark.parametrize(
    ("value", "table"),
    [
        ([], ""),
        ([{}], ""),
        ([[]], ""),
        (["a", 2], "a\n2"),
        ({"a": 1, "long name": [1]}, "a          1\nlong name  [1]"),
        (None, "null"),
        ([[1, "x"], [22]], "1   x\n22"),
        ([{"a": 1}, {"b": "x\ny"}], "a  b\n-  ---\n1\n   x y"),
        ([{"語": "日本", "b": 1}], "語    b\n----  -\n日本  1"),
    ],
)
def test_how_values_become_tables(value, table):
    assert as_table(value, width=80) == table


def test_an_unknown_note_has_an_empty_table(call):
    assert call("notesInfo", "notes:=[1]", "--table") == "\n"


def test_a_long_cell_is_cut_in_time_that_grows_with_it():
    (line,) = as_table(["x" * 300_000], width=60).splitlines()
    assert line == "x" * 59 + "…"


def test_a_wide_table_is_narrowed_to_the_terminal():
    rows = as_table([{"id": 1, "text": "x" * 200, "more": "日本" * 50}], width=60).splitlines()
    assert max(map(len, rows)) <= 60
    assert "…" in rows[2]
    assert rows[2].startswith("1   x")
