"""Depreciation of one card for one month, from values only: 政府会计准则第3号 and its guide.

Months are numbers (year x 12 + month - 1), money is whole 分. What the guide says and what is a rule of this house:
starts in the month of entry, none in the month of removal (应用指南二); no residual value, straight line or units of
production; five kinds are exempt; what is written down stays in use without charge, what is scrapped early is not charged
for the rest; months that were not charged are not made up for. Cost ÷ months, and the last month takes the remainder: a
rule of this house. So is the rate after cost or term changed: what is left over the months that are left.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

CHARGED = "charged"
WRITTEN_DOWN = "written_down"
NOT_YET = "not_yet"
GONE = "gone"
EXEMPT = "exempt"
NO_METHOD = "no_method"
UNBOOKED = "unbooked"
OFF_BOOKS = "off_books"
OTHER_SUBJECT = "other_subject"
NO_COST = "no_cost"
NO_DATE = "no_date"
NO_TERM = "no_term"
NO_USAGE = "no_usage"
OVER_TERM = "over_term"
OVER_COST = "over_cost"

UNDECIDED = (NO_DATE, NO_TERM, NO_USAGE, OVER_TERM, OVER_COST)
"""Reasons that somebody has to look at: the card lacks what the rule needs, or contradicts it."""

FIXED_ASSETS = "1601"


class Usage(NamedTuple):
    """What a card is expected to do in all, had done before the month, and did in it, in units of work."""

    planned: int
    before: int
    done: int


class Card(NamedTuple):
    """What the rule asks about a card at the end of a month; `before` is what was written down before that month."""

    cost: int
    before: int
    start: int | None
    months: int | None
    method: str = "straight"
    subject: str = FIXED_ASSETS
    booked: bool = True
    on_books: bool = True
    held: bool = True
    exempt: bool = False
    revalued: bool = False
    usage: Usage | None = None


class Charge(NamedTuple):
    """The amount of a month, why it is that, and whether the card is not where even parts would have brought it."""

    amount: int
    reason: str
    uneven: bool = False


def month_number(day: dt.date) -> int:
    """Return the number of the month that a day lies in."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> dt.date:
    """Return the first day of a month by its number."""
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> dt.date:
    """Return the last day of a month by its number."""
    return first_day(month + 1) - dt.timedelta(days=1)


def half_up(dividend: int, divisor: int) -> int:
    """Return dividend ÷ divisor for non-negative numbers, halves upwards."""
    return (2 * dividend + divisor) // (2 * divisor)


def straight_line(cost: int, months: int, index: int, before: int, *, revalued: bool = False) -> int:
    """Return the part of the month `index` (from 1) of `months`: the even part, in the last month whatever is left.

    After a revaluation, or where more was charged than even parts come to (the term was lengthened), what is left is spread
    over the months that are left. Where less was charged, nothing is made up for before the last month.
    """
    left = cost - before
    if index >= months:
        return left
    if revalued or ahead(cost, months, index, before) > rounding(months):
        return min(half_up(left, months - index + 1), left)
    return min(half_up(cost, months), left)


def ahead(cost: int, months: int, index: int, before: int) -> int:
    """Return by how much a card has been charged more than the even parts of the months before `index`."""
    return before - half_up(cost, months) * (index - 1)


def rounding(months: int) -> int:
    """Return how far rounding alone may bring a card away from its even parts."""
    return months // 2 + 1


def by_usage(cost: int, before: int, usage: Usage) -> int:
    """Return cost x done ÷ planned; the work that reaches the plan takes whatever is left."""
    left = cost - before
    if usage.before + usage.done >= usage.planned:
        return left
    return min(half_up(cost * usage.done, usage.planned), left)


def _outside(card: Card) -> str:
    """Say why the rule does not speak of a card at all, '' where it does."""
    if not card.subject.startswith(FIXED_ASSETS):
        return OTHER_SUBJECT
    if not card.held:
        return GONE
    if not card.on_books:
        return OFF_BOOKS
    if card.exempt:
        return EXEMPT
    if card.method == "none":
        return NO_METHOD
    return "" if card.booked else UNBOOKED


def charge(card: Card, month: int) -> Charge:
    """Return what a card is charged for a month, with the reason."""
    if outside := _outside(card):
        return Charge(0, outside)
    if card.cost <= 0:
        return Charge(0, NO_COST)
    if card.before >= card.cost:
        return Charge(0, WRITTEN_DOWN if card.before == card.cost else OVER_COST)
    if card.start is None:
        return Charge(0, NO_DATE)
    if month < card.start:
        return Charge(0, NOT_YET)
    return _by_work(card) if card.method == "usage" else _by_time(card, month - card.start + 1)


def _by_work(card: Card) -> Charge:
    if card.usage is None or card.usage.planned <= 0:
        return Charge(0, NO_USAGE)
    return Charge(by_usage(card.cost, card.before, card.usage), CHARGED)


def _by_time(card: Card, index: int) -> Charge:
    if not card.months:
        return Charge(0, NO_TERM)
    if index > card.months:
        return Charge(0, OVER_TERM)
    amount = straight_line(card.cost, card.months, index, card.before, revalued=card.revalued)
    away = abs(ahead(card.cost, card.months, index, card.before))
    return Charge(amount, CHARGED, away > rounding(card.months) and not card.revalued)
