"""What a reconciliation reads: the cards of the day, how far their disposals are, what the last count saw, what finance says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from gongjia.domains.disposal.choices import State
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.inventory.choices import Found, RoundState, Settled
from gongjia.domains.inventory.models import Balance, CountLine, Round
from gongjia.domains.inventory.rules import Account, Card, Reconciliation, Surplus, reconcile
from gongjia.ledger.asof import Moment, states
from gongjia.ledger.choices import Booking
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit


def reconciled(unit: Unit, on: dt.date) -> Reconciliation:
    """Return the three-way reconciliation of a unit and everything below it at the end of a day."""
    cards, accounts, round_ = cards_at(unit, on), accounts_at(unit, on), last_round(unit, on)
    return reconcile(on, accounts, cards, surpluses_of(round_) if round_ else (), counted=round_ is not None)


def accounts_at(unit: Unit, on: dt.date) -> list[Account]:
    """Return what finance says at the end of the day."""
    rows = Balance.objects.live().filter(unit__path__startswith=unit.path, on=on)
    return [Account(subject, detail, cents(amount)) for subject, detail, amount in rows.values_list("subject", "detail", "amount")]


def last_round(unit: Unit, on: dt.date) -> Round | None:
    """Return the last stopped round that saw the whole unit, begun by the day; rounds of a place or class say nothing of the rest."""
    rounds = Round.objects.live().filter(place__isnull=True, category="", opened_on__lte=on).exclude(state=RoundState.OPEN)
    above = [int(pk) for pk in unit.path.rstrip(".").split(".")]
    return rounds.filter(unit__in=above).order_by("-opened_on", "-pk").first()


def surpluses_of(round_: Round) -> list[Surplus]:
    """Return what a round found without a card and nobody has registered since."""
    rows = CountLine.objects.filter(round=round_, found=Found.SURPLUS, settled=Settled.OPEN)
    return [Surplus(line.pk, line.name, cents(line.value or 0)) for line in rows]


def cards_at(unit: Unit, on: dt.date) -> list[Card]:
    """Return every card on the books that the unit held on the day, and those whose disposal finance may not have followed."""
    units = set(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    known = states(Moment(on, timezone.now()))
    open_, seen = _unfollowed(on), _seen(unit, on)
    wanted = [pk for pk, state in known.items() if state.unit in units and (state.held or pk in open_)]
    facts = _facts(wanted)
    return [
        Card(pk, *facts[pk][:2], known[pk].cost, known[pk].accumulated, *facts[pk][2:], "" if known[pk].held else "open", seen.get(pk, ""))
        for pk in wanted
        if pk in facts
    ]


def _unfollowed(on: dt.date) -> set[int]:
    """Return the cards that had gone by the day and for which no voucher is noted."""
    return set(Disposal.objects.filter(state=State.DONE, done_on__lte=on).values_list("asset", flat=True))


def _seen(unit: Unit, on: dt.date) -> dict[int, str]:
    round_ = last_round(unit, on)
    if round_ is None:
        return {}
    rows = CountLine.objects.filter(round=round_, asset__isnull=False).exclude(found=Found.PENDING)
    return dict(rows.values_list("asset", "found"))


def _facts(ids: Sequence[int]) -> dict[int, tuple[str, str, bool, dt.date | None]]:
    """Return number, name, whether it is booked and since when, of the cards that count for the totals (or did before they went)."""
    found = {}
    for start in range(0, len(ids), 900):
        rows = Asset.objects.filter(pk__in=ids[start : start + 900])
        columns = rows.values_list("pk", "number", "name", "booking", "booked_on", "on_books", "disposed_on")
        for pk, number, name, booking, booked_on, on_books, gone in columns:
            if on_books or gone:
                found[pk] = (number, name, booking == Booking.BOOKED, booked_on)
    return found


def cents(amount: object) -> int:
    """Return an amount of yuan in 分."""
    return int(amount * 100)  # type: ignore[operator]
