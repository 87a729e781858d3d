"""The add-on's own version (semantic versioning) and the API version of the old protocol."""

VERSION = "0.1.0"
API_VERSION = 6
