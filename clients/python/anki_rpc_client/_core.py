"""What does not depend on the methods: requests, responses, and the errors that both may end in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar

Result_co = TypeVar("Result_co", covariant=True)


class GatewayError(Exception):
    """Anything that can go wrong with a call."""


class Unreachable(GatewayError):
    """Nothing answers at the address, or the connection broke: Anki does not run, or the gateway listens elsewhere."""


class TimedOut(GatewayError):
    """No answer within the timeout. The call may have been done all the same."""


class UnexpectedAnswer(GatewayError):
    """An answer that is no JSON-RPC response: the gateway refused the request as such, or it is not what answers there.

    `status` is the HTTP status, `text` the body.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(status, text)
        self.status = status
        self.text = text

    def __str__(self) -> str:
        return f"no JSON-RPC response, but HTTP {self.status}: {self.text[:200]}"


class MediaError(GatewayError):
    """The gateway did not do what was asked for with a media file. `status` is HTTP's, the message says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(status, message)
        self.status = status
        self.message = message

    def __str__(self) -> str:
        return self.message


class RpcError(GatewayError):
    """The gateway answered with an error. Each kind has a class of its own in `errors`."""

    kind: str = ""
    kinds: ClassVar[dict[str, type[RpcError]]] = {}

    def __init__(self, code: int, message: str, data: Mapping[str, Any]) -> None:
        super().__init__(code, message, data)
        self.code = code
        self.message = message
        self.data = dict(data)
        self.kind = self.kind or str(self.data.get("kind", ""))  # one without a class, such as an extension's

    def __str__(self) -> str:
        return self.message

    def __init_subclass__(cls) -> None:
        RpcError.kinds[cls.kind] = cls


def error_from(value: Mapping[str, Any]) -> RpcError:
    """The exception for an error object, such as bulk methods give for single items."""
    data: Mapping[str, Any] = value.get("data") or {}
    return RpcError.kinds.get(data.get("kind", ""), RpcError)(value["code"], value["message"], data)


def request(id: int, method: str, required: Mapping[str, Any], optional: Mapping[str, Any]) -> dict[str, Any]:
    """A request object. Optional params that are None are left out; a required one that is None is sent as null."""
    given = {name: value for name, value in optional.items() if value is not None}
    return {"jsonrpc": "2.0", "id": id, "method": method, "params": {**required, **given}}


def is_answer(body: Any) -> bool:
    """A response object, or a list of them; AnkiConnect's replies are none."""
    members: list[Any] = body if isinstance(body, list) else [body]
    return bool(members) and all(isinstance(member, dict) and "jsonrpc" in member for member in members)


def result_of(response: Mapping[str, Any]) -> Any:
    """The result of a response object. Raises RpcError where it holds an error."""
    if "error" in response:
        raise error_from(response["error"])
    return response["result"]


class Reply(Generic[Result_co]):
    """What a call in a batch will have given when the batch has been sent."""

    def __init__(self) -> None:
        self._response: Mapping[str, Any] | None = None

    def result(self) -> Result_co:
        """The result. Raises RpcError where the call failed, RuntimeError before the batch was sent."""
        if self._response is None:
            raise RuntimeError("the batch has not been sent yet")
        result: Result_co = result_of(self._response)
        return result


class Calls:
    """The calls of a batch, in order."""

    def __init__(self) -> None:
        self._requests: list[dict[str, Any]] = []
        self._replies: list[Reply[Any]] = []

    def call(self, method: str, params: Mapping[str, Any] | None = None) -> Reply[Any]:
        """Call a method by its own name, such as that of an extension."""
        return self._call(method, params or {})

    def _call(self, method: str, required: Mapping[str, Any], /, **optional: Any) -> Reply[Any]:
        self._requests.append(request(len(self._requests), method, required, optional))
        self._replies.append(Reply())
        return self._replies[-1]

    def _fill(self, responses: list[Mapping[str, Any]] | Mapping[str, Any]) -> None:
        if isinstance(responses, Mapping):  # the batch was refused as a whole
            raise error_from(responses["error"])
        for response in responses:
            self._replies[response["id"]]._response = response
