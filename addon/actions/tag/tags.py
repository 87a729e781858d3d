"""Tags of notes: listing, adding, removing and replacing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anki.notes import NoteId

from ...collection.damage import all_tags
from ...collection.errors import NoteNotFound
from ...collection.rows import READABLE_TAGS, refuse_unreadable, rows_in_parts
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.tags import MOST_LEVELS, is_too_deep
from ...schemas.tag import tags as s
from ...text.anki_text import WHITE_SPACE, fold, fold_letters, literal, split_tags, tag_key, tag_name, tag_names
from ...text.normal_forms import nfc
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..note.updates import require_note, set_tags, write_if_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from anki.collection import Collection

_LABEL = "Update Tag"

TAGGED_PER_CHUNK = 5_000
"""Notes whose tags one call into Anki changes. They take as long as 1,000 notes whose texts change."""

NoteTags = dict[NoteId, str]
"""The tags of notes, in the form in which the collection stores them."""


@action("getTags", NoParams, s.TAGS, examples=[Example("all", {}, ["A1", "fruit"])])
def get_tags(ctx: Context) -> list[str]:
    """List all tags that the collection knows, used or not."""
    return all_tags(ctx.col)


def _dry_run_clear_unused(ctx: Context) -> DryRunReport:
    return dry_run_report(tags=unused_tags(ctx))


@destructive(
    "clearUnusedTags",
    NoParams,
    NOTHING,
    dry_run=_dry_run_clear_unused,
    errors=[Refused],
    examples=[Example("there is none", {}, None), Example("what would go", {"dryRun": True}, {"dryRun": True})],
)
def clear_unused_tags(ctx: Context) -> None:
    """Remove the tags that no note has from the collection's list of tags."""
    if unused_tags(ctx):
        require_shallow_tags(ctx.col)
        ctx.write(ctx.col.tags.clear_unused_tags)


def require_shallow_tags(col: Collection) -> None:
    """Raise Refused for a tag with too many levels, as syncs can bring: Anki's tag tree takes minutes or crashes."""
    for tag in col.tags.all():
        if is_too_deep(tag):
            raise Refused(f"A tag of more than {MOST_LEVELS} levels is in the way: {tag[:40]!r}…")


@action(
    "getNoteTags",
    s.GetNoteTags,
    s.TAGS_OF_NOTE,
    errors=[NoteNotFound, Refused],
    examples=[Example("two tags", {"note": 1700000000001}, ["A1", "fruit"])],
)
def get_note_tags(ctx: Context, note: int) -> list[str]:
    """List the tags of a note."""
    return require_note(ctx.col, note).tags


@action(
    "updateNoteTags",
    s.UpdateNoteTags,
    NOTHING,
    writes=True,
    idempotent=True,
    touches_notes=lambda params: [params["note"]],
    errors=[NoteNotFound, Refused],
    examples=[Example("others", {"note": 1700000000001, "tags": ["fruit", "food"]}, None)],
)
def update_note_tags(ctx: Context, note: int, tags: list[str]) -> None:
    """Replace the tags of a note; an empty list clears them."""
    stored = require_note(ctx.col, note)
    before = [*stored.fields], stored.tags
    set_tags(stored, tags)
    write_if_changed(ctx, _LABEL, stored, *before)


@action(
    "addTags",
    s.AddTags,
    NOTHING,
    writes=True,
    idempotent=True,
    touches_notes=lambda params: params["notes"],
    errors=[NoteNotFound],
    examples=[Example("two tags", {"notes": [1700000000001, 1700000000002], "tags": "fruit A1"}, None)],
)
def add_tags(ctx: Context, notes: list[int], tags: str, add: bool) -> None:
    """Add tags to notes. If an id is unknown, the call fails and changes nothing."""
    noted, wanted = _tags_of(ctx, notes), {*map(tag_key, split_tags(tags))}
    if not add:
        _remove(ctx, noted, tags)
    elif wanted:
        lacking = _those(noted, lambda present: not wanted <= {*map(tag_key, present)})
        for chunk in ctx.chunks(lacking, TAGGED_PER_CHUNK):
            ctx.write(ctx.col.tags.bulk_add, chunk, tags)


