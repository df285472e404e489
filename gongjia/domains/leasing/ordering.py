"""The order of ways: which earlier ways lack evidence, and what the rulebook says of that for a unit on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.inputs import Input, given
from gongjia.org.models import Unit
from gongjia.standards.citing import citation
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import BREACH, DOUBT, judge
from gongjia.standards.rulebook.loading import load


class EarlierWay(Input):
    """Why an earlier way is not possible: the reason, and the document that shows it."""

    line: int = given(1, label=_("第几行"))
    way: str = given(label=_("方式"))
    reason: str = given("", label=_("走不通的理由"))
    document: str = given("", label=_("依据文件"))


@dataclass(frozen=True)
class Word:
    """What a rule says of an earlier way without evidence: whether it stops the request, and where that stands."""

    stops: bool
    citation: str


def rule_on(topic: str, value: str, unit: Unit, given: Mapping[str, Any], on: dt.date) -> Word | None:
    """Return what a topic says of a case; None where it is compliant or no rule speaks."""
    verdict = judge(load(), topic, value, {**traits_of(unit), **given}, on)
    return Word(verdict.outcome == BREACH, citation(verdict.version)) if verdict.outcome in (BREACH, DOUBT) else None


def provision_rule(way: str, before: str, unit: Unit, on: dt.date) -> Word | None:
    """Return the strictest rule that asks for evidence of `before` ahead of `way`."""
    said = [rule_on("space_provision_order", "untried", unit, {"provision_way": way, "provision_before": before, "untried": 1}, on)]
    if before == "reallocate":
        said.append(rule_on("space_reallocation_first", "untried", unit, {"provision_way": way, "untried": 1}, on))
    return max((word for word in said if word), key=lambda word: word.stops, default=None)


def disposal_rule(way: str, unit: Unit, on: dt.date) -> Word | None:
    """Return the rule that asks for reallocation ahead of another way of disposal."""
    return rule_on("space_disposal_order", "untried", unit, {"space_way": way, "untried": 1}, on)


def evidence(answers: Sequence[Mapping[str, Any]], line: int) -> dict[str, EarlierWay]:
    """Return what was said of each earlier way of a line, where a reason was given."""
    said = (EarlierWay(**each) for each in answers)
    return {one.way: one for one in said if one.line == line and one.reason}
