"""macOS asks the person whether a program may use some folders, and the program waits: nobody else does."""

import errno
import os
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from paths import CALLS
from sizes import for_rows, turns

from addon.actions import REGISTRY
from addon.files import consent
from addon.files.path_policy import System
from addon.rpc.caller import Caller

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it asks nobody, and its errors have other numbers")
ENDINGS = {
    **dict.fromkeys(("exportCardsText", "exportNotesText", "importTextFile", "previewTextFile"), ".txt"),
    **dict.fromkeys(("exportCollection", "importCollection"), ".colpkg"),
}
"""How the files are named that a method takes; the others take packages or media."""
_hooks = []


def _run_hooks(event, args):
    for hook in _hooks:
        hook(event, args)


sys.addaudithook(_run_hooks)


class Folder:
    """A folder that macOS asks about: what opens it, or something in it, waits for the person's answer."""

    def __init__(self, path):
        self.path = path
        self.package = self.file_for("importPackage")
        self.is_asking = threading.Event()
        self.is_answered = threading.Event()
        self.is_allowed = True
        self.threads = set()
        """The threads that used it before the answer."""

    def file_for(self, method):
        """A file that a method can read, or write anew."""
        return str(self.path / f"a{ENDINGS.get(method, '.apkg')}")

    def use(self, event, args):
        if event not in ("open", "os.scandir", "os.listdir") or not str(args[0]).startswith(str(self.path)):
            return
        if not self.is_answered.is_set():
            self.threads.add(threading.current_thread().name)
        self.is_asking.set()
        assert self.is_answered.wait(20)
        if not self.is_allowed:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(args[0]))


@pytest.fixture(scope="module")
def exported(reading, tmp_path_factory):
    """A folder with a file of each ending."""
    folder = Folder(tmp_path_factory.mktemp("exported"))
    for method in ("exportPackage", "exportNotesText", "exportCollection"):
        assert "error" not in reading.rpc(method, CALLS[method](folder.file_for(method)))
    return folder.path


@pytest.fixture
def documents(exported, tmp_path):
    folder = Folder(tmp_path / "Documents")
    shutil.copytree(exported, folder.path)
    _hooks.append(folder.use)
    yield folder
    folder.is_answered.set()
    _hooks.remove(folder.use)


@pytest.mark.parametrize(("method", "in_multi"), turns(CALLS, lambda method: [False, True]))
def test_while_the_person_is_asked_others_use_the_collection(gateway, documents, method, in_multi):
    call = {"method": method, "params": CALLS[method](documents.file_for(method))}
    with ThreadPoolExecutor() as threads:
        if in_multi:
            asked = threads.submit(gateway.legacy, "multi", actions=[{"action": method, "params": call["params"]}])
        else:
            asked = threads.submit(gateway.rpc, **call)
        assert documents.is_asking.wait(20)
        other = threads.submit(gateway.rpc, "findNotes", {"query": "mela"})
        assert other.result(10)["result"]
        assert not asked.done()
        assert not any("lane" in name for name in documents.threads)
        documents.is_answered.set()
        assert "'error': {" not in repr(asked.result(20))


def test_anki_s_main_thread_finds_the_person_asked(gateway, documents):
    """The window cannot run here; what is done before it is the same."""
    measure = REGISTRY["guiImportFile"].validate_in_trial
    for path in (documents.package, str(documents.path / "words.csv")):
        documents.is_answered.clear()
        documents.is_asking.clear()
        with ThreadPoolExecutor() as threads:
            asked = threads.submit(measure, {"path": path}, Caller(), gateway.host, lambda: True)
            assert documents.is_asking.wait(20)
            assert not asked.done()
            documents.is_answered.set()
            assert asked.result(20) == {"path": path, "package_problem": None}


@for_rows(("method", "system"), turns(CALLS, lambda method: [System.MACOS, System.LINUX, *System]))
def test_a_denial_says_where_macos_can_allow_it(refusing, documents, monkeypatch, system, method):
    monkeypatch.setattr(consent, "SYSTEM", system)
    documents.is_answered.set()
    documents.is_allowed = False
    path = documents.file_for(method)
    answer = repr(refusing.rpc(method, CALLS[method](path)))
    assert ("System Settings > Privacy & Security > Files and Folders" in answer) is (system is System.MACOS)
    assert "Operation not permitted" in answer
    assert "is damaged" not in answer
    assert path in answer


@pytest.mark.parametrize(
    ("text", "is_explained"),
    [
        ("[Errno 1] Operation not permitted: 'a.txt'", True),
        ("Failed to create file in '/Users/anna/Documents': Operation not permitted (os error 1)", True),
        ("[Errno 13] Permission denied: 'a.txt'", False),
        ("Failed to open 'a.apkg': Permission denied (os error 13)", False),
        ("Failed to open 'a.apkg': No space left on device (os error 28)", False),
    ],
)
def test_only_a_denial_of_macos_is_explained(monkeypatch, text, is_explained):
    monkeypatch.setattr(consent, "SYSTEM", System.MACOS)
    assert consent.explained(text) == (f"{text}. {consent.ADVICE}" if is_explained else text)


def test_a_link_in_the_media_folder_to_a_forbidden_file_is_explained(gateway, documents, monkeypatch):
    monkeypatch.setattr(consent, "SYSTEM", System.MACOS)
    link = Path(gateway.col.media.dir(), "link.apkg")
    link.symlink_to(documents.package)
    documents.path = link
    documents.is_answered.set()
    documents.is_allowed = False
    message = gateway.rpc("retrieveMediaFile", {"filename": "link.apkg"})["error"]["message"]
    assert message == f"Operation not permitted: 'collection.media/link.apkg'. {consent.ADVICE}"
