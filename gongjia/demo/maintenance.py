"""Repairs of the invented city: crews, tickets of a season, plans that come round, the projects of two years, property services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gongjia.core.action import actions
from gongjia.demo.constants import TODAY
from gongjia.demo.seeding import ORIGIN, Keys
from gongjia.demo.warehouse import Keeper
from gongjia.domains.maintenance.models import Project, Ticket
from gongjia.org.models import Place, Unit, User

CREWS = (
    ("WX-01", "机关水电维修班", "own", "水、电、门窗"),
    ("WX-02", "云川安冷空调维保有限公司（虚构）", "contractor", "空调通风"),
    ("WX-03", "云川恒升电梯维保有限公司（虚构）", "contractor", "电梯"),
)
PLANS = (  # name, trade, every so many months, next, work, crew
    ("消防设施月检", "fire", 1, (2026, 10, 28), "检查灭火器压力、疏散指示和报警主机", 0),
    ("电梯维护保养", "lift", 1, (2026, 11, 15), "按维保规程检查并记录", 2),
    ("空调换季清洗", "air", 6, (2026, 11, 20), "清洗滤网和冷凝水盘，检查制冷剂", 1),
    ("配电房季检", "power", 3, (2027, 1, 10), "红外测温、紧固接线", 0),
    ("屋面排水检查", "roof", 12, (2027, 3, 1), "清理落水口，检查卷材", 0),
)
FAULTS = (  # trade, urgency, what, what was done, part, its price, hours, crew
    ("water", "urgent", "洗手池水龙头漏水", "更换阀芯", "陶瓷阀芯", "35", "0.5", 0),
    ("power", "ordinary", "走廊灯不亮", "更换灯管", "LED 灯管", "28", "0.5", 0),
    ("air", "urgent", "会议室空调不制热", "更换电磁阀", "电磁阀", "260", "2", 1),
    ("wall", "ordinary", "门锁打不开", "更换锁芯", "锁芯", "65", "1", 0),
    ("water", "emergency", "卫生间水管爆裂", "关阀后更换管段", "PPR 管件", "48", "1.5", 0),
    ("power", "urgent", "插座打火", "更换插座并测绝缘", "五孔插座", "18", "0.5", 0),
    ("lift", "emergency", "电梯停在三层不动", "更换门锁触点", "门锁触点", "180", "2", 2),
    ("network", "ordinary", "网口不通", "重做水晶头", "", "0", "0.5", 0),
)
RATINGS = ((5, "很快"), (4, ""), (5, ""), (3, "来得晚了些"), (5, "修得好"))
REPORTERS = (("requester", "YC-SL"), ("bureau", "YC-JG"), ("county", "SQ-JG"), ("assets", "YC-CZ"))
NEXT: tuple[tuple[Any, ...], ...] = (  # name, building, trade, scale, cause, estimate, area, damage, safety, more
    ("1 号楼屋面防水（一期）", 0, "roof", "medium", "ageing", "280000", "900", 70, 45, {}),
    ("1 号楼屋面防水（二期）", 0, "roof", "medium", "ageing", "260000", "850", 68, 45, {}),
    ("主楼电梯更新", 1, "lift", "medium", "safety", "640000", None, 80, 85, {"obligatory": True}),
    ("配电系统改造", 1, "power", "medium", "safety", "720000", None, 75, 80, {}),
    ("外墙面砖脱落整治", 2, "wall", "medium", "safety", "460000", "2600", 82, 78, {}),
    ("空调主机更换（水冷）", 3, "air", "medium", "energy", "880000", None, 60, 25, {"energy": "118.4", "variant": "A"}),
    ("空调主机更换（风冷）", 3, "air", "medium", "energy", "540000", None, 60, 25, {"energy": "118.4", "variant": "A"}),
    ("档案室消防改造", 4, "fire", "medium", "safety", "190000", "320", 55, 75, {}),
    ("给排水管网改造", 5, "water", "medium", "ageing", "350000", None, 66, 40, {}),
    ("办公楼整体大修", 6, "major", "major", "ageing", "1900000", "4200", 72, 60, {"extension_area": "1"}),
    ("会议室翻新", 2, "fitting", "medium", "ageing", "120000", "200", 40, 10, {}),
    ("报告厅翻新", 4, "fitting", "medium", "ageing", "210000", "340", 45, 12, {}),
    ("走廊吊顶更换", 5, "fitting", "medium", "damage", "90000", "160", 50, 20, {}),
    ("接待室装修", 7, "fitting", "medium", "function", "180000", "90", 20, 5, {}),
    ("调整后办公室装修", 8, "wall", "medium", "new_user", "76000", "120", 15, 5, {}),
    ("弱电机房改造", 9, "network", "medium", "ageing", "150000", "60", 48, 30, {}),
)
"""Planted: the first two are one roof in two halves, one bundles daily repair, one is far dearer than its like, one is for a new user."""
BUNDLED = (("主干管更换", "water", "338000"), ("更换水龙头", "water", "4200"), ("疏通下水", "water", "3800"))
BEFORE = (  # name, building, trade, estimate, final account
    ("院内道路和管网维修", 1, "water", "260000", "248600"),
    ("东楼屋面大修", 3, "roof", "310000", "334500"),
    ("变压器更换", 2, "power", "420000", "411000"),
)
PROVIDERS = ("云川安居物业服务有限公司（虚构）", "云川绿城保洁服务有限公司（虚构）", "云川时代物业有限公司（虚构）")
PRICES = (46, 58, 49, 71, 52, 44, 55, 50)
"""Yuan per m² and year of the property contracts: one stands out."""


def write_maintenance(actor: User, keys: Keys, size: float) -> dict[str, int]:
    """Write repairs and return how many tickets and projects there are."""
    keeper = Keeper(actor, keys, size)
    houses = list(Place.objects.filter(pk__in=keys.buildings.values(), unit__secret=False).order_by("pk")[:12])
    crews = _crews(keeper)
    _plans(keeper, houses, crews)
    _tickets(keeper, crews)
    _last_year(keeper, houses)
    _next_year(keeper, houses)
    _contracts(keeper, houses)
    return {"tickets": Ticket.objects.count(), "projects": Project.objects.count()}


def _as(name: str, verb: str, rows: Sequence[dict[str, Any]], day: dt.date, hour: int = 2) -> list[int]:
    """Do something as one of the demo's people."""
    now = dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)
    given = [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]
    user = User.objects.get(username=name)
    return actions[f"maintenance.{verb}"].run_many(user, given, origin=ORIGIN, on=day, now=now).ids if given else []


