"""The one door to marshmallow and jsonrpcserver: vendored in the packaged add-on, installed everywhere else.

All add-ons share one interpreter, so an absolute import could find Anki's version or another add-on's. The build
therefore puts private copies under `_vendor`, with relative imports, and beside them nothing else is used.
"""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonrpcserver
    import marshmallow

__all__ = ["jsonrpcserver", "marshmallow"]


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first asked for: Anki's start does not wait for all of them."""
    if name not in __all__:
        raise AttributeError(name)
    if find_spec("._vendor", __package__) is not None:
        module = import_module(f"._vendor.{name}", __package__)
    else:
        module = import_module(name)
    globals()[name] = module
    return module
