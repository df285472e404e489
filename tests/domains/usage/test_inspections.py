"""Inspections are walked room by room; issues are mended until a day, and closed when somebody has looked again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.models import Attachment
from gongjia.core.problems import Refused
from gongjia.domains.usage.models import InspectedRoom, Inspection, Issue
from gongjia.standards.sweep import run_sweep
from tests.domains.usage.conftest import House
from tests.people import user
from tests.standards_sweep.places import room

pytestmark = pytest.mark.django_db
ISSUE = {"kind": "other_use", "description": "改作库房", "due_on": "2026-12-10"}


@pytest.fixture
def walk(house: House) -> House:
    """An inspection of two rooms."""
    room("102", house.town.water, "18")
    house.do("usage.open_inspection", title="冬季巡检", unit="YC-SW", due_on="2026-12-31")
    return house


def line(code: str) -> InspectedRoom:
    return InspectedRoom.objects.get(room__place__code=code)


def raised(walk: House, code: str = "101") -> Issue:
    return Issue.objects.get(pk=walk.do("usage.raise_issue", id=line(code).pk, **ISSUE))


def test_an_inspection_has_a_line_for_each_room(walk: House) -> None:
    assert list(InspectedRoom.objects.values_list("room__place__code", "seen")) == [("101", "pending"), ("102", "pending")]
    assert Inspection.objects.get().number == "XJ-2026-00001"


def test_it_closes_when_everything_was_seen_and_mended(walk: House) -> None:
    pk, issue = Inspection.objects.get().pk, raised(walk)
    with pytest.raises(Refused, match="还有 1 间没有查，1 个问题"):
        walk.do("usage.close_inspection", id=pk)
    walk.do("usage.pass_room", id=line("102").pk)
    walk.do("usage.mend_issue", id=issue.pk, measure="恢复办公用途", mended_on="2026-11-24")
    walk.do("usage.look_again", id=issue.pk, mended="true")
    walk.do("usage.close_inspection", id=pk)
    assert Inspection.objects.get().state == "closed"
    with pytest.raises(Refused, match="已经办结"):
        walk.do("usage.pass_room", id=line("102").pk)


def test_what_is_not_mended_is_open_again_until_a_new_day(walk: House) -> None:
    issue = raised(walk)
    walk.do("usage.mend_issue", id=issue.pk, measure="已搬空", mended_on="2026-11-24")
    with pytest.raises(Refused, match="新的整改期限"):
        walk.do("usage.look_again", id=issue.pk, mended="false")
    walk.do("usage.look_again", id=issue.pk, mended="false", due_on="2027-01-15", remark="还有杂物")
    issue.refresh_from_db()
    assert (issue.state, issue.due_on) == ("open", dt.date(2027, 1, 15))


def test_nobody_looks_again_before_it_was_mended(walk: House) -> None:
    with pytest.raises(Refused, match="还没有登记整改"):
        walk.do("usage.look_again", id=raised(walk).pk, mended="true")


def test_a_room_with_an_open_issue_is_not_in_order(walk: House) -> None:
    raised(walk)
    with pytest.raises(Refused, match="没有复查通过"):
        walk.do("usage.pass_room", id=line("101").pk)


@pytest.mark.parametrize(("on", "late"), [(dt.date(2026, 12, 10), 0), (dt.date(2026, 12, 11), 1)])
def test_an_issue_is_found_late_the_day_after(walk: House, on: dt.date, late: int) -> None:
    raised(walk)
    assert run_sweep(on, keys=["usage.issue_overdue"]).findings.count() == late


@pytest.mark.parametrize(("row", "words"), [({"due_on": "2026-11-01"}, "已经过去"), ({"unit": "YC-DA"}, "没有登记房间")])
def test_an_inspection_of_nothing_is_refused(house: House, row: dict[str, str], words: str) -> None:
    with pytest.raises(Refused, match=words):
        house.do("usage.open_inspection", **{"title": "x", "unit": "YC-SW", "due_on": "2026-12-31", **row})


def browser(walk: House) -> Client:
    made = Client()
    made.force_login(walk.manager)
    return made


def test_the_phone_passes_rooms_and_keeps_the_photo_of_an_issue(walk: House) -> None:
    phone, pk = browser(walk), Inspection.objects.get().pk
    assert "已查 0 / 2 间" in phone.get(f"/usage/inspection/{pk}/walk/").content.decode()
    phone.post(f"/usage/inspectedroom/{line('102').pk}/pass/", {"floor": "1 号楼 1"})
    what = {**ISSUE, "due_on": "2099-01-01", "photo": SimpleUploadedFile("p.jpg", b"jpeg", "image/jpeg")}
    assert phone.post(f"/usage/inspectedroom/{line('101').pk}/do/usage.raise_issue/", what).status_code == 302
    assert (line("101").seen, line("102").seen) == ("issue", "good")
    assert Attachment.objects.get(subject="usage.issue").title == "巡检照片"


def test_a_form_with_an_error_says_so_and_keeps_nothing(walk: House) -> None:
    said = browser(walk).post(f"/usage/inspectedroom/{line('101').pk}/do/usage.raise_issue/", {"kind": "idle"}).content.decode()
    assert 'data-testid="problems"' in said and not Issue.objects.exists()
    refused = {**ISSUE, "photo": SimpleUploadedFile("p.exe", b"MZ", "image/jpeg")}
    said = browser(walk).post(f"/usage/inspectedroom/{line('101').pk}/do/usage.raise_issue/", refused).content.decode()
    assert "类型或大小不收" in said and not Issue.objects.exists()


def test_a_foreign_inspector_does_not_see_it(walk: House) -> None:
    phone, pk = Client(), Inspection.objects.get().pk
    phone.force_login(user("far", "space_manager", walk.town.archive))
    assert phone.get(f"/usage/inspection/{pk}/walk/").status_code == 404
    assert phone.post(f"/usage/inspectedroom/{line('101').pk}/pass/").status_code == 404
    phone.force_login(walk.town.clerk)
    assert phone.get(f"/usage/inspection/{pk}/walk/").status_code == 403
