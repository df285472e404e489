"""Ask first: a form out of a check's facts, and the verdict as everywhere else."""

import pytest
from django.test import Client

from gongjia.core.check import checks
from tests.people import Town
from tests.standards_pages.conftest import text

pytestmark = pytest.mark.django_db
PAGE = "/standards/ask/"
ROOM = f"{PAGE}?check=offices.room_over_entitlement&asked=1"


@pytest.mark.parametrize("key", [check.key for check in checks if check.table])
def test_every_check_with_a_table_can_be_asked(clerk: Client, key: str):
    assert clerk.get(f"{PAGE}?check={key}").status_code == 200
    assert 'data-testid="verdict"' in text(clerk.get(f"{PAGE}?check={key}&asked=1&tier=municipal"))


@pytest.mark.parametrize(("tier", "limit"), [("central", "12 m²"), ("provincial", "18 m²"), ("municipal", "24 m²"), ("county", "30 m²")])
def test_the_same_level_gets_another_room_at_each_tier(clerk: Client, tier: str, limit: str):
    assert limit in text(clerk.get(f"{ROOM}&tier={tier}&level.division_chief=1&area=40"))


def test_three_people_share_what_they_are_allowed_together(clerk: Client):
    said = text(clerk.get(f"{ROOM}&tier=municipal&level.staff=3&area=30"))
    assert "30 &gt; 27 = 3 × 9" in said


def test_a_compliant_case_gets_the_same_panel(clerk: Client):
    said = text(clerk.get(f"{ROOM}&tier=municipal&level.staff=1&area=9"))
    assert 'data-outcome="compliant"' in said
    assert "发改投资〔2014〕2674号" in said


def test_the_day_before_a_standard_bound_the_former_one_answers(clerk: Client):
    said = text(clerk.get(f"{ROOM}&tier=municipal&level.division_chief=1&area=20&on=2014-11-23"))
    assert "计投资〔1999〕2250号" in said


def test_what_was_not_said_is_asked_for_by_name(clerk: Client):
    assert "缺少“职务层次”" in text(clerk.get(f"{ROOM}&tier=municipal&area=20"))


def test_an_answer_that_cannot_be_read_is_told_at_its_field(clerk: Client):
    assert "读不懂" in text(clerk.get(f"{ROOM}&tier=municipal&level.staff=1&area=很大"))


def test_the_case_may_name_a_unit(clerk: Client, town: Town):
    said = text(clerk.get(f"{ROOM}&unit={town.water.code}&level.staff=1&area=12.6"))
    assert "12.6 m²，超出 3.6 m²" in said


def test_the_form_keeps_what_was_asked(clerk: Client):
    said = text(clerk.get(f"{ROOM}&tier=county&level.staff=2&area=20"))
    assert '<option value="county" selected>' in said
    assert 'name="level.staff" value="2"' in said


def test_asking_is_a_right_of_its_own(stranger: Client):
    assert stranger.get(PAGE).status_code == 403
