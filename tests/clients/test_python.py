"""The Python client: current, typed, and right in every example of the document, against a live gateway."""

import ast
import asyncio
import contextlib
import importlib.util
import inspect
import pickle
import re
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import anki_rpc_client
import pytest
from anki_rpc_client import AsyncClient, Client, errors
from examples import DOCUMENT, EXAMPLES, error_of, is_right
from kept_gateways import KeptGateway
from sizes import IS_FULL, for_rows, turns

from addon.http.server.server import Server

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "clients" / "python"
MYPY_CACHE = ROOT / ".mypy_cache" / "clients"
spec = importlib.util.spec_from_file_location("generate", CLIENT / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


FIRST_EXAMPLES = [*{method["name"]: (method, example) for method, example in reversed(EXAMPLES)}.values()][::-1]
"""Of each method the first one: `make torture` tries all of them, and each both ways."""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def shared_url(front, reading):
    """The address of one gateway for all that changes nothing."""
    front.gateway = reading
    return front.url


def arguments(method, example):
    return {generate.snake(param["name"]): param["value"] for param in example["params"]}


def check(method, example, call):
    """Hold the outcome of a call, a function, against the example."""
    kind = error_of(method)
    if kind is None:
        assert is_right(method["name"], call(), example["result"]["value"])
    else:
        with pytest.raises(anki_rpc_client.RpcError.kinds[kind]):
            call()


@pytest.fixture
def clients(front):
    """By kind of client a function that calls a method; all calls of a kind share a client."""
    with Client(front.url) as client, asyncio.Runner() as runner:
        other = AsyncClient(front.url)

        async def awaited(name, params):
            return await getattr(other, name)(**params)

        yield {
            "waits": lambda name, params: getattr(client, name)(**params),
            "is awaited": lambda name, params: runner.run(awaited(name, params)),
        }
        runner.run(other.close())


@pytest.fixture
def kept(example_collection, tmp_path_factory):
    gateway = KeptGateway(example_collection, tmp_path_factory.mktemp("kept"))
    yield gateway
    gateway.close()


@pytest.fixture
def prepared(front, reading, kept, tmp_path, monkeypatch):
    """Sees to a gateway in an empty folder on which an example of a method finds what it expects."""
    monkeypatch.chdir(tmp_path)

    def prepare(method):
        for path in tmp_path.iterdir():
            path.unlink()
        changes = method["x-writes"] and not method["x-needs-window"]
        front.gateway = kept.unchanged() if changes else reading

    return prepare


@for_rows(
    ("method", "example", "kind"),
    [
        (method, example, kind)
        for (method, example), kind in turns(
            EXAMPLES if IS_FULL else FIRST_EXAMPLES, lambda row: ["waits", "is awaited"]
        )
    ],
)
def test_every_example_by_a_client(prepared, clients, method, example, kind):
    prepared(method)
    call = clients[kind]
    check(method, example, lambda: call(generate.snake(method["name"]), arguments(method, example)))


def test_a_batch_is_one_request_and_each_reply_its_own(url):
    with Client(url) as client:
        with client.batch() as batch:
            deck = batch.create_deck("Latin")
            wrong = batch.deck_name_from_id(17)
            names = batch.deck_names()
            with pytest.raises(RuntimeError, match="not been sent"):
                deck.result()
        assert "Latin" in names.result()
        assert deck.result()["name"] == "Latin"
        with pytest.raises(errors.DeckNotFound):
            wrong.result()


def test_a_batch_whose_block_fails_is_not_sent(url):
    with Client(url) as client:
        with contextlib.suppress(ZeroDivisionError), client.batch() as batch:
            batch.create_deck("never made")
            raise ZeroDivisionError
        assert "never made" not in client.deck_names()
        with client.batch():
            pass  # and an empty one is none


def test_a_batch_that_is_refused_as_a_whole_raises(shared_url):
    foreign = {"Origin": "https://example.com"}
    refused = pytest.raises(errors.PermissionDenied, match="not allowed")
    with Client(shared_url, headers=foreign) as client, refused, client.batch() as batch:
        batch.deck_names()


def test_null_is_sent_where_it_means_something(url):
    with Client(url) as client:
        assert client.find_and_replace_in_models(None, "<hr id=answer>", "<hr>") > 1


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
        assert isinstance(caught.value, anki_rpc_client.RpcError)
        (item,) = client.add_notes([note])
        assert isinstance(anki_rpc_client.error_from(item["error"]), errors.DeckNotFound)
        with pytest.raises(errors.InvalidParams) as caught:
            client.find_notes(17)
        assert caught.value.data["fields"] == {"query": ["Must be a string, not a number: write it in quotes."]}


def test_media_goes_to_a_path_and_comes_from_one(url, tmp_path):
    content = bytes(range(256)) * 4000
    (tmp_path / "mela.mp3").write_bytes(content)
    missing = pytest.raises(anki_rpc_client.MediaError, match="no media file of that name")
    with Client(url) as client:
        assert client.upload_media("mela.mp3") == "mela.mp3"
        name = client.upload_media(tmp_path / "mela.mp3", "caffè #1? 100%.mp3")
        assert name == "caffè #1 100%.mp3"
        client.download_media(name, "copy.mp3")
        assert (tmp_path / "copy.mp3").read_bytes() == content
        with missing as caught:
            client.download_media("none", "copy.mp3")
        assert caught.value.status == 404
        assert (tmp_path / "copy.mp3").read_bytes() == content
        with pytest.raises(anki_rpc_client.MediaError) as caught:
            client.upload_media("mela.mp3", "../mela.mp3")
        assert caught.value.status == 400

    async def main():
        async with AsyncClient(url) as client:
            assert await client.upload_media("mela.mp3", "due.mp3") == "due.mp3"
            await client.download_media("due.mp3", "due")
            with missing:
                await client.download_media("none", "due")

    asyncio.run(main())
    assert (tmp_path / "due").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["copy.mp3", "due", "mela.mp3"]


def test_a_method_that_is_not_generated_is_called_by_its_name(shared_url):
    with Client(shared_url) as client:
        assert client.call("findNotes", {"query": "tag:fruit"}) == client.find_notes("tag:fruit")
        assert client.call("version") == 6
        with client.batch() as batch:
            reply = batch.call("version")
        assert reply.result() == 6
        error = anki_rpc_client.error_from({"code": 1, "message": "x", "data": {"kind": "furigana_tooLong"}})
        assert (type(error), error.kind) == (anki_rpc_client.RpcError, "furigana_tooLong")

    async def awaited():
        async with AsyncClient(shared_url) as anki:
            return await anki.call("version")

    assert asyncio.run(awaited()) == 6


def test_every_kind_of_the_document_has_a_class():
    assert {kind for kind in anki_rpc_client.RpcError.kinds if kind} == {
        error["data"]["kind"] for error in DOCUMENT["components"]["errors"].values()
    }


@pytest.mark.parametrize("key", ["secret", "\u043a\u043b\u044e\u0447"], ids=ascii)
def test_a_key_is_sent(open_gateway, key):
    server = Server(open_gateway(apiKey=key).gateway.app, port=0)
    server.start()
    with Client(server.url) as without, Client(server.url, key=key) as client:
        with pytest.raises(errors.KeyRequired):
            without.deck_names()
        assert client.deck_names()
    server.stop()


def test_nobody_is_there():
    with socket.create_server(("127.0.0.1", 0)) as once:
        url = f"http://127.0.0.1:{once.getsockname()[1]}"
    with (
        Client(url) as client,
        pytest.raises(anki_rpc_client.Unreachable, match=rf"{url} does not answer: [A-Z][^]]*[a-z]\. "),
    ):
        client.version()


@pytest.mark.parametrize("kind", [Client, AsyncClient])
@pytest.mark.parametrize("address", ["127.0.0.1:8765", "//127.0.0.1:8765"])
def test_an_address_without_a_scheme_is_none(monkeypatch, kind, address):
    with pytest.raises(ValueError, match=r'has no scheme: write "http://127\.0\.0\.1:8765"'):
        kind(address)
    monkeypatch.setenv("ANKI_RPC_URL", address)
    with pytest.raises(ValueError, match="has no scheme"):
        kind()


def test_no_answer_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with Client(url, timeout=0.1) as client, pytest.raises(anki_rpc_client.TimedOut, match="within the timeout"):
            client.version()


@pytest.mark.parametrize(
    ("status", "body"),
    [(200, b"AnkiConnect"), (200, b'{"result": null, "error": "unsupported action"}'), (404, b"[17]"), (502, b"")],
    ids=["a banner", "AnkiConnect", "a list", "nothing"],
)
def test_something_else_answers_there(status, body):
    def answer(environ, start_response):
        start_response(f"{status} so", [("Content-Type", "application/json")])
        return [body]

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as other, ThreadPoolExecutor() as pool:
        done = pool.submit(other.handle_request)
        client = Client(f"http://127.0.0.1:{other.server_port}")
        with client, pytest.raises(anki_rpc_client.UnexpectedAnswer, match=f"HTTP {status}") as caught:
            client.version()
        done.result(10)
    assert (caught.value.status, caught.value.text) == (status, body.decode())


def test_media_of_something_else_is_none(tmp_path):
    def answer(environ, start_response):
        start_response("200 OK", [("Content-Type", "text/json")])
        return [b'{"apiVersion": "AnkiConnect v.6"}']

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as other, ThreadPoolExecutor() as pool:
        done = pool.submit(other.handle_request)
        client = Client(f"http://127.0.0.1:{other.server_port}")
        with client, pytest.raises(anki_rpc_client.UnexpectedAnswer):
            client.download_media("a.mp3", tmp_path / "a.mp3")
        done.result(10)
    assert not (tmp_path / "a.mp3").exists()


def test_the_door_refuses(shared_url):
    refused = pytest.raises(errors.PermissionDenied, match=r"example\.com is not allowed")
    with Client(shared_url, headers={"Origin": "https://example.com"}) as client, refused:
        client.version()
    refused = pytest.raises(errors.PermissionDenied, match=r"example\.com\" is not allowed.*allowedHosts")
    with Client(shared_url, headers={"Host": "example.com"}) as client, refused:
        client.version()


def test_exceptions_travel_between_processes():
    one = anki_rpc_client.error_from(
        {"code": 103, "message": "deck was not found: a", "data": {"kind": "deck_not_found"}}
    )
    other = pickle.loads(pickle.dumps(one))
    assert (type(other), str(other), vars(other)) == (errors.DeckNotFound, "deck was not found: a", vars(one))
    assert pickle.loads(pickle.dumps(anki_rpc_client.UnexpectedAnswer(413, "too large"))).status == 413


@pytest.fixture
def snippets(tmp_path):
    """What the README shows, as modules."""
    text = (CLIENT / "README.md").read_text(encoding="utf-8")
    paths = [tmp_path / f"readme_{number}.py" for number in range(6)]
    for path, code in zip(paths, re.findall(r"```python\n(.*?)```", text, re.DOTALL), strict=True):
        path.write_text(code, encoding="utf-8")
    return paths


USED = """
from anki_rpc_client import AsyncClient, Client, types


def use(client: Client) -> None:
    cards: list[int] = client.find_cards("deck:Italian")
    for card in client.cards_info(cards):
        if "fields" in card:
            interval: str = card["interval"]  # wrong: assignment
    client.gui_browse(query=17)  # wrong: arg-type
    client.add_note({"deckName": "a", "modelName": "b"})  # wrong: typeddict-item


def results_that_depend_on_a_param(client: Client, dry: bool) -> None:
    print(client.notes_info([1])[0]["fields"]["Front"]["value"])
    print(client.notes_info(query="", fields=["tags"])[0]["tags"])
    for part in client.cards_info([1], fields=["interval"]):
        weeks: str = part["interval"]  # wrong: assignment
    for either in client.notes_info([1], None, None, None, ["tags"]):
        print(either["tags"])
    deleted: list[int] = client.delete_notes([1])
    losses: types.Losses = client.delete_notes([1], dry_run=True)
    outcome: list[int] | types.Losses = client.delete_notes([1], dry)
    deleted = client.delete_notes([1], dry_run=True)  # wrong: assignment
    for note in client.iter_notes("deck:Italian"):
        print(note["fields"])
    for chosen in client.iter_cards("", fields=("reps",)):
        print(chosen["reps"] + 1)
    with client.batch() as batch:
        rows = batch.notes_info([1])
        lost = batch.delete_notes([1], dry_run=True)
    print(rows.result()[0]["tags"], lost.result()["notes"])


async def awaited(client: AsyncClient) -> None:
    print((await client.notes_info([1]))[0]["fields"])
    losses: types.Losses = await client.delete_notes([1], dry_run=True)
    async for review in client.iter_reviews():
        ease: str = review["ease"]  # wrong: assignment
"""


@pytest.mark.process
def test_it_is_strictly_typed(tmp_path, snippets):
    used = tmp_path / "used.py"
    # for a text that it has checked before, mypy repeats the errors with the path it had then
    used.write_text(f"{USED}# {used}\n", encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", MYPY_CACHE, "--config-file", ""]
    done = subprocess.run(
        [*command, CLIENT / "anki_rpc_client", used, *snippets, *(ROOT / "examples").glob("*.py")],
        cwd=CLIENT,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert all(line.startswith(str(used)) for line in lines), done.stdout
    found = [(int(line.split(":")[1]), re.search(r"\[([\w-]+)\]$", line)[1]) for line in lines]
    source = enumerate(used.read_text(encoding="utf-8").splitlines(), 1)
    assert found == [(at, line.split("# wrong: ")[1]) for at, line in source if "# wrong: " in line], done.stdout


def test_its_docstrings_have_sections():
    for method in DOCUMENT["methods"]:
        text = inspect.getdoc(getattr(Client, generate.snake(method["name"])))
        sections = re.findall(r"^(Args|Returns|Raises):$", text, re.MULTILINE)
        assert sections == (["Args"] if method["params"] else []) + ["Returns", "Raises"], text
    for kind in (Client, AsyncClient):
        for name, member in vars(kind).items():
            if not name.startswith("_") and name != "close":
                assert re.match(r"[A-Z].*\.", inspect.getdoc(member)), name


@pytest.mark.parametrize("text", ['"a"', 'a """ + end + """', 'a """', '""""', "a \\", 'a \\"""', "a\n\nb"])
def test_a_docstring_is_a_literal_whatever_an_extension_writes(text):
    source = inspect.cleandoc(generate._docstring(text))
    assert inspect.cleandoc(ast.literal_eval(source)) == text


def test_its_version_is_that_of_the_gateway():
    assert anki_rpc_client.__version__ == DOCUMENT["info"]["version"]


@pytest.mark.process
def test_it_is_made_from_the_present_document(tmp_path):
    python = ROOT / ".venv-clients" / "bin" / "python"
    if not python.exists():
        pytest.fail("run `make setup`", pytrace=False)
    subprocess.run([python, CLIENT / "generate.py", tmp_path], check=True, timeout=120)
    for path in sorted(tmp_path.iterdir()):
        made, kept = (
            path.read_text(encoding="utf-8"),
            (CLIENT / "anki_rpc_client" / path.name).read_text(encoding="utf-8"),
        )
        assert made == kept, f"{path.name} is out of date: run `make clients`"
