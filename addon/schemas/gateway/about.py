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


class GatewayLimits(Object):
    """What one request may contain and cause. The user can change all but the last two."""

    header_bytes = Integer("Bytes of a request's head.", required=True)
    body_bytes = Integer("Bytes of a request's body.", required=True)
    response_bytes = Integer("Bytes of a response, without `/media/` and events.", required=True)
    media_bytes = Integer("Bytes of a file for `PUT /media/`.", required=True)
    package_bytes = Integer("Bytes of a package when it is unpacked.", required=True)
    batch = Integer("Calls in a batch.", required=True)
    nesting = Integer("Levels of `multi` inside `multi`.", required=True)
    threads = Integer("Requests that are answered at once.", required=True)
    threads_per_caller = Integer("Requests of one caller that are answered at once; further ones wait.", required=True)


LIMITS = Nested(GatewayLimits, "The limits.")


VERSIONS = Nested(Versions, "The versions.")


OPENRPC_DOCUMENT = Dict(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
