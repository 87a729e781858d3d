"""Params and results of the actions on the gateway itself."""

from ..base import Object, Params
from ..fields.basic import Anything, Dict, Integer, List, Nested, String, Strings

API_VERSION = Integer("API version; always 6.", title="ApiVersion")


class ApiReflect(Params):
    scopes = Strings("Subjects to list; only `actions` exists.", required=True)
    actions = List(String(), "Names to look for; default all actions.", load_default=None)


class Reflection(Object):
    """The actions that exist."""

    scopes = Strings("The known ones of the given scopes.", required=True)
    actions = Strings("The actions; only if the scope `actions` was given.")


REFLECTION = Nested(Reflection, "The scopes and the actions.")


class Versions(Object):
    """Versions of Anki and of the actions."""

    anki = String("Version of Anki.", required=True)
    anki_connect_plus = String("Version of AnkiConnect Plus whose actions the gateway has.", required=True)


VERSIONS = Nested(Versions, "The versions.")


OPENRPC_DOCUMENT = Dict(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
