"""Registering and editing buildings and rooms, which are places."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.resource import Resource
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, columns_of, record_created
from gongjia.domains.offices.models import Building, Room
from gongjia.domains.offices.resources import BUILDINGS, ROOMS
from gongjia.org.choices import PlaceKind
from gongjia.org.models import Place
from gongjia.org.resources import PLACES

PLACE = _("基本信息")


class RegisterPlace(Input, of=Place):
    """What every place has."""

    code: str = given(group=PLACE, synonyms=("编号", "代码", "code"))
    name: str = given(group=PLACE, synonyms=("名称", "name"))
    unit: Annotated[int, Ref("org.unit")] = given(group=PLACE, synonyms=("使用单位", "单位编码", "所属单位", "unit"))
    holding: str = given("owned", group=PLACE, synonyms=("产权形式", "取得形态", "权属性质"))
    usable_area: Decimal | None = given(None, group=PLACE, synonyms=("使用面积", "usable area"))
    floor_area: Decimal | None = given(None, group=PLACE, synonyms=("建筑面积", "floor area"))


class RegisterBuilding(RegisterPlace, of=Building):
    """A building, a leased-in part of one, land or a structure."""

    compound: Annotated[int | None, Ref("org.place")] = given(None, label=_("所在院落"), synonyms=("院落", "院落名称"))
    kind: str = given("building", synonyms=("不动产种类", "asset type"))
    address: str = given("", lender="org.Place.address", synonyms=("地址", "坐落", "address", "street address"))
    standing: str = given("", synonyms=("使用状况", "building status"))
    structure: str = given("", synonyms=("建筑结构", "结构"))
    storeys: int | None = given(None, synonyms=("层数", "楼层数"))
    high_rise: bool = given(False)
    built_year: int | None = given(None, synonyms=("建成年份", "建成时间", "construction date"))
    city: str = given("", synonyms=("城市", "city"))
    region: str = given("", synonyms=("省份", "state"))
    postcode: str = given("", synonyms=("邮政编码", "zip code", "postcode"))
    district: str = given("", synonyms=("片区",))
    title_reference: str = given("", synonyms=("不动产单元号", "uprn", "unique property reference number"))
    latitude: Decimal | None = given(None, synonyms=("latitude",))
    longitude: Decimal | None = given(None, synonyms=("longitude",))
    heritage: str = given("")
    note: str = given("", synonyms=("备注", "notes"))


class EditBuilding(Input, of=Building):
    """The fields of a building that change."""

    id: Annotated[int, Ref("offices.building")] = given(label=_("楼栋"))
    name: str | None = given(None, lender="org.Place.name")
    holding: str | None = given(None, lender="org.Place.holding")
    usable_area: Decimal | None = given(None, lender="org.Place.usable_area")
    floor_area: Decimal | None = given(None, lender="org.Place.floor_area")
    address: str | None = given(None, lender="org.Place.address")
    kind: str | None = given(None)
    standing: str | None = given(None)
    structure: str | None = given(None)
    storeys: int | None = given(None)
    high_rise: bool | None = given(None)
    built_year: int | None = given(None)
    city: str | None = given(None)
    region: str | None = given(None)
    postcode: str | None = given(None)
    district: str | None = given(None)
    title_reference: str | None = given(None)
    latitude: Decimal | None = given(None)
    longitude: Decimal | None = given(None)
    heritage: str | None = given(None)
    note: str | None = given(None)


class RegisterRoom(RegisterPlace, of=Room):
    """A room of a building."""

    building: Annotated[int, Ref("offices.building")] = given(synonyms=("楼栋", "楼栋编号", "所在楼栋"))
    floor_name: str = given("", synonyms=("楼层", "层"))
    use: str = given("office", lender="org.Place.use", synonyms=("用途", "房间用途", "用房类型"))
    seats: int | None = given(None, synonyms=("工位数",))
    rest_area: Decimal | None = given(None, synonyms=("休息室面积",))
    toilet_area: Decimal | None = given(None, synonyms=("卫生间面积",))
    project: Annotated[int | None, Ref("offices.project")] = given(None, help=_("只有技术业务用房填写。"), synonyms=("立项文号",))
    note: str = given("", synonyms=("备注",))


class EditRoom(Input, of=Room):
    """The fields of a room that change."""

    id: Annotated[int, Ref("offices.room")] = given(label=_("房间"))
    name: str | None = given(None, lender="org.Place.name")
    use: str | None = given(None, lender="org.Place.use")
    usable_area: Decimal | None = given(None, lender="org.Place.usable_area")
    floor_area: Decimal | None = given(None, lender="org.Place.floor_area")
    floor_name: str | None = given(None)
    seats: int | None = given(None)
    rest_area: Decimal | None = given(None)
    toilet_area: Decimal | None = given(None)
    project: Annotated[int | None, Ref("offices.project")] = given(None, help=_("只有技术业务用房填写。"))
    note: str | None = given(None)


def _insert_places(context: Context, rows: Sequence[Any], kinds: Sequence[str], parents: Sequence[int | None]) -> list[int]:
    columns = columns_of(Place, rows)
    columns.pop("kind", None)
    ids = bulk.insert(
        Place, len(rows), kind=list(kinds), parent_id=list(parents), **context.provenance(), created_at=context.now, **columns
    )
    _write_paths(ids, parents)
    return ids


def _write_paths(ids: Sequence[int], parents: Sequence[int | None]) -> None:
    wanted = sorted({pk for pk in parents if pk})
    known: dict[int | None, str] = {}
    for start in range(0, len(wanted), 900):
        known.update(Place.objects.filter(pk__in=wanted[start : start + 900]).values_list("pk", "path"))
    bulk.update(Place, ids, path=[f"{known.get(parent, '')}{pk}/" for pk, parent in zip(ids, parents, strict=True)])


@action("offices.register_building", label=_("登记楼栋"), subject="offices.building", unit="unit", undo=restore_records)
def register_buildings(context: Context, rows: Sequence[RegisterBuilding]) -> list[int]:
    """Register buildings as places and return their keys."""
    ids = _insert_places(context, rows, [row.kind for row in rows], [row.compound for row in rows])
    columns = columns_of(Building, rows)
    bulk.insert(Building, len(ids), ids=ids, **columns)
    _record(context, BUILDINGS, ids, rows, columns)
    return ids


def _record(context: Context, resource: Resource, ids: list[int], rows: Sequence[Any], columns: dict[str, Any]) -> None:
    units = [row.unit for row in rows]
    record_created(context, PLACES.key, ids, units, columns_of(Place, rows))
    record_created(context, resource.key, ids, units, columns)


@register_buildings.check
def areas_are_positive(context: Context, rows: Sequence[RegisterPlace]) -> list[Problem]:
    """Warn of an area of nothing or less: it is kept as given, and counts for nothing."""
    return [
        Problem(
            "area_not_positive",
            _now("“%(label)s”是 %(value)s，不大于 0。") % {"label": _now(label), "value": value},
            name,
            index,
            "warning",
            value,
        )
        for index, row in enumerate(rows)
        for name, label in (("floor_area", "建筑面积"), ("usable_area", "使用面积"))
        if (value := getattr(row, name)) is not None and value <= 0
    ]


@action("offices.edit_building", label=_("修改楼栋"), subject="offices.building", undo=restore_records)
def edit_buildings(context: Context, rows: Sequence[EditBuilding]) -> list[int]:
    """Change the given fields of buildings and of the places that they are."""
    _change_place(context, BUILDINGS, rows)
    return [row.id for row in rows]


def _change_place(context: Context, resource: Resource, rows: Sequence[Any]) -> None:
    change_rows(context, PLACES, rows)
    change_rows(context, resource, rows)


@action("offices.register_room", label=_("登记房间"), subject="offices.room", unit="unit", undo=restore_records)
def register_rooms(context: Context, rows: Sequence[RegisterRoom]) -> list[int]:
    """Register rooms under their floors, making the floors that are missing."""
    floors = _floors(context, rows)
    ids = _insert_places(context, rows, [PlaceKind.ROOM.value] * len(rows), [floors[row.building, row.floor_name] for row in rows])
    columns = columns_of(Room, rows)
    bulk.insert(Room, len(ids), ids=ids, **columns)
    _record(context, ROOMS, ids, rows, columns)
    return ids


register_rooms.check(areas_are_positive)


def _floors(context: Context, rows: Sequence[RegisterRoom]) -> dict[tuple[int, str], int]:
    """Return the place of each (building, floor name), made where missing; rooms without a floor stand under the building."""
    wanted = {(row.building, row.floor_name) for row in rows}
    found = {(building, ""): building for building, _name in wanted}
    live = Place.objects.live().filter(kind=PlaceKind.FLOOR, parent__in={building for building, _name in wanted})
    found.update({(parent, name): pk for parent, name, pk in live.values_list("parent_id", "name", "pk")})
    missing = sorted(wanted - set(found))
    owners = dict(Place.objects.filter(pk__in={building for building, _name in missing}).values_list("pk", "unit_id"))
    parents = [building for building, _name in missing]
    ids = bulk.insert(
        Place,
        len(missing),
        kind=PlaceKind.FLOOR.value,
        parent_id=parents,
        unit_id=[owners[pk] for pk in parents],
        code=[f"{building}-{name}" for building, name in missing],
        name=[name for _building, name in missing],
        created_at=context.now,
    )
    _write_paths(ids, parents)
    return {**found, **dict(zip(missing, ids, strict=True))}


@action("offices.edit_room", label=_("修改房间"), subject="offices.room", undo=restore_records)
def edit_rooms(context: Context, rows: Sequence[EditRoom]) -> list[int]:
    """Change the given fields of rooms and of the places that they are."""
    _change_place(context, ROOMS, rows)
    return [row.id for row in rows]
