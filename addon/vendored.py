"""The one door to marshmallow and jsonrpcserver: vendored in the packaged add-on, installed everywhere else.

All add-ons share one interpreter, so an absolute import could find another add-on's older copy. The build
therefore puts private copies under `_vendor`, with relative imports, and this module prefers them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jsonrpcserver
    import marshmallow

__all__ = ["jsonrpcserver", "marshmallow"]


def __getattr__(name: str) -> Any:
    """Each is loaded when it is first asked for: Anki's start waits for one of them only."""
    if name not in __all__:
        raise AttributeError(name)
    try:
        module = import_module(f"._vendor.{name}", __package__)
    except ImportError:
        module = import_module(name)
    globals()[name] = module
    return module
