"""Who holds what: issues, returns and hand-overs, lettings with their rent, repairs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from gongjia.demo.buying import BUYERS
from gongjia.demo.warehouse import Keeper
from gongjia.domains.custody.models import Letting
from gongjia.ledger.models import Asset
from gongjia.org.models import Person, Unit

LETTINGS = (  # unit, class, kind, who, what for, from, until, rent, day of return
    ("YC-JG", "A02021104", "lease", "云川会展服务有限公司（虚构）", "会展服务", (2026, 1, 5), (2026, 12, 31), "18000", None),
    ("SQ-JG", "A020618", "lease", "石桥县惠民餐饮店（虚构）", "便民餐厅设备", (2025, 11, 1), (2026, 10, 31), "9600", None),
    ("YC-JG", "A02010108", "lend", "云川市志愿者协会（虚构）", "志愿服务活动", (2026, 7, 1), (2026, 9, 30), "", None),
    ("SQ-JY", "A02010105", "lend", "双桥镇中心小学（虚构）", "教学活动", (2026, 9, 1), (2027, 1, 20), "", None),
    ("YC-SL", "A02021104", "lease", "云川水利学会（虚构）", "学术交流", (2026, 3, 2), (2026, 8, 31), "4800", (2026, 8, 28)),
    ("YC-ZW", "A0201010", "lend", "云川市残疾人联合会（虚构）", "便民服务", (2026, 5, 6), (2026, 6, 30), "", (2026, 7, 3)),
)
RENT_PAID = {0: (("9000", (2026, 3, 10), (2026, 3, 18)), ("9000", (2026, 9, 8), None)), 1: (("9600", (2025, 12, 2), None),)}
RENT_PAID |= {4: (("4800", (2026, 3, 20), (2026, 3, 27)),)}
"""Rent by the place of its letting: amount, when it came, when it went to the treasury."""
REPAIRS = (
    ("无法开机", "更换电源", 260),
    ("屏幕花屏", "更换屏线", 180),
    ("运行缓慢", "更换固态硬盘", 420),
    ("制冷不足", "加注制冷剂并清洗", 320),
    ("异响", "更换风扇", 150),
    ("网络中断", "更换接口模块", 380),
)
MENDERS = ("云川诚修电子服务部", "云川安冷制冷维修部")


def write_holding(keeper: Keeper) -> int:
    """Hand things over, let some, mend some, and return how many lettings there are."""
    _hand_over(keeper)
    _let(keeper)
    _mend(keeper)
    return Letting.objects.count()


def cards_of(keeper: Keeper, code: str, **conditions: Any) -> QuerySet[Asset]:
    """Return the cards of a body and its departments that nothing else in the demo touches, in a fixed order."""
    path = Unit.objects.values_list("path", flat=True).get(pk=keeper.keys.units[code])
    rows = Asset.objects.live().filter(unit__path__startswith=path, secret=False, vehicle=None, stock_item=None, **conditions)
    rows = rows.filter(acquired_on__isnull=False, acquired_on__lt=dt.date(2025, 1, 1), category__edition="2022")
    movable = Q(category__code__startswith="A02") | Q(category__code__startswith="A05")
    return rows.filter(movable).exclude(pk__in=keeper.used).order_by("pk")


def take(keeper: Keeper, rows: QuerySet[Asset], number: int) -> list[Asset]:
    """Return the first cards, which are not taken again."""
    found = list(rows[:number])
    keeper.used.update(card.pk for card in found)
    return found


def _hand_over(keeper: Keeper) -> None:
    """Give things back in spring, hand things over in summer, issue in autumn what lay idle."""
    staff = {code: _staff(keeper, code) for code in BUYERS}
    held = {code: take(keeper, cards_of(keeper, code, status="in_use", custodian__status="active"), 4) for code in BUYERS}
    keeper.day = dt.date(2026, 4, 14)
    keeper.do("custody.return_asset", [{"id": card.pk, "remark": "岗位调整退库"} for cards in held.values() for card in cards[:2]])
    keeper.day = dt.date(2026, 7, 2)
    keeper.do("custody.hand_over_asset", [row for code, cards in held.items() for row in _to_another(cards[2:], staff[code])])
    keeper.day = dt.date(2026, 10, 16)
    again = [(cards[0].pk, staff[code][0]) for code, cards in held.items() if cards]
    keeper.do("custody.issue_asset", [{"id": pk, "custodian": person, "remark": "新到岗领用"} for pk, person in again])


def _staff(keeper: Keeper, code: str) -> list[int]:
    path = Unit.objects.values_list("path", flat=True).get(pk=keeper.keys.units[code])
    people = Person.objects.live().filter(unit__path__startswith=path, status="active")
    return list(people.order_by("pk").values_list("pk", flat=True))


def _to_another(cards: Sequence[Asset], people: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"id": card.pk, "custodian": next(pk for pk in people if pk != card.custodian_id), "remark": "轮岗移交"}
        for card in cards
        if any(pk != card.custodian_id for pk in people)
    ]


def _let(keeper: Keeper) -> None:
    """Let what the units can spare: under way, overdue, returned; with rent remitted and not."""
    for number, (code, what, kind, party, purpose, starts, ends, rent, back) in enumerate(LETTINGS):
        keeper.day = dt.date(*starts)
        worth = cards_of(keeper, code, status="in_use", category__code__startswith="A02", cost__gte=900)
        (card,) = take(keeper, worth.filter(category__code__startswith=what), 1) or take(keeper, worth, 1)
        row = {"id": card.pk, "kind": kind, "party": party, "purpose": purpose, "starts_on": dt.date(*starts), "due_on": dt.date(*ends)}
        row |= {"rent": rent, "contract": f"ZL-{starts[0]}-{number + 1:02d}", "document": f"云机管函〔{starts[0]}〕{number + 31}号（虚构）"}
        keeper.do("custody.let_asset", [row])
        letting = Letting.objects.get(asset=card.pk)
        for amount, came, went in RENT_PAID.get(number, ()):
            _rent(keeper, letting, amount, dt.date(*came), dt.date(*went) if went else None)
        if back:
            keeper.day = dt.date(*back)
            keeper.do("custody.end_letting", [{"id": letting.pk, "returned_on": keeper.day, "condition": "worn"}])


def _rent(keeper: Keeper, letting: Letting, amount: str, came: dt.date, went: dt.date | None) -> None:
    keeper.day = went or came
    row: dict[str, Any] = {"letting": letting.pk, "amount": amount, "received_on": came}
    keeper.do("custody.record_income", [row | ({"remitted_on": went, "voucher": f"非税{went:%Y%m%d}01"} if went else {})])


def _mend(keeper: Keeper) -> None:
    """Mend equipment of several units through the year; one server is renewed, and lasts longer."""
    count, rows = keeper.many(60), []
    for number in range(count):
        day = dt.date(2026, 2, 3) + dt.timedelta(days=number * 285 // count)
        fault, work, cost = REPAIRS[number % len(REPAIRS)]
        what = {"fault": fault, "work": work, "cost": cost, "done_on": day, "vendor": MENDERS[number % 2]}
        cards = take(keeper, _mendable(keeper, BUYERS[number % len(BUYERS)]), 1)
        rows += [{"asset": card.pk, **what, "voucher": f"记-{day:%m}-{number + 40}"} for card in cards]
    keeper.day = dt.date(2026, 11, 18)
    keeper.do("custody.record_repair", rows)
    keeper.day = dt.date(2026, 10, 20)
    for card in take(keeper, _mendable(keeper, "YC-JG").filter(cost__gt=3000, depreciation_months__gt=0), 1):
        row = {"asset": card.pk, "fault": "容量不足", "work": "扩容改造，更换主板和内存", "cost": 2600, "done_on": keeper.day}
        keeper.do("custody.record_repair", [row | {"vendor": MENDERS[0], "capitalised": True, "months_added": 24, "voucher": "记-10-88"}])


def _mendable(keeper: Keeper, code: str) -> QuerySet[Asset]:
    return cards_of(keeper, code, status="in_use", category__code__startswith="A02", cost__gte=900).order_by("-pk")
