"""Gateways with extensions."""

import pytest
import seed
from extended_gateway import ExtendedGateway


@pytest.fixture
def open_extended(example_collection, tmp_path):
    opened = []

    def open_one(**settings):
        opened.append(ExtendedGateway(seed.copy(example_collection, tmp_path / str(len(opened))), **settings))
        return opened[-1]

    yield open_one
    for gateway in opened:
        gateway.close()


@pytest.fixture
def extended(open_extended):
    return open_extended()
