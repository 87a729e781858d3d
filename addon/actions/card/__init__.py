"""Cards: finding, describing, scheduling and answering them."""
