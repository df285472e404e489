"""A plan is reckoned from the books, obeys what people say of it, and becomes requests that move people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.domains.allocation.gathering import Gatherer
from gongjia.domains.allocation.models import RoomMove, RoomPlan
from gongjia.domains.allocation.services.relocating import RelocatePerson, relocate_people
from gongjia.domains.allocation.terms import weights_of
from gongjia.domains.offices.models import Occupancy
from gongjia.org.models import Place, RoleGrant
from tests.domains.allocation.premises import ON, Premises
from tests.people import user

pytestmark = [pytest.mark.data, pytest.mark.django_db]


def where(plan: RoomPlan) -> dict[str, str]:
    moves = plan.moves.filter(swing=False).select_related("person", "target__place")
    return {move.person.name: move.target.place.name for move in moves}


def test_rented_rooms_are_emptied_where_owned_ones_have_space(house: Premises):
    plan = house.plan()
    ours = plan.figures["plans"]["plan"]
    assert {name: room[0] for name, room in where(plan).items()} == dict.fromkeys("甲乙丙丁", "A")
    assert (ours["rent_freed"], ours["leased_area"], len(ours["leases_freed"])) == (86000.0, 0, 1)
    assert plan.figures["gap"] < 0.001
    assert all("lease" in move.reasons for move in plan.moves.all())


def test_today_is_judged_by_the_same_points(house: Premises):
    figures = house.plan().figures
    today = figures["plans"]["today"]
    assert today["parts"]["lease"] == pytest.approx(0.8 * 36)
    assert figures["bound"] <= figures["points"] <= figures["plans"]["greedy"]["total"]
    assert figures["points"] < today["total"]


def test_weights_of_one_run_change_the_plan(house: Premises):
    assert not house.plan(lease=0, leased=0, move=50).moves.exists()


def test_who_is_pinned_stays_and_the_next_run_remembers(house: Premises):
    first = house.plan()
    mark = {"id": first.pk, "person": house.people["甲"].pk, "room": house.rooms["Z101"].pk, "kind": "pinned"}
    actions["allocation.mark_person"].run(house.planner, mark)
    second = house.plan()
    assert "甲" not in where(second)
    assert (second.marks.count(), RoomPlan.objects.get(pk=first.pk).state) == (1, "dropped")


def test_who_must_not_sit_in_a_room_does_not(house: Premises):
    first = house.plan()
    taken = RoomMove.objects.get(plan=first, person=house.people["甲"]).target_id
    actions["allocation.mark_person"].run(
        house.planner, {"id": first.pk, "person": house.people["甲"].pk, "room": taken, "kind": "forbidden"}
    )
    assert RoomMove.objects.get(plan=house.plan(), person=house.people["甲"]).target_id != taken


def test_nobody_is_pinned_twice_and_no_other_word_is_taken(house: Premises):
    plan, mark = house.plan(), actions["allocation.mark_person"]
    raw = {"id": plan.pk, "person": house.people["甲"].pk, "room": house.rooms["Z101"].pk}
    mark.run(house.planner, raw | {"kind": "pinned"})
    for wrong in (raw | {"kind": "pinned", "room": house.rooms["A102"].pk}, raw | {"kind": "perhaps"}):
        with pytest.raises(Refused):
            mark.run(house.planner, wrong)


def test_rooms_of_others_are_counted_and_not_touched(house: Premises):
    water = house.town.water
    found = Gatherer(water, [room.building_id for room in house.rooms.values()], ON).field(weights_of(water, ON), [])
    assert (found.foreign_rooms, found.foreign_people) == (3, 2)
    assert {room.key for room in found.problem.rooms} == {house.rooms["Z101"].pk, house.rooms["Z102"].pk}
    assert {person.key for person in found.problem.people} == {house.people[name].pk for name in "甲乙丙丁"}


def test_a_room_about_which_nothing_can_be_decided_stays_as_it_is(house: Premises):
    Place.objects.filter(pk=house.rooms["A101"].pk).update(usable_area=None)
    found = Gatherer(house.town.city, [room.building_id for room in house.rooms.values()], ON).field(weights_of(house.town.city, ON), [])
    assert house.rooms["A101"].pk not in {room.key for room in found.problem.rooms}
    assert found.undecided == {"no_area": 1}


def test_people_are_moved_only_by_request(house: Premises):
    raw = {"room": house.rooms["A102"].pk, "person": house.people["甲"].pk, "valid_from": "2026-02-01"}
    with pytest.raises(NeedsRequest):
        actions["allocation.relocate_person"].run(house.planner, raw)


def moved(house: Premises, **more: object) -> list[int]:
    row = {
        "room": house.rooms["A102"].pk,
        "person": house.people["甲"].pk,
        "source": house.rooms["Z101"].pk,
        "valid_from": dt.date(2026, 2, 1),
    }
    return relocate_people.run_many(house.planner, [row | more], request_key="SQ-1").ids


def test_a_granted_move_ends_the_old_use_on_the_day_the_new_one_begins(house: Premises):
    (pk,) = moved(house)
    old = Occupancy.objects.get(room=house.rooms["Z101"], person=house.people["甲"])
    new = Occupancy.objects.get(pk=pk)
    assert (old.valid_to, new.valid_from, new.room) == (dt.date(2026, 2, 1), dt.date(2026, 2, 1), house.rooms["A102"])


@pytest.mark.parametrize("wrong", [{"room": "Z101"}, {"source": "A103"}])
def test_an_outdated_move_is_refused(house: Premises, wrong: dict[str, str]):
    with pytest.raises(Refused):
        moved(house, **{name: house.rooms[number].pk for name, number in wrong.items()})


def test_the_page_shows_plan_bound_moves_and_floors(house: Premises, client: Client):
    house.plan()
    client.force_login(house.planner)
    text = client.get("/allocation/").content.decode()
    for words in ("可退租金", "8.6", "第 1 批", "腾出租来的房间", "各层坐谁", 'data-testid="parts"'):
        assert words in text


def test_a_run_is_a_job_over_the_chosen_buildings(house: Premises, client: Client):
    client.force_login(house.planner)
    building = house.rooms["A101"].building_id
    answer = client.post("/allocation/run/", {"building": [building, 999_999], "weight_move": "3", "weight_floor": "much"})
    from gongjia.core.models import Job

    row = Job.objects.get(kind="allocation.plan")
    assert answer.status_code == 302
    assert (row.params["buildings"], row.params["weights"]) == ([building], {"move": 3.0})


def test_an_accepted_plan_becomes_one_request_a_unit(house: Premises, client: Client):
    plan = house.plan()
    client.force_login(house.planner)
    answer = client.post(f"/allocation/{plan.pk}/accept/", {"first": "2026-03-02"})
    plan.refresh_from_db()
    assert (plan.state, answer.status_code) == ("accepted", 302)
    assert "/approvals/" in answer["Location"] or "request" in answer["Location"]
    client.post(f"/allocation/{plan.pk}/mark/?kind=pinned", {"person": house.people["甲"].pk, "room": house.rooms["Z101"].pk})
    assert plan.marks.count() == 0


def test_strangers_and_other_units_see_nothing(house: Premises, client: Client):
    plan = house.plan()
    client.force_login(house.town.stranger)
    assert client.get("/allocation/").status_code == 403
    assert client.post("/allocation/run/").status_code == 403
    other = user("other", "asset_clerk", house.town.archive)
    client.force_login(other)
    assert client.post(f"/allocation/{plan.pk}/mark/?kind=pinned", {}).status_code == 404
    assert client.post(f"/allocation/{plan.pk}/accept/").status_code == 404
    assert RoleGrant.objects.filter(user=other).count() == 1


def test_the_input_names_its_fields():
    assert {"room", "person", "source", "valid_from"} <= set(RelocatePerson.model_fields)
