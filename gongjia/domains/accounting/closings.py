"""Which months are open: nothing is posted in a closed month, in a month to come, or past a gap."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from gongjia.domains.accounting import rules
from gongjia.domains.accounting.models import Closing, Posting
from gongjia.org.models import Unit


def words(month: int) -> str:
    """Return a month as it is written, such as 2026-10."""
    return f"{rules.first_day(month):%Y-%m}"


def closed_through(path: str) -> tuple[int, str] | None:
    """Return the last closed month of a subtree and the unit that closed it: itself, one above it, or one in it."""
    above = [int(part) for part in path.split(".") if part]
    near = Q(unit__in=above) | Q(unit__path__startswith=path)
    found = Closing.objects.filter(near, reopened_at__isnull=True).select_related("unit").order_by("-month").first()
    return (rules.month_number(found.month), found.unit.name) if found else None


def posted_months(path: str) -> tuple[int, int] | None:
    """Return the first and last month that stands posted in a subtree."""
    rows = Posting.objects.filter(unit__path__startswith=path, unit__in=Unit.objects.filter(path__startswith=path))
    standing = rows.order_by().values("month").annotate(last=Max("pk"))
    found = Posting.objects.filter(pk__in=[row["last"] for row in standing]).exclude(total=0).aggregate(a=Min("month"), b=Max("month"))
    return (rules.month_number(found["a"]), rules.month_number(found["b"])) if found["a"] else None


def obstacle(month: int, path: str, on: dt.date) -> str:
    """Say why a month cannot be posted in a subtree, '' where it can."""
    if month > rules.month_number(on):
        return _("%(month)s 还没有到，不能提前计提。") % {"month": words(month)}
    if closed := closed_through(path):
        through, unit = closed
        if month <= through:
            return _("“%(unit)s”%(month)s 已结账；先反结账，再计提。") % {"unit": unit, "month": words(through)}
    span = posted_months(path)
    if span and month > span[1] + 1:
        return _("上一次计提到 %(last)s；请先计提 %(next)s。") % {"last": words(span[1]), "next": words(span[1] + 1)}
    if span and month < span[0]:
        return _("最早计提的是 %(first)s，更早的折旧已在期初数里，不补提。") % {"first": words(span[0])}
    return ""


def no_reversal(month: int, path: str) -> str:
    """Say why a month cannot be reversed in a subtree, '' where it can."""
    closed, span = closed_through(path), posted_months(path)
    if closed and month <= closed[0]:
        return _("“%(unit)s”%(month)s 已结账；先反结账，再冲销。") % {"unit": closed[1], "month": words(closed[0])}
    if span is None or not span[0] <= month <= span[1]:
        return _("%(month)s 没有计提过，无需冲销。") % {"month": words(month)}
    if month < span[1]:
        return _("%(last)s 已经计提；请从后往前冲销。") % {"last": words(span[1])}
    return ""
