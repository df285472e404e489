"""Reform plans that are being written: two bodies of the city become one, and departments of the bureau are put together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongjia.demo.warehouse import Keeper

PLANS: tuple[tuple[str, str, tuple[dict[str, Any], ...]], ...] = (
    (
        "YC",
        "市大数据中心并入市数据资源管理局",
        (
            {"verb": "merge", "unit": "YC-DSJ", "target": "YC-SJZ"},
            {"verb": "rename", "unit": "YC-SJZ", "new_name": "云川市数据局"},
        ),
    ),
    ("YC-JG", "局内设机构调整", ({"verb": "merge", "unit": "YC-JG-05", "target": "YC-JG-01"},)),
    ("SQ", "石桥县水利局更名", ({"verb": "rename", "unit": "SQ-SL", "new_name": "石桥县水务局"},)),
)


def write_plans(keeper: Keeper) -> None:
    """Draft the plans with their steps; none is carried out."""
    keeper.day = dt.date(2026, 11, 9)
    units = keeper.keys.units
    for number, (code, title, steps) in enumerate(PLANS):
        paper = f"云编发〔2026〕{number + 14}号（虚构）"
        row = {"title": title, "unit": units[code], "document": paper, "effective_on": dt.date(2027, 1, 1)}
        (plan,) = keeper.do("reform.draft_plan", [row])
        named = [{name: units[value] if name in ("unit", "target") else value for name, value in step.items()} for step in steps]
        for step in named:  # each is checked against those before it
            keeper.do("reform.add_step", [{"plan": plan, **step}])
