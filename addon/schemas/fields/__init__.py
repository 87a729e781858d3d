"""Parts of many schemas: fields, and shared pieces of params and results."""
