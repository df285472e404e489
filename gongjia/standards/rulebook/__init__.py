"""The rulebook as values: tables of source documents, whom they bind, what they limit. Pure Python, no database."""
