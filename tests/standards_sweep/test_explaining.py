"""Verdicts in words, in both languages, from keys and numbers alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils.translation import override

from gongjia.standards.asking import ask
from gongjia.standards.explaining import Explanation, briefs, explain
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.standards_sweep.places import card, person, room, unit

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 1, 15)
OVER = "offices.room_over_entitlement"


def told(check: str, language: str = "zh-hans", **case: object) -> Explanation:
    with override(language):
        return explain(ask(check, case, ON))


def test_the_shared_room_of_the_design_is_explained_as_drawn() -> None:
    e = told(OVER, tier="municipal", level="staff,staff,staff", area="24.9")
    assert (e.outcome_label, e.arithmetic, e.percent) == ("合规", "24.9 ≤ 27 = 3 × 9", "−8 %")


def test_the_clause_is_printed_as_it_stands_in_either_language() -> None:
    for language in ("zh-hans", "en"):
        clause = told(OVER, language, tier="municipal", level="staff", area="12.6").clause
        assert clause is not None
        assert (clause.words, clause.number) == ("局（处）级以下", "发改投资〔2014〕2674号")
        assert (clause.start, clause.version, clause.row) == (dt.date(2014, 11, 24), "office_room_area@2014-11-24", 18)


def test_a_breach_says_by_how_much_and_that_it_may_be_used() -> None:
    e = told(OVER, tier="municipal", level="staff", area="12.6")
    assert "12.6 m²" in e.headline
    assert "3.6 m²" in e.headline
    assert (e.grounds, e.grounds_label, e.bar) == (True, "可作处理依据", (9.0, 12.6))


def test_a_doubt_says_why_it_only_warns() -> None:
    assert told(OVER, tier="central", level="staff", area="20").grounds_label == "待核，只提示"
    reference = told("ledger.price", tier="municipal", item="desktop_computer", unit_price="9000")
    assert reference.grounds_label == "参照，只提示"


def test_what_is_missing_is_named_and_so_is_the_way_to_mend_it() -> None:
    e = told(OVER, tier="municipal", area="15")
    assert (e.reason, e.advice[0].text) == ("缺少“职务层次”", "补录“职务层次”后自动重判。")


def test_formulas_are_written_out() -> None:
    assert told("ledger.quantity_per_head", tier="central", item="copier", count=8, heads=130).arithmetic == "8 > 6 = ⌈100÷20⌉ + ⌈30÷30⌉"
    area = told("offices.unit_area_over_authorised", tier="municipal", level="division_chief,staff", weight="2,30", area="700")
    assert area.arithmetic == "700 > 625.66 = (2 × 24 + 30 × 9 + 32 × 8) × (1 + 0.09)"


def test_what_others_set_says_who() -> None:
    e = told("vehicles.price", tier="municipal", vehicle_category="special", price="900000")
    assert e.reason == "标准由别处规定：由有关部门会同财政部门确定"


def test_a_room_that_is_too_large_is_shown_a_vacant_one_that_fits() -> None:
    at = unit("U")
    room("101", at, "15", person("P1", at))
    free = room("102", at, "8.7")
    room("103", at, "12")
    run_sweep(keys=[OVER])
    first = explain(Finding.objects.get()).advice[0]
    assert (first.resource, first.pk) == ("offices.room", free.pk)
    assert "102" in first.text


def test_evidence_leads_to_the_people_of_the_room() -> None:
    at = unit("U")
    someone = person("P1", at)
    room("101", at, "15", someone)
    run_sweep(keys=[OVER])
    assert ("org.person", someone.pk) in [(line.resource, line.pk) for line in explain(Finding.objects.get()).evidence]


def test_a_list_of_findings_is_named_in_a_few_queries(django_assert_max_num_queries: object) -> None:
    at = unit("C", "central")
    for number in range(8):
        card(str(number), at, "A02010105", "6000")
    run_sweep(keys=["ledger.price"])
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        lines = briefs(list(Finding.objects.all()))
    assert {line.value for line in lines} == {"6,000 元"}


def test_english_leaves_only_names_and_the_printed_clause_in_chinese() -> None:
    e = told(OVER, "en", tier="municipal", level="staff", area="12.6")
    said = " ".join([e.headline, e.grounds_label, e.outcome_label, e.value, *(line.label + line.text for line in e.evidence)])
    assert not any("一" <= sign <= "鿿" for sign in said)
