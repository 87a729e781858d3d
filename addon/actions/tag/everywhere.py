"""Renaming and moving tags, and removing them from all notes and from the collection's list of tags."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING, NamedTuple

from ...collection.damage import all_tags
from ...collection.rows import READABLE_TAGS, all_ids, refuse_unreadable
from ...rpc.context import Context
from ...rpc.errors import NotFound, Refused
from ...rpc.registry import Example
from ...schemas.fields.tags import MOST_LEVELS, is_too_deep
from ...schemas.tag import tags as s
from ...text.anki_text import WHITE_SPACE, fold_letters, literal, split_tags, tag_key, tag_name
from ...text.normal_forms import nfc
from ..dry_run import DryRunReport, destructive, dry_run_report
from .tags import TAGGED_PER_CHUNK, NoteTags, distinct, having, is_below, tags_near, tags_of, those

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from anki.collection import Collection
    from anki.notes import NoteId

_MOST_LETTERS = 20_000
"""Letters of the tags that Anki gets in one call: about 100,000 make a regular expression that is too large for it."""


def _dry_run_rename(ctx: Context, tag: str, new_name: str) -> DryRunReport:
    old, new, noted = _to_rename(ctx, tag, new_name)
    return _report(ctx, noted, is_below([old]), lambda name: _moved(name, old, new))


def _report(
    ctx: Context, noted: NoteTags, is_meant: Callable[[str], bool], moved: Callable[[str], str]
) -> DryRunReport:
    """What goes if these notes get the moved names of their tags, and the meant tags leave the collection's list."""

    def loses(tags: list[str]) -> bool:
        return bool({*map(tag_key, tags)} - {tag_key(moved(name)) for name in tags})

    names = distinct(noted)
    kept = {tag_key(moved(name)) for name in names}
    old = filter(is_meant, all_tags(ctx.col)) if _is_any_moved(names, moved) else ()
    gone = (name for name in old if tag_key(name) not in kept)
    return dry_run_report(tags=gone, changed_notes=those(noted, loses))


def _is_any_moved(names: Iterable[str], moved: Callable[[str], str]) -> bool:
    return any(moved(name) != name for name in names)


def _give_names(
    ctx: Context, label: str, noted: NoteTags, old: list[str], moved: Callable[[str], str], pattern: str, new: str
) -> None:
    """Replace the old tags and those below them in these notes, and remove them from the collection's list.

    `new` replaces what the regular expression matches, as `moved` says. Anki removes a tag with all that is below it:
    if new names are there, all are given below a tag of another name first.
    """
    detour = f"{token_hex()}::" if any(map(is_below(old), map(moved, distinct(noted)))) else ""
    notes, tags = [*noted], ctx.col.tags
    with ctx.single_commit(0 if detour else len(notes)):  # no note may be left with the other name
        ctx.write_as(label, tags.find_and_replace, notes, pattern, detour + new, regex=True, match_case=False)
        ctx.write_as(label, tags.remove, " ".join(old))
        if detour:
            pattern = f"^{detour}((?s:.*))$"
            ctx.write_as(label, tags.find_and_replace, notes, pattern, "${1}", regex=True, match_case=False)
            ctx.write_as(label, tags.remove, detour.removesuffix("::"))


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
    if not _is_any_moved(distinct(noted), lambda name: _moved(name, old, new)):
        return len(noted)
    if is_below([old])(new):  # no other tag can get such a name
        ctx.write(ctx.col.tags.rename, old, new)
    else:  # `rename` would leave notes with one tag twice, and adds known tags in another case
        pattern, replacement = f"^{literal(old)}((?:::(?s:.*))?)$", f"{new.replace('$', '$$')}${{1}}"
        _give_names(ctx, "Rename Tag", noted, [old], lambda name: _moved(name, old, new), pattern, replacement)
    return len(noted)


