"""The reconciliation of accounts, cards and things."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.money import yuan
from gongjia.core.periods import today
from gongjia.domains.inventory.gathering import last_round, reconciled
from gongjia.domains.inventory.models import Balance
from gongjia.domains.inventory.resources import BALANCES, LINES
from gongjia.domains.inventory.rules import Difference, Side
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Unit
from gongjia.org.resources import UNITS
from gongjia.web.addresses import row_url
from gongjia.web.export import neutral
from gongjia.web.scope import scope_of
from gongjia.web.views.entry import signed_in

SHOWN = 100
GROUNDS: dict[str, tuple[Any, Any]] = {
    "unbooked": (gettext_lazy("卡片已建，财务未入账"), gettext_lazy("把验收单和发票交财务入账，再补记入账日期和凭证号。")),
    "booked_later": (gettext_lazy("财务入账在截止日期之后"), gettext_lazy("属于时间差，下期应自动消失。")),
    "not_written_off": (gettext_lazy("实物已处置，财务未核销"), gettext_lazy("把批复和处置结果交财务核销，再补记凭证号。")),
    "only_in_accounts": (gettext_lazy("财务有，卡片没有"), gettext_lazy("核对是否漏建卡片，或资产编号写错。")),
    "only_in_cards": (gettext_lazy("卡片记为已入账，财务没有"), gettext_lazy("核对入账凭证；确未入账的，改为未入账。")),
    "other_amount": (gettext_lazy("金额不同"), gettext_lazy("核对原值、暂估和折旧，改正错的一方。")),
    "missing": (gettext_lazy("盘亏"), gettext_lazy("说明原因，申请核销；找到的重新清点。")),
    "uncounted": (gettext_lazy("没有清点到"), gettext_lazy("盘点开始后才建的卡片，或不在盘点范围。")),
    "surplus": (gettext_lazy("盘盈，未建卡片"), gettext_lazy("估价后申请入账建卡。")),
}


@dataclass(frozen=True)
class Shown:
    """One difference as the page draws it."""

    ground: Any
    advice: Any
    number: str
    name: str
    amount: Decimal
    url: str


def shown(difference: Difference) -> Shown:
    """Return a difference in words, with the row it is about."""
    ground, advice = GROUNDS[difference.ground]
    key = LINES.key if difference.ground == "surplus" else ASSETS.key
    url = row_url(key, difference.pk) if difference.pk else ""
    return Shown(ground, advice, difference.number, difference.name, yuan(difference.amount), url)


def drawn(side: Side, title: Any, first: Any, second: Any) -> dict[str, Any]:
    """Return one comparison as the page draws it: sums, grounds with their count and sum, the first differences."""
    counts: Counter[str] = Counter(difference.ground for difference in side.differences)
    sums: Counter[str] = Counter()
    for difference in side.differences:
        sums[difference.ground] += difference.amount
    grounds = [(GROUNDS[ground][0], counts[ground], yuan(sums[ground]), GROUNDS[ground][1]) for ground in GROUNDS if ground in counts]
    amounts = {"first": yuan(side.first), "second": yuan(side.second), "gap": yuan(side.gap), "unexplained": yuan(side.unexplained)}
    rows = [shown(difference) for difference in side.differences[:SHOWN]]
    words = {"title": title, "first_name": first, "second_name": second}
    return {**words, **amounts, "grounds": grounds, "rows": rows, "count": len(side.differences)}


def asked(request: HttpRequest) -> tuple[Unit | None, dt.date]:
    """Return the unit (of the scope, else the only top one) and the day that are asked for; the day of the last balance when none is."""
    if not access(request.user).can(BALANCES.view_permission) or not access(request.user).can(ASSETS.view_permission):
        raise PermissionDenied(BALANCES.view_permission)
    scope = scope_of(request)
    unit = (
        UNITS.queryset(request.user).filter(pk=scope.unit_id).first()
        if scope.unit_id
        else UNITS.queryset(request.user).order_by("path").first()
    )
    latest = Balance.objects.live().filter(unit__path__startswith=unit.path).order_by("-on").first() if unit else None
    try:
        return unit, dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return unit, latest.on if latest else today()


@require_GET
@signed_in
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Accounts against cards against things, for the chosen unit at the end of a day."""
    unit, on = asked(request)
    if unit is None:
        return render(request, "inventory/reconciliation.html", {"title": _("三方核对"), "unit": None, "on": on, "sides": []})
    made = reconciled(unit, on)
    names = {"1601": _("固定资产原值（1601）"), "1602": _("累计折旧（1602）")}
    sides = [drawn(side, names[side.subject], _("财务账"), _("资产卡片")) for side in made.accounts]
    sides += [drawn(made.things, _("卡片与实物"), _("资产卡片"), _("实物"))] if made.things else []
    context = {"title": _("三方核对"), "unit": unit, "on": on, "sides": sides, "round": last_round(unit, on), "shown": SHOWN}
    return render(request, "inventory/reconciliation.html", context)


@require_GET
@signed_in
def differences(request: HttpRequest) -> HttpResponse:
    """Every difference as CSV."""
    unit, on = asked(request)
    answer = HttpResponse(content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="differences.csv"'})
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow([_("核对"), _("原因"), _("资产编号"), _("资产名称"), _("差额（元）"), _("怎么办")])
    made = reconciled(unit, on) if unit else None
    for side in [*made.accounts, *([made.things] if made.things else [])] if made else []:
        for one in map(shown, side.differences):
            writer.writerow([side.subject or _("实物"), one.ground, neutral(one.number), neutral(one.name), one.amount, one.advice])
    return answer
