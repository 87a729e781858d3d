"""The command line's options, and its commands that talk to a running gateway.

All of it needs only Python, as the bridge for agents does: it also runs from the add-on's folder, without Anki's
library.
"""
