"""The actions: a package per category, a module per noun. Importing this package only names them, see `index`."""

import anki.collection  # noqa: F401  (first: the other modules of anki are circular without it)

from ..rpc.registry import REGISTRY
from ..schemas.events import EVENTS
from .index import MODULES

__all__ = ["REGISTRY"]

REGISTRY.expect({name: f"{__name__}.{module}" for name, module in MODULES.items()})
REGISTRY.events.update(EVENTS)