def _remove(ctx: Context, noted: NoteTags, tags: str) -> None:
    """Remove tags and their sub-tags.

    Anki ignores white space inside the names of tags to remove: for `a\u00a0b` it would remove `ab`.
    """
    plain: list[str] = []
    spaced: list[str] = []
    for tag in _present(noted, split_tags(tags)):
        (spaced if {*tag} & {*WHITE_SPACE} else plain).append(tag)
    if plain:
        for chunk in ctx.chunks(_having(noted, _is_below(plain)), TAGGED_PER_CHUNK):
            ctx.write(ctx.col.tags.bulk_remove, chunk, " ".join(plain))
    if spaced:
        pattern = f"^(?:{'|'.join(map(literal, spaced))})(?:::(?s:.*))?$"
        for chunk in ctx.chunks(_having(noted, _is_below(spaced)), TAGGED_PER_CHUNK):
            ctx.write_as("Remove Tag", ctx.col.tags.find_and_replace, chunk, pattern, "", regex=True, match_case=False)


def _present(noted: NoteTags, wanted: list[str]) -> list[str]:
    """Those of the wanted tags that one of the notes has, or of which it has a sub-tag.

    A regular expression for all wanted tags could be too large for Anki.
    """
    known = {*map(fold_letters, _distinct(noted))}
    levels = [tag.split("::") for tag in known]
    known |= {"::".join(names[:depth]) for names in levels for depth in range(1, len(names))}
    return [tag for tag in wanted if fold_letters(tag) in known]


def _is_below(tags: list[str]) -> Callable[[str], bool]:
    """A function that returns whether a tag is one of these or below one of them."""
    roots = {fold_letters(tag) for tag in tags}
    beginnings = tuple(f"{root}::" for root in roots)
    return lambda tag: fold_letters(tag) in roots or fold_letters(tag).startswith(beginnings)


def _dry_run_remove(ctx: Context, notes: list[int], tags: str) -> DryRunReport:
    return _losing(_tags_of(ctx, notes), _is_below(split_tags(tags)))


@destructive(
    "removeTags",
    s.TagNotes,
    s.NOTES_WITHOUT_TAGS,
    dry_run=_dry_run_remove,
    idempotent=True,
    touches_notes=lambda params: params["notes"],
    errors=[NoteNotFound],
    examples=[
        Example("one tag", {"notes": [1700000000001, 1700000000002], "tags": "A1"}, [1700000000001]),
        Example(
            "what would go",
            {"notes": [1700000000001, 1700000000002], "tags": "A1", "dryRun": True},
            {"dryRun": True, "changedNotes": {"count": 1, "ids": [1700000000001]}},
        ),
    ],
)
def remove_tags(ctx: Context, notes: list[int], tags: str) -> list[int]:
    """Remove tags and their sub-tags from notes, and return the ids of the notes that had one.

    Case does not matter. If an id is unknown, the call fails and changes nothing.
    """
    noted = _tags_of(ctx, notes)
    _remove(ctx, noted, tags)
    return [*_having(noted, _is_below(split_tags(tags)))]


def _dry_run_replace(
    ctx: Context, tag_to_replace: str, replace_with_tag: str, notes: list[int] | None = None
) -> DryRunReport:
    noted = _tags_of(ctx, notes)
    _require_tag(ctx, tag_to_replace)
    old = _one_tag(tag_to_replace)
    kept = {tag_key(tag) for tag in tag_names([replace_with_tag])}
    return _losing(noted, lambda tag: fold_letters(tag) == old and tag_key(tag) not in kept)


@destructive(
    "replaceTags",
    s.ReplaceTags,
    NOTHING,
    dry_run=_dry_run_replace,
    touches_notes=lambda params: params["notes"],
    errors=[NoteNotFound, NotFound],
    examples=[
        Example(
            "a tag by a sub-tag",
            {"notes": [1700000000001, 1700000000002], "tag_to_replace": "A1", "replace_with_tag": "level::A1"},
            None,
        ),
        Example(
            "what would change",
            {"notes": [1700000000001], "tag_to_replace": "A1", "replace_with_tag": "level::A1", "dryRun": True},
            {"dryRun": True, "changedNotes": {"count": 1, "ids": [1700000000001]}},
        ),
    ],
)
def replace_tags(ctx: Context, notes: list[int], tag_to_replace: str, replace_with_tag: str) -> None:
    """Replace a tag in notes; those without the tag are skipped.

    If an id is unknown, or nothing in the collection has the tag, the call fails and changes nothing.
    """
    noted = _tags_of(ctx, notes)
    _require_tag(ctx, tag_to_replace)
    _replace(ctx, noted, tag_to_replace, replace_with_tag)


