"""The list of findings and the verdict: what they say, and to whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongjia.domains.vehicles.models import Vehicle
from gongjia.standards.models import Finding
from gongjia.standards.naming import titles
from gongjia.standards.sweep import run_sweep
from tests.people import Town
from tests.standards_pages.conftest import ROOMS, text
from tests.standards_sweep.places import card, person, room

pytestmark = pytest.mark.django_db
LIST = "/standards/finding/"


def page(finding: Finding) -> str:
    return f"{LIST}{finding.pk}/"


def test_the_list_says_what_was_judged_and_what_changed(inspector: Client, breach: Finding):
    said = text(inspector.get(LIST))
    assert re.search(r"按 \d{4}-\d\d-\d\d 有效的规范核对 \d+ 条记录，用时 .+ 秒；昨日以来新增 \d+ 条、消除 0 条。", said)
    assert "办公用房超标" in said
    assert "1 号楼 0615" in said


def test_before_the_first_sweep_the_list_says_how_to_begin(inspector: Client):
    assert "还没有核查过" in text(inspector.get(LIST))


def test_a_clerk_sees_the_findings_of_the_own_unit_only(clerk: Client, breach: Finding, foreign: Finding):
    said = text(clerk.get(LIST))
    assert "1 号楼 0615" in said
    assert "1 号楼 0707" not in said
    assert clerk.get(page(breach)).status_code == 200


@pytest.mark.parametrize("tail", ["", "?beside=1", "recompute/", "do/standards.excuse_finding/"])
def test_a_finding_of_another_unit_does_not_exist_for_a_clerk(clerk: Client, foreign: Finding, tail: str):
    assert clerk.get(page(foreign) + tail).status_code == 404


@pytest.mark.parametrize("address", ["", "notice/?id=1", "1/", "1/recompute/"])
def test_findings_are_closed_to_a_stranger(stranger: Client, breach: Finding, address: str):
    assert stranger.get(LIST + address).status_code == 403


def test_somebody_not_signed_in_is_asked_to(client: Client, breach: Finding):
    assert client.get(page(breach)).url.startswith("/sign-in/")


def test_filters_stay_in_the_address_of_every_other_filter(inspector: Client, breach: Finding, town: Town):
    said = text(inspector.get(f"{LIST}?group=offices&within={town.water.pk}"))
    assert f"within={town.water.pk}&amp;group=offices&amp;state=any" in said or f"within={town.water.pk}&amp;state=any" not in said
    assert "1 号楼 0707" not in said


def test_another_kind_of_finding_is_left_out(inspector: Client, breach: Finding):
    assert "1 号楼 0615" not in text(inspector.get(f"{LIST}?group=vehicles"))


def test_the_verdict_quotes_the_clause_and_does_the_sum(inspector: Client, breach: Finding):
    said = text(inspector.get(page(breach)))
    for words in (
        "超标",
        "可作处理依据",
        "12.6 m²，超出 3.6 m²",
        "局（处）级以下",
        "9 m²/人",
        "发改投资〔2014〕2674号",
        "12.6 &gt; 9",
        f"F-{breach.pk}",
    ):
        assert words in said


def test_the_verdict_beside_the_list_is_the_same_without_a_frame(inspector: Client, breach: Finding):
    said = text(inspector.get(page(breach) + "?beside=1"))
    assert "<html" not in said
    assert "12.6 m²，超出 3.6 m²" in said


def test_the_clause_leads_to_its_row_in_the_rulebook(inspector: Client, breach: Finding):
    url = re.search(r'href="(/standards/rulebook/[^"]+#row-(\d+))" data-testid="clause-link"', text(inspector.get(page(breach))))
    assert url is not None
    assert f'id="row-{url[2]}"' in text(inspector.get(url[1]))


def test_the_bar_is_drawn_without_inline_styles(inspector: Client, breach: Finding):
    said = text(inspector.get(page(breach)))
    assert 'class="over breach"' in said
    assert "style=" not in said


def test_a_verdict_can_be_recomputed_and_changes_nothing(inspector: Client, breach: Finding):
    said = text(inspector.get(page(breach) + "recompute/"))
    assert "两次结果一致" in said
    assert Finding.objects.get(pk=breach.pk).last_sweep_id == breach.last_sweep_id


def test_what_is_gone_says_that_it_will_be_cured(inspector: Client, breach: Finding):
    breach.subject_id += 100_000
    breach.save(update_fields=["subject_id"])
    assert "台账里已没有这件事" in text(inspector.get(page(breach) + "recompute/"))


def test_the_verdict_is_told_in_english(inspector: Client, breach: Finding):
    inspector.cookies["django_language"] = "en"
    said = text(inspector.get(page(breach)))
    assert "局（处）级以下" in said
    assert "m² per person" in said


def test_the_number_of_queries_does_not_grow_with_the_findings(inspector: Client, breach: Finding, town: Town):
    def queries() -> int:
        inspector.get(LIST)
        with CaptureQueriesContext(connection) as seen:
            inspector.get(LIST)
        return len(seen)

    few = queries()
    for number in range(20):
        room(f"1{number:03}", town.water, "20", person(f"X{number}", town.water))
    run_sweep(keys=[ROOMS])
    assert queries() <= few + 1


def test_every_verdict_of_a_record_is_recomputed_on_demand_compliant_ones_too(inspector: Client, breach: Finding, town: Town):
    within = room("0999", town.water, "8", person("OK", town.water))
    said = text(inspector.get(f"/standards/verdicts/offices.room/{within.pk}/"))
    assert 'data-outcome="compliant"' in said
    assert "逐项核对" in said


def test_the_verdicts_of_a_record_are_closed_with_the_record(clerk: Client, stranger: Client, foreign: Finding):
    address = f"/standards/verdicts/offices.room/{foreign.subject_id}/"
    assert clerk.get(address).status_code == 404
    assert stranger.get(address).status_code == 403
    assert clerk.get("/standards/verdicts/nonsense/1/").status_code == 404


def test_a_vehicle_without_a_plate_goes_by_its_card(town: Town):
    vehicle = Vehicle.objects.create(asset=card("SW-77", town.water, ""), plate="")
    assert titles([("vehicles.vehicle", vehicle.pk)]) == {("vehicles.vehicle", vehicle.pk): "SW-77 SW-77"}
