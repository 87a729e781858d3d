"""Result of requestPermission."""

from ..base import Object
from ..fields.basic import (
    Boolean,
    Enum,
    Integer,
    Nested,
)


class Permission(Object):
    """What the user allows the caller's origin."""

    permission = Enum(["granted", "denied"], "Whether the caller's origin may use the gateway.", required=True)
    require_apikey = Boolean("Each call must carry a key; only with `granted`.")
    require_api_key = Boolean("The same as `requireApikey`, in another spelling.")
    version = Integer("API version, always 6; only with `granted`.")


PERMISSION = Nested(Permission, "Whether permission was granted; if so, also the conditions.")
