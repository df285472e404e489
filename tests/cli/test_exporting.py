"""`gongjia export`: the rows that one may see, in three formats."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import msgspec
from python_calamine import CalamineWorkbook

from gongjia.core.action import actions
from gongjia.core.resource import resources
from tests.people import Town

Cli = Callable[..., object]


def cards(town: Town) -> None:
    root = type(town.clerk).objects.create_superuser("root")
    rows = [{"number": f"A-{n}", "name": "=1+1", "unit": "YC-SW" if n else "YC-DA", "cost": "1.50"} for n in range(3)]
    actions["ledger.register_asset"].run_many(root, rows)


def test_csv_goes_to_standard_output_with_every_column(cli: Cli, town: Town):
    cards(town)
    rows = list(csv.DictReader(StringIO(cli("export", "ledger.asset").out)))
    assert len(rows) == 3
    assert len(rows[0]) == len(resources["ledger.asset"].by_name)
    assert rows[0]["资产名称"] == "'=1+1", "no spreadsheet program takes it for a formula"


def test_json_keeps_codes_and_exact_numbers(cli: Cli, town: Town):
    cards(town)
    rows = msgspec.json.decode(cli("export", "ledger.asset", "--format", "json", "--columns", "number,cost,status").out)
    assert rows[1] == {"id": rows[1]["id"], "number": "A-1", "cost": "1.50", "status": "in_use"}
    assert msgspec.json.decode(cli("export", "vehicles.vehicle", "--format", "json").out) == []


def test_a_file_has_the_format_of_its_ending(cli: Cli, town: Town, tmp_path: Path):
    cards(town)
    out = tmp_path / "assets.xlsx"
    assert cli("export", "ledger.asset", "--out", str(out)).code == 0
    assert len(CalamineWorkbook.from_path(out).get_sheet_by_index(0).to_python()) == 4
    assert list(tmp_path.iterdir()) == [out]


def test_one_exports_what_one_may_see(cli: Cli, town: Town):
    cards(town)
    assert cli("--as", "clerk", "export", "ledger.asset").out.count("\n") == 1 + 2
    assert cli("export", "ledger.asset", "--unit", "YC-DA").out.count("\n") == 1 + 1
    assert cli("--as", "stranger", "export", "ledger.asset").code == 2
