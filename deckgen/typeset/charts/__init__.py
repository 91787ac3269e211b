"""Charts: scales, numbers, and how each kind is drawn."""
