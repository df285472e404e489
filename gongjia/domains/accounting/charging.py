"""What every card is charged for a month, by its state at the end of that month, and how that differs from what is posted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from gongjia.domains.accounting import rules
from gongjia.domains.accounting.models import Posting, PostingLine, WorkDone, WorkPlan
from gongjia.domains.accounting.terms import Term, Terms
from gongjia.ledger.asof import CardState, Moment, states
from gongjia.ledger.choices import AssetStatus, Booking, EntryKind, ValueType
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import Unit

Key = tuple[int, int | None, str]
"""Unit, class, account subject: what a line of a posting is about."""
SAMPLES = 50


@dataclass
class Sum2:
    """Cards and 分 of one line."""

    cards: int = 0
    amount: int = 0


@dataclass
class Difference:
    """What one card's accumulated depreciation changes by."""

    asset: int
    unit: int
    accumulated: int
    delta: int


@dataclass
class Plan:
    """A month worked out: the lines as they ought to stand, the differences card by card, and why others are not charged."""

    month: int
    path: str
    lines: dict[Key, Sum2] = field(default_factory=lambda: defaultdict(Sum2))
    differences: list[Difference] = field(default_factory=list)
    reasons: dict[str, Sum2] = field(default_factory=lambda: defaultdict(Sum2))
    samples: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    terms: dict[tuple[int, Term], int] = field(default_factory=lambda: defaultdict(int))
    looked_at: int = 0

    @property
    def amount(self) -> int:
        """Return the 分 that the whole month ought to be charged."""
        return sum(line.amount for line in self.lines.values())

    @property
    def change(self) -> int:
        """Return the 分 by which this run changes what is posted."""
        return sum(each.delta for each in self.differences)


def raw(name: str) -> ExpressionWrapper:
    """Select a fixed decimal as the whole number it is stored as."""
    return ExpressionWrapper(F(name), output_field=models.BigIntegerField())


def day_of(month: int) -> dt.date:
    """Return the day as which a month is stored."""
    return rules.first_day(month)


def within(path: str) -> Q:
    return Q(unit__in=Unit.objects.filter(path__startswith=path)) if path else Q()


def postings(month: int, path: str = "") -> QuerySet[Posting]:
    """Return the versions posted for a month within a subtree."""
    found = Posting.objects.filter(month=day_of(month))
    return found.filter(unit__path__startswith=path) if path else found


def posted_by_card(month: int, only: int | None = None) -> dict[int, int]:
    """Return the 分 that stand posted for a month, by card."""
    sums = _posted_entries(month).filter(_just(only)).order_by().values_list("asset")
    if not postings(month).exists():
        return {}
    return {pk: int(amount) for pk, amount in sums.annotate(amount=Sum(raw("depreciation_delta")))}


def _posted_entries(month: int) -> QuerySet[Entry]:
    batches = postings(month).order_by().values("batch")
    days = (rules.first_day(month), rules.last_day(month))
    return Entry.objects.filter(batch__in=batches, effective_on__range=days)


def posted_lines(month: int, path: str) -> dict[Key, Sum2]:
    """Return the lines as they stand after the last version of each unit."""
    rows = PostingLine.objects.filter(posting__in=postings(month, path)).order_by()
    sums = rows.values_list("posting__unit", "category", "account_subject").annotate(amount=Sum(raw("amount")))
    return {(unit, category, subject): Sum2(0, int(amount)) for unit, category, subject, amount in sums}


def _just(only: int | None) -> Q:
    """Narrow entries to one card."""
    return Q() if only is None else Q(asset=only)


def _later(end: dt.date, only: int | None) -> dict[int, tuple[int, int]]:
    """Return the cost and depreciation that cards got after a day."""
    rows = Entry.objects.filter(_just(only), effective_on__gt=end).exclude(kind=EntryKind.REGISTER).order_by().values_list("asset")
    return {pk: (int(cost), int(dep)) for pk, cost, dep in rows.annotate(c=Sum(raw("cost_delta")), d=Sum(raw("depreciation_delta")))}


def _moved_later(end: dt.date, only: int | None = None) -> QuerySet[Entry]:
    """Return the movements after a day that changed unit, class or state; the card itself no longer says what it was."""
    moved = Q(unit_from__isnull=False) | Q(unit_to__isnull=False) | Q(category_from__isnull=False) | Q(category_to__isnull=False)
    return Entry.objects.filter(_just(only), moved | ~Q(status_from="") | ~Q(status_to=""), effective_on__gt=end).exclude(
        kind=EntryKind.REGISTER
    )


def _revalued(end: dt.date, only: int | None) -> set[int]:
    """Return the cards whose cost changed after they were registered."""
    rows = Entry.objects.filter(_just(only)).exclude(kind=EntryKind.REGISTER).exclude(cost_delta=0).filter(effective_on__lte=end)
    return set(rows.order_by().values_list("asset", flat=True))


