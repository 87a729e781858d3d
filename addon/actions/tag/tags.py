"""Tags of notes: listing, adding, removing and replacing them."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, NamedTuple, cast

from anki.notes import NoteId

from ...collection.damage import all_tags
from ...collection.errors import NoteNotFound
from ...collection.rows import READABLE_TAGS, ROWS_PER_PART, TYPED_TAGS, rows_in_parts, rows_of
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example, action
from ...schemas.base import NoParams
from ...schemas.fields.basic import NOTHING
from ...schemas.fields.tags import MOST_LEVELS, is_too_deep
from ...schemas.tag import tags as s
from ...text.anki_text import WHITE_SPACE, fold, fold_letters, literal, split_tags, tag_key, tag_names
from ...text.normal_forms import nfc
from ..dry_run import DryRunReport, destructive, dry_run_report
from ..note.updates import require_note, set_tags, write_if_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from anki.collection import Collection as AnkiCollection

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


def require_shallow_tags(col: AnkiCollection) -> None:
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
    wanted = {*map(tag_key, split_tags(tags))}
    if not add:
        _remove(ctx, notes, tags)
    else:
        lacking = _lacking(tags_of(ctx, notes, [_far(wanted)]), wanted)
        for chunk in ctx.chunks(lacking, TAGGED_PER_CHUNK):
            ctx.write(ctx.col.tags.bulk_add, chunk, tags)


def _lacking(noted: NoteTags, wanted: set[str]) -> list[NoteId]:
    """Those of these notes that lack one of the wanted tags, given by their keys. Each tag is compared once."""
    meant = {tag: key for tag in distinct(noted) if (key := tag_key(tag)) in wanted}
    if not wanted <= {*meant.values()}:
        return [*noted]
    return those(noted, lambda present: len({meant[tag] for tag in present if tag in meant}) < len(wanted))


def _remove(ctx: Context, notes: list[int], tags: str) -> list[NoteId]:
    """Remove tags and their sub-tags, and return the notes that had one.

    Anki ignores white space inside the names of tags to remove: for `a\u00a0b` it would remove `ab`.
    """
    wanted = split_tags(tags)
    noted = tags_of(ctx, notes, [_with_one(wanted), _far(wanted)])
    plain: list[str] = []
    spaced: list[str] = []
    names = distinct(noted)
    for tag in _present(names, wanted):
        (spaced if {*tag} & {*WHITE_SPACE} else plain).append(tag)
    meant = _with_any(noted, {*filter(is_below([*plain, *spaced]), names)})
    if plain:
        of_plain = having(noted, is_below(plain)) if spaced else meant
        for chunk in ctx.chunks(of_plain, TAGGED_PER_CHUNK):
            ctx.write(ctx.col.tags.bulk_remove, chunk, " ".join(plain))
    if spaced:
        pattern = f"^(?:{'|'.join(map(literal, spaced))})(?:::(?s:.*))?$"
        for chunk in ctx.chunks(having(noted, is_below(spaced)), TAGGED_PER_CHUNK):
            ctx.write_as("Remove Tag", ctx.col.tags.find_and_replace, chunk, pattern, "", regex=True, match_case=False)
    return meant


def _present(names: set[str], wanted: list[str]) -> list[str]:
    """Those of the wanted tags that are among these names, or of which a sub-tag is.

    A regular expression for all wanted tags could be too large for Anki.
    """
    known = {*map(fold_letters, names)}
    levels = [tag.split("::") for tag in known]
    known |= {"::".join(names[:depth]) for names in levels for depth in range(1, len(names))}
    return [tag for tag in wanted if fold_letters(tag) in known]


def distinct(noted: NoteTags) -> set[str]:
    """The different tags of these notes."""
    return {*split_tags(" ".join({*noted.values()}))}


def is_below(tags: list[str]) -> Callable[[str], bool]:
    """A function that returns whether a tag is one of these or below one of them."""
    wanted = frozenset(map(fold_letters, tags))

    def is_meant(tag: str) -> bool:
        folded = f"{fold_letters(tag)}::"
        end = folded.find("::")
        while end >= 0:
            if folded[:end] in wanted:
                return True
            end = folded.find("::", end + 1)
        return False

    return is_meant


def _dry_run_remove(ctx: Context, notes: list[int], tags: str) -> DryRunReport:
    return _losing(tags_of(ctx, notes), is_below(split_tags(tags)))


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
    return sorted(_remove(ctx, notes, tags))


def _dry_run_replace(
    ctx: Context, tag_to_replace: str, replace_with_tag: str, notes: list[int] | None = None
) -> DryRunReport:
    noted = tags_near(ctx, [nfc(tag_to_replace)]) if notes is None else tags_of(ctx, notes)
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
    old = nfc(tag_to_replace)
    alike = [_far([old])]
    if tag_key(old) not in map(tag_key, split_tags(replace_with_tag)):  # else the tag may stay as it is
        alike.insert(0, _with_one([old]))
    noted = tags_of(ctx, notes, alike)
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
    _replace(ctx, tags_near(ctx, [nfc(tag_to_replace)]), tag_to_replace, replace_with_tag)


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
        with ctx.single_commit(len(chunk)):
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
    if wanted is None or not having(tags_near(ctx, [wanted]), lambda tag: fold_letters(tag) == wanted):
        raise NotFound(f"tag was not found: {text}", tag=text)


def _replacing(noted: NoteTags, old: str, new: list[str]) -> list[NoteId]:
    """Those of these notes that a replacement changes: they have the tag, in any case. Each tag is compared once."""
    wanted, old = {*map(tag_key, new)}, fold_letters(old)
    keys = {tag: tag_key(tag) for tag in distinct(noted)}
    replaced = {tag for tag in keys if fold_letters(tag) == old}
    if not wanted <= {*keys.values()}:
        return _with_any(noted, replaced)

    def is_changed(tags: list[str]) -> bool:
        kept = {keys[tag] for tag in tags if tag not in replaced}
        return not replaced.isdisjoint(tags) and kept | wanted != {keys[tag] for tag in tags}

    return those(noted, is_changed)


def _losing(noted: NoteTags, is_lost: Callable[[str], bool]) -> DryRunReport:
    return dry_run_report(changed_notes=having(noted, is_lost))


def having(noted: NoteTags, is_meant: Callable[[str], bool]) -> list[NoteId]:
    """Those of these notes that have a tag for which `is_meant` is true. Each tag is judged once."""
    return _with_any(noted, {*filter(is_meant, distinct(noted))})


def _with_any(noted: NoteTags, meant: set[str]) -> list[NoteId]:
    """Those of these notes that have one of these tags, in this case."""
    if not meant:
        return []
    if len(meant) == 1:
        (tag,) = meant
        between = f" {tag} "  # as most tags are stored
        return [
            note_id for note_id, text in noted.items() if between in text or (tag in text and tag in split_tags(text))
        ]
    return those(noted, lambda tags: not meant.isdisjoint(tags))


def those(noted: NoteTags, is_meant: Callable[[list[str]], bool]) -> list[NoteId]:
    """Those of these notes for whose tags `is_meant` is true. Many have the same tags, which are judged once."""
    judged = {text: is_meant(split_tags(text)) for text in {*noted.values()}}
    return [note_id for note_id, text in noted.items() if judged[text]]


def tags_of(ctx: Context, notes: Sequence[int], alike: Sequence[Alike] = ()) -> NoteTags:
    """The tags of these notes, without damaged ones.

    `alike`: what may stand for the tags of many notes at once, where the caller needs no more.
    Raises NoteNotFound for the first unknown id. A tolerant call skips unknown ids.
    """
    noted: dict[int, str | None] = {}
    others: list[int] = []
    for part in ctx.parts(sorted({*notes}), ROWS_PER_PART):
        ((count, joined),) = rows_of(ctx.col, _JOINED, part)
        if count < len(part) or _REPLACEMENT in joined or joined.count(_BETWEEN) != count - 1:
            others += part
        elif (tags := next((each.tags for each in alike if each.fits(joined)), None)) is not None:
            noted.update(dict.fromkeys(part, tags))
        else:
            noted.update(zip(part, joined.split(_BETWEEN), strict=True))
    select = f"select id, iif({READABLE_TAGS}, tags, null) from notes where id in ids"  # noqa: S608  (constants)
    noted.update(rows_in_parts(ctx, select, others))
    if not ctx.tolerant and len(noted) < len(notes):
        for index, note_id in enumerate(notes):
            if note_id not in noted:
                raise NoteNotFound(f"Note was not found: {note_id}", note=note_id, index=index)
    readable = {note_id: tags for note_id, tags in noted.items() if tags is not None} if others else noted
    return cast("NoteTags", readable)


_BETWEEN = "\x1f"
_JOINED = f"""select count(), group_concat(tags, char({ord(_BETWEEN)}))
    from (select tags from notes where {TYPED_TAGS} and id in ids order by id)"""  # noqa: S608  (constants)
"""The tags of several notes as one text, which takes two thirds of the time of a row for each."""
_REPLACEMENT = "\ufffd"
"""The character that replaces invalid UTF-8 when it is read."""


def tags_near(ctx: Context, wanted: list[str]) -> NoteTags:
    """The tags of all notes that may have one of these tags or a sub-tag, and of some others; without damaged ones."""
    assert ctx.col.db is not None
    select = f"select id, tags from notes where ({is_near(wanted)}) and {READABLE_TAGS}"  # noqa: S608  (no outer value)
    return dict(ctx.col.db.all(select))


# --- notes of which not all tags are needed ---


class Alike(NamedTuple):
    """What may stand for the tags of each of several notes: `tags`, if `fits` is true of all their tags as one text."""

    fits: Callable[[str], bool]
    tags: str


def _far(wanted: Collection[str]) -> Alike:
    """None of the notes has one of these tags, or a sub-tag."""
    parts = [tag.casefold() for tag in wanted]

    def fits(joined: str) -> bool:
        folded = joined.casefold()
        return not any(tag in folded for tag in parts)

    return Alike(fits if _can_be_sought(wanted) else _never, "")


def _with_one(wanted: Collection[str]) -> Alike:
    """Each of the notes has one of these tags; as if it had all of them, and no others."""
    parts = [f" {tag.lower()} " for tag in wanted]  # as most tags are stored

    def fits(joined: str) -> bool:
        lacking = joined.lower().split(_BETWEEN)
        for tag in parts:
            lacking = [tags for tags in lacking if tag not in tags]
        return not lacking

    return Alike(fits if _can_be_sought(wanted) else _never, f" {' '.join(wanted)} ")


def _never(joined: str) -> bool:
    return False


def _can_be_sought(tags: Collection[str]) -> bool:
    """Whether folding the case finds all texts that equal these tags, which are few enough to be sought one by one."""
    return all(tags) and len(" ".join(tags)) <= _LONGEST and {*"".join(tags)} <= _LITERAL


_LONGEST = 1_000
"""Characters of the tags that are sought in those of many notes at once."""
_LITERAL = frozenset(string.ascii_letters + string.digits + "-:")
"""What has no meaning in a pattern of SQL, nor in a tag that Anki removes."""
_NO_ASCII_TWIN = _LITERAL - {*"iIkKsS"}
"""What equals only itself in another case."""


def is_near(wanted: Collection[str]) -> str:
    """A condition in SQL for the tags of notes that may have one of these tags or a sub-tag.

    SQLite is much faster than Python, but folds the case of ASCII letters only.
    """
    if not 0 < len(" ".join(wanted)) <= _LONGEST:
        return "true"
    patterns = ("".join(letter if letter in _NO_ASCII_TWIN else "%" for letter in f"%{tag}%") for tag in wanted)
    return " or ".join(f"tags like '{pattern}'" for pattern in patterns)


@action(
    "completeTag",
    s.CompleteTag,
    s.COMPLETED_TAGS,
    examples=[
        Example("a part of a tag", {"text": "RU", "limit": 5}, ["fruit"]),
        Example("all tags, as there is no text", {"text": ""}, ["A1", "fruit"]),
    ],
)
def complete_tag(ctx: Context, text: str, limit: int | None) -> list[str]:
    """List the tags that contain a text, as Anki's editor proposes them, with their sub-tags.

    Case does not matter. A text with `::` is compared level by level: `f::f` finds `food::fruit`. An empty text finds
    all tags.
    """
    most = _ALL if limit is None else min(limit, _ALL)
    return [*ctx.col._backend.complete_tag(input=nfc(text), match_limit=most)][:limit]  # Anki returns one more


_ALL = 2**32 - 1


@action("unusedTags", NoParams, s.UNUSED_TAGS, examples=[Example("there is none", {}, [])])
def unused_tags(ctx: Context) -> list[str]:
    """List the tags that the collection knows but no note has; `clearUnusedTags` removes them."""
    assert ctx.col.db is not None
    spelt: set[str] = set()
    for tags in ctx.paced(ctx.col.db.list("select distinct cast(tags as text) from notes")):
        spelt.update(split_tags(tags))
    used = {*map(fold, spelt)}
    return [tag for tag in all_tags(ctx.col) if fold(tag) not in used]
