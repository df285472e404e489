"""Who sits in which room, planned with a proven bound; values only, no Django."""
