"""What a sweep writes: new, standing, moved and cured findings; snapshots of other days; subtrees."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gongjia.core.action import actions
from gongjia.core.jobs import Running, job_kinds
from gongjia.core.models import Job
from gongjia.core.periods import today
from gongjia.core.problems import Forbidden
from gongjia.ledger.models import Asset
from gongjia.org.models import Place
from gongjia.standards.models import Finding, Rectification
from gongjia.standards.services import start_sweep
from gongjia.standards.sweep import run_sweep
from tests.people import Town, user
from tests.standards_sweep.places import card, person, room, unit

pytestmark = pytest.mark.django_db
DESKTOP = "A02010105"
KEY = ["ledger.price"]


def test_a_second_sweep_finds_the_same_findings_standing() -> None:
    card("1", unit("C", "central"), DESKTOP, "6000")
    first, second = run_sweep(keys=KEY), run_sweep(keys=KEY)
    assert (first.new, first.standing, first.cured) == (1, 0, 0)
    assert (second.new, second.standing, second.cured) == (0, 1, 0)
    assert Finding.objects.count() == 1


def test_a_finding_that_moved_keeps_its_row_and_its_first_day() -> None:
    made = card("1", unit("C", "central"), DESKTOP, "6000")
    run_sweep(keys=KEY)
    before = Finding.objects.get()
    Asset.objects.filter(pk=made.pk).update(cost=Decimal(7000))
    again = run_sweep(keys=KEY)
    after = Finding.objects.get()
    assert (after.pk, after.first_sweep_id, after.last_sweep, after.over) == (before.pk, before.first_sweep_id, again, 2000)


def test_what_the_facts_no_longer_show_is_cured_and_its_rectification_done() -> None:
    made = card("1", unit("C", "central"), DESKTOP, "6000")
    run_sweep(keys=KEY)
    found = Finding.objects.get()
    mending = Rectification.objects.create(finding=found, unit=found.unit, due_on=today())
    Asset.objects.filter(pk=made.pk).update(cost=Decimal(5000))
    assert run_sweep(keys=KEY).cured == 1
    found.refresh_from_db()
    mending.refresh_from_db()
    assert (found.state, found.cured_on, mending.state, mending.done_on) == ("cured", today(), "done", today())


def test_what_returns_after_it_was_cured_is_a_new_finding() -> None:
    made = card("1", unit("C", "central"), DESKTOP, "6000")
    for cost in (6000, 5000, 6000):
        Asset.objects.filter(pk=made.pk).update(cost=Decimal(cost))
        last = run_sweep(keys=KEY)
    assert (last.new, Finding.objects.count(), Finding.objects.current().count()) == (1, 2, 1)


def test_a_sweep_of_another_day_keeps_its_own_findings() -> None:
    card("1", unit("C", "central"), DESKTOP, "6000")
    run_sweep(keys=KEY)
    past = run_sweep(dt.date(2023, 1, 1), keys=KEY)
    assert (past.live, past.new, past.findings.count(), Finding.objects.current().count()) == (False, 1, 1, 1)
    assert run_sweep(dt.date(2022, 4, 30), keys=KEY).findings.count() == 0


def test_a_sweep_of_a_subtree_leaves_the_others_alone() -> None:
    here, there = unit("A", "central"), unit("B", "central")
    card("1", here, DESKTOP, "6000")
    other = card("2", there, DESKTOP, "6000")
    run_sweep(keys=KEY)
    Asset.objects.filter(pk=other.pk).update(cost=Decimal(100))
    part = run_sweep(unit=here, keys=KEY)
    assert (part.new, part.standing, part.cured) == (0, 1, 0)
    assert run_sweep(keys=KEY).cured == 1


def test_the_counts_of_a_sweep_add_up_to_its_judgements() -> None:
    at = unit("C", "central")
    for number, cost in enumerate((100, 6000)):
        card(str(number), at, DESKTOP, str(cost))
    sweep = run_sweep()
    assert sweep.counts["ledger.price"] == {"compliant": 1, "breach": 1}
    assert sweep.judged == sum(n for counts in sweep.counts.values() for name, n in counts.items() if name != "no_rule")


def test_findings_keep_keys_and_numbers_and_no_words() -> None:
    card("1", unit("C", "central"), DESKTOP, "6000")
    run_sweep(keys=KEY)
    found = Finding.objects.get()
    assert (found.table_version, found.row_number, found.inputs["item"]) == ("equipment@2016-07-01", 1, "desktop_computer")
    assert not any("一" <= sign <= "鿿" for sign in str(found.inputs))


def test_a_room_that_was_closed_is_no_longer_judged() -> None:
    at = unit("U")
    made = room("101", at, "90", person("P1", at))
    run_sweep()
    Place.objects.filter(pk=made.pk).update(closed_on=today())
    run_sweep()
    assert not Finding.objects.current().filter(check_key="offices.room_over_entitlement").exists()


def test_the_job_sweeps_and_says_what_changed(town: Town) -> None:
    card("1", unit("C", "central"), DESKTOP, "6000")
    row = Job.objects.create(kind="standards.sweep", actor=town.inspector)
    said = job_kinds["standards.sweep"].run(Running(row))
    assert (said["new"], said["cured"]) == (Finding.objects.count(), 0)


def test_who_may_not_sweep_a_unit_is_refused(town: Town) -> None:
    assert start_sweep(town.inspector, unit_id=town.water.pk).kind == "standards.sweep"
    with pytest.raises(Forbidden):
        start_sweep(town.clerk, unit_id=town.water.pk)


def test_a_card_is_judged_where_and_as_it_was_on_the_day(town: Town) -> None:
    central = unit("C", "central", parent=town.city)
    made = card("1", central, DESKTOP, "6000")
    boss = user("boss", "asset_clerk", town.city)
    actions["ledger.transfer_asset"].run(boss, {"id": made.pk, "unit": town.water.pk}, request_key="QQ-1")
    actions["ledger.edit_asset"].run(boss, {"id": made.pk, "cost": "9000"})
    [now], [then] = Finding.objects.filter(first_sweep=run_sweep(keys=KEY)), run_sweep(today() - dt.timedelta(1), keys=KEY).findings.all()
    assert (now.unit, now.outcome, now.value) == (town.water, "doubt", 9000)
    assert (then.unit, then.outcome, then.value) == (central, "breach", 6000)


def test_a_line_break_inside_a_code_stops_no_sweep() -> None:
    at = unit("C", "central")
    card("1", at, DESKTOP, "6000")
    card("2", at, DESKTOP, "6000", disposal="a\nb\rc")
    assert run_sweep(keys=KEY).new == 2
