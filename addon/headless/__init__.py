"""The headless host: the gateway on a bare collection, without Anki's window (`anki-rpc serve`)."""
