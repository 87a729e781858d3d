"""All knowledge of Anki's library that is no action.

- `undo_step`: writes as steps of Anki's undo history. `change_log`: what changed, as events.
- `quiet_statements`: statements for temporary tables that do not clear the undo history.
- `errors`, `system_errors`: exceptions of Anki and of the system as our errors.
- `damage`: which row Anki cannot read. `rows`: many rows by one statement.
- `media_store`, `media_folder`, `media_moves`, `media_names`: files of the media folder.
- `trial`, `package_trial`, `package_sizes`: trying a write, or a package, on a collection that is thrown away.
- `sync`, `progress`: one run of Anki's sync; the progress of work inside Anki.
"""
