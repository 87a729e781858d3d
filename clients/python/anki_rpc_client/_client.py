"""The clients: HTTP by httpx, on a connection that is kept."""

from __future__ import annotations

import os
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self
from urllib.parse import quote

import anyio
import httpx

from . import errors as errors  # noqa: PLC0414  (each class makes itself known)
from ._core import (
    Calls,
    GatewayError,
    MediaError,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
    is_answer,
    request,
    result_of,
)
from ._events import Stream
from ._methods import BatchMethods
from ._pages import AsyncPages, Pages
from ._retries import Attempts
from ._version import __version__
from ._waiting import AsyncWaiting, Waiting

if TYPE_CHECKING:
    from .types import Event

URL = "http://127.0.0.1:8765"
"""Where the gateway is, where nothing else is said."""
TIMEOUT = 600.0
"""Seconds. As long as the gateway waits for a call that it has begun."""
RETRIES = 3
"""How often a call is sent again. The pauses are 0.25, 1 and 4 seconds."""


def _checked(url: str | None) -> str:
    url = url or os.environ.get("ANKI_RPC_URL", URL)
    if not url.startswith(("http://", "https://")):
        raise ValueError(f'the address {url!r} has no scheme: write "http://{url.rpartition("//")[2]}"')
    return url


def _agent(app: str | None) -> str:
    own = f"anki-rpc-client/{__version__}"
    if app is None:
        return own
    if not app.isascii() or not app.isprintable() or not app or " " in app:
        raise ValueError(
            f'app={app!r} is no name that can be sent: write it in ASCII and without spaces, as "my-app/1.0"'
        )
    return f"{app} {own}"


def _options(url: str, key: str | None, app: str | None, timeout: float, more: Mapping[str, Any]) -> dict[str, Any]:
    headers = {"User-Agent": _agent(app)} | ({} if key is None else {"Authorization": f"Bearer {key}".encode()})
    return {
        "timeout": httpx.Timeout(timeout, connect=5.0),
        "verify": url.startswith("https:"),  # reading all certificates takes longer than many calls
        "trust_env": False,  # no proxy stands between a program and its own computer
        **more,
        "headers": {**headers, **more.get("headers", {})},
    }


def _decoded(response: httpx.Response) -> Any:
    try:
        body = response.json()
    except ValueError:
        body = None
    if not is_answer(body):
        raise UnexpectedAnswer(response.status_code, response.text)
    return body


@contextmanager
def _outcomes(url: str) -> Generator[None, None, None]:
    try:
        yield
    except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
        raise TimedOut(f"no answer from {url} within the timeout") from error
    except httpx.TransportError as error:
        reason = re.sub(r"\[[^]]*\] | \(_ssl[^)]*\)", "", str(error)).rstrip(".")  # without numbers and sources
        raise Unreachable(f"{url} does not answer: {reason}. Start Anki, or give the right address.") from error


BLOCK = 2**18
"""Bytes of a media file that are read at once."""


def _address(url: str, name: str) -> str:
    return f"{url.rstrip('/')}/media/{quote(name, safe='')}"


def _is_done(response: httpx.Response) -> bool:
    """The gateway has done what was asked for with a media file; whatever else answers there tells no ETag."""
    return response.is_success and "ETag" in response.headers


def _member(response: httpx.Response, name: str) -> str:
    try:
        return str(response.json()[name])
    except (ValueError, TypeError, KeyError):
        raise UnexpectedAnswer(response.status_code, response.text) from None


def _stored_name(response: httpx.Response) -> str:
    if not _is_done(response):
        raise _failure(response)
    return _member(response, "name")


def _failure(response: httpx.Response) -> MediaError:
    return MediaError(response.status_code, _member(response, "error"))


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(BLOCK), b"")


async def _awaited_blocks(file: IO[bytes]) -> AsyncIterator[bytes]:
    for block in _blocks(file):
        yield block


