"""Leases and space of the invented city: managers, renewed and ended leases, rent, lettings old and new, idle space, titles, the return."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from gongjia.demo.constants import SEED, TODAY
from gongjia.demo.seeding import Keys
from gongjia.demo.units import read
from gongjia.demo.warehouse import Keeper
from gongjia.domains.leasing.models import TitleFiling
from gongjia.domains.offices.models import Lease, Title
from gongjia.org.models import Place, User

START = dt.date(2026, 3, 16)
LETTINGS = (  # unit, building, kind, who, what for, from, until, rent a year, area
    ("YC-SL", "SLL", "lease", "云川清源饮用水服务部（虚构）", "临街门面", (2016, 11, 1), (2026, 10, 31), "24000", "46"),
    ("YC-NY", "NYL", "lease", "云川种业门市部（虚构）", "临街门面", (2019, 7, 1), (2027, 6, 30), "30000", "52"),
    ("YC-WL", "WLL", "lend", "云川市戏剧家协会（虚构）", "排练", (2015, 3, 1), (2027, 2, 28), "", "80"),
    ("SQ-SL", "SQ-ZHL", "lease", "石桥县便民药店（虚构）", "临街门面", (2017, 1, 1), (2026, 12, 31), "9600", "28"),
)
RENT = (("12000", (2026, 1, 15), (2026, 1, 20)), ("12000", (2026, 7, 10), None))
IDLE = (("YC-JG", "LGB", "surplus", "320"), ("YC-SL", "SLL", "relaid", "60"))
NAMES = (("YC", "安徽省云川市", "municipal", "349900000000"), ("SQ", "安徽省云川市石桥县", "county", "349921000000"))


def write_leasing(actor: User, keys: Keys, size: float) -> dict[str, int]:
    """Write leases, lettings, provision, idle space, titles and returns; say how many rows of the chief kinds there are."""
    keeper = Keeper(actor, keys, size, Random(SEED + 41), START)
    _managers(keeper)
    _leases(keeper)
    lettings = _lettings(keeper)
    _spaces(keeper)
    _titles(keeper)
    _returns(keeper)
    return {"space_lettings": len(lettings)}


def _building(keeper: Keeper, code: str) -> int:
    return next(pk for known, pk in keeper.keys.buildings.items() if known in (code, f"YC-{code}"))


def _managers(keeper: Keeper) -> None:
    """Each level has its own manager of space; the last excess building stands empty."""
    counties = [county["code"] for county in read("city.yaml")["counties"]]
    rows = [{"over": keeper.keys.units[code], "manager": keeper.keys.units[f"{code}-JG"]} for code in ("YC", *counties)]
    keeper.do("leasing.name_manager", rows)
    keeper.do("offices.edit_building", [{"id": _building(keeper, "LGB"), "standing": "excess"}])


def _leases(keeper: Keeper) -> None:
    """Of the leases whose end is past, one is renewed and one given up; rent was paid of those with a known rent."""
    past = list(Lease.objects.live().filter(ends_on__lt=TODAY).order_by("pk"))
    for lease in past[:1]:
        first = lease.ends_on + dt.timedelta(days=1)
        row = {
            "id": lease.pk,
            "starts_on": first,
            "ends_on": first.replace(year=first.year + 1),
            "annual_rent": lease.annual_rent or "36000",
        }
        keeper.do("leasing.renew_lease", [{**row, "reason": "业务窗口仍在使用，同城没有合适的自有房屋"}])
    keeper.do("leasing.end_lease", [{"id": lease.pk, "ended_on": lease.ends_on, "note": "已迁回自有办公用房"} for lease in past[1:2]])
    paid = Lease.objects.live().filter(annual_rent__isnull=False, starts_on__lt=dt.date(2025, 1, 1)).order_by("pk")
    rows: list[dict[str, Any]] = []
    for lease in paid:
        rows += [
            {
                "lease": lease.pk,
                "year": 2025,
                "amount": lease.annual_rent,
                "paid_on": dt.date(2025, 3, 10),
                "voucher": f"付2025-{lease.pk:03d}",
            }
        ]
    keeper.do("leasing.pay_rent", rows)


def _lettings(keeper: Keeper) -> list[int]:
    rows = [
        {
            "unit": keeper.keys.units[unit],
            "place": _building(keeper, building),
            "kind": kind,
            "party": party,
            "purpose": purpose,
            "starts_on": dt.date(*first),
            "due_on": dt.date(*last),
            "annual_rent": rent,
            "area": area,
        }
        for unit, building, kind, party, purpose, first, last, rent, area in LETTINGS
    ]
    made = keeper.do("leasing.register_letting", rows)
    hall = {"unit": keeper.keys.units["YC-JG"], "place": _building(keeper, "GWC"), "kind": "lease", "party": "云川仓储服务有限公司（虚构）"}
    span = {"starts_on": START, "due_on": dt.date(2027, 3, 15), "annual_rent": "18000", "area": "40", "purpose": "仓储"}
    made += keeper.do("leasing.let_space", [{**hall, **span}])
    incomes = [
        {"letting": made[0], "year": 2026, "amount": sum_, "received_on": dt.date(*came), "remitted_on": dt.date(*went) if went else None}
        for sum_, came, went in RENT
    ]
    keeper.do("leasing.record_income", incomes)
    return made


def _spaces(keeper: Keeper) -> None:
    """Idle space of two units; one unit was given some of it, one part was put to another use."""
    rows = [
        {
            "unit": keeper.keys.units[unit],
            "place": _building(keeper, code),
            "ground": ground,
            "since": START,
            "usable_area": area,
            "rooms": 4,
        }
        for unit, code, ground, area in IDLE
    ]
    idle = keeper.do("leasing.register_idle", rows)
    room = Place.objects.filter(path__startswith=Place.objects.get(pk=_building(keeper, "LGB")).path, kind="room").order_by("pk").first()
    if room is None:
        return
    area = room.usable_area or 20
    wanted = {"unit": keeper.keys.units["YC-SL"], "way": "reallocate", "purpose": "河长制专班", "city": "云川市", "wanted_area": area}
    made = keeper.do("leasing.provide_space", [{**wanted, "granted_area": area, "place": room.pk}])
    keeper.day = dt.date(2026, 4, 20)
    keeper.do("leasing.move_in", [{"id": made[0], "moved_in_on": keeper.day}])
    keeper.do("leasing.dispose_space", [{"id": idle[1], "way": "convert", "party": "社区便民服务站", "reason": "转为便民服务场所"}])


def _titles(keeper: Keeper) -> None:
    """Every other building without a certificate is filed as unclear."""
    lacking = list(Title.objects.current(keeper.day).filter(number="").order_by("pk").values_list("place", flat=True))
    rows = [{"place": place, "problem": "建设手续不全，尚未办证", "filed_on": keeper.day} for place in lacking[::2]]
    keeper.do("leasing.file_title", rows)
    assert TitleFiling.objects.count() == len(rows)  # noqa: S101 - the plan and the ledger agree


def _returns(keeper: Keeper) -> None:
    """Two levels report for themselves; one unit states a ledger of its own, with one area that differs."""
    divisions = [{"unit": keeper.keys.units[unit], "name": name, "level": level, "code": code} for unit, name, level, code in NAMES]
    ids = keeper.do("publishing.register_division", divisions)
    place = Place.objects.get(pk=_building(keeper, "SLL"))
    line = {"unit": place.unit_id, "code": place.code, "name": place.name, "usable_area": place.usable_area, "stated_on": keeper.day}
    keeper.do("publishing.state_line", [{**line, "floor_area": (place.floor_area or 0) + 12}])
    keeper.do("publishing.file_return", [{"division": pk, "on": dt.date(2025, 12, 31), "note": "年度统计报告"} for pk in ids])