def _usages(month: int, only: int | None) -> dict[int, rules.Usage]:
    """Return planned, former and this month's work of the cards that are written down by work."""
    day = day_of(month)
    done: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    one = {} if only is None else {"plan": only}
    rows = WorkDone.objects.filter(superseded_at__isnull=True, month__lte=day, **one).values_list("plan", "month", raw("done"))
    for plan, when, amount in rows:
        done[plan][when == day] += amount
    plans = (WorkPlan.objects.all() if only is None else WorkPlan.objects.filter(pk=only)).values_list("pk", raw("planned"), raw("before"))
    return {pk: rules.Usage(planned, before + done[pk][0], done[pk][1]) for pk, planned, before in plans}


_COLUMNS = (
    "pk",
    "unit_id",
    "category_id",
    "account_subject",
    Coalesce("booked_on", "acquired_on"),
    "depreciation_months",
    "depreciation_method",
    "booking",
    "value_type",
    "on_books",
    "status",
    "closed_on",
)


class Read(NamedTuple):
    """One card: its line, what the rule asks, its accumulated depreciation now, and its term where the standard gave it."""

    key: Key
    pk: int
    card: rules.Card
    now: int
    term: Term | None


class _Reader:
    """Reads the cards of one month and scope as the rule asks for them."""

    def __init__(self, month: int, path: str, only: int | None = None) -> None:
        self.month, self.end, self.only = month, rules.last_day(month), only
        self.units = set(Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))
        self.whole = len(self.units) == Unit.objects.count()
        self.path = path
        self.later, self.posted, self.usages = _later(self.end, only), posted_by_card(month, only), _usages(month, only)
        self.moved, self.revalued = self._moved(), _revalued(self.end, only)
        self.terms = Terms(self.end)
        self.exempt = self.terms.exempt()

    def _moved(self) -> dict[int, CardState | None]:
        """Return the state at the month's end of cards that moved or were closed after it."""
        closed = Asset.objects.filter(closed_on__gt=self.end).values_list("pk", flat=True)
        closed = closed if self.only is None else closed.filter(pk=self.only)
        ids = sorted(set(_moved_later(self.end, self.only).values_list("asset", flat=True)) | set(closed))
        found = states(Moment(self.end, timezone.now()), ids) if ids else {}
        return {pk: found.get(pk) for pk in ids}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the raw columns of the cards that may belong to the scope at the month's end, and of those posted before."""
        there = Q(closed_on__isnull=True) | Q(closed_on__gt=self.end)
        if self.posted:
            there |= Q(Exists(_posted_entries(self.month).filter(asset=OuterRef("pk"))))
        found = Asset.objects.filter(there)
        if self.only is not None:
            found = Asset.objects.filter(pk=self.only)
        elif not self.whole:
            moved = Exists(_moved_later(self.end).filter(asset=OuterRef("pk")))
            found = found.filter(within(self.path) | Q(moved))
        return found.order_by("pk").values_list(*_COLUMNS, raw("cost"), raw("accumulated")).iterator(chunk_size=10_000)

    def read(self) -> Iterator[Read]:
        """Yield the cards of the scope as the rule asks for them."""
        for pk, unit, category, subject, start, months, method, booking, value, on_books, status, closed, cost, now in self.rows():
            held = status != AssetStatus.DISPOSED and (closed is None or closed > self.end)
            if pk in self.moved:
                state = self.moved[pk]
                if state is None or state.unit is None:
                    continue
                on_books = on_books or (state.held and not held)  # its later disposal took it off the books
                unit, category, held = state.unit, state.category, state.held
            if unit not in self.units:
                continue
            later_cost, later_dep = self.later.get(pk, (0, 0))
            term = self.terms.term(category, unit) if not months and method == "straight" and held else None
            card = rules.Card(
                cost - later_cost,
                now - later_dep - self.posted.get(pk, 0),
                rules.month_number(start) if start else None,
                term.months if term else months,
                method,
                subject,
                booking == Booking.BOOKED,
                on_books,
                held,
                category in self.exempt or value == ValueType.NOMINAL,
                pk in self.revalued,
                self.usages.get(pk) if method == "usage" else None,
            )
            yield Read((unit, category, subject), pk, card, now, term)


def one_card(pk: int, month: int) -> Read | None:
    """Return one card as the rule asks for it in a month; None for one that is not there at the month's end."""
    return next(_Reader(month, "", pk).read(), None)


def plan(month: int, path: str = "", *, nothing: bool = False) -> Plan:
    """Work out a month for a subtree of units, or with `nothing` its taking back; writes nothing."""
    reader, made = _Reader(month, path), Plan(month, path)
    for read in reader.read():
        found = rules.charge(read.card, month) if not nothing else rules.Charge(0, rules.NOT_YET)
        made.looked_at += 1
        reason = made.reasons[found.reason]
        reason.cards += 1
        reason.amount += read.card.cost
        if found.amount:
            line = made.lines[read.key]
            line.cards += 1
            line.amount += found.amount
            if read.term is not None:
                made.terms[read.key[0], read.term] += 1
        if found.uneven or found.reason in rules.UNDECIDED:
            _sample(made, "uneven" if found.uneven else found.reason, read.pk)
        delta = found.amount - reader.posted.get(read.pk, 0)
        if delta:
            made.differences.append(Difference(read.pk, read.key[0], read.now, delta))
    return made


def _sample(made: Plan, name: str, pk: int) -> None:
    if len(made.samples[name]) < SAMPLES:
        made.samples[name].append(pk)
