"""The demo city: what was planted is found, by the pages' flags and by the sweep alike, and nothing else."""

from __future__ import annotations

import pytest

from gongjia.domains.maintenance.choosing import solve
from gongjia.domains.maintenance.flags import flags_of
from gongjia.domains.maintenance.models import Project, Ticket
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.city import City

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PLANTED = {
    ("1 号楼屋面防水（一期）", "split"),
    ("1 号楼屋面防水（二期）", "split"),
    ("给排水管网改造", "bundled"),
    ("接待室装修", "fitting"),
    ("调整后办公室装修", "new_user"),
}
CHECKS = {
    "maintenance.split_project": "split",
    "maintenance.bundled_daily": "bundled",
    "maintenance.fitting_over_standard": "fitting",
    "maintenance.new_user": "new_user",
    "maintenance.extension": "extension",
    "maintenance.before_period": "period",
}


def test_what_was_planted_is_flagged_and_nothing_else(demo_city: City) -> None:
    projects = Project.objects.select_related("unit")
    assert {(one.name, flag.key) for one in projects for flag in flags_of(one)} == PLANTED


def test_the_sweep_finds_the_same(demo_city: City) -> None:
    run_sweep(keys=[*CHECKS, "maintenance.over_run"])
    names = dict(Project.objects.values_list("pk", "name"))
    found = Finding.objects.filter(check_key__startswith="maintenance.", subject="maintenance.project")
    said = {(names[one.subject_id], CHECKS.get(one.check_key, one.check_key)) for one in found.exclude(outcome="compliant")}
    assert said == PLANTED | {("东楼屋面大修", "maintenance.over_run")}


def test_next_years_choice_beats_ranking(demo_city: City) -> None:
    figures = solve(demo_city.unit("YC"), 2027, Project.objects.get(name="空调主机更换（水冷）").estimate * 3).figures
    assert figures["value"] > figures["plain_value"]
    assert figures["gap"] < 0.15


def test_tickets_stand_in_every_state(demo_city: City) -> None:
    assert set(Ticket.objects.values_list("state", flat=True)) == {"reported", "dispatched", "done", "confirmed"}