@contextmanager
def _completed(path: Path) -> Generator[IO[bytes], None, None]:
    """A file to write to, which takes its name when all is there."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


class Client(Pages, Waiting):
    """A client that waits for each response. Use it as a context manager, or `close` it. Threads can share one.

    Every method raises subclasses of `GatewayError`: `Unreachable`, `TimedOut`, `UnexpectedAnswer`, and an `RpcError`
    if the gateway reports an error. Each method names the kinds of errors that are its own. Other kinds are
    `errors.InvalidParams`, `errors.PermissionDenied`, `errors.Busy`, `errors.CollectionUnavailable`, `errors.AnkiError`
    and the others of the module `errors`.

    A call that the gateway was too busy to start is sent again. So is a call with an `idempotency_key` if its
    connection was lost. Lists of results that have an empty object for an unknown id are annotated without it: test an
    entry by its truth value if ids may be unknown.
    """

    def __init__(
        self,
        url: str | None = None,
        *,
        key: str | None = None,
        app: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        **http: Any,
    ) -> None:
        """Prepare a client. It connects at the first call.

        Args:
            url: Address of the gateway, with its scheme; default the environment variable `ANKI_RPC_URL`, or else
                `http://127.0.0.1:8765`.
            key: API key, if the gateway requires one.
            app: Name of your program, as "my-app/1.0". The gateway shows it to the user in its list of callers.
            timeout: Seconds to wait for a response.
            retries: How often to send a call again, after 0.25, 1 and 4 seconds; 0 for never.
            http: Passed on to `httpx.Client`, for example `headers`, `verify` or a `transport`.

        Raises:
            ValueError: The address has no scheme, or `app` has a space or a character that is not ASCII.
        """
        self._url = _checked(url)
        self._retries = retries
        self._http = httpx.Client(**_options(self._url, key, app, timeout, http))

    def batch(self) -> Batch:
        """Collect several calls in one request: `with client.batch() as batch: decks = batch.deck_names()`.

        They run in order, one that fails does not stop the others, and together they are one step in Anki's undo
        menu. They are sent when the block ends.

        Returns:
            A batch with all methods. Each returns a `Reply` at once; after the block, its `result()` returns what the
            call returned, or raises its error.
        """
        return Batch(self)

    def events(self, last_id: str | None = None) -> Generator[Event, None, None]:
        """Yield what happens in Anki, as it happens and without an end: `for event in client.events(): ...`.

        A lost connection is made again, for as long as it takes, and no event is missed. If the gateway has dropped
        events in the meantime, an `eventsLost` says so.

        Args:
            last_id: The `id` of an event; those that came after it are yielded first.

        Raises:
            Unreachable: Nothing answers at the first attempt.
            UnexpectedAnswer: The gateway refuses.
        """
        stream = Stream(self._url, last_id)
        with _outcomes(self._url):
            while True:
                try:
                    with self._http.stream(**stream.request()) as response:
                        if response.is_error:
                            response.read()
                        if stream.is_open(response):
                            for text in response.iter_text():
                                yield from stream.take(text)
                except httpx.TransportError as error:
                    stream.lost(error)
                time.sleep(stream.pause)

    def upload_media(self, path: str | Path, name: str | None = None) -> str:
        """Store a file in Anki's media folder and return the name that it got. It is sent as it is read.

        A file that it replaces is moved to Anki's media trash.

        Args:
            path: The file.
            name: Name to store it under; default the file's own.

        Returns:
            The name that Anki gave it.

        Raises:
            MediaError: The gateway did not store it.
            OSError: The file cannot be read.
        """
        path = Path(path)
        size = {"Content-Length": str(path.stat().st_size)}
        with path.open("rb") as file, _outcomes(self._url):
            address = _address(self._url, name or path.name)
            return _stored_name(self._http.put(address, content=_blocks(file), headers=size))

    def download_media(self, name: str, path: str | Path) -> None:
        """Write a file of Anki's media folder to a path, as it arrives.

        Args:
            name: Name of the media file.
            path: Where to write it. Nothing is there until all has arrived.

        Raises:
            MediaError: There is no such file, or the gateway did not send it.
            OSError: The file cannot be written.
        """
        with _outcomes(self._url), self._http.stream("GET", _address(self._url, name)) as response:
            if not _is_done(response):
                response.read()
                raise _failure(response)
            with _completed(Path(path)) as file:
                for block in response.iter_raw(BLOCK):
                    file.write(block)

    def close(self) -> None:
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call a method by its own name, such as that of an extension."""
        return self._call(method, params or {})

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Any:
        return result_of(self._post(request(1, method, required, optional)))

    def _post(self, document: Any) -> Any:
        attempts = Attempts(self._retries, document)
        while True:
            try:
                with _outcomes(self._url):
                    response = self._http.post(self._url, json=document)
            except GatewayError as error:
                if (pause := attempts.after_error(error)) is None:
                    raise
            else:
                body = _decoded(response)
                if (pause := attempts.after_response(response, body)) is None:
                    return body
            time.sleep(pause)


