"""Programs that no registry has, as they were written down, on real sockets and without a window."""

import pytest
import recorded_clients as clients

from addon.http.server import Server

pytestmark = pytest.mark.node


@pytest.fixture
def port(open_gateway):
    """The port of a gateway that lists Obsidian's origin, as its plugins tell their users to."""
    gateway = open_gateway(webCorsOriginList=["http://localhost", "app://obsidian.md"])
    server = Server(gateway.gateway.app, port=0)
    server.start()
    yield server.port
    server.stop()


@pytest.mark.parametrize(
    "program",
    [
        clients.obsidian_to_anki,
        clients.anki_editor,
        clients.anki_connect_el,
        clients.mpvacious,
        clients.koreader,
        clients.go_ankiconnect,
        clients.goldendict,
        clients.goldendict_with_quotes,
        clients.online_dictionary_helper,
    ],
)
def test_it_goes_on(port, program):
    program(port)


def test_obsidian_stores_files_of_the_vault_by_their_path(port, tmp_path):
    clients.obsidian_to_anki_with_files(port, tmp_path)
