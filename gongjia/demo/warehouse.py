"""The public warehouse of the invented city: a year of taking in, lending and reallocating, wishes that wait, an occasion that is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Any

from gongjia.core.action import actions
from gongjia.demo.constants import SEED, TODAY
from gongjia.demo.seeding import ORIGIN, Keys
from gongjia.domains.warehouse.models import Loan, StockItem
from gongjia.ledger.models import Asset
from gongjia.org.models import Place, Unit, User

PRINTER = "A02021003"
"""Only the two printers of the building bureau stand in the window: what a purchase of printers will find."""
COHORTS = tuple(dt.date(2026, month, day) for month, day in ((2, 10), (4, 14), (6, 9), (8, 11), (9, 22), (11, 16)))
EACH = 100  # items a cohort in the city of ordinary size
LAKE = (31.52, 117.50)  # the invented city lies in the middle of a real lake: nobody takes its places for real ones
STREETS = 0.006  # degrees between two compounds, some six hundred metres
GRADES = ("a", "b", "b", "b", "c", "c", "c", "d")
CAUSES = ("idle", "idle", "idle", "underused", "over_standard", "reform", "over_age")
ZONES = (("ZB", "整备区"), ("DJ", "登记区"), ("CC", "仓储区"), ("ZS", "展示区"))
DEFECTS = ("", "", "", "外壳有划痕", "遥控器缺失", "桌面轻微磨损", "")
DEAR = 550  # what costs less is not worth the way
PURPOSES = ("新设窗口使用", "专项工作组使用", "替换损坏设备", "会议室补充", "基层站所使用")


@dataclass
class Keeper:
    """Who writes the warehouse, on which day, and what has been used so far."""

    actor: User
    keys: Keys
    size: float
    random: Random = field(default_factory=lambda: Random(SEED + 9))
    day: dt.date = COHORTS[0]
    used: set[int] = field(default_factory=set)

    def do(self, key: str, rows: Sequence[dict[str, Any]]) -> list[int]:
        """Run an action on the keeper's day, under a request of that day where it needs one."""
        if not rows:
            return []
        now = dt.datetime(self.day.year, self.day.month, self.day.day, 2, tzinfo=dt.UTC)
        request = f"DEMO-{self.day:%Y%m%d}" if actions[key].by_request else ""
        given = [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]
        return actions[key].run_many(self.actor, given, origin=ORIGIN, on=self.day, now=now, request_key=request).ids

    def many(self, number: float) -> int:
        """Return so many as fit the size of the city."""
        return max(2, round(number * self.size))


def write_warehouse(actor: User, keys: Keys, size: float) -> int:
    """Write the warehouse and return how many items it has."""
    keeper = Keeper(actor, keys, size)
    _map(keeper)
    shelves = _shelves(keeper)
    _occasion(keeper)
    for day in COHORTS:
        keeper.day = day
        shown = _cohort(keeper, shelves)
        if day != COHORTS[-1]:
            _share(keeper, shown, day)
    _waiting(keeper)
    _printers(keeper)
    _emergency(keeper, shelves)
    _wishes(keeper)
    return StockItem.objects.count()


