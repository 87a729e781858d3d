"""Fixtures: gateways in processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest
import seed

sys.path.insert(0, str(Path(__file__).parent))  # the helper beside the tests

from gateway_process import ServeProcess


@pytest.fixture
def collection(example_collection, tmp_path):
    """The path of a copy of the example collection."""
    return seed.copy(example_collection, tmp_path)


@pytest.fixture
def serve():
    """Starts gateways; in the end they are stopped, and none may have shown a traceback."""
    started = []

    def start(*options, **more):
        started.append(ServeProcess(*options, **more))
        return started[-1]

    yield start
    for process in started:
        if process.process.poll() is None:
            process.process.terminate()
    for process in started:
        try:
            process.end()
        except subprocess.TimeoutExpired:
            process.process.kill()
            process.end()
        assert "Traceback" not in process.out + process.err
