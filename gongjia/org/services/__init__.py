"""Changing the organisation: people and their posts, the dated tree of units, the rights of accounts."""

from gongjia.org.services import accounts, people, units

__all__ = ["accounts", "people", "units"]
