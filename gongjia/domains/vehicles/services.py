"""Changing vehicles: a vehicle is registered with its asset card, in one act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, columns_of, create_rows, end_rows, record_created
from gongjia.domains.vehicles.models import Quota, Vehicle
from gongjia.domains.vehicles.resources import QUOTAS, VEHICLES
from gongjia.ledger import entries
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.services import EditAsset, RegisterAsset, insert_cards, numbers_are_free, undo_assets, values_make_sense

VEHICLE = _("车辆信息")


class RegisterVehicle(RegisterAsset, of=Vehicle):
    """A vehicle and its card."""

    name: str = given("", group=_("基本信息"), synonyms=("车辆名称", "描述", "description"))
    plate: str = given("", group=VEHICLE, synonyms=("车牌号", "车牌", "号牌号码", "车号", "license", "plate"))
    purpose: str = given("", group=VEHICLE, synonyms=("用途分类", "车辆类型", "编制类别"))
    body: str = given("", group=VEHICLE, synonyms=("车型", "车身", "body"))
    vin: str = given("", group=VEHICLE, synonyms=("车架号", "车辆识别代号", "vin"))
    engine_number: str = given("", group=VEHICLE, synonyms=("发动机号",))
    displacement: Decimal | None = given(None, group=VEHICLE, synonyms=("排气量", "排量"))
    seats: int | None = given(None, group=VEHICLE, synonyms=("核定载客", "座位数"))
    energy: str = given("", group=VEHICLE, synonyms=("动力类型", "燃料种类", "能源类型", "fuel"))
    registered_on: dt.date | None = given(None, group=VEHICLE, synonyms=("注册日期", "入户时间", "注册登记日期"))
    price: Decimal | None = given(None, group=VEHICLE, synonyms=("车价", "购车价格", "裸车价"))
    special_need: bool = given(False, group=VEHICLE)
    year: int | None = given(None, group=VEHICLE, synonyms=("年款", "model year", "year"))


class EditVehicle(EditAsset, of=Vehicle):
    """The fields of a vehicle or of its card that change."""

    id: Annotated[int, Ref("vehicles.vehicle")] = given(label=_("车辆"))
    plate: str | None = given(None, group=VEHICLE)
    purpose: str | None = given(None, group=VEHICLE)
    body: str | None = given(None, group=VEHICLE)
    vin: str | None = given(None, group=VEHICLE)
    engine_number: str | None = given(None, group=VEHICLE)
    displacement: Decimal | None = given(None, group=VEHICLE)
    seats: int | None = given(None, group=VEHICLE)
    energy: str | None = given(None, group=VEHICLE)
    registered_on: dt.date | None = given(None, group=VEHICLE)
    price: Decimal | None = given(None, group=VEHICLE)
    special_need: bool | None = given(None, group=VEHICLE)
    year: int | None = given(None, group=VEHICLE)


@action("vehicles.register_vehicle", label=_("登记车辆"), subject="vehicles.vehicle", unit="unit", undo=undo_assets)
def register_vehicles(context: Context, rows: Sequence[RegisterVehicle]) -> list[int]:
    """Register vehicles with their asset cards and return their common keys."""
    ids = insert_cards(context, rows)
    columns = columns_of(Vehicle, rows)
    bulk.insert(Vehicle, len(ids), ids=ids, **columns)
    record_created(context, VEHICLES.key, ids, [row.unit for row in rows], columns)
    return ids


register_vehicles.check(numbers_are_free)
register_vehicles.check(values_make_sense)


@action("vehicles.edit_vehicle", label=_("修改车辆"), subject="vehicles.vehicle", undo=undo_assets)
def edit_vehicles(context: Context, rows: Sequence[EditVehicle]) -> list[int]:
    """Change the given fields of vehicles and of their cards."""
    entries.append_changes(context, change_rows(context, ASSETS, rows))
    change_rows(context, VEHICLES, rows)
    return [row.id for row in rows]


class SetQuota(Input, of=Quota):
    """The authorised number of vehicles of a unit and category from a day on."""

    unit: Annotated[int, Ref("org.unit")] = given()
    purpose: str = given()
    count: int = given()
    document: str = given("")
    valid_from: dt.date = given()
    valid_to: dt.date | None = given(None)


@action("vehicles.set_quota", label=_("核定车辆编制"), subject="vehicles.quota", unit="unit", undo=restore_records)
def set_quotas(context: Context, rows: Sequence[SetQuota]) -> list[int]:
    """Record quotas; an open quota of the same unit and category ends where the new one begins."""
    for row in rows:
        earlier = Quota.objects.known().filter(unit=row.unit, purpose=row.purpose, valid_to__isnull=True)
        end_rows(context, QUOTAS, dict.fromkeys(earlier.values_list("pk", flat=True), row.valid_from))
    return create_rows(context, QUOTAS, rows, recorded_at=context.now)
