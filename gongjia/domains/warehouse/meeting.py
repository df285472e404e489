"""When a unit gets an item, its oldest wish of that class is met by as much."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from gongjia.core.action import Context
from gongjia.core.inputs import Input
from gongjia.core.writing import change_rows
from gongjia.domains.warehouse.choices import WishState
from gongjia.domains.warehouse.models import StockItem, WishMatch
from gongjia.domains.warehouse.resources import WISHES
from gongjia.domains.warehouse.wishing import open_wishes, suits


class WishChange(Input):
    """How much of a wish is met, and its state."""

    id: int
    met: int = 0
    state: str = ""


def meet_wishes(context: Context, got: Sequence[tuple[int, StockItem]]) -> None:
    """Count each item that a unit got towards its oldest open wish that the item suits."""
    for unit, item in got:
        for wish in open_wishes().filter(unit=unit).order_by("made_on", "pk"):
            if StockItem.objects.filter(suits(wish), pk=item.pk).exists():
                met = wish.met + 1
                state = WishState.MET if met >= wish.quantity else WishState.OPEN
                change_rows(context, WISHES, [WishChange(id=wish.pk, met=met, state=state.value)])
                break
    WishMatch.objects.filter(item__in=[item.pk for _unit, item in got], seen_at__isnull=True).update(seen_at=timezone.now())
