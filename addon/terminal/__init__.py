"""The command line: its options."""
