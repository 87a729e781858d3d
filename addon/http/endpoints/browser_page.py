"""The page that a browser shows at `/`: four files of `web/`, and what they may do."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from werkzeug.wrappers import Request, Response

FOLDER = Path(__file__).parents[2] / "web"
FILES = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/page.css": ("page.css", "text/css; charset=utf-8"),
    "/live.js": ("live.js", "text/javascript; charset=utf-8"),
    "/page.js": ("page.js", "text/javascript; charset=utf-8"),
}
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",  # asks each time, and is mostly told that nothing has changed
    "Vary": "Accept",
}


def is_wanted(request: Request) -> bool:
    """A browser is opening the address: it names HTML, which clients, with `*/*` or nothing, do not."""
    return any(kind == "text/html" for kind, _ in request.accept_mimetypes)


def serve(request: Request) -> Response:
    """The file for a path among `FILES`, or 304 where the browser has it."""
    name, content_type = FILES[request.path]
    body, etag = _read(name)
    response = Response(body, content_type=content_type, headers=HEADERS)
    response.set_etag(etag)
    return response.make_conditional(request)


@cache
def _read(name: str) -> tuple[bytes, str]:
    body = (FOLDER / name).read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:16]