@destructive(
    "replaceTagsInAllNotes",
    s.ReplaceTagsInAllNotes,
    NOTHING,
    dry_run=_dry_run_replace,
    touches_notes=lambda params: None,
    errors=[NotFound],
    examples=[
        Example("a tag by a sub-tag", {"tag_to_replace": "A1", "replace_with_tag": "level::A1"}, None),
        Example(
            "what would change",
            {"tag_to_replace": "A1", "replace_with_tag": "level::A1", "dryRun": True},
            {"dryRun": True, "changedNotes": {"count": 1, "ids": [1700000000001]}},
        ),
    ],
)
def replace_tags_in_all_notes(ctx: Context, tag_to_replace: str, replace_with_tag: str) -> None:
    """Replace a tag in every note that has it. The call fails if the collection has no such tag."""
    _require_tag(ctx, tag_to_replace)
    _replace(ctx, _tags_of(ctx, None), tag_to_replace, replace_with_tag)


def _replace(ctx: Context, noted: NoteTags, old: str, new: str) -> None:
    """Replace a tag in these notes."""
    tags = ctx.col.tags
    old = nfc(old)
    if _one_tag(old) is None or new == old:  # no note can have the old tag, or it is the new one
        return
    first, *others = split_tags(new) or [""]
    pattern = f"^{literal(old)}$"
    replacement = first.replace("$", "$$"), True, False
    for chunk in ctx.chunks(_replacing(noted, old, split_tags(new)), TAGGED_PER_CHUNK):
        if not others:
            ctx.write(tags.find_and_replace, chunk, pattern, *replacement)
            continue
        with ctx.single_commit():
            ctx.write_as(_LABEL, tags.find_and_replace, chunk, pattern, *replacement)
            ctx.write_as(_LABEL, tags.bulk_add, chunk, " ".join(others))


def _one_tag(text: str) -> str | None:
    """A text as a tag in folded case; None if no note can have such a tag."""
    text = nfc(text)
    return fold_letters(text) if split_tags(text) == [text] else None


def _require_tag(ctx: Context, text: str) -> None:
    """Raise NotFound if a text is no tag that the collection knows or a note has. A tolerant call then does nothing."""
    wanted = _one_tag(text)
    if ctx.tolerant or wanted in {*map(fold_letters, all_tags(ctx.col))}:
        return
    if wanted is None or not _having(_tags_of(ctx, None), lambda tag: fold_letters(tag) == wanted):
        raise NotFound(f"tag was not found: {text}", tag=text)


def _replacing(noted: NoteTags, old: str, new: list[str]) -> list[NoteId]:
    """Those of these notes that a replacement changes: they have the tag, in any case."""
    wanted, old = {*map(tag_key, new)}, fold_letters(old)

    def is_changed(tags: list[str]) -> bool:
        kept = {tag_key(tag) for tag in tags if fold_letters(tag) != old}
        return any(fold_letters(tag) == old for tag in tags) and kept | wanted != {*map(tag_key, tags)}

    return _those(noted, is_changed)


def _losing(noted: NoteTags, is_lost: Callable[[str], bool]) -> DryRunReport:
    return dry_run_report(changed_notes=_having(noted, is_lost))


def _having(noted: NoteTags, is_meant: Callable[[str], bool]) -> list[NoteId]:
    """Those of these notes that have a tag for which `is_meant` is true."""
    return _those(noted, lambda tags: any(map(is_meant, tags)))


def _those(noted: NoteTags, is_meant: Callable[[list[str]], bool]) -> list[NoteId]:
    """Those of these notes for whose tags `is_meant` is true. Many have the same tags, which are judged once."""
    judged = {text: is_meant(split_tags(text)) for text in {*noted.values()}}
    return [note_id for note_id, text in noted.items() if judged[text]]


