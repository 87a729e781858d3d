"""The version of the client, which is that of the gateway whose methods it has."""

__version__ = "0.1.0"
