"""One import from file to batch: new, changed, unchanged and refused rows, and what stops it as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.core.models import AuditEntry, Batch
from gongjia.core.problems import Conflict, Forbidden
from gongjia.core.undo import undo_batch
from gongjia.importer import running
from gongjia.importer.analysis import analyse
from gongjia.importer.errors import Unreadable
from gongjia.importer.planning import plan
from gongjia.importer.reporting import Report
from gongjia.importer.running import carry_out, run_import
from gongjia.importer.targets import NoTarget
from gongjia.ledger.models import Asset, Entry
from tests import people

Importing = Callable[..., Report]
pytestmark = pytest.mark.django_db
HEAD = "资产编号,资产名称,使用单位,原值,使用状况"


@pytest.fixture
def write(tmp_path: Path, town: people.Town) -> Importing:
    def run(*rows: str, head: str = HEAD, **options: object) -> Report:
        path = tmp_path / "台账.csv"
        path.write_text("\n".join([head, *rows]), encoding="utf-8")
        return run_import(path, "ledger.asset", actor=options.pop("actor", town.clerk), **options)  # type: ignore[arg-type]

    return run


def counts(made: Report) -> tuple[int, int, int, int]:
    return made.new, made.changed, made.unchanged, made.refused


def test_changed_values_become_an_edit_with_its_entry(write: Importing) -> None:
    write("001,桌,YC-SW,100,在用", "002,椅,YC-SW,50,在用")
    made = write("001,桌,YC-SW,120,在用", "002,椅,YC-SW,50,在用", "003,柜,YC-SW,80,闲置")
    assert counts(made) == (1, 1, 1, 0)
    assert [str(delta) for delta in Entry.objects.filter(asset__number="001").order_by("seq").values_list("cost_delta", flat=True)] == [
        "100.00",
        "20.00",
    ]


def test_new_and_changed_rows_share_one_batch_and_are_undone_together(write: Importing, town: people.Town) -> None:
    write("001,桌,YC-SW,100,在用")
    made = write("001,桌,YC-SW,120,在用", "002,椅,YC-SW,50,在用")
    assert Batch.objects.filter(pk=made.batch, origin="import").exists()
    undo_batch(town.clerk, Batch.objects.get(pk=made.batch))
    assert list(Asset.objects.live().values_list("number", "cost")) == [("001", 100)]


def test_an_empty_cell_leaves_what_is_there(write: Importing) -> None:
    write("001,桌,YC-SW,100,闲置")
    assert counts(write("001,桌,YC-SW,,")) == (0, 0, 1, 0)


def test_a_repeated_row_is_unchanged_and_a_contradicting_one_names_the_first(write: Importing) -> None:
    made = write("001,桌,YC-SW,100,在用", "001,桌,YC-SW,100.00,在用", "001,办公桌,YC-SW,100,在用")
    assert counts(made) == (1, 0, 1, 1)
    problem = made.problems[0]
    assert (problem.row, problem.code) == (4, "duplicate_key")
    assert "第 2 行" in problem.message and "资产名称" in problem.message


def test_units_are_found_by_code_and_by_name_as_one(write: Importing) -> None:
    made = write("001,桌,YC-SW,100,在用", "001,桌,市水务局,100,在用")
    assert counts(made) == (1, 0, 1, 0)


def test_rows_without_a_unit_take_the_one_given_or_the_topmost_of_the_actor(write: Importing, town: people.Town) -> None:
    write("001,桌,100,在用", head="资产编号,资产名称,原值,使用状况")
    write("002,桌,100,在用", head="资产编号,资产名称,原值,使用状况", unit="YC-SW")
    assert set(Asset.objects.values_list("unit", flat=True)) == {town.water.pk}


def test_good_rows_do_not_wait_for_bad_ones(write: Importing) -> None:
    made = write("001,桌,YC-SW,一百,在用", "002,,YC-SW,5,在用", "003,柜,NOPE,5,在用", "004,灯,YC-SW,5,在用")
    assert counts(made) == (1, 0, 0, 3)
    assert [(p.row, p.column, p.code) for p in made.problems] == [
        (2, "原值", "not_a_number"), (3, "资产名称", "missing"), (4, "使用单位", "unknown_reference"),
    ]  # fmt: skip


def test_the_report_is_plain_data_with_counts_that_add_up(write: Importing) -> None:
    data = write("001,桌,YC-SW,一百,在用", "004,灯,YC-SW,5,在用").as_json()
    assert data["rows_read"] == data["new"] + data["changed"] + data["unchanged"] + data["refused"] == 2
    assert set(data["problems"][0]) == {"sheet", "row", "column", "code", "level", "message"}


def test_each_written_row_has_one_audit_entry(write: Importing) -> None:
    write("001,桌,YC-SW,100,在用", "002,椅,YC-SW,50,在用")
    assert AuditEntry.objects.filter(subject="ledger.asset", action="ledger.register_asset").count() == 2


def test_one_without_the_right_cannot_import(write: Importing, town: people.Town) -> None:
    with pytest.raises(Forbidden):
        write("001,桌,YC-SW,100,在用", actor=town.inspector)


def test_an_unknown_ledger_names_those_that_there_are(tmp_path: Path, town: people.Town) -> None:
    with pytest.raises(NoTarget, match=r"ledger\.asset"):
        run_import(tmp_path / "a.csv", "ledger.nothing", actor=town.clerk)


def test_columns_that_match_nothing_are_named(write: Importing) -> None:
    with pytest.raises(Unreadable, match="甲、乙"):
        write("1,2", head="甲,乙")


def test_a_record_changed_meanwhile_stops_the_whole_batch(write: Importing, town: people.Town, tmp_path: Path) -> None:
    write("001,桌,YC-SW,100,在用")
    (tmp_path / "again.csv").write_text(f"{HEAD}\n001,桌,YC-SW,120,在用\n002,椅,YC-SW,5,在用", encoding="utf-8")
    analysis = analyse(tmp_path / "again.csv", "again.csv", "ledger.asset")
    running.complete(analysis, town.clerk)
    made = plan(analysis, town.clerk)
    Asset.objects.filter(number="001").update(version=9)
    with pytest.raises(Conflict):
        carry_out(made, town.clerk)
    assert not Asset.objects.filter(number="002").exists()
