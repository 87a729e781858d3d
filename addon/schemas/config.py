"""The settings file. Names that are not listed are left to `config.Config.load`."""

from typing import Any

from ..text.origins import EVERY, OPAQUE, place
from ..vendored import marshmallow as ma
from .base import Base
from .fields.basic import Boolean, Dict, Enum, Integer, List, Nested, String, Strings

ADDRESS = r"[0-9A-Za-z._:%-]+\Z"
GRANTS = ("read", "change", "control", "files", "write", "media", "delete", "gui", "sync", "admin")


def _whole(description: str, lowest: int, highest: int) -> Integer:
    error = f"A number from {lowest} to {highest}."
    return Integer(description, validate=ma.validate.Range(lowest, highest, error=error))


class Names(Strings):
    """A list of names, or a single one. Empty texts name nothing."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        names = super()._deserialize([value] if isinstance(value, str) else value, attr, data, **more)
        return [name for name in names if name]


class DeniedOrigins(Names):
    """What each of them means must be clear, as one that is not understood would deny nobody."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        names = super()._deserialize(value, attr, data, **more)
        for name in names:
            if name.strip() != EVERY and place(name) is None:
                raise ma.ValidationError(
                    f"Not understood: {name!r}. Write an origin such as https://example.com, a host such as "
                    'example.com, or "*" for all.'
                )
        return names


class Grants(Dict):
    """The same holds for the origins here: one that is not named is one of all."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        found: dict[Any, str] = {}
        for name in value if isinstance(value, dict) else ():
            meant = place(name)
            if meant is None or (meant.scheme is None and meant.host != OPAQUE):
                raise ma.ValidationError(f"Not an origin: {name!r}. Write it as https://example.com.")
            if meant in found:
                raise ma.ValidationError(f"One origin stands here twice: {found[meant]!r} and {name!r}.")
            found[meant] = name
        return super()._deserialize(value, attr, data, **more)


class KeySettings(Base):
    key = String(
        "The key, of which AnkiRPC puts a hash in its place.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    scopes = List(Enum(GRANTS), "What it opens.", required=True)


class LimitSettings(Base):
    """Each one's meaning."""

    connections = _whole(
        "Connections at a time. At the limit, those that have been idle for longest are closed.", 8, 10_000
    )
    waiting = _whole(
        "Requests that wait while all threads are busy; one more is answered 503 with `Retry-After`.", 1, 10_000
    )
    header_kilobytes = _whole("Size of a request's head; a larger one is answered 431.", 4, 1024)
    body_megabytes = _whole("Size of a request's body; a larger one is answered 413. 144 holds 100 in base64.", 1, 1024)
    media_megabytes = _whole("Size of a file that `PUT /media/` takes. Anki syncs none above 100.", 1, 4096)
    package_megabytes = _whole(
        "Size of a package, unpacked; `importPackage` and `guiImportFile` refuse a larger one. The collection in it "
        "may take up a quarter.",
        1,
        1_000_000,
    )
    read_seconds = _whole("Time until a request must be there as a whole.", 1, 86_400)
    stall_seconds = _whole("Time that a client may stop in the middle of a request; then it is answered 408.", 1, 3600)
    idle_seconds = _whole("Time that a connection is kept without a request.", 1, 86_400)
    batch = _whole("Members of a JSON-RPC batch.", 1, 1_000_000)
    nesting = _whole("How deep `multi` may stand in `multi`.", 1, 64)
    response_megabytes = _whole(
        "Size of the response to a request. Beyond it, a call fails by `response_too_large`, and the calls after it in "
        "the same batch or `multi` do not run. Events and `/media/` have no such limit.",
        1,
        16_384,
    )
    public_response_megabytes = _whole(
        "The same for callers without permission and, if there are keys, for callers without one.", 1, 1024
    )


