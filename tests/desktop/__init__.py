"""Tests that drive a real Anki, offscreen, in a process of its own."""
