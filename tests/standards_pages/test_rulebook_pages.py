"""The rulebook as people read it."""

import pytest
from django.test import Client

from gongjia.standards.counting import touched
from gongjia.standards.models import Finding, Sweep
from gongjia.standards.printing import history, sheet
from gongjia.standards.rulebook.loading import load
from tests.people import Town
from tests.standards_pages.conftest import text

pytestmark = pytest.mark.django_db
BOOK = "/standards/rulebook/"


def test_the_rulebook_lists_every_table(stranger: Client):
    said = text(stranger.get(BOOK))
    assert all(f"{BOOK}{key}/" in said for key in (*load().tables, *load().codes))


def test_a_search_narrows_the_rulebook(stranger: Client):
    said = text(stranger.get(f"{BOOK}?q=2674"))
    assert f"{BOOK}office_room_area/" in said
    assert f"{BOOK}vehicle_limits/" not in said


@pytest.mark.parametrize("key", [*load().tables, *load().codes])
def test_every_table_opens_as_printed(stranger: Client, key: str):
    assert stranger.get(f"{BOOK}{key}/").status_code == 200


def test_a_table_that_does_not_exist_is_not_found(stranger: Client):
    assert stranger.get(f"{BOOK}nonsense/").status_code == 404


def test_equal_keys_of_rows_that_follow_one_another_are_merged():
    table = load().tables["office_room_area"]
    shown = sheet(load(), table, table.version("office_room_area@2014-11-24"))
    assert [line.boxes[0].span for line in shown.lines[:7]] == [6, 0, 0, 0, 0, 0, 7]


def test_what_is_not_checked_is_marked_on_its_row():
    table = load().tables["equipment"]
    shown = sheet(load(), table, table.version("equipment@2016-07-01"))
    doubtful = {line.words for line in shown.lines if any(words == "待核" for words, _tone in line.marks)}
    assert "打印机 A3 彩色" in doubtful
    assert "打印机 A4 黑白" not in doubtful


def test_the_history_sets_versions_side_by_side_and_marks_what_changed():
    found = history(load(), load().tables["office_room_area"])[0]
    cells = dict(found.lines)["市级机关 · 县处级正职"]
    assert cells == [("12", False), ("24", True)]


def test_an_older_version_is_one_click_away(stranger: Client):
    assert "计投资〔1999〕2250号" in text(stranger.get(f"{BOOK}office_room_area/?version=office_room_area@1999-12-31"))


def test_cases_stand_beside_the_table_and_hold(stranger: Client):
    said = text(stranger.get(f"{BOOK}office_room_area/"))
    assert "成立" in said
    assert "不符" not in said


def test_the_records_that_a_table_touches_are_those_of_the_sweep(breach: Finding, town: Town):
    rows = touched(town.inspector, load().tables["office_room_area"])
    judged = {row.check.key: row.judged for row in rows}
    counts = Sweep.objects.get().counts["offices.room_over_entitlement"]
    assert judged["offices.room_over_entitlement"] == sum(n for name, n in counts.items() if name != "no_rule")


def test_the_records_of_other_units_are_not_counted(breach: Finding, town: Town, clerk: Client):
    rows = touched(town.clerk, load().tables["office_room_area"])
    assert {row.judged for row in rows if row.check.key == "offices.room_over_entitlement"} == {1}
    assert "市水务局" not in text(clerk.get(f"{BOOK}office_room_area/touched/"))


def test_who_reads_no_findings_is_told_no_numbers(stranger: Client, breach: Finding):
    assert text(stranger.get(f"{BOOK}office_room_area/touched/")) == ""
    assert "待整改" not in text(stranger.get(f"{BOOK}office_room_area/")).split("<main")[1]
