"""The settings file. Names that are not listed are ignored: AnkiConnect's own, or those of a newer version."""

from ..libs import marshmallow as ma
from .base import Base
from .fields import Integer, String, Texts


class Settings(Base):
    class Meta:
        unknown = ma.EXCLUDE

    api_key = String("Key that every request must carry; null for none.", allow_none=True)
    web_bind_address = String("Address to listen on.")
    web_bind_port = Integer("Port to listen on.", validate=ma.validate.Range(0, 65535))
    web_cors_origin = String("One more allowed origin, as old settings have it.", allow_none=True)
    web_cors_origin_list = Texts("Origins that may use the gateway; `*` for all.")
    ignore_origin_list = Texts("Origins that are denied without asking.")
