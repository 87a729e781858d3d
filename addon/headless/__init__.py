"""The gateway on a bare collection, without Anki's window."""