def _map(keeper: Keeper) -> None:
    """Lay the compounds out as streets, so that things are near or far."""
    keeper.day = COHORTS[0]
    compounds: dict[int, int] = {}
    rows = []
    for pk, path in Place.objects.filter(pk__in=keeper.keys.buildings.values()).order_by("pk").values_list("pk", "path"):
        number = compounds.setdefault(int(path.split("/")[0]), len(compounds))
        north, east = LAKE[0] + STREETS * (number // 6), LAKE[1] + STREETS * (number % 6)
        rows.append({"id": pk, "latitude": f"{north:.6f}", "longitude": f"{east:.6f}"})
    keeper.do("offices.edit_building", rows)


def _shelves(keeper: Keeper) -> list[int]:
    """Divide the store into zones and shelves."""
    store = next(pk for code, pk in keeper.keys.buildings.items() if "GWC" in code)
    zones = keeper.do(
        "warehouse.register_shelf", [{"parent": store, "code": f"GWC-{c}", "name": f"公物仓{n}", "kind": "room"} for c, n in ZONES]
    )
    rows = [
        {"parent": zone, "code": f"GWC-{code}-{number:02d}", "name": f"{name} {number:02d} 架"}
        for zone, (code, name) in zip(zones[2:], ZONES[2:], strict=True)
        for number in range(1, 9)
    ]
    return keeper.do("warehouse.register_shelf", rows)


def _idle(keeper: Keeper, number: int) -> list[int]:
    """Return cards that lay idle before the keeper's day, of open units, spread over the city."""
    rows = Asset.objects.live().filter(status="idle", idle_since__lt=keeper.day, secret=False, unit__secret=False, category__edition="2022")
    rows = rows.exclude(category__code=PRINTER).exclude(pk__in=keeper.used).exclude(acquired_on=None).order_by("pk")
    found = list(rows.values_list("pk", flat=True))
    chosen = sorted(keeper.random.sample(found, min(number, len(found))))
    keeper.used.update(chosen)
    return chosen


def _cohort(keeper: Keeper, shelves: Sequence[int]) -> list[int]:
    """Take a number of cards in, appraise, store and publish them; return what is on show."""
    ids, random = _idle(keeper, keeper.many(EACH)), keeper.random
    keeper.do("warehouse.register_idle", [{"asset": pk, "cause": random.choice(CAUSES)} for pk in ids])
    physical = {pk for pk in ids if random.random() < 0.3}
    keeper.do("warehouse.take_in", [{"id": pk, "storage": "physical" if pk in physical else "virtual"} for pk in ids])
    keeper.do("warehouse.appraise_item", [_appraisal(keeper, pk) for pk in ids])
    racks = cycle(shelves)
    keeper.do("warehouse.store_item", [{"id": pk, **({"place": next(racks)} if pk in physical else {})} for pk in ids])
    shown = [pk for pk in ids if random.random() < 0.93]
    keeper.do("warehouse.publish_item", [{"id": pk, "terms": random.choice(("both", "both", "both", "lend", "keep"))} for pk in shown])
    return shown


def _appraisal(keeper: Keeper, pk: int) -> dict[str, Any]:
    random, card = keeper.random, Asset.objects.get(pk=pk)
    value = (card.cost * random.randrange(10, 60) / 100).quantize(card.cost) if card.cost else card.cost
    grade = random.choice(GRADES)
    repair = {"repair_cost": random.choice((80, 120, 260))} if grade == "d" else {}
    row = {"id": pk, "grade": grade, "appraised_value": value, "appraiser": "资产管理科", "defect": random.choice(DEFECTS)}
    return {**row, **repair, "remaining_months": random.randrange(8, 64)}


def _share(keeper: Keeper, shown: Sequence[int], day: dt.date) -> None:
    """Lend some of what is on show and give some away, three weeks later; most loans come back."""
    keeper.day = day + dt.timedelta(days=22)
    worth = StockItem.objects.filter(pk__in=shown, grade__lte="c", asset__cost__gte=DEAR)
    usable = list(worth.order_by("pk").values_list("pk", "terms", "asset__unit"))
    takers = _takers(keeper)
    kept = [(pk, next(takers)) for pk, terms, _unit in usable if terms != "lend"][: keeper.many(EACH * 0.3)]
    keeper.do("warehouse.make_wish", [_wish_for(pk, unit) for pk, unit in kept[::2]])
    keeper.do("warehouse.reallocate_item", [_keep(keeper, pk, unit) for pk, unit in kept])
    gone = {pk for pk, _unit in kept}
    lent = [(pk, unit) for pk, terms, unit in usable if terms != "keep" and pk not in gone][: keeper.many(EACH * 0.15)]
    keeper.do("warehouse.lend_item", [_borrow(keeper, pk, _other(takers, unit)) for pk, unit in lent])
    _bring_back(keeper)


def _wish_for(pk: int, unit: int) -> dict[str, Any]:
    card = Asset.objects.get(pk=pk)
    return {"unit": unit, "name": card.name, "category": card.category_id}


def _takers(keeper: Keeper) -> Iterator[int]:
    """Yield units of the city that may take things, one after the other."""
    codes = [
        code
        for code in keeper.keys.units
        if code.count("-") == 1 and code not in ("YC-SW", "YC-GA") and code.startswith(("YC-", "SQ-", "QX-"))
    ]
    keeper.random.shuffle(codes)
    return cycle([keeper.keys.units[code] for code in codes if not code.endswith("-GA")])


def _other(takers: Iterator[int], unit: int) -> int:
    return next(taker for taker in takers if taker != unit)


def _keep(keeper: Keeper, pk: int, unit: int) -> dict[str, Any]:
    room = Place.objects.live().filter(unit=unit, kind="room").order_by("pk").first()
    return {"id": pk, "unit": unit, "purpose": keeper.random.choice(PURPOSES), **({"place": room.pk} if room else {})}


def _borrow(keeper: Keeper, pk: int, unit: int) -> dict[str, Any]:
    due = keeper.day + dt.timedelta(days=keeper.random.choice((30, 45, 60, 90)))
    return {"id": pk, "unit": unit, "due_on": due, "purpose": keeper.random.choice(PURPOSES)}


def _bring_back(keeper: Keeper) -> None:
    """Let loans that were due come back, all but a few; some are worn or damaged."""
    for loan in list(Loan.objects.filter(returned_on__isnull=True, due_on__lt=TODAY).order_by("pk")):
        if keeper.random.random() < 0.12:
            continue
        keeper.day = loan.due_on - dt.timedelta(days=keeper.random.randrange(0, 9))
        row: dict[str, Any] = {"id": loan.pk, "grade_in": max(loan.grade_out or "b", "b"), "damage": keeper.random.choice(("none", "worn"))}
        if keeper.random.random() < 0.15:
            row |= {"grade_in": "d", "damage": "damaged", "damage_note": "搬运中碰损，需修复", "repair_cost": 150, "compensation": 100}
        keeper.do("warehouse.return_item", [row])


def _waiting(keeper: Keeper) -> None:
    """Leave some items on every step of the way in."""
    keeper.day = TODAY - dt.timedelta(days=3)
    ids = _idle(keeper, keeper.many(60))
    keeper.do("warehouse.register_idle", [{"asset": pk, "cause": keeper.random.choice(CAUSES)} for pk in ids])
    taken = ids[: len(ids) // 2]
    keeper.do("warehouse.take_in", [{"id": pk} for pk in taken])
    keeper.do("warehouse.appraise_item", [_appraisal(keeper, pk) for pk in taken[: len(taken) // 2]])


def _printers(keeper: Keeper) -> None:
    """Two printers of the building bureau lie idle, two streets from a bureau that wants printers."""
    keeper.day = dt.date(2026, 10, 12)
    home = keeper.keys.units["YC-ZJ"]
    room = Place.objects.live().filter(unit=home, kind="room").order_by("pk").first()
    rows = [
        {
            "number": f"ZJ-PR-{number}",
            "name": "A4黑白打印机",
            "category": keeper.keys.classes[PRINTER],
            "unit": home,
            "acquired_on": dt.date(2024, 5, 20),
            "brand": "云印",
            "model": "LP-2100",
            "measure": "台",
            "cost": "1150",
            "accumulated": "447.22",
            "depreciation_months": 72,
            "status": "idle",
            "idle_since": dt.date(2026, 9, 30),
            "place": room.pk if room else None,
        }
        for number in (1, 2)
    ]
    ids = keeper.do("ledger.register_asset", rows)
    keeper.do("warehouse.register_idle", [{"asset": pk, "cause": "reform"} for pk in ids])
    keeper.do("warehouse.take_in", [{"id": pk} for pk in ids])
    keeper.do("warehouse.appraise_item", [{"id": pk, "grade": "b", "appraised_value": "620", "appraiser": "资产管理科"} for pk in ids])
    keeper.do("warehouse.store_item", [{"id": pk} for pk in ids])
    keeper.do("warehouse.publish_item", [{"id": pk, "at_once": True} for pk in ids])
    own = Asset.objects.filter(unit__path__startswith=_path(keeper, "YC-JG"), category__code=PRINTER, status="idle").values_list(
        "pk", flat=True
    )
    keeper.day = TODAY - dt.timedelta(days=10)
    keeper.do("ledger.change_status", [{"id": pk, "status": "in_use"} for pk in own])


def _path(keeper: Keeper, code: str) -> str:
    return Unit.objects.values_list("path", flat=True).get(pk=keeper.keys.units[code])


def _emergency(keeper: Keeper, shelves: Sequence[int]) -> None:
    """Emergency stock on the shelves: found in one search, lent only."""
    keeper.day = dt.date(2026, 5, 12)
    kinds = (("移动发电机", 3, 6800), ("应急照明灯组", 4, 2600), ("抽水泵", 3, 3900), ("折叠床", 4, 320))
    home, code = keeper.keys.units["YC-YJ"], keeper.keys.classes["A02340000"]
    rows = [
        {"number": f"YJ-WZ-{name[:2]}-{number:02d}", "name": name, "category": code, "unit": home, "acquired_on": dt.date(2025, 6, 1)}
        | {"cost": cost, "measure": "台", "depreciation_months": 120, "status": "idle", "idle_since": dt.date(2025, 6, 1)}
        for name, count, cost in kinds
        for number in range(1, count + 1)
    ]
    ids = keeper.do("ledger.register_asset", rows)
    keeper.do("warehouse.register_idle", [{"asset": pk} for pk in ids])
    keeper.do("warehouse.take_in", [{"id": pk, "storage": "physical"} for pk in ids])
    keeper.do("warehouse.appraise_item", [{"id": pk, "grade": "a", "remaining_months": 96, "appraiser": "资产管理科"} for pk in ids])
    keeper.do("warehouse.store_item", [{"id": pk, "place": rack} for pk, rack in zip(ids, cycle(shelves), strict=False)])
    keeper.do("warehouse.publish_item", [{"id": pk, "at_once": True, "terms": "lend", "emergency": True} for pk in ids])


def _occasion(keeper: Keeper) -> None:
    """A festival that is over and has not given everything back, and a census that goes on."""
    keeper.day = dt.date(2026, 3, 2)
    units = keeper.keys.units
    over, _running = keeper.do(
        "warehouse.register_occasion",
        [
            {"code": "HD-2026-01", "name": "云川市文化旅游节（演示）", "unit": units["YC-WL"], "kind": "event"}
            | {"starts_on": dt.date(2026, 4, 1), "ends_on": dt.date(2026, 5, 10), "document": "云政办函〔2026〕12号（虚构）"},
            {"code": "DC-2026-01", "name": "云川市人口抽样调查（演示）", "unit": units["YC-TJ"], "kind": "census"}
            | {"starts_on": dt.date(2026, 9, 1), "ends_on": dt.date(2027, 3, 31)},
        ],
    )
    bought = Asset.objects.live().filter(unit=units["YC-WL"], status="in_use", category__isnull=False).order_by("-acquired_on", "pk")
    keeper.do("warehouse.claim_card", [{"id": over, "asset": card.pk} for card in islice(bought, 3)])


def _wishes(keeper: Keeper) -> None:
    """What units wait for: single things and sets, urgent and not."""
    keeper.day = TODAY - dt.timedelta(days=12)
    units, classes = keeper.keys.units, keeper.keys.classes
    wanted = (
        ("YC-JG", "A4黑白打印机", PRINTER, 3, "", "2", "窗口办公"),
        ("YC-DA", "台式计算机", "A02010105", 4, "阅览室成套设备", "2", "档案阅览室"),
        ("YC-DA", "办公桌", "A05010201", 4, "阅览室成套设备", "2", "档案阅览室"),
        ("YC-DA", "办公椅", "A05010301", 4, "阅览室成套设备", "2", "档案阅览室"),
        ("YC-ZW", "文件柜", "A05010502", 6, "", "1", "新设综合窗口"),
        ("YC-ZW", "办公椅", "A05010301", 5, "", "3", "新设综合窗口"),
        ("YC-SJZ", "液晶显示器", "A02021104", 5, "", "1", "值班室"),
        ("YC-KJ", "书柜", "A05010501", 3, "", "1", "办公室"),
        ("YC-MZ", "办公桌", "A05010201", 3, "专班用房", "3", "社会救助专班"),
        ("YC-MZ", "台式计算机", "A02010105", 3, "专班用房", "3", "社会救助专班"),
        ("SQ-JY", "会议椅", "A05010303", 8, "", "1", "会议室"),
        ("SQ-SL", "碎纸机", "A02021301", 1, "", "1", "办公室"),
        ("QX-WJ", "便携式计算机", "A02010108", 2, "", "2", "入户随访"),
        ("YC-JT", "投影仪", "A02020200", 1, "", "1", "会商室"),
    )
    rows = [
        {
            "unit": units[unit],
            "name": name,
            "category": classes[code],
            "quantity": number,
            "bundle": bundle,
            "urgency": urgency,
            "purpose": why,
        }
        for unit, name, code, number, bundle, urgency, why in wanted
        if unit in units
    ]
    keeper.do("warehouse.make_wish", rows)
