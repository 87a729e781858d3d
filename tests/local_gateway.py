"""A gateway in the tests' own process, on a real collection."""

import contextlib
import json
from collections import deque
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
        with _idle_backend():
            self.host.open()
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
        return json.loads(self.send(json.dumps({**envelope, **({} if key is None else {"key": key})}).encode()).data)

    def post(self, document, **headers):
        """A JSON-RPC document; returns the decoded answer, None where there is none."""
        data = self.send(json.dumps(document).encode(), content_type="application/json", **headers).data
        return json.loads(data) if data else None

    def rpc(self, method, params=None, **headers):
        """A JSON-RPC call; returns the response object."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method}
        return declared(method, self.post(message if params is None else {**message, "params": params}, **headers))

    def close(self):
        col = self.host.collection()
        self.gateway.extensions.stop()
        self.lane.stop()
        self.host.close()
        if col is not None and col._backend.latest_progress().HasField("none"):
            from anki import lang

            _idle.append((lang.current_lang, col._backend))


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
