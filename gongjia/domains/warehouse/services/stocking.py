"""The way in: an idle asset is registered, taken in by request, appraised, stored and published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.writing import change_rows, columns_of, record_created
from gongjia.domains.warehouse.changing import (
    CardChange,
    ItemChange,
    change_cards,
    change_items,
    items_of,
    keep_to,
    record_passages,
)
from gongjia.domains.warehouse.choices import Grade, ItemState, PassageKind, Storage
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.publishing import publication
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.domains.warehouse.rules import months_left
from gongjia.domains.warehouse.terms import limit_of
from gongjia.domains.warehouse.wishing import match_items
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset

ITEM = _("资产")


class RegisterIdle(Input, of=StockItem):
    """An asset that its unit can spare."""

    asset: Annotated[int, Ref("ledger.asset")] = given(label=ITEM, synonyms=("资产编号",))
    cause: str = given("idle")
    occasion: Annotated[int | None, Ref("warehouse.occasion")] = given(None)
    defect: str = given("")


class TakeIn(Input, of=StockItem):
    """A registered asset that is to come into the warehouse."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)
    storage: str = given("virtual", help=_("体积大、数量多、不便分散存放的进实体仓；其余留在原处，只登记共享。"))


class AppraiseItem(Input, of=StockItem):
    """What an expert found of an item."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)
    grade: str = given()
    remaining_months: int | None = given(None, help=_("不填则按配置标准的最低使用年限和取得日期推算。"))
    appraised_value: Decimal | None = given(None)
    repair_cost: Decimal | None = given(None)
    defect: str = given("")
    appraised_on: dt.date | None = given(None)
    appraiser: str = given("")


class StoreItem(Input):
    """An appraised item that comes into stock, on a shelf or where it stands."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("库位"), help=_("实体仓必须填；虚拟仓不填，实物留在原处。"))


class PublishItem(Input, of=StockItem):
    """A stored item that other units may see."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)
    title: str = given("", help=_("不填则用资产名称。"))
    terms: str = given("both")
    emergency: bool = given(False)
    at_once: bool = given(False, label=_("立即向所有单位开放"), help=_("不勾选则依次由本单位、同级单位优先。"))


class EditItem(Input, of=StockItem):
    """The fields of an item that change."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)
    title: str | None = given(None)
    cause: str | None = given(None)
    terms: str | None = given(None)
    emergency: bool | None = given(None)
    repair_cost: Decimal | None = given(None)
    defect: str | None = given(None)


class NameItem(Input):
    """An item that goes one step on."""

    id: Annotated[int, Ref("warehouse.item")] = given(label=ITEM)


def item_claims(context: Context, rows: Sequence[TakeIn]) -> list[Claim]:
    """Reserve the cards themselves, so that nothing else moves them."""
    names = dict(Asset.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "name"))
    return [Claim("ledger.asset", row.id, name=names.get(row.id, "")) for row in rows]


@action("warehouse.register_idle", label=_("登记待盘活资产"), subject="warehouse.item", unit="asset")
def register_idle(context: Context, rows: Sequence[RegisterIdle]) -> list[int]:
    """Register assets that can be spared; their cards become idle. One that left the warehouse before comes back."""
    ids = [row.asset for row in rows]
    known = set(StockItem.objects.filter(pk__in=ids).values_list("pk", flat=True))
    fresh = [row for row in rows if row.asset not in known]
    columns = {name: values for name, values in columns_of(StockItem, fresh).items() if name != "asset_id"}
    bulk.insert(StockItem, len(fresh), ids=[row.asset for row in fresh], registered_on=context.on, **columns)
    units = dict(Asset.objects.filter(pk__in=ids).values_list("pk", "unit_id"))
    record_created(context, ITEMS.key, [row.asset for row in fresh], [units[row.asset] for row in fresh], columns)
    again = [_again(context, row) for row in rows if row.asset in known]
    change_items(context, again)
    busy = Asset.objects.filter(pk__in=ids).exclude(status=AssetStatus.IDLE).values_list("pk", flat=True)
    change_cards(context, [CardChange(id=pk, status=AssetStatus.IDLE.value, idle_since=context.on) for pk in busy], EntryKind.STATUS)
    return ids


def _again(context: Context, row: RegisterIdle) -> ItemChange:
    return ItemChange(
        id=row.asset,
        state=ItemState.REGISTERED.value,
        cause=row.cause,
        occasion=row.occasion,
        defect=row.defect,
        registered_on=context.on,
        stored_on=None,
        left_on=None,
        published_at=None,
    )


@register_idle.check
def may_be_shared(context: Context, rows: Sequence[RegisterIdle]) -> list[Problem]:
    """Refuse what is secret, disposed of, or registered already."""
    cards = Asset.objects.select_related("unit").in_bulk([row.asset for row in rows])
    here = set(StockItem.objects.filter(pk__in=cards).exclude(state=ItemState.OUT).values_list("pk", flat=True))
    problems = []
    for index, row in enumerate(rows):
        card = cards[row.asset]
        if card.secret or card.unit.secret:
            problems.append(Problem("secret", _now("涉密资产和涉密单位的资产不进公物仓，先作保密审查。"), "asset", index))
        elif card.status in (AssetStatus.DISPOSED, AssetStatus.LENT, AssetStatus.LEASED_OUT):
            text = _now("这张卡片是“%(state)s”，不能登记。") % {"state": card.get_status_display()}
            problems.append(Problem("not_spare", text, "asset", index))
        elif row.asset in here:
            problems.append(Problem("duplicate_key", _now("这件资产已经登记过。"), "asset", index, value=card.number))
        here.add(row.asset)
    return problems


