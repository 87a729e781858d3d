"""A typed client for AnkiRPC, the gateway to Anki: a method for each of its methods, errors as exceptions by kind."""

from . import errors, types
from ._client import AsyncBatch, AsyncClient, Batch, Client
from ._core import GatewayError, MediaError, Reply, RpcError, TimedOut, UnexpectedAnswer, Unreachable, error_from
from ._version import __version__

__all__ = [
    "AsyncBatch",
    "AsyncClient",
    "Batch",
    "Client",
    "GatewayError",
    "MediaError",
    "Reply",
    "RpcError",
    "TimedOut",
    "UnexpectedAnswer",
    "Unreachable",
    "__version__",
    "error_from",
    "errors",
    "types",
]
