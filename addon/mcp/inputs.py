"""What a tool or a prompt asks the client for while it is answered, in the current revision of the protocol.

The result then says what is needed, and the client repeats its request with the answers. Nothing is remembered in
between: what must be known again travels in `requestState`, which is signed.

https://modelcontextprotocol.io/specification/2026-07-28/basic/utilities/input-required
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from typing import Any

from ..rpc import codec

JsonObject = dict[str, Any]

VALID_S = 600
"""Seconds for which a signed value is accepted."""

_CAPABILITY = {
    "elicitation/create": "elicitation",
    "sampling/createMessage": "sampling",
    "roots/list": "roots",
}
"""The capability that a client must have declared, by the method that it is asked to carry out."""


class InputRequired(Exception):
    """The result depends on answers of the client."""

    def __init__(self, requests: Mapping[str, JsonObject], state: str | None) -> None:
        super().__init__("input required")
        self.requests = requests
        self.state = state

    def to_result(self) -> JsonObject:
        """Return the result that asks for the answers."""
        result: JsonObject = {"resultType": "input_required", "inputRequests": dict(self.requests)}
        return result if self.state is None else {**result, "requestState": self.state}


class MissingCapability(Exception):
    """The client has not declared a capability without which the request cannot be answered."""

    def __init__(self, required: JsonObject) -> None:
        super().__init__(f"Missing required client capability: {', '.join(required)}")
        self.required = required


class Unsigned(Exception):
    """A value was not signed here, or too long ago."""


class SpentTickets:
    """The tickets that have been spent, as long as the values that contain them are valid. Any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._until: dict[str, float] = {}

    def spend(self, ticket: str) -> bool:
        """Spend a ticket. Return False if it was spent before."""
        now = time.monotonic()
        with self._lock:
            self._until = {other: until for other, until in self._until.items() if until > now}
            is_new = ticket not in self._until
            self._until.setdefault(ticket, now + VALID_S)
        return is_new


class Signer:
    """Signs values that a client keeps and sends back."""

    def __init__(self, secret: bytes, owner: str, spent: SpentTickets | None = None) -> None:
        """`owner`: the caller; what was signed for another one is not accepted."""
        self._spent = spent or SpentTickets()
        self._secret = hmac.digest(secret, owner.encode("utf-8", "surrogatepass"), hashlib.sha256)

    def sign(self, value: Any) -> str:
        """Return a text that contains the value."""
        body = codec.dumps([int(time.time()), value])
        return f"{_encoded(body)}.{_encoded(self._digest(body))}"

    def read(self, signed: Any) -> Any:
        """Return the value of a signed text. Raises Unsigned."""
        try:
            body, digest = (base64.urlsafe_b64decode(part + "==") for part in str(signed).split("."))
        except (ValueError, binascii.Error):
            raise Unsigned from None
        if not hmac.compare_digest(self._digest(body), digest):
            raise Unsigned
        signed_at, value = codec.loads(body).value
        if not 0 <= time.time() - signed_at <= VALID_S:
            raise Unsigned
        return value

    def ticket(self) -> str:
        """Return a random part for a value that may be used only once."""
        return secrets.token_hex(8)

    def spend(self, ticket: str) -> bool:
        """Spend a ticket. Return False if it was spent before."""
        return self._spent.spend(ticket)

    def _digest(self, body: bytes) -> bytes:
        return hmac.digest(self._secret, body, hashlib.sha256)


def _encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


class Dialog:
    """What the client has declared and answered in one request.

    - `capabilities`: what it has declared; empty in older revisions, in which it is never asked.
    - `state`: the value that was given to `require` in the round before; None in the first round.
    """

    def __init__(self, signer: Signer, capabilities: Any, params: Mapping[str, Any]) -> None:
        """Read the answers from the params of a request. Raises Unsigned if its state was not made here."""
        self._signer = signer
        self.capabilities: Mapping[str, Any] = capabilities if isinstance(capabilities, Mapping) else {}
        answers = params.get("inputResponses")
        self._answers: Mapping[str, Any] = answers if isinstance(answers, Mapping) else {}
        state = params.get("requestState")
        self.state = None if state is None else signer.read(state)

    def can(self, method: str) -> bool:
        """Whether the client can be asked to carry out a method; for questions to the user: with a form."""
        declared = self.capabilities.get(_CAPABILITY[method])
        if not isinstance(declared, Mapping):
            return False
        return method != "elicitation/create" or not declared or "form" in declared  # empty: forms only

    def require(self, requests: Mapping[str, JsonObject], state: Any = None) -> list[JsonObject]:
        """Return the client's answer to each request.

        Raises InputRequired if one is missing, and MissingCapability if the client cannot be asked.
        """
        missing: JsonObject = {
            _CAPABILITY[request["method"]]: {} for request in requests.values() if not self.can(request["method"])
        }
        if missing:
            raise MissingCapability(missing)
        answers = [self._answers.get(key) for key in requests]
        if not all(isinstance(answer, Mapping) for answer in answers):
            raise InputRequired(requests, None if state is None else self._signer.sign(state))
        return [dict(answer) for answer in answers if answer is not None]


def question(message: str, properties: JsonObject) -> JsonObject:
    """Return the request to ask the user for values, all of which are required."""
    schema = {"type": "object", "properties": properties, "required": [*properties]}
    return {"method": "elicitation/create", "params": {"mode": "form", "message": message, "requestedSchema": schema}}
