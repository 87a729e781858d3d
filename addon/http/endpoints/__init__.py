"""What the gateway serves beside JSON-RPC and the old protocol: documents, the page, events, media and agents."""
