"""The settings file. Names that are not listed are ignored: AnkiConnect's own, or those of a newer version."""

from ..libs import marshmallow as ma
from .base import Base
from .fields import Boolean, Enum, Integer, List, Mapped, String, Texts

ADDRESS = r"[0-9A-Za-z._:%-]+\Z"
ORIGIN_SETS = ("read", "change", "control")


class Settings(Base):
    """Their descriptions are Markdown, and stand in the documentation and in Anki's add-on settings."""

    class Meta:
        unknown = ma.EXCLUDE

    api_key = String(
        "Text that every request must carry, in `key` or as `Authorization: Bearer`. `null`: none.", allow_none=True
    )
    web_bind_address = String(
        "Address to listen on. The default also listens on `::1`. The environment variable `ANKICONNECT_BIND_ADDRESS` "
        "wins over it.",
        validate=ma.validate.Regexp(ADDRESS, error="An address such as 127.0.0.1, without http:// and without a port."),
    )
    allow_remote_without_key = Boolean(
        "Let other computers in without a key, as AnkiConnect does. Otherwise an address that they reach is listened "
        "on only when there is an `apiKey`, and `127.0.0.1` instead."
    )
    allowed_hosts = Texts(
        "Names under which the gateway is reached, besides `localhost` and `webBindAddress`: what stands in the "
        "address that a program calls, without the port. Any other name is refused, so that no web page gets in by a "
        "domain that leads here."
    )
    web_bind_port = Integer(
        "Port to listen on.", validate=ma.validate.Range(0, 65535, error="A number from 0 to 65535.")
    )
    web_cors_origin_list = Texts(
        "Web origins that may use the gateway. They may do everything but read and write files outside Anki. "
        "`http://localhost` stands for browser extensions and `http://127.0.0.1` (without a port) as well, as in "
        'AnkiConnect. `"*"`: all, which lets every web page read and change your collection.'
    )
    web_cors_origin = String(
        "One more allowed origin, as old settings of AnkiConnect have it. The environment variable "
        "`ANKICONNECT_CORS_ORIGIN` wins over it.",
        allow_none=True,
    )
    allowed_folders = Texts(
        "Folders whose files programs may name although they are hidden, or the system's: with all that is in them."
    )
    allowed_download_hosts = Texts(
        "Hosts that web pages, browser extensions and other computers may have files downloaded from (`url`) although "
        "they are not on the public internet, such as `localhost:5050`. Without a port: every port of the host."
    )
    any_localhost_port = Boolean(
        "`http://localhost` in `webCorsOriginList` stands for every port of `localhost` and `127.0.0.1`: any web "
        "server on this computer, such as the one that you develop with."
    )
    max_media_size = Integer(
        "Largest file that `PUT /media/` takes, in MiB. Anki syncs none above 100.",
        validate=ma.validate.Range(1, 4096, error="A number from 1 to 4096."),
    )
    ignore_origin_list = Texts("Origins that are denied without asking you, browser extensions too.")
    grants = Mapped(
        List(Enum(ORIGIN_SETS)),
        'What you have allowed, by origin: a list of `"read"`, `"change"` (add and change) and `"control"` (delete, '
        "and control Anki's windows, reviews and sync).",
    )
    ask_extensions = Boolean("Ask about each browser extension, as about web pages, instead of letting all of them in.")
    known_extensions = Texts(
        "Browser extensions that were let in and that you have been told of. AnkiRPC keeps this list."
    )
    prevent_app_nap = Boolean(
        "macOS only: keep the system from putting Anki to sleep (App Nap) while it serves with its windows hidden."
    )
