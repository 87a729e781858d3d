"""Sizes and figures: a sample by default, everything under `make torture`, which also prints what was measured."""

import os
import sys
from pathlib import Path

import pytest
import seed
from local_gateway import LocalGateway
from sizes import IS_FULL

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]  # they look into /proc, kill, mount and fill disks


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark every test of this folder, before pytest applies `-m`."""
    here = f"{Path(__file__).parent}{os.sep}"
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.torture)


@pytest.fixture
def figure(record_property):
    """Records something that was measured, in words and with its unit."""

    def record(what, value):
        record_property("figure", [what, str(value)])

    return record


def pytest_terminal_summary(terminalreporter):
    if not IS_FULL:
        return
    reports = [report for each in ("passed", "failed") for report in terminalreporter.getreports(each)]
    figures = [value for report in reports for name, value in report.user_properties if name == "figure"]
    terminalreporter.section("figures")
    for what, value in figures:
        terminalreporter.line(f"{what:<90} {value}")


@pytest.fixture(scope="session")
def fuller_collection(example_collection, tmp_path_factory):
    """The path of the example collection with more in it, so that more calls find what they name: work on copies."""
    path = seed.copy(example_collection, tmp_path_factory.mktemp("fuller"))
    gateway = LocalGateway(path)

    def note(model, **fields):
        return {"deckName": "Default", "modelName": model, "fields": fields, "tags": ["x::y"]}

    notes = [note("Basic", Endpoint=f"{n}", Back="b") for n in range(5)] + [note("Cloze", Text="{{c1::a}} {{c2::b}}")]
    for method, params in (
        ("addNotes", {"notes": notes}),
        ("answerCards", {"answers": [{"cardId": seed.MELA_CARD, "ease": 3}, {"cardId": seed.UVA_CARD, "ease": 1}]}),
        ("createFilteredDeck", {"deck": "Cram", "terms": [{"search": "deck:Default", "limit": 3, "order": "added"}]}),
        ("exportPackage", {"deck": "Italian", "path": "italian.apkg"}),
        ("storeMediaFile", {"filename": "mela.mp3", "data": "Y2lhbw=="}),
    ):
        assert "result" in gateway.rpc(method, params)
    gateway.close()
    path.with_name(path.name + ".optimized").touch()
    return path
