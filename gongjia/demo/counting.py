"""A count of the bureau that is over, with things missing, moved and found; one of a county that goes on; and what finance says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongjia.demo.constants import TODAY
from gongjia.demo.leaving import left
from gongjia.demo.warehouse import Keeper
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.ledger.models import Asset
from gongjia.org.models import Place, Unit, User

BUREAU, COUNTY, OFFICE = "YC-JG", "SQ", "SQ-JG"
OPENED, COUNTED = dt.date(2026, 10, 21), dt.date(2026, 10, 30)
BOOKS = dt.date(2026, 10, 31)
MISSING, MOVED = 3, 4
SURPLUS = (("会议音箱", "A02060000", "1800"), ("档案柜", "A05010502", "760"))


def write_rounds(keeper: Keeper) -> int:
    """Count, import the balances of finance, and return how many rounds there are."""
    clerk = replace(keeper, actor=User.objects.get(username="bureau"))
    _bureau(clerk)
    _county(replace(keeper, actor=User.objects.get(username="county")))
    _balances(clerk)
    return Round.objects.count()


def _bureau(keeper: Keeper) -> None:
    """Count everything but three things; four stand elsewhere, two have no card."""
    keeper.day = OPENED
    unit = keeper.keys.units[BUREAU]
    (pk,) = keeper.do(
        "inventory.open_round", [{"title": f"市机关事务管理局 {OPENED.year} 年度盘点", "unit": unit, "due_on": dt.date(2026, 11, 20)}]
    )
    keeper.day = COUNTED
    lines = list(CountLine.objects.filter(round=pk).order_by("pk").values_list("asset__number", "book_place"))
    rooms = list(Place.objects.live().filter(unit=unit, kind="room").order_by("pk").values_list("pk", flat=True))
    keeper.do("inventory.count_asset", [_scan(pk, n, number, place, rooms) for n, (number, place) in enumerate(lines[:-MISSING])])
    keeper.do("inventory.record_surplus", [_surplus(keeper, pk, n, rooms) for n in range(len(SURPLUS))])
    keeper.do("inventory.stop_counting", [{"id": pk}])
    _explain(keeper, pk)


def _scan(round_: int, number: int, code: str, place: int | None, rooms: Sequence[int]) -> dict[str, Any]:
    row: dict[str, Any] = {"round": round_, "code": code, "client_key": f"demo-{round_}-{number}"}
    if 10 <= number < 10 + MOVED and place:
        row["place"] = next(room for room in rooms if room != place)
    return row | ({"condition": "damaged", "note": "待维修"} if number % 60 == 59 else {})


def _surplus(keeper: Keeper, round_: int, number: int, rooms: Sequence[int]) -> dict[str, Any]:
    name, code, value = SURPLUS[number]
    row = {"round": round_, "name": name, "category": keeper.keys.classes.get(code), "place": rooms[number], "value": value}
    return row | {"client_key": f"demo-{round_}-s{number}", "note": "无标签"}


def _explain(keeper: Keeper, round_: int) -> None:
    """Explain the differences but one, and enter one move as seen."""
    keeper.day = dt.date(2026, 11, 3)
    found = CountLine.objects.filter(round=round_).order_by("pk")
    missing, moved = list(found.filter(found="missing")), list(found.filter(found="moved"))
    rows = [{"id": line.pk, "cause": "lost", "explanation": "多次搬迁后遗失，正在查找"} for line in missing[1:]]
    rows += [{"id": line.pk, "cause": "not_recorded", "explanation": "房间调整后未登记"} for line in moved]
    keeper.do("inventory.explain_difference", rows)
    keeper.do("inventory.accept_count", [{"id": line.pk} for line in moved[:1]])


def _county(keeper: Keeper) -> None:
    """Begin to count the computers of a county."""
    keeper.day = dt.date(2026, 11, 16)
    row = {"title": "石桥县计算机设备专项盘点", "unit": keeper.keys.units[COUNTY], "category": "A020101", "due_on": dt.date(2026, 12, 11)}
    (pk,) = keeper.do("inventory.open_round", [row])
    keeper.day = TODAY - dt.timedelta(days=2)
    seen = CountLine.objects.filter(round=pk).order_by("pk").values_list("asset__number", flat=True)[:5]
    keeper.do("inventory.count_asset", [{"round": pk, "code": code, "client_key": f"demo-{pk}-{n}"} for n, code in enumerate(seen)])


def _balances(keeper: Keeper) -> None:
    """Say card by card what finance has: of the bureau three rows differ by plan, of a county's office one is missing."""
    keeper.day = dt.date(2026, 11, 5)
    rows = _as_booked(keeper, BUREAU)
    wrong, absent = list(rows)[7], list(rows)[23]
    rows[wrong] = (rows[wrong][0], rows[wrong][1] + Decimal(300))
    del rows[absent]
    rows["JG-OLD-0417"] = ("旧传真机", Decimal(1680))
    _import(keeper, BUREAU, rows)
    office = _as_booked(keeper, OFFICE)
    del office[list(office)[5]]
    _import(replace(keeper, actor=User.objects.get(username="county")), OFFICE, office)


def _as_booked(keeper: Keeper, code: str) -> dict[str, tuple[str, Decimal]]:
    """Return name and cost by number of what finance should have: booked cards, and what has gone without a voucher."""
    path = Unit.objects.values_list("path", flat=True).get(pk=keeper.keys.units[code])
    cards = Asset.objects.live().filter(unit__path__startswith=path, booking="booked", on_books=True, acquired_on__lte=BOOKS)
    held = cards.exclude(status="disposed").order_by("pk")
    return {card.number: (card.name, card.cost) for card in [*held, *left(path)] if card.cost}


def _import(keeper: Keeper, code: str, rows: dict[str, tuple[str, Decimal]]) -> None:
    known = {"unit": keeper.keys.units[code], "on": BOOKS, "subject": "1601"}
    named = rows.items()
    keeper.do("inventory.register_balance", [{**known, "detail": number, "name": name, "amount": cost} for number, (name, cost) in named])
