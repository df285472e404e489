"""Settings, addresses and the server's entry: knows every package, is known by none."""
