"""A gateway in the tests' own process, on a real collection."""

import contextlib
import io
import json
from collections import deque
from functools import cache
from pathlib import Path

from examples import declared


class LocalGateway:
    """A headless gateway without a socket: requests go through the whole HTTP layer, and act on a real collection."""

    def __init__(self, path: Path, declarations=None, **settings):
        from werkzeug.test import Client

        from addon.config import Config
        from addon.gateway import Gateway
        from addon.headless.host import HeadlessHost
        from addon.rpc.executor import ThreadedExecutor

        self.host = HeadlessHost(path, Config.load(settings, {}))
        _reuse_backends_of_trials()
        with _idle_backend():
            self.host.open()
        self.col.db.execute("pragma synchronous = off")  # else every test waits for the disk
        self.lane = self.host.lane
        self.gateway = Gateway(self.host, ThreadedExecutor(self.lane), declarations)
        self.client = Client(self.gateway.app)

    @property
    def col(self):
        return self.host.collection()

    def send(self, body=b"", *, method="POST", path="/", content_type=None, **headers):
        """Send bytes as they are; returns Werkzeug's test response."""
        if content_type is not None:
            headers["Content-Type"] = content_type
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.open(path, method=method, data=body, headers=names)

    def legacy(self, action, version=6, key=None, **params):
        """A call of the old protocol; returns the reply, which is a bare result for versions up to 4."""
        envelope = {"action": action, "version": version, "params": params}
        return json.loads(self._answer(json.dumps({**envelope, **({} if key is None else {"key": key})}).encode()))

    def post(self, document, **headers):
        """A JSON-RPC document; returns the decoded answer, None where there is none."""
        data = self._answer(json.dumps(document).encode(), Content_Type="application/json", **headers)
        return json.loads(data) if data else None

    def _answer(self, body, **headers):
        """The body of the answer to a POST, without Werkzeug's client: it takes as long as a simple call."""
        environ = {**_environ(), "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        for name, value in headers.items():
            key = name.upper().replace("-", "_")
            environ[key if key == "CONTENT_TYPE" else f"HTTP_{key}"] = value
        parts = self.gateway.app(environ, lambda *_: None)
        try:
            return b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()

    def rpc(self, method, params=None, **headers):
        """A JSON-RPC call; returns the response object."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method}
        return declared(method, self.post(message if params is None else {**message, "params": params}, **headers))

    def call(self, method, **params):
        """A JSON-RPC call; returns its result, or the data of its error."""
        answer = self.rpc(method, params)
        return answer["result"] if "result" in answer else answer["error"]["data"]

    def close(self):
        col = self.host.collection()
        self.gateway.extensions.stop()
        self.lane.stop()
        self.host.close()
        if col is not None and col._backend.latest_progress().HasField("none"):
            from anki import lang

            _idle.append((lang.current_lang, col._backend))


@cache
def _environ():
    from werkzeug.test import EnvironBuilder

    return EnvironBuilder(method="POST").get_environ()


_idle = deque(maxlen=4)
"""Anki's backends whose collection is closed and that remember no progress, with their language.

A new one takes as long as all the rest of a gateway.
"""


@contextlib.contextmanager
def _idle_backend():
    """The next collection that is opened gets an idle backend, as `Collection` accepts one."""
    from anki import collection, lang

    new = collection.RustBackend

    def backend(*, server):
        collection.RustBackend = new
        language, idle = _idle.pop() if _idle and not server else (None, None)
        return idle if language == lang.current_lang and idle else new(server=server)

    collection.RustBackend = backend
    try:
        yield
    finally:
        collection.RustBackend = new


@cache
def _reuse_backends_of_trials():
    """A trial gets the backend of a trial that is over, if that one was closed in order and remembers no progress."""
    from anki import lang

    from addon.collection import trial

    idle_trials = deque(maxlen=4)

    class Reused(trial.RustBackend):
        def __new__(cls, *, server):
            try:
                language, idle = idle_trials.pop()
            except IndexError:
                language, idle = None, None
            return idle if idle and language == lang.current_lang else super().__new__(cls)

        def __init__(self, *, server):
            if not hasattr(self, "language"):
                super().__init__(server=server)
                self.language = lang.current_lang

        def close_collection(self, downgrade_to_schema11):
            super().close_collection(downgrade_to_schema11)
            if self.latest_progress().HasField("none"):
                idle_trials.append((self.language, self))

    trial.RustBackend = Reused
