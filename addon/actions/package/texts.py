"""Text files of notes, such as CSV: previewing, importing and exporting them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from anki.collection import NoteIdsLimit
from anki.errors import BackendError, DBError
from anki.import_export_pb2 import CsvMetadata, CsvMetadataRequest, ImportCsvRequest, ImportResponse

from ...collection.damage import damage_behind
from ...collection.errors import DeckNotFound, InvalidSearch, ModelNotFound, NoteNotFound, storage_error
from ...collection.rows import refuse_unreadable, refuse_unreadable_of
from ...collection.text_trial import parents_in, try_text, without_parents
from ...collection.trial import trial_collection
from ...files.consent import explained
from ...files.file_policy import FilePolicy
from ...files.missing import missing_file
from ...files.path_policy import Access
from ...files.regular_files import databases_of, open_regular
from ...rpc.caller import Caller
from ...rpc.context import Context
from ...rpc.errors import FileProblem, NotFound, Refused
from ...rpc.host import Host
from ...rpc.registry import Example, action
from ...rpc.scopes import Scope
from ...schemas.package import texts as s
from ...text.anki_text import fold, index_by_name
from ...text.plain import plain
from ..deck.current import existing_deck
from ..deck.decks import refuse_filtered, require_creatable_deck
from ..model.models import require_model
from ..model.template_limits import require_readable_of
from .paths import is_there, resolved, use_first
from .selection import limit_of

if TYPE_CHECKING:
    from anki.collection import Collection
    from anki.models import NotetypeDict

_HEADER = b"#separator:tab\n#html:"
"""The first bytes of every file that Anki exports."""


@action(
    "exportNotesText",
    s.ExportNotesText,
    s.NUMBER_OF_NOTES,
    prepare=use_first,
    scope=Scope.FILES,
    errors=[FileProblem, NoteNotFound, DeckNotFound, InvalidSearch, Refused],
    cancellable=True,
    examples=[Example("every note", {"path": "notes.txt", "notes": None, "query": ""}, 2)],
)
def export_notes_text(
    ctx: Context,
    path: str,
    *,
    html: bool,
    tags: bool,
    deck_name: bool,
    model_name: bool,
    guid: bool,
    **selection: Any,
) -> int:
    """Export notes to a text file, one a line with tabs between the columns, and return their number.

    Lines at the top describe the columns, so `importTextFile` reads the file back. Such a file is overwritten; any
    other existing file is refused. Media files are not exported. The deck is that of the note's first card: if the card
    is in a filtered deck, the filtered deck.
    """
    limit = limit_of(ctx, selection)
    if isinstance(limit, NoteIdsLimit):
        refuse_unreadable_of(ctx.col, "note", "id", limit.note_ids)
    else:
        refuse_unreadable(ctx.col, "note", "true")
    with new_text_file(ctx, path) as new:
        return ctx.col.export_note_csv(
            out_path=new,
            limit=limit,
            with_html=html,
            with_tags=tags,
            with_deck=deck_name,
            with_notetype=model_name,
            with_guid=guid,
        )


@contextmanager
def new_text_file(ctx: Context, path: str) -> Iterator[str]:
    """The path of a new file, which in the end replaces the one that the call names: none, or such a text file."""
    with resolved(ctx, path, Access.WRITE) as real:
        if is_there(real) and not _begins_with(real, _HEADER):
            raise FileProblem(f"Not overwritten, because it is no text file of notes: {path!r}")
        with replacing(real) as new:
            yield new


def _begins_with(path: str, beginning: bytes) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(beginning)) == beginning
    except OSError as error:
        raise FileProblem(f"Not overwritten, because it may be no text file of notes: {error}") from None


@contextmanager
def replacing(path: str) -> Iterator[str]:
    """The path of a new file near another one, which it replaces in the end: a part of a file is never there."""
    folder, name = os.path.split(path)
    try:
        with tempfile.TemporaryDirectory(prefix="anki-rpc-", dir=folder, ignore_cleanup_errors=True) as place:
            new = Path(place, name)
            yield str(new)
            with suppress(FileNotFoundError):
                shutil.copymode(path, new)
            new.replace(path)
    except OSError as error:
        raise storage_error(error) or FileProblem(f"{error.strerror}: {path!r}") from None


# --- reading ---


def _needs(params: dict[str, Any]) -> Iterator[tuple[Scope, str]]:
    if params["path"] is not None:
        yield Scope.FILES, "read files"


def _read_first(params: dict[str, Any], caller: Caller, host: Host) -> dict[str, Any]:
    """Read the file while the lane does other work. An earlier call of a batch may still write a missing one."""
    content = None
    with suppress(FileProblem):
        content = _content_of(params["path"], params["text"], caller, host)
    return {**params, "content": content}


def _content_of(path: str | None, text: str | None, caller: Caller, host: Host) -> bytes:
    """The content of the file, or the text. Raises FileProblem if Anki could not read it."""
    if path is None:
        content = (text or "").encode()
    else:
        policy = FilePolicy.for_caller(caller, host)
        real, limit = policy.resolve(path), host.package_limit()
        try:
            with open_regular(real, databases_of(policy.media)) as file:
                content = file.read(limit + 1)
        except (OSError, ValueError) as error:
            if isinstance(error, FileNotFoundError):
                raise FileProblem(missing_file(path)) from None
            why = (error.strerror if isinstance(error, OSError) else None) or error
            raise FileProblem(explained(f"{why}: {path!r}")) from None
        if len(content) > limit:
            raise FileProblem(f"The file has more than {limit} bytes (limits.packageMegabytes): {path!r}")
        try:
            content.decode()
        except UnicodeDecodeError:
            raise FileProblem(f"The file is not in UTF-8: {path!r}") from None
    return content


class _TextFile(NamedTuple):
    """A file that Anki reads, and how it would import it."""

    path: str
    metadata: CsvMetadata
    header: list[str]
    field: str
    """The param that it comes from."""


@contextmanager
def _opened(ctx: Context, given: dict[str, Any]) -> Iterator[_TextFile]:
    """A copy of the file, which no other program changes meanwhile."""
    content = given["content"]
    if content is None:
        content = _content_of(given["path"], given["text"], ctx.caller, ctx.host)
    field = "text" if given["path"] is None else "path"
    with tempfile.TemporaryDirectory(prefix="anki-rpc-", ignore_cleanup_errors=True) as folder:
        path = str(Path(folder, "notes.txt"))
        Path(path).write_bytes(content)
        try:
            yield _TextFile(path, _metadata(ctx, path, given), _header_of(content), field)
        except DBError:
            raise
        except BackendError as error:
            if damage := damage_behind(ctx.col, error):
                raise damage from None
            raise FileProblem(plain(str(error)).replace(path, given["path"] or "the text"), field=field) from None


def _header_of(content: bytes) -> list[str]:
    """The lines at the top of a file that tell how to read it."""
    lines = []
    for line in content.removeprefix(b"\xef\xbb\xbf").decode().splitlines():
        if not line.startswith("#"):
            break
        lines.append(line)
    return lines


def _metadata(ctx: Context, path: str, given: dict[str, Any]) -> CsvMetadata:
    """What Anki reads at the top of a file, and what the call says."""
    request = CsvMetadataRequest(path=path)
    if given["delimiter"] is not None:
        request.delimiter = s.DELIMITERS.index(given["delimiter"])  # type: ignore[assignment]
    if given["is_html"] is not None:
        request.is_html = given["is_html"]
    deck_id = model_id = None
    if given["deck"] is not None:
        deck_id = existing_deck(ctx, given["deck"])
        refuse_filtered(ctx.col, deck_id)
    if given["model_name"] is not None:
        model_id = require_model(ctx.col, given["model_name"])["id"]
    columns = ctx.col._backend.get_csv_metadata(request)
    for value, member, column in (
        (deck_id, "deck", columns.deck_column),
        (model_id, "model_name", columns.notetype_column),
    ):
        if value is not None and column:  # Anki would read the column as a field
            text = f"The file names it in column {column}, for each line."
            raise Refused(text, field=s.PreviewTextFile.wire(member))
    if deck_id is not None:
        request.deck_id = deck_id
    if model_id is not None:
        request.notetype_id = model_id
    metadata = ctx.col._backend.get_csv_metadata(request)
    with trial_collection() as backend:  # here the user's last import decides if the file does not
        own = backend.get_csv_metadata(CsvMetadataRequest(path=path))
    metadata.dupe_resolution, metadata.match_scope = own.dupe_resolution, own.match_scope
    if metadata.deck_id:  # of a filtered one Anki would use the number as the name of a new deck
        refuse_filtered(ctx.col, metadata.deck_id)
    return metadata


@action(
    "previewTextFile",
    s.PreviewTextFile,
    s.TEXT_FILE_PREVIEW,
    prepare=_read_first,
    needs=_needs,
    errors=[FileProblem, DeckNotFound, ModelNotFound, Refused],
    examples=[
        Example(
            "a text",
            {
                "path": None,
                "text": "pera;pear\nfico;fig",
                "delimiter": "semicolon",
                "isHtml": False,
                "modelName": "Basic",
                "deck": "Default",
            },
            {
                "delimiter": "semicolon",
                "isHtml": False,
                "columns": 2,
                "columnLabels": ["", ""],
                "rows": [["pera", "pear"], ["fico", "fig"]],
                "modelName": "Basic",
                "fieldColumns": {"Front": 1, "Back": 2},
                "deck": "Default",
                "deckColumn": None,
                "modelColumn": None,
                "tagsColumn": None,
                "guidColumn": None,
                "tags": [],
                "onDuplicate": "update",
                "matchScope": "noteType",
                "guessed": [],
                "isNewDeck": False,
                "ignored": [],
            },
        )
    ],
)
def preview_text_file(ctx: Context, **given: Any) -> dict[str, Any]:
    """Show what Anki reads in a text file of notes, and how `importTextFile` would import it. Nothing is changed.

    The file is in UTF-8. Lines at its top can say how to read it: `#separator:`, `#html:`, `#notetype:`, `#deck:`,
    `#tags:`, `#columns:`, `#notetype column:`, `#deck column:`, `#tags column:`, `#guid column:`, `#if matches:` and
    `#match scope:`. What neither they nor the call says is guessed (`guessed`). In a file of one column the guessed
    delimiter is the space.

    Compare `rows` with the file: a quotation mark that is not closed makes the rest of the file one field.
    """
    with _opened(ctx, given) as file:
        metadata, col = file.metadata, ctx.col
        deck = metadata.WhichOneof("deck")
        by_column = metadata.WhichOneof("notetype") == "notetype_column"
        model = None if by_column else col.models.get(metadata.global_notetype.id)
        deck_name = None if deck == "deck_column" else metadata.deck_name or col.decks.name_if_exists(metadata.deck_id)
        keys = {line[1:].partition(":")[0].strip().lower(): line for line in file.header}
        ignored = [
            keys[key]
            for key, is_ignored in (
                ("separator", given["delimiter"] is None and not metadata.force_delimiter),
                ("notetype", model and given["model_name"] is None and not _is_called(model, keys.get("notetype", ""))),
            )
            if key in keys and is_ignored
        ]
        read = {key for key, line in keys.items() if line not in ignored}
        named = {
            "delimiter": given["delimiter"] is not None or "separator" in read,
            "modelName": by_column or given["model_name"] is not None or "notetype" in read,
            "deck": deck_name is None or given["deck"] is not None or "deck" in read,
            "tagsColumn": not metadata.tags_column or "tags column" in read,
        }
        return {
            "delimiter": s.DELIMITERS[metadata.delimiter],
            "isHtml": metadata.is_html,
            "columns": len(metadata.column_labels),
            "columnLabels": list(metadata.column_labels),
            "rows": [list(row.vals) for row in metadata.preview],
            "modelName": model["name"] if model else None,
            "fieldColumns": _field_columns(model, metadata) if model else None,
            "deck": deck_name,
            "deckColumn": metadata.deck_column or None,
            "modelColumn": metadata.notetype_column or None,
            "tagsColumn": metadata.tags_column or None,
            "guidColumn": metadata.guid_column or None,
            "tags": list(metadata.global_tags),
            "onDuplicate": s.ON_DUPLICATE[metadata.dupe_resolution],
            "matchScope": s.MATCH_SCOPES[metadata.match_scope],
            "guessed": [name for name, is_named in named.items() if not is_named],
            "isNewDeck": deck == "deck_name",
            "ignored": ignored,
        }


def _is_called(model: dict[str, Any], line: str) -> bool:
    """Whether the line `#notetype:` names a note type."""
    name = line.partition(":")[2].strip()
    return name in (str(model["id"]), model["name"]) or name.lower() == model["name"].lower()


def _field_columns(model: dict[str, Any], metadata: CsvMetadata) -> dict[str, int]:
    columns = metadata.global_notetype.field_columns
    return {field["name"]: column for field, column in zip(model["flds"], columns, strict=False) if column}


# --- importing ---


@action(
    "importTextFile",
    s.ImportTextFile,
    s.IMPORTED_NOTES,
    prepare=_read_first,
    needs=_needs,
    writes=True,
    touches_notes=lambda params: None,
    errors=[FileProblem, DeckNotFound, ModelNotFound, NotFound, Refused],
    cancellable=True,
    examples=[
        Example(
            "two notes",
            {
                "path": None,
                "text": "fico;fig\npera;pear\n",
                "delimiter": "semicolon",
                "isHtml": False,
                "modelName": "Basic",
                "deck": "Default",
            },
            {
                "found": 2,
                "new": [1700000000003, 1700000000004],
                "updated": [],
                "unchanged": [],
                "firstFieldMatch": [],
                "conflicting": [],
                "missingModel": [],
                "missingDeck": [],
                "emptyFirstField": [],
            },
        )
    ],
)
def import_text_file(ctx: Context, **given: Any) -> dict[str, Any]:
    """Import a text file of notes, such as CSV. The result says what was done with each note.

    See `previewTextFile` for what Anki reads in the file, and what it guesses. A note is recognised by the column of
    its globally unique id, or else by its first field. A deck that the file names and that does not exist is created;
    one that is filtered is refused, unless no note has news. An update replaces the tags of a note if the file has a
    column of tags; it does not move cards to another deck. Media files that the notes name are not imported.
    """
    with _opened(ctx, given) as file:
        metadata = file.metadata
        _apply(ctx, metadata, given)
        require_readable_of(ctx.col)
        refuse_unreadable(ctx.col, "note", "true")
        trial = try_text(ctx.col, file.path, metadata)
        log = trial.log_if_unchanged(ctx.col)
        if log is None:
            missing = [name for name in trial.decks if _is_missing(ctx.col, name)]
            request = ImportCsvRequest(path=file.path, metadata=metadata)
            with ctx.single_commit(len(trial.notes)):
                for name in without_parents(parents_in(missing) & {*missing}):  # see `try_text`
                    ctx.write_as("Import", ctx.col.decks.add_normal_deck_with_name, name)
                log = ctx.write(ctx.col.import_csv, request).log
    return outcome_of(log)


def _is_missing(col: Collection, deck: str) -> bool:
    """Whether an import would create a deck.

    Raises Refused for a filtered deck, instead of which Anki would create another one, and for a deck below one.
    """
    if (deck_id := col.decks.id_for_name(deck)) is not None:
        refuse_filtered(col, deck_id)
        return False
    require_creatable_deck(col, deck)
    return True


def _apply(ctx: Context, metadata: CsvMetadata, given: dict[str, Any]) -> None:
    """Set what the call says about the import. Raises NotFound and Refused."""
    if given["on_duplicate"] is not None:
        metadata.dupe_resolution = s.ON_DUPLICATE.index(given["on_duplicate"])  # type: ignore[assignment]
    if given["match_scope"] is not None:
        metadata.match_scope = s.MATCH_SCOPES.index(given["match_scope"])  # type: ignore[assignment]
    for name, tags in (("global_tags", given["tags"]), ("updated_tags", given["tags_for_updated"])):
        if tags is not None:
            getattr(metadata, name)[:] = [tag for text in tags for tag in text.split()]
    model = ctx.col.models.get(metadata.global_notetype.id) if metadata.HasField("global_notetype") else None
    if given["field_columns"] is not None:
        _map_columns(model, metadata, given["field_columns"])
    if model is not None and not metadata.global_notetype.field_columns[0]:
        text = f"The field {model['flds'][0]['name']!r} needs a column: it is the first of its note type."
        raise Refused(text, field=_COLUMNS)


_COLUMNS = s.ImportTextFile.wire("field_columns")


def _map_columns(model: NotetypeDict | None, metadata: CsvMetadata, given: dict[str, int]) -> None:
    if model is None:
        raise Refused("The file names the note type of each line, so it decides the columns.", field=_COLUMNS)
    columns = [0] * len(model["flds"])
    places = index_by_name([field["name"] for field in model["flds"]])
    for name, column in given.items():
        if (place := places.get(fold(name))) is None:
            raise NotFound(f"field was not found in {model['name']}: {name}", model=model["name"], field=name)
        if column > len(metadata.column_labels):
            raise Refused(f"The file has only {len(metadata.column_labels)} columns.", field=_COLUMNS)
        columns[place] = column
    metadata.global_notetype.field_columns[:] = columns
    if metadata.tags_column in columns:  # Anki guesses that the first column behind the fields has the tags
        metadata.tags_column = 0


def outcome_of(log: ImportResponse.Log) -> dict[str, Any]:
    """The log of an import as a result."""
    return {
        "found": log.found_notes,
        **{
            name: [note.id.nid for note in notes]
            for name, notes in (
                ("new", log.new),
                ("updated", log.updated),
                ("unchanged", log.duplicate),
                ("firstFieldMatch", log.first_field_match),
            )
        },
        **{
            name: [list(note.fields) for note in notes]
            for name, notes in (
                ("conflicting", log.conflicting),
                ("missingModel", log.missing_notetype),
                ("missingDeck", log.missing_deck),
                ("emptyFirstField", log.empty_first_field),
            )
        },
    }
