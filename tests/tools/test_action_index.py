import subprocess
import sys

import pytest
from examples import ROOT


@pytest.mark.process
def test_the_index_names_the_module_of_every_action():
    source = "import action_index; print(action_index.text(), end='')"
    made = subprocess.run(
        [sys.executable, "-c", source], cwd=ROOT / "tools", capture_output=True, encoding="utf-8", check=True
    )
    stored = (ROOT / "addon" / "actions" / "index.py").read_text(encoding="utf-8")
    assert made.stdout == stored, "addon/actions/index.py is out of date: run `make spec`"
