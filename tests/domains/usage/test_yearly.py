"""The internal publication and the filing: frozen, once a year, on paper and in a workbook."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.problems import Forbidden, Refused
from gongjia.domains.usage.models import FiledRoom, Filing, Publication, PublishedRoom
from gongjia.org.models import Person
from tests.domains.usage.conftest import House
from tests.standards_sweep.places import room

pytestmark = pytest.mark.django_db
PUBLISH = {"unit": "YC-SW", "year": 2026, "until": "2026-12-10"}
FILE = {"unit": "YC-SW", "year": 2026}


@pytest.fixture
def staffed(house: House) -> House:
    """Two clerks share a room beside the chief's."""
    room("102", house.town.water, "17", house.person("S1", house.town.water), house.person("S2", house.town.water))
    return house


def test_a_publication_shows_everybody_and_is_frozen(staffed: House) -> None:
    pk = staffed.do("usage.publish_use", **PUBLISH)
    Person.objects.filter(staff_code="C1").update(name="改名")
    lines = list(PublishedRoom.objects.filter(publication=pk).order_by("pk").values_list("person", "sharing", "area", "ceiling"))
    assert lines == [("郑处", 1, 24, 24), ("某S1", 2, 17, 9), ("某S2", 2, 17, 9)]
    assert (Publication.objects.get().rooms, Publication.objects.get().people) == (2, 3)


def test_a_filing_names_the_leaders_only(staffed: House) -> None:
    staffed.do("usage.file_leaders", **FILE)
    assert list(FiledRoom.objects.values_list("person", "title", "level", "area", "ceiling")) == [
        ("郑处", "局长", "division_chief", Decimal(24), Decimal(24))
    ]
    assert (Filing.objects.get().state, Filing.objects.get().leaders, Filing.objects.get().number) == ("submitted", 1, "BA-2026-00001")


def test_a_filing_is_received_once(staffed: House) -> None:
    pk = staffed.do("usage.file_leaders", **FILE)
    staffed.do("usage.receive_filing", id=pk)
    made = Filing.objects.get()
    assert (made.state, made.received_on, made.receiver) == ("received", dt.date(2026, 11, 24), staffed.manager)
    with pytest.raises(Refused, match="不在待受理状态"):
        staffed.do("usage.receive_filing", id=pk)


def test_a_returned_filing_makes_room_for_the_next(staffed: House) -> None:
    pk = staffed.do("usage.file_leaders", **FILE)
    with pytest.raises(Refused, match="已经报送"):
        staffed.do("usage.file_leaders", **FILE)
    with pytest.raises(Refused, match="退回原因"):
        staffed.do("usage.return_filing", id=pk)
    staffed.do("usage.return_filing", id=pk, note="缺一位副局长")
    assert staffed.do("usage.file_leaders", **FILE) != pk


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"year": 2024}, "只能是 2025 或 2026"),
        ({"year": 2027}, "只能是 2025 或 2026"),
        ({"until": "2026-11-23"}, "已经过去"),
        ({"unit": "YC-DA"}, "没有可公示的内容"),
    ],
)
def test_a_publication_that_makes_no_sense_is_refused(staffed: House, row: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        staffed.do("usage.publish_use", **{**PUBLISH, **row})


def test_a_year_is_published_once(staffed: House) -> None:
    staffed.do("usage.publish_use", **PUBLISH)
    with pytest.raises(Refused, match="已经公示过"):
        staffed.do("usage.publish_use", **PUBLISH)


def test_a_secret_unit_publishes_and_files_nothing(staffed: House) -> None:
    staffed.town.water.secret = True
    staffed.town.water.save()
    for key, row in (("usage.publish_use", PUBLISH), ("usage.file_leaders", FILE)):
        with pytest.raises(Refused, match="涉密单位"):
            staffed.do(key, **row)


def test_who_may_not_receive_is_refused(staffed: House) -> None:
    pk = staffed.do("usage.file_leaders", **FILE)
    with pytest.raises(Forbidden):
        actions["usage.receive_filing"].run(staffed.town.clerk, {"id": pk})


@pytest.mark.parametrize(("kind", "key", "row"), [("publication", "usage.publish_use", PUBLISH), ("filing", "usage.file_leaders", FILE)])
def test_both_come_as_paper_and_workbook(staffed: House, kind: str, key: str, row: dict[str, object]) -> None:
    pk, browser = staffed.do(key, **row), Client()
    browser.force_login(staffed.manager)
    assert browser.get(f"/usage/{kind}/{pk}/paper/").content[:5] == b"%PDF-"
    assert browser.get(f"/usage/{kind}/{pk}/book/").content[:2] == b"PK"
    browser.force_login(staffed.town.stranger)
    assert browser.get(f"/usage/{kind}/{pk}/paper/").status_code == 404
