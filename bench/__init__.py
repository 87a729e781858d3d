"""Measures the gateway beside the same work in-process: `python -m bench`, see README.md."""
