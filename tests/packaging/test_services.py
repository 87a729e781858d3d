"""What starts the server on a computer that nobody sits at: the unit, the agent and the container's steps."""

import json
import os
import plistlib
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from gateway_process import ROOT, ServeProcess, child_environment

from addon.cli import COMMANDS
from addon.terminal.arguments import parser

PACKAGING = ROOT / "packaging"
DOCKERFILE = (PACKAGING / "docker" / "Dockerfile").read_text("utf-8")
INSTRUCTION = re.compile(r"^([A-Z]+) ((?:.*\\\n)*.*)$", re.MULTILINE)
PLACES = ("/opt/anki-rpc", "/data", "/run/secrets/anki_rpc_key")


def instructions(stage):
    """The instructions of a stage of the Dockerfile, without line ends inside them."""
    text = "FROM " + DOCKERFILE.split("\nFROM ")[stage + 1]
    return [(name, value.replace("\\\n", " ")) for name, value in INSTRUCTION.findall(text)]


@pytest.mark.process
@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_accepts_the_unit(tmp_path):
    command = tmp_path / ".local" / "bin" / "anki-rpc"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", PACKAGING / "systemd" / "anki-rpc.service"],
        env={**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_each_starts_a_command_that_exists():
    unit = (PACKAGING / "systemd" / "anki-rpc.service").read_text("utf-8")
    agent = plistlib.loads((PACKAGING / "launchd" / "anki-rpc.plist").read_bytes())
    lines = [re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1]]
    lines += [agent["ProgramArguments"][2].partition("exec ")[2]]
    lines += [" ".join(json.loads(value)) for name, value in instructions(1) if name == "CMD"]
    assert len(lines) == 3
    for line in lines:
        program, *arguments = shlex.split(line)
        assert program.endswith("anki-rpc")
        assert parser().parse_args(arguments).command == "serve"
    assert "doctor" in COMMANDS


def test_each_variable_is_one_of_an_option():
    text = "".join(path.read_text("utf-8") for path in PACKAGING.rglob("*") if path.is_file())
    known = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert {name for name in re.findall(r"ANKI_RPC_[A-Z_]+", text) if f"`{name}`" not in known} == set()


def test_the_containers_context_has_every_file_that_is_copied():
    allowed = (PACKAGING / "docker" / "Dockerfile.dockerignore").read_text("utf-8").split()
    for name, value in instructions(0):
        for source in shlex.split(value)[:-1] if name == "COPY" else ():
            assert (ROOT / source).exists()
            assert {f"!{source}", f"!{source.partition('/')[0]}"} & set(allowed), source


def test_the_container_does_not_run_as_root_and_is_examined():
    names = dict(instructions(1))
    assert names["USER"] == "1000"
    assert json.loads(names["HEALTHCHECK"].partition("CMD ")[2]) == ["anki-rpc", "doctor"]


@pytest.mark.node
def test_hadolint_finds_nothing():
    hadolint = ROOT / ".venv-release" / "bin" / "hadolint"
    subprocess.run([hadolint, PACKAGING / "docker" / "Dockerfile"], check=True)


@pytest.mark.node
def test_the_containers_steps_lead_to_a_healthy_server(tmp_path):
    """Carried out here, with its folders moved below a temporary one, and without what needs root."""
    moved = {place: str(tmp_path / place.rpartition("/")[2]) for place in PLACES}
    source = tmp_path / "source"
    source.mkdir()

    def here(text):
        for place, target in moved.items():
            text = text.replace(place, target)
        return text

    base = Path(sys.executable).resolve().parent
    for name, value in instructions(0):
        if name == "COPY":
            *files, target = shlex.split(value)
            for file in files:
                place = source / target / Path(file).name if target.endswith("/") else source / target
                place.parent.mkdir(parents=True, exist_ok=True)
                copy = shutil.copytree if (ROOT / file).is_dir() else shutil.copy
                copy(ROOT / file, place)
        elif name == "RUN":
            environment = {**os.environ, "PATH": f"{base}{os.pathsep}{os.environ['PATH']}"}
            command = ["sh", "-c", here(value.replace("python -m venv", f"{sys.executable} -m venv"))]
            done = subprocess.run(command, cwd=source, env=environment, check=False, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
    variables = dict(
        here(pair).replace("$PATH", os.environ["PATH"]).split("=", 1)
        for name, value in instructions(1)
        if name == "ENV"
        for pair in value.split()
    )
    Path(moved["/run/secrets/anki_rpc_key"]).write_text("secret\n")
    Path(moved["/data"]).mkdir()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]

    class Installed(ServeProcess):
        program = ("-P", "-m", "anki_rpc")

    python = sys.executable
    sys.executable = str(Path(moved["/opt/anki-rpc"]) / "bin" / "python")
    try:
        process = Installed(environment={**variables, "PYTHONPATH": ""}, port=port).ready()
    finally:
        sys.executable = python
    try:
        (health,) = (json.loads(value.partition("CMD ")[2]) for name, value in instructions(1) if name == "HEALTHCHECK")
        done = subprocess.run(
            [Path(moved["/opt/anki-rpc"]) / "bin" / health[0], *health[1:]],
            env=child_environment(**variables, PYTHONPATH="", ANKI_RPC_PORT=str(port)),
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "key: the key is right" in done.stdout
    finally:
        assert process.stop() == 0
    assert (tmp_path / "data" / "collection.anki2").exists()
