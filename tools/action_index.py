"""Writes `addon/actions/index.py`: which module registers each action."""

from __future__ import annotations

import pkgutil
import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from addon import actions  # noqa: E402
from addon.rpc.registry import REGISTRY  # noqa: E402

INDEX = ROOT / "addon" / "actions" / "index.py"
HEAD = '''"""The module that registers each action. Made by `make spec`.

A module is imported when one of its actions is first used: all of them would take a quarter of a second.
"""

MODULES = {
'''


def text() -> str:
    """Return what the index is to hold. Imports all actions, even those that the index does not name."""
    for module in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        import_module(module.name)
    REGISTRY.expect({})  # only what is registered counts
    modules = ((name, REGISTRY[name].handler.__module__) for name in sorted(REGISTRY))
    lines = (f'    "{name}": "{module.removeprefix(f"{actions.__name__}.")}",\n' for name, module in modules)
    return f"{HEAD}{''.join(lines)}}}\n"


if __name__ == "__main__":
    INDEX.write_text(text(), encoding="utf-8")
