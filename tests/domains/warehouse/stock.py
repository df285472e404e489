"""Two units, a clerk of the city, printers and what is done with them: the short way to stock a warehouse in tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gongjia.core.action import actions
from gongjia.domains.warehouse.models import StockItem
from gongjia.ledger.models import Asset, Category
from gongjia.ledger.services import register_assets
from gongjia.org.models import Place, Unit, User
from tests import people

PRINTER = "A02021003"


@dataclass
class Stock:
    """A town with a keeper who may do everything, one clerk a unit, and a class of printers."""

    town: people.Town
    keeper: User
    water: Unit
    archive: Unit
    archivist: User
    printer: Category
    here: Place
    there: Place


def build() -> Stock:
    """Make the stock's town; water and archive sit in two compounds."""
    town = people.build()
    printer = Category.objects.create(system="gov-procurement", edition="2022", code=PRINTER, name="A4黑白打印机", level=5)
    keeper = people.user("keeper", "asset_clerk", town.city)
    archivist = people.user("archivist", "asset_clerk", town.archive)
    return Stock(town, keeper, town.water, town.archive, archivist, printer, room(town.water, "W"), room(town.archive, "A"))


def room(unit: Unit, code: str) -> Place:
    """Make a compound, a building in it and a room in that; return the room."""
    path, made = "", None
    for kind in ("compound", "building", "room"):
        made = Place.objects.create(code=f"{code}-{kind}", name=f"{code} {kind}", kind=kind, unit=unit, parent=made, use="", path="")
        made.path = path = f"{path}{made.pk}/"
        made.save(update_fields=["path"])
    assert made is not None
    return made


def card(stock: Stock, number: str, **more: Any) -> int:
    """Register a printer of the water bureau, two years old."""
    given = {"unit": stock.water.pk, "category": stock.printer.pk, "name": "A4黑白打印机", "cost": "1200", "place": stock.here.pk}
    return register_assets.run(stock.keeper, {"number": number, "acquired_on": dt.date(2024, 11, 1), **given, **more})


def do(key: str, user: User, *raws: dict[str, Any], **more: Any) -> list[int]:
    """Run an action, under a request where it needs one."""
    request = "SQ-TEST" if actions[key].by_request else ""
    return actions[key].run_many(user, list(raws), **{"request_key": request, **more}).ids


def taken_in(stock: Stock, *numbers: str, grade: str = "b", **more: Any) -> list[int]:
    """Bring printers into stock and return their keys."""
    ids = [card(stock, number, **more) for number in numbers]
    do("warehouse.register_idle", stock.keeper, *({"asset": pk} for pk in ids))
    do("warehouse.take_in", stock.keeper, *({"id": pk} for pk in ids))
    do("warehouse.appraise_item", stock.keeper, *({"id": pk, "grade": grade, "appraised_value": "600"} for pk in ids))
    do("warehouse.store_item", stock.keeper, *({"id": pk} for pk in ids))
    return ids


def published(stock: Stock, *numbers: str, at_once: bool = True, **more: Any) -> list[int]:
    """Bring printers into the window and return their keys."""
    ids = taken_in(stock, *numbers, **more)
    do("warehouse.publish_item", stock.keeper, *({"id": pk, "at_once": at_once} for pk in ids))
    return ids


def state(pk: int) -> str:
    return StockItem.objects.get(pk=pk).state


def asset(pk: int) -> Asset:
    return Asset.objects.get(pk=pk)
