"""How services change an item and its card together: one input type for each, one passage, one entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core import bulk
from gongjia.core.action import Action, Context
from gongjia.core.inputs import Input
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows
from gongjia.domains.warehouse.choices import ItemState, PassageKind
from gongjia.domains.warehouse.models import Passage, StockItem
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.ledger import entries
from gongjia.ledger.choices import EntryKind
from gongjia.ledger.resources import ASSETS


class ItemChange(Input):
    """Any fields of an item that a service sets."""

    id: int
    state: str = ""
    cause: str = ""
    storage: str = ""
    occasion: int | None = None
    registered_on: dt.date | None = None
    stored_on: dt.date | None = None
    left_on: dt.date | None = None
    grade: str = ""
    remaining_months: int | None = None
    repair_cost: Decimal | None = None
    defect: str = ""
    title: str = ""
    category_code: str = ""
    acquired_on: dt.date | None = None
    terms: str = ""
    emergency: bool = False
    published_at: dt.datetime | None = None
    own_until: dt.date | None = None
    level_until: dt.date | None = None
    body_path: str = ""
    level_path: str = ""
    building: int | None = None
    compound: int | None = None


class CardChange(Input):
    """Any fields of a card that a service sets."""

    id: int
    unit: int = 0
    place: int | None = None
    custodian: int | None = None
    status: str = ""
    idle_since: dt.date | None = None
    department: str = ""


def change_items(context: Context, changes: Sequence[ItemChange]) -> None:
    """Set fields of items; runs of equal fields go together."""
    change_rows(context, ITEMS, changes)


def change_cards(context: Context, changes: Sequence[CardChange], kind: EntryKind | None = None, note: str = "") -> None:
    """Set fields of cards and append the entries; what somebody else reserved does not move."""
    entries.append_changes(context, change_rows(context, ASSETS, changes), kind, note)


def items_of(rows: Sequence[Any]) -> dict[int, StockItem]:
    """Return the items that the rows name by `id`, with their cards and where these stand."""
    found = StockItem.objects.select_related("asset__unit__parent", "asset__category", "asset__place")
    return found.in_bulk([row.id for row in rows])


def record_passages(
    context: Context, kind: PassageKind, items: Sequence[StockItem], others: Sequence[int | None] | None = None, on: dt.date | None = None
) -> None:
    """Append one line of the 出入仓台账 for each item, with the days that it lay in stock."""
    day = on or context.on
    bulk.insert(
        Passage,
        len(items),
        item_id=[item.pk for item in items],
        kind=kind.value,
        on=day,
        unit_id=[item.asset.unit_id for item in items],
        other_id=list(others) if others is not None else None,
        cost=[item.asset.cost for item in items],
        days=[max(0, (day - item.stored_on).days) if item.stored_on else None for item in items],
        request_key=context.request_key,
        actor_id=context.actor_id,
        recorded_at=context.now,
    )


def keep_to(action: Action, *states: ItemState) -> None:
    """Let an action be offered for items in these states only, and refuse the others, naming the state that they are in."""

    def check(context: Context, rows: Sequence[Any]) -> list[Problem]:
        known = dict(StockItem.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "state"))
        wrong = [(index, known.get(row.id, "")) for index, row in enumerate(rows) if known.get(row.id) not in states]
        allowed = "、".join(str(state.label) for state in states)
        text = _("这件资产现在是“%(state)s”，要先到“%(allowed)s”才能做这一步。")
        labels = dict(ItemState.choices)
        return [Problem("wrong_state", text % {"state": labels.get(state, state), "allowed": allowed}, "id", i) for i, state in wrong]

    action.check(check)
    action.when(lambda item: item.state in states)
