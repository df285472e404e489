"""People and their units: who exists, who sits where in the tree, who may see what."""
