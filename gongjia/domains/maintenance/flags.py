"""What speaks against a project, each with the text that says so: split, bundled, a new user, too dear, too large, too soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.domains.maintenance.choices import Scale
from gongjia.domains.maintenance.models import Project
from gongjia.standards.citing import citation
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import BREACH, DOUBT, judge
from gongjia.standards.rulebook.loading import load
from gongjia.web.wording import amount_words, number


@dataclass(frozen=True)
class Kind:
    """One kind of flag: the table that judges it, which value by which fact, how the measure is read and said."""

    key: str
    label: Any
    table: str
    value: str
    fact: str
    measure: Callable[[Project], Decimal | None]
    says: Callable[[Decimal], str]


@dataclass(frozen=True)
class Flag:
    """One flag of a project: what it is, by how much, by which text, and whether it stops the project."""

    key: str
    label: str
    actual: str
    limit: str
    citation: str
    breach: bool


def _months(value: int | None, per: int = 1) -> Decimal | None:
    return None if value is None else (Decimal(value) / per).quantize(Decimal("0.01"))


def extension(project: Project) -> Decimal | None:
    """Return by how many per cent a project makes the building larger."""
    if not project.extension_area or not project.original_area:
        return None
    return (Decimal(project.extension_area) * 100 / project.original_area).quantize(Decimal("0.01"))


def _percent(value: Decimal) -> str:
    return f"{number(value)} %"


def _in_months(value: Decimal) -> str:
    return _now("满 %(n)s 个月") % {"n": number(value)}


def _in_years(value: Decimal) -> str:
    return _now("满 %(n)s 年") % {"n": number(value)}


KINDS = (
    Kind("split", _("化整为零"), "repair_split", "amount", "split_sum", lambda p: p.split_sum or None, amount_words),
    Kind("bundled", _("打包日常维修"), "repair_bundling", "amount", "daily_sum", lambda p: p.daily_sum or None, amount_words),
    Kind("new_user", _("因更换使用人装修"), "repair_new_user", "months", "months_since_user", lambda p: _months(p.user_months), _in_months),
    Kind("fitting", _("超标准装修"), "repair_fitting", "percent", "fitting_percent", lambda p: _months(p.fitting_percent), _percent),
    Kind("extension", _("扩建超过 15%"), "repair_extension", "percent", "extension_percent", extension, _percent),
    Kind(
        "period",
        _("未满周期整体维修"),
        "repair_period",
        "years",
        "years_since",
        lambda p: _months(p.age_months, 12) if p.scale == Scale.MAJOR else None,
        _in_years,
    ),
)


def flags_of(project: Project) -> list[Flag]:
    """Return the flags of a project by the rules that stood when it was applied for."""
    given = traits_of(project.unit)
    found = []
    for kind in KINDS:
        measure = kind.measure(project)
        if measure is None:
            continue
        verdict = judge(load(), kind.table, kind.value, {**given, kind.fact: measure}, project.applied_on)
        if verdict.outcome in (BREACH, DOUBT):
            limit = kind.says(verdict.limit) if verdict.limit is not None else ""
            cited = citation(verdict.version)
            found.append(Flag(kind.key, str(kind.label), kind.says(measure), limit, cited, verdict.outcome == BREACH))
    return found
