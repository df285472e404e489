"""Every broken, hostile or odd file ends in a table or in one clear error, within thirty seconds and a gigabyte."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("read_all.py")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def endings(real_data: Path) -> dict[str, tuple[float, str]]:
    """How each file of the messy folder ended: seconds and outcome by file name."""
    files = sorted(map(str, (real_data / "messy").rglob("*.*")))
    run = subprocess.run(
        [sys.executable, str(SCRIPT), *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
    )
    lines = [line.split("\t", 2) for line in run.stdout.splitlines() if line.count("\t") >= 2]
    assert len(lines) == len(files), run.stderr[-2000:]
    return {Path(path).name: (float(seconds), end) for path, seconds, end in lines}


def test_every_messy_file_ends_in_a_table_or_a_named_error(endings: dict[str, tuple[float, str]]) -> None:
    assert len(endings) > 100
    assert all(end.split()[0] in ("table", "error") for _, end in endings.values())


def test_no_messy_file_takes_long(endings: dict[str, tuple[float, str]]) -> None:
    assert max(seconds for seconds, _ in endings.values()) < 30


def test_errors_name_the_file_the_reason_and_the_remedy(endings: dict[str, tuple[float, str]]) -> None:
    errors = {name: end for name, (_, end) in endings.items() if end.startswith("error")}
    assert all(name in end and end.count("。") >= 2 for name, end in errors.items())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("pass_protected.xlsx", "password"),
        ("pass_protected.xlsb", "password"),
        ("pass_protected.ods", "password"),
        ("encrypted_no_password.xls", "password"),
        ("issue_594_dos.ods", "too_many_cells"),
        ("issue252.xlsx", "broken"),
        ("picture.xlsx", "no_table"),
    ],
)
def test_the_error_says_what_kind_of_trouble_it_is(endings: dict[str, tuple[float, str]], name: str, code: str) -> None:
    assert endings[name][1].startswith(f"error {code} ")


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [("large.ods", 23760, 5), ("characters.csv", 382, 18), ("example.tsv", 140, 17), ("header-row.xlsx", 1, 4), ("blank_line.ods", 3, 3)],
)
def test_odd_files_become_their_tables(endings: dict[str, tuple[float, str]], name: str, rows: int, columns: int) -> None:
    assert endings[name][1] == f"table {rows} {columns}"
