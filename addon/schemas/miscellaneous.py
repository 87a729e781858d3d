"""What the actions about the gateway itself take and give."""

from typing import Any

from .base import Object, Params
from .fields import AnyOf, Anything, Boolean, Enum, Integer, List, Mapped, Nested, String, Texts, has_no, texts_only
from .model import Model

API_VERSION = Integer("API version of the old protocol; 6 since 2018.", title="ApiVersion")


class ErrorObject(Object):
    """JSON-RPC 2.0, section 5.1."""

    code = Integer("What sort of error, as a number.", required=True)
    message = String("What happened, for people.", required=True)
    data = Mapped(Anything(), "More for programs, `kind` always among it.")


def _invalid(name: str) -> str:
    return f"{name} has invalid value"


def _not_a_name(value: Any) -> str:
    return f"attribute name must be string, not '{type(value).__name__}'"


class Permission(Object):
    permission = Enum(["granted", "denied"], "Whether the caller's origin may use the gateway.", required=True)
    require_apikey = Boolean("A key must be sent with each call; only with `granted`.")
    require_api_key = Boolean("The same under the spelling that AnkiConnect's documentation uses.")
    version = Integer("API version of the old protocol; only with `granted`.")


PERMISSION = Nested(Permission, "Whether permission was granted, and what to know then.")


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


class Call(Object):
    action = String("Name of the action.", required=True)
    params = AnyOf(
        Mapped(Anything(), title="ParamsByName"),
        List(Anything(), title="ParamsByPosition", legacy="Not a list."),
        description="Its params, by name or by position.",
        title="CallParams",
        load_default=dict,
    )
    key = Anything("API key of this call; the outer request's where there is none.", load_default=None)


class Multi(Params):
    actions = List(Nested(Call, legacy=has_no("get")), "Calls to run in order.", required=True)


class Outcome(Object):
    result = Anything("What the action gives; null when it failed.", required=True, allow_none=True)
    error = Nested(ErrorObject, "Why it failed; null when it did not.", required=True, allow_none=True)


OUTCOMES = List(Nested(Outcome), "One outcome per call, in order.", title="Outcomes")


class Versions(Object):
    anki = String("Version of Anki.", required=True)
    anki_connect_plus = String("Version of AnkiConnect Plus whose actions are served.", required=True)


VERSIONS = Nested(Versions, "What runs here.")


class DeckSummary(Object):
    id = Integer("Deck id.", required=True)
    mod = Integer("Last change, in seconds since 1970.", required=True)
    name = String("Full name.", required=True)
    desc = String("Description.", required=True)
    dyn = Integer("1 for a filtered deck, else 0.", required=True)
    conf = Integer("Id of its options; null for a filtered deck.", required=True, allow_none=True)


COLLECTION_CONFIG = Mapped(Anything(), "Anki's settings by their names in the collection.", title="CollectionConfig")


class CollectionOverview(Object):
    created = Integer("First day of the collection, in seconds since 1970.", required=True)
    modified = Integer("Last change, in milliseconds since 1970.", required=True)
    last_sync = Integer("Last sync, in milliseconds since 1970; 0 for none yet.", required=True)
    note_count = Integer("Number of notes.", required=True)
    card_count = Integer("Number of cards.", required=True)
    config = Mapped(Anything(), "As getCollectionConfig gives it.", required=True)
    models = List(Nested(Model), "Note types as Anki stores them.", required=True)
    decks = List(Nested(DeckSummary), "All decks.", required=True)
    dconf = List(Mapped(Anything(), title="StoredDeckConfig"), "Deck options as Anki stores them.", required=True)
    tags = Texts("All tags that the collection knows.", required=True)


COLLECTION = Nested(CollectionOverview, "The collection at a glance.")
FSRS_ACTIVE = Boolean("FSRS is switched on; null when that was never decided.", title="FsrsActive", allow_none=True)

OPENRPC_DOCUMENT = Mapped(Anything(), "OpenRPC document (https://spec.open-rpc.org).", title="OpenRpcDocument")
