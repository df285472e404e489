"""Whether things that are to be disposed of were offered to others first, and how they leave the stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context
from gongjia.core.inputs import Input, given
from gongjia.domains.warehouse.changing import ItemChange, change_items, record_passages
from gongjia.domains.warehouse.choices import IN_STOCK, Grade, ItemState, PassageKind
from gongjia.domains.warehouse.models import StockItem
from gongjia.ledger.models import Asset
from gongjia.standards.lifespans import of_asset

BROKEN = ("beyond_repair", "force_majeure", "loss")
"""Grounds of a disposal under which there is nothing left to offer."""


class LetGo(Input):
    """Why a thing that is still of use was not offered to others."""

    item: int = given(label=_("资产"))
    reason: str = given("", label=_("不经公物仓统筹的理由"))


@dataclass
class Offered:
    """One card that is to go, and what speaks for and against it."""

    card: Asset
    item: StockItem | None
    on: dt.date
    worn: bool
    """The least life of the standard is over, as far as it is known."""
    reason: str = ""
    broken: bool = False
    """The request says that it cannot be repaired, or is no more; the disposal itself asks for the expert's opinion."""

    @property
    def lent(self) -> bool:
        return self.item is not None and self.item.state == ItemState.LENT

    @property
    def offered_on(self) -> dt.date | None:
        """The day of publication, once it has stood open to all."""
        item = self.item
        if item is None or item.published_at is None or (item.level_until and item.level_until >= self.on):
            return None
        return item.published_at.date()

    @property
    def spent(self) -> bool:
        """Say whether an appraisal found it of no use, or its standard life is over and nobody found it good."""
        graded = self.item.grade if self.item else ""
        return self.broken or graded == Grade.SPENT or (self.worn and graded in ("", Grade.REPAIR))

    @property
    def asks(self) -> bool:
        return not (self.offered_on or self.spent or self.reason)

    def told(self) -> dict[str, Any]:
        """Return what the request keeps: keys and dates."""
        state = self.item.state if self.item else ""
        return {
            "pk": self.card.pk,
            "number": self.card.number,
            "name": self.card.name,
            "state": state,
            "grade": self.item.grade if self.item else "",
            "offered_on": self.offered_on and self.offered_on.isoformat(),
            "worn": self.worn,
            "spent": self.spent,
            "broken": self.broken,
            "reason": self.reason,
            "asks": self.asks,
            "lent": self.lent,
        }

    @staticmethod
    def keys(rows: Sequence[Any]) -> list[int]:
        """Return the cards that the rows name."""
        return [getattr(row, "id", None) or row.asset for row in rows]


def offered_rows(rows: Sequence[Any], answers: Sequence[Mapping[str, Any]], on: dt.date) -> list[Offered]:
    """Return every card of the rows with its item, its age against the standard, and the reason that was given."""
    keys = Offered.keys(rows)
    cards = Asset.objects.select_related("unit__parent", "category").in_bulk(keys)
    items = StockItem.objects.in_bulk(keys)
    reasons = {each["item"]: each["reason"].strip() for each in answers if each.get("reason")}
    broken = {pk for row, pk in zip(rows, keys, strict=True) if getattr(row, "reason", "") in BROKEN}
    return [Offered(cards[pk], items.get(pk), on, _worn(cards[pk], on), reasons.get(pk, ""), pk in broken) for pk in keys if pk in cards]


def _worn(card: Asset, on: dt.date) -> bool:
    life = of_asset(card, on)
    return life is not None and life.full_on <= on


def leave(context: Context, keys: Sequence[int]) -> None:
    """Take what is disposed of out of the stock, with a line in the book for what lay in it."""
    items = list(StockItem.objects.select_related("asset").filter(pk__in=keys).exclude(state=ItemState.OUT))
    stocked = [item for item in items if item.state in IN_STOCK]
    record_passages(context, PassageKind.DISPOSE, stocked)
    change_items(context, [ItemChange(id=i.pk, state=ItemState.OUT.value, left_on=context.on, published_at=None) for i in items])
