"""The panes of the cockpit: what is owned, what lies idle, who drives and sits how much."""

from __future__ import annotations

from collections.abc import Mapping

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
    cost, net, cards = (look.by_group("ledger.cost_by_unit", part) for part in ("cost", "net", "cards"))
    query = look.query_of("ledger.cost_by_unit")
    marks = []
    for group in ordered(cost):
        url = look.rows_url("ledger.cost_by_unit", query, group)
        written = cost[group] - net[group]
        cells = [
            Cell(wording.number(cards[group]), url),
            Cell(wording.amount_words(cost[group]), url),
            Cell(wording.amount_words(net[group]), url),
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
    marks = []
    for figure in sorted(look.figures("ledger.cost_by_class"), key=lambda figure: -figure.value):
        url = look.rows_url("ledger.cost_by_class", figure.query)
        kept = figure.parts["net"]
        cells = [
            Cell(wording.number(figure.parts["cards"]), url),
            Cell(wording.amount_words(figure.value), url),
            Cell(wording.amount_words(kept), url),
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