class AsyncClient(AsyncPages, AsyncWaiting):
    """The same as `Client` for asyncio and trio: `async with AsyncClient() as anki: await anki.deck_names()`."""

    def __init__(
        self,
        url: str | None = None,
        *,
        key: str | None = None,
        app: str | None = None,
        timeout: float = TIMEOUT,
        retries: int = RETRIES,
        **http: Any,
    ) -> None:
        """Prepare a client. The arguments are those of `Client`; `http` is passed on to `httpx.AsyncClient`.

        Raises:
            ValueError: The address has no scheme, or `app` has a space or a character that is not ASCII.
        """
        self._url = _checked(url)
        self._retries = retries
        self._http = httpx.AsyncClient(**_options(self._url, key, app, timeout, http))

    def batch(self) -> AsyncBatch:
        """As `Client.batch`: `async with client.batch() as batch: decks = batch.deck_names()`."""
        return AsyncBatch(self)

    async def events(self, last_id: str | None = None) -> AsyncGenerator[Event, None]:
        """As `Client.events`: `async for event in client.events(): ...`."""
        stream = Stream(self._url, last_id)
        with _outcomes(self._url):
            while True:
                try:
                    async with self._http.stream(**stream.request()) as response:
                        if response.is_error:
                            await response.aread()
                        if stream.is_open(response):
                            async for text in response.aiter_text():
                                for event in stream.take(text):
                                    yield event
                except httpx.TransportError as error:
                    stream.lost(error)
                await anyio.sleep(stream.pause)

    async def upload_media(self, path: str | Path, name: str | None = None) -> str:
        """As `Client.upload_media`."""
        path = Path(path)
        size = {"Content-Length": str(path.stat().st_size)}
        with path.open("rb") as file, _outcomes(self._url):  # noqa: ASYNC230 - a block takes less than its sending
            address = _address(self._url, name or path.name)
            return _stored_name(await self._http.put(address, content=_awaited_blocks(file), headers=size))

    async def download_media(self, name: str, path: str | Path) -> None:
        """As `Client.download_media`."""
        with _outcomes(self._url):
            async with self._http.stream("GET", _address(self._url, name)) as response:
                if not _is_done(response):
                    await response.aread()
                    raise _failure(response)
                with _completed(Path(path)) as file:
                    async for block in response.aiter_raw(BLOCK):
                        file.write(block)

    async def close(self) -> None:
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call a method by its own name, such as that of an extension."""
        return await self._call(method, params or {})

    async def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Any:
        return result_of(await self._post(request(1, method, required, optional)))

    async def _post(self, document: Any) -> Any:
        attempts = Attempts(self._retries, document)
        while True:
            try:
                with _outcomes(self._url):
                    response = await self._http.post(self._url, json=document)
            except GatewayError as error:
                if (pause := attempts.after_error(error)) is None:
                    raise
            else:
                body = _decoded(response)
                if (pause := attempts.after_response(response, body)) is None:
                    return body
            await anyio.sleep(pause)


class Batch(Calls, BatchMethods):
    """Calls that are sent together when the `with` block ends; none, where it ends by an exception."""

    def __init__(self, client: Client) -> None:
        super().__init__()
        self._client = client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is None and self._requests:
            self._fill(self._client._post(self._requests))


class AsyncBatch(Calls, BatchMethods):
    """The same for an `async with` block."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__()
        self._client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error is None and self._requests:
            self._fill(await self._client._post(self._requests))
