"""What is written of an item when it is published: the columns by which the window searches."""

from __future__ import annotations

from typing import Any

from gongjia.core.action import Context
from gongjia.core.periods import SHANGHAI
from gongjia.domains.warehouse.changing import ItemChange
from gongjia.domains.warehouse.choices import ItemState
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.rules import building_of, compound_of, windows
from gongjia.domains.warehouse.terms import days
from gongjia.domains.warehouse.windows import body_of, level_of
from gongjia.org.choices import PlaceKind
from gongjia.org.models import Place


def publication(context: Context, row: Any, item: StockItem) -> ItemChange:
    """Return the change that publishes an item: name, class, age, where it stands, and for whom it is held until when."""
    card, body = item.asset, body_of(item.asset.unit)
    shown_on = context.now.astimezone(SHANGHAI).date()
    own, level = windows(shown_on, days("own_days", context.on), days("level_days", context.on))
    building, compound = where(card.place)
    return ItemChange(
        id=item.pk,
        state=ItemState.PUBLISHED.value,
        title=row.title or item.title or card.name,
        category_code=card.category.code if card.category else "",
        acquired_on=card.acquired_on,
        terms=row.terms,
        emergency=row.emergency,
        published_at=context.now,
        own_until=None if row.at_once else own,
        level_until=None if row.at_once else level,
        body_path=body.path,
        level_path=level_of(body),
        building=building,
        compound=compound,
    )


def where(place: Place | None) -> tuple[int | None, int | None]:
    """Return the building and the compound of a place."""
    if place is None or not place.path:
        return None, None
    parts = [int(part) for part in place.path.split("/") if part]
    buildings = set(Place.objects.filter(pk__in=parts, kind=PlaceKind.BUILDING).values_list("pk", flat=True))
    return building_of(place.path, buildings), compound_of(place.path)
