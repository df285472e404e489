"""Depreciation of a month: what stands, a preview of what would be posted, the posting as a job, its cards, its workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjia.core.access import access
from gongjia.core.jobs import enqueue
from gongjia.core.money import yuan
from gongjia.core.periods import today
from gongjia.domains.accounting import rules, vouchers
from gongjia.domains.accounting.charging import plan, postings
from gongjia.domains.accounting.closings import no_reversal, obstacle, posted_months, words
from gongjia.domains.accounting.models import Posting
from gongjia.domains.accounting.resources import CLOSINGS, POSTINGS, WORK_PLANS
from gongjia.domains.accounting.scoping import unit_of
from gongjia.domains.accounting.services import POST, REVERSE
from gongjia.domains.accounting.sheets import attached, workbook
from gongjia.ledger.models import Entry
from gongjia.org.models import Unit
from gongjia.web.addresses import list_url, row_url
from gongjia.web.shapes import Figure
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import amount, number

CARDS = 200


def month_asked(text: str, unit: Unit) -> int:
    """Return the month that an address names, else the next one to post."""
    try:
        return rules.month_number(dt.date.fromisoformat(f"{text[:7]}-01"))
    except ValueError:
        span, now = posted_months(unit.path), rules.month_number(today())
        return min(span[1] + 1, now) if span else now - 1


def _unit(request: HttpRequest) -> Unit | None:
    if not access(request.user).can(POSTINGS.view_permission):
        raise PermissionDenied(POSTINGS.view_permission)
    return unit_of(request, POSTINGS.view_permission)


@require_GET
@signed_in
def month_page(request: HttpRequest) -> HttpResponse:
    """One month of the chosen unit and the units below it."""
    unit = _unit(request)
    if unit is None:
        return render(request, "accounting/choose_unit.html", {"title": _("折旧")})
    month = month_asked(request.GET.get("month", ""), unit)
    made = plan(month, unit.path) if request.GET.get("preview") else None
    lines = vouchers.both(month, unit.path, made)
    shown = vouchers.by_class(lines, month)
    given = {
        "title": _("折旧"),
        "unit": unit,
        "month": words(month),
        "before": words(month - 1),
        "after": words(month + 1),
        "plan": made,
        "lines": shown,
        "foot": vouchers.total(shown),
        "units": vouchers.by_unit(lines, month),
        "reasons": vouchers.reasons(made) if made else [],
        "terms": vouchers.terms(made) if made else [],
        "versions": _versions(month, unit),
        "figures": _figures(vouchers.total(shown), made),
        "why_not": obstacle(month, unit.path, today()),
        "may_post": access(request.user).can(POST, unit.pk),
        "may_reverse": access(request.user).can(REVERSE, unit.pk) and not no_reversal(month, unit.path),
        "postings_url": list_url(POSTINGS),
        "closings_url": list_url(CLOSINGS),
        "work_url": list_url(WORK_PLANS),
    }
    return render(request, "accounting/month.html", given)


def _versions(month: int, unit: Unit) -> list[tuple[Posting, str]]:
    rows = postings(month, unit.path).select_related("unit", "actor").order_by("-posted_at", "unit__path")[:50]
    return [(row, row_url(POSTINGS.key, row.pk)) for row in rows]


def _figures(foot: vouchers.Line, made: Any) -> list[Figure]:
    posted, due = amount(yuan(foot.posted)), amount(yuan(foot.due))
    if made is None:
        return [Figure(_("已记账"), *posted), Figure(_("计提卡片"), number(foot.cards), _("张"))]
    open_cards = sum(made.reasons[code].cards for code in rules.UNDECIDED if code in made.reasons)
    return [
        Figure(_("应计提"), *due, note=ngettext("%(n)s 张卡片", "%(n)s 张卡片", foot.cards) % {"n": number(foot.cards)}),
        Figure(_("已记账"), *posted),
        Figure(_("本次差额"), *amount(yuan(foot.change)), note=_("逐卡 %(n)s 笔") % {"n": number(len(made.differences))}),
        Figure(_("无法判定"), number(open_cards), _("张"), tone="doubt" if open_cards else "", note=_("不计提，见下表")),
    ]


@require_POST
@signed_in
def post(request: HttpRequest) -> HttpResponse:
    """Start the posting of a month as a job, or say why it cannot be."""
    unit = _unit(request)
    if unit is None or not access(request.user).can(POST, unit.pk):
        raise PermissionDenied(POST)
    month = month_asked(request.POST.get("month", ""), unit)
    if why := obstacle(month, unit.path, today()):
        messages.error(request, why, extra_tags="breach")
        return redirect(f"{reverse('accounting:month')}?month={words(month)}")
    row = enqueue(POST, request.user, key=f"{unit.pk} {words(month)}", unit_id=unit.pk, unit=unit.pk, month=words(month))
    return redirect("web:job", row.pk)


@require_GET
@signed_in
def month_book(request: HttpRequest) -> HttpResponse:
    """The voucher of a month as a workbook, with what a preview would add."""
    unit = _unit(request)
    if unit is None:
        return redirect("accounting:month")
    month = month_asked(request.GET.get("month", ""), unit)
    lines = vouchers.both(month, unit.path, plan(month, unit.path) if request.GET.get("preview") else None)
    sheets = vouchers.sheets(vouchers.by_category(lines, month), vouchers.by_unit(lines, month))
    return attached(workbook(sheets), f"{_('折旧')}-{unit.code}-{words(month)}.xlsx")


@require_GET
@signed_in
def charged(request: HttpRequest) -> HttpResponse:
    """The cards that a posted figure counts, entry by entry."""
    unit = _unit(request)
    if unit is None:
        return redirect("accounting:month")
    month = month_asked(request.GET.get("month", ""), unit)
    batches = postings(month, unit.path).order_by().values("batch")
    days = (rules.first_day(month), rules.last_day(month))
    rows = Entry.objects.filter(_narrowed(request), batch__in=batches, effective_on__range=days)
    visible = POSTINGS.units(request.user, unit.path)
    rows = rows if visible is None else rows.filter(asset__unit__in=visible)
    found = list(rows.select_related("asset", "asset__unit", "asset__category").order_by("asset", "seq")[: CARDS + 1])
    given = {
        "title": _("%(month)s 折旧的卡片") % {"month": words(month)},
        "rows": [(row, row_url("ledger.asset", row.asset_id)) for row in found[:CARDS]],
        "more": len(found) > CARDS,
        "most": CARDS,
        "trail": [(_("折旧"), f"{reverse('accounting:month')}?month={words(month)}")],
    }
    return render(request, "accounting/charged.html", given)


def _narrowed(request: HttpRequest) -> Q:
    """Return the line that the address names: unit, class, account subject, as the cards have them now."""
    asked = {name: request.GET.get(name, "") for name in ("unit", "category", "subject")}
    where = Q(asset__unit=int(asked["unit"])) if asked["unit"].isdigit() else Q()
    if asked["category"].isdigit():
        where &= Q(asset__category=int(asked["category"]) or None) if asked["category"] != "0" else Q(asset__category=None)
    if request.GET.get("class"):
        where &= Q(asset__category=None) if request.GET["class"] == "-" else Q(asset__category__code__startswith=request.GET["class"])
    return where & Q(asset__account_subject=asked["subject"]) if asked["subject"] else where
