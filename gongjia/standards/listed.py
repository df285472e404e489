"""The list of findings, worked out for its template: the generic list with its own rows, chips and four figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.check import checks
from gongjia.core.periods import today
from gongjia.core.query import filtered
from gongjia.org.models import Unit
from gongjia.standards.choices import FindingState, Group, Outcome, RectificationState
from gongjia.standards.drawing import tone_of
from gongjia.standards.explaining import Brief, briefs, input_label, unit_of
from gongjia.standards.models import Finding, Rectification, Sweep
from gongjia.standards.resources import FINDINGS
from gongjia.standards.rulebook.loading import load
from gongjia.web import wording
from gongjia.web.addresses import list_url, row_url
from gongjia.web.asked import Asked, asked_of
from gongjia.web.listing import Heading, ListPage, Row
from gongjia.web.shapes import Cell, Figure, Link

ANY = "any"
BROKEN = (Outcome.BREACH, Outcome.DOUBT)
SUMMED = ("元", "m²", "yuan")
SHOWN = 2
LOOKED_BACK = 40


@dataclass(frozen=True)
class AskedFindings(Asked):
    """An address of findings: what says nothing of the state means those that wait."""

    any_state: bool = False

    def pairs(self, leave: Iterable[str] = (), **changed: str) -> list[tuple[str, str]]:
        kept = super().pairs(leave, **changed)
        return [*kept, ("state", ANY)] if self.any_state and "state" not in {*leave, *changed} else kept

    @property
    def narrowed(self) -> bool:
        return bool(self.filters.keys() - {"state"}) or self.filters.get("state") != [FindingState.OPEN]


def asked_findings(request: HttpRequest) -> AskedFindings:
    """Understand the address of a list of findings."""
    asked = asked_of(FINDINGS, request)
    filters = dict(asked.filters)
    any_state = request.GET.get("state") == ANY
    if not any_state and "state" not in filters:
        filters["state"] = [FindingState.OPEN.value]
    return AskedFindings("", asked.sort, asked.after, (), asked.within, filters, any_state)


def rectifications_of(found: Sequence[Finding]) -> dict[int, Rectification]:
    """Return the live rectification of each finding."""
    rows = Rectification.objects.live().filter(finding__in=[each.pk for each in found]).select_related("owner")
    return {row.finding_id: row for row in rows}


def due_cell(found: Finding, mending: Rectification | None) -> Cell:
    """Return what is under way: who and until when, overdue marked; or why it is excused."""
    if mending is not None:
        if mending.state == RectificationState.DONE:
            return Cell(_("已整改"), "order")
        late = mending.due_on < today()
        words = _("%(day)s 逾期") if late else _("%(day)s 前")
        return Cell(words % {"day": mending.due_on.isoformat()}, "breach" if late else "", small=str(mending.owner or ""))
    if found.excuse is not None:
        return Cell(found.excuse.reason)
    return Cell(wording.NOTHING, classes="void")


def row_of(found: Finding, brief: Brief, mending: Rectification | None) -> Row:
    """Return one line of a list of findings."""
    small = " · ".join(part for part in (brief.check_label, brief.detail) if part)
    title = brief.title or f"F-{found.pk}"
    cells = [
        Cell(title, classes="first", small=small),
        Cell(str(found.unit.name)),
        Cell(brief.value, classes=_figures(brief.value)),
        Cell(brief.bound, classes=_figures(brief.bound)),
        Cell(brief.percent, classes=_figures(brief.percent)),
        Cell(brief.outcome_label, tone_of(found), "short"),
        due_cell(found, mending),
    ]
    return Row(found.pk, row_url(FINDINGS.key, found.pk), title, cells)


def _figures(text: str) -> str:
    return "n void" if text == wording.NOTHING else "n"


def rows_of(found: Sequence[Finding]) -> list[Row]:
    """Return the lines of findings, in a fixed number of queries."""
    mending = rectifications_of(found)
    return [row_of(each, brief, mending.get(each.pk)) for each, brief in zip(found, briefs(found), strict=True)]


def headings() -> list[Heading]:
    """The columns of a list of findings."""
    words = [
        ("subject", _("对象"), False),
        ("unit", _("单位"), False),
        ("value", _("实际"), True),
        ("bound", _("标准"), True),
        ("percent", _("超出"), True),
        ("outcome", _("结论"), False),
        ("mending", _("整改"), False),
    ]
    return [Heading(name, label, numeric) for name, label, numeric in words]


def last_sweep(path: str) -> Sweep | None:
    """Return the last live sweep that covered a subtree, or else the last one at all."""
    rows = list(Sweep.objects.filter(live=True, finished_at__isnull=False).select_related("unit").order_by("-pk")[:LOOKED_BACK])
    covering = (row for row in rows if row.unit is None or path.startswith(row.unit.path))
    return next(covering, rows[0] if rows else None)


@dataclass(frozen=True)
class Choice:
    """One small menu beside the chips: what is chosen, and the others."""

    label: str
    links: Sequence[Link]
    key: str


class FindingsPage(ListPage):
    """Everything that `standards/findings.html` draws."""

    asked: AskedFindings

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(FINDINGS, request)
        self.label = _("核查")
        self.columns = headings()
        self.open = FINDINGS.queryset(request.user, self.scope.path).filter(state=FindingState.OPEN).order_by()
        self.sweep = last_sweep(self.scope.path)
        self.groups = self._groups()
        self.menus = [self._units(), self._states(), self._checks()]
        self.chips = [chip for chip in self.chips if chip.key not in ("state", "group", "check_key", "within")]
        self.clear_url = self.path
        self.empty_title, self.empty_text, self.empty_acts = _("没有待整改的发现"), FINDINGS.empty, []
        self.strip = self._strip()

    def _understand(self) -> AskedFindings:
        return asked_findings(self.request)

    def _rows(self) -> list[Row]:
        kept = {
            row.pk: row for row in Finding.objects.filter(pk__in=[row["pk"] for row in self.found.rows]).select_related("unit", "excuse")
        }
        return rows_of([kept[row["pk"]] for row in self.found.rows])

    @property
    def whole(self) -> bool:
        """Whether the figures of a sweep are this person's to see: all units, none left out."""
        units = FINDINGS.units(self.request.user) if not self.scope.path else None
        return not self.scope.path and (units is None or not Unit.objects.live().exclude(pk__in=units).exists())

    @property
    def says(self) -> str:
        """What was judged, when, how long it took, and what has changed since the last time."""
        if self.sweep is None:
            return _("还没有核查过。点“重新核查”，按今天有效的规范核对全部台账。")
        known = seen(self.request.user, self.scope.path)
        given = {
            "day": self.sweep.on.isoformat(),
            "facts": wording.number(self.sweep.facts),
            "span": wording.span_words(self.sweep.seconds),
            "new": wording.number(known.filter(snapshot__isnull=True, found_on__gte=today()).count()),
            "cured": wording.number(known.filter(snapshot__isnull=True, cured_on__gte=today()).count()),
        }
        judged = _("按 %(day)s 有效的规范核对 %(facts)s 条记录，用时 %(span)s") if self.whole else _("%(scope)s，按 %(day)s 有效的规范核对")
        changed = _("；昨日以来新增 %(new)s 条、消除 %(cured)s 条。")
        return judged % {**given, "scope": self.scope.label} + changed % given

    def _address(self, leave: Sequence[str] = (), **changed: str) -> str:
        return list_url(FINDINGS, self.asked.pairs(leave, **changed))

    def _groups(self) -> list[Link]:
        asked = self.asked
        others = AskedFindings(filters={n: v for n, v in asked.filters.items() if n not in ("group", "check_key")}, any_state=True)
        rows = filtered(FINDINGS, self.request.user, others.query(self.scope.path)).order_by().values("group").annotate(n=Count("pk"))
        counts = {row["group"]: row["n"] for row in rows}
        now = asked.filters.get("group", [""])[0]
        links = [Link(_("全部"), self._address(["group", "check_key"]), on=not now, count=sum(counts.values()))]
        return links + [
            Link(label, self._address(["check_key"], group=code), on=code == now, count=counts.get(code, 0))
            for code, label in Group.choices
        ]

    def _units(self) -> Choice:
        counted = self.open.values("unit").annotate(n=Count("pk")).order_by("-n")[:40]
        counts = {row["unit"]: row["n"] for row in counted}
        names = dict(Unit.objects.filter(pk__in=counts).values_list("pk", "name"))
        links = [Link(_("不限"), self._address(["within"]), on=not self.asked.within)]
        links += [
            Link(names[pk], self._address(within=str(pk)), count=n, on=str(pk) == self.asked.within)
            for pk, n in counts.items()
            if pk in names
        ]
        return Choice(_("单位：%(name)s") % {"name": self.scope.label} if self.asked.within else _("单位"), links, "unit")

    def _states(self) -> Choice:
        now = ANY if self.asked.any_state else self.asked.filters["state"][0]
        named = [
            (FindingState.OPEN.value, FindingState.OPEN.label),
            (FindingState.EXCUSED.value, FindingState.EXCUSED.label),
            (ANY, _("不限")),
        ]
        links = [Link(label, self._address(state=code), on=code == now) for code, label in named]
        return Choice(_("状态：%(name)s") % {"name": dict(named).get(now, now)}, links, "state")

    def _checks(self) -> Choice:
        now, group = self.asked.filters.get("check_key", [""])[0], self.asked.filters.get("group", [""])[0]
        listed = sorted((check for check in checks if not group or check.group == group), key=lambda check: str(check.group))
        links = [Link(_("不限"), self._address(["check_key"]), on=not now)]
        links += [Link(check.label, self._address(check_key=check.key), on=check.key == now) for check in listed]
        return Choice(str(checks[now].label) if now in checks else _("核查项"), links, "check")

    def _strip(self) -> list[Figure]:
        broken = self.open.filter(outcome__in=BROKEN).values("group", "check_key").annotate(n=Count("pk"), over=Sum("over")).order_by("-n")
        rows = list(broken)
        figures = [
            _figure(Group(code), [row for row in rows if row["group"] == code], self.asked.within)
            for code in (Group.OFFICES, Group.VEHICLES, Group.ASSETS)
        ]
        return [*figures, self._undecided()]

    def _undecided(self) -> Figure:
        rows = self.open.filter(outcome=Outcome.CANNOT_DECIDE).values("check_key", "reason").annotate(n=Count("pk")).order_by("-n")
        count, reasons = 0, dict[str, int]()
        for row in rows:
            count += row["n"]
            words = _why(row["check_key"], row["reason"])
            reasons[words] = reasons.get(words, 0) + row["n"]
        top = sorted(reasons.items(), key=lambda each: -each[1])[:SHOWN]
        note = " · ".join(f"{words} {wording.number(n)}" for words, n in top)
        return Figure(
            _("无法判定"),
            wording.number(count),
            _("条"),
            note,
            _listed(outcome=Outcome.CANNOT_DECIDE, within=self.asked.within),
            "doubt" if count else "",
        )


