"""Statutory returns and reconciliations: every number is linked to its rows, and what was filed is kept as it was."""
