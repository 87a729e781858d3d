"""Media files: storing, retrieving, listing and deleting them, and the files that come with a note."""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anki.errors import AnkiException

from ...collection import media_moves, media_store
from ...collection.errors import file_error, storage_error, without_folders
from ...collection.media_names import ILLEGAL, is_reserved
from ...files import sources
from ...files.address_policy import DownloadPolicy
from ...files.consent import explained
from ...files.file_policy import FilePolicy
from ...files.regular_files import databases_of, is_one_of, open_regular
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import (
    ActionError,
    AlreadyExists,
    CollectionUnavailable,
    DownloadFailed,
    FileProblem,
    NotFound,
    Refused,
)
from ...rpc.executor import RunsOn
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.base import NoParams
from ...schemas.media import files as s
from ...text import base64_chunks
from ...text.normal_forms import nfc
from ..dry_run import DryRunReport, destructive, dry_run_report

if TYPE_CHECKING:
    from anki.collection import Collection

Params = dict[str, Any]


def needs_of_source(source: dict[str, Any]) -> Iterator[tuple[Scope, str]]:
    """The scopes that a file's content needs, which depend on its source (`Action.needs`)."""
    yield Scope.MEDIA, "store files"
    if source.get("data") is None and source.get("path") is not None:
        yield Scope.FILES, "read files"


def fetch(params: Params, caller: Caller, host: Host) -> Params:
    """Fetch the content before the call takes the collection."""
    return {
        "filename": params["filename"],
        "content": _content_of(params, caller, host),
        "collision": params["collision"] or ("replace" if params["delete_existing"] else "rename"),
    }


def _content_of(source: dict[str, Any], caller: Caller, host: Host) -> bytes | None:
    """Like `files.content_of`. All stored content passes here, so no action can forget to check its scopes."""
    for scope, purpose in needs_of_source(source):
        caller.require(scope, purpose)
    downloads = DownloadPolicy(caller.is_local_program, host.allowed_downloads(), caller.identity)
    return sources.content_of(source, FilePolicy.for_caller(caller, host), downloads)


@action(
    "storeMediaFile",
    s.StoreMediaFile,
    s.STORED_NAME,
    prepare=fetch,
    needs=needs_of_source,
    writes=True,
    undoable=False,
    scope=Scope.MEDIA,
    errors=[Refused, AlreadyExists, FileProblem, DownloadFailed],
    examples=[Example("by content", {"filename": "_mela.txt", "data": "Y2lhbw=="}, "_mela.txt")],
)
def store_media_file(ctx: Context, filename: str, content: bytes | None, collision: str) -> str | None:
    """Store a file in the media folder and return the name it got.

    The content is base64 `data`, the file at `path`, or the download from `url`, in this order. An existing file of
    that name is moved to Anki's media trash; `collision` says otherwise. If it has the same content, it stays.
    """
    if content is None:
        return None
    with as_file_problem(ctx.col):
        try:
            return media_store.store(
                ctx.col, filename, content, replace=collision == "replace", rename=collision != "error"
            )
        except media_store.NameTaken as error:
            (name,) = error.args
            raise AlreadyExists(
                f"{name} exists, with other content. Choose another name, or another `collision`",
                field=s.StoreMediaFile.wire("filename"),
                file=name,
            ) from None


@contextmanager
def as_file_problem(col: Collection, field: str = s.StoreMediaFile.wire("filename")) -> Iterator[None]:
    """Raise FileProblem if something is in the way of a file or of Anki's media trash; StorageFailed and Busy.

    `field`: the param that names the file.
    """
    try:
        yield
    except OSError as error:
        raise (file_error(error, col, field) or error) from None


