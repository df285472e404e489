"""Changing the ledger: registering, editing, transferring cards, changing their state; each leaves its entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.models import AuditEntry
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, columns_of, create_rows, record_created
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset, Category
from gongjia.ledger.resources import ASSETS, CATEGORIES

BASIC, FINANCIAL, USE = _("基本信息"), _("财务信息"), _("使用信息")


class RegisterAsset(Input, of=Asset):
    """A new card, in the order of the paper form."""

    number: str = given(group=BASIC, synonyms=("资产编号", "资产编码", "卡片编号", "固定资产编号", "asset tag", "asset number", "编号"))
    name: str = given(group=BASIC, synonyms=("资产名称", "名称", "品名", "item name", "asset name"))
    category: Annotated[int | None, Ref("ledger.category")] = given(
        None, group=BASIC, synonyms=("资产分类代码", "分类代码", "类别代码", "资产代码", "category")
    )
    unit: Annotated[int, Ref("org.unit")] = given(group=BASIC, synonyms=("单位编码", "使用单位", "所属单位", "company"))
    account_subject: str = given("1601", group=FINANCIAL, synonyms=("会计科目", "单位会计科目"))
    acquisition: str = given("purchase", group=BASIC, synonyms=("取得方式",))
    acquired_on: dt.date | None = given(None, group=BASIC, synonyms=("取得日期", "购置日期", "购置时间", "purchase date"))
    model: str = given("", group=BASIC, synonyms=("规格型号", "型号", "规格", "model", "model name"))
    brand: str = given("", group=BASIC, synonyms=("品牌", "manufacturer"))
    serial: str = given("", group=BASIC, synonyms=("序列号", "产品序列号", "serial", "serial number"))
    measure: str = given("", group=BASIC, synonyms=("计量单位",))
    quantity: Decimal = given(Decimal(1), group=BASIC, synonyms=("数量", "账面数量", "quantity"))
    supplier: str = given("", group=BASIC, synonyms=("供应商", "supplier"))
    contract: str = given("", group=BASIC, synonyms=("合同编号", "order number"))
    warranty_until: dt.date | None = given(None, group=BASIC, synonyms=("保修截止日期",))
    holding: str = given("owned", group=BASIC)
    value_type: str = given("cost", group=FINANCIAL, synonyms=("价值类型",))
    cost: Decimal = given(Decimal(0), group=FINANCIAL, synonyms=("原值", "账面原值", "价值", "金额", "purchase cost", "cost"))
    fiscal_cost: Decimal | None = given(None, group=FINANCIAL, synonyms=("财政拨款", "其中财政拨款"))
    booking: str = given("booked", group=FINANCIAL, synonyms=("财务入账状态", "入账状态"))
    booked_on: dt.date | None = given(None, group=FINANCIAL, synonyms=("财务入账日期", "入账日期"))
    voucher: str = given("", group=FINANCIAL, synonyms=("会计凭证号", "凭证号"))
    depreciation_method: str = given("straight", group=FINANCIAL, synonyms=("折旧方法",))
    depreciation_months: int | None = given(None, group=FINANCIAL, synonyms=("折旧年限（月）", "折旧月数", "预计使用月数"))
    accumulated: Decimal = given(Decimal(0), group=FINANCIAL, synonyms=("累计折旧", "账面累计折旧"))
    on_books: bool = given(True, group=FINANCIAL)
    status: str = given("in_use", group=USE, synonyms=("使用状况", "使用状态", "状态", "status"))
    idle_since: dt.date | None = given(None, group=USE, synonyms=("闲置日期", "闲置起始日期"))
    department: str = given("", group=USE, synonyms=("使用部门", "department"))
    custodian: Annotated[int | None, Ref("org.person")] = given(
        None, group=USE, synonyms=("使用人工号", "使用人编号", "使用人", "username")
    )
    manager: str = given("", group=USE, synonyms=("管理人",))
    place: Annotated[int | None, Ref("org.place")] = given(None, group=USE, synonyms=("房间编号", "存放地点编号"))
    place_text: str = given("", group=USE, synonyms=("存放地点", "location", "地点"))
    in_service_on: dt.date | None = given(None, group=USE, synonyms=("投入使用日期", "启用日期"))
    secret: bool = given(False, group=USE)
    note: str = given("", group=USE, synonyms=("备注", "notes", "说明"))


class EditAsset(Input, of=Asset):
    """The fields of a card that change; a change of unit, place, custodian, state or value leaves an entry."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    name: str | None = given(None, group=BASIC)
    category: Annotated[int | None, Ref("ledger.category")] = given(None, group=BASIC)
    account_subject: str | None = given(None, group=FINANCIAL)
    acquisition: str | None = given(None, group=BASIC)
    acquired_on: dt.date | None = given(None, group=BASIC)
    model: str | None = given(None, group=BASIC)
    brand: str | None = given(None, group=BASIC)
    serial: str | None = given(None, group=BASIC)
    measure: str | None = given(None, group=BASIC)
    quantity: Decimal | None = given(None, group=BASIC)
    supplier: str | None = given(None, group=BASIC)
    contract: str | None = given(None, group=BASIC)
    warranty_until: dt.date | None = given(None, group=BASIC)
    holding: str | None = given(None, group=BASIC)
    value_type: str | None = given(None, group=FINANCIAL)
    cost: Decimal | None = given(None, group=FINANCIAL)
    fiscal_cost: Decimal | None = given(None, group=FINANCIAL)
    booking: str | None = given(None, group=FINANCIAL)
    booked_on: dt.date | None = given(None, group=FINANCIAL)
    voucher: str | None = given(None, group=FINANCIAL)
    depreciation_method: str | None = given(None, group=FINANCIAL)
    depreciation_months: int | None = given(None, group=FINANCIAL)
    accumulated: Decimal | None = given(None, group=FINANCIAL)
    on_books: bool | None = given(None, group=FINANCIAL)
    status: str | None = given(None, group=USE)
    idle_since: dt.date | None = given(None, group=USE)
    department: str | None = given(None, group=USE)
    custodian: Annotated[int | None, Ref("org.person")] = given(None, group=USE)
    manager: str | None = given(None, group=USE)
    place: Annotated[int | None, Ref("org.place")] = given(None, group=USE)
    place_text: str | None = given(None, group=USE)
    in_service_on: dt.date | None = given(None, group=USE)
    secret: bool | None = given(None, group=USE)
    note: str | None = given(None, group=USE)


