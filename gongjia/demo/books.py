"""The books of the invented city: depreciation brought over by year, the months posted since, a closed quarter, a filed report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from gongjia.core import bulk
from gongjia.core.action import Context, actions
from gongjia.demo.cards import straight
from gongjia.demo.constants import BROUGHT, YEARS_BROUGHT
from gongjia.demo.seeding import ORIGIN
from gongjia.demo.shapes import Card
from gongjia.ledger.models import Entry
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit, User

MARKS = (*YEARS_BROUGHT, BROUGHT)
MONTHS = ((dt.date(2026, 9, 1), dt.date(2026, 10, 12)), (dt.date(2026, 10, 1), dt.date(2026, 11, 9)))  # and the day each was posted
REPORT, KNOWN, FILED = 2025, dt.date(2026, 1, 15), dt.date(2026, 4, 21)
NOTE = "期初数由原财务系统结转；房屋面积另行填报。"


def brought_over(cards: Sequence[Card]) -> tuple[list[Decimal], list[list[Decimal]]]:
    """Return what each card was registered with, and what each span between two marks added to it."""
    steps = [_marks(card) for card in cards]
    return [step[0] for step in steps], [[after - before for before, after in pairwise(step)] for step in steps]


def _marks(card: Card) -> list[Decimal]:
    """Return the accumulated depreciation at each mark; of a card that is gone, or without a date, all stands at the first."""
    if card.acquired_on is None or card.disposed_on is not None:
        return [card.accumulated] * len(MARKS)
    known = [min(card.accumulated, straight(card.cost, card.acquired_on, card.months, mark)) for mark in YEARS_BROUGHT]
    return [*known, card.accumulated]


def write_years(context: Context, ids: Sequence[int], cards: Sequence[Card], years: Sequence[Sequence[Decimal]]) -> None:
    """Append one entry a card, with its audit, for each span that added something."""
    for place, mark in enumerate(MARKS[1:]):
        rows = [(pk, added[place], len(card.moves)) for pk, card, added in zip(ids, cards, years, strict=True) if added[place]]
        for pk, card, added in zip(ids, cards, years, strict=True):
            if added[place]:
                after = card.accumulated - sum(added[place + 1 :])
                context.record(ASSETS.key, pk, card.unit, {"accumulated": after - added[place]}, {"accumulated": after})
        bulk.insert(
            Entry,
            len(rows),
            asset_id=[pk for pk, _added, _moves in rows],
            kind="depreciate",
            seq=[2 + place + moves for _pk, _added, moves in rows],
            effective_on=mark,
            recorded_at=_morning(mark + dt.timedelta(days=5)),
            depreciation_delta=[added for _pk, added, _moves in rows],
            batch_id=context.batch.pk if context.batch else None,
            actor_id=context.actor_id,
            note="由原财务系统结转",
        )


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, 1, tzinfo=dt.UTC)


def keep_books(actor: User) -> None:
    """Post the months since, close the first of them, and file the report of the year before."""
    top = Unit.objects.filter(parent=None, closed_on=None).order_by("pk").values_list("pk", flat=True)[0]
    for month, day in MONTHS:
        raw = {"unit": top, "month": month}
        actions["accounting.post_depreciation"].run(actor, raw, origin=ORIGIN, on=day, now=_morning(day))
    day = MONTHS[0][1]
    actions["accounting.close_month"].run(actor, {"unit": top, "month": MONTHS[0][0]}, origin=ORIGIN, on=day, now=_morning(day))
    raw = {"unit": top, "year": REPORT, "known": KNOWN, "note": NOTE}
    actions["accounting.file_report"].run(actor, raw, origin=ORIGIN, on=FILED, now=_morning(FILED))
