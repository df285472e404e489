"""Registering and editing what is leased in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.offices.models import Lease
from gongjia.domains.offices.resources import LEASES


class RegisterLease(Input, of=Lease):
    """A lease of space that the public takes in."""

    number: str = given(synonyms=("合同编号", "租赁合同编号", "lease number"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("承租单位", "单位编码"))
    place: Annotated[int | None, Ref("org.place")] = given(None, synonyms=("租赁房屋",))
    location: str = given("", synonyms=("坐落编号", "location code"))
    name: str = given("", synonyms=("房屋名称", "real property asset name"))
    address: str = given("", synonyms=("坐落", "地址", "street address"))
    city: str = given("", synonyms=("城市", "city"))
    region: str = given("", synonyms=("省份", "state"))
    postcode: str = given("", synonyms=("邮政编码", "zip code"))
    district: str = given("", synonyms=("片区",))
    latitude: Decimal | None = given(None, synonyms=("latitude",))
    longitude: Decimal | None = given(None, synonyms=("longitude",))
    lessor: str = given("", synonyms=("出租人", "出租方", "lessor"))
    starts_on: dt.date | None = given(None, synonyms=("租期起", "起始日期", "lease effective date"))
    ends_on: dt.date | None = given(None, synonyms=("租期止", "到期日期", "lease expiration date"))
    usable_area: Decimal | None = given(None, synonyms=("使用面积",))
    floor_area: Decimal | None = given(None, synonyms=("建筑面积",))
    annual_rent: Decimal | None = given(None, synonyms=("年租金", "租金"))
    note: str = given("", synonyms=("备注",))


class EditLease(Input, of=Lease):
    """The fields of a lease that change."""

    id: Annotated[int, Ref("offices.lease")] = given(label=_("租赁合同"))
    name: str | None = given(None)
    lessor: str | None = given(None)
    starts_on: dt.date | None = given(None)
    ends_on: dt.date | None = given(None)
    usable_area: Decimal | None = given(None)
    floor_area: Decimal | None = given(None)
    annual_rent: Decimal | None = given(None)
    address: str | None = given(None)
    city: str | None = given(None)
    region: str | None = given(None)
    postcode: str | None = given(None)
    district: str | None = given(None)
    latitude: Decimal | None = given(None)
    longitude: Decimal | None = given(None)
    note: str | None = given(None)


@action("offices.register_lease", label=_("登记租赁合同"), subject="offices.lease", unit="unit", undo=restore_records)
def register_leases(context: Context, rows: Sequence[RegisterLease]) -> list[int]:
    """Register leases."""
    return create_rows(context, LEASES, rows, **context.provenance())


@action("offices.edit_lease", label=_("修改租赁合同"), subject="offices.lease", undo=restore_records)
def edit_leases(context: Context, rows: Sequence[EditLease]) -> list[int]:
    """Change the given fields of leases."""
    change_rows(context, LEASES, rows)
    return [row.id for row in rows]
