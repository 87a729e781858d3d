"""What the actions on what the gateway is take and give."""

from ..base import Object, Params
from ..fields.basic import Anything, Dict, Integer, List, Nested, String, Strings

API_VERSION = Integer("API version of the old protocol; 6 since 2018.", title="ApiVersion")


class ApiReflect(Params):
    scopes = Strings("What to describe; only `actions` exists.", required=True)
    actions = List(String(), "Names to look for; without them every action is listed.", load_default=None)


class Reflection(Object):
    scopes = Strings("The known scopes among those asked for.", required=True)
    actions = Strings("The actions that exist; only when that scope was asked for.")


REFLECTION = Nested(Reflection, "What was asked for.")


class Versions(Object):
    anki = String("Version of Anki.", required=True)
    anki_connect_plus = String("Version of AnkiConnect Plus whose actions are served.", required=True)


VERSIONS = Nested(Versions, "What runs here.")


OPENRPC_DOCUMENT = Dict(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
