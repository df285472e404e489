"""A person's change opens the hand-back; the deadline passes, the finding appears, the hand-back closes it."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.core.action import actions
from gongjia.core.models import Batch
from gongjia.core.problems import Forbidden, Refused
from gongjia.core.resource import NotFound
from gongjia.core.undo import undo_batch
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.usage.models import HandBack
from gongjia.org.models import Post
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.domains.usage.conftest import BEGAN, TODAY, House
from tests.people import user
from tests.standards_sweep.places import room, unit

pytestmark = pytest.mark.django_db
CHECK = "offices.left_person_holds_room"
RETIRED = dt.date(2026, 9, 30)
DONE = {"done_on": "2026-11-24", "keys_returned": 2, "inspector": "刘验收"}


def retire(house: House, on: dt.date = RETIRED) -> HandBack:
    row = {"id": "C1", "status": "retired", "left_on": on}
    actions["custody.leave_person"].run(house.town.clerk, row, on=TODAY)
    return HandBack.objects.get()


def found(on: dt.date) -> list[Finding]:
    return list(run_sweep(on, keys=[CHECK]).findings.filter(check_key=CHECK))


def test_retiring_opens_the_hand_back_in_the_same_batch(house: House) -> None:
    made = retire(house)
    assert (made.person, made.room, made.occasion, made.due_on) == (house.chief, house.room, "left", dt.date(2026, 10, 30))
    assert (made.number, made.state) == ("TF-2026-00001", "open")
    assert Batch.objects.get(action="custody.leave_person").entries.filter(subject="usage.handback").count() == 1


def test_undoing_the_retirement_takes_the_hand_back_with_it(house: House) -> None:
    retire(house)
    undo_batch(house.town.clerk, Batch.objects.get(action="custody.leave_person"))
    assert not HandBack.objects.live().exists()


@pytest.mark.parametrize(("on", "late"), [(dt.date(2026, 10, 30), False), (dt.date(2026, 10, 31), True)])
def test_the_finding_appears_the_day_after_the_deadline(house: House, on: dt.date, late: bool) -> None:
    retire(house)
    verdicts = [(each.bound, each.inputs["occasion"]) for each in found(on)]
    assert verdicts == ([(1, "left")] if late else [])


@pytest.mark.parametrize(("on", "late"), [(dt.date(2026, 11, 30), False), (dt.date(2026, 12, 1), True)])
def test_a_further_post_that_ended_gives_two_months(house: House, on: dt.date, late: bool) -> None:
    body = unit("FAR", parent=house.town.city)
    post = Post.objects.create(person=house.chief, unit=body, level="division_deputy", primary=False, valid_from=BEGAN)
    room("201", body, "10", house.chief, since=BEGAN)
    actions["org.end_post"].run(house.root(), {"id": post.pk, "valid_to": RETIRED})
    made = HandBack.objects.get()
    assert (made.occasion, made.due_on) == ("concurrent_post_ended", dt.date(2026, 11, 30))
    assert [each.bound for each in found(on)] == ([2] if late else [])


def test_a_transfer_to_another_body_gives_one_month_and_one_within_the_body_none(house: House) -> None:
    house.town.archive.refresh_from_db()
    row = {"person": "C1", "unit": "YC-DA", "level": "division_chief", "valid_from": "2026-11-02"}
    actions["org.appoint_person"].run(house.root(), row)
    made = HandBack.objects.get()
    assert (made.occasion, made.event_on, made.due_on) == ("left", dt.date(2026, 11, 2), dt.date(2026, 12, 2))


def test_who_takes_another_post_in_the_same_body_keeps_the_room(house: House) -> None:
    row = {"person": "C1", "unit": "YC-SW", "level": "division_deputy", "valid_from": "2026-11-02"}
    actions["org.appoint_person"].run(house.root(), row)
    assert not HandBack.objects.exists()


def test_a_retirement_put_right_drops_the_hand_back(house: House) -> None:
    retire(house)
    actions["org.edit_person"].run(house.root(), {"id": "C1", "status": "active", "left_on": None})
    assert HandBack.objects.get().state == "dropped"


def test_a_later_day_of_leaving_moves_the_deadline(house: House) -> None:
    retire(house)
    actions["org.edit_person"].run(house.root(), {"id": "C1", "left_on": "2026-10-31"})
    assert HandBack.objects.get().due_on == dt.date(2026, 11, 30)


def test_an_enterprise_has_no_deadline(house: House) -> None:
    house.town.water.nature = "enterprise"
    house.town.water.save()
    assert retire(house).due_on is None


def test_handing_back_ends_the_use_and_cures_the_finding(house: House) -> None:
    made = retire(house)
    run_sweep(keys=[CHECK])
    assert Finding.objects.current().filter(check_key=CHECK).count() == 1
    house.do("usage.hand_back", id=made.pk, condition="minor", note="墙面有钉孔", **DONE)
    made.refresh_from_db()
    assert (made.state, made.done_on, made.keys_returned, made.condition) == ("done", TODAY, 2, "minor")
    assert Occupancy.objects.get().valid_to == TODAY
    run_sweep(keys=[CHECK])
    assert not Finding.objects.current().filter(check_key=CHECK).exists()


def test_a_room_that_is_simply_vacated_closes_its_hand_back(house: House) -> None:
    made = retire(house)
    house.do("offices.vacate_room", id=house.use.pk, valid_to="2026-10-20")
    made.refresh_from_db()
    assert (made.state, made.done_on) == ("done", dt.date(2026, 10, 20))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"done_on": "2026-11-25"}, "还没有到"),
        ({"done_on": "2019-12-31"}, "早于启用日期"),
        ({"keys_returned": -1}, "不能少于 0"),
        ({"photo": "0" * 64}, "没有这份已上传的文件"),
    ],
)
def test_what_makes_no_sense_is_refused(house: House, row: dict[str, object], words: str) -> None:
    made = retire(house)
    with pytest.raises(Refused, match=words):
        house.do("usage.hand_back", id=made.pk, **{**DONE, **row})
    assert HandBack.objects.get().state == "open" and Occupancy.objects.get().valid_to is None


def test_a_stranger_and_a_foreign_manager_close_nothing(house: House) -> None:
    made = retire(house)
    with pytest.raises(Forbidden):
        actions["usage.hand_back"].run(house.town.stranger, {"id": made.pk, **DONE})
    with pytest.raises(NotFound):
        actions["usage.hand_back"].run(user("far", "space_manager", house.town.archive), {"id": made.pk, **DONE})