def _tags_of(ctx: Context, notes: Sequence[int] | None) -> NoteTags:
    """The tags of these notes (None: of all), without damaged ones.

    Raises NoteNotFound for the first unknown id. A tolerant call skips unknown ids.
    """
    if notes is None:
        assert ctx.col.db is not None
        notes = ctx.col.db.list("select id from notes")
    select = f"select id, iif({READABLE_TAGS}, tags, null) from notes where id in ids"  # noqa: S608  (a constant)
    noted: dict[NoteId, str | None] = dict(rows_in_parts(ctx, select, notes))
    if not ctx.tolerant and len(noted) < len(notes):
        for index, note_id in enumerate(notes):
            if note_id not in noted:
                raise NoteNotFound(f"Note was not found: {note_id}", note=note_id, index=index)
    return {note_id: text for note_id, text in noted.items() if text is not None}


@action("unusedTags", NoParams, s.UNUSED_TAGS, examples=[Example("there is none", {}, [])])
def unused_tags(ctx: Context) -> list[str]:
    """List the tags that the collection knows but no note has; `clearUnusedTags` removes them."""
    assert ctx.col.db is not None
    used: set[str] = set()
    for tags in ctx.col.db.list("select distinct cast(tags as text) from notes"):
        used.update(map(fold, split_tags(tags)))
    return [tag for tag in all_tags(ctx.col) if fold(tag) not in used]


# --- in all notes, and in the list of tags ---

_MOST_LETTERS = 20_000
"""Letters of the tags that Anki gets in one call: about 100,000 make a regular expression that is too large for it."""


def _dry_run_rename(ctx: Context, tag: str, new_name: str) -> DryRunReport:
    old, new, noted = _to_rename(ctx, tag, new_name)

    def loses(tags: list[str]) -> bool:
        return bool({*map(tag_key, tags)} - {tag_key(_moved(name, old, new)) for name in tags})

    tags = [name for name in all_tags(ctx.col) if noted and _is_below([old])(name)]
    kept = {tag_key(_moved(name, old, new)) for name in tags}
    gone = (name for name in tags if tag_key(name) not in kept)
    return dry_run_report(tags=gone, changed_notes=_those(noted, loses))


@destructive(
    "renameTag",
    s.RenameTag,
    s.RENAMED_IN,
    dry_run=_dry_run_rename,
    touches_notes=lambda params: None,
    errors=[NotFound, Refused],
    examples=[
        Example("with its sub-tags", {"tag": "fruit", "newName": "food::fruit"}, 1),
        Example(
            "what would change",
            {"tag": "fruit", "newName": "food::fruit", "dryRun": True},
            {
                "dryRun": True,
                "tags": {"count": 1, "names": ["fruit"]},
                "changedNotes": {"count": 1, "ids": [1700000000001]},
            },
        ),
    ],
)
def rename_tag(ctx: Context, tag: str, new_name: str) -> int:
    """Rename a tag with its sub-tags in all notes, and return how many notes have it.

    Case does not matter for `tag`. If the new name is taken, the two tags become one. The old tags leave the
    collection's list. A tag that no note has stays as it is, and the result is 0.
    """
    old, new, noted = _to_rename(ctx, tag, new_name)
    notes = [*noted]
    if all(_moved(name, old, new) == name for name in _distinct(noted)):
        return len(notes)
    if _is_below([old])(new):  # no other tag can get such a name
        ctx.write(ctx.col.tags.rename, old, new)
    else:  # `rename` would leave notes with one tag twice, and adds known tags in another case
        pattern = f"^{literal(old)}((?:::(?s:.*))?)$"
        replacement = f"{new.replace('$', '$$')}${{1}}", True, False
        with ctx.single_commit():
            ctx.write_as("Rename Tag", ctx.col.tags.find_and_replace, notes, pattern, *replacement)
            ctx.write_as("Rename Tag", ctx.col.tags.remove, old)
    return len(notes)


def _distinct(noted: NoteTags) -> set[str]:
    """The different tags of these notes."""
    return {tag for text in {*noted.values()} for tag in split_tags(text)}


def _to_rename(ctx: Context, tag: str, new_name: str) -> tuple[str, str, NoteTags]:
    """The tag and its new name, as Anki stores them, and the notes with the tag or a sub-tag.

    Raises NotFound if there is no such tag and no sub-tag, and Refused for a name that Anki would reject or change.
    """
    old, new, field = nfc(tag), tag_name(new_name), s.RenameTag.wire("new_name")
    if split_tags(new_name) != [new_name]:
        raise Refused("The new name must be one tag, without spaces.", field=field)
    if any(name == "blank" != level for level, name in zip(new_name.split("::"), new.split("::"), strict=False)):
        raise Refused("A level of the new name is empty.", field=field)
    is_meant = _is_below([old])
    everywhere = _tags_of(ctx, None)
    noted = {note_id: everywhere[note_id] for note_id in _having(everywhere, is_meant)}
    if split_tags(old) != [old] or not (noted or any(map(is_meant, all_tags(ctx.col)))):
        raise NotFound(f"tag was not found: {tag}", tag=tag)
    _refuse_unsafe(ctx.col, [old])
    if any(is_too_deep(_moved(name, old, new)) for name in _distinct(noted)):
        raise Refused(f"A tag would have more than {MOST_LEVELS} levels.", field=field)
    return old, new, noted


