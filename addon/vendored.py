"""The only access to marshmallow, jsonrpcserver and Waitress: private copies in the packaged add-on, else the installed
packages.

All add-ons share one interpreter, so an absolute import could find the version of Anki or of another add-on. Therefore
the build puts private copies into `_vendor`, with relative imports. If they exist, nothing else is used.
"""

import sys
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonrpcserver
    import marshmallow
    import waitress

__all__ = ["jsonrpcserver", "marshmallow", "waitress"]

PINNED = {"waitress": "3.0.2"}
"""The exact versions of packages whose undocumented parts are used."""
USED = {"jsonrpcserver": "response"}
"""The only module that is used of a package, which is imported without the rest: that takes a seventh of a start."""


def __getattr__(name: str) -> Any:
    """Import a package when it is first used, so that Anki starts faster.

    Raises ImportError if a version other than the pinned one is installed.
    """
    if name not in __all__:
        raise AttributeError(name)
    where = f"{__package__}._vendor." if find_spec("._vendor", __package__) is not None else ""
    needed = PINNED.get(name)
    if needed and not where and (found := version(name)) != needed:
        raise ImportError(f"AnkiRPC needs {name} {needed}, but {found} is installed: pip install {name}=={needed}")
    module = _without_the_rest(where, name, USED[name]) if name in USED else import_module(where + name)
    globals()[name] = module
    return module


def _without_the_rest(where: str, name: str, used: str) -> ModuleType:
    """Return a package with one of its modules. Its own `__init__` does not run: it would import all others.

    It is not the package that others get who import it by its name.
    """
    spec = find_spec(where + name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No module named {where + name!r}", name=where + name)
    package = ModuleType(f"{where or f'{__package__}.'}_part_of_{name}")
    package.__path__ = spec.submodule_search_locations
    sys.modules[package.__name__] = package
    setattr(package, used, import_module(f"{package.__name__}.{used}"))
    return package
