"""One module a kind of page of the rules."""
