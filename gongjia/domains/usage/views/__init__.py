"""Pages that the generic ones cannot draw."""
