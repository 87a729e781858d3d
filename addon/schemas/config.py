"""The settings file. `config.Config.load` handles names that are not listed here."""

import re
import socket
from typing import Any

from ..text.origins import EVERY, OPAQUE, parse_origin
from ..vendored import marshmallow as ma
from .base import Base
from .fields.basic import Boolean, Dict, Enum, Integer, List, Nested, String, Strings

ADDRESS = r"[0-9A-Za-z._:%-]+\Z"
GRANTS = ("read", "change", "windows", "manage", "control", "files", "write", "media", "delete", "gui", "sync", "admin")


def _whole(description: str, lowest: int, highest: int) -> Integer:
    error = f"A number from {lowest} to {highest}."
    return Integer(description, validate=ma.validate.Range(lowest, highest, error=error))


def _is_address(value: str) -> None:
    """Raise ValidationError unless it can be an address or a host name. Digits and dots alone are no name."""
    try:
        if re.fullmatch(r"[0-9.]+", value):
            socket.inet_aton(value)
        elif not re.match(ADDRESS, value):
            raise ValueError
    except (OSError, ValueError):
        raise ma.ValidationError("An address such as 127.0.0.1, without http:// and without a port.") from None


class Names(Strings):
    """A list of names, or a single name. Empty texts are ignored."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        names = super()._deserialize([value] if isinstance(value, str) else value, attr, data, **more)
        return [name for name in names if name]


class DeniedOrigins(Names):
    """Origins to deny. Each must be understood, because an unknown form would deny nothing."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> list[Any]:
        names = super()._deserialize(value, attr, data, **more)
        for name in names:
            if name.strip() != EVERY and parse_origin(name) is None:
                raise ma.ValidationError(
                    f"Not understood: {name!r}. Write an origin such as https://example.com, a host such as "
                    'example.com, or "*" for all.'
                )
        return names


