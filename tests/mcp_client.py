"""A client of the Model Context Protocol, message by message."""

import json

from addon.mcp import headers as mcp_headers
from addon.mcp.messages import CURRENT

JSON = "application/json"
CAPABILITIES = "io.modelcontextprotocol/clientCapabilities"
META = {mcp_headers.VERSION_IN_BODY: CURRENT, CAPABILITIES: {}}


class Client:
    """Sends messages of one revision to a gateway."""

    def __init__(self, gateway, revision=CURRENT, **headers):
        self.gateway, self.revision, self.headers = gateway, revision, headers
        self.capabilities = {}

    @property
    def is_current(self):
        return self.revision == CURRENT

    def message(self, method, params=None, id=1):
        meta = {"_meta": {**META, CAPABILITIES: self.capabilities}} if self.is_current else {}
        return {"jsonrpc": "2.0", "id": id, "method": method, "params": {**(params or {}), **meta}}

    def post(self, message, **headers):
        own = mcp_headers.of(message) if self.is_current else {mcp_headers.VERSION: self.revision}
        body = json.dumps(message).encode()
        return self.gateway.send(body, path="/mcp", content_type=JSON, **{**own, **self.headers, **headers})

    def ask(self, method, params=None):
        response = self.post(self.message(method, params))
        assert response.status_code == 200, response.data
        assert response.json["id"] == 1
        assert not response.json.get("error"), response.json
        return response.json["result"]

    def refused(self, method, params=None):
        """The error, and the status of HTTP."""
        response = self.post(self.message(method, params))
        return response.json["error"], response.status_code

    def call(self, name, /, **arguments):
        return self.ask("tools/call", {"name": name, "arguments": arguments})

    def result(self, name, /, **arguments):
        return self.told(name, **arguments)["result"]

    def told(self, name, /, **arguments):
        """The result of a tool, and what is said beside it."""
        called = self.call(name, **arguments)
        assert not called["isError"], called
        told = json.loads(called["content"][0]["text"])
        assert called.get("structuredContent", told) == told
        return told

    def error(self, name, /, **arguments):
        called = self.call(name, **arguments)
        assert called["isError"], called
        return json.loads(called["content"][0]["text"])["error"]

    def names(self):
        return [tool["name"] for tool in self.ask("tools/list")["tools"]]
