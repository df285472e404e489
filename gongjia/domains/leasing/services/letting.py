"""Space let out: by the manager and by request; what using units let before is recorded and taken back; income goes to the treasury."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.leasing.choices import IncomeKind, LettingKind, LettingOrigin
from gongjia.domains.leasing.managing import managers_of
from gongjia.domains.leasing.models import SpaceIncome, SpaceLetting
from gongjia.domains.leasing.resources import DISPOSALS, INCOMES, LETTINGS
from gongjia.org.models import Place

LETTING = "leasing.let_space"


class LetSpace(Input, of=SpaceLetting):
    """Space that the manager lets out."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("只能是管理这处房屋的机关事务管理部门。"))
    place: Annotated[int, Ref("org.place")] = given()
    kind: str = given()
    party: str = given()
    area: Decimal = given()
    starts_on: dt.date = given()
    due_on: dt.date = given()
    annual_rent: Decimal = given(Decimal(0), help=_("出借填 0。"))
    purpose: str = given("")
    contract: str = given("")
    document: str = given("")


class RegisterLetting(LetSpace, of=SpaceLetting):
    """Space that a using unit had let before it was forbidden: recorded so that it is taken back."""

    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("出租单位", "出借单位"))
    place: Annotated[int, Ref("org.place")] = given(synonyms=("房屋编号", "房屋"))


class TakeBack(Input, of=SpaceLetting):
    """Let space that came back."""

    id: Annotated[int, Ref("leasing.letting")] = given(label=_("房屋出租出借"))
    taken_back_on: dt.date = given()


class RecordIncome(Input, of=SpaceIncome):
    """Rent of a letting."""

    letting: Annotated[int, Ref("leasing.letting")] = given(synonyms=("出租编号",))
    year: int = given(synonyms=("所属年度", "年度"))
    amount: Decimal = given(synonyms=("金额",))
    received_on: dt.date = given(synonyms=("收款日期",))
    remitted_on: dt.date | None = given(None, help=_("收支两条线：收入及时足额上缴国库。"), synonyms=("上缴日期",))
    voucher: str = given("", synonyms=("缴款书号",))


class RecordProceeds(Input, of=SpaceIncome):
    """Proceeds of a disposal."""

    id: Annotated[int, Ref("leasing.disposal")] = given(label=_("房屋处置利用"))
    year: int = given()
    amount: Decimal = given()
    received_on: dt.date = given()
    remitted_on: dt.date | None = given(None, help=_("收支两条线：收入及时足额上缴国库。"))
    voucher: str = given("")


class RemitIncome(Input, of=SpaceIncome):
    """The day and paper on which income was handed to the treasury."""

    id: Annotated[int, Ref("leasing.income")] = given(label=_("房屋收入"))
    remitted_on: dt.date | None = given(None)
    voucher: str | None = given(None)


def places_let(context: Context, rows: Sequence[LetSpace]) -> list[Claim]:
    """Reserve the area that is let, out of what the place has."""
    places = Place.objects.in_bulk([row.place for row in rows])
    return [Claim("org.place", row.place, row.area, places[row.place].usable_area, places[row.place].name) for row in rows]


def _write(context: Context, rows: Sequence[LetSpace], origin: str, **extra: Any) -> list[int]:
    numbers = numbered("FZ", context.on.year, len(rows))
    return create_rows(context, LETTINGS, rows, number=numbers, origin=origin, request_key=context.request_key, **extra)


@action(LETTING, label=_("申请出租出借房屋"), subject="leasing.letting", unit="unit", by_request=True, claims=places_let, danger=True)
def let_spaces(context: Context, rows: Sequence[LetSpace]) -> list[int]:
    """Let space out as granted."""
    return _write(context, rows, LettingOrigin.MANAGER.value)


@let_spaces.check
def only_the_manager_lets(context: Context, rows: Sequence[LetSpace]) -> list[Problem]:
    """Refuse a using unit: the space of a unit is let by its manager alone."""
    units = dict(Place.objects.filter(pk__in=[row.place for row in rows]).values_list("pk", "unit"))
    managers = managers_of(units.values())
    problems = []
    for index, row in enumerate(rows):
        manager = managers.get(units[row.place])
        if manager is None or row.unit != manager.pk:
            who = manager.name if manager else _now("（尚未指定）")
            text = _now("使用单位不得出租出借办公用房；这处房屋由机关事务管理部门%(who)s统一办理。") % {"who": who}
            problems.append(Problem("not_the_manager", text, "unit", index))
    return problems


