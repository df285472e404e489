"""The city's first sweep and what was made of it."""

from __future__ import annotations

from gongjia.demo.oversight import MENDED, UNITS, first_sweep
from gongjia.demo.seeding import SETUP
from gongjia.demo.usage import OVERAGES
from gongjia.standards.models import Excuse, Finding, Rectification
from gongjia.standards.sweep import run_sweep
from tests.city import City


def test_some_findings_are_excused_with_evidence_and_some_are_being_mended(demo_city: City):
    first_sweep(demo_city.user(SETUP))
    assert Finding.objects.filter(state="excused").count() == Excuse.objects.count() == len(UNITS) + len(OVERAGES)
    assert Rectification.objects.count() == len(UNITS) * MENDED
    assert Rectification.objects.filter(state="doing", owner__isnull=False).exists()


def test_a_sweep_on_the_same_day_leaves_the_excused_excused(demo_city: City):
    first_sweep(demo_city.user(SETUP))
    first = set(Finding.objects.filter(state="excused").values_list("pk", flat=True))
    run_sweep()
    assert set(Finding.objects.filter(state="excused").values_list("pk", flat=True)) == first


def test_few_findings_say_that_the_level_of_the_user_is_unknown(demo_city: City):
    first_sweep(demo_city.user(SETUP))
    assert 0 < Finding.objects.filter(check_key="ledger.price", reason="missing:level").count() < 20
