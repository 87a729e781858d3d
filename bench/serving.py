"""What the measuring scripts share: a gateway in a process of its own, a client that keeps its connection, a table."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import subprocess
import sys
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).parents[1]
WAIT = 60.0
JSON_RPC, LEGACY = "JSON-RPC", "old protocol"


def body_of(protocol, action, params=None):
    if protocol == LEGACY:
        return json.dumps({"action": action, "version": 6, "params": params or {}}).encode()
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": action, "params": params or {}}).encode()


class Client:
    def __init__(self, url, key=None):
        parts = urllib.parse.urlsplit(url)
        self.address = parts.hostname, parts.port
        self.headers = {"Content-Type": "application/json"} | ({"X-API-Key": key} if key else {})
        self.connection = None

    def send(self, body, *, keep=True):
        if self.connection is None:
            self.connection = http.client.HTTPConnection(*self.address, timeout=WAIT)
        self.connection.request("POST", "/", body, self.headers)
        answer = self.connection.getresponse().read()
        if not keep:
            self.connection.close()
            self.connection = None
        return answer

    def call(self, action, **params):
        answer = json.loads(self.send(body_of(JSON_RPC, action, params)))
        if "error" in answer:
            sys.exit(f"{action}: {answer['error']}")
        return answer["result"]


@contextlib.contextmanager
def served(path):
    command = [sys.executable, "-m", "addon", "serve", "--collection", str(path), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as process:
        try:
            lines = iter(process.stdout.readline, "")
            url = next((found[1] for line in lines if (found := re.match(r"at (http://\S+)", line))), None)
            yield url or sys.exit("the gateway did not start")
        finally:
            process.terminate()
            process.wait(WAIT)


def row(*cells):
    name, *rest = cells
    print(f"{name:<46}" + "".join(f"{cell:>14}" for cell in rest))
