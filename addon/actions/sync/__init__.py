"""Syncing with AnkiWeb or another server."""
