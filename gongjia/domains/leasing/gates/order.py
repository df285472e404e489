"""The gates of order: provision by 调剂 → 置换 → 租用 → 建设, disposal by six ways, no disposal of unclear titles by a using unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.core.periods import SHANGHAI
from gongjia.domains.leasing.choices import DisposalWay, ProvisionWay, earlier
from gongjia.domains.leasing.gaps import NO_CERTIFICATE, NO_TITLE, Held
from gongjia.domains.leasing.gates.own_first import said_of
from gongjia.domains.leasing.managing import Managers
from gongjia.domains.leasing.models import IdleSpace
from gongjia.domains.leasing.ordering import EarlierWay, Word, disposal_rule, evidence, provision_rule, rule_on
from gongjia.domains.leasing.rules import UNKNOWN
from gongjia.domains.leasing.vacancy import Need, Stock
from gongjia.domains.offices.models import Building, Title
from gongjia.org.models import Place, Unit

PROVISION_ORDER, DISPOSAL_ORDER, CLEAR_TITLE = "leasing.provision_order", "leasing.disposal_order", "leasing.clear_title"
DISPOSE, LET = "leasing.dispose_space", "leasing.let_space"
SHOWN = 12


@dataclass
class Step:
    """One earlier way of one row: what was said of it, what the rules ask, and for reallocation the space that was found."""

    line: int
    way: str
    label: str
    said: EarlierWay | None
    rule: Word | None
    found: list[dict[str, Any]]
    unknown: int = 0

    @property
    def lacks(self) -> bool:
        return self.said is None and self.rule is not None

    def told(self) -> dict[str, Any]:
        """Return what the request keeps of the step."""
        rule = {"citation": self.rule.citation, "stops": self.rule.stops} if self.rule else None
        said = {"reason": self.said.reason if self.said else "", "document": self.said.document if self.said else ""}
        return {
            "line": self.line,
            "way": self.way,
            "label": self.label,
            **said,
            "rule": rule,
            "found": self.found[:SHOWN],
            "unknown": self.unknown,
            "open": self.lacks,
        }


def _judged(case: Case, steps: Sequence[Step]) -> Judgement:
    data = {"searched_at": case.context.now.astimezone(SHANGHAI).isoformat(), "steps": [step.told() for step in steps]}
    if not steps:
        return Judgement("clear", _now("这是最先考虑的方式。"), data)
    lacking = [step for step in steps if step.lacks]
    names = "、".join(dict.fromkeys(str(step.label) for step in lacking))
    if any(step.rule is not None and step.rule.stops for step in lacking):
        return Judgement("question", _now("在前的方式还缺依据：%(names)s。写明为什么走不通。") % {"names": names}, data)
    if lacking:
        return Judgement("warning", _now("在前的方式没有依据：%(names)s。条文待核，只作提示。") % {"names": names}, data)
    if any(step.found for step in steps):
        return Judgement("warning", _now("在前的方式都写明了理由；但查到了可以调剂的房源，请审批人判断。"), data)
    return Judgement("clear", _now("在前的方式都有依据。"), data)


def judge_provision(case: Case) -> Judgement:
    """Ask for evidence of every earlier way; freeze what could be reallocated as it was found."""
    stock = Stock.read(case.context.request_key)
    units = Unit.objects.select_related("parent").in_bulk([row.unit for row in case.rows])
    steps = []
    for line, row in enumerate(case.rows, 1):
        said = evidence(said_of(case, PROVISION_ORDER), line)
        for way in earlier(row.way, ProvisionWay):
            found, unknown = _reallocatable(stock, row) if way == ProvisionWay.REALLOCATE else ([], 0)
            rule = provision_rule(row.way, way, units[row.unit], case.context.on)
            steps.append(Step(line, way, str(ProvisionWay(way).label), said.get(way), rule, found, unknown))
    return _judged(case, steps)


def _reallocatable(stock: Stock, row: Any) -> tuple[list[dict[str, Any]], int]:
    spaces = stock.suiting(Need(row.city, usable=row.wanted_area))
    return [space.told() for space in spaces if space.standing != UNKNOWN], sum(space.standing == UNKNOWN for space in spaces)


def judge_disposal(case: Case) -> Judgement:
    """Ask what became of each earlier way; only reallocation first was seen in a text, so the others are told, not asked."""
    spaces = IdleSpace.objects.select_related("unit__parent").in_bulk([row.id for row in case.rows])
    steps = []
    for line, row in enumerate(case.rows, 1):
        said = evidence(said_of(case, DISPOSAL_ORDER), line)
        for way in earlier(row.way, DisposalWay):
            first = way == DisposalWay.REALLOCATE
            rule = disposal_rule(row.way, spaces[row.id].unit, case.context.on) if first else None
            steps.append(Step(line, way, str(DisposalWay(way).label), said.get(way), rule, []))
    return _judged(case, steps)


def _places(case: Case) -> dict[int, Unit]:
    """Return the places that a request disposes of or lets, each with the unit that asks."""
    if case.action.key == LET:
        units = Unit.objects.in_bulk([row.unit for row in case.rows])
        return {row.place: units[row.unit] for row in case.rows}
    idle = IdleSpace.objects.select_related("unit").in_bulk([row.id for row in case.rows])
    given_on = {row.id for row in case.rows if row.way == DisposalWay.REALLOCATE}
    return {space.place_id: space.unit for pk, space in idle.items() if pk not in given_on}


def judge_title(case: Case) -> Judgement | None:
    """Stop a using unit that disposes of space whose title is unclear; warn the manager."""
    asked, managers = _places(case), Managers()
    unclear = _unclear(list(asked))
    if not asked:
        return None
    if not unclear:
        return Judgement("clear", _now("所涉房屋的权属清楚。"))
    words = []
    for pk, name in unclear.items():
        party = "manager" if managers.is_manager(asked[pk]) else "using_unit"
        words.append((name, rule_on("space_title_unclear", "unclear", asked[pk], {"letting_party": party, "unclear": 1}, case.context.on)))
    data = {"names": [name for name, _word in words], "citation": next((word.citation for _name, word in words if word), "")}
    names = "、".join(data["names"][:5])
    if any(word is not None and word.stops for _name, word in words):
        text = _now("%(names)s 权属不清，使用单位不得自行处置；先做权属备案，由机关事务管理部门处置。")
        return Judgement("blocked", text % {"names": names}, data)
    return Judgement("warning", _now("%(names)s 权属不清，请核对备案情况。") % {"names": names}, data)


def _unclear(places: Sequence[int]) -> dict[int, str]:
    """Return the places without a certificate, by the building that they are or stand in."""
    rows = Place.objects.filter(pk__in=places)
    inside = {place.pk: [int(part) for part in place.path.split("/") if part] or [place.pk] for place in rows}
    every = {pk for parts in inside.values() for pk in parts}
    titles = {title.place_id: title for title in Title.objects.current().filter(place__in=every).order_by("valid_from", "pk")}
    buildings = Building.objects.select_related("place").in_bulk(list(every))
    found = {}
    for pk, parts in inside.items():
        building = next((buildings[part] for part in reversed(parts) if part in buildings), None)
        if building is not None and {NO_TITLE, NO_CERTIFICATE} & set(Held(building, titles.get(building.pk), None, None).gaps):
            found[pk] = building.place.name
    return found


def _order_gate(key: str, label: Any, action: str, judge: Any) -> None:
    declare_gate(
        Gate(
            key=key,
            label=label,
            actions=(action,),
            judge=judge,
            template="leasing/gate_order.html",
            answer=EarlierWay,
            many_answers=True,
            order=10,
        )
    )


_order_gate(PROVISION_ORDER, _("配置方式的顺序"), "leasing.provide_space", judge_provision)
_order_gate(DISPOSAL_ORDER, _("处置利用方式的顺序"), DISPOSE, judge_disposal)
declare_gate(Gate(CLEAR_TITLE, _("权属清楚才能处置"), (DISPOSE, LET), judge_title, template="leasing/gate_title.html", order=15))
