"""Puts the OpenRPC document into the installed package; everything else stands in pyproject.toml."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithDocument(build_py):
    """Copies spec/openrpc.json to where the packaged add-on has it too."""

    def run(self) -> None:
        super().run()
        self.copy_file("spec/openrpc.json", str(Path(self.build_lib, "addon", "openrpc.json")))


setup(cmdclass={"build_py": BuildWithDocument})
