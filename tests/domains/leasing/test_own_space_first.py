"""The renewal gate: owned space of the city is found, must be taken or refused with a reason, and is provided instead when it is taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongjia.core.action import Prepared, actions
from gongjia.core.gate import gates_of
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.core.reservations import reserve
from gongjia.domains.leasing.gates.own_first import OWN_FIRST, judge_lease, settle_lease
from gongjia.domains.leasing.models import LeaseTerm, Provision
from tests.domains.leasing.letting import Estate, do

NORTH = {"latitude": "31.000000", "longitude": "117.000000"}
FAR = {"latitude": "31.100000", "longitude": "117.000000"}


def said(pk: int = 0, reason: str = "", **more: Any) -> dict[str, Any]:
    return {"line": 1, "building": pk, "take": False, "reason": reason, **more}


def found(estate: Estate, *answers: dict[str, Any], **lease: Any) -> Any:
    return judge_lease(estate.renewal(estate.lease(**lease), *answers))


def test_the_gate_stands_before_every_lease_taken_in():
    assert all(OWN_FIRST in [gate.key for gate in gates_of(f"leasing.{verb}_lease")] for verb in ("renew", "take"))


def test_a_lease_is_renewed_only_by_request(estate: Estate):
    lease = estate.lease()
    with pytest.raises(NeedsRequest):
        actions["leasing.renew_lease"].run(estate.keeper, {"id": lease.pk})


def test_moving_the_last_day_by_an_edit_is_refused_and_told_what_it_is(estate: Estate):
    lease = estate.lease()
    with pytest.raises(Refused, match="申请续租"):
        do("offices.edit_lease", estate.keeper, {"id": lease.pk, "ends_on": lease.ends_on + dt.timedelta(days=1)})
    do("offices.edit_lease", estate.keeper, {"id": lease.pk, "ends_on": lease.ends_on - dt.timedelta(days=1)})


def test_a_city_without_owned_space_lets_the_renewal_pass(estate: Estate):
    estate.building("X", city="别处市", standing="excess")
    assert found(estate).verdict == "clear"


def test_vacant_rooms_that_are_enough_are_a_question(estate: Estate):
    building = estate.building("A")
    for number in range(3):
        estate.room(building, f"A-{number}")
    (space,) = found(estate).data["lines"][0]["known"]
    assert (space["pk"], space["standing"], space["usable"], space["rooms"]) == (building, "vacant", "60.00", 3)


@pytest.mark.parametrize(("wanted", "verdict"), [("60", "question"), ("60.01", "clear")])
def test_the_boundary_of_what_would_do_is_the_area(estate: Estate, wanted: str, verdict: str):
    building = estate.building("A")
    for number in range(3):
        estate.room(building, f"A-{number}")
    assert found(estate, usable_area=wanted).verdict == verdict


def test_a_building_whose_rooms_are_all_used_is_not_offered(estate: Estate):
    room = estate.room(estate.building("A"), "A-1", "80")
    do("offices.assign_room", estate.keeper, {"room": room, "person": estate.town.person.pk, "valid_from": dt.date(2024, 1, 1)})
    assert found(estate).verdict == "clear"


def test_excess_goes_first_then_vacant_then_unknown_and_the_near_before_the_far(estate: Estate):
    unknown_far, unknown_near = estate.building("U2", **FAR), estate.building("U1", **NORTH)
    vacant = estate.building("V", **NORTH)
    estate.room(vacant, "V-1", "80")
    excess = estate.building("E", standing="excess", **FAR)
    line = found(estate, latitude="31.010000", longitude="117.000000").data["lines"][0]
    assert [space["pk"] for space in line["known"]] == [excess, vacant]
    assert [(space["pk"], space["km"]) for space in line["unknown"]] == [(unknown_near, 1.1), (unknown_far, 10.0)]


def test_what_is_closed_or_leased_or_land_is_never_offered(estate: Estate):
    estate.building("C", standing="closed")
    estate.building("L", holding="leased_in")
    estate.building("G", kind="land")
    assert found(estate).verdict == "clear"


def test_each_known_vacancy_needs_its_reason_and_the_unknown_ones_share_one(estate: Estate):
    excess = estate.building("E", standing="excess")
    estate.building("U1")
    estate.building("U2")
    assert found(estate, said(excess, "太远")).verdict == "question"
    word = judge_lease(estate.renewal(estate.lease("Z-2"), said(excess, "太远"), said(0, "已电话核实，都在使用")))
    assert (word.verdict, word.data["lines"][0]["known"][0]["reason"]) == ("warning", "太远")
    assert word.data["lines"][0]["unknown_reason"] == "已电话核实，都在使用"


def test_what_is_taken_is_reserved_and_provided_instead_of_the_lease(estate: Estate):
    excess = estate.building("E", standing="excess")
    case = estate.renewal(estate.lease(), said(excess, take=True))
    word = judge_lease(case)
    assert (word.verdict, [(claim.subject_id, str(claim.amount)) for claim in word.claims]) == ("clear", [(excess, "60.00")])
    reserve("SQ-LEASE", word.claims)
    assert settle_lease(case) == []
    provision = Provision.objects.get()
    assert (provision.unit, provision.place_id, provision.way) == (estate.town.water, excess, "reallocate")


def test_what_another_request_holds_counts_no_more(estate: Estate):
    excess = estate.building("E", usable="100", standing="excess")
    reserve("SQ-OTHER", judge_lease(estate.renewal(estate.lease(), said(excess, take=True))).claims)
    assert judge_lease(estate.renewal(estate.lease("Z-2"))).verdict == "clear"


def test_a_refused_offer_lets_the_lease_be_renewed_with_its_term_on_record(estate: Estate):
    excess, lease = estate.building("E", standing="excess"), estate.lease()
    case = estate.renewal(lease, said(excess, "没有窗口条件"))
    before = lease.ends_on
    rows = settle_lease(case)
    case.action.commit(case.context, Prepared(rows, [0]))
    lease.refresh_from_db()
    term = LeaseTerm.objects.get()
    assert (term.ended_before, term.ends_on, str(lease.annual_rent)) == (before, lease.ends_on, "38000.00")


@pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False)])
def test_a_further_term_begins_on_the_day_after_the_last(estate: Estate, days: int, refused: bool):
    lease = estate.lease()
    start = lease.ends_on + dt.timedelta(days=days)
    raw = {"id": lease.pk, "starts_on": start, "ends_on": start, "annual_rent": "1", "reason": "续租"}
    if refused:
        with pytest.raises(Refused):
            do("leasing.renew_lease", estate.keeper, raw)
    else:
        assert do("leasing.renew_lease", estate.keeper, raw) == [lease.pk]
