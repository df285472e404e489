"""The figures at the head of the cockpit and of the one page, each with the address of its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.core.indicator import indicators
from gongjia.dashboards.looking import Look
from gongjia.standards.indicators import idle_days
from gongjia.web import wording
from gongjia.web.shapes import Figure, Tone


def _count(look: Look, key: str, label: str, unit: str, tone: Tone = "", note: str = "", part: str = "") -> Figure:
    value = look.total(key, part)
    return Figure(label, wording.number(value), unit, note, look.total_url(key), tone if value else "")


def _money(look: Look, key: str, label: str, tone: Tone = "", note: str = "") -> Figure:
    value = look.total(key)
    figure, unit = wording.amount(value)
    return Figure(label, figure, unit, note, look.total_url(key), tone if value else "")


def _owned(look: Look) -> Figure:
    return _count(look, "ledger.cost_by_unit", _("资产"), _("张"), part="cards")


def _cost(look: Look) -> Figure:
    net = wording.amount_words(look.total("ledger.cost_by_unit", "net"))
    return _money(look, "ledger.cost_by_unit", _("资产原值"), note=_("净值 %(net)s") % {"net": net})


def _findings(look: Look) -> Figure:
    blocking = look.total("standards.breaches_by_unit")
    note = _("%(n)s 条可作依据") % {"n": wording.number(blocking)} if blocking else ""
    return _count(look, "standards.findings_by_unit", _("待整改问题"), _("条"), "breach", note)


def _idle(look: Look) -> Figure:
    cards = look.total("standards.idle_cards_by_unit")
    note = ngettext("%(n)s 张卡片", "%(n)s 张卡片", int(cards)) % {"n": wording.number(cards)}
    return _money(look, "standards.idle_cost_by_unit", _("闲置超过 %(n)s 天") % {"n": idle_days(look.on)}, "doubt", note)


def _vehicles(look: Look) -> Figure:
    held, quota = look.total("vehicles.held_by_unit"), look.total("vehicles.quota_by_unit")
    note = ngettext("编制 %(n)s 辆", "编制 %(n)s 辆", int(quota)) % {"n": wording.number(quota)}
    return _count(look, "vehicles.held_by_unit", _("公务用车"), _("辆"), "breach" if held > quota else "", note)


def _offices(look: Look) -> Figure:
    area, limit = look.total("offices.office_area_by_unit"), look.total("offices.authorised_area_by_unit")
    note = _("核定 %(n)s m²") % {"n": wording.number(limit, 0)} if limit else ""
    return Figure(
        _("办公室使用面积"),
        wording.number(area, 0),
        "m²",
        note,
        look.total_url("offices.office_area_by_unit"),
        "breach" if limit and area > limit else "",
    )


def _leases(look: Look) -> Figure:
    return _count(look, "offices.leases_ending", _("90 天内到期租赁"), _("份"), "doubt")


MADE: tuple[tuple[str, Callable[[Look], Figure]], ...] = (
    ("ledger.cost_by_unit", _owned),
    ("ledger.cost_by_unit", _cost),
    ("standards.findings_by_unit", _findings),
    ("standards.idle_cost_by_unit", _idle),
    ("vehicles.held_by_unit", _vehicles),
    ("offices.office_area_by_unit", _offices),
    ("offices.leases_ending", _leases),
)


def headline(look: Look) -> Iterator[Figure]:
    """Yield the large figures of those indicators that exist."""
    for key, made in MADE:
        if key in indicators:
            yield made(look)
