"""A gateway with extensions."""

from local_gateway import LocalGateway

from addon.extension.declarations import Declarations
from addon.extension.interface import AnkiRpc


class ExtendedGateway(LocalGateway):
    """A gateway, and `door`: what `mw.anki_rpc` is in Anki."""

    def __init__(self, path, **settings):
        declarations = Declarations()
        self.door = AnkiRpc(declarations)
        super().__init__(path, declarations, **{"extensions": ["furigana"], **settings})

    def furigana(self, **options):
        return self.door.extension("furigana", interface=1, title="Furigana", **options)

    def call(self, method, params=None, **headers):
        """A JSON-RPC call; returns the result, or the error object."""
        message = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {} if params is None else params}
        answer = self.post(message, **headers)
        return answer["result"] if "result" in answer else answer["error"]

    def state(self):
        (state,) = self.gateway.extensions.state()
        return state

    def document(self):
        return self.call("rpc.discover")
