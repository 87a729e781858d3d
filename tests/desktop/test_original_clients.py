"""Published clients of AnkiConnect against a real Anki, whose collection holds in the end what they wrote."""

from __future__ import annotations

from pathlib import Path

import seed
from original_clients import Flow, contents, each_client

from .conftest import GatewayProcess


@each_client
def test_it_does_what_it_did_with_ankiconnect(
    package: Path, example_collection: Path, tmp_path: Path, flow: Flow
) -> None:
    goes_well(flow, GatewayProcess(tmp_path / "anki", package), example_collection)


def goes_well(flow: Flow, process: GatewayProcess, example_collection: Path) -> None:
    collection = seed.copy(example_collection, process.base)
    with process:
        assert flow.run(process.port) == flow.told
        assert process.errors() == []
        process.stop()
    assert contents(collection) == flow.left
