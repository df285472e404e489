"""Drafts of a table that live in an address: cells changed, judged beside the rulebook in force, nothing saved."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjia.core.access import access
from gongjia.core.check import Check, checks
from gongjia.core.periods import today
from gongjia.org.models import Unit
from gongjia.standards.choices import Outcome
from gongjia.standards.drawing import TONES
from gongjia.standards.explaining import briefs, figure, unit_of
from gongjia.standards.resources import FINDINGS
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.drafts import Edit, draft
from gongjia.standards.rulebook.forms import BadForm, Form
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import Version
from gongjia.standards.simulating import Compared, Say, Shift, Simulation, as_answers, simulate, touched
from gongjia.web.export import neutral
from gongjia.web.shapes import Tone
from gongjia.web.wording import number

ALL = 1_000_000
SHOWN = 50
NAMES = ("a", "b")
COLUMNS = ("check", "title", "detail", "unit", "value", "before", "after", "outcome_before", "outcome_after", "cost")


@dataclass
class Draft:
    """The cells of one version that an address changes, and those that cannot be read."""

    name: str
    version: Version
    cells: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def book(self) -> Rulebook:
        """The rulebook with these cells changed."""
        return draft(load(), [self._edit(name, text) for name, text in self.cells.items()])

    def _edit(self, name: str, text: str) -> Edit:
        row, _dot, value = name.partition(".")
        form = self.version.rows[int(row) - 1].values[value]
        printed = form.printed if isinstance(form, Form) else form
        return Edit(self.version.id, int(row), value, {**printed, "each": text} if isinstance(printed, Mapping) else text)


def read_draft(data: QueryDict, name: str, version: Version) -> Draft:
    """Read the changed cells `<draft>.<row>.<value>` of a version; those that say what is printed anyway are left out."""
    made = Draft(name, version)
    for key in data:
        owner, _dot, place = key.partition(".")
        now = _printed(version, place) if owner == name else None
        text = data[key].strip().replace(",", "").replace("，", "")
        if now is None or text in ("", now):
            continue
        if _is_number(text) and _readable(made, place, text):
            made.cells[place] = text
        else:
            made.wrong.append(
                _("第 %(row)s 行的“%(text)s”不能作数：要一个不小于零的数，小数位数不超过原表。")
                % {"row": place.partition(".")[0], "text": data[key][:40]}
            )
    return made


def _printed(version: Version, place: str) -> str | None:
    """The number printed at a place, or None where there is none to change."""
    row, _dot, value = place.partition(".")
    if not row.isdigit() or not 0 < int(row) <= len(version.rows):
        return None
    form = version.rows[int(row) - 1].values.get(value)
    if not isinstance(form, Form) or form.kind not in ("number", "each"):
        return None
    return str(form.printed["each"] if form.kind == "each" else form.printed)


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite() and Decimal(text) >= 0
    except InvalidOperation:
        return False


def _readable(made: Draft, place: str, text: str) -> bool:
    try:
        draft(load(), [made._edit(place, text)])  # noqa: SLF001 - its own draft
    except (BadForm, ArithmeticError):
        return False
    return True


# -- what would follow -------------------------------------------------------------------------------------------------


@dataclass
class UnitShift:
    """What a draft changes for one unit; the excess by check."""

    name: str
    worse: int = 0
    better: int = 0
    cost: dict[str, Decimal] = field(default_factory=dict)

    @property
    def costs(self) -> list[str]:
        """What the excess of each check changes by; the check is named where there are several."""
        said = [(key, value) for key, value in self.cost.items() if value]
        if len(said) < 2:
            return [signed(value, _measure(key)) for key, value in said] or ["–"]
        return [f"{checks[key].label} {signed(value, _measure(key))}" for key, value in said]


@dataclass(frozen=True)
class Moved:
    """One record whose verdict or limit moves, in words."""

    title: str
    check: str
    detail: str
    unit: str
    value: str
    before: str
    after: str
    outcome_before: str
    outcome_after: str
    tone: Tone
    cost: str


@dataclass(frozen=True)
class Result:
    """What a draft would change, for one person's units."""

    name: str
    simulation: Simulation
    units: Sequence[UnitShift]
    moved: Sequence[Moved]
    many: int

    @property
    def checks(self) -> list[tuple[str, int, int, str, str, str]]:
        """Each check with its breaches and doubts, and what they exceed, before and after."""
        return [_compared(each) for each in self.simulation.compared]

    @property
    def cost(self) -> tuple[str, str, str]:
        """The check whose excess changes most: the difference, its unit, its name; excesses of different checks are never added up."""
        most = max(self.simulation.compared, key=lambda each: abs(each.over_after - each.over_before), default=None)
        if most is None or most.over_after == most.over_before:
            return "0", "", _("没有变化")
        return signed(most.over_after - most.over_before, ""), _measure(most.check.key), str(most.check.label)

    def drawn(self) -> dict[str, Any]:
        """What the page shows of it, as plain values."""
        units = [{"name": unit.name, "worse": unit.worse, "better": unit.better, "costs": unit.costs} for unit in self.units]
        lists = {"checks": [list(each) for each in self.checks], "units": units, "moved": [asdict(each) for each in self.moved[:SHOWN]]}
        figures = {"worse": self.simulation.worse, "better": self.simulation.better, "cost": list(self.cost)}
        return {"name": self.name, "many": self.many, **figures, **lists}


