"""The Python client: current, typed, and right in every example of the document, against a live gateway."""

import asyncio
import contextlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import ankirpc
import httpx
import pytest
from ankirpc import AsyncClient, Client, errors
from examples import DOCUMENT, error_of, is_right

from addon.http.server import Server

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "python"
spec = importlib.util.spec_from_file_location("generate", CLIENT / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


def arguments(method, example):
    return {generate.snake(param["name"]): param["value"] for param in example["params"]}


def check(method, example, call):
    """Hold the outcome of a call, a function, against the example."""
    kind = error_of(method)
    if kind is None:
        assert is_right(method["name"], call(), example["result"]["value"])
    else:
        with pytest.raises(ankirpc.RpcError.kinds[kind]):
            call()


def test_every_example_by_the_client_that_waits(url, method, example):
    with Client(url) as client:
        check(method, example, lambda: getattr(client, generate.snake(method["name"]))(**arguments(method, example)))


def test_every_example_by_the_client_that_is_awaited(url, method, example):
    async def call():
        async with AsyncClient(url) as client:
            return await getattr(client, generate.snake(method["name"]))(**arguments(method, example))

    check(method, example, lambda: asyncio.run(call()))


def test_a_batch_is_one_request_and_each_reply_its_own(url):
    with Client(url) as client:
        with client.batch() as batch:
            deck = batch.create_deck("Latin")
            wrong = batch.deck_name_from_id(17)
            names = batch.deck_names()
            with pytest.raises(RuntimeError, match="not been sent"):
                deck.result()
        assert "Latin" in names.result()
        assert client.deck_name_from_id(deck.result()) == "Latin"
        with pytest.raises(errors.DeckNotFound):
            wrong.result()
        with contextlib.suppress(ZeroDivisionError), client.batch() as batch:
            batch.create_deck("never made")
            raise ZeroDivisionError
        assert "never made" not in client.deck_names()


def test_an_awaited_batch(url):
    async def main():
        async with AsyncClient(url) as client:
            async with client.batch() as batch:
                names = batch.deck_names()
            return names.result()

    assert asyncio.run(main()) == ["Default", "Italian", "Italian::A1"]


def test_errors_are_exceptions_by_kind(url):
    note = {"deckName": "Italien", "modelName": "Italian vocab", "fields": {"Word": "pera"}}
    with Client(url) as client:
        with pytest.raises(errors.DeckNotFound, match="deck was not found: Italien") as caught:
            client.add_note(note)
        assert (caught.value.code, caught.value.data["deck"]) == (103, "Italien")
        assert isinstance(caught.value, ankirpc.RpcError)
        (item,) = client.add_notes([note])
        assert isinstance(ankirpc.error_from(item["error"]), errors.DeckNotFound)
        with pytest.raises(errors.InvalidParams) as caught:
            client.find_notes(17)
        assert caught.value.data["fields"] == {"query": ["Not a valid string."]}


def test_every_kind_of_the_document_has_a_class():
    assert {kind for kind in ankirpc.RpcError.kinds if kind} == {
        error["data"]["kind"] for error in DOCUMENT["components"]["errors"].values()
    }


def test_a_key_is_sent(open_gateway):
    server = Server(open_gateway(apiKey="secret").gateway.app, port=0)
    server.start()
    with Client(server.url) as without, Client(server.url, key="secret") as client:
        with pytest.raises(errors.KeyRequired):
            without.deck_names()
        assert client.deck_names()
    server.stop()


def test_what_is_no_answer_has_exceptions_of_its_own(url):
    with Client("http://127.0.0.1:9") as client, pytest.raises(ankirpc.Unreachable, match="does not answer"):
        client.version()
    slow = httpx.MockTransport(lambda request: (_ for _ in ()).throw(httpx.ReadTimeout("slow")))
    with Client(url, transport=slow) as client, pytest.raises(ankirpc.TimedOut):
        client.version()
    with Client(url + "/health") as client:
        assert client.version() == 6
    refused = httpx.MockTransport(lambda request: httpx.Response(413, text="too large"))
    with Client(url, transport=refused) as client, pytest.raises(ankirpc.UnexpectedStatus, match="413") as caught:
        client.version()
    assert caught.value.status == 413


def test_it_is_strictly_typed(tmp_path):
    used = tmp_path / "used.py"
    snippets = re.findall(r"```python\n(.*?)```", (CLIENT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(snippets) == 3
    used.write_text(
        "from ankirpc import Client, types\n\n\ndef use(client: Client) -> None:\n"
        "    cards: list[int] = client.find_cards('deck:Italian')\n"
        "    for card in client.cards_info(cards):\n"
        "        reveal_type(card)\n"
        "    client.gui_browse(query=17)\n"
        "    client.add_note({'deckName': 'a', 'modelName': 'b'})\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), "--config-file", ""]
    done = subprocess.run(
        [*command, str(CLIENT / "ankirpc"), str(used)], cwd=CLIENT, capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert all(line.startswith(str(used)) for line in lines), done.stdout
    assert [re.search(r"\[([\w-]+)\]$", line)[1] for line in lines] == ["arg-type", "typeddict-item"], done.stdout
    assert "Revealed type" in done.stdout


def test_it_is_made_from_the_present_document(tmp_path):
    python = ROOT / ".venv-clients" / "bin" / "python"
    if not python.exists():
        pytest.fail("run `make setup`", pytrace=False)
    subprocess.run([python, CLIENT / "generate.py", tmp_path], check=True, timeout=120)
    for path in sorted(tmp_path.iterdir()):
        made, kept = path.read_text(encoding="utf-8"), (CLIENT / "ankirpc" / path.name).read_text(encoding="utf-8")
        assert made == kept, f"{path.name} is out of date: run `make clients`"
