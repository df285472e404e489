"""A federal landlord's leases through the gate: each one that ends within a year, with the owned buildings of its city."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongjia.domains.leasing.expiring import Ending, ending_between, endings
from gongjia.domains.leasing.rules import a_year_on
from gongjia.domains.offices.models import Lease
from gongjia.domains.offices.rules import kilometres
from gongjia.importer.running import run_import
from tests import people

pytestmark = pytest.mark.django_db
FOLDER, EXPORTED = "buildings", dt.date(2025, 6, 20)
BUILDINGS, LEASES = (f"gsa_2025-6-20-iolp-{name}-regions1-6.xlsx" for name in ("buildings", "leases"))
ORDER = {"Excess": 0, "Active": 1}


def read(file: Path) -> list[dict[str, Any]]:
    rows = openpyxl.load_workbook(file, read_only=True).active.iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def owned_by_city(rows: list[dict[str, Any]]) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the owned buildings that are not decommissioned, by city and state, as the file has them."""
    found = defaultdict(list)
    for row in rows:
        if row["Owned or Leased"] == "F" and row["Real Property Asset Type"] == "BUILDING" and row["Building Status"] in ORDER:
            found[row["City"].strip().casefold(), row["State"].casefold()].append(row)
    return found


@pytest.fixture
def listed(real_data: Path, town: people.Town) -> list[Ending]:
    chief = people.User.objects.create(username="chief", is_superuser=True)
    for name, into in ((BUILDINGS, "offices.building"), (LEASES, "offices.lease")):
        run_import(real_data / FOLDER / name, into, actor=chief)
    rows = ending_between(Lease.objects.all(), EXPORTED, a_year_on(EXPORTED))
    return endings(list(rows), EXPORTED)


def test_every_lease_that_ends_within_a_year_is_listed_with_the_owned_buildings_of_its_city(real_data: Path, listed: list[Ending]) -> None:
    owned, leases = owned_by_city(read(real_data / FOLDER / BUILDINGS)), read(real_data / FOLDER / LEASES)
    until = a_year_on(EXPORTED)
    wanted = [row for row in leases if EXPORTED <= row["Lease Expiration Date"].date() <= until]
    assert len(listed) == len(wanted) == 573
    expected = sorted(
        (row["Lease Number"], row["Location Code"], len(owned[row["City"].strip().casefold(), row["State"].casefold()])) for row in wanted
    )
    assert sorted((one.lease.number, one.lease.location, len(one.spaces)) for one in listed) == expected
    check_order_and_distances(listed, owned)


def check_order_and_distances(listed: list[Ending], owned: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
    """Hold standing, order and kilometres of each lease against the file."""
    with_excess = 0
    for one in listed:
        here = (float(one.lease.latitude), float(one.lease.longitude))
        rows = owned[one.need.town]
        expected = sorted(
            (ORDER[row["Building Status"]], round(kilometres(here, (round(row["Latitude"], 6), round(row["Longitude"], 6))), 1))
            for row in rows
        )
        assert [{"excess": 0, "unknown": 1}[space.standing] for space in one.spaces] == [standing for standing, _km in expected]
        assert [space.km for space in one.spaces] == pytest.approx([km for _standing, km in expected], abs=0.11)
        with_excess += any(space.standing == "excess" for space in one.spaces)
    assert with_excess > 0
