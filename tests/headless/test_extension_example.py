"""The extension in examples/ beside the headless server, built and installed as pip does it."""

import os
import shutil
import subprocess
import sys

import pytest
from gateway_process import ROOT

pytestmark = pytest.mark.process

FRESH = True


def test_it_is_built_installed_and_called(serve, collection, tmp_path):
    source, site, settings = tmp_path / "source", tmp_path / "site", tmp_path / "settings.json"
    shutil.copytree(ROOT / "examples" / "extension", source, ignore=shutil.ignore_patterns("__pycache__"))
    build = "from setuptools.build_meta import build_wheel; build_wheel('.')"
    subprocess.run([sys.executable, "-c", build], cwd=source, check=True, timeout=120, capture_output=True)
    (wheel,) = source.glob("*.whl")
    shutil.unpack_archive(wheel, site, "zip")
    settings.write_text('{"extensions": ["furigana"]}')
    environment = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(site)])}
    process = serve("--collection", collection, "--settings", settings, environment=environment).ready()
    assert process.connect().rpc("furigana_generate", {"text": "水を飲む"}) == "水[みず]を 飲む[のむ]"
