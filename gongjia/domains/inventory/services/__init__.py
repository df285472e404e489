"""Changing inventories: rounds, counts, what follows from them, and the balances of finance."""

from gongjia.domains.inventory.services import balances, counting, rounds, settling

__all__ = ["balances", "counting", "rounds", "settling"]
