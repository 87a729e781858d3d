"""The one door to marshmallow, jsonrpcserver and Waitress: vendored in the packaged add-on, installed everywhere else.

All add-ons share one interpreter, so an absolute import could find Anki's version or another add-on's. The build
therefore puts private copies under `_vendor`, with relative imports, and beside them nothing else is used.
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
"""The versions of packages that are used beyond what they document."""


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first asked for: Anki's start does not wait for all of them.

    Raises ImportError if another version than the pinned one is installed.
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