class TransferAsset(Input, of=Asset):
    """A card that goes to another unit, with its new place and custodian; the unit may be one outside the applicant's rights."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    unit: Annotated[int, Ref("org.unit", anywhere=True)] = given(label=_("调入单位"))
    place: Annotated[int | None, Ref("org.place")] = given(None)
    custodian: Annotated[int | None, Ref("org.person")] = given(None)


class ChangeStatus(Input, of=Asset):
    """A card whose state of use changes from a day on."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    status: str = given()
    idle_since: dt.date | None = given(None, help=_("改为闲置时，从哪一天起闲置。"))


def undo_assets(context: Context, audited: Sequence[AuditEntry]) -> None:
    """Restore the cards of a batch and append the reversal of its entries."""
    restore_records(context, audited)
    for batch_id in {entry.batch_id for entry in audited}:
        entries.append_reversals(context, batch_id)


def insert_cards(context: Context, rows: Sequence[RegisterAsset]) -> list[int]:
    """Insert cards with their first entry and audit, for the register of the ledger and of every kind of asset that extends it."""
    columns: dict[str, Any] = columns_of(Asset, rows)
    columns["idle_since"] = [
        day or (row.acquired_on or context.on if row.status == AssetStatus.IDLE else None)
        for day, row in zip(columns["idle_since"], rows, strict=True)
    ]
    ids = bulk.insert(Asset, len(rows), **context.provenance(), created_at=context.now, **columns)
    entries.append_first(context, ids, columns)
    record_created(context, ASSETS.key, ids, columns["unit_id"], columns)
    return ids


@action("ledger.register_asset", label=_("登记资产"), subject="ledger.asset", unit="unit", undo=undo_assets)
def register_assets(context: Context, rows: Sequence[RegisterAsset]) -> list[int]:
    """Register cards and return their keys."""
    return insert_cards(context, rows)


@register_assets.check
def numbers_are_free(context: Context, rows: Sequence[RegisterAsset]) -> list[Problem]:
    """Refuse a number that its unit already uses, in the ledger or earlier in the same input."""
    taken: set[tuple[int, str]] = set()
    units = {row.unit for row in rows}
    numbers = [row.number for row in rows]
    held = Asset.objects.live().filter(unit__in=units) if len(units) < 900 else Asset.objects.live()
    for start in range(0, len(numbers) if held.exists() else 0, 900):
        taken.update(held.filter(number__in=numbers[start : start + 900]).values_list("unit", "number"))
    problems = []
    for index, row in enumerate(rows):
        if (row.unit, row.number) in taken:
            text = _now("资产编号“%(number)s”在这个单位已经用过。") % {"number": row.number}
            problems.append(Problem("duplicate_key", text, "number", index, value=row.number))
        taken.add((row.unit, row.number))
    return problems


@register_assets.check
def values_make_sense(context: Context, rows: Sequence[RegisterAsset]) -> list[Problem]:
    """Refuse negative quantities and depreciation above cost; warn of a cost of nothing."""
    problems = []
    for index, row in enumerate(rows):
        if row.quantity < 0:
            problems.append(Problem("negative", _now("数量不能小于 0。"), "quantity", index, value=row.quantity))
        if row.accumulated > row.cost >= 0 and row.accumulated > 0:
            problems.append(Problem("depreciation_over_cost", _now("累计折旧大于原值。"), "accumulated", index, "warning", row.accumulated))
    return problems


