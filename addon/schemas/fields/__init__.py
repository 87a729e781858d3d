"""What many schemas are made of: fields, and shared pieces of params and results."""
