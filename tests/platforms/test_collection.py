"""The tests can be imported where Python lacks what only POSIX has."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from gateway_process import ROOT, child_environment


@pytest.mark.matrix
@pytest.mark.process
def test_all_tests_can_be_collected_on_windows():
    path = f"{Path(__file__).parent}{os.pathsep}{ROOT}"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "without_posix", "-p", "no:cacheprovider", "--collect-only", "-qq"],
        cwd=ROOT,
        env=child_environment(PYTHONPATH=path),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr
    assert "tests/headless/test_media.py" in done.stdout
