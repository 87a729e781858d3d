import pytest


@pytest.fixture
def call(gateway):
    """Calls a method; gives its result, or the data of its error."""
    return gateway.call