@action(
    "retrieveMediaFile",
    s.RetrieveMediaFile,
    s.CONTENT,
    runs_on=RunsOn.ANY,
    errors=[CollectionUnavailable, NotFound, FileProblem],
    examples=[Example("a file", {"filename": "_ciao.txt"}, "Y2lhbw==")],
)
def retrieve_media_file(ctx: Context, filename: str) -> str:
    """Return a file of the media folder as base64."""
    folder = ctx.col.media.dir()
    filename = os.path.basename(filename)  # noqa: PTH119  (Path drops a dot and a slash at the end)
    name: str | None = ILLEGAL.sub("", nfc(filename))
    if is_reserved(name) or not os.path.exists(f"{folder}/{name}"):  # noqa: PTH110  (Path raises for a long name)
        name = media_store.find(folder, filename)
    if name is None:
        raise NotFound(f"media file was not found: {filename}", file=filename)
    try:
        with open_regular(f"{folder}/{name}", databases_of(folder)) as file:
            ctx.count_result(os.fstat(file.fileno()).st_size * 4 // 3)
            return base64_chunks.encode(file.read())
    except OSError as error:
        text = explained(without_folders(str(error), ctx.col))  # it may be a link
        raise FileProblem(text, field=s.StoreMediaFile.wire("filename")) from None


def _dry_run_delete_file(ctx: Context, filename: str) -> DryRunReport:
    return dry_run_report(files=_stored(ctx.col, filename))


@destructive(
    "deleteMediaFile",
    s.DeleteMediaFile,
    s.TRASHED_NAME,
    dry_run=_dry_run_delete_file,
    undoable=False,
    scope=Scope.DELETE,
    errors=[FileProblem],
    examples=[
        Example("a file", {"filename": "_ciao.txt"}, "_ciao.txt"),
        Example(
            "what would go",
            {"filename": "_ciao.txt", "dryRun": True},
            {"dryRun": True, "files": {"count": 1, "names": ["_ciao.txt"]}},
        ),
    ],
)
def delete_media_file(ctx: Context, filename: str) -> str | None:
    """Move a file from the media folder to Anki's media trash and return its name; null if there was none."""
    for name in _stored(ctx.col, filename):
        with as_file_problem(ctx.col):
            media_moves.trash(ctx.col, name)
        return name
    return None


def _stored(col: Collection, name: str) -> list[str]:
    found = media_store.find(col.media.dir(), name)
    return [] if found is None else [found]


@action(
    "getMediaDirPath",
    NoParams,
    s.MEDIA_FOLDER,
    runs_on=RunsOn.ANY,
    is_quick=True,
    scope=Scope.MEDIA,
    errors=[CollectionUnavailable],
    examples=[Example("the folder", {}, "/home/ada/.local/share/Anki2/User 1/collection.media")],
)
def get_media_dir_path(ctx: Context) -> str:
    """Return the path of the open profile's media folder."""
    return ctx.col.media.dir()


@action(
    "getMediaFilesNames",
    s.GetMediaFilesNames,
    s.MEDIA_NAMES,
    runs_on=RunsOn.ANY,
    errors=[CollectionUnavailable, Refused],
    examples=[Example("by pattern", {"pattern": "_*.txt"}, ["_ciao.txt"])],
)
def get_media_files_names(ctx: Context, pattern: str) -> list[str]:
    """List the names of the files in the media folder.

    Names that begin with a dot are left out, unless the pattern begins with a dot. Case matters if it matters for file
    names on the disk.
    """
    if "/" in pattern or "\\" in pattern:
        raise Refused(
            "pattern must not contain a slash: the media folder has no folders in it",
            field=s.GetMediaFilesNames.wire("pattern"),
        )
    if len(pattern) > s.LONGEST_PATTERN:
        return []
    folder = ctx.col.media.dir()
    names = []
    with suppress(FileNotFoundError), os.scandir(folder) as entries:  # the folder is made when a file is stored
        names = [entry.name for entry in entries if entry.is_file()]
    spelling = (lambda name: nfc(name).lower()) if _ignores_case(folder) else nfc
    wanted = spelling(pattern)
    found = [name for name in names if fnmatch.fnmatchcase(spelling(name), wanted)]
    if not found and not glob.has_magic(pattern):
        return _stored(ctx.col, pattern)
    return found if pattern.startswith(".") else [name for name in found if not name.startswith(".")]


def _ignores_case(folder: str) -> bool:
    """Whether the disk ignores the case of names, as most disks of Windows and macOS do: it finds the folder by another
    spelling, which is no name beside it. Not every disk has identities that could be compared.
    """
    place = Path(folder)
    other = place.with_name(place.name.swapcase())
    with suppress(OSError):
        return other.exists() and other.name not in os.listdir(place.parent)  # noqa: PTH208  (Path is slower)
    return False


def refuse_databases(col: Collection) -> None:
    """Raise Refused if a link in the media folder leads to one of Anki's databases, which Anki would read as media."""
    folder = col.media.dir()
    databases = databases_of(folder)
    for name in os.listdir(folder) if Path(folder).is_dir() else ():  # noqa: PTH208  (Path is slower)
        if is_one_of(f"{folder}/{name}", databases):
            raise Refused(f"A file in the media folder is a link to one of Anki's databases. Remove it: {name}")


# --- the files of a note ---

_KINDS = {"audio": "[sound:{}]", "video": "[sound:{}]", "picture": '<img src="{}">'}
"""Param of a note to the reference that fields get to its files. Files are stored in this order."""

References = Iterator[tuple[list[str], str]]


def needs_of_note(params: Params) -> Iterator[tuple[Scope, str]]:
    """The scopes that the files of a note need (`Action.needs`)."""
    if isinstance(params["note"], dict):
        for _, item in _items(params["note"]):
            yield from needs_of_source(item)


def needs_of_notes(params: Params) -> Iterator[tuple[Scope, str]]:
    for note in params["notes"]:
        yield from needs_of_note({"note": note})


def fetch_for_note(params: Params, caller: Caller, host: Host) -> Params:
    """The params with the content of a note's files, if there is a note; a failed file holds its error."""
    return {**params, "note": with_content(params["note"], caller, host)}


def fetch_for_notes(params: Params, caller: Caller, host: Host) -> Params:
    return {**params, "notes": [with_content(note, caller, host) for note in params["notes"]]}


def with_content(note: Any, caller: Caller, host: Host) -> Any:
    """A note with the content of its files."""
    if not isinstance(note, dict):
        return note
    return {**note, **{kind: [_with_content(item, caller, host) for item in note[kind]] for kind in _KINDS}}


def _with_content(item: dict[str, Any], caller: Caller, host: Host) -> dict[str, Any]:
    if "error" in item:
        return item
    try:
        return {**item, "content": _content_of(item, caller, host)}
    except ActionError as error:
        return {**item, "error": error.without_traceback()}


def _items(note: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind, reference in _KINDS.items():
        for item in note[kind]:
            yield reference, item


def has_files(note: dict[str, Any]) -> bool:
    return any(note[kind] for kind in _KINDS)


def fields_asked_for(note: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of path in the note and field name, for each field that a note's files name."""
    for kind in _KINDS:
        for index, item in enumerate(note[kind]):
            for name in item["fields"] or ():
                yield f"{kind}.{index}.fields.{name}", name


def expected_references(col: Collection, note: dict[str, Any], tolerant: bool) -> References:
    """The references that a note's files will append, with the names of the fields that get them.

    If a file could not be fetched, the note fails. In a tolerant call the error's text is written into the fields
    instead, and `&` in file names is not escaped.
    """
    for reference, item in _items(note):
        fields = item["fields"]
        if error := item.get("error"):
            if not tolerant:
                raise error
            if fields is None:
                raise Refused("'fields'")
            yield fields, _escaped(str(error))
        elif item.get("content", b"") is not None:
            name = media_store.name_to_be(
                col, item["filename"], item.get("content"), replace=bool(item["delete_existing"])
            )
            yield fields or [], reference.format(name if tolerant else _escaped(name))


def store_references(
    col: Collection, note: dict[str, Any], tolerant: bool = False, *, plain_names: bool = False
) -> References:
    """Store a note's files and return the references to append, with the names of the fields that get them.

    `plain_names`: file names are not escaped, because Anki does not find the image of an occlusion note otherwise.
    """
    for reference, item in _items(note):
        fields = item["fields"] or []
        if error := item.get("error"):
            yield fields, _escaped(str(error))
        elif item["content"] is not None:
            try:
                name = media_store.store(col, item["filename"], item["content"], replace=item["delete_existing"])
            except (AnkiException, OSError) as error:
                text = without_folders(str(error), col)
                if not tolerant:
                    problem = FileProblem(text, field=s.StoreMediaFile.wire("filename"))
                    raise (storage_error(error) or problem) from None
                yield fields, _escaped(text)
            else:
                yield fields, reference.format(name if tolerant or plain_names else _escaped(name))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
