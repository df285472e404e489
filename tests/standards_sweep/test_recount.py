"""The findings on the demo city agree with an independent recount."""

from __future__ import annotations

import pytest

from gongjia.core.check import checks
from gongjia.core.periods import today
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.city import City as DemoCity
from tests.standards_sweep.recount import RECOUNTS, City

BAD = ("breach", "doubt", "cannot_decide")


@pytest.fixture
def swept(demo_city: DemoCity) -> City:
    """The small city after a sweep of today."""
    run_sweep()
    return City(today())


def findings(key: str) -> dict[tuple[int, str], str]:
    rows = Finding.objects.current().filter(check_key=key).exclude(fact_key="bookcase").exclude(reason="missing:event_on")
    return {(subject, fact): outcome for subject, fact, outcome in rows.values_list("subject_id", "fact_key", "outcome")}


def test_every_finding_is_found_by_the_recount_and_no_other(swept: City) -> None:
    different: dict[str, object] = {}
    for key, recount in RECOUNTS.items():
        counted = {(subject, fact): outcome for subject, fact, outcome in recount(swept) if outcome in BAD}
        if counted != findings(key):
            different[key] = set(counted.items()) ^ set(findings(key).items())
    assert different == {}


def test_every_check_is_counted_again_and_finds_something(swept: City) -> None:
    assert set(RECOUNTS) == {check.key for check in checks if check.key.split(".")[0] in ("ledger", "offices", "vehicles")}
    assert set(RECOUNTS) <= set(Finding.objects.current().values_list("check_key", flat=True))


def test_the_city_has_findings_of_every_kind(swept: City) -> None:
    kinds = set(Finding.objects.current().values_list("outcome", flat=True))
    assert kinds == set(BAD)


def test_each_finding_carries_what_it_was_judged_by(swept: City) -> None:
    for found in Finding.objects.current().exclude(table_version=""):
        assert found.inputs
        assert found.outcome == "cannot_decide" or (found.row_number and found.bound is not None)


def test_only_a_binding_row_that_was_seen_makes_a_breach(swept: City) -> None:
    breaches = Finding.objects.current().filter(outcome="breach")
    assert not breaches.exclude(standing="binding", blocks=True).exists()
    assert not Finding.objects.current().filter(outcome="doubt", blocks=True).exists()
