"""What the actions on what the gateway is take and give."""

from typing import Any

from ..base import Object, Params
from ..fields.basic import (
    Anything,
    Integer,
    List,
    Mapped,
    Nested,
    String,
    Texts,
    texts_only,
)

API_VERSION = Integer("API version of the old protocol; 6 since 2018.", title="ApiVersion")


def _invalid(name: str) -> str:
    return f"{name} has invalid value"


def _not_a_name(value: Any) -> str:
    return f"attribute name must be string, not '{type(value).__name__}'"


class ApiReflect(Params):
    scopes = Texts(
        "What to describe; only `actions` exists.",
        required=True,
        legacy=_invalid("scopes"),
        tolerate=texts_only,
    )
    actions = List(
        String(legacy=_not_a_name),
        "Names to look for; without them every action is listed.",
        load_default=None,
        legacy=_invalid("actions"),
    )


class Reflection(Object):
    scopes = Texts("The known scopes among those asked for.", required=True)
    actions = Texts("The actions that exist; only when that scope was asked for.")


REFLECTION = Nested(Reflection, "What was asked for.")


class Versions(Object):
    anki = String("Version of Anki.", required=True)
    anki_connect_plus = String("Version of AnkiConnect Plus whose actions are served.", required=True)


VERSIONS = Nested(Versions, "What runs here.")


OPENRPC_DOCUMENT = Mapped(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