def _figure(group: Group, rows: Sequence[dict[str, Any]], within: str) -> Figure:
    """How many break the rules of a group, and which rules most."""
    count = sum(row["n"] for row in rows)
    note = " · ".join(_by_check(row) for row in rows[:SHOWN]) or _("没有超标")
    labels = {Group.OFFICES: _("办公用房超标"), Group.VEHICLES: _("公务用车超标"), Group.ASSETS: _("设备家具超标、闲置")}
    return Figure(labels[group], wording.number(count), _("条"), note, _listed(group=group, within=within), "breach" if count else "")


def _by_check(row: dict[str, Any]) -> str:
    check = checks.get(row["check_key"])
    words = f"{check.label if check else row['check_key']} {wording.number(row['n'])}"
    unit = unit_of(load(), check) if check else ""
    if unit not in SUMMED or not row["over"]:
        return words
    over = wording.amount_words(row["over"]) if unit in ("元", "yuan") else f"{wording.number(row['over'])} {unit}"
    return _("%(words)s（超出 %(over)s）") % {"words": words, "over": over}


def _why(key: str, reason: str) -> str:
    kind, _sign, name = reason.partition(":")
    if kind == "missing" and key in checks:
        return _("缺%(name)s") % {"name": input_label(load(), checks[key], name)}
    return _("无对应标准") if kind in ("no_row", "not_listed") else _("标准另有规定") if kind == "set_elsewhere" else _("其他")


def _listed(**filters: str) -> str:
    return list_url(FINDINGS, [("state", FindingState.OPEN), *((name, value) for name, value in filters.items() if value)])


def seen(user: Any, path: str = "") -> QuerySet[Finding]:
    """Return all findings that this person may see, cured ones and those of other days too."""
    units = FINDINGS.units(user, path)
    rows = Finding.objects.select_related("unit", "excuse")
    return rows if units is None else rows.filter(unit__in=units)


def own_address(pk: int, name: str) -> str:
    """Return the address of one of a finding's own pages."""
    return reverse(f"standards:{name}", args=[pk])