@action("warehouse.take_in", label=_("申请入仓"), subject="warehouse.item", by_request=True, claims=item_claims)
def take_in(context: Context, rows: Sequence[TakeIn]) -> list[int]:
    """Accept registered assets for appraisal."""
    change_items(context, [ItemChange(id=row.id, state=ItemState.ACCEPTED.value, storage=row.storage) for row in rows])
    return [row.id for row in rows]


keep_to(take_in, ItemState.REGISTERED)


@action("warehouse.appraise_item", label=_("鉴定与估价"), subject="warehouse.item")
def appraise_items(context: Context, rows: Sequence[AppraiseItem]) -> list[int]:
    """Write down condition, value and remaining life; what waited for it may then be stored."""
    items = items_of(rows)
    whole = [row.model_copy(update={"remaining_months": _months(context, row, items[row.id])}) for row in rows]
    full = [AppraiseItem(**{**row.model_dump(), "appraised_on": row.appraised_on or context.on}) for row in whole]
    change_rows(context, ITEMS, full)
    waiting = [pk for pk, item in items.items() if item.state == ItemState.ACCEPTED]
    change_items(context, [ItemChange(id=pk, state=ItemState.APPRAISED.value) for pk in waiting])
    return [row.id for row in rows]


keep_to(appraise_items, ItemState.ACCEPTED, ItemState.APPRAISED, ItemState.STORED, ItemState.PUBLISHED)


def _months(context: Context, row: AppraiseItem, item: StockItem) -> int | None:
    """Return the months that were given, else those that the standard's least life leaves."""
    if row.remaining_months is not None:
        return row.remaining_months
    card = item.asset
    found = limit_of(card.unit, card.category.edition, card.category.code, "life", context.on) if card.category else None
    life = int(found.value * 12) if found else card.depreciation_months or 0
    return months_left(card.in_service_on or card.acquired_on, life, context.on)


@action("warehouse.store_item", label=_("入仓"), subject="warehouse.item")
def store_items(context: Context, rows: Sequence[StoreItem]) -> list[int]:
    """Bring appraised items into stock: on their shelf, or where they stand."""
    items = items_of(rows)
    change_cards(context, [CardChange(id=row.id, place=row.place) for row in rows if row.place], EntryKind.MOVE)
    change_items(context, [ItemChange(id=row.id, state=ItemState.STORED.value, stored_on=context.on, left_on=None) for row in rows])
    for item in items.values():
        item.stored_on = context.on
    record_passages(context, PassageKind.IN, [items[row.id] for row in rows])
    return [row.id for row in rows]


keep_to(store_items, ItemState.APPRAISED)


@store_items.check
def shelf_is_named(context: Context, rows: Sequence[StoreItem]) -> list[Problem]:
    """Refuse a physical item without a shelf."""
    kept = set(StockItem.objects.filter(pk__in=[row.id for row in rows], storage=Storage.PHYSICAL).values_list("pk", flat=True))
    text = _now("进实体仓要写库位。")
    return [Problem("missing", text, "place", index) for index, row in enumerate(rows) if row.id in kept and not row.place]


@action("warehouse.publish_item", label=_("发布"), subject="warehouse.item")
def publish_items(context: Context, rows: Sequence[PublishItem]) -> list[int]:
    """Put stored items into the window and tell those whose wishes they meet."""
    items = items_of(rows)
    change_items(context, [publication(context, row, items[row.id]) for row in rows])
    match_items(context, [row.id for row in rows])
    return [row.id for row in rows]


keep_to(publish_items, ItemState.STORED, ItemState.PUBLISHED)


@publish_items.check
def is_of_use(context: Context, rows: Sequence[PublishItem]) -> list[Problem]:
    """Refuse to show what the appraisal found to be of no use."""
    spent = set(StockItem.objects.filter(pk__in=[row.id for row in rows], grade=Grade.SPENT).values_list("pk", flat=True))
    text = _now("鉴定为无使用价值，不能发布；请按处置程序办理。")
    return [Problem("spent", text, "id", index) for index, row in enumerate(rows) if row.id in spent]


@action("warehouse.hide_item", label=_("下架"), subject="warehouse.item")
def hide_items(context: Context, rows: Sequence[NameItem]) -> list[int]:
    """Take items out of the window; they stay in stock."""
    change_items(context, [ItemChange(id=row.id, state=ItemState.STORED.value, published_at=None) for row in rows])
    return [row.id for row in rows]


keep_to(hide_items, ItemState.PUBLISHED)


@action("warehouse.withdraw_item", label=_("撤回自用"), subject="warehouse.item")
def withdraw_items(context: Context, rows: Sequence[NameItem]) -> list[int]:
    """Let the own unit use what it had offered."""
    items = items_of(rows)
    change_cards(context, [CardChange(id=row.id, status=AssetStatus.IN_USE.value, idle_since=None) for row in rows], EntryKind.STATUS)
    change_items(context, [ItemChange(id=row.id, state=ItemState.OUT.value, left_on=context.on, published_at=None) for row in rows])
    record_passages(context, PassageKind.WITHDRAW, [items[row.id] for row in rows if items[row.id].stored_on])
    return [row.id for row in rows]


keep_to(withdraw_items, ItemState.REGISTERED, ItemState.ACCEPTED, ItemState.APPRAISED, ItemState.STORED, ItemState.PUBLISHED)


@action("warehouse.edit_item", label=_("修改"), subject="warehouse.item")
def edit_items(context: Context, rows: Sequence[EditItem]) -> list[int]:
    """Change the given fields of items."""
    change_rows(context, ITEMS, rows)
    return [row.id for row in rows]
