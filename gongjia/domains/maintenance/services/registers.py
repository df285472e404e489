"""The registers of repairs: crews, preventive plans, property contracts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.resource import Resource
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.maintenance.models import Contract, Crew, Plan
from gongjia.domains.maintenance.resources import CONTRACTS, CREWS, PLANS
from gongjia.domains.maintenance.services.stating import change


class RegisterCrew(Input, of=Crew):
    """A crew or a contractor."""

    code: str = given(synonyms=("编号",))
    name: str = given(synonyms=("名称",))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码",))
    kind: str = given("own")
    head: Annotated[int | None, Ref("org.person")] = given(None, synonyms=("负责人编号",))
    contact: str = given("")
    trades: str = given("")


class EditCrew(Input, of=Crew):
    """The fields of a crew that change."""

    id: Annotated[int, Ref("maintenance.crew")] = given(label=_("维修队伍"))
    name: str | None = given(None)
    kind: str | None = given(None)
    head: Annotated[int | None, Ref("org.person")] = given(None)
    contact: str | None = given(None)
    trades: str | None = given(None)


class RegisterPlan(Input, of=Plan):
    """Work that comes round."""

    code: str = given(synonyms=("编号",))
    name: str = given(synonyms=("名称",))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码",))
    place: Annotated[int, Ref("org.place")] = given(synonyms=("地点编号",))
    trade: str = given()
    every: int = given(3, help=_("每月 1、每季 3、每半年 6、每年 12。"))
    next_due: dt.date = given()
    lead_days: int = given(7, help=_("到期前多少天生成工单。"))
    work: str = given()
    crew: Annotated[int | None, Ref("maintenance.crew")] = given(None, help=_("填了就直接派给这支队伍。"))


class EditPlan(Input, of=Plan):
    """The fields of a plan that change."""

    id: Annotated[int, Ref("maintenance.plan")] = given(label=_("维护计划"))
    name: str | None = given(None)
    every: int | None = given(None)
    next_due: dt.date | None = given(None)
    lead_days: int | None = given(None)
    work: str | None = given(None)
    crew: Annotated[int | None, Ref("maintenance.crew")] = given(None)


class RegisterContract(Input, of=Contract):
    """A contract of property services."""

    number: str = given(synonyms=("合同编号",))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("单位编码",))
    provider: str = given(synonyms=("物业企业", "物业公司"))
    services: str = given("all")
    place: Annotated[int, Ref("org.place")] = given(help=_("院落、楼栋或房间；其中的工单算作这份合同的服务情况。"))
    area: Decimal = given()
    yearly_price: Decimal = given(synonyms=("年合同金额", "年物业费"))
    starts_on: dt.date = given()
    ends_on: dt.date = given()
    note: str = given("")


class EditContract(Input, of=Contract):
    """The fields of a contract that change."""

    id: Annotated[int, Ref("maintenance.contract")] = given(label=_("物业服务合同"))
    provider: str | None = given(None)
    area: Decimal | None = given(None)
    yearly_price: Decimal | None = given(None)
    ends_on: dt.date | None = given(None)
    note: str | None = given(None)


class ClosePlan(Input):
    """A plan that no longer comes round."""

    id: Annotated[int, Ref("maintenance.plan")] = given(label=_("维护计划"))
    reason: str = given(label=_("停止原因"))


class CloseContract(Input):
    """A contract that was ended or entered by mistake."""

    id: Annotated[int, Ref("maintenance.contract")] = given(label=_("物业服务合同"))
    reason: str = given(label=_("注销原因"))


@action("maintenance.register_crew", label=_("登记维修队伍"), subject="maintenance.crew", unit="unit", undo=restore_records)
def register_crews(context: Context, rows: Sequence[RegisterCrew]) -> list[int]:
    """Register crews."""
    return create_rows(context, CREWS, rows, **context.provenance())


@action("maintenance.edit_crew", label=_("修改维修队伍"), subject="maintenance.crew", undo=restore_records)
def edit_crews(context: Context, rows: Sequence[EditCrew]) -> list[int]:
    """Change the given fields of crews."""
    change_rows(context, CREWS, rows)
    return [row.id for row in rows]


@action("maintenance.register_plan", label=_("登记维护计划"), subject="maintenance.plan", unit="unit", undo=restore_records)
def register_plans(context: Context, rows: Sequence[RegisterPlan]) -> list[int]:
    """Register preventive plans."""
    return create_rows(context, PLANS, rows, **context.provenance())


@action("maintenance.edit_plan", label=_("修改维护计划"), subject="maintenance.plan", undo=restore_records)
def edit_plans(context: Context, rows: Sequence[EditPlan]) -> list[int]:
    """Change the given fields of preventive plans."""
    change_rows(context, PLANS, rows)
    return [row.id for row in rows]


@action("maintenance.close_plan", label=_("停止维护计划"), subject="maintenance.plan", undo=restore_records)
def close_plans(context: Context, rows: Sequence[ClosePlan]) -> list[int]:
    """Stop preventive plans."""
    return _close(context, PLANS, rows)


@action("maintenance.register_contract", label=_("登记物业合同"), subject="maintenance.contract", unit="unit", undo=restore_records)
def register_contracts(context: Context, rows: Sequence[RegisterContract]) -> list[int]:
    """Register contracts of property services."""
    return create_rows(context, CONTRACTS, rows, **context.provenance())


@action("maintenance.edit_contract", label=_("修改物业合同"), subject="maintenance.contract", undo=restore_records)
def edit_contracts(context: Context, rows: Sequence[EditContract]) -> list[int]:
    """Change the given fields of contracts."""
    change_rows(context, CONTRACTS, rows)
    return [row.id for row in rows]


@action("maintenance.close_contract", label=_("注销物业合同"), subject="maintenance.contract", undo=restore_records)
def close_contracts(context: Context, rows: Sequence[CloseContract]) -> list[int]:
    """Close contracts that no longer hold."""
    return _close(context, CONTRACTS, rows)


def _close(context: Context, resource: Resource, rows: Sequence[Any]) -> list[int]:
    for row in rows:
        change(context, resource, row.id, closed_on=context.on, close_reason=row.reason)
    return [row.id for row in rows]


@register_crews.check
def crew_codes_are_free(context: Context, rows: Sequence[RegisterCrew]) -> list[Problem]:
    """Refuse a code that the unit uses already."""
    return _taken(CREWS, rows, "code")


@register_plans.check
def plan_codes_are_free(context: Context, rows: Sequence[RegisterPlan]) -> list[Problem]:
    """Refuse a code that the unit uses already."""
    return _taken(PLANS, rows, "code")


@register_contracts.check
def contract_numbers_are_free(context: Context, rows: Sequence[RegisterContract]) -> list[Problem]:
    """Refuse a number that the unit uses already."""
    return _taken(CONTRACTS, rows, "number")


def _taken(resource: Resource, rows: Sequence[Any], name: str) -> list[Problem]:
    used = set(resource.all_rows().filter(unit__in={row.unit for row in rows}).values_list("unit", name))
    problems = []
    for index, row in enumerate(rows):
        key = (row.unit, getattr(row, name))
        if key in used:
            problems.append(Problem("duplicate_key", _now("“%(key)s”在这个单位已经用过。") % {"key": key[1]}, name, index))
        used.add(key)
    return problems


@register_contracts.check
@edit_contracts.check
def contract_makes_sense(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse an area of nothing, a price below nothing, and an end before the beginning."""
    begun = dict(Contract.objects.filter(pk__in=[getattr(row, "id", 0) for row in rows]).values_list("pk", "starts_on"))
    problems = []
    for index, row in enumerate(rows):
        starts = getattr(row, "starts_on", None) or begun.get(getattr(row, "id", 0))
        if row.area is not None and row.area <= 0:
            problems.append(Problem("no_area", _now("服务面积应大于 0。"), "area", index))
        if row.yearly_price is not None and row.yearly_price < 0:
            problems.append(Problem("negative", _now("金额不能小于 0。"), "yearly_price", index))
        if row.ends_on is not None and starts is not None and row.ends_on < starts:
            problems.append(Problem("dates", _now("终止日期早于起始日期。"), "ends_on", index))
    return problems