@action("ledger.edit_asset", label=_("修改资产"), subject="ledger.asset", undo=undo_assets)
def edit_assets(context: Context, rows: Sequence[EditAsset]) -> list[int]:
    """Change the given fields of cards; what moves value, place or state leaves an entry."""
    entries.append_changes(context, change_rows(context, ASSETS, rows))
    return [row.id for row in rows]


def whole_cards(context: Context, rows: Sequence[Any]) -> list[Claim]:
    """Reserve the cards that a request is about."""
    names = dict(Asset.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "name"))
    return [Claim(ASSETS.key, row.id, name=names.get(row.id, "")) for row in rows]


@action(
    "ledger.transfer_asset",
    label=_("申请调拨"),
    subject="ledger.asset",
    undo=undo_assets,
    by_request=True,
    claims=whole_cards,
    help=_("调出单位申请，调入单位和主管部门同意后，卡片转到调入单位名下。"),
)
def transfer_assets(context: Context, rows: Sequence[TransferAsset]) -> list[int]:
    """Move cards to another unit; place and custodian are cleared unless given."""
    whole = [TransferAsset(id=row.id, unit=row.unit, place=row.place, custodian=row.custodian) for row in rows]
    entries.append_changes(context, change_rows(context, ASSETS, whole), EntryKind.TRANSFER)
    return [row.id for row in rows]


transfer_assets.when(lambda card: card.status not in (AssetStatus.TO_DISPOSE, AssetStatus.DISPOSED))


@transfer_assets.check
def receiver_has_no_such_number(context: Context, rows: Sequence[TransferAsset]) -> list[Problem]:
    """Refuse a card whose number the receiving unit uses already, and one that is there already."""
    cards = {
        pk: (number, unit) for pk, number, unit in Asset.objects.filter(pk__in=[r.id for r in rows]).values_list("pk", "number", "unit")
    }
    numbers = {number for number, _unit in cards.values()}
    taken = set(Asset.objects.live().filter(unit__in={row.unit for row in rows}, number__in=numbers).values_list("unit", "number"))
    text = _now("资产编号“%(number)s”在调入单位已经用过；先改编号再调拨。")
    return [
        Problem("duplicate_key", text % {"number": cards[row.id][0]}, "unit", index)
        for index, row in enumerate(rows)
        if row.id in cards and (row.unit, cards[row.id][0]) in taken
    ]


@action("ledger.change_status", label=_("变更使用状况"), subject="ledger.asset", undo=undo_assets)
def change_status(context: Context, rows: Sequence[ChangeStatus]) -> list[int]:
    """Change the state of cards; a card that becomes idle keeps since when."""
    whole = [
        ChangeStatus(id=row.id, status=row.status, idle_since=(row.idle_since or context.on) if row.status == AssetStatus.IDLE else None)
        for row in rows
    ]
    entries.append_changes(context, change_rows(context, ASSETS, whole), EntryKind.STATUS)
    return [row.id for row in rows]


change_status.when(lambda card: card.status != AssetStatus.DISPOSED)


class RegisterCategory(Input, of=Category):
    """A class of a catalogue."""

    system: str = given(synonyms=("分类体系", "system"))
    edition: str = given(synonyms=("版本", "edition", "catalog_version"))
    code: str = given(synonyms=("品目编码", "catalog_code", "code", "分类代码"))
    name: str = given(synonyms=("品目名称", "catalog_name", "name", "分类名称"))
    parent_code: str = given("", synonyms=("parent_code", "上级代码"))
    level: int = given(1, synonyms=("level", "级次"))
    is_asset_class: bool = given(True)
    doubt: str = given("")


class EditCategory(Input, of=Category):
    """The fields of a class that change."""

    id: Annotated[int, Ref("ledger.category")] = given(label=_("资产分类"))
    name: str | None = given(None)
    parent_code: str | None = given(None)
    level: int | None = given(None)
    is_asset_class: bool | None = given(None)
    doubt: str | None = given(None)


@action("ledger.register_category", label=_("登记资产分类"), subject="ledger.category", undo=restore_records)
def register_categories(context: Context, rows: Sequence[RegisterCategory]) -> list[int]:
    """Register classes of a catalogue."""
    return create_rows(context, CATEGORIES, rows, **context.provenance())


@action("ledger.edit_category", label=_("修改资产分类"), subject="ledger.category", undo=restore_records)
def edit_categories(context: Context, rows: Sequence[EditCategory]) -> list[int]:
    """Change the given fields of classes."""
    change_rows(context, CATEGORIES, rows)
    return [row.id for row in rows]
