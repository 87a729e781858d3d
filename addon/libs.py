"""The one door to marshmallow and jsonrpcserver: vendored in the packaged add-on, installed everywhere else.

All add-ons share one interpreter, so an absolute import could find another add-on's older copy. The build
therefore puts private copies under `_vendor`, with relative imports, and this module prefers them.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jsonrpcserver
    import marshmallow
else:
    try:
        from ._vendor import jsonrpcserver, marshmallow
    except ImportError:
        import jsonrpcserver
        import marshmallow

__all__ = ["jsonrpcserver", "marshmallow"]
