"""Programs that no registry has, as they were written down, on real sockets and without a window."""

import pytest
import recorded_clients as clients

from addon.http.server.server import Server

pytestmark = pytest.mark.node


@pytest.fixture
def port(open_gateway):
    """The port of a gateway that lists Obsidian's origin."""
    gateway = open_gateway(webCorsOriginList=clients.ORIGINS)
    server = Server(gateway.gateway.app, port=0)
    server.start()
    yield server.port
    server.stop()


@pytest.mark.parametrize("program", clients.PROGRAMS)
def test_it_goes_on(port, program):
    program(port)


def test_obsidian_stores_files_of_the_vault_by_their_path(port, tmp_path):
    clients.obsidian_to_anki_with_files(port, tmp_path)
