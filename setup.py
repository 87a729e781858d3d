"""Installs the folder addon as the package anki_rpc, with the OpenRPC document; pyproject.toml has the rest."""

import os
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

PACKAGE = "anki_rpc"


class BuildWithDocument(build_py):
    """Copies spec/openrpc.json to where the packaged add-on has it too."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:  # an editable package reads it in spec/
            self.copy_file("spec/openrpc.json", str(Path(self.build_lib, PACKAGE, "openrpc.json")))


home = os.environ.get("PROJECT_URL")  # the repository that a release is built in
setup(
    cmdclass={"build_py": BuildWithDocument},
    package_dir={PACKAGE: "addon"},
    packages=[PACKAGE, *(f"{PACKAGE}.{name}" for name in find_packages("addon", exclude=["_vendor*"]))],
    project_urls={"Source": home, "Changelog": f"{home}/blob/main/CHANGELOG.md"} if home else {},
)
