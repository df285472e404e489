"""The return of office space: computed from the ledger, each number with its rows, checked, named, frozen."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.test import Client

from gongjia.core.problems import Refused
from gongjia.publishing.crosschecks import crosschecks
from gongjia.publishing.filing import compute, differences, digest_of, read
from gongjia.publishing.form import file_name, form_on, versions
from gongjia.publishing.models import Division, OfficeReturn
from gongjia.publishing.reckoning import Made, reckon, reported_units
from gongjia.publishing.telling import sheets
from tests import people
from tests.domains.leasing.letting import TODAY, do
from tests.publishing.conftest import Reporting


def made(reporting: Reporting) -> Made:
    return reckon(Division.objects.get(pk=reporting.division), TODAY)


def premises(reporting: Reporting) -> list[dict[str, str]]:
    return [{name: cell.value for name, cell in line.cells.items()} for line in made(reporting).tables["premises"]]


def failed(reporting: Reporting) -> list[str]:
    return [check.words for check in crosschecks(made(reporting)) if not check.holds]


def test_the_areas_of_a_building_are_summed_by_use_and_lead_to_their_rooms(reporting: Reporting):
    building = reporting.building("A", floor_area="200")
    rooms = [reporting.room(building, f"A-{n}", "20.5", use=use) for n, use in enumerate(("office", "office", "service"))]
    line = made(reporting).tables["premises"][0]
    assert (line.cells["office"].value, line.cells["office"].refs) == ("41.00", ("offices.room", tuple(rooms[:2])))
    assert [line.cells[name].value for name in ("service", "usable", "rooms", "idle", "floor")] == [
        "20.50",
        "61.50",
        "3",
        "41.00",
        "200.00",
    ]


@pytest.mark.parametrize(("holding", "kind"), [("owned", "own_used"), ("leased_in", "used"), ("borrowed", "used")])
def test_there_are_three_kinds_of_ownership(reporting: Reporting, holding: str, kind: str):
    reporting.building("A", holding=holding)
    assert premises(reporting)[0]["ownership"] == kind


def test_what_is_lent_is_told_apart_until_it_is_back(reporting: Reporting):
    building = reporting.building("A")
    raw = {
        "unit": reporting.bureau.pk,
        "place": building,
        "kind": "lend",
        "party": "协会",
        "area": "20",
        "starts_on": TODAY,
        "due_on": TODAY,
    }
    (letting,) = do("leasing.let_space", reporting.keeper, raw)
    assert premises(reporting)[0]["ownership"] == "own_lent"
    do("leasing.take_back", reporting.keeper, {"id": letting, "taken_back_on": TODAY})
    assert premises(reporting)[0]["ownership"] == "own_used"


def test_each_level_reports_only_its_own(reporting: Reporting):
    county = people.unit("SQ", "石桥县", reporting.town.city)
    type(county).objects.filter(pk=county.pk).update(tier="county", division="340921")
    line = people.unit("YC-TJ", "调查支队", reporting.town.city)
    type(line).objects.filter(pk=line.pk).update(vertical=True)
    reporting.building("C", unit=county.pk)
    codes = {unit.code for unit in reported_units(Division.objects.get())}
    assert codes == {"YC", "YC-SW", "YC-DA", "YC-JG"} and not premises(reporting)


def test_the_file_is_named_by_division_and_twelve_digits():
    assert file_name("安徽省云川市", "340900000000") == "安徽省云川市-340900000000"
    for code in ("340900", "34090000000a", "3409000000000", "３４０９００００００００"):
        with pytest.raises(ValueError):
            file_name("安徽省云川市", code)


@pytest.mark.parametrize("code", ["340900", "350900000000"])
def test_a_code_that_is_not_exact_or_not_the_units_is_refused(reporting: Reporting, code: str):
    with pytest.raises(Refused):
        do(
            "publishing.register_division",
            reporting.keeper,
            {"unit": reporting.town.city.pk, "name": "x", "level": "municipal", "code": code},
        )


def test_five_tables_of_which_the_last_is_kept_out_and_says_so(reporting: Reporting):
    form = form_on(TODAY)
    assert form is not None
    assert [table.number for table in form.tables] == [1, 2, 3, 4, 5]
    assert [table.key for table in form.tables if table.out] == ["leaders"] and "机要交寄" in form.tables[4].out
    found = sheets(made(reporting), form, crosschecks(made(reporting)))
    assert [name for name, _heads, _rows in found][4] == "5 省部级领导干部办公室信息"
    assert found[4][2] == [[form.tables[4].out]]


def test_a_column_that_nobody_saw_is_marked(reporting: Reporting):
    form = form_on(TODAY)
    assert form is not None
    heads = dict(zip(("divisions", "premises"), (sheet[1] for sheet in sheets(made(reporting), form, [])), strict=False))
    assert heads["divisions"][:3] == ["行政区划名称", "行政区划级别", "行政区划代码（12位）"]
    assert heads["premises"][0] == "房屋编号[待核]"


@pytest.mark.parametrize(("day", "known"), [(dt.date(2018, 12, 31), False), (dt.date(2019, 1, 1), True)])
def test_there_is_no_form_before_its_first_version(day: dt.date, known: bool):
    assert (form_on(day) is not None) is known
    assert all(len({column.key for column in table.columns}) == len(table.columns) for form in versions() for table in form.tables)


def test_every_column_of_the_form_is_computed(reporting: Reporting):
    building = reporting.building("A")
    reporting.room(building, "A-1", use="technical")
    form = form_on(TODAY)
    assert form is not None
    for table in form.filled:
        for line in made(reporting).tables[table.key]:
            assert {column.key for column in table.columns} <= line.cells.keys() | {
                column.key for column in table.columns if column.missing
            }


def test_cross_checks_find_rooms_larger_than_their_building_and_technical_rooms_without_a_project(reporting: Reporting):
    building = reporting.building("A", floor_area="19.99")
    do("leasing.register_title", reporting.keeper, {"place": building, "number": "1号", "holder": "x", "valid_from": dt.date(2020, 1, 1)})
    reporting.room(building, "A-1", "20", use="technical")
    assert failed(reporting) == ["表二每处：使用面积不大于建筑面积", "表三每处：有立项批复"]
    do("offices.edit_building", reporting.keeper, {"id": building, "floor_area": "20"})
    assert failed(reporting) == ["表三每处：有立项批复"]


def test_a_filed_return_is_recomputed_to_the_same_bytes_until_the_ledger_changes(reporting: Reporting):
    building = reporting.building("A")
    room = reporting.room(building, "A-1")
    do("publishing.file_return", reporting.keeper, {"division": reporting.division, "on": TODAY})
    kept, form = OfficeReturn.objects.get(), form_on(TODAY)
    assert form is not None
    again = compute(kept.division, kept.on, form)
    assert (again.decode(), digest_of(again), kept.version) == (kept.content, kept.digest, 1)
    do("offices.edit_room", reporting.keeper, {"id": room, "usable_area": "21"})
    changed = differences(read(kept.content), read(compute(kept.division, kept.on, form)))
    assert ("premises", str(building), "office", "20.00", "21.00") in changed


def test_a_day_to_come_is_not_filed(reporting: Reporting):
    with pytest.raises(Refused):
        do("publishing.file_return", reporting.keeper, {"division": reporting.division, "on": TODAY + dt.timedelta(days=1)})


def test_the_pages_show_tables_checks_rows_and_the_workbook_under_its_name(reporting: Reporting, client: Client):
    building = reporting.building("A", floor_area="100")
    for number in range(2):
        reporting.room(building, f"A-{number}")
    client.force_login(reporting.keeper)
    page = client.get("/publishing/office-return/").content.decode()
    assert "安徽省云川市-340900000000" in page and 'data-testid="crosschecks"' in page and 'data-testid="kept-out"' in page
    given = {"division": reporting.division, "table": "premises", "row": building, "column": "office"}
    assert "A-1" in client.get("/publishing/office-return/rows/", given).content.decode()
    answer = client.get("/publishing/office-return/book/")
    assert "340900000000.xlsx" in answer["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames[1] == "2 办公用房信息"


def test_filing_on_the_page_and_holding_it_against_the_ledger_again(reporting: Reporting, client: Client):
    reporting.building("A")
    client.force_login(reporting.keeper)
    client.post("/publishing/office-return/file/", {"division": reporting.division, "on": TODAY.isoformat()})
    kept = OfficeReturn.objects.get()
    assert "一字不差" in client.get(f"/publishing/office-return/{kept.pk}/recompute/").content.decode()
    assert client.get(f"/publishing/office_return/{kept.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("sent_from", "back"), [("/publishing/office-return/", "/publishing/office-return/"), ("https://elsewhere.example/", "/")]
)
def test_what_is_refused_is_said_on_the_page_that_it_was_sent_from(reporting: Reporting, client: Client, sent_from: str, back: str):
    client.force_login(reporting.keeper)
    answer = client.post("/publishing/office-return/file/", {"division": "", "on": "x"}, headers={"Referer": sent_from})
    assert (answer.status_code, answer["Location"]) == (302, back)
    assert "必须填写" in client.get(back).content.decode()


def test_a_stranger_sees_nothing_of_it(reporting: Reporting, client: Client):
    client.force_login(reporting.town.stranger)
    assert client.get("/publishing/office-return/").status_code == 403
    assert client.get("/publishing/ledgers/").status_code == 403
    client.force_login(reporting.town.clerk)
    assert client.get("/publishing/office-return/", {"division": reporting.division}).status_code == 404
