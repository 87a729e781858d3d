"""The official conformance suite of the Model Context Protocol, and what it needs."""
