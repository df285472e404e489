"""The vehicles of the invented city and the quotas that authorise them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from gongjia.demo.constants import LIVE_ON, NO_QUOTA, QUOTA_FAULT, TODAY, VEHICLE_FAULTS
from gongjia.demo.standards import vehicle_limits
from gongjia.demo.units import UnitPlan, bodies, read

CATEGORY = {"sedan": "A02030501", "small": "A02030503", "medium": "A02030504", "large": "A02030505"}
WORDS = {"sedan": "轿车", "small": "小型客车", "medium": "中型客车", "large": "大型客车"}
SEATS = {"sedan": 5, "small": 7, "medium": 18, "large": 45}
ENFORCERS = ("GA", "SC", "YJ", "ST", "JT")
DAYS_A_YEAR = 365.25
BUS_LITRES = Decimal("6.5")  # the rule sets no displacement for large buses


@dataclass
class VehiclePlan:
    """One vehicle; `replaces` is the plan of the one that it took the place of."""

    unit: UnitPlan
    number: str
    plate: str
    purpose: str
    body: str
    brand: str
    energy: str
    displacement: Decimal | None
    price: Decimal
    acquired_on: dt.date
    vin: str
    special_need: bool = False
    status: str = "in_use"
    idle_since: dt.date | None = None
    scrapped_on: dt.date | None = None
    replaces: VehiclePlan | None = None

    @property
    def name(self) -> str:
        return f"{self.brand}{WORDS[self.body]}"


def plan_vehicles(random: Random, units: list[UnitPlan], count: int) -> list[VehiclePlan]:
    """Return `count` vehicles, body by body, and besides those that some of them replaced."""
    owners = [unit for unit in bodies(units) if unit.nature != "enterprise"]
    weights = [unit.people * (2.2 if _enforces(unit) else 1) for unit in owners]
    homes = owners + random.choices(owners, weights, k=max(0, count - len(owners)))
    plans: list[VehiclePlan] = []
    for unit in sorted(homes, key=lambda unit: unit.code):
        plan = _vehicle(random, unit, len(plans))
        plans.append(plan)
        if random.random() < VEHICLE_FAULTS["renewed_early"] or len(plans) == 1:
            plan.replaces = _former(random, plan, len(plans))
            plans.append(plan.replaces)
    return plans


def _enforces(unit: UnitPlan) -> bool:
    return unit.code.rpartition("-")[2] in ENFORCERS and unit.tier in ("municipal", "county") and not unit.vertical


def _vehicle(random: Random, unit: UnitPlan, number: int) -> VehiclePlan:
    faults = {name for name, rate in VEHICLE_FAULTS.items() if random.random() < rate}
    faults |= set(list(VEHICLE_FAULTS)[number : number + 1])  # so that even a small fleet shows every fault
    purpose = _purpose(random, unit)
    body = random.choices(("sedan", "small", "medium", "large"), (58, 32, 8, 2))[0]
    energy = random.choices(("fuel", "hybrid", "plug_in", "electric"), (62, 6, 12, 20))[0] if body in ("sedan", "small") else "fuel"
    price, litres = _within(random, purpose, body)
    if "over_price" in faults:
        price = price * 13 / 10
    if "over_displacement" in faults and litres:
        litres += Decimal("0.4")
    plan = VehiclePlan(
        unit,
        f"{unit.code}-V{number:04d}",
        "" if "no_plate" in faults else _plate(random, number, energy),
        "" if "no_purpose" in faults else purpose,
        body,
        random.choice(read("names.yaml")["vehicle_brands"]),
        energy,
        Decimal(0) if energy == "electric" else litres or BUS_LITRES,
        price.quantize(Decimal(100)),
        TODAY - dt.timedelta(days=random.randrange(60, 4700)),
        f"LYC{random.getrandbits(52):014X}",
        body in ("medium", "large"),
    )
    return _stated(random, plan, faults)


def _stated(random: Random, plan: VehiclePlan, faults: set[str]) -> VehiclePlan:
    """Let it stand idle or be scrapped, as its faults say."""
    if "idle" in faults:
        plan.status, plan.idle_since = "idle", max(plan.acquired_on, TODAY - dt.timedelta(days=random.randrange(60, 900)))
    elif "scrapped" in faults:
        plan.acquired_on -= dt.timedelta(days=2000)
        plan.status, plan.scrapped_on = "disposed", TODAY - dt.timedelta(days=random.randrange(30, 500))
    return plan


def _former(random: Random, plan: VehiclePlan, number: int) -> VehiclePlan:
    """Return the vehicle that `plan` replaced too early."""
    years = random.randrange(40, 76) / 10
    former = _vehicle(random, plan.unit, number)
    plan.acquired_on = max(plan.acquired_on, LIVE_ON + dt.timedelta(days=400))
    former.acquired_on = plan.acquired_on - dt.timedelta(days=int(years * DAYS_A_YEAR))
    former.purpose, former.body, former.status, former.idle_since = plan.purpose, plan.body, "disposed", None
    former.scrapped_on, plan.status, plan.scrapped_on, plan.idle_since = plan.acquired_on, "in_use", None, None
    return former


def _purpose(random: Random, unit: UnitPlan) -> str:
    kinds = (
        ("enforcement", "special", "emergency", "confidential", "other")
        if _enforces(unit)
        else ("emergency", "confidential", "other", "special")
    )
    return random.choices(kinds, (70, 10, 10, 4, 6) if _enforces(unit) else (52, 16, 26, 6))[0]


def _within(random: Random, purpose: str, body: str) -> tuple[Decimal, Decimal | None]:
    """Return a price and a displacement that the standard allows; without a row, usual ones."""
    price, litres = vehicle_limits().get((purpose, body), (260_000, Decimal("2.0")))
    return Decimal(price) * random.randrange(66, 100) / 100, litres if litres is None or random.random() < 0.5 else litres - Decimal("0.2")


def _plate(random: Random, number: int, energy: str) -> str:
    """Return a plate of a place that gives none out: Z is no letter of the province."""
    letters = "ABCDEFGHJK"
    return f"皖Z{'D' if energy in ('electric', 'plug_in') else ''}{letters[random.randrange(10)]}{number:04d}"


def plan_quotas(random: Random, plans: list[VehiclePlan]) -> Iterator[tuple[UnitPlan, str, int]]:
    """Yield unit, purpose and authorised number: mostly enough, sometimes exceeded, sometimes missing."""
    held = Counter((plan.unit.code, plan.purpose) for plan in plans if plan.purpose and plan.status != "disposed")
    units = {plan.unit.code: plan.unit for plan in plans}
    for (code, purpose), count in sorted(held.items()):
        dice = random.random()
        if dice < NO_QUOTA:
            continue
        over = dice < NO_QUOTA + QUOTA_FAULT
        yield units[code], purpose, max(0, count - random.randrange(1, 3)) if over else count + random.choice((0, 0, 0, 1, 1, 2))
