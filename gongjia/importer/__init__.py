"""Spreadsheets in: a file becomes a table, a table typed columns, columns rows of an Action."""
