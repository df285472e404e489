"""The limits around which the invented records lie, read from the rulebook's tables: no figure of a standard is written here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gongjia.standards.rulebook.loading import TABLES, parse

Cell = str | list[str] | None


def _rows(table: str) -> list[dict[str, Any]]:
    return list(parse(TABLES / f"{table}.yaml")["versions"][0]["rows"])


def _each(cell: Cell) -> Iterator[str]:
    if cell is not None:
        yield from ([cell] if isinstance(cell, str) else cell)


@lru_cache(maxsize=1)
def room_limits() -> dict[tuple[str, str], Decimal]:
    """Return the usable area of a room by tier and level, as the newest version of the table has it."""
    return {
        (tier, level): Decimal(row["max_m2"])
        for row in _rows("office_room_area")
        for tier in _each(row.get("tier"))
        for level in (_each(row["level"]) if "level" in row else ("section_chief", "section_deputy", "staff"))
    }


@lru_cache(maxsize=1)
def item_prices() -> dict[tuple[str, str], int]:
    """Return the price limit by item and level; the level is empty where the row names none."""
    found = {}
    for row in (*_rows("equipment"), *_rows("furniture")):
        if not isinstance(row.get("price"), str):
            continue
        for item in _each(row["item"]):
            for level in _each(row.get("level", "")):
                found[item, level] = int(Decimal(row["price"]))
    return found


@lru_cache(maxsize=1)
def item_lives() -> dict[str, int]:
    """Return the minimum service life in years by item."""
    return {item: int(row["life"]) for row in (*_rows("equipment"), *_rows("furniture")) if "life" in row for item in _each(row["item"])}


@lru_cache(maxsize=1)
def vehicle_limits() -> dict[tuple[str, str], tuple[int, Decimal | None]]:
    """Return price and displacement by category and body, of the plainest row that names both."""
    found: dict[tuple[str, str], tuple[int, Decimal | None]] = {}
    for row in _rows("vehicle_limits"):
        if "electric" in _each(row.get("vehicle_energy")) or not isinstance(row["price"], str):
            continue
        litres = Decimal(row["displacement"]) if isinstance(row["displacement"], str) else None
        for category in _each(row["vehicle_category"]):
            for body in _each(row["vehicle_body"]):
                found.setdefault((category, body), (int(Decimal(row["price"])), litres))
    return found


def codes(table: str) -> list[dict[str, Any]]:
    """Return the lines of a code table."""
    return list(parse(TABLES / f"{table}.yaml")["codes"])
