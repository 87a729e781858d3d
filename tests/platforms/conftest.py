"""A gateway in a process of its own for all of a module's tests that can share one."""

import pytest
import seed
from gateway_process import ServeProcess


@pytest.fixture(scope="module")
def served(example_collection, tmp_path_factory):
    """The module's gateway, which nothing stops or reconfigures."""
    process = ServeProcess("--collection", seed.copy(example_collection, tmp_path_factory.mktemp("served"))).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""
