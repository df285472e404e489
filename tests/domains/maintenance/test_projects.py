"""Large repairs: the pipeline, its flags, and the choice under a budget."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from gongjia.core.action import actions
from gongjia.core.problems import NeedsRequest, Refused
from gongjia.domains.costs.models import BudgetLine
from gongjia.domains.maintenance.flags import flags_of
from gongjia.domains.maintenance.models import Candidate, Project, Selection
from gongjia.domains.offices.models import Building, Occupancy, Room
from tests.domains.maintenance.works import TODAY, Works

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def keys(project: Project) -> set[str]:
    project = Project.objects.select_related("unit").get(pk=project.pk)
    return {flag.key for flag in flags_of(project)}


def chosen(works: Works, line: BudgetLine, **more: object) -> Selection:
    raw = {"unit": "YC-SW", "year": 2027, "line": line.pk, **more}
    return Selection.objects.get(pk=works.do("maintenance.choose_projects", works.dispatcher, raw))


def names(selection: Selection) -> set[str]:
    return set(Candidate.objects.filter(selection=selection, chosen=True).values_list("project__name", flat=True))


def test_an_application_after_the_deadline_needs_a_reason_and_says_it_is_late(works: Works) -> None:
    with pytest.raises(Refused, match="2026-06-30 截止"):
        works.apply(dt.date(2026, 7, 1))
    assert works.apply(dt.date(2026, 7, 1), late_reason="六月暴雨后损坏").late
    assert not works.apply(dt.date(2026, 6, 30)).late


def test_what_is_obligatory_may_come_late(works: Works) -> None:
    assert works.apply(dt.date(2026, 9, 1), obligatory=True).late


def test_the_joint_review_is_concluded_by_its_majority_and_means(works: Works) -> None:
    project = works.reviewed(damage=70, safety=50)
    assert (project.state, project.damage, project.safety) == ("joint", 70, 50)


def test_a_joint_review_of_two_is_none(works: Works) -> None:
    project = works.apply()
    works.do("maintenance.check_project", works.dispatcher, {"id": project.pk})
    for member in (works.office, works.finance):
        works.do("maintenance.review_project", member, {"id": project.pk, "opinion": "agree", "damage": 1, "safety": 1})
    with pytest.raises(Refused, match="至少 3 人"):
        works.do("maintenance.conclude_review", works.office, {"id": project.pk})


def test_a_member_who_changes_his_mind_has_one_voice(works: Works) -> None:
    project = works.apply()
    works.do("maintenance.check_project", works.dispatcher, {"id": project.pk})
    for opinion in ("refuse", "agree"):
        works.do("maintenance.review_project", works.office, {"id": project.pk, "opinion": opinion, "damage": 1, "safety": 1})
    assert list(project.reviews.filter(closed_on=None).values_list("opinion", flat=True)) == ["agree"]


def test_nothing_is_paid_or_begun_without_approval(works: Works) -> None:
    project = works.reviewed()
    with pytest.raises(NeedsRequest):
        actions["maintenance.approve_project"].run(works.dispatcher, {"id": project.pk, "line": works.line().pk, "approved": "1"})
    with pytest.raises(Refused, match="预算已批准"):
        works.do("maintenance.start_project", works.dispatcher, {"id": project.pk, "contractor": "甲", "started_on": TODAY})


def test_from_the_choice_to_the_final_account(works: Works) -> None:
    project, line = works.reviewed(), works.line()
    works.do("maintenance.accept_selection", works.dispatcher, {"id": chosen(works, line).pk})
    works.do("maintenance.approve_project", works.dispatcher, {"id": project.pk, "line": line.pk, "approved": "300000"})
    line.refresh_from_db()
    assert line.used == 300000
    works.do("maintenance.start_project", works.dispatcher, {"id": project.pk, "contractor": "甲公司", "started_on": TODAY})
    works.do("maintenance.complete_project", works.dispatcher, {"id": project.pk, "built_on": TODAY})
    works.do("maintenance.settle_project", works.dispatcher, {"id": project.pk, "final": "280000", "settled_on": TODAY})
    line.refresh_from_db()
    assert (line.used, Project.objects.get().state) == (Decimal(280000), "settled")


def test_the_request_reserves_the_budget_line(works: Works) -> None:
    project, line = works.reviewed(), works.line()
    works.do("maintenance.accept_selection", works.dispatcher, {"id": chosen(works, line).pk})
    act = actions["maintenance.approve_project"]
    rows = [act.input_type(id=project.pk, line=line.pk, approved=Decimal(300000))]
    held = {(claim.subject, claim.amount) for claim in act.claims(None, rows)}
    assert held == {("costs.budgetline", Decimal(300000)), ("maintenance.project", None)}


def test_split_projects_are_found_and_none_invented(works: Works) -> None:
    one, two = works.apply(), works.apply(dt.date(2026, 6, 20), name="屋面防水二期")
    lift = works.apply(trade="lift")
    alone = works.apply(place=works.room.pk, trade="power")
    assert (keys(one), keys(two)) == ({"split"}, {"split"})
    assert keys(lift) == keys(alone) == set()


def test_a_split_ends_when_one_part_is_turned_down(works: Works) -> None:
    one, two = works.apply(), works.apply(name="屋面防水二期")
    works.do("maintenance.refuse_project", works.dispatcher, {"id": two.pk, "note": "并入一期"})
    assert keys(one) == set()


def test_small_items_and_tickets_in_a_large_repair_are_bundled(works: Works) -> None:
    project, ticket = works.apply(), works.done()
    items = (
        {"name": "防水卷材", "amount": "280000"},
        {"name": "换灯", "amount": "3000"},
        {"name": "水龙头", "amount": "9000", "ticket": ticket.pk},
    )
    for item in items:
        works.do("maintenance.add_item", works.dispatcher, {"project": project.pk, "trade": "roof", **item})
    project.refresh_from_db()
    assert project.daily_sum == 12000
    assert keys(project) == {"bundled"}


def test_a_new_leader_is_no_reason_to_refurbish(works: Works) -> None:
    Room.objects.create(place=works.room, building=Building.objects.create(place=works.building))
    Occupancy.objects.create(room_id=works.room.pk, person=works.town.person, valid_from=dt.date(2026, 1, 5))
    assert keys(works.apply(place=works.room.pk, trade="fitting")) == {"new_user"}
    assert keys(works.apply(dt.date(2026, 6, 11), place=works.room.pk, trade="water")) == set()
    assert keys(works.apply(trade="power", cause="new_unit")) == {"new_user"}


def test_fittings_far_above_like_projects_are_flagged(works: Works) -> None:
    for number in range(3):
        works.apply(name=f"会议室{number}", trade="fitting", estimate="90000", unit="YC-DA" if number else "YC-SW")
    dear = works.apply(name="接待室", trade="fitting", estimate="200000")
    assert keys(dear) == {"fitting"}


def test_an_extension_above_fifteen_per_cent_is_flagged_by_its_clause(works: Works) -> None:
    project = works.apply(extension_area="751")
    assert {flag.key: flag.citation for flag in flags_of(Project.objects.select_related("unit").get(pk=project.pk))}["extension"].endswith(
        "第五条"
    )
    assert keys(works.apply(trade="lift", extension_area="750")) == set()


def test_a_full_repair_before_its_period_is_flagged(works: Works) -> None:
    assert "period" in keys(works.apply(scale="major", repaired_on=dt.date(2015, 1, 1)))
    assert keys(works.apply(scale="major", trade="lift")) == set()


def test_the_choice_beats_ranking_and_says_by_how_much(works: Works) -> None:
    works.reviewed(name="大", damage=90, safety=90, estimate="900000", trade="lift")
    for number in range(3):
        works.reviewed(name=f"小{number}", damage=60, safety=60, estimate="330000", trade=("wall", "air", "power")[number])
    found = chosen(works, works.line("1000000"))
    assert names(found) == {"小0", "小1", "小2"}
    assert found.figures["plain_count"] == 1
    assert found.figures["value"] > found.figures["plain_value"]


def test_a_pinned_project_is_in_and_a_forbidden_one_is_out_of_the_next_choice(works: Works) -> None:
    big = works.reviewed(name="大", damage=90, safety=90, estimate="900000", trade="lift")
    small = works.reviewed(name="小", damage=60, safety=60, estimate="330000", trade="wall")
    line = works.line("1000000")
    first = chosen(works, line)
    works.do("maintenance.mark_candidate", works.dispatcher, {"id": first.pk, "project": small.pk, "mark": "pinned"})
    works.do("maintenance.mark_candidate", works.dispatcher, {"id": first.pk, "project": big.pk, "mark": "forbidden"})
    with pytest.raises(Refused, match="重新计算"):
        works.do("maintenance.accept_selection", works.dispatcher, {"id": first.pk})
    assert names(chosen(works, line)) == {"小"}


def test_what_must_be_done_and_costs_too_much_is_said(works: Works) -> None:
    works.reviewed(obligatory=True)
    with pytest.raises(Refused, match=r"300,000\.00 元，超过预算"):
        chosen(works, works.line("200000"))


def test_a_choice_that_was_marked_has_a_page(works: Works, client: Client) -> None:
    small, line = works.reviewed(name="小"), works.line()
    first = chosen(works, line)
    works.do("maintenance.mark_candidate", works.dispatcher, {"id": first.pk, "project": small.pk, "mark": "pinned"})
    client.force_login(works.dispatcher)
    assert client.get(f"/maintenance/selection/{first.pk}/").status_code == 200
