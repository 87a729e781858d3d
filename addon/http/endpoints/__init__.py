"""The endpoints beside JSON-RPC and the old protocol: documents, the page at `/`, `/events`, `/media/` and `/mcp`."""
