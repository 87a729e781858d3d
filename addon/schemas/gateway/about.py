"""What the actions on what the gateway is take and give."""

from ..base import Object, Params
from ..fields.basic import Anything, Integer, List, Mapped, Nested, String, Texts

API_VERSION = Integer("API version of the old protocol; 6 since 2018.", title="ApiVersion")


class ApiReflect(Params):
    scopes = Texts("What to describe; only `actions` exists.", required=True)
    actions = List(String(), "Names to look for; without them every action is listed.", load_default=None)


class Reflection(Object):
    scopes = Texts("The known scopes among those asked for.", required=True)
    actions = Texts("The actions that exist; only when that scope was asked for.")


REFLECTION = Nested(Reflection, "What was asked for.")


class Versions(Object):
    anki = String("Version of Anki.", required=True)
    anki_connect_plus = String("Version of AnkiConnect Plus whose actions are served.", required=True)


VERSIONS = Nested(Versions, "What runs here.")


OPENRPC_DOCUMENT = Mapped(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
