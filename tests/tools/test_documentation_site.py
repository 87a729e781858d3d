"""The pages of the documentation site; `make site` builds it, and finds the links that lead nowhere."""

import json
import sys
from pathlib import PurePosixPath

import pytest
from examples import ROOT
from sizes import for_rows

sys.path.insert(0, str(ROOT / "tools"))
import documentation_site as site

DOCUMENT = json.loads((ROOT / "spec" / "openrpc.json").read_text("utf-8"))
NAV = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]


def test_each_page_is_in_the_navigation():
    categories = {f"reference/{method['tags'][0]['name']}.md" for method in DOCUMENT["methods"]}
    pages = {place for place in site.places().values() if place.endswith(".md") and not place.startswith("adr/0")}
    listed = {line.strip("- ") for line in NAV.splitlines() if line.strip().endswith(".md")}
    assert listed == pages | categories | {"reference/index.md", "reference/types.md"}


@pytest.mark.parametrize(
    ("source", "place", "text", "shown"),
    [
        ("README.md", "index.md", "[a](docs/errors.md#codes)", "[a](errors.md#codes)"),
        ("docs/adr/0001-x.md", "adr/0001-x.md", "[a](../errors.md)", "[a](../errors.md)"),
        ("docs/errors.md", "errors.md", "[a](../README.md#try-it)", "[a](index.md#try-it)"),
        ("docs/errors.md", "errors.md", "[a](#here) [b](https://example.com)", "[a](#here) [b](https://example.com)"),
        ("docs/testing.md", "testing.md", "[`a`](../tests/conftest.py)", "`a`"),
        ("README.md", "index.md", "![page](docs/pictures/page.png)", "![page](pictures/page.png)"),
        ("README.md", "index.md", "<details>", "<details markdown>"),
    ],
)
def test_a_link_fits_the_place_of_its_page(source, place, text, shown):
    assert site.moved(text, PurePosixPath(source), place) == shown


def test_a_link_to_a_source_file_leads_to_the_repository_if_it_is_known(monkeypatch):
    monkeypatch.setattr(site, "HOME", "https://example.com/x")
    assert site.moved("[a](../addon/cli.py)", PurePosixPath("docs/a.md"), "a.md") == (
        "[a](https://example.com/x/blob/main/addon/cli.py)"
    )


@for_rows("method", DOCUMENT["methods"])
def test_a_method_is_described_with_its_params_errors_and_examples(method):
    text = "\n\n".join(site.described(method))
    assert text.startswith(f"## {method['name']}\n\n{method['description']}")
    for param in method["params"]:
        assert f"\n| `{param['name']}` | " in text
    assert text.count("**Example**") == len(method["examples"])
    assert f"scope `{method['x-scope']}`" in text
