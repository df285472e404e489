"""Depreciation of a month: 100,000 cards through the action, with entries and audit, beside a posting row by row through the ORM."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from bench import world
from bench.figures import Figure, timed

from django.db import transaction  # isort: skip
from django.db.models import Max  # isort: skip

from gongjia.core.action import actions
from gongjia.domains.accounting import charging, rules
from gongjia.domains.accounting.models import Posting
from gongjia.domains.accounting.posting import yuan
from gongjia.ledger.asof import Moment, totals
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import Unit

SCALE = 118_500  # of which a little over 100,000 are charged: the others are written down, exempt or gone
MONTH = dt.date(2026, 11, 1)
ROWS = 2_000


class TakenBack(Exception):
    """Ends a trial whose rows are not to stay."""


def tried(run: Callable[[], None]) -> float:
    """Return the seconds of a trial, and take back what it wrote."""
    try:
        with transaction.atomic():
            with timed() as clock:
                run()
            raise TakenBack
    except TakenBack:
        return clock.seconds


def row_by_row() -> None:
    """Post cards as a plain program would: read one, work it out, save the entry and the card."""
    month = rules.month_number(MONTH)
    for pk in list(Asset.objects.filter(on_books=True).values_list("pk", flat=True)[:ROWS]):
        with transaction.atomic():
            card = Asset.objects.get(pk=pk)
            start = card.booked_on or card.acquired_on
            given = rules.Card(
                int(card.cost * 100), int(card.accumulated * 100), start and rules.month_number(start), card.depreciation_months
            )
            amount = rules.charge(given, month).amount
            seq = (Entry.objects.filter(asset=card).aggregate(last=Max("seq"))["last"] or 0) + 1
            value = yuan(amount)
            Entry.objects.create(asset=card, kind="depreciate", seq=seq, effective_on=rules.last_day(month), depreciation_delta=value)
            card.accumulated += value
            card.save()


def post(root: Any) -> tuple[float, int]:
    """Return the seconds of the month for the whole tree, and how many cards it charged."""
    top = Unit.objects.get(parent=None)
    with timed() as clock:
        outcome = actions["accounting.post_depreciation"].run_many(root, [{"unit": top.pk, "month": MONTH}])
    return clock.seconds, sum(Posting.objects.filter(batch=outcome.batch).values_list("cards", flat=True))


def main() -> None:
    root = world.filled(SCALE)
    peer = ROWS / tried(row_by_row)
    with timed() as looked:
        charging.plan(rules.month_number(MONTH))
    seconds, cards = post(root)
    with timed() as asked:
        totals(Moment(dt.date(2025, 12, 31), dt.datetime(2026, 1, 15, tzinfo=dt.UTC)), "unit")
    world.note(f"{cards:,} cards charged in {seconds:.2f} s, preview {looked.seconds:.2f} s, row by row {peer:,.0f} cards/s")
    what = f"one month of {SCALE:,} assets, {cards:,} charged"
    ratio = cards / seconds / peer
    world.emit(
        Figure("depreciation", what, seconds, "s", at_most=5, peer="a posting row by row through the ORM, of the same run", ratio=ratio)
    )
    world.emit(Figure("depreciation", "preview of that month, nothing written", looked.seconds, "s"))
    world.emit(Figure("depreciation", "totals by unit as of 31 December, as known on 15 January", asked.seconds, "s"))


if __name__ == "__main__":
    main()
