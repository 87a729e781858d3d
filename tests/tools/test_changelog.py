"""The text of a release, and what is no release."""

import re
import sys
from html.parser import HTMLParser

import pytest
from examples import ROOT

from addon.version import OLDEST_ANKI

sys.path.insert(0, str(ROOT / "tools"))
from changelog import NoRelease, check, section

TEXT = """# Changelog

## [Unreleased]

## [1.2.0] - 2026-12-01

### Added

- One.

## [1.1.0] - 2026-11-01

- Two.

[1.1.0]: https://example.com
"""


def test_a_section_is_the_text_of_its_release():
    assert section(TEXT, "1.2.0") == "### Added\n\n- One.\n"
    assert section(TEXT, "1.1.0") == "- Two.\n"


@pytest.mark.parametrize("version", ["Unreleased", "1.2", "1x2x0", "2.0.0"])
def test_a_version_without_entries_is_not_released(version):
    with pytest.raises(NoRelease, match=r"CHANGELOG\.md has no entries for"):
        section(TEXT, version)


def test_a_tag_is_the_version_of_the_sources():
    assert check("v1.2.0", "1.2.0") == "1.2.0"
    with pytest.raises(NoRelease, match=r"The tag is v1\.2\.1, but addon/version\.py says 1\.2\.0\."):
        check("v1.2.1", "1.2.0")


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add((tag, bool(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_ankiwebs_description_is_plain_html_and_names_the_oldest_anki():
    text = (ROOT / "docs" / "ankiweb.html").read_text("utf-8")
    tags = _Tags()
    tags.feed(text)
    assert tags.open == []
    assert tags.seen <= {(tag, False) for tag in ("b", "i", "code", "ul", "li")}
    assert re.search(rf"Anki {re.escape(OLDEST_ANKI)} or newer", text)
