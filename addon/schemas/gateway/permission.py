"""What requestPermission gives."""

from ..base import Object
from ..fields.basic import (
    Boolean,
    Enum,
    Integer,
    Nested,
)


class Permission(Object):
    permission = Enum(["granted", "denied"], "Whether the caller's origin may use the gateway.", required=True)
    require_apikey = Boolean("A key must be sent with each call; only with `granted`.")
    require_api_key = Boolean("The same under the spelling that AnkiConnect's documentation uses.")
    version = Integer("API version of the old protocol; only with `granted`.")


PERMISSION = Nested(Permission, "Whether permission was granted, and what to know then.")
