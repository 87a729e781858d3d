"""A follower of `/events` on a real socket, for tests."""

import http.client
import json
import time

WAIT = 10.0


class Stream:
    """One connection; `told` holds what came so far, each a notification with `id` and `event`."""

    def __init__(self, port, **headers):
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", "/events", headers=names)
        self._response = self._connection.getresponse()
        self.status = self._response.status
        self.headers = {name.lower(): value for name, value in self._response.getheaders()}
        self.told = []
        self.arrived = 0.0  # when the last one came
        if self.status == 200:
            assert self._response.readline().startswith(b"retry:")
            assert self._response.readline() == b"\n"

    def next(self):
        """The next event; comments are passed over."""
        fields = {}
        deadline = time.monotonic() + WAIT
        while True:
            assert time.monotonic() < deadline, f"nothing but {self.told}"
            line = self._response.readline().decode()
            assert line, "the stream has ended"
            if line == "\n":
                if "data" in fields:
                    event = {**json.loads(fields["data"]), "id": fields["id"], "event": fields["event"]}
                    self.told.append(event)
                    self.arrived = time.time()
                    return event
                fields = {}
            elif not line.startswith(":"):
                name, _, value = line.rstrip("\n").partition(": ")
                fields[name] = value

    def until(self, name):
        """The params of the next event of a name."""
        deadline = time.monotonic() + WAIT
        while (event := self.next())["method"] != name:
            assert time.monotonic() < deadline, self.told
        return event["params"]

    def rest(self):
        """What comes until the end."""
        return self._response.read()

    def close(self):
        self._response.close()
        self._connection.close()
