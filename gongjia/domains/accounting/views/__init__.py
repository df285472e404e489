"""Pages that the generic tables cannot draw."""
