"""The panes of findings: by rule, by unit, over time."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.core.indicator import Figure
from gongjia.dashboards.looking import Look, drill_url, group_name
from gongjia.dashboards.panes import ordered
from gongjia.dashboards.rollup import rolled
from gongjia.dashboards.shapes import Cell, Mark, Pane, Series
from gongjia.web import wording

OUTCOMES = (("breach", "breach"), ("doubt", "doubt"), ("cannot_decide", "plain"))


def _outcome_series() -> tuple[Series, ...]:
    return (Series(_("超标"), "breach"), Series(_("疑点"), "doubt"), Series(_("无法判定"), "plain"))


def findings_by_rule(look: Look) -> Pane:
    """What breaks which rule, by outcome."""
    found: dict[str, dict[str, Figure]] = {}
    for figure in look.figures("standards.findings_by_rule"):
        rule, _colon, outcome = figure.key.rpartition(":")
        found.setdefault(rule, {})[outcome] = figure
    totals = {rule: sum(figure.value for figure in each.values()) for rule, each in found.items()}
    marks = []
    for rule in sorted(found, key=lambda rule: (-totals[rule], rule)):
        each = found[rule]
        url = look.rows_url("standards.findings_by_rule", urlencode({"state": "open", "check_key": rule}))
        cells = [_outcome_cell(look, each.get(outcome)) for outcome, _tone in OUTCOMES]
        label = str(next(iter(each.values())).label)
        values = [float(each[outcome].value) if outcome in each else 0.0 for outcome, _tone in OUTCOMES]
        end = ngettext("%(n)s 条", "%(n)s 条", int(totals[rule])) % {"n": wording.number(totals[rule])}
        marks.append(Mark(label, values, end, [Cell(wording.number(totals[rule]), url), *cells], url, rule=rule))
    return Pane(
        "rules",
        _("问题：按规则"),
        _("待整改的核查发现；参照适用或出处待核的只作疑点。"),
        _outcome_series(),
        (_("合计（条）"), _("超标"), _("疑点"), _("无法判定")),
        marks,
        _("规则"),
        empty=_("没有待整改的问题。还没核查过的话，先到“核查”运行一次。"),
    )


def _outcome_cell(look: Look, figure: Figure | None) -> Cell:
    return (
        Cell(wording.number(figure.value), look.rows_url("standards.findings_by_rule", figure.query)) if figure else Cell(wording.NOTHING)
    )


def findings_by_unit(look: Look) -> Pane:
    """Who breaks how many rules, by outcome."""
    parts = {
        outcome: rolled(((f.unit_id, f.value) for f in look.figures("standards.outcomes_by_unit") if f.key == outcome), look.groups)
        for outcome, _tone in OUTCOMES
    }
    total = look.by_group("standards.outcomes_by_unit")
    marks = []
    for group in ordered(total):
        url = look.rows_url("standards.outcomes_by_unit", "state=open", group)
        cells = [
            Cell(wording.number(parts[o][group]), look.rows_url("standards.outcomes_by_unit", f"state=open&outcome={o}", group))
            if group in parts[o]
            else Cell(wording.NOTHING)
            for o, _tone in OUTCOMES
        ]
        values = [float(parts[outcome].get(group, 0)) for outcome, _tone in OUTCOMES]
        end = ngettext("%(n)s 条", "%(n)s 条", int(total[group])) % {"n": wording.number(total[group])}
        marks.append(Mark(group_name(group), values, end, [Cell(wording.number(total[group]), url), *cells], url, drill=drill_url(group)))
    return Pane(
        "units",
        _("问题：按单位"),
        _("待整改的核查发现，按责任单位。"),
        _outcome_series(),
        (_("合计（条）"), _("超标"), _("疑点"), _("无法判定")),
        marks,
        _("单位"),
        empty=_("没有待整改的问题。"),
    )


POINTS = 24


def findings_over_time(look: Look) -> Pane:
    """How the findings that stand went up and down, by the days on which something changed."""
    days: dict[dt.date, dict[str, int]] = {}
    for figure in look.figures("standards.findings_over_time"):
        days.setdefault(figure.label, {})[figure.key] = int(figure.value)
    standing, marks = 0, []
    for day in sorted(days):
        found, cured = days[day].get("found", 0), days[day].get("cured", 0)
        standing += found - cured
        url = look.rows_url(
            "standards.findings_over_time", urlencode({"state": "any", "found_on__gte": day.isoformat(), "found_on__lte": day.isoformat()})
        )
        cells = [Cell(wording.number(standing)), Cell(f"+{wording.number(found)}", url), Cell(f"−{wording.number(cured)}")]
        marks.append(Mark(day.isoformat(), (standing, found, cured), "", cells, url))
    once = _("只在 %(day)s 核查过，发现 %(n)s 条；再核查一次，这里就有走势。")
    empty = once % {"day": marks[0].label, "n": wording.number(standing)} if marks else _("还没有核查记录；核查两次以后，这里能看出走势。")
    return Pane(
        "trend",
        _("问题：走势"),
        _("每次核查后尚未消除的问题（含例外），以及新增和消除。"),
        (Series(_("存续"), "accent"), Series(_("新增"), "breach"), Series(_("消除"), "order")),
        (_("存续（条）"), _("新增"), _("消除")),
        marks[-POINTS:] if len(marks) > 1 else [],
        _("日期"),
        kind="trend",
        shown=POINTS,
        empty=empty,
    )
