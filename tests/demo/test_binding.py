"""Which table binds whom in the city: the point of standing under a real province."""

from __future__ import annotations

import pytest

from gongjia.demo.units import UnitPlan, bodies, plan_units
from gongjia.standards.rulebook.binding import BINDING, Signature, bonds
from gongjia.standards.rulebook.loading import load


def bound_by(table: str) -> set[str]:
    return {
        unit.code
        for unit in bodies(plan_units(1))
        if any(bond.standing == BINDING and bond.version.startswith(f"{table}@") for bond in bonds(load(), "equipment", signature(unit)))
    }


def signature(unit: UnitPlan) -> Signature:
    return Signature(unit.tier, unit.nature, unit.division, unit.vertical, unit.superior_tier)


@pytest.mark.parametrize(("table", "units"), [("equipment_anhui", {"SJ-HJ"}), ("equipment_sichuan", {"WS-51"}), ("equipment", {"ZJ-TJ"})])
def test_a_table_binds_exactly(table: str, units: set[str]):
    assert bound_by(table) == units


def test_the_unit_of_a_province_without_a_table_has_the_central_one_by_reference():
    unit = next(unit for unit in plan_units(1) if unit.code == "WS-36")
    assert {bond.standing for bond in bonds(load(), "equipment", signature(unit))} == {"reference"}
