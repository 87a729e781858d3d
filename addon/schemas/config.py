"""The settings file. Names that are not listed are ignored: AnkiConnect's own, or those of a newer version."""

from ..libs import marshmallow as ma
from .base import Base
from .fields import Boolean, Enum, Integer, List, Mapped, String, Texts

ADDRESS = r"[0-9A-Za-z._:%-]+\Z"
ORIGIN_SETS = ("read", "change", "control")


class Settings(Base):
    class Meta:
        unknown = ma.EXCLUDE

    api_key = String("Key that every request must carry; null for none.", allow_none=True)
    web_bind_address = String(
        "Address to listen on.",
        validate=ma.validate.Regexp(ADDRESS, error="An address such as 127.0.0.1, without http:// and without a port."),
    )
    web_bind_port = Integer(
        "Port to listen on.", validate=ma.validate.Range(0, 65535, error="A number from 0 to 65535.")
    )
    web_cors_origin = String("One more allowed origin, as old settings have it.", allow_none=True)
    web_cors_origin_list = Texts("Origins that may use the gateway; `*` for all.")
    ignore_origin_list = Texts("Origins that are denied without asking.")
    grants = Mapped(List(Enum(ORIGIN_SETS)), "What an origin may do: `read`, `change`, `control`.")
    ask_extensions = Boolean("Ask about each browser extension, as about web pages.")
    prevent_app_nap = Boolean("On macOS, keep the system from slowing Anki down while it serves in the background.")
    known_extensions = Texts("Browser extensions of which the user has been told; AnkiRPC keeps it.")