def _to_rename(ctx: Context, tag: str, new_name: str) -> tuple[str, str, NoteTags]:
    """The tag and its new name, as Anki stores them, and the notes with the tag or a sub-tag.

    Raises NotFound if there is no such tag and no sub-tag, and Refused for a name that Anki would reject or change.
    """
    field = s.RenameTag.wire("new_name")
    old, new = nfc(tag), _one_name(new_name, "The new name", field)
    is_meant = is_below([old])
    everywhere = tags_near(ctx, [old])
    noted = {note_id: everywhere[note_id] for note_id in having(everywhere, is_meant)}
    if split_tags(old) != [old] or not (noted or any(map(is_meant, all_tags(ctx.col)))):
        raise NotFound(f"tag was not found: {tag}", tag=tag)
    _refuse_unsafe(ctx.col, [old])
    _refuse_too_deep((_moved(name, old, new) for name in distinct(noted)), field)
    return old, new, noted


def _one_name(text: str, what: str, field: str) -> str:
    """A text as the name of one tag. Raises Refused for a text that Anki would reject or change."""
    name = tag_name(text)
    if split_tags(text) != [text]:
        raise Refused(f"{what} must be one tag, without spaces.", field=field)
    if any(stored == "blank" != level for level, stored in zip(text.split("::"), name.split("::"), strict=False)):
        raise Refused(f"A level of {what[:1].lower()}{what[1:]} is empty.", field=field)
    return name


def _refuse_too_deep(tags: Iterable[str], field: str) -> None:
    if any(map(is_too_deep, tags)):
        raise Refused(f"A tag would have more than {MOST_LEVELS} levels.", field=field)


def _moved(tag: str, old: str, new: str) -> str:
    """A tag after the renaming of it, or of one above it."""
    return f"{new}{tag[len(old) :]}" if is_below([old])(tag) else tag


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


# --- moving ---


class _Move(NamedTuple):
    """Tags that get another parent, and the notes that have one of them or of their sub-tags."""

    tags: list[str]
    """None is below another one of them, and none is in its place already."""
    folded: frozenset[str]
    """The same in folded case, which has as many letters."""
    parent: str
    """Ends with `::`; empty for the top."""
    notes: NoteTags
    meant: list[NoteId]
    """The notes that have one of the tags that the call names."""

    def moved(self, name: str) -> str:
        """A tag after the move."""
        for tag in _with_parents(name):
            if tag in self.folded:
                return self.parent + name[len(_prefix(tag)) :]
        return name


def _with_parents(tag: str) -> list[str]:
    """A tag and all tags above it in folded case, the highest first."""
    levels = fold_letters(tag).split("::")
    return ["::".join(levels[:depth]) for depth in range(1, len(levels) + 1)]


def _prefix(tag: str) -> str:
    """The levels above the last one, with `::` behind them."""
    return tag[: tag.rfind("::") + 2] if "::" in tag else ""


def _dry_run_move(ctx: Context, tags: list[str], parent: str | None) -> DryRunReport:
    move = _to_move(ctx, tags, parent)
    return _report(ctx, move.notes, is_below(move.tags), move.moved)


@destructive(
    "moveTags",
    s.MoveTags,
    s.MOVED_IN,
    dry_run=_dry_run_move,
    idempotent=True,
    touches_notes=lambda params: None,
    errors=[NotFound, Refused],
    examples=[
        Example("below a new tag", {"tags": ["fruit"], "parent": "food"}, 1),
        Example(
            "what would change",
            {"tags": ["fruit"], "parent": "food", "dryRun": True},
            {
                "dryRun": True,
                "tags": {"count": 1, "names": ["fruit"]},
                "changedNotes": {"count": 1, "ids": [1700000000001]},
            },
        ),
    ],
)
def move_tags(ctx: Context, tags: list[str], parent: str | None) -> int:
    """Move tags with their sub-tags below another tag, in all notes, and return how many notes have one of them.

    They keep their last level: `food::fruit` below `meal` becomes `meal::fruit`. The parent need not exist. If the
    new name is taken, the two tags become one. A tag below another one of these moves along with it. The old tags leave
    the collection's list. A tag that no note has stays as it is.

    A tag that does not exist, or that would be moved below itself, fails the call, and nothing is changed.
    """
    move = _to_move(ctx, tags, parent)
    if _is_any_moved(distinct(move.notes), move.moved):
        names = "|".join(f"{literal(_prefix(tag))}({literal(tag[len(_prefix(tag)) :])})" for tag in move.tags)
        last = "".join(f"${{{group}}}" for group in range(1, len(move.tags) + 2))
        pattern, replacement = f"^(?:{names})((?:::(?s:.*))?)$", f"{move.parent.replace('$', '$$')}{last}"
        _give_names(ctx, "Move Tags", move.notes, move.tags, move.moved, pattern, replacement)
    return len(move.meant)