class Settings(Base):
    """Their descriptions are Markdown, and stand in the documentation and in Anki's add-on settings."""

    class Meta:
        unknown = ma.EXCLUDE

    api_key = String(
        "Key that every request must carry, in `key` or as `Authorization: Bearer`; it opens everything. In Anki, "
        "AnkiRPC puts a hash in its place, from which it cannot be read back. `null`, or an empty text: none.",
        allow_none=True,
    )
    keys = Dict(
        Nested(KeySettings),
        'More keys, by names of your choice: `{"phone": {"key": "…", "scopes": ["read"]}}`. The scopes are those of '
        "`grants`. Beside any key, nobody is served without one.",
        keys=String(validate=ma.validate.Length(min=1, error="A key must have a name.")),
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
    allowed_hosts = Names(
        "Names under which the gateway is reached, besides `localhost` and `webBindAddress`: what stands in the "
        "address that a program calls, without the port. Any other name is refused, so that no web page gets in by a "
        "domain that leads here. Pages at these names, but not at `host.docker.internal`, have the rights of the "
        "gateway's own page."
    )
    web_bind_port = Integer(
        "Port to listen on.", validate=ma.validate.Range(0, 65535, error="A number from 0 to 65535.")
    )
    web_cors_origin_list = Names(
        "Web origins that may use the gateway. They may do everything but read and write files outside Anki; a desktop "
        "program on this computer, such as `app://obsidian.md`, may do that as well, if it is listed by its name. "
        "`http://localhost` stands for browser extensions and `http://127.0.0.1` (without a port) as well, as in "
        'AnkiConnect. `"*"`: all that `grants` does not name, which lets every web page read and change your '
        "collection."
    )
    web_cors_origin = String(
        "One more allowed origin, as old settings of AnkiConnect have it. The environment variable "
        "`ANKICONNECT_CORS_ORIGIN` wins over it.",
        allow_none=True,
    )
    allowed_folders = Names(
        "Folders whose files programs may name although they are hidden, the system's, or on another computer: with "
        "all that is in them."
    )
    allowed_download_hosts = Names(
        "Hosts that web pages, browser extensions and other computers may have files downloaded from (`url`) although "
        "they are not on the public internet, such as `localhost:5050`. Without a port: every port of the host."
    )
    any_localhost_port = Boolean(
        "`http://localhost` in `webCorsOriginList` stands for every port of `localhost` and `127.0.0.1`: any web "
        "server on this computer, such as the one that you develop with."
    )
    ignore_origin_list = DeniedOrigins(
        "Origins that are denied without asking you, browser extensions too, whatever the other settings say of them. "
        'A host without a scheme, such as `example.com`, is denied under every scheme and port. `"*"`: all.'
    )
    grants = Grants(
        List(Enum(GRANTS)),
        'What you have allowed, by origin: a list of `"read"`, `"change"` (add and change), `"control"` (delete, '
        'and control Anki\'s windows, reviews and sync) and `"files"` (read and write files outside Anki), or of '
        'single scopes: `"write"`, `"media"`, `"delete"`, `"gui"`, `"sync"`, `"admin"`.',
    )
    ask_extensions = Boolean(
        "Ask about each browser extension, as about web pages, instead of letting all of them in, also by "
        '`"*"` in `webCorsOriginList`.'
    )
    known_extensions = Names(
        "The latest hundred browser extensions that were let in and shown to you. AnkiRPC keeps this list."
    )
    prevent_app_nap = Boolean(
        "macOS only: keep the system from putting Anki to sleep (App Nap) while it serves with its windows hidden."
    )
    limits = Nested(LimitSettings, "How much is taken from callers; those that are not named have their defaults.")
    mcp_all_tools = Boolean(
        "Offer every action to agents (MCP) as a tool. Otherwise it is a chosen set, which leaves models more room."
    )
    mcp_allow_destructive = Boolean(
        "Let agents (MCP) use tools by which something can go, such as `deleteNotes`. They need the same key and "
        "permission as everybody, whatever this says."
    )
