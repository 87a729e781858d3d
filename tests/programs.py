"""How a program that is in no registry sends its requests: on a real socket, with its headers in its order."""

import http.client
import json


class Program:
    """One program's way to send; each request has a connection of its own, as AnkiConnect closes it."""

    def __init__(self, port, **headers):
        self.port = port
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def request(self, body, method="POST"):
        """Send text as it is; returns the status, the headers and the body, decoded if there is one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest(method, "/", skip_host=True, skip_accept_encoding=True)
            connection.putheader("Host", f"127.0.0.1:{self.port}")
            for name, value in self.headers.items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body.encode())))
            connection.endheaders(None if body is None else body.encode())
            response = connection.getresponse()
            return response.status, response.headers, json.loads(response.read())
        finally:
            connection.close()

    def send(self, body):
        """Send JSON, or text that is to be JSON; returns the decoded reply."""
        status, _, reply = self.request(body if isinstance(body, str) else json.dumps(body, ensure_ascii=False))
        assert status == 200, reply
        return reply

    def call(self, action, **params):
        """The envelope of version 6, without params if there are none; returns the result of a success."""
        reply = self.send({"action": action, "version": 6, **({"params": params} if params else {})})
        assert set(reply) == {"result", "error"}, reply
        assert reply["error"] is None, reply
        return reply["result"]
