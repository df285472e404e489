"""What the ledger was on a day, as known on another: totals by unit, class and state, and the cards behind each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.money import yuan
from gongjia.core.periods import today
from gongjia.domains.accounting.past import NAMES, Group, day_asked, end_of_day, grouped, moment_words, sheets, visible_units
from gongjia.domains.accounting.sheets import attached, workbook
from gongjia.ledger.asof import Moment, Wanted, cards, totals
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Category
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit
from gongjia.web.addresses import row_url
from gongjia.web.scope import scope_of
from gongjia.web.shapes import Figure, Link
from gongjia.web.views.entry import signed_in
from gongjia.web.wording import amount, number

SHOWN, GROUPS = 30, 15


class _Asked:
    """The address read: two days, how the totals are split, and which cards."""

    def __init__(self, request: HttpRequest) -> None:
        if not access(request.user).can(ASSETS.view_permission):
            raise PermissionDenied(ASSETS.view_permission)
        get = request.GET
        self.on, self.known = day_asked(get.get("on", ""), _last_year_end()), day_asked(get.get("known", ""), today())
        self.by = get.get("by", "") if get.get("by", "") in NAMES else "unit"
        self.unit, self.category, self.status, self.text = (get.get(name, "") for name in ("unit", "class", "status", "q"))
        self.scope = scope_of(request)
        self.moment = Moment(self.on, end_of_day(self.known))
        chosen = int(self.unit) if self.unit.isdigit() else None
        self.wanted = Wanted(visible_units(request.user, self.scope.path, chosen), self.category, self.status, self.text)

    def url(self, **more: Any) -> str:
        """Return the address of this page with some words changed."""
        given = {"on": self.on, "known": self.known, "by": self.by, "unit": self.unit, "class": self.category, "status": self.status}
        given |= {"q": self.text, **more}
        return f"?{urlencode({name: value for name, value in given.items() if value not in ('', None)})}"


def _last_year_end() -> dt.date:
    return dt.date(today().year - 1, 12, 31)


@require_GET
@signed_in
def as_of(request: HttpRequest) -> HttpResponse:
    """Totals and cards of a day, as known at the end of another."""
    asked = _Asked(request)
    groups = grouped(totals(asked.moment, asked.by, asked.wanted), asked.by, asked.wanted.prefix)
    after = request.GET.get("after", "")
    found = cards(asked.moment, asked.wanted, int(after) if after.isdigit() else 0, SHOWN + 1)
    given = {
        "title": _("时点查询"),
        "asked": asked,
        "says": moment_words(asked.on, asked.known, asked.scope.label),
        "figures": _figures(groups),
        "by": [Link(label, asked.url(by=key), on=key == asked.by) for key, label in NAMES.items()],
        "chips": _chips(asked),
        "groups": [(group, asked.url(**group.narrower)) for group in groups],
        "most": GROUPS,
        "head": NAMES[asked.by],
        "cards": _rows(found[:SHOWN]),
        "next": asked.url(after=found[SHOWN - 1].pk) if len(found) > SHOWN else "",
        "book": f"{reverse('accounting:as_of_book')}{asked.url()}",
        "statuses": [(value, label) for value, label in AssetStatus.choices if value != AssetStatus.DISPOSED],
    }
    return render(request, "accounting/as_of.html", given)


def _figures(groups: Sequence[Group]) -> list[Figure]:
    cost, written = sum(group.cost for group in groups), sum(group.accumulated for group in groups)
    return [
        Figure(_("卡片"), number(sum(group.cards for group in groups)), _("张")),
        Figure(_("原值"), *amount(yuan(cost))),
        Figure(_("累计折旧"), *amount(yuan(written))),
        Figure(_("净值"), *amount(yuan(cost - written))),
    ]


def _chips(asked: _Asked) -> list[Link]:
    """The conditions that are on; pressing one takes it away."""
    named = []
    if asked.unit.isdigit():
        named.append(("unit", str(Unit.objects.filter(pk=int(asked.unit)).first() or asked.unit)))
    if asked.category:
        known = Category.objects.filter(code__startswith=asked.category).order_by("code").first()
        named.append(("class", _("未分类") if asked.category == "-" else f"{asked.category} {known.name if known else ''}"))
    if asked.status:
        named.append(("status", str(dict(AssetStatus.choices).get(asked.status, asked.status))))
    if asked.text:
        named.append(("q", f"“{asked.text}”"))
    return [Link(label, asked.url(**{key: ""}), on=True) for key, label in named]


def _rows(found: Sequence[Any]) -> list[dict[str, Any]]:
    units = dict(Unit.objects.filter(pk__in={card.unit for card in found}).values_list("pk", "name"))
    classes = dict(Category.objects.filter(pk__in={card.category for card in found if card.category}).values_list("pk", "name"))
    labels = dict(AssetStatus.choices)
    return [
        {
            "card": card,
            "url": row_url(ASSETS.key, card.pk),
            "unit": units.get(card.unit, ""),
            "category": classes.get(card.category, _("未分类")),
            "status": labels.get(card.status, ""),
            "cost": yuan(card.cost),
            "net": yuan(card.net),
        }
        for card in found
    ]


@require_GET
@signed_in
def as_of_book(request: HttpRequest) -> HttpResponse:
    """The totals and the cards as a workbook."""
    asked = _Asked(request)
    groups = grouped(totals(asked.moment, asked.by, asked.wanted), asked.by, asked.wanted.prefix)
    made = sheets(groups, str(NAMES[asked.by]), cards(asked.moment, asked.wanted))
    return attached(workbook(made), f"{_('时点')}-{asked.on}-{_('截至')}{asked.known}.xlsx")