class Grants(Dict):
    """Rights by origin. Each origin must be understood, because an unknown one would get the rights of `"*"`."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> Any:
        found: dict[Any, str] = {}
        for name in value if isinstance(value, dict) else ():
            meant = parse_origin(name)
            if meant is None or (meant.scheme is None and meant.host != OPAQUE):
                raise ma.ValidationError(f"Not an origin: {name!r}. Write it as https://example.com.")
            if meant in found:
                raise ma.ValidationError(f"One origin stands here twice: {found[meant]!r} and {name!r}.")
            found[meant] = name
        return super()._deserialize(value, attr, data, **more)


class KeySettings(Base):
    key = String(
        "The key; AnkiRPC replaces it by a hash.",
        required=True,
        validate=ma.validate.Length(min=1, error="Must not be empty."),
    )
    scopes = List(Enum(GRANTS), "The rights of this key.", required=True)


class LimitSettings(Base):
    """The limits and their descriptions."""

    connections = _whole("Number of open connections. At the limit, idle ones are closed for new ones.", 8, 10_000)
    waiting = _whole(
        "Number of requests that wait while all threads are busy; further requests get 503 with `Retry-After`.",
        1,
        10_000,
    )
    header_kilobytes = _whole("Size of a request's head; larger ones get 431.", 4, 1024)
    body_megabytes = _whole("Size of a request's body; larger ones get 413. 144 are enough for 100 in base64.", 1, 1024)
    media_megabytes = _whole("Size of a file for `PUT /media/`. Anki does not sync files above 100.", 1, 4096)
    package_megabytes = _whole(
        "Unpacked size of a package, or size of a text file; imports refuse larger ones. The collection in a package "
        "may take up a quarter of this.",
        1,
        1_000_000,
    )
    read_seconds = _whole("Time in which a request must arrive completely.", 1, 86_400)
    stall_seconds = _whole("Time for which a client may pause within a request; after that it gets 408.", 1, 3600)
    idle_seconds = _whole("Time for which a connection without a request is kept open.", 1, 86_400)
    batch = _whole("Number of calls in a JSON-RPC batch.", 1, 1_000_000)
    nesting = _whole("Depth to which `multi` may contain `multi`.", 1, 64)
    response_megabytes = _whole(
        "Size of the response to a request. If a call exceeds it, it fails with `response_too_large`, and the calls "
        "after it in the same batch or `multi` do not run. Events and `/media/` have no such limit.",
        1,
        16_384,
    )
    public_response_megabytes = _whole(
        "The same for callers without permission and, if there are keys, for callers without a key.", 1, 1024
    )


class Settings(Base):
    """The settings. Their descriptions are Markdown; the documentation and Anki's add-on settings show them."""

    class Meta:
        unknown = ma.EXCLUDE

    api_key = String(
        "Key that every request must carry, in `key` or as `Authorization: Bearer`; it grants all rights. In Anki, "
        "AnkiRPC replaces it by a hash, from which the key cannot be read. `null`, or an empty text, means no key.",
        allow_none=True,
    )
    keys = Dict(
        Nested(KeySettings),
        'Further keys, by names of your choice: `{"phone": {"key": "…", "scopes": ["read"]}}`. The scopes are those of '
        "`grants`. If there is any key, requests without a key are rejected, unless `localProgramsWithoutKey` lets "
        "them in.",
        keys=String(validate=ma.validate.Length(min=1, error="A key must have a name.")),
    )
    web_bind_address = String(
        "Address to listen on. The default also listens on `::1`. The environment variable `ANKICONNECT_BIND_ADDRESS` "
        "overrides it.",
        validate=_is_address,
    )
    allow_remote_without_key = Boolean(
        "Accept other computers without a key, as AnkiConnect does. Otherwise, if `webBindAddress` can be reached by "
        "other computers and there is no `apiKey`, the gateway listens on `127.0.0.1` instead."
    )
    allowed_hosts = Names(
        "Names under which the gateway is reached, besides `localhost` and `webBindAddress`: the host in the address "
        "that a program calls, without the port. Other names are rejected, so that a web page cannot get in by a "
        "domain that points here. Pages at these names, except `host.docker.internal`, have the rights of the "
        "gateway's own page."
    )
    web_bind_port = Integer(
        "Port to listen on.", validate=ma.validate.Range(0, 65535, error="A number from 0 to 65535.")
    )
    web_cors_origin_list = Names(
        "Web origins that may use the gateway. They may do everything except read and write files outside Anki; a "
        "desktop program on this computer that is listed by name, such as `app://obsidian.md`, may do that, too. "
        "`http://localhost` also stands for browser extensions and `http://127.0.0.1` (without a port), as in "
        'AnkiConnect. `"*"` means all origins that `grants` does not name: every web page can read and change your '
        "collection."
    )
    web_cors_origin = String(
        "One more allowed origin, from old settings of AnkiConnect. The environment variable "
        "`ANKICONNECT_CORS_ORIGIN` overrides it.",
        allow_none=True,
    )
    allowed_folders = Names(
        "Folders whose files programs may use even if they are hidden, belong to the system, or are on another "
        "computer. Everything in these folders is allowed."
    )
    allowed_download_hosts = Names(
        "Hosts from which web pages, browser extensions and other computers may let the gateway download files (`url`) "
        "even if they are not on the public internet, such as `localhost:5050`. Without a port: every port of the host."
    )
    local_programs_without_key = Boolean(
        "Programs on this computer need no key, though others do: they call from this computer, are no browsers, and "
        "nothing says that a proxy hands on what another computer sends. Beware: programs of other users of this "
        "computer, and what comes through a tunnel such as `ssh -R`, look like your own programs."
    )
    any_localhost_port = Boolean(
        "Let `http://localhost` in `webCorsOriginList` stand for every port of `localhost` and `127.0.0.1`: any web "
        "server on this computer, such as a development server."
    )
    ignore_origin_list = DeniedOrigins(
        "Origins that are denied without asking you, including browser extensions, whatever the other settings say. "
        'A host without a scheme, such as `example.com`, is denied with every scheme and port. `"*"` means all.'
    )
    grants = Grants(
        List(Enum(GRANTS)),
        'The rights that you have granted, by origin: a list of `"read"`, `"change"` (add and change), `"windows"` '
        '(open and use Anki\'s windows), `"manage"` (delete, sync, restore backups, switch profiles), `"control"` '
        '(both) and `"files"` (read and write files outside Anki), or of single scopes: `"write"`, `"media"`, '
        '`"delete"`, `"gui"`, `"sync"`, `"admin"`.',
    )
    ask_extensions = Boolean(
        "Ask about each browser extension, as about web pages, instead of allowing all of them, even with "
        '`"*"` in `webCorsOriginList`.'
    )
    known_extensions = Names(
        "The latest hundred browser extensions that were allowed and shown to you. AnkiRPC keeps this list."
    )
    prevent_app_nap = Boolean(
        "macOS only: prevent the system from putting Anki to sleep (App Nap) while its windows are hidden."
    )
    sync_after_writes = _whole(
        "Sync when no program has written for this many seconds, by the account that is logged in; `0` means never. "
        "It waits until no operation is running and you have closed all windows but Anki's main one, and do not "
        "review. It is never a full sync. What fails is logged, and tried again after the next write.",
        0,
        86_400,
    )
    limits = Nested(LimitSettings, "Limits for requests; those that are not named have their defaults.")
    mcp_all_tools = Boolean(
        "Offer every action to agents (MCP) as a tool, and list them all. Otherwise only a selection is offered, and "
        "only the most common tools of it are listed, which takes less of a model's context."
    )
    mcp_allow_destructive = Boolean(
        "Let agents (MCP) use tools that can remove something, such as `deleteNotes`. They always need the same key "
        "and permission as other callers."
    )
    mcp_confirm_destructive = Boolean(
        "Let agents (MCP) use such a tool only if the call is confirmed: the client asks the user, or the call sends "
        "the token that its dry run returned."
    )
    mcp_read_only = Boolean("Offer agents (MCP) only tools that read.")
    mcp_tools = Names(
        "Tools to offer to agents (MCP) and to list, in addition to the default ones. With `-` before it, a tool is "
        "not offered. Entries are names or patterns, such as `gui*` and `-sync`. A later entry overrides earlier ones. "
        "Resources and completions do not show data of a tool that is switched off."
    )
    mcp_structured_results = Boolean(
        "Describe the results of tools to agents (MCP) by schemas, and send them as structured content as well as "
        "text. This takes more than twice as much of a model's context."
    )
    extensions = Names(
        "Extensions that you have seen: other add-ons with actions of their own. Until an extension is in this list, "
        "its actions need the scope `admin`. The headless server loads the extensions of installed packages that are "
        "in this list, and no others."
    )