def _measure(key: str) -> str:
    return unit_of(load(), checks[key])


def signed(value: Decimal, unit: str) -> str:
    """A difference with its sign and unit."""
    return f"{'+' if value > 0 else '−'}{number(abs(value))} {unit}".strip()


def _compared(each: Compared) -> tuple[str, int, int, str, str, str]:
    unit = unit_of(load(), each.check)
    difference = signed(each.over_after - each.over_before, unit) if each.over_after != each.over_before else "–"
    return (
        str(each.check.label),
        each.bad(each.before),
        each.bad(each.after),
        figure(each.over_before, unit),
        figure(each.over_after, unit),
        difference,
    )


def paths_of(user: Any, path: str) -> list[str]:
    """Return the subtrees that together are all units this person may see within a scope; "" is the whole."""
    units = FINDINGS.units(user, path)
    if units is None:
        return [""]
    paths = sorted(Unit.objects.filter(pk__in=units).values_list("path", flat=True))
    roots: list[str] = []
    for each in paths:
        if not roots or not each.startswith(roots[-1]):
            roots.append(each)
    return roots


def matters(shift: Shift) -> bool:
    """Say whether anybody would notice: the verdict turns, or the excess is another."""
    return shift.turns != "moves" or shift.over_before != shift.over_after


def checks_touched(drafts: Sequence[Draft]) -> list[Check]:
    """The checks that any of the drafts touches."""
    return list({check.key: check for each in drafts for check in touched(load(), each.book())}.values())


def run(made: Draft, user: Any, path: str, also: Sequence[Draft] = (), say: Say | None = None) -> Result:
    """Judge the facts of today by the draft and by the rulebook in force; checks that other drafts touch are judged too."""
    book, wanted = made.book(), checks_touched((made, *also))
    whole = _together([simulate(book, unit_path=each, chosen=wanted, most=ALL, say=say) for each in paths_of(user, path)])
    shifts = [shift for each in whole.compared for shift in each.shifts if matters(shift)]
    return Result(made.name, whole, _by_unit(shifts), _moved(shifts, whole), len(shifts))


def _together(parts: Sequence[Simulation]) -> Simulation:
    whole = parts[0] if parts else Simulation(today(), [])
    for part in parts[1:]:
        for mine, other in zip(whole.compared, part.compared, strict=True):
            mine.before = {name: mine.before.get(name, 0) + other.before.get(name, 0) for name in {*mine.before, *other.before}}
            mine.after = {name: mine.after.get(name, 0) + other.after.get(name, 0) for name in {*mine.after, *other.after}}
            mine.over_before += other.over_before
            mine.over_after += other.over_after
            mine.worse += other.worse
            mine.better += other.better
            mine.shifts += other.shifts
    return whole


def _by_unit(shifts: Sequence[Shift]) -> list[UnitShift]:
    names = dict(Unit.objects.filter(pk__in={shift.unit_id for shift in shifts}).values_list("pk", "name"))
    found: dict[int, UnitShift] = {}
    for shift in shifts:
        unit = found.setdefault(shift.unit_id, UnitShift(str(names.get(shift.unit_id, ""))))
        unit.worse += shift.turns == "worse"
        unit.better += shift.turns == "better"
        unit.cost[shift.check_key] = unit.cost.get(shift.check_key, Decimal(0)) + shift.over_after - shift.over_before
    return sorted(found.values(), key=lambda unit: (-unit.worse, -unit.better, unit.name))


def _moved(shifts: Sequence[Shift], whole: Simulation) -> list[Moved]:
    shown = sorted(shifts, key=lambda shift: ({"worse": 0, "better": 1}.get(shift.turns, 2), -shift.over_after))
    names = dict(Unit.objects.filter(pk__in={shift.unit_id for shift in shown}).values_list("pk", "name"))
    lines = briefs(as_answers(shown, whole.on))
    return [_words(shift, brief, str(names.get(shift.unit_id, ""))) for shift, brief in zip(shown, lines, strict=True)]


def _words(shift: Shift, brief: Any, unit: str) -> Moved:
    check = checks[shift.check_key]
    measure = unit_of(load(), check)
    difference = shift.over_after - shift.over_before
    return Moved(
        brief.title,
        str(check.label),
        brief.detail,
        unit,
        figure(shift.value, measure),
        figure(shift.bound_before, measure),
        figure(shift.bound_after, measure),
        str(Outcome(shift.before).label),
        str(Outcome(shift.after).label),
        TONES.get(shift.after, "plain"),
        signed(difference, measure) if difference else "–",
    )


def title_of(name: str) -> str:
    """What people call a draft."""
    return _("草案甲") if name == "a" else _("草案乙")


def as_csv(found: Sequence[Result]) -> str:
    """Return every record that moves as CSV, safe to open in a spreadsheet program."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        [
            _("草案"),
            _("核查项"),
            _("对象"),
            _("细目"),
            _("单位"),
            _("实际"),
            _("现行标准"),
            _("草案标准"),
            _("现行结论"),
            _("草案结论"),
            _("超出变化"),
        ]
    )
    for each in found:
        writer.writerows([title_of(each.name), *(neutral(getattr(moved, name)) for name in COLUMNS)] for moved in each.moved)
    return "\ufeff" + out.getvalue()


def may(user: Any, permission: str) -> bool:
    return access(user).can(permission)
