"""The panes of the cockpit: what is owned, what lies idle, who drives and sits how much."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjia.dashboards.looking import Look, drill_url, group_name
from gongjia.dashboards.rollup import Group, Number
from gongjia.dashboards.shapes import Cell, Mark, Pane, Series
from gongjia.standards.indicators import idle_days
from gongjia.web import wording


def ordered(values: Mapping[Group, Number]) -> list[Group]:
    """Return the groups by their value, the largest first."""
    return sorted(values, key=lambda group: (-values[group], group.node.path))


def owned_by_unit(look: Look) -> Pane:
    """Cost and net value by unit."""
    cost, net, cards = (look.by_group(f"ledger.{name}_by_unit") for name in ("cost", "net", "cards"))
    query = look.query_of("ledger.cost_by_unit")
    marks = []
    for group in ordered(cost):
        url = look.rows_url("ledger.cost_by_unit", query, group)
        written = cost[group] - net[group]
        cells = [
            Cell(wording.number(cards[group]), url),
            Cell(wording.amount_words(cost[group]), url),
            Cell(wording.amount_words(net[group])),
        ]
        end = wording.amount_words(cost[group])
        marks.append(Mark(group_name(group), (float(net[group]), float(max(0, written))), end, cells, url, drill=drill_url(group)))
    return Pane(
        "owned-unit",
        _("家底：按单位"),
        _("列入总额且未处置的资产，净值为原值减累计折旧。"),
        (Series(_("净值"), "accent"), Series(_("累计折旧"), "bar")),
        (_("卡片（张）"), _("原值"), _("净值")),
        marks,
        _("单位"),
        empty=_("还没有资产卡片。导入现有的台账，这里就有数。"),
    )


def owned_by_class(look: Look) -> Pane:
    """Cost and net value by class of the catalogue."""
    net = {figure.key: figure.value for figure in look.figures("ledger.net_by_class")}
    cards = {figure.key: figure.value for figure in look.figures("ledger.cards_by_class")}
    marks = []
    for figure in sorted(look.figures("ledger.cost_by_class"), key=lambda figure: -figure.value):
        url = look.rows_url("ledger.cost_by_class", figure.query)
        kept = net[figure.key]
        cells = [
            Cell(wording.number(cards[figure.key]), url),
            Cell(wording.amount_words(figure.value), url),
            Cell(wording.amount_words(kept)),
        ]
        marks.append(
            Mark(str(figure.label), (float(kept), float(max(0, figure.value - kept))), wording.amount_words(figure.value), cells, url)
        )
    return Pane(
        "owned-class",
        _("家底：按资产大类"),
        _("按资产分类目录的大类合计。"),
        (Series(_("净值"), "accent"), Series(_("累计折旧"), "bar")),
        (_("卡片（张）"), _("原值"), _("净值")),
        marks,
        _("大类"),
        empty=_("还没有资产卡片。"),
    )


def idle_by_unit(look: Look) -> Pane:
    """Cost of what has been idle beyond the limit, by unit."""
    cost, cards = look.by_group("standards.idle_cost_by_unit"), look.by_group("standards.idle_cards_by_unit")
    query = look.query_of("standards.idle_cost_by_unit")
    marks = []
    for group in ordered(cost):
        url, words = look.rows_url("standards.idle_cost_by_unit", query, group), wording.amount_words(cost[group])
        marks.append(
            Mark(
                group_name(group),
                (float(cost[group]),),
                words,
                [Cell(wording.number(cards[group]), url), Cell(words, url)],
                url,
                drill=drill_url(group),
            )
        )
    return Pane(
        "idle",
        _("闲置超过 %(n)s 天") % {"n": idle_days(look.on)},
        _("这些资产的原值；先看能否调剂，再谈购置。"),
        (Series(_("原值"), "doubt"),),
        (_("卡片（张）"), _("原值")),
        marks,
        _("单位"),
        empty=_("没有闲置过久的资产。"),
    )


def _against(label: str, actual: float, limit: float, end: str, cells: list[Cell], url: str, drill: str) -> Mark:
    """Return a bar whose part beyond the limit stands out."""
    return Mark(label, (min(actual, limit), max(0.0, actual - limit)), end, cells, url, limit, drill)


def _excess(actual: Mapping[Group, Number], limit: Mapping[Group, Number]) -> dict[Group, Number]:
    """Return by how much each group is over its limit, below nothing where it is under."""
    return {group: Decimal(actual.get(group, 0)) - Decimal(limit.get(group, 0)) for group in {**limit, **actual}}


def vehicles_by_unit(look: Look) -> Pane:
    """Vehicles held against their quota, by unit."""
    held, quota = look.by_group("vehicles.held_by_unit"), look.by_group("vehicles.quota_by_unit")
    query = look.query_of("vehicles.held_by_unit")
    marks = []
    for group in ordered(_excess(held, quota)):
        have, may = held.get(group, 0), quota.get(group, 0)
        url = look.rows_url("vehicles.held_by_unit", query, group)
        cells = [
            Cell(wording.number(have), url),
            Cell(wording.number(may), look.rows_url("vehicles.quota_by_unit", "", group)),
            _over(have - may),
        ]
        end = _("%(have)s / %(may)s 辆") % {"have": wording.number(have), "may": wording.number(may)}
        marks.append(_against(group_name(group), float(have), float(may), end, cells, url, drill_url(group)))
    return Pane(
        "vehicles",
        _("车辆：实有与编制"),
        _("竖线是编制，越过的部分为超编。"),
        (Series(_("编制内"), "accent"), Series(_("超编"), "breach")),
        (_("实有（辆）"), _("编制（辆）"), _("超编（辆）")),
        marks,
        _("单位"),
        limit_label=_("车辆编制"),
        empty=_("还没有车辆和车辆编制。"),
    )


def _over(value: Number) -> Cell:
    return Cell(f"+{wording.number(value)}" if value > 0 else wording.NOTHING)


def offices_by_unit(look: Look) -> Pane:
    """Office area against what the authorised posts allow, by unit."""
    area, limit = look.by_group("offices.office_area_by_unit"), look.by_group("offices.authorised_area_by_unit")
    query = look.query_of("offices.office_area_by_unit")
    marks = []
    for group in ordered(_excess(area, limit)):
        have, may = Decimal(area.get(group, 0)), Decimal(limit.get(group, 0))
        url = look.rows_url("offices.office_area_by_unit", query, group)
        over = have - may
        cells = [
            Cell(wording.number(have, 1), url),
            Cell(wording.number(may, 1)),
            Cell(f"+{wording.number(over, 1)}" if over > 0 else wording.NOTHING),
        ]
        end = _("%(have)s / %(may)s m²") % {"have": wording.number(have, 0), "may": wording.number(may, 0)}
        marks.append(_against(group_name(group), float(have), float(may), end, cells, url, drill_url(group)))
    return Pane(
        "offices",
        _("办公室：面积与核定"),
        _("竖线是按编制和标准核定的办公室使用面积，越过的部分为超标。"),
        (Series(_("核定内"), "accent"), Series(_("超出"), "breach")),
        (_("实有（m²）"), _("核定（m²）"), _("超出（m²）")),
        marks,
        _("单位"),
        limit_label=_("核定"),
        empty=_("还没有登记办公室。"),
    )