def _moved(tag: str, old: str, new: str) -> str:
    """A tag after the renaming of it, or of one above it."""
    return f"{new}{tag[len(old) :]}" if _is_below([old])(tag) else tag


def _refuse_unsafe(col: Collection, tags: list[str]) -> None:
    """Raise Refused for tags that Anki confuses with others or fails at, and for damaged tags of any note.

    `tags.rename` and `tags.remove` ignore white space inside a tag, and read the tags of all notes and the whole list.
    """
    for tag in tags:
        if {*tag} & {*WHITE_SPACE}:
            raise Refused("Anki cannot find a tag with white space in it; replaceTagsInAllNotes can.", tag=tag)
        if len(tag) > _MOST_LETTERS:
            raise Refused(f"A tag of more than {_MOST_LETTERS:,} letters.", tag=tag[:100])
    refuse_unreadable(col, "note", f"not {READABLE_TAGS}")
    col.tags.all()  # fails before the write for a damaged list


def _dry_run_remove_everywhere(ctx: Context, tags: list[str]) -> DryRunReport:
    wanted, notes = _to_remove(ctx, tags)
    return dry_run_report(tags=filter(_is_below(wanted), all_tags(ctx.col)), changed_notes=notes)


@destructive(
    "removeTagsInAllNotes",
    s.RemoveTagsInAllNotes,
    s.REMOVED_IN,
    dry_run=_dry_run_remove_everywhere,
    idempotent=True,
    touches_notes=lambda params: None,
    errors=[Refused],
    examples=[
        Example("a tag, and one that does not exist", {"tags": ["fruit", "vegetable"]}, 1),
        Example(
            "what would go",
            {"tags": ["fruit"], "dryRun": True},
            {
                "dryRun": True,
                "tags": {"count": 1, "names": ["fruit"]},
                "changedNotes": {"count": 1, "ids": [1700000000001]},
            },
        ),
    ],
)
def remove_tags_in_all_notes(ctx: Context, tags: list[str]) -> int:
    """Remove tags and their sub-tags from all notes and from the collection's list, and return how many notes had one.

    Case does not matter. Tags that do not exist are skipped; without tags, nothing is removed.
    """
    wanted, notes = _to_remove(ctx, tags)
    with ctx.single_commit():
        for chunk in _in_chunks(wanted):
            ctx.write(ctx.col.tags.remove, " ".join(chunk))
    return len(notes)


def _to_remove(ctx: Context, tags: list[str]) -> tuple[list[str], list[NoteId]]:
    """Those of these tags, or of the tags below them, that exist, and the notes that have one. Raises Refused."""
    is_meant = _is_below(split_tags(" ".join(tags)))
    everywhere = _tags_of(ctx, None)
    wanted = _roots(filter(is_meant, _distinct(everywhere) | {*all_tags(ctx.col)}))
    if wanted:
        _refuse_unsafe(ctx.col, wanted)
    return wanted, _having(everywhere, is_meant)


def _roots(tags: Iterable[str]) -> list[str]:
    """These tags in one spelling each, without those below another one."""
    spellings = {fold_letters(tag): tag for tag in tags}
    roots: list[str] = []
    for folded in sorted(spellings, key=lambda folded: folded.split("::")):
        if not roots or not f"{folded}::".startswith(f"{roots[-1]}::"):
            roots.append(folded)
    return [spellings[folded] for folded in roots]


def _in_chunks(tags: list[str]) -> Iterator[list[str]]:
    """The tags in lists of at most `_MOST_LETTERS` letters."""
    chunk: list[str] = []
    for tag in tags:
        if chunk and sum(map(len, chunk)) + len(tag) > _MOST_LETTERS:
            yield chunk
            chunk = []
        chunk.append(tag)
    if chunk:
        yield chunk
