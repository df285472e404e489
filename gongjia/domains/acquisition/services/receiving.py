"""验收入库: what was ordered comes, is found good and becomes cards; by hand or from a workbook of deliveries."""

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
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.acquisition.choices import OrderState
from gongjia.domains.acquisition.models import OrderLine, Receipt
from gongjia.domains.acquisition.resources import ORDERS, RECEIPTS
from gongjia.domains.costs.services import give_back
from gongjia.ledger.choices import Booking
from gongjia.ledger.numbers import card_numbers
from gongjia.ledger.services import RegisterAsset, insert_cards

WHAT, GOOD, CARDS = _("到货"), _("验收"), _("建卡")


class ReceiveGoods(Input, of=Receipt):
    """What came against one order line."""

    order: Annotated[int, Ref("acquisition.orderline")] = given(group=WHAT, synonyms=("订单编号", "采购订单", "order"))
    quantity: Decimal = given(group=WHAT, synonyms=("数量", "到货数量", "验收数量"))
    unit_price: Decimal | None = given(None, group=WHAT, synonyms=("实际单价", "单价"), help=_("不填则按订单单价；不能高于订单单价。"))
    received_on: dt.date = given(group=WHAT, synonyms=("验收日期", "到货日期"))
    supplier: str = given("", group=WHAT, synonyms=("供应商",))
    contract: str = given("", group=WHAT, synonyms=("合同编号",))
    invoice: str = given("", group=WHAT, synonyms=("发票号码", "发票号"))
    inspection: str = given("passed", group=GOOD, synonyms=("验收结论",))
    inspector: str = given(group=GOOD, synonyms=("验收人",))
    note: str = given("", group=GOOD, synonyms=("验收说明", "备注"))
    serials: str = given("", group=CARDS, label=_("产品序列号"), synonyms=("序列号",), help=_("多件时用逗号隔开，按顺序写入各卡片。"))
    one_card: bool = given(False, group=CARDS, label=_("合并为一张卡片"), help=_("成批的家具可以一张卡片记数量；设备一件一卡。"))
    place: Annotated[int | None, Ref("org.place")] = given(None, group=CARDS, label=_("存放地点"), synonyms=("存放地点", "房间编号"))
    custodian: Annotated[int | None, Ref("org.person")] = given(None, group=CARDS, label=_("使用人"), synonyms=("使用人工号", "使用人"))


class OrderProgress(Input):
    """How much of an order line has come."""

    id: int
    received: Decimal
    state: str


def serials_of(row: ReceiveGoods) -> list[str]:
    """Return the serial numbers as written, one a piece."""
    return [part.strip() for part in row.serials.replace("，", ",").replace("\n", ",").split(",") if part.strip()]


@action(
    "acquisition.receive_goods",
    label=_("验收入库"),
    subject="acquisition.receipt",
    unit="order",
    help=_("验收后按订单建立资产卡片，并可打印验收单和标签。"),
)
def receive_goods(context: Context, rows: Sequence[ReceiveGoods]) -> list[int]:
    """Receive deliveries: a receipt each, its cards, the order's progress, and what was cheaper goes back to the budget."""
    orders = OrderLine.objects.select_for_update().in_bulk({row.order for row in rows})
    prices = [orders[row.order].unit_price if row.unit_price is None else row.unit_price for row in rows]
    units = [orders[row.order].unit_id for row in rows]
    numbers = numbered("YS", context.on.year, len(rows))
    known = {"number": numbers, "unit_price": prices, "unit_id": units}
    receipts = create_rows(context, RECEIPTS, rows, units, **known, **context.provenance())
    for row, order, receipt, price in zip(rows, (orders[row.order] for row in rows), receipts, prices, strict=True):
        _make_cards(context, row, order, receipt, price)
        give_back(context, order.request_key, row.quantity * (order.unit_price - price), order.number, _now("实际价低于订单价"))
        order.received += row.quantity
    change_rows(context, ORDERS, [_progress(order) for order in orders.values()])
    return receipts


def _progress(order: OrderLine) -> OrderProgress:
    state = OrderState.RECEIVED if order.outstanding == 0 else OrderState.PARTLY
    return OrderProgress(id=order.pk, received=order.received, state=state.value)


def _make_cards(context: Context, row: ReceiveGoods, order: OrderLine, receipt: int, price: Decimal) -> None:
    """Register the cards of one delivery and tie them to its receipt."""
    pieces = 1 if row.one_card else int(row.quantity)
    each = row.quantity if row.one_card else Decimal(1)
    serials = serials_of(row) + [""] * pieces
    what: dict[str, Any] = {"unit": order.unit_id, "category": order.category_id, "name": order.name, "model": order.model}
    how: dict[str, Any] = {"quantity": each, "cost": price * each, "booking": Booking.UNBOOKED.value}
    when: dict[str, Any] = {"acquired_on": row.received_on, "in_service_on": row.received_on}
    whence: dict[str, Any] = {"supplier": row.supplier, "contract": row.contract or order.number}
    where: dict[str, Any] = {"place": row.place or order.place_id, "custodian": row.custodian or order.custodian_id}
    numbers = card_numbers(order.unit_id, row.received_on.year, pieces)
    cards = [RegisterAsset(number=n, serial=s, **what, **how, **when, **whence, **where) for n, s in zip(numbers, serials, strict=False)]
    ids = insert_cards(context, cards)
    bulk.insert(Receipt.assets.through, len(ids), receipt_id=receipt, asset_id=ids)


@receive_goods.check
def order_expects_it(context: Context, rows: Sequence[ReceiveGoods]) -> list[Problem]:
    """Refuse what was not ordered: more pieces, a higher price, an order that is over."""
    orders, problems = OrderLine.objects.in_bulk({row.order for row in rows}), []
    for index, row in enumerate(rows):
        order = orders[row.order]
        if order.state in (OrderState.RECEIVED, OrderState.CANCELLED):
            text = _now("订单 %(number)s %(state)s，不能再验收。") % {"number": order.number, "state": order.get_state_display()}
            problems.append(Problem("order_over", text, "order", index))
        elif not 0 < row.quantity <= order.outstanding:
            text = _now("订单 %(number)s 还有 %(left)s 待验收；多到的不能入库，先申请。")
            problems.append(
                Problem("too_many", text % {"number": order.number, "left": order.outstanding}, "quantity", index, value=row.quantity)
            )
        order.received += max(row.quantity, Decimal(0))
        if row.unit_price is not None and not 0 <= row.unit_price <= order.unit_price:
            text = _now("实际单价 %(price)s 元高于批准的 %(limit)s 元；先变更申请再验收。")
            problems.append(Problem("over_price", text % {"price": row.unit_price, "limit": order.unit_price}, "unit_price", index))
    return problems


@receive_goods.check
def delivery_makes_sense(context: Context, rows: Sequence[ReceiveGoods]) -> list[Problem]:
    """Refuse a day to come, half pieces on cards of their own, and serial numbers that are not as many as the pieces."""
    problems = []
    for index, row in enumerate(rows):
        if row.received_on > context.on:
            problems.append(Problem("in_future", _now("验收日期在今天之后。"), "received_on", index, value=row.received_on))
        if not row.one_card and row.quantity != int(row.quantity):
            problems.append(Problem("half_piece", _now("一件一卡时数量应是整数；或选“合并为一张卡片”。"), "quantity", index))
        count = len(serials_of(row))
        if count and count != (1 if row.one_card else row.quantity):
            text = _now("写了 %(count)s 个序列号，到货 %(pieces)s 件。") % {"count": count, "pieces": row.quantity}
            problems.append(Problem("serial_count", text, "serials", index))
    return problems
