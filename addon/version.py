"""The add-on's own version (semantic versioning), the API version of the old protocol, and the oldest Anki."""

VERSION = "0.1.0"
API_VERSION = 6
OLDEST_ANKI = "25.07"