def letting_makes_sense(context: Context, rows: Sequence[LetSpace]) -> list[Problem]:
    """Refuse dates the wrong way round, areas of nothing and rent on what is lent."""
    problems = []
    for index, row in enumerate(rows):
        if row.due_on < row.starts_on:
            problems.append(Problem("dates", _now("应收回日期早于起始日期。"), "due_on", index, value=row.due_on))
        if row.area <= 0:
            problems.append(Problem("area", _now("面积应大于 0。"), "area", index, value=row.area))
        if row.annual_rent < 0 or (row.kind == LettingKind.LEND and row.annual_rent):
            text = _now("租金不能小于 0；出借不收租金，收租金的是出租。")
            problems.append(Problem("rent", text, "annual_rent", index, value=row.annual_rent))
    return problems


let_spaces.check(letting_makes_sense)


@action("leasing.register_letting", label=_("登记原有出租出借"), subject="leasing.letting", unit="unit", undo=restore_records)
def register_lettings(context: Context, rows: Sequence[RegisterLetting]) -> list[int]:
    """Record what units had let, so that it is taken back when it ends."""
    return _write(context, rows, LettingOrigin.LEGACY.value, **context.provenance())


register_lettings.check(letting_makes_sense)


@action("leasing.take_back", label=_("登记收回"), subject="leasing.letting", undo=restore_records)
def take_back(context: Context, rows: Sequence[TakeBack]) -> list[int]:
    """Record that let space came back."""
    change_rows(context, LETTINGS, rows)
    return [row.id for row in rows]


take_back.when(lambda letting: letting.taken_back_on is None)


@take_back.check
def is_let(context: Context, rows: Sequence[TakeBack]) -> list[Problem]:
    """Refuse what is back already, and a return before the beginning."""
    lettings, problems = SpaceLetting.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        letting = lettings[row.id]
        if letting.taken_back_on:
            problems.append(Problem("returned", _now("已于 %(day)s 收回。") % {"day": letting.taken_back_on}, "id", index))
        elif row.taken_back_on < letting.starts_on:
            problems.append(Problem("dates", _now("收回日期早于起始日期。"), "taken_back_on", index, value=row.taken_back_on))
    return problems


@action("leasing.record_income", label=_("登记房屋收入"), subject="leasing.income", unit="letting", undo=restore_records)
def record_incomes(context: Context, rows: Sequence[RecordIncome]) -> list[int]:
    """Record rent of lettings."""
    units = LETTINGS.units_of([row.letting for row in rows])
    owners = [units[row.letting] for row in rows]
    return create_rows(context, INCOMES, rows, owners, unit_id=owners, **context.provenance())


@record_incomes.check
def rent_is_rent(context: Context, rows: Sequence[RecordIncome]) -> list[Problem]:
    """Refuse income of nothing and of what is lent."""
    named = SpaceLetting.objects.filter(pk__in=[row.letting for row in rows])
    lent = set(named.filter(kind=LettingKind.LEND).values_list("pk", flat=True))
    text = _now("金额应大于 0，且出借没有租金。")
    wrong = [index for index, row in enumerate(rows) if row.amount <= 0 or row.letting in lent]
    return [Problem("no_rent", text, "amount", index, value=rows[index].amount) for index in wrong]


@action("leasing.record_proceeds", label=_("登记处置收入"), subject="leasing.disposal")
def record_proceeds(context: Context, rows: Sequence[RecordProceeds]) -> list[int]:
    """Record proceeds of disposals."""
    units = DISPOSALS.units_of([row.id for row in rows])
    owners = [units[row.id] for row in rows]
    known = {"disposal_id": [row.id for row in rows], "unit_id": owners, "kind": IncomeKind.PROCEEDS.value}
    create_rows(context, INCOMES, rows, owners, **known)
    return [row.id for row in rows]


@record_proceeds.check
def proceeds_are_something(context: Context, rows: Sequence[RecordProceeds]) -> list[Problem]:
    """Refuse proceeds of nothing."""
    wrong = [index for index, row in enumerate(rows) if row.amount <= 0]
    return [Problem("no_proceeds", _now("金额应大于 0。"), "amount", index, value=rows[index].amount) for index in wrong]


@action("leasing.remit_income", label=_("登记上缴"), subject="leasing.income", undo=restore_records)
def remit_incomes(context: Context, rows: Sequence[RemitIncome]) -> list[int]:
    """Record that income was handed to the treasury."""
    change_rows(context, INCOMES, rows)
    return [row.id for row in rows]
