"""Excusing with evidence, ending an excuse, giving a finding to somebody to mend; and taking it all back."""

from __future__ import annotations

import datetime as dt

import pytest

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.models import Attachment, Batch
from gongjia.core.periods import today
from gongjia.core.problems import Refused
from gongjia.core.resource import NotFound
from gongjia.core.undo import undo_batch
from gongjia.standards.explaining import explain
from gongjia.standards.models import Excuse, Finding, Rectification
from gongjia.standards.panels import findings as panel
from gongjia.standards.sweep import run_sweep
from tests.people import Town, user
from tests.standards_sweep.places import card, person, room

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(1)


@pytest.fixture
def found(town: Town) -> Finding:
    """A room that is too large for its one user."""
    room("0613", town.water, "15", person("P9", town.water))
    run_sweep(keys=["offices.room_over_entitlement"])
    return Finding.objects.get()


def evidence() -> str:
    return files.store_chunks([b"approval"], "approval.pdf", "application/pdf").digest


def excuse(town: Town, found: Finding, **more: object) -> int:
    given = {"id": found.pk, "reason": "结构所限", "valid_from": today(), "valid_to": today() + 30 * DAY, "evidence": evidence(), **more}
    return actions["standards.excuse_finding"].run(town.inspector, given)


def test_an_excused_finding_leaves_the_pressing_ones_and_keeps_its_evidence(town: Town, found: Finding) -> None:
    made = Excuse.objects.get(pk=excuse(town, found))
    found.refresh_from_db()
    assert (found.state, found.excuse, found.outcome) == ("excused", made, "breach")
    assert not Finding.objects.pressing().exists()
    assert Attachment.objects.get(subject="standards.excuse").subject_id == made.pk
    assert explain(found).outcome_label.startswith("例外 · 至 ")


def test_an_exception_needs_evidence_and_an_end(town: Town, found: Finding) -> None:
    with pytest.raises(Refused) as refusal:
        excuse(town, found, evidence="", valid_to=today() - DAY)
    assert {problem.code for problem in refusal.value.problems} == {"evidence_missing", "ends_before_start"}
    with pytest.raises(Refused, match="没有这份"):
        excuse(town, found, evidence="0" * 64)


def test_a_finding_is_excused_once(town: Town, found: Finding) -> None:
    excuse(town, found)
    with pytest.raises(Refused, match="已经登记"):
        excuse(town, found)


def test_who_does_not_see_a_finding_cannot_excuse_it(town: Town, found: Finding) -> None:
    archivist = user("archivist", "inspector", town.archive)
    with pytest.raises(NotFound):
        actions["standards.excuse_finding"].run(archivist, {"id": found.pk, "reason": "x", "valid_from": today(), "valid_to": today()})


def test_a_sweep_keeps_what_is_excused_and_opens_it_when_the_time_is_over(town: Town, found: Finding) -> None:
    made = excuse(town, found)
    run_sweep()
    assert Finding.objects.get(pk=found.pk).state == "excused"
    Excuse.objects.filter(pk=made).update(valid_from=today() - 9 * DAY, valid_to=today() - DAY)
    run_sweep()
    assert (Finding.objects.get(pk=found.pk).state, Finding.objects.get(pk=found.pk).excuse) == ("open", None)


def test_an_exception_that_begins_later_excuses_from_then_on(town: Town, found: Finding) -> None:
    made = excuse(town, found, valid_from=today() + DAY)
    assert Finding.objects.get(pk=found.pk).state == "open"
    Excuse.objects.filter(pk=made).update(valid_from=today())
    run_sweep()
    assert Finding.objects.get(pk=found.pk).state == "excused"


def test_ending_an_exception_opens_its_finding(town: Town, found: Finding) -> None:
    made = excuse(town, found)
    actions["standards.end_excuse"].run(town.inspector, {"id": made, "note": "已调整"})
    assert Finding.objects.get(pk=found.pk).state == "open"
    assert Excuse.objects.get(pk=made).closed_on == today()


def test_excusing_can_be_undone(town: Town, found: Finding) -> None:
    made = excuse(town, found)
    undo_batch(town.inspector, Batch.objects.get(action="standards.excuse_finding"))
    assert Finding.objects.get(pk=found.pk).state == "open"
    assert Excuse.objects.get(pk=made).closed_on == today()


def test_a_finding_is_given_to_somebody_until_a_day_and_done_on_another(town: Town, found: Finding) -> None:
    given = {"id": found.pk, "owner": "P001", "due_on": today() + 20 * DAY}
    made = actions["standards.assign_rectification"].run(town.inspector, given)
    actions["standards.edit_rectification"].run(town.clerk, {"id": made, "state": "done", "note": "调到 0615"})
    mended = Rectification.objects.get(pk=made)
    assert (mended.owner, mended.unit, mended.state, mended.done_on) == (town.person, town.water, "done", today())
    with pytest.raises(Refused, match="已经交办"):
        actions["standards.assign_rectification"].run(town.inspector, given)


def test_the_detail_page_of_a_room_shows_its_findings(town: Town, found: Finding) -> None:
    place = found.subject_id
    context = panel(town.inspector, "offices.room", type("Row", (), {"pk": place}))
    assert context is not None
    assert [each.pk for each, _told in context["lines"]] == [found.pk]
    assert panel(town.stranger, "offices.room", type("Row", (), {"pk": place})) is None


def test_a_record_that_no_check_judges_has_no_panel(town: Town) -> None:
    card("1", town.water, "A02010105")
    assert panel(town.inspector, "ledger.category", town.desktop) is None
