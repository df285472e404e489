"""The sweep's engine: facts in columns, limits on the small side, one join a check."""
