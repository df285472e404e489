"""A unit's ledger against the total ledger, its use and its titles: planted differences are found, none is invented."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from gongjia.publishing.reconciling import Reconciliation, reconcile
from tests import people
from tests.domains.leasing.letting import TODAY, do
from tests.publishing.conftest import Reporting


def held(reporting: Reporting) -> Reconciliation:
    return reconcile(reporting.keeper, reporting.bureau, TODAY)


def words(reporting: Reporting, kind: str) -> list[tuple[str, str]]:
    return [(one.code, one.words) for one in held(reporting).found if one.kind == kind]


def state(reporting: Reporting, code: str, **more: Any) -> None:
    do("publishing.state_line", reporting.keeper, {"unit": reporting.bureau.pk, "code": code, "name": code, "stated_on": TODAY, **more})


def certify(reporting: Reporting, building: int, holder: str = "市机关事务管理局", **more: Any) -> None:
    given = {"place": building, "number": "皖1号", "holder": holder, "valid_from": dt.date(2020, 1, 1), **more}
    do("leasing.register_title", reporting.keeper, given)


@pytest.fixture
def building(reporting: Reporting) -> int:
    """A building of one room whose ledgers, use and title agree."""
    made = reporting.building("A", usable="20", floor_area="30")
    reporting.room(made, "A-1")
    certify(reporting, made, certified_area="30")
    state(reporting, "A", floor_area="30", usable_area="20", rooms=1, certificate="皖1号")
    return made


def test_ledgers_that_agree_differ_in_nothing(reporting: Reporting, building: int):
    assert held(reporting).found == []


def test_books_against_books(reporting: Reporting, building: int):
    state(reporting, "B", floor_area="1")
    reporting.building("C", usable=None)
    do("offices.edit_building", reporting.keeper, {"id": building, "floor_area": "31"})
    assert words(reporting, "books") == [("B", "分台账有，总台账没有"), ("A", "建筑面积不一致"), ("C", "总台账有，分台账没有")]


def test_a_unit_without_a_ledger_of_its_own_is_not_said_to_lack_every_building(reporting: Reporting):
    reporting.building("A", usable=None)
    assert (words(reporting, "books"), held(reporting).lines) == ([], 0)


def test_things_against_books(reporting: Reporting, building: int):
    outsider = people.Person.objects.create(staff_code="P9", name="外单位人员", unit=reporting.town.archive)
    reporting.room(building, "A-2", area="5")
    room = reporting.room(building, "A-3", area=None)
    do("offices.assign_room", reporting.keeper, {"room": room, "person": outsider.pk, "valid_from": dt.date(2024, 1, 1)})
    found = words(reporting, "things")
    assert found == [("A", "楼栋使用面积与房间之和不一致"), ("A-3", "房间没有登记使用面积"), ("A-3", "登记给本单位，由外单位人员使用")]


def test_titles_against_books(reporting: Reporting, building: int):
    certify(reporting, building, "市水务局", number="皖2号", certified_area="29")
    assert [text for _code, text in words(reporting, "titles")] == [
        "未统一登记到机关事务管理部门",
        "证载建筑面积与台账不一致",
        "分台账的权证号与登记不一致",
    ]


def test_the_page_and_the_workbook_show_every_difference(reporting: Reporting, building: int, client: Client):
    do("offices.edit_building", reporting.keeper, {"id": building, "usable_area": "21"})
    client.force_login(reporting.keeper)
    page = client.get("/publishing/ledgers/", {"unit": reporting.bureau.pk}).content.decode()
    assert 'data-testid="differences-books"' in page and "使用面积不一致" in page
    answer = client.get("/publishing/ledgers/book/", {"unit": reporting.bureau.pk})
    assert len(list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.rows)) == 1 + 2
