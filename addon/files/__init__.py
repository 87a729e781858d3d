"""Content from outside, by path, address or base64, and what it may touch."""
