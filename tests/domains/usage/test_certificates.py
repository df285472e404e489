"""A certificate is frozen, numbered and marked; its public page tells a true paper from an altered one, and nothing more."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from gongjia.core.problems import Refused
from gongjia.domains.usage.marks import holds, mark_of, text_of
from gongjia.domains.usage.models import Certificate, CertifiedRoom
from gongjia.domains.usage.papers import address_of, agreement_pdf, certificate_pdf
from gongjia.domains.usage.rules import certified
from gongjia.org.models import Place
from tests.domains.usage.conftest import House
from tests.standards_sweep.places import room

pytestmark = pytest.mark.django_db
WHAT = {"unit": "YC-SW", "issuer": "YC", "valid_from": "2026-01-01", "valid_to": "2030-12-31", "household": "true"}


def issue(house: House, **more: object) -> Certificate:
    return Certificate.objects.get(pk=house.do("usage.issue_certificate", **{**WHAT, **more}))


def public(made: Certificate, mark: str = "") -> tuple[int, str]:
    answer = Client().get(f"/verify/{made.number}/{mark or made.mark}/")
    return answer.status_code, answer.content.decode()


def test_a_certificate_freezes_rooms_and_area_and_comes_with_its_agreement(house: House) -> None:
    room("102", house.town.water, "18.5")
    made = issue(house)
    assert (made.number, made.agreement, made.rooms, made.usable_area) == ("PZ-2026-00001", "XY-2026-00001", 2, Decimal("42.50"))
    Place.objects.filter(code="101").update(usable_area=99)
    assert sorted(made.lines.values_list("code", "usable_area")) == [("101", Decimal(24)), ("102", Decimal("18.5"))]


def test_the_papers_are_pdf(house: House) -> None:
    made = issue(house)
    assert certificate_pdf(made, "https://example.test")[:5] == agreement_pdf(made)[:5] == b"%PDF-"


def test_the_public_page_tells_the_five_facts_and_nothing_of_people(house: House) -> None:
    status, said = public(issue(house))
    assert status == 200 and 'data-state="valid"' in said
    assert all(word in said for word in ("PZ-2026-00001", "市水务局", "24.00 m²", "2026-01-01", "2030-12-31"))
    assert "郑处" not in said and "101" not in said


@pytest.mark.parametrize("mark", ["AAAAAAAAAAAAAAAAAAAAAAAA", "x", "%00"])
def test_without_the_mark_nothing_is_told(house: House, mark: str) -> None:
    status, said = public(issue(house), mark)
    assert status == 404 and "市水务局" not in said and 'data-state="unknown"' in said


def test_a_row_that_was_altered_afterwards_no_longer_holds(house: House) -> None:
    made = issue(house)
    CertifiedRoom.objects.filter(certificate=made).update(usable_area=240)
    assert not holds(made, made.mark) and public(made)[0] == 404


@pytest.mark.parametrize("field", [{"usable_area": 25}, {"valid_to": dt.date(2031, 1, 1)}, {"number": "PZ-2026-00002"}])
def test_each_fact_is_under_the_mark(house: House, field: dict[str, object]) -> None:
    made = issue(house)
    mark = made.mark
    Certificate.objects.filter(pk=made.pk).update(**field)
    made.refresh_from_db()
    assert not holds(made, mark)


def test_a_former_key_still_verifies_and_a_foreign_one_does_not(house: House, settings: object) -> None:
    made = issue(house)
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-key"  # type: ignore[attr-defined]
    assert not holds(made, made.mark)
    settings.SECRET_KEY_FALLBACKS = [former]  # type: ignore[attr-defined]
    assert holds(made, made.mark)


def test_a_certificate_that_was_taken_back_says_so(house: House) -> None:
    made = issue(house)
    house.do("usage.revoke_certificate", id=made.pk, revoked_on="2026-11-20", revoke_reason="单位搬迁")
    assert 'data-state="revoked"' in public(made)[1]
    with pytest.raises(Refused, match="已经收回"):
        house.do("usage.revoke_certificate", id=made.pk, revoked_on="2026-11-20", revoke_reason="又一次")


@pytest.mark.parametrize(
    ("dates", "state"), [({"valid_to": "2020-12-31", "valid_from": "2020-01-01"}, "ended"), ({"valid_from": "2029-01-01"}, "early")]
)
def test_validity_is_told_by_the_day(house: House, dates: dict[str, str], state: str) -> None:
    assert f'data-state="{state}"' in public(issue(house, **dates))[1]


def test_a_secret_unit_has_a_paper_without_code_and_no_public_page(house: House) -> None:
    made = issue(house)
    house.town.water.secret = True
    house.town.water.save()
    made.refresh_from_db()
    assert public(made)[0] == 404 and certificate_pdf(made, "")[:5] == b"%PDF-"


def test_what_is_covered_empty_or_backwards_is_refused(house: House) -> None:
    issue(house)
    for words, row in (
        ("已在有效的凭证 PZ-2026-00001", WHAT),
        ("没有登记房间", {**WHAT, "unit": "YC-DA"}),
        ("早于起始日期", {**WHAT, "valid_to": "2025-01-01"}),
    ):
        with pytest.raises(Refused, match=words):
            house.do("usage.issue_certificate", **row)
    assert Certificate.objects.count() == 1


def test_after_the_end_of_one_the_next_may_be_issued(house: House) -> None:
    issue(house, valid_to="2026-06-30")
    assert issue(house, valid_from="2026-07-01").number == "PZ-2026-00002"


def test_the_code_leads_to_this_installation(house: House) -> None:
    made = issue(house)
    assert address_of(made, "https://example.test") == f"https://example.test/verify/{made.number}/{made.mark}/"


def test_the_mark_depends_on_key_and_text_and_on_no_order_of_rooms() -> None:
    said = [certified("N", "U", rooms, Decimal(1), dt.date(2026, 1, 1), None) for rooms in (["a", "b"], ["b", "a"], ["a", "c"])]
    assert said[0] == said[1] != said[2]
    assert mark_of(said[0], "k") != mark_of(said[0], "l") and mark_of(said[0], "k") != mark_of(said[2], "k")
    assert len(mark_of(said[0], "k")) == 24


def test_the_text_of_a_certificate_holds_every_room(house: House) -> None:
    assert "101 24.00" in text_of(issue(house))
