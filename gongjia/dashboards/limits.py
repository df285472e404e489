"""The panes that hold what a unit has against what it may have: vehicles and quota, offices and authorised area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.dashboards.looking import Look, drill_url, group_name
from gongjia.dashboards.rollup import Group, Number
from gongjia.dashboards.shapes import Cell, Mark, Pane, Series
from gongjia.web import wording


@dataclass(frozen=True)
class Against:
    """Two indicators by unit, what is held and what is allowed, and how their figures are written."""

    held: str
    allowed: str
    end: Any
    places: int = 0

    def words(self, value: Number | None) -> str:
        return wording.NOTHING if value is None else wording.number(Decimal(value), self.places)


def by_excess(held: Mapping[Group, Number], allowed: Mapping[Group, Number]) -> list[Group]:
    """Return the groups, the most excessive first, those without any limit last."""

    def rank(group: Group) -> tuple[bool, Decimal, str]:
        over = Decimal(held.get(group, 0)) - Decimal(allowed.get(group, 0))
        return group not in allowed, -over, group.node.path

    return sorted({**allowed, **held}, key=rank)


def marks_of(look: Look, against: Against) -> list[Mark]:
    """Return a bar a group: the part within the limit, the part beyond it; without a limit nothing is beyond."""
    held, allowed = look.by_group(against.held), look.by_group(against.allowed)
    query = look.query_of(against.held)
    marks = []
    for group in by_excess(held, allowed):
        have, may = held.get(group, 0), allowed.get(group)
        url, over = look.rows_url(against.held, query, group), 0 if may is None else max(0, have - may)
        limit_url = look.rows_url(against.allowed, look.query_of(against.allowed), group)
        excess = Cell(f"+{against.words(over)}", url) if over else Cell(wording.NOTHING)
        cells = [Cell(against.words(have), url), Cell(against.words(may), limit_url if may else ""), excess]
        end = str(against.end) % {"have": wording.number(Decimal(have), 0), "may": against.words(may).removesuffix(".0")}
        limit = None if may is None else float(may)
        marks.append(Mark(group_name(group), (float(have - over), float(over)), end, cells, url, limit, drill_url(group)))
    return marks


def vehicles_by_unit(look: Look) -> Pane:
    """Vehicles held against their quota, by unit."""
    return Pane(
        "vehicles",
        _("车辆：实有与编制"),
        _("竖线是编制，越过的部分为超编。"),
        (Series(_("编制内"), "accent"), Series(_("超编"), "breach")),
        (_("实有（辆）"), _("编制（辆）"), _("超编（辆）")),
        marks_of(look, Against("vehicles.held_by_unit", "vehicles.quota_by_unit", _("%(have)s / %(may)s 辆"))),
        _("单位"),
        limit_label=_("车辆编制"),
        empty=_("还没有车辆和车辆编制。"),
    )


def offices_by_unit(look: Look) -> Pane:
    """Office area against what the authorised posts allow, by unit."""
    return Pane(
        "offices",
        _("办公室：面积与核定"),
        _("竖线是按编制和标准核定的办公室使用面积，越过的部分为超标。"),
        (Series(_("核定内"), "accent"), Series(_("超出"), "breach")),
        (_("实有（m²）"), _("核定（m²）"), _("超出（m²）")),
        marks_of(look, Against("offices.office_area_by_unit", "offices.authorised_area_by_unit", _("%(have)s / %(may)s m²"), 1)),
        _("单位"),
        limit_label=_("核定"),
        empty=_("还没有登记办公室。"),
    )
