"""The text for bug reports. It holds no secrets: no keys, no contents, no names of web sites or hosts."""

from __future__ import annotations

import platform
from collections.abc import Iterable

from anki.buildinfo import version as anki_version
from aqt.qt import QT_VERSION_STR

from ...config import Config
from ...http.call_log import CallerSummary
from ...text.origins import EVERY, OPAQUE, is_extension, is_origin
from ...version import VERSION
from ..takeover import Other

HARMLESS = ("http://localhost", "http://127.0.0.1", "https://localhost", "https://127.0.0.1")


def text(
    config: Config, other: Other | None, rows: Iterable[CallerSummary], add_ons: Iterable[str], *, is_served: bool
) -> str:
    """Return versions, state, permissions and recent callers. `other` is AnkiConnect, if it is enabled. `add_ons`:
    the folders of add-ons with extensions.
    """
    where = config.web_bind_address if config.web_bind_address in ("127.0.0.1", "localhost", "::1") else "(redacted)"
    lines = [
        f"AnkiRPC {VERSION}, Anki {anki_version}, Python {platform.python_version()}, Qt {QT_VERSION_STR}",
        f"{platform.platform()}",
        f"address: {where}, port {config.web_bind_port}: {'served' if is_served else 'not served'}",
        f"API keys: {(config.api_key is not None) + len(config.keys) or 'none'}",
        f"ask about extensions: {'yes' if config.ask_extensions else 'no'}",
        f"AnkiConnect enabled: {other.folder if other else 'none'}",
        f"extensions of: {', '.join(add_ons) or 'none'}",
        "allowed origins: " + (", ".join(redacted(origin) for origin in config.web_cors_origin_list) or "none"),
        *(f"granted: {redacted(origin)}: {', '.join(names)}" for origin, names in config.grants.items()),
        f"denied origins: {len(config.ignore_origin_list)}",
        "recent callers:",
    ]
    for row in rows:
        who = redacted(row.who) if row.is_origin else row.who.partition(" at ")[0]
        lines.append(f"  {who}: {row.action}, {row.count} times, {row.nameless_reason or 'served'}")
    return "\n".join(lines) + "\n"


def redacted(origin: str) -> str:
    """Return an origin without the name of a web site. Extensions and this computer are no secrets."""
    if not is_origin(origin):
        return origin if origin in (EVERY, OPAQUE) else "(redacted)"
    scheme, _, host = origin.partition("://")
    name = host.partition(":")[0]
    is_harmless = is_extension(origin) or f"{scheme}://{name}" in HARMLESS
    return origin if is_harmless else f"{scheme}://(redacted)"
