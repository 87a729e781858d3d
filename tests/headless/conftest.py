"""A gateway in a process of its own for all of a module's tests that can share one."""

import pytest
import seed
from chunks import hold_chunk, small_chunks  # noqa: F401  (fixtures)
from gateway_process import ServeProcess


@pytest.fixture(scope="module")
def shared_collection(example_collection, tmp_path_factory):
    """The path of the collection that `served` serves."""
    return seed.copy(example_collection, tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def served(shared_collection):
    """The module's gateway: each test uses names of its own, and nothing stops or reconfigures the process."""
    process = ServeProcess("--collection", shared_collection).ready()
    yield process
    assert process.stop() == 0
    assert process.err == ""
