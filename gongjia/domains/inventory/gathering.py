"""What a reconciliation reads: the cards of the day, how far their disposals are, what the last count saw, what finance says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils import timezone

from gongjia.core.money import cents
from gongjia.domains.disposal.choices import State
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.inventory.choices import Found, RoundState, Settled
from gongjia.domains.inventory.models import Balance, CountLine, Round
from gongjia.domains.inventory.rules import Account, Card, Reconciliation, Surplus, added, reconcile
from gongjia.ledger.asof import Moment, states
from gongjia.ledger.choices import Booking
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit


def reconciled(unit: Unit, on: dt.date) -> Reconciliation:
    """Return the three-way reconciliation of a unit and everything below it at the end of a day.

    Each accounting unit's balances are held against its own cards, whether it gave totals or a list of cards; the sums are added up.
    Units without balances take part in the comparison with the things alone.
    """
    accounts, round_ = accounts_at(unit, on), last_round(unit, on)
    held = cards_at(unit, on)
    books = [reconcile(on, rows, _cards_of(path, accounts, held)).accounts for path, rows in accounts.items()]
    things = reconcile(on, (), [card for _path, card in held], surpluses_of(round_) if round_ else (), counted=round_ is not None).things
    return Reconciliation(added(books), things)


def _cards_of(path: str, accounts: Mapping[str, list[Account]], held: Sequence[tuple[str, Card]]) -> list[Card]:
    """Return the cards below an accounting unit that no accounting unit below it answers for."""
    below = tuple(other for other in accounts if other != path and other.startswith(path))
    return [card for at, card in held if at.startswith(path) and not at.startswith(below)]


def accounts_at(unit: Unit, on: dt.date) -> dict[str, list[Account]]:
    """Return what finance says at the end of the day, by the path of the unit that it says it of."""
    rows = Balance.objects.live().filter(unit__path__startswith=unit.path, on=on).order_by("unit__path", "pk")
    found: dict[str, list[Account]] = {}
    for path, subject, detail, amount in rows.values_list("unit__path", "subject", "detail", "amount"):
        found.setdefault(path, []).append(Account(subject, detail, cents(amount)))
    return found


def last_round(unit: Unit, on: dt.date) -> Round | None:
    """Return the last stopped round that saw the whole unit, begun by the day; rounds of a place or class say nothing of the rest."""
    rounds = Round.objects.live().filter(place__isnull=True, category="", opened_on__lte=on).exclude(state=RoundState.OPEN)
    above = [int(pk) for pk in unit.path.rstrip(".").split(".")]
    return rounds.filter(unit__in=above).order_by("-opened_on", "-pk").first()


def surpluses_of(round_: Round) -> list[Surplus]:
    """Return what a round found without a card and nobody has registered since."""
    rows = CountLine.objects.filter(round=round_, found=Found.SURPLUS, settled=Settled.OPEN)
    return [Surplus(line.pk, line.name, cents(line.value or Decimal(0))) for line in rows]


def cards_at(unit: Unit, on: dt.date) -> list[tuple[str, Card]]:
    """Return every card on the books that the unit's tree held on the day, by the path of its unit.

    Those whose disposal finance may not have followed are among them.
    """
    units = dict(Unit.objects.filter(path__startswith=unit.path).values_list("pk", "path"))
    known = states(Moment(on, timezone.now()))
    open_, seen = _unfollowed(on), _seen(unit, on)
    wanted = [pk for pk, state in known.items() if state.unit in units and (state.held or pk in open_)]
    facts = _facts(wanted)
    made = [
        Card(pk, *facts[pk][:2], known[pk].cost, known[pk].accumulated, *facts[pk][2:], "" if known[pk].held else "open", seen.get(pk, ""))
        for pk in wanted
        if pk in facts
    ]
    return [(units[known[card.pk].unit or 0], card) for card in made]


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
