"""Budgets of this year, allocation plans, and what was ordered and came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gongjia.core import audit
from gongjia.core.action import actions, context_for
from gongjia.demo.constants import TODAY
from gongjia.demo.seeding import ORIGIN
from gongjia.demo.warehouse import Keeper
from gongjia.domains.acquisition.models import OrderLine
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.costs.services import move
from gongjia.ledger.models import Asset
from gongjia.org.models import Person, Unit

YEAR = TODAY.year
ADOPTED_ON, DRAFTED_ON = dt.date(YEAR, 2, 26), dt.date(YEAR, 11, 10)
SUBJECTS = (("31002", "办公设备购置", 900), ("31003", "专用设备购置", 700), ("31007", "信息网络及软件购置更新", 500))
"""What each body has by the person under the economic subjects of buying; the second and third only where there are many people."""
MANY = 60
GOODS = (  # class, name, model, price, how many at once
    ("A02010105", "台式计算机", "YT-500", 4300, 3),
    ("A02010108", "便携式计算机", "YB-14", 5800, 2),
    ("A02021104", "液晶显示器", "YX-24", 1050, 4),
    ("A02021301", "碎纸机", "SZ-9", 850, 1),
    ("A05010201", "办公桌", "1.4 m", 1350, 4),
    ("A05010301", "办公椅", "", 560, 6),
    ("A05010502", "文件柜", "四门", 780, 5),
    ("A02061804", "空调机", "1.5 匹", 3600, 2),
)
BUYERS = ("YC-JG", "SQ-JG", "YC-SL", "SQ-JY", "YC-CZ", "QX-WJ", "YC-ZW", "ML-JG", "YC-YJ", "YC-DA")
CHECKED_BY = ("周明", "李岚", "陈启")
SELLERS = ("云川信达办公设备有限公司", "云川同兴家具有限公司", "云川汇通商贸有限公司")
DAYS = (dt.date(YEAR, 8, 11), dt.date(YEAR, 8, 26), dt.date(YEAR, 9, 17), dt.date(YEAR, 10, 15), dt.date(YEAR, 11, 12))
"""What came before September would miss depreciation that former books brought over."""


def write_budgets(keeper: Keeper) -> int:
    """Register the lines of every body that has people, as the budget was approved, and return how many there are."""
    keeper.day = dt.date(YEAR, 1, 20)
    heads = _heads()
    rows = [
        {"code": f"{YEAR}-{subject}-01", "unit": keeper.keys.units[code], "year": YEAR, "subject": subject, "name": name}
        | {"amount": max(8, people) * each // 1000 * 1000 + 60_000, "project": f"{code}-{YEAR}-01"}
        for code, pk in keeper.keys.units.items()
        if (people := heads.get(pk, 0))
        for subject, name, each in SUBJECTS
        if subject == "31002" or people > MANY * keeper.size
    ]
    return len(keeper.do("costs.register_line", rows))


def _heads() -> dict[int, int]:
    heads: dict[int, int] = {}
    for unit in Person.objects.filter(status="active", unit__kind="body").values_list("unit", flat=True):
        heads[unit] = heads.get(unit, 0) + 1
    return heads


def write_purchases(keeper: Keeper) -> int:
    """Plan, order and receive, and return how many order lines there are."""
    keeper.day = dt.date(YEAR, 2, 10)
    plans = _plans(keeper)
    for number, day in enumerate(DAYS):
        keeper.day = day
        for buyer in range(number % 2, len(BUYERS), 2):
            _order(keeper, number + buyer, BUYERS[buyer], plans if number == 0 else {})
    _receive(keeper)
    return OrderLine.objects.count()


def _plans(keeper: Keeper) -> dict[tuple[str, str], int]:
    """Plan every buyer's year, adopt it, and draft some of the next; return the adopted lines by unit and class."""
    keys = [(code, number) for code in BUYERS for number in range(3)]
    ids = keeper.do("acquisition.plan_asset", [_plan(keeper, code, number, YEAR) for code, number in keys])
    keeper.day = ADOPTED_ON
    keeper.do("acquisition.adopt_plan", [{"id": pk} for pk in ids[:-3]])
    keeper.day = DRAFTED_ON
    keeper.do("acquisition.plan_asset", [_plan(keeper, code, number, YEAR + 1) for code, number in keys[:15]])
    return {(code, _goods(code, number)[0]): pk for (code, number), pk in zip(keys[:-3], ids, strict=False)}


def _goods(code: str, number: int) -> tuple[str, str, str, int, int]:
    return GOODS[(BUYERS.index(code) + number) % len(GOODS)]


