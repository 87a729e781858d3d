"""`/media/<name>`: the files of the media folder as raw bytes, by GET, HEAD, PUT and DELETE (RFC 9110)."""

from __future__ import annotations

import math
import mimetypes
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug import exceptions as http
from werkzeug.datastructures import ContentRange
from werkzeug.wrappers import Request, Response
from werkzeug.wsgi import wrap_file

from ...rpc import codec
from ...rpc.caller import Caller
from ...rpc.errors import ActionError, CollectionUnavailable
from ...rpc.executor import CancelToken
from ...rpc.scopes import Scope
from ..endpoint import ISOLATION_HEADERS, Endpoint, require_identity_encoding, respond
from ..server.streams import ENVIRON
from ..server.uploads import LEFT, Upload
from .documents import Admit

if TYPE_CHECKING:
    from ...collection.media_folder import MediaFile, MediaFolder, Precondition

PATH = "/media/"
TYPES = {
    ".apkg": "application/zip",
    ".apng": "image/apng",
    ".flac": "audio/flac",
    ".flv": "video/x-flv",
    ".jfif": "image/jpeg",
    ".js": "text/javascript",
    ".jxl": "image/jxl",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".m4v": "video/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mkv": "video/matroska",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".otf": "font/otf",
    ".spx": "audio/ogg",
    ".ttf": "font/ttf",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".wmv": "video/x-ms-wmv",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
}
"""Media types that Python's own table lacks, or lacks in some versions."""
SHOWN = ("audio/", "font/", "image/", "video/")
"""Media types that a browser may show. It is asked to save files of any other type."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # `fromtimestamp` fails for earlier times on Windows
_table = mimetypes.MimeTypes()  # Python's own table, as the tables of systems differ
for _ending, _type in TYPES.items():
    _table.add_type(_type, _ending)

METHODS = {
    "GET": ("Read a file of the media folder, or a part of it.", Scope.READ),
    "HEAD": ("Read the headers that GET would return, without the file.", Scope.READ),
    "PUT": ("Store a file; a file that it replaces is moved to Anki's media trash.", Scope.MEDIA),
    "DELETE": ("Move a file to Anki's media trash.", Scope.DELETE),
}
"""The HTTP methods for a file of the media folder, each with its summary and the scope that it needs."""

DESCRIPTION = {
    "path": f"{PATH}{{name}}",
    "methods": [{"name": name, "summary": summary, "x-scope": scope} for name, (summary, scope) in METHODS.items()],
}
"""The description of this endpoint in the OpenRPC document (`x-media`)."""


def endpoint(folder: MediaFolder, admit: Admit, require: Admit, limit: Callable[[], int]) -> Endpoint:
    """Return the endpoint.

    - `require`: like `admit`, for a request whose body has not been received yet.
    - `limit`: returns the size of the largest file that PUT accepts, in bytes.
    """

    def handle(request: Request, caller: Caller, admit: Admit) -> str:
        """Check everything that does not need the body, and return the name of the file."""
        _admit(request, caller, admit)
        _require_session(request, caller, folder)
        if request.method == "PUT":
            _check_upload(request, limit())
        return _name(request)

    def serve(request: Request, caller: Caller) -> Response:
        name = handle(request, caller, admit)
        precondition = partial(_check_write, request, caller, folder)
        try:
            if request.method == "PUT":
                return _put(request, folder, name, precondition)
            if request.method == "DELETE":
                conditions = {"If-Match", "If-None-Match", "If-Unmodified-Since"} & {*request.headers.keys()}
                is_conditional = conditions or caller.session is not None
                folder.trash(name, precondition if is_conditional else None, _cancel_token(request))
                return respond(b"", 204, content_type=None)
            return _get(request, folder.open(name), media_type(name))
        except ActionError as error:
            raise _as_http(error) from None

    def upload(request: Request, caller: Caller) -> Upload:
        handle(request, caller, require)
        return Upload(limit(), str(folder.staging_folder))

    def may_block(request: Request, caller: Caller) -> bool:
        if request.method in METHODS:
            _admit(request, caller, require)
        return request.method in METHODS

    return Endpoint(serve, tuple(METHODS), may_block=may_block, upload=upload)


def _admit(request: Request, caller: Caller, admit: Admit) -> None:
    admit(caller, METHODS[request.method][1], f"{request.method} {PATH}")


def _require_session(request: Request, caller: Caller, folder: MediaFolder) -> None:
    if METHODS[request.method][1] is not Scope.READ:
        caller.require_session(folder.session)


def media_type(name: str) -> str:
    """Return the Content-Type for a file name."""
    kind, encoding = _table.guess_type(f"x{name.lower()}", strict=True)
    if kind is None or encoding is not None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _cancel_token(request: Request) -> CancelToken:
    """Return a token that withdraws the request if the client closes the connection before the change begins.

    A change that has begun takes only a moment, so it is not interrupted.
    """
    cancel_token = CancelToken()
    if (stream := request.environ.get(ENVIRON)) is not None:
        stream.on_disconnect(cancel_token.cancel)
    return cancel_token


def _name(request: Request) -> str:
    try:
        return str(request.environ["PATH_INFO"]).encode("latin-1").decode()[len(PATH) :]
    except UnicodeDecodeError:
        raise http.BadRequest("The file name in the address must be percent-encoded UTF-8.") from None


def _check_upload(request: Request, limit: int) -> None:
    if "Content-Range" in request.headers:
        raise http.BadRequest("Upload the file as a whole, without Content-Range: parts are not supported.")
    require_identity_encoding(request)
    if (request.content_length or 0) > limit:
        raise http.RequestEntityTooLarge(
            f"The file is larger than {limit} bytes. Raise `mediaMegabytes` in the setting `limits` to allow it."
        )


def _get(request: Request, file: MediaFile, content_type: str) -> Response:
    response = Response(content_type=content_type, direct_passthrough=True)
    if content_type.startswith(("audio/", "video/")):  # a browser's player cannot load its file in a sandbox
        policy = ISOLATION_HEADERS["Content-Security-Policy"].replace("sandbox", "media-src 'self'")
        response.headers["Content-Security-Policy"] = policy
    try:
        response.set_etag(file.digest)
        with suppress(OverflowError):  # no header can name a year after 9999
            response.last_modified = _EPOCH + timedelta(seconds=math.floor(file.modified))
        response.content_length = file.size
        response.accept_ranges = "bytes"
        if not content_type.startswith(SHOWN) or content_type == "image/svg+xml":
            response.headers["Content-Disposition"] = "attachment"
        _check_match(request, file.digest, file.modified)
        environ = {name: value for name, value in request.environ.items() if name != "HTTP_IF_MATCH"}
        response.make_conditional(environ)
        if response.status_code == 200 and request.method == "GET":
            if (part := _part(request, response, file.size)) is not None:
                response.status_code = 206
                response.content_range = ContentRange("bytes", part.start, part.stop, file.size)
                response.content_length = len(part)
                file.stream.seek(part.start)
            response.response = wrap_file(request.environ, file.stream)  # up to Content-Length; then it is closed
        else:
            file.stream.close()
    except BaseException:
        file.stream.close()
        raise
    return response


def _part(request: Request, response: Response, size: int) -> range | None:
    """Return the requested range of bytes; None for the whole file. Several ranges at once are ignored.

    Werkzeug's `make_conditional` is not used for this: it refuses ranges that RFC 9110 (sections 14.1.2 and 14.2) wants
    ignored or cut off, handles them before If-None-Match and for HEAD, and keeps the part in memory while a slow client
    reads it.
    """
    wanted, condition = request.range, request.headers.get("If-Range")
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or not size:
        return None
    if condition not in (None, response.headers["ETag"], response.headers["Last-Modified"]):
        return None
    part = range(size)[slice(*wanted.ranges[0])]
    if not part:
        raise http.RequestedRangeNotSatisfiable(size)
    return part


def _put(request: Request, folder: MediaFolder, name: str, precondition: Precondition) -> Response:
    if request.content_length is None:
        raise http.LengthRequired("The request has no body. Send the file as its body.")
    if request.environ.get(LEFT):
        raise CollectionUnavailable(
            "The collection was not available when the request began, so the file was not received. Send it again."
        )
    stored = folder.put(name, request.stream, request.content_length, precondition, _cancel_token(request))
    body = {"name": stored.name, "etag": f'"{stored.digest}"'}
    response = respond(codec.dumps(body), 201 if stored.is_new else 200)
    response.set_etag(stored.digest)
    response.headers["Location"] = PATH + quote(stored.name)
    return response


def _check_match(request: Request, digest: str | None, modified: float | None) -> None:
    """Check If-Match or, without it, If-Unmodified-Since (RFC 9110, sections 13.1.1 and 13.1.4).

    Raises PreconditionFailed. `digest` and `modified` are None if the file does not exist.
    """
    if "If-Match" in request.headers:
        if digest is None or digest not in request.if_match:
            raise http.PreconditionFailed("The file does not match If-Match: it was changed, or does not exist.")
    elif (since := request.if_unmodified_since) and modified is not None and math.floor(modified) > since.timestamp():
        raise http.PreconditionFailed("The file was changed after the time in If-Unmodified-Since.")


def _check_write(
    request: Request, caller: Caller, folder: MediaFolder, digest: str | None, modified: float | None
) -> None:
    """Check the preconditions of a write (RFC 9110, section 13.2.2). Raises PreconditionFailed.

    It also checks the session again, which may have ended while the request waited for its turn. Raises StaleSession.
    `digest` and `modified` are None if the file does not exist.
    """
    _require_session(request, caller, folder)
    _check_match(request, digest, modified)
    if "If-None-Match" in request.headers and digest is not None and digest in request.if_none_match:
        raise http.PreconditionFailed("A file that If-None-Match excludes exists already.")


class _InsufficientStorage(http.HTTPException):
    code = 507


def _as_http(error: ActionError) -> Exception:
    """Return the HTTP error for an error of the disk or of Anki; any other error as it is."""
    kinds = {
        "storage_failed": {"full": _InsufficientStorage, "denied": http.Conflict}.get(
            error.data.get("reason", ""), http.InternalServerError
        ),
        "file_problem": http.Conflict,
        "anki_error": http.InternalServerError,
    }
    kind = kinds.get(error.kind)
    return error if kind is None else kind(error.message)
