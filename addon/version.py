"""The version of the add-on (semantic versioning), the API version of the old protocol, the oldest Anki and Python."""

VERSION = "0.1.0"
API_VERSION = 6
OLDEST_ANKI = "25.07"
OLDEST_PYTHON = (3, 11)
