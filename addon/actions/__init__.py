"""The actions: a package per category, a module per noun. Importing this package fills the registry."""

import pkgutil
from importlib import import_module

import anki.collection  # noqa: F401  (first: the other modules of anki are circular without it)

from ..rpc.registry import REGISTRY
from ..schemas.events import EVENTS

__all__ = ["REGISTRY"]

for found in pkgutil.walk_packages(__path__, f"{__name__}."):
    import_module(found.name)

REGISTRY.events.update(EVENTS)
