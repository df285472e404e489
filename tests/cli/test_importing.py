"""`gongjia import`: counts that add up, and an exit code that a script can trust."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.importer.models import ImportProfile
from gongjia.ledger.models import Asset
from tests.people import Town

Cli = Callable[..., object]
HEAD = "资产编号,资产名称,单位编码,原值\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "assets.csv"
    path.write_text(HEAD + "A-1,台式计算机,YC-SW,4800\nA-2,文件柜,YC-SW,很多\nA-3,办公桌,YC-DA,900\n", encoding="utf-8")
    return path


def counts(told: dict) -> tuple[int, ...]:
    return tuple(told[name] for name in ("rows_read", "new", "changed", "unchanged", "refused"))


def test_good_rows_are_written_and_bad_ones_told(cli: Cli, town: Town, file: Path):
    ended = cli("import", str(file), "--into", "ledger.asset", "--json")
    assert (ended.code, counts(ended.json)) == (1, (3, 2, 0, 0, 1))
    refused = [problem for problem in ended.json["problems"] if problem["level"] == "refused"]
    assert [(problem["row"], problem["column"]) for problem in refused] == [(3, "原值")]
    assert set(refused[0]) == {"sheet", "row", "column", "code", "level", "message"}


def test_the_same_file_again_changes_nothing(cli: Cli, town: Town, file: Path):
    cli("import", str(file), "--into", "ledger.asset")
    assert counts(cli("import", str(file), "--into", "ledger.asset", "--json").json) == (3, 0, 0, 2, 1)


def test_a_dry_run_writes_nothing(cli: Cli, town: Town, file: Path):
    ended = cli("import", str(file), "--into", "ledger.asset", "--dry-run", "--json")
    assert counts(ended.json) == (3, 2, 0, 0, 1)
    assert not Asset.objects.exists()


def test_a_clean_file_ends_with_nought(cli: Cli, town: Town, file: Path):
    file.write_text(HEAD + "A-1,台式计算机,YC-SW,4800\n", encoding="utf-8")
    ended = cli("import", str(file), "--into", "ledger.asset")
    assert ended.code == 0
    assert "1" in ended.out


@pytest.mark.parametrize(
    ("content", "into", "says"),
    [
        ("甲,乙\n1,2\n", "ledger.asset", "甲、乙"),
        ("", "ledger.asset", "assets.csv"),
        (HEAD + "A-1,桌,YC-SW,1\n", "ledger.nothing", "ledger.asset"),
        (HEAD + "A-1,桌,YC-SW,1\n", "org.user", "ledger.asset"),
    ],
)
def test_what_cannot_be_done_is_one_line_on_stderr(cli: Cli, town: Town, file: Path, content: str, into: str, says: str):
    file.write_text(content, encoding="utf-8")
    ended = cli("import", str(file), "--into", into, "--json")
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert says in ended.err


@pytest.mark.parametrize("options", [["--profile", "no such"], ["--unit", "no such"], ["--sheet", "no such"]])
def test_a_wrong_option_is_one_line_too(cli: Cli, town: Town, file: Path, options: list[str]):
    file.write_text("资产编号,资产名称\nA-1,桌\n", encoding="utf-8")
    ended = cli("import", str(file), "--into", "ledger.asset", *options)
    assert (ended.code in (1, 2), "Traceback" in ended.err, ended.err.count("\n") <= 1) == (True, False, True)
    assert not Asset.objects.exists()


def test_rows_without_a_unit_go_to_the_one_that_is_named(cli: Cli, town: Town, file: Path):
    file.write_text("资产编号,资产名称\nA-1,桌\n", encoding="utf-8")
    assert cli("import", str(file), "--into", "ledger.asset", "--unit", "YC-DA").code == 0
    assert Asset.objects.get().unit == town.archive


def test_one_acts_with_the_rights_of_the_user_that_is_named(cli: Cli, town: Town, file: Path):
    assert cli("--as", "stranger", "import", str(file), "--into", "ledger.asset").code == 2
    assert cli("--as", "nobody", "import", str(file), "--into", "ledger.asset").code == 2
    ended = cli("--as", "clerk", "import", str(file), "--into", "ledger.asset", "--json")
    assert counts(ended.json) == (3, 1, 0, 0, 2), "the archive is not the clerk's"


def test_a_profile_kept_in_the_browser_is_used_by_its_name(cli: Cli, town: Town, file: Path):
    file.write_text("甲,乙\nA-1,桌\n", encoding="utf-8")
    body = {"rules": [{"field": "number", "columns": ["甲"]}, {"field": "name", "columns": ["乙"]}], "fixed": {"unit": "YC-SW"}}
    ImportProfile.objects.create(owner=town.clerk, into="ledger.asset", name="我的方案", body=body)
    assert cli("import", str(file), "--into", "ledger.asset", "--profile", "我的方案").code == 0
    assert Asset.objects.get().number == "A-1"