def _to_move(ctx: Context, tags: list[str], parent: str | None) -> _Move:
    """The move that a call asks for. Raises NotFound for a tag, and Refused for what Anki would reject or ignore."""
    field = s.MoveTags.wire("parent")
    everywhere = tags_of(ctx, all_ids(ctx.col, "notes"))
    names = distinct(everywhere) | {*all_tags(ctx.col)}
    above = _spelling(_one_name(parent, "The parent", field), names) if parent else ""
    known = {tag for name in names for tag in _with_parents(name)}
    wanted = [_known(tag, known, index) for index, tag in enumerate(tags)]
    for tag in wanted:
        if above and is_below([tag])(above):
            raise Refused(f"A tag cannot be moved below itself: {tag}", field=field, tag=tag)
    place = f"{above}::" if above else ""
    moving = _roots(tag for tag in wanted if fold_letters(_prefix(tag)) != fold_letters(place))
    if sum(map(len, moving)) > _MOST_LETTERS:
        raise Refused(f"Tags of more than {_MOST_LETTERS:,} letters; use several calls.", field=s.MoveTags.wire("tags"))
    if moving:
        _refuse_unsafe(ctx.col, [*moving, *([above] if above else [])])
    noted = {note_id: everywhere[note_id] for note_id in having(everywhere, is_below(moving))}
    folded = frozenset(map(fold_letters, moving))
    move = _Move(moving, folded, place, noted, having(everywhere, is_below(wanted)))
    _refuse_too_deep(map(move.moved, distinct(noted)), field)
    return move


def _known(tag: str, known: set[str], index: int) -> str:
    name = nfc(tag)
    if split_tags(name) != [name] or fold_letters(name) not in known:
        raise NotFound(f"tag was not found: {tag}", tag=tag, index=index)
    return name


def _spelling(tag: str, known: set[str]) -> str:
    """A tag in the case in which it is known, itself or as a part of other tags."""
    return next((name[: len(tag)] for name in filter(is_below([tag]), sorted(known, key=len))), tag)


# --- removing ---


def _dry_run_remove_everywhere(ctx: Context, tags: list[str]) -> DryRunReport:
    wanted, notes, _ = _to_remove(ctx, tags)
    return dry_run_report(tags=filter(is_below(wanted), all_tags(ctx.col)), changed_notes=notes)


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

    Case does not matter. Tags that do not exist are skipped; without tags, nothing is removed. Each 5,000 notes are
    written atomically; the call is one step in Anki's undo menu.
    """
    wanted, notes, everywhere = _to_remove(ctx, tags)
    parts = [*_in_chunks(wanted)]
    if len(notes) > TAGGED_PER_CHUNK:
        for part in parts:
            for chunk in ctx.chunks(having(everywhere, is_below(part)), TAGGED_PER_CHUNK):
                ctx.write(ctx.col.tags.bulk_remove, chunk, " ".join(part))
    with ctx.single_commit(len(notes)):
        for part in parts:  # what is left of it: the collection's list
            ctx.write(ctx.col.tags.remove, " ".join(part))
    return len(notes)


def _to_remove(ctx: Context, tags: list[str]) -> tuple[list[str], list[NoteId], NoteTags]:
    """Those of these tags, or of the tags below them, that exist, the notes that have one, and the tags of notes that
    may have one. Raises Refused.
    """
    is_meant = is_below(split_tags(" ".join(tags)))
    everywhere = tags_near(ctx, split_tags(" ".join(tags)))
    wanted = _roots(filter(is_meant, distinct(everywhere) | {*all_tags(ctx.col)}))
    if wanted:
        _refuse_unsafe(ctx.col, wanted)
    return wanted, having(everywhere, is_meant), everywhere


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
    letters = 0
    for tag in tags:
        if chunk and letters + len(tag) > _MOST_LETTERS:
            yield chunk
            chunk, letters = [], 0
        chunk.append(tag)
        letters += len(tag)
    if chunk:
        yield chunk
