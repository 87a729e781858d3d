"""Notes: adding, finding, describing, changing and deleting them."""
