"""Profiles: which there are, and opening one."""
