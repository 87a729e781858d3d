import pytest


@pytest.fixture
def call(gateway):
    """Calls a method; gives its result, or the data of its error."""

    def one(method, **params):
        answer = gateway.rpc(method, params)
        return answer["result"] if "result" in answer else answer["error"]["data"]

    return one
