"""The only access to marshmallow, jsonrpcserver and Waitress: private copies in the packaged add-on, else the installed
packages.

All add-ons share one interpreter, so an absolute import could find the version of Anki or of another add-on. Therefore
the build puts private copies into `_vendor`, with relative imports. If they exist, nothing else is used.
"""

from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonrpcserver
    import marshmallow
    import waitress

__all__ = ["jsonrpcserver", "marshmallow", "waitress"]

PINNED = {"waitress": "3.0.2"}
"""The exact versions of packages whose undocumented parts are used."""


def __getattr__(name: str) -> Any:
    """Import a package when it is first used, so that Anki starts faster.

    Raises ImportError if a version other than the pinned one is installed.
    """
    if name not in __all__:
        raise AttributeError(name)
    if find_spec("._vendor", __package__) is not None:
        module = import_module(f"._vendor.{name}", __package__)
    else:
        needed = PINNED.get(name)
        if needed and (found := version(name)) != needed:
            raise ImportError(f"AnkiRPC needs {name} {needed}, but {found} is installed: pip install {name}=={needed}")
        module = import_module(name)
    globals()[name] = module
    return module
