"""What does not depend on the methods: requests, responses, and the errors that both may end in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

Result = TypeVar("Result")
NOT_YET: Any = object()


class GatewayError(Exception):
    """Anything that can go wrong with a call."""


class Unreachable(GatewayError):
    """Nothing answers at the address: Anki is not running, or the gateway listens elsewhere."""


class TimedOut(GatewayError):
    """No answer within the timeout. The call may have been done all the same."""


class UnexpectedStatus(GatewayError):
    """An HTTP status other than 200, and no JSON-RPC response with it."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"HTTP {status}: {text[:200]}")
        self.status = status


class RpcError(GatewayError):
    """The gateway answered with an error. Each kind has a class of its own in `errors`."""

    kind: ClassVar[str] = ""
    kinds: ClassVar[dict[str, type[RpcError]]] = {}

    def __init__(self, code: int, message: str, data: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.data = dict(data)

    def __init_subclass__(cls) -> None:
        RpcError.kinds[cls.kind] = cls


def error_from(value: Mapping[str, Any]) -> RpcError:
    """The exception for an error object, such as bulk methods give for single items."""
    data = value.get("data") or {}
    return RpcError.kinds.get(data.get("kind", ""), RpcError)(value["code"], value["message"], data)


def request(id: int, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """A request object; params that are None are left out, which the gateway takes for the same."""
    given = {name: value for name, value in params.items() if value is not None}
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": given}


def result_of(response: Mapping[str, Any]) -> Any:
    """The result of a response object. Raises RpcError where it holds an error."""
    if "error" in response:
        raise error_from(response["error"])
    return response["result"]


class Reply(Generic[Result]):
    """What a call in a batch will have given when the batch has been sent."""

    def __init__(self) -> None:
        self._response: Mapping[str, Any] | None = None

    def result(self) -> Result:
        """The result. Raises RpcError where the call failed, RuntimeError before the batch was sent."""
        if self._response is None:
            raise RuntimeError("the batch has not been sent yet")
        result: Result = result_of(self._response)
        return result


class Calls:
    """The calls of a batch, in order."""

    def __init__(self) -> None:
        self._requests: list[dict[str, Any]] = []
        self._replies: list[Reply[Any]] = []

    def _call(self, method: str, **params: Any) -> Reply[Any]:
        self._requests.append(request(len(self._requests), method, params))
        self._replies.append(Reply())
        return self._replies[-1]

    def _fill(self, responses: Iterable[Mapping[str, Any]]) -> None:
        for response in responses:
            self._replies[response["id"]]._response = response