def _crews(keeper: Keeper) -> list[int]:
    keeper.day = dt.date(2025, 1, 6)
    unit, head = keeper.keys.units["YC-JG"], User.objects.get(username="repair").person_id
    rows = [
        {"code": code, "name": name, "unit": unit, "kind": kind, "trades": trades, "head": head if kind == "own" else None}
        for code, name, kind, trades in CREWS
    ]
    return keeper.do("maintenance.register_crew", rows)


def _plans(keeper: Keeper, houses: Sequence[Place], crews: Sequence[int]) -> None:
    keeper.day = dt.date(2026, 9, 1)
    rows = [
        {"code": f"YF-{n + 1:02d}", "name": name, "unit": houses[n].unit_id, "place": houses[n].pk, "trade": trade, "every": every}
        | {"next_due": dt.date(*day), "work": work, "crew": crews[crew]}
        for n, (name, trade, every, day, work, crew) in enumerate(PLANS)
    ]
    ids = keeper.do("maintenance.register_plan", rows)
    keeper.day = dt.date(2026, 11, 9)
    keeper.do("maintenance.issue_tickets", [{"id": pk} for pk in ids])


def _tickets(keeper: Keeper, crews: Sequence[int]) -> None:
    """Report some defects a week; those of the last days are still on their way, one of the week before is late."""
    weeks, each = 8, max(1, round(6 * keeper.size))
    for week in range(weeks):
        day = dt.date(2026, 9, 29) + dt.timedelta(days=7 * week)
        for number, (name, code) in enumerate(REPORTERS):
            rooms = list(
                Place.objects.filter(kind="room", unit__code=code, closed_on=None).order_by("pk").values_list("pk", flat=True)[:40]
            )
            picked = [(week * 3 + number + n * 5) for n in range(each)]
            rows = [_defect(FAULTS[at % len(FAULTS)], rooms[at % len(rooms)]) for at in picked if rooms]
            ids = _as(name, "report_fault", rows, day)
            _work(ids, [FAULTS[at % len(FAULTS)] for at in picked], crews, day, name, weeks - week)


def _defect(fault: tuple[Any, ...], room: int) -> dict[str, Any]:
    return {"place": room, "trade": fault[0], "urgency": fault[1], "fault": fault[2]}


def _work(ids: Sequence[int], faults: Sequence[Any], crews: Sequence[int], day: dt.date, reporter: str, weeks_left: int) -> None:
    """Dispatch and mend what was reported; this week's waits for the dispatcher or for its reporter's word."""
    if weeks_left == 1 and reporter in ("assets", "county"):
        return
    _as("space", "dispatch_ticket", [{"id": pk, "crew": crews[f[7]]} for pk, f in zip(ids, faults, strict=False)], day, 3)
    if weeks_left == 1 and reporter == "bureau":
        return
    slow = weeks_left == 4
    done = day + dt.timedelta(days=4 if slow else 0)
    _as("space", "accept_ticket", [{"id": pk} for pk in ids], day, 4)
    rows = [
        {"id": pk, "work": f[3], "part": f[4], "unit_price": f[5], "hours": f[6], "labour": "60" if f[7] == 0 else "150"}
        for pk, f in zip(ids, faults, strict=False)
    ]
    _as("space", "finish_ticket", rows, done, 5)
    if weeks_left == 1:
        return
    said = [RATINGS[3] if slow else RATINGS[pk % len(RATINGS)] for pk in ids]
    _as(reporter, "confirm_ticket", [{"id": pk, "rating": r, "remark": w} for pk, (r, w) in zip(ids, said, strict=True)], done, 7)


