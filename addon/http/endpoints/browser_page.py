"""The page that a browser shows at `/`: the files of `web/`, and the policy that restricts them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from werkzeug.wrappers import Request, Response

FOLDER = Path(__file__).parents[2] / "web"
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
FILES = {
    "/" if file.name == "index.html" else f"/{file.name}": (file.name, f"{TYPES[file.suffix]}; charset=utf-8")
    for file in sorted(FOLDER.iterdir())
    if file.suffix in TYPES
}
"""Names and content types of the files, by the paths at which they are served."""
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",  # browsers revalidate each time, mostly with status 304
    "Vary": "Accept",
}


def is_wanted(request: Request) -> bool:
    """Whether a browser is opening the address: its Accept header names HTML. Clients send `*/*` or no such header."""
    return any(kind == "text/html" for kind, _ in request.accept_mimetypes)


def load() -> None:
    """Read all files, so that `serve` reads none any more."""
    for name, _ in FILES.values():
        _read(name)


def serve(request: Request) -> Response:
    """Return the file for a path of `FILES`, or status 304 if the browser has it already."""
    name, content_type = FILES[request.path]
    body, etag = _read(name)
    response = Response(body, content_type=content_type, headers=HEADERS)
    response.set_etag(etag)
    return response.make_conditional(request)


@cache
def _read(name: str) -> tuple[bytes, str]:
    body = (FOLDER / name).read_bytes()
    return body, hashlib.sha256(body).hexdigest()[:16]