def _plan(keeper: Keeper, code: str, number: int, year: int) -> dict[str, Any]:
    category, name, _model, price, count = _goods(code, number)
    what = {"category": keeper.keys.classes[category], "name": name, "quantity": count + 2, "unit_price": price}
    return {"code": f"PZ{year}-{number + 1:02d}", "unit": keeper.keys.units[code], "year": year, "reason": "到龄更新", **what}


def _order(keeper: Keeper, number: int, buyer: str, plans: dict[tuple[str, str], int]) -> None:
    """Order one line in its own request, and let the buyer's budget line pay it."""
    category, name, model, price, count = _goods(buyer, number % 3)
    unit = keeper.keys.units[buyer]
    row: dict[str, Any] = {"unit": unit, "category": keeper.keys.classes[category], "name": name, "model": model, "quantity": count}
    row |= {"unit_price": price, "use": "替换到龄设备", "plan": plans.get((buyer, category))}
    request, now = f"DEMO-CG-{buyer}-{number + 1:02d}", dt.datetime(keeper.day.year, keeper.day.month, keeper.day.day, 2, tzinfo=dt.UTC)
    given = {name: value for name, value in row.items() if value not in (None, "")}
    moment: dict[str, Any] = {"on": keeper.day, "now": now, "request_key": request}
    (pk,) = actions["acquisition.purchase_asset"].run_many(keeper.actor, [given], origin=ORIGIN, **moment).ids
    order = OrderLine.objects.get(pk=pk)
    line = BudgetLine.objects.get(unit=unit, year=YEAR, subject="31002")
    context = context_for(keeper.actor, ORIGIN, **moment)
    context.batch = audit.open_batch("acquisition.purchase_asset", context.actor_id, ORIGIN, None)
    move(context, line.pk, order.quantity * order.unit_price, order.number, "购置申请批准")
    audit.write(context.trail, context.batch, "acquisition.purchase_asset", context.actor_id)


def _receive(keeper: Keeper) -> None:
    """Let most of what was ordered come: some in part, some cheaper, one in ten cancelled; the last orders still wait."""
    orders = list(OrderLine.objects.filter(ordered_on__lt=DAYS[-1]).order_by("pk"))
    for day in DAYS[:-1]:
        keeper.day = day + dt.timedelta(days=24)
        came = [(number, order) for number, order in enumerate(orders) if order.ordered_on == day and number % 10 not in (4, 7)]
        keeper.do("acquisition.receive_goods", [_delivery(keeper, number, order) for number, order in came])
    keeper.do("acquisition.cancel_order", [{"id": order.pk, "reason": "由公物仓调剂解决"} for order in orders[4::10]])
    _put_in_use(keeper)


def _delivery(keeper: Keeper, number: int, order: OrderLine) -> dict[str, Any]:
    part = order.quantity > 1 and number % 10 == 2
    row: dict[str, Any] = {"order": order.pk, "quantity": 1 if part else order.quantity, "received_on": keeper.day}
    row |= {"supplier": SELLERS[number % len(SELLERS)], "inspector": CHECKED_BY[number % len(CHECKED_BY)]}
    row |= {"contract": f"{order.number}-HT", "invoice": f"{26000100 + number * 7}", "one_card": order.name == "办公椅"}
    if number % 5 == 3:
        row["unit_price"] = order.unit_price - 50
    return row | ({"inspection": "remarks", "note": "外包装有破损，物品完好"} if number % 6 == 5 else {})


def _put_in_use(keeper: Keeper) -> None:
    """Issue what came to people of the unit, and let finance book all but the latest."""
    keeper.day = TODAY - dt.timedelta(days=4)
    cards = list(Asset.objects.filter(receipts__isnull=False).order_by("pk"))
    keeper.do("ledger.edit_asset", [_booked(card) for card in cards if card.acquired_on and card.acquired_on < dt.date(YEAR, 11, 1)])
    people = _people([card.unit_id for card in cards])
    free = [card for card in cards if card.custodian_id is None and people.get(card.unit_id)]
    rows = [{"id": card.pk, "custodian": people[card.unit_id][n % len(people[card.unit_id])]} for n, card in enumerate(free)]
    keeper.do("custody.issue_asset", [{**row, "remark": "新购领用"} for row in rows[: len(rows) * 2 // 3]])


def _booked(card: Asset) -> dict[str, Any]:
    on = card.acquired_on
    return {"id": card.pk, "booking": "booked", "booked_on": on, "voucher": f"记-{on:%m}-{card.pk % 90 + 10}"}


def _people(units: Sequence[int]) -> dict[int, list[int]]:
    """Return the active people of each unit, those of its departments included."""
    found: dict[int, list[int]] = {}
    for unit in Unit.objects.filter(pk__in=set(units)):
        staff = Person.objects.live().filter(unit__path__startswith=unit.path, status="active").order_by("pk")
        found[unit.pk] = list(staff.values_list("pk", flat=True)[:6])
    return found
