"""Pages that the generic ones cannot draw: reconciliation, and counting on a phone."""
