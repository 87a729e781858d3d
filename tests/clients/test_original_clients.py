"""Published clients of AnkiConnect against a gateway without a window."""

from original_clients import contents, each_client


@each_client
def test_it_does_what_it_did_with_ankiconnect(serve, collection, flow):
    process = serve("--collection", collection).ready()
    assert flow.run(process.port) == flow.told
    assert process.stop() == 0
    assert contents(collection) == flow.left
