"""`gongjia expiring`: the whole list of leases that end, with own space, as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.domains.leasing.letting import Estate

Cli = Callable[..., Any]


@pytest.mark.django_db
def test_the_whole_list_is_written_with_excess_first(cli: Cli, tmp_path: Path) -> None:
    estate = Estate()
    estate.lease()
    estate.building("U")
    estate.building("E", standing="excess")
    file = tmp_path / "expiring.xlsx"
    assert cli("expiring", str(file)).code == 0
    rows = list(openpyxl.load_workbook(file).active.values)  # type: ignore[union-attr]
    assert [(row[0], row[10]) for row in rows[1:]] == [("Z-1", "E"), ("Z-1", "U")]


@pytest.mark.django_db
def test_a_day_before_the_last_days_of_all_leases_lists_none(cli: Cli, tmp_path: Path) -> None:
    Estate().lease()
    file = tmp_path / "none.xlsx"
    assert cli("expiring", str(file), "--on", "2019-01-01").code == 0
    assert [row[0] for row in openpyxl.load_workbook(file).active.values][1:] == []  # type: ignore[union-attr]
