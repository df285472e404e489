"""The life of assets in the invented city: bought, held, let, mended, disposed of, counted, and moved by a reform."""

from __future__ import annotations

from random import Random

from gongjia.demo import allocation, buying, counting, holding, leaving, reforming, usage
from gongjia.demo.constants import SEED
from gongjia.demo.seeding import Keys
from gongjia.demo.warehouse import Keeper
from gongjia.org.models import User


def write_life(actor: User, keys: Keys, size: float) -> dict[str, int]:
    """Write the year and return how many rows of the chief kinds it has."""
    keeper = Keeper(actor, keys, size, Random(SEED + 17))
    lines = buying.write_budgets(keeper)
    orders = buying.write_purchases(keeper)
    lettings = holding.write_holding(keeper)
    disposals = leaving.write_disposals(keeper)
    rounds = counting.write_rounds(keeper)
    hand_backs = usage.write_usage(keeper)
    reforming.write_plans(keeper)
    moves = allocation.write_plan(actor, keys)
    counts = {"budget_lines": lines, "orders": orders, "lettings": lettings, "disposals": disposals, "rounds": rounds}
    return {**counts, "hand_backs": hand_backs, "moves": moves}
