"""Provision and disposal in their order: earlier ways need evidence, a seen text stops, an unseen one only warns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case, Judgement
from gongjia.core.problems import Refused
from gongjia.domains.leasing.gates.order import judge_disposal, judge_provision, judge_title
from gongjia.domains.leasing.models import IdleSpace, Provision, SpaceDisposal, SpaceIncome
from tests.domains.leasing.letting import TODAY, Estate, do

PROVIDE, DISPOSE = "leasing.provide_space", "leasing.dispose_space"


def case(estate: Estate, key: str, raw: dict[str, Any], gate: str, *answers: dict[str, Any], on: dt.date = TODAY) -> Case:
    context = context_for(estate.keeper, "request", request_key="SQ-1", on=on)
    prepared = actions[key].prepare(context, [raw])
    assert not prepared.refused, prepared.problems
    return Case(actions[key], context, prepared.rows, {gate: list(answers)})


def provision(estate: Estate, way: str, *answers: dict[str, Any], **more: Any) -> Judgement:
    raw = {"unit": estate.town.water.pk, "way": way, "purpose": "办事窗口", "city": "云川市", "wanted_area": "60"}
    raw |= {"project": "云发改〔2026〕1号"} if way == "build" else {}
    on = more.pop("on", TODAY)
    return judge_provision(case(estate, PROVIDE, {**raw, **more}, "leasing.provision_order", *answers, on=on))


def because(way: str, reason: str = "没有合适的") -> dict[str, Any]:
    return {"line": 1, "way": way, "reason": reason, "document": "会议纪要3号"}


def test_reallocation_comes_first_and_needs_nothing(estate: Estate):
    assert provision(estate, "reallocate", place=estate.building("A")).verdict == "clear"


def test_a_lease_without_evidence_of_reallocation_is_stopped_by_the_regulation(estate: Estate):
    word = provision(estate, "lease")
    assert word.verdict == "question"
    assert [(step["way"], step["rule"]["stops"]) for step in word.data["steps"]] == [("reallocate", True), ("exchange", False)]
    assert "第十一条" in word.data["steps"][0]["rule"]["citation"] and "条号待核" in word.data["steps"][1]["rule"]["citation"]


def test_a_lease_without_evidence_of_exchange_is_only_a_warning(estate: Estate):
    assert provision(estate, "lease", because("reallocate")).verdict == "warning"
    assert provision(estate, "lease", because("reallocate"), because("exchange")).verdict == "clear"


@pytest.mark.parametrize(("day", "verdict"), [(dt.date(2021, 3, 31), "warning"), (dt.date(2021, 4, 1), "question")])
def test_the_regulation_stops_from_its_first_day_on(estate: Estate, day: dt.date, verdict: str):
    assert provision(estate, "build", on=day).verdict == verdict


def test_construction_asks_for_all_three_earlier_ways(estate: Estate):
    word = provision(estate, "build", because("reallocate"), because("exchange"))
    assert (word.verdict, [step["open"] for step in word.data["steps"]]) == ("warning", [False, False, True])


def test_what_could_be_reallocated_is_frozen_beside_the_reason(estate: Estate):
    excess = estate.building("E", standing="excess")
    word = provision(estate, "lease", because("reallocate", "太远"), because("exchange"))
    step = word.data["steps"][0]
    assert (word.verdict, step["found"][0]["pk"], step["reason"]) == ("warning", excess, "太远")


@pytest.mark.parametrize(("way", "field"), [("reallocate", "place"), ("exchange", "place"), ("build", "project")])
def test_each_way_names_what_it_is_about(estate: Estate, way: str, field: str):
    raw = {"unit": estate.town.water.pk, "way": way, "purpose": "窗口", "city": "云川市", "wanted_area": "60"}
    with pytest.raises(Refused) as refusal:
        do(PROVIDE, estate.keeper, raw)
    assert [problem.field for problem in refusal.value.problems] == [field]


def provided(estate: Estate, **more: Any) -> Provision:
    raw = {"unit": estate.town.water.pk, "way": "exchange", "purpose": "窗口", "city": "云川市", "wanted_area": "60"}
    return Provision.objects.get(pk=do(PROVIDE, estate.keeper, {**raw, "place": estate.building("N"), **more})[0])


@pytest.mark.parametrize(("granted", "excess"), [("60", None), ("60.01", "0.01")])
def test_what_an_exchange_brings_beyond_the_need_goes_to_the_manager(estate: Estate, granted: str, excess: str | None):
    made = provided(estate, granted_area=granted)
    do("leasing.move_in", estate.keeper, {"id": made.pk, "moved_in_on": TODAY})
    spaces = [(space.unit, str(space.usable_area)) for space in IdleSpace.objects.all()]
    assert spaces == ([(estate.bureau, excess)] if excess else [])


def test_who_moves_in_hands_the_old_space_over_to_the_manager(estate: Estate):
    old = estate.building("O", usable="80", unit=estate.town.water.pk)
    made = provided(estate, old_place=old)
    do("leasing.move_in", estate.keeper, {"id": made.pk, "moved_in_on": TODAY, "handed_over_on": TODAY})
    space = IdleSpace.objects.get()
    assert (space.place_id, space.unit, str(space.usable_area)) == (old, estate.bureau, "80.00")


def idle(estate: Estate, titled: bool = True, **more: Any) -> int:
    building = estate.building("I", **more)
    if titled:
        do(
            "leasing.register_title",
            estate.keeper,
            {"place": building, "number": "皖1号", "holder": "x", "valid_from": dt.date(2020, 1, 1)},
        )
    raw = {"unit": more.get("unit", estate.bureau.pk), "place": building, "ground": "surplus", "since": TODAY, "usable_area": "50"}
    return do("leasing.register_idle", estate.keeper, raw)[0]


def disposal(estate: Estate, space: int, way: str, *answers: dict[str, Any], **more: Any) -> Case:
    return case(estate, DISPOSE, {"id": space, "way": way, **more}, "leasing.disposal_order", *answers)


def test_disposal_without_reallocation_first_warns_where_the_text_is_local(estate: Estate):
    space = idle(estate)
    word = judge_disposal(disposal(estate, space, "let"))
    assert (word.verdict, [step["way"] for step in word.data["steps"]]) == ("warning", ["reallocate", "convert", "exchange"])
    assert judge_disposal(disposal(estate, space, "let", because("reallocate"))).verdict == "clear"
    assert judge_disposal(disposal(estate, space, "reallocate", receiver=estate.town.archive.pk)).verdict == "clear"


def test_a_using_unit_disposes_of_no_unclear_title_and_the_manager_is_warned(estate: Estate):
    own, other = idle(estate, titled=False), None
    word = judge_title(disposal(estate, own, "demolish"))
    assert word is not None and word.verdict == "warning"
    IdleSpace.objects.filter(pk=own).update(unit=estate.town.water)
    other = judge_title(disposal(estate, own, "demolish"))
    assert other is not None and (other.verdict, "第五条" in other.data["citation"]) == ("blocked", True)


def test_a_clear_title_is_no_obstacle_to_anybody(estate: Estate):
    space = idle(estate)
    IdleSpace.objects.filter(pk=space).update(unit=estate.town.water)
    word = judge_title(disposal(estate, space, "demolish"))
    assert word is not None and word.verdict == "clear"


@pytest.mark.parametrize("way", ["exchange", "auction"])
def test_exchange_and_auction_are_appraised(estate: Estate, way: str):
    with pytest.raises(Refused, match="第三十六条"):
        do(DISPOSE, estate.keeper, {"id": idle(estate), "way": way})


def test_a_disposal_that_is_done_is_no_longer_idle_and_its_income_is_recorded(estate: Estate):
    space = idle(estate)
    do(DISPOSE, estate.keeper, {"id": space, "way": "auction", "value": "1000"})
    made = SpaceDisposal.objects.get()
    do("leasing.complete_disposal", estate.keeper, {"id": made.pk, "completed_on": TODAY})
    do("leasing.record_proceeds", estate.keeper, {"id": made.pk, "year": TODAY.year, "amount": "1200", "received_on": TODAY})
    assert [(income.kind, income.unit) for income in SpaceIncome.objects.all()] == [("proceeds", estate.bureau)]
    assert IdleSpace.objects.get().settled_on == TODAY
    with pytest.raises(Refused):
        do(DISPOSE, estate.keeper, {"id": space, "way": "let"})
