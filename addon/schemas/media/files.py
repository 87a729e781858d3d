"""What the actions on media files take and give."""

from typing import Any

from ...vendored import marshmallow as ma
from ..base import Params
from ..fields.basic import (
    NOT_TEXT,
    AnyOf,
    Boolean,
    String,
    Texts,
)
from ..fields.media import DATA, NAME, PATH, SKIP_HASH, URL, Base64, absent_if_empty, ignored_unless_text, is_not_empty


def _not_a_path(value: Any) -> str:
    return f"expected str, bytes or os.PathLike object, not {type(value).__name__}"


class StoreMediaFile(Params):
    filename = String(NAME, required=True, validate=is_not_empty, legacy=NOT_TEXT)
    data = Base64(DATA, load_default=None, tolerate=absent_if_empty)
    path = String(PATH, load_default=None, tolerate=absent_if_empty)
    url = String(URL, load_default=None, tolerate=absent_if_empty)
    skip_hash = String(SKIP_HASH, load_default=None, tolerate=ignored_unless_text)
    delete_existing = Boolean(
        "Trash a file of that name first; otherwise Anki picks a free name for other content.", load_default=True
    )


class RetrieveMediaFile(Params):
    filename = String("Name in the media folder; directories in it are ignored.", required=True, legacy=_not_a_path)


class DeleteMediaFile(Params):
    filename = String("Name in the media folder.", required=True, validate=is_not_empty, legacy=NOT_TEXT)


def _cannot_be_joined(value: Any) -> str:
    return f"join() argument must be str, bytes, or os.PathLike object, not '{type(value).__name__}'"


LONGEST_PATTERN = 255
"""Characters, as many as the name of a file has at most on any system."""


class Pattern(String):
    """A pattern for the names of files. A strict one is not longer than a name can be."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **more: Any) -> str:
        text = super()._deserialize(value, attr, data, **more)
        if len(text) > LONGEST_PATTERN and not self.is_tolerant:
            raise self.flaw(f"More than {LONGEST_PATTERN} characters: no file name is that long.", value)
        return text


class GetMediaFilesNames(Params):
    pattern = Pattern(
        "Which names: `*` stands for any text, `?` for one character, `[...]` for one of several. "
        f"At most {LONGEST_PATTERN} characters.",
        load_default="*",
        legacy=_cannot_be_joined,
    )


MEDIA_FOLDER = String("Absolute path of the media folder.", title="MediaFolder")
MEDIA_NAMES = Texts("Names of the files, in no particular order.", title="MediaNames")
STORED_NAME = String("The name really used; null when `skipHash` matched.", title="StoredMediaFile", allow_none=True)
CONTENT = AnyOf(
    String(title="MediaFileContent"),
    Boolean(title="NoMediaFile", validate=ma.validate.OneOf([False])),
    description="Content in base64; false when there is no such file.",
    title="RetrievedMediaFile",
)
