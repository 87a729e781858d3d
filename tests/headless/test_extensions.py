"""Beside the headless server: entry points of installed packages, which the user has named."""

import json
import os
import time

import base_folders
import pytest
from gateway_process import ROOT, ServeProcess, opens_cleanly

pytestmark = pytest.mark.process

FRESH = True

MODULE = '''
from pathlib import Path

Path(__file__).with_name("loaded").touch()


def register(rpc):
    furigana = rpc.extension("furigana", interface=1, title="Furigana")
    text = {"properties": {"text": {"type": "string"}}, "required": ["text"]}
    furigana.action("furigana_generate", generate, params=text, result={"type": "string"})


def generate(ctx, text):
    """Return a text with its readings."""
    return f"{text}[{ctx.col.note_count()}]"
'''


def install(folder, name, module, source, entry_point=None):
    """Install a package as pip does: its modules, and the folder that describes it."""
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(source)
    described = folder / f"{name}-1.0.dist-info"
    described.mkdir()
    (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (described / "entry_points.txt").write_text(f"[anki_rpc.extensions]\n{entry_point or name} = {module}:register\n")


def beside(site):
    """The environment of a server with these packages."""
    return {"PYTHONPATH": os.pathsep.join([str(ROOT), str(site)])}


@pytest.fixture
def site(tmp_path):
    """A folder of installed packages: one that works, and some that do not."""
    folder = tmp_path / "site"
    install(folder, "furigana", "furigana_rpc", MODULE)
    install(folder, "unnamed", "unnamed_rpc", MODULE.replace("furigana", "unnamed").replace('"loaded"', '"unnamed"'))
    install(folder, "broken", "broken_rpc", "raise SystemExit(3)\n")
    install(folder, "nothing", "nothing_rpc", "")
    install(folder, "half", "half_rpc", "def register(rpc):\n    rpc.extension('half')\n    raise ValueError('x')\n")
    return folder


@pytest.fixture
def start(serve, collection, tmp_path, site):
    def start_one(*names):
        settings = tmp_path / "settings.json"
        settings.write_text(json.dumps({"extensions": [*names]}))
        return serve("--collection", collection, "--settings", settings, environment=beside(site)).ready()

    return start_one


def test_a_named_package_is_loaded_and_no_other(start, site):
    process = start("furigana")
    connection = process.connect()
    assert connection.rpc("furigana_generate", {"text": "a"}) == "a[2]"
    assert (site / "loaded").exists()
    assert process.err == ""
    assert "unnamed_generate" not in connection.rpc("apiReflect", {"scopes": ["actions"]})["actions"]
    assert not (site / "unnamed").exists()


def test_packages_that_cannot_be_loaded_cost_only_themselves(collection, tmp_path, site):
    names = ["missing", "nothing", "half", "broken"]
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"extensions": [*names, "furigana"]}))
    options = ("--collection", collection, "--settings", settings)
    process = ServeProcess(*options, environment=beside(site), fresh=True)
    try:
        assert process.ready().connect().rpc("furigana_generate", {"text": "a"}) == "a[2]"
    finally:
        status = process.stop()
    assert status == 0
    for name in names:
        assert f"The extension {name} " in process.err


HANGS = """
import threading

from addon.headless import serve


def register(rpc):
    serve.HANDLER_ENDS_S = 0.5
    rpc.extension("hangs", limit=0.3).action("hangs_wait", lambda ctx: threading.Event().wait())
"""


def test_the_server_ends_although_a_handler_never_does_and_a_change_of_the_profile_waits_for_it(
    example_collection, tmp_path
):
    install(tmp_path / "site", "hangs", "hangs_rpc", HANGS)
    base = base_folders.make(tmp_path / "Anki2", {"home": {}, "Work": {}}, last="Work")
    for name in ("home", "Work"):
        base_folders.put(base, name, example_collection)
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"extensions": ["hangs"]}))
    options = ("--base", base, "--settings", settings)
    process = ServeProcess(*options, environment=beside(tmp_path / "site"), fresh=True)
    try:
        held, other = (process.ready().connect() for _ in range(2))
        with pytest.raises(AssertionError, match="still running"):
            held.rpc("hangs_wait")
        request = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "loadProfile", "params": {"name": "home"}})
        other.http.request("POST", "/", request, {"Content-Type": "application/json"})
        time.sleep(0.5)  # it now waits for the handler
    finally:
        status = process.stop()
    assert status == 0
    opens_cleanly(base / "Work" / "collection.anki2")
