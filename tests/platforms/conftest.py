"""Gateways in a process of their own, and on collections that lie on a file system of Windows or macOS."""

import contextlib
import ctypes.util
import hashlib
import http.client
import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
import seed
from local_gateway import LocalGateway

from addon.collection import system_errors
from addon.http.server.server import Server

WAIT = 20.0
_numbers = itertools.count()


@pytest.fixture(scope="module")
def mount(tmp_path_factory):
    """Mounts file systems with given traits, each once, and returns their folders."""
    if not os.access("/dev/fuse", os.W_OK):
        pytest.skip("there is no /dev/fuse that these tests may use")
    if ctypes.util.find_library("fuse") is None or (os.geteuid() and shutil.which("fusermount") is None):
        pytest.skip("tools/libfuse installs the missing library")
    mounted = {}

    def mount_one(*traits):
        if "devices" in traits and os.geteuid():
            pytest.skip("only root may have devices there")
        if traits in mounted:
            return mounted[traits][0]
        below, folder = (tmp_path_factory.mktemp(name) for name in ("below", "disk"))
        process = subprocess.Popen([sys.executable, Path(__file__).with_name("file_system.py"), below, folder, *traits])
        mounted[traits] = folder, process
        deadline = time.monotonic() + WAIT
        while not os.path.ismount(folder):
            assert process.poll() is None, "the file system has ended"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return folder

    yield mount_one
    for _, process in mounted.values():
        process.terminate()  # libfuse unmounts
        process.wait(WAIT)


class Served:
    """A gateway in this process, on a collection that lies on such a file system, and on a socket."""

    def __init__(self, collection):
        self.gateway = LocalGateway(collection)
        self.folder, self.trash = collection.with_name("collection.media"), collection.with_name("media.trash")
        app = self.gateway.gateway.app
        self._server = Server(app, port=0, upload=app.upload)
        self._server.start()

    def ask(self, method, name, body=None):
        """Send one request for a media file; returns the status and the body."""
        with contextlib.closing(self._connect()) as connection:
            connection.request(method, "/media/" + quote(name), body)
            response = connection.getresponse()
            return response.status, response.read()

    def rpc(self, method, **params):
        """The result of a call of JSON-RPC, or its error."""
        answer = self.gateway.rpc(method, params)
        return answer.get("result", answer.get("error"))

    @contextlib.contextmanager
    def reader(self, name):
        """A client that has begun to read a large file, and reads the rest after the block."""
        with contextlib.closing(self._connect()) as connection:
            connection.request("GET", "/media/" + quote(name))
            response = connection.getresponse()
            assert response.status == 200
            etag = response.headers["ETag"]
            yield
            assert f'"{hashlib.file_digest(response, "sha256").hexdigest()}"' == etag

    def left(self):
        """What lies beside the media folder, or in it, that no collection has.

        The file of an upload is removed just after the answer.
        """
        deadline = time.monotonic() + WAIT
        while (names := self._ours()) and time.monotonic() < deadline:
            time.sleep(0.01)
        return names

    def _ours(self):
        # a deleted file that somebody still has open is listed, but has no type, which `rglob` needs
        entries = (name for _, *names in os.walk(self.folder.parent) for name in itertools.chain(*names))
        return [name for name in entries if name.startswith("anki-rpc-")]

    def close(self):
        self._server.stop(1)
        self.gateway.close()

    def _connect(self):
        return http.client.HTTPConnection("127.0.0.1", self._server.port, timeout=WAIT)


@pytest.fixture
def collection_on(mount, example_collection, monkeypatch):
    """Copies the example collection to a file system with given traits."""
    monkeypatch.setattr(system_errors, "HELD", {"busy", "denied"})  # as on Windows
    return lambda *traits: seed.copy(example_collection, mount(*traits) / str(next(_numbers)))


@pytest.fixture
def served_on(collection_on):
    """Serves a collection on a file system with given traits."""
    opened = []

    def serve(*traits):
        opened.append(Served(collection_on(*traits)))
        return opened[-1]

    yield serve
    for served in opened:
        served.close()