def _project(houses: Sequence[Place], row: tuple[Any, ...], year: int) -> dict[str, Any]:
    name, at, trade, scale, cause, estimate, area, _damage, _safety, more = row
    house = houses[at % len(houses)]
    what = {"name": name, "unit": house.unit_id, "year": year, "place": house.pk, "trade": "structure" if trade == "major" else trade}
    return what | {"scale": scale, "cause": cause, "scope": f"{name}，按现场勘查方案实施", "estimate": estimate, "area": area} | more


def _reviewed(ids: Sequence[int], marks: Sequence[tuple[int, int]], day: dt.date) -> None:
    """Let the first review and the joint review pass."""
    _as("office", "check_project", [{"id": pk, "note": "现场勘查，同意提交会审"} for pk in ids], day)
    for member, shift in (("office", 0), ("finance", -3), ("chief", 3)):
        rows = [
            {"id": pk, "opinion": "agree", "damage": min(100, damage + shift), "safety": max(0, safety + shift)}
            for pk, (damage, safety) in zip(ids, marks, strict=True)
        ]
        _as(member, "review_project", rows, day + dt.timedelta(days=10))
    _as("office", "conclude_review", [{"id": pk} for pk in ids], day + dt.timedelta(days=12))


def _next_year(keeper: Keeper, houses: Sequence[Place]) -> None:
    """Apply for the projects of next year; the last two still wait for their reviews."""
    ids = []
    for number, row in enumerate(NEXT):
        keeper.day = dt.date(2026, 5, 6) + dt.timedelta(days=number * 3)
        ids += keeper.do("maintenance.apply_project", [_project(houses, row, TODAY.year + 1)])
    bundled = next(pk for pk, row in zip(ids, NEXT, strict=True) if row[0].startswith("给排水"))
    items = [{"project": bundled, "name": name, "trade": trade, "amount": sum_} for name, trade, sum_ in BUNDLED]
    keeper.do("maintenance.add_item", items)
    _reviewed(ids[:-2], [(row[7], row[8]) for row in NEXT[:-2]], dt.date(2026, 7, 14))
    keeper.day = dt.date(2026, 11, 12)
    line = {"code": f"{TODAY.year + 1}-30213-01", "unit": keeper.keys.units["YC-JG"], "year": TODAY.year + 1, "subject": "30213"}
    keeper.do("costs.register_line", [{**line, "name": "办公用房大中修", "amount": 3_200_000, "project": f"YC-JG-{TODAY.year + 1}-DX"}])


def _last_year(keeper: Keeper, houses: Sequence[Place]) -> None:
    """Let the projects of this year come to their final accounts; one costs more than was approved."""
    keeper.day = dt.date(2025, 6, 11)
    whole: list[tuple[Any, ...]] = [
        (name, at, trade, "medium", "ageing", cost, None, 60, 50, {}) for name, at, trade, cost, _final in BEFORE
    ]
    rows = [_project(houses, row, TODAY.year) for row in whole]
    ids = keeper.do("maintenance.apply_project", rows)
    _reviewed(ids, [(60, 50)] * len(ids), dt.date(2025, 7, 15))
    keeper.day = dt.date(2026, 1, 20)
    line = {"code": f"{TODAY.year}-30213-01", "unit": keeper.keys.units["YC-JG"], "year": TODAY.year, "subject": "30213"}
    (pk,) = keeper.do("costs.register_line", [{**line, "name": "办公用房大中修", "amount": 1_200_000}])
    raw = {"unit": Unit.objects.get(code="YC").pk, "year": TODAY.year, "line": pk}
    (made,) = keeper.do("maintenance.choose_projects", [raw])
    keeper.do("maintenance.accept_selection", [{"id": made}])
    keeper.do("maintenance.approve_project", [{"id": one, "line": pk, "approved": row[3]} for one, row in zip(ids, BEFORE, strict=True)])
    begun, built = dt.date(2026, 3, 16), dt.date(2026, 8, 20)
    keeper.day = dt.date(2026, 9, 30)
    firm = "云川建安工程有限公司（虚构）"
    keeper.do("maintenance.start_project", [{"id": one, "contractor": firm, "started_on": begun} for one in ids])
    keeper.do("maintenance.complete_project", [{"id": one, "built_on": built} for one in ids])
    final = [{"id": one, "final": row[4], "settled_on": keeper.day} for one, row in zip(ids, BEFORE, strict=True)]
    keeper.do("maintenance.settle_project", final)


def _contracts(keeper: Keeper, houses: Sequence[Place]) -> None:
    """Register a property contract for each of the first buildings."""
    keeper.day = dt.date(2026, 1, 4)
    rows = []
    for number, house in enumerate(houses[: len(PRICES)]):
        area = house.floor_area or house.usable_area or 1000
        row = {"number": f"WY-2026-{number + 1:02d}", "unit": house.unit_id, "provider": PROVIDERS[number % 3], "place": house.pk}
        row |= {
            "area": area,
            "yearly_price": round(area * PRICES[number], 2),
            "starts_on": dt.date(2026, 1, 1),
            "ends_on": dt.date(2026, 12, 31),
        }
        rows.append(row)
    keeper.do("maintenance.register_contract", rows)
