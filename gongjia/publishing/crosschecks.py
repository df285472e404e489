"""表间校核: what must hold between and within the tables of a return, each with both sides and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjia.publishing.form import is_code
from gongjia.publishing.reckoning import OWN_LENT, Line, Made

PARTS = ("office", "service", "equipment", "ancillary", "technical", "other")


@dataclass(frozen=True)
class Check:
    """One check: the words, both sides, whether it holds, and the rows that break it."""

    words: str
    left: str
    right: str
    holds: bool
    broken: tuple[str, ...] = ()


def _number(line: Line, column: str) -> Decimal:
    return Decimal(line.cells[column].value or 0)


def _each(made: Made, table: str, words: str, holds: Callable[[Line], bool]) -> Check:
    """Return a check of every row of a table."""
    lines = made.tables[table]
    broken = tuple(line.cells.get("name", line.cells.get("number")).value for line in lines if not holds(line))  # type: ignore[union-attr]
    return Check(words, str(len(lines) - len(broken)), str(len(lines)), not broken, broken)


def _equal(words: str, left: Decimal, right: Decimal) -> Check:
    return Check(words, str(left), str(right), left == right)


def crosschecks(made: Made) -> list[Check]:
    """Return all checks of a return with their results."""
    whole = made.sum("premises", "usable")
    parts = sum((made.sum("premises", part) for part in PARTS), Decimal(0))
    code = made.tables["divisions"][0].cells["code"].value
    return [
        Check(_("表一的区划代码是 12 位数字，且与文件名一致"), code, made.code, is_code(code) and code == made.code),
        _equal(_("表二各类用房面积之和 = 使用面积合计"), parts, whole),
        _equal(_("表二业务用房面积合计 = 表三技术业务用房面积合计"), made.sum("premises", "technical"), made.sum("technical", "area")),
        _each(made, "premises", _("表二每处：使用面积不大于建筑面积"), _within_floor),
        _each(
            made, "premises", _("表二每处：空置办公室面积不大于办公室面积"), lambda line: _number(line, "idle") <= _number(line, "office")
        ),
        _each(made, "premises", _("表二每处：登记了建筑面积"), lambda line: _number(line, "floor") > 0),
        _each(made, "premises", _("表二自有房屋：有权属证书"), _certified),
        _each(made, "technical", _("表三每处：有立项批复"), lambda line: bool(line.cells["project"].value)),
        _each(made, "projects", _("表四每项：有项目批准文号"), lambda line: bool(line.cells["project"].value)),
    ]


def _within_floor(line: Line) -> bool:
    floor = _number(line, "floor")
    return not floor or _number(line, "usable") <= floor


def _certified(line: Line) -> bool:
    owned = line.cells["ownership"].value in (OWN_LENT, "own_used")
    return not owned or bool(line.cells["certificate"].value)
