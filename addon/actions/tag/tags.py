"""Tags of notes: listing, adding, removing and replacing them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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
from ...text.anki_text import WHITE_SPACE, fold, fold_letters, split_tags, tag_key, tag_name, tag_names
from ...text.normal_forms import nfc
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..note.updates import require_note, set_tags, write_if_changed
from ..note.writing import NOTES_PER_CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from anki.collection import Collection

_LABEL = "Update Tag"
_SPECIAL = re.compile(r"[\\.^$|?*+()\[\]{}]")
"""The characters with a meaning in Rust's regular expressions."""


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
    _refuse_unknown(ctx, notes)
    if not add:
        _remove(ctx, notes, tags)
        return
    for chunk in ctx.chunks(_lacking(ctx, notes, tags), NOTES_PER_CHUNK):
        ctx.write(ctx.col.tags.bulk_add, chunk, tags)


def _refuse_unknown(ctx: Context, notes: list[int]) -> None:
    """Raise NoteNotFound for the first unknown id. A tolerant call skips unknown ids."""
    if not ctx.tolerant:
        known = {row[0] for row in rows_in_parts(ctx, "select id from notes where id in ids", notes)}
        for index, note_id in enumerate(notes):
            if note_id not in known:
                raise NoteNotFound(f"Note was not found: {note_id}", note=note_id, index=index)


def _lacking(ctx: Context, notes: list[int], tags: str) -> list[NoteId]:
    """The notes without one of these tags."""
    wanted = {*map(tag_key, split_tags(tags))}
    rows = _tags_of(ctx, notes) if wanted else []
    return [NoteId(note_id) for note_id, tags in rows if not wanted <= {*map(tag_key, split_tags(tags))}]


def _remove(ctx: Context, notes: list[int], tags: str) -> None:
    """Remove tags and their sub-tags.

    Anki ignores white space inside the names of tags to remove: for `a\u00a0b` it would remove `ab`.
    """
    plain: list[str] = []
    spaced: list[str] = []
    for tag in _present(ctx, notes, split_tags(tags)):
        (spaced if {*tag} & {*WHITE_SPACE} else plain).append(tag)
    if plain:
        for chunk in ctx.chunks(_having(ctx, notes, _is_below(plain)), NOTES_PER_CHUNK):
            ctx.write(ctx.col.tags.bulk_remove, chunk, " ".join(plain))
    if spaced:
        pattern = f"^(?:{'|'.join(map(_escaped, spaced))})(?:::(?s:.*))?$"
        for chunk in ctx.chunks(_having(ctx, notes, _is_below(spaced)), NOTES_PER_CHUNK):
            ctx.write_as("Remove Tag", ctx.col.tags.find_and_replace, chunk, pattern, "", regex=True, match_case=False)


def _present(ctx: Context, notes: list[int], wanted: list[str]) -> list[str]:
    """Those of the wanted tags that one of the notes has, or of which it has a sub-tag.

    A regular expression for all wanted tags could be too large for Anki.
    """
    if not wanted:
        return []
    known = {fold_letters(tag) for _, tags in _tags_of(ctx, notes) for tag in split_tags(tags)}
    levels = [tag.split("::") for tag in known]
    known |= {"::".join(names[:depth]) for names in levels for depth in range(1, len(names))}
    return [tag for tag in wanted if fold_letters(tag) in known]


def _is_below(tags: list[str]) -> Callable[[str], bool]:
    """A function that returns whether a tag is one of these or below one of them."""
    roots = {fold_letters(tag) for tag in tags}
    beginnings = tuple(f"{root}::" for root in roots)
    return lambda tag: fold_letters(tag) in roots or fold_letters(tag).startswith(beginnings)


def _dry_run_remove(ctx: Context, notes: list[int], tags: str) -> DryRunReport:
    _refuse_unknown(ctx, notes)
    return _losing(ctx, notes, _is_below(split_tags(tags)))


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
    _refuse_unknown(ctx, notes)
    tagged = _having(ctx, notes, _is_below(split_tags(tags)))
    _remove(ctx, notes, tags)
    return [*tagged]


def _dry_run_replace(
    ctx: Context, tag_to_replace: str, replace_with_tag: str, notes: list[int] | None = None
) -> DryRunReport:
    _refuse_unknown(ctx, notes or [])
    _require_tag(ctx, tag_to_replace)
    old = _one_tag(tag_to_replace)
    kept = {tag_key(tag) for tag in tag_names([replace_with_tag])}
    return _losing(ctx, notes, lambda tag: fold_letters(tag) == old and tag_key(tag) not in kept)


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
    _refuse_unknown(ctx, notes)
    _require_tag(ctx, tag_to_replace)
    if notes:
        _replace(ctx, list(dict.fromkeys(notes)), tag_to_replace, replace_with_tag)


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
    _replace(ctx, None, tag_to_replace, replace_with_tag)


