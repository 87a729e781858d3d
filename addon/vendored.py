"""The only access to marshmallow, jsonrpcserver and Waitress: private copies in the packaged add-on, else the installed
packages.

All add-ons share one interpreter, so an absolute import could find the version of Anki or of another add-on. Therefore
the build puts private copies into `_vendor`, with relative imports. If they exist, nothing else is used.
"""

import re
import sys
import threading
from functools import cached_property
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
ONLY_MODULES = {"jsonrpcserver": "response"}
"""The only module of a package that is used. It is imported alone, because the others slow the start."""
COMPILES = {"marshmallow": "validate"}
"""A module that compiles regular expressions which are not used. The one for e-mail addresses takes as long as all else
that is imported of the package."""

_importing = threading.Lock()


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
    if name in ONLY_MODULES:
        module = _import_only(ONLY_MODULES[name], where, name)
    elif name in COMPILES:
        module = _import_uncompiled(where + name, f"{where}{name}.{COMPILES[name]}")
    else:
        module = import_module(where + name)
    globals()[name] = module
    return module


def _import_only(module: str, where: str, name: str) -> ModuleType:
    """Import one module of a package, without the package's `__init__`, which would import the others.

    Returns a package object of our own. `import` of the package itself, by anyone, is not affected.
    Raises ModuleNotFoundError.
    """
    spec = find_spec(where + name)
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError(f"No module named {where + name!r}", name=where + name)
    package = ModuleType(f"{where or f'{__package__}.'}_part_of_{name}")
    package.__path__ = spec.submodule_search_locations
    sys.modules[package.__name__] = package
    setattr(package, module, import_module(f"{package.__name__}.{module}"))
    return package


class _Uncompiled:
    """A regular expression that is compiled when it is used."""

    def __init__(self, pattern: Any, flags: Any = 0) -> None:
        self._args = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[Any]:
        return re.compile(*self._args)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for each attribute of an abstract class
            raise AttributeError(name)
        return getattr(self.compiled, name)


def _import_uncompiled(package: str, compiles: str) -> ModuleType:
    """Import a package, while one of its modules compiles its regular expressions when they are used."""

    def compile_later(*args: Any, **named: Any) -> Any:
        is_meant = sys._getframe(1).f_globals.get("__name__") == compiles  # noqa: SLF001 - it is documented
        return (_Uncompiled if is_meant else usual)(*args, **named)

    with _importing:
        usual = re.compile
        re.compile = compile_later
        try:
            return import_module(package)
        finally:
            re.compile = usual
