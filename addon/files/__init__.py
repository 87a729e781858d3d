"""Content from outside Anki: as base64, from files on this computer, and by download.

`sources` reads it. `path_policy` and `file_policy` decide which files callers may name, `address_policy` and
`checked_connections` which addresses they may download from. `consent` is about what the system asks the person.
"""