def _replace(ctx: Context, notes: list[int] | None, old: str, new: str) -> None:
    """Replace a tag in these notes; None means all notes."""
    tags = ctx.col.tags
    old = nfc(old)
    if _one_tag(old) is None or new == old:  # no note can have the old tag, or it is the new one
        return
    first, *others = split_tags(new) or [""]
    pattern = f"^{_escaped(old)}$"
    replacement = first.replace("$", "$$"), True, False
    tagged = _replacing(ctx, notes, old, split_tags(new))
    for chunk in ctx.chunks(tagged, NOTES_PER_CHUNK):
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
    if wanted is None or not _having(ctx, None, lambda tag: fold_letters(tag) == wanted):
        raise NotFound(f"tag was not found: {text}", tag=text)


def _escaped(tag: str) -> str:
    return _SPECIAL.sub(lambda special: "\\" + special[0], tag)


def _replacing(ctx: Context, notes: list[int] | None, old: str, new: list[str]) -> list[NoteId]:
    """Those of these notes (None: of all) that a replacement changes: they have the tag, in any case."""
    wanted, old = {*map(tag_key, new)}, fold_letters(old)
    found = []
    for note_id, text in _tags_of(ctx, notes):
        tags = split_tags(text)
        kept = {tag_key(tag) for tag in tags if fold_letters(tag) != old}
        if any(fold_letters(tag) == old for tag in tags) and kept | wanted != {*map(tag_key, tags)}:
            found.append(NoteId(note_id))
    return found


def _losing(ctx: Context, notes: list[int] | None, is_lost: Callable[[str], bool]) -> DryRunReport:
    return dry_run_report(changed_notes=_having(ctx, notes, is_lost))


def _having(ctx: Context, notes: Sequence[int] | None, is_meant: Callable[[str], bool]) -> list[NoteId]:
    """Those of these notes (None: of all) that have a tag for which `is_meant` is true."""
    return [NoteId(note_id) for note_id, tags in _tags_of(ctx, notes) if any(map(is_meant, split_tags(tags)))]


def _tags_of(ctx: Context, notes: Sequence[int] | None) -> Iterator[Sequence[Any]]:
    """Ids and tags of these notes (None: of all), without damaged ones."""
    if notes is None:
        assert ctx.col.db is not None
        notes = ctx.col.db.list("select id from notes")
    select = f"select id, tags from notes where {READABLE_TAGS} and id in ids"  # noqa: S608  (a constant)
    return ctx.paced(rows_in_parts(ctx, select, notes))


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
    old, new, notes = _to_rename(ctx, tag, new_name)
    tags = [name for name in all_tags(ctx.col) if notes and _is_below([old])(name)]
    kept = {tag_key(_moved(name, old, new)) for name in tags}
    losing = [
        note_id
        for note_id, text in _tags_of(ctx, notes)
        if {*map(tag_key, split_tags(text))} - {tag_key(_moved(name, old, new)) for name in split_tags(text)}
    ]
    return dry_run_report(tags=(name for name in tags if tag_key(name) not in kept), changed_notes=losing)


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
    old, new, notes = _to_rename(ctx, tag, new_name)
    if not any(_moved(name, old, new) != name for _, tags in _tags_of(ctx, notes) for name in split_tags(tags)):
        return len(notes)
    if _is_below([old])(new):  # no other tag can get such a name
        ctx.write(ctx.col.tags.rename, old, new)
    else:  # `rename` would leave notes with one tag twice, and adds known tags in another case
        pattern = f"^{_escaped(old)}((?:::(?s:.*))?)$"
        replacement = f"{new.replace('$', '$$')}${{1}}", True, False
        with ctx.single_commit():
            ctx.write_as("Rename Tag", ctx.col.tags.find_and_replace, notes, pattern, *replacement)
            ctx.write_as("Rename Tag", ctx.col.tags.remove, old)
    return len(notes)


def _to_rename(ctx: Context, tag: str, new_name: str) -> tuple[str, str, list[NoteId]]:
    """The tag and its new name, as Anki stores them, and the notes with the tag or a sub-tag.

    Raises NotFound if there is no such tag and no sub-tag, and Refused for a name that Anki would reject or change.
    """
    old, new, field = nfc(tag), tag_name(new_name), s.RenameTag.wire("new_name")
    if split_tags(new_name) != [new_name]:
        raise Refused("The new name must be one tag, without spaces.", field=field)
    if any(name == "blank" != level for level, name in zip(new_name.split("::"), new.split("::"), strict=False)):
        raise Refused("A level of the new name is empty.", field=field)
    is_meant = _is_below([old])
    notes = _having(ctx, None, is_meant)
    if split_tags(old) != [old] or not (notes or any(map(is_meant, all_tags(ctx.col)))):
        raise NotFound(f"There is no such tag: {tag}", tag=tag)
    _refuse_unsafe(ctx.col, [old])
    if any(is_too_deep(_moved(name, old, new)) for _, tags in _tags_of(ctx, notes) for name in split_tags(tags)):
        raise Refused(f"A tag would have more than {MOST_LEVELS} levels.", field=field)
    return old, new, notes


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
    notes = _having(ctx, None, is_meant)
    known = {tag for _, names in _tags_of(ctx, notes) for tag in split_tags(names)} | {*all_tags(ctx.col)}
    wanted = _roots(filter(is_meant, known))
    if wanted:
        _refuse_unsafe(ctx.col, wanted)
    return wanted, notes


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
