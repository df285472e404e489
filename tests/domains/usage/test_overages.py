"""Over-area for structural reasons stands on the excuse of its finding: with evidence, an end, and a day to look again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core import files
from gongjia.core.models import Attachment
from gongjia.core.periods import today
from gongjia.core.problems import Refused
from gongjia.domains.usage.models import Overage
from gongjia.org.models import Place
from gongjia.standards.models import Excuse, Finding
from gongjia.standards.sweep import run_sweep
from tests.domains.usage.conftest import House

pytestmark = pytest.mark.django_db
CHECK = "offices.room_over_entitlement"


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def over(house: House) -> House:
    """The chief's room is larger than his post allows, and found to be."""
    Place.objects.filter(code="101").update(usable_area=30)
    run_sweep(keys=[CHECK])
    return house


def what(**more: Any) -> dict[str, Any]:
    proof = str(files.store_chunks([b"survey"], "survey.pdf").digest)
    row = {"finding": Finding.objects.current().get(check_key=CHECK).pk, "ground": "bearing_wall", "note": "两侧为承重墙"}
    return {**row, "valid_to": in_days(300), "review_on": in_days(150), "evidence": proof, **more}


def register(over: House, **more: Any) -> Overage:
    return Overage.objects.get(pk=over.do("usage.register_overage", today(), **what(**more)))


def test_it_excuses_its_finding_with_evidence(over: House) -> None:
    made = register(over)
    assert (made.room, made.over, made.excuse.reason) == (over.room, 6, "承重墙，不能分隔：两侧为承重墙")
    assert Finding.objects.get(check_key=CHECK).state == "excused"
    assert Attachment.objects.get(subject="standards.excuse").subject_id == made.excuse_id


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"evidence": ""}, "须附证明材料"),
        ({"evidence": "0" * 64}, "没有这份"),
        ({"review_on": in_days(0)}, "复核日期"),
        ({"review_on": in_days(301)}, "复核日期"),
    ],
)
def test_without_evidence_or_a_day_to_review_it_is_refused(over: House, more: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        register(over, **more)
    assert not Excuse.objects.exists() and Finding.objects.get(check_key=CHECK).state == "open"


def test_it_is_not_registered_twice(over: House) -> None:
    row = what()
    over.do("usage.register_overage", today(), **row)
    with pytest.raises(Refused, match="已经登记过例外"):
        over.do("usage.register_overage", today(), **row)


def test_another_finding_is_no_structural_matter(over: House) -> None:
    Finding.objects.update(check_key="offices.one_room_a_leader")
    with pytest.raises(Refused, match="只有“办公室超标”"):
        over.do("usage.register_overage", today(), **{**what_of_any(), "review_on": in_days(10)})


def what_of_any() -> dict[str, Any]:
    proof = str(files.store_chunks([b"survey"], "survey.pdf").digest)
    return {"finding": Finding.objects.get().pk, "ground": "other", "note": "x", "valid_to": in_days(30), "evidence": proof}


@pytest.mark.parametrize(("days", "late"), [(150, 0), (151, 1)])
def test_a_review_that_nobody_made_is_found_the_day_after(over: House, days: int, late: int) -> None:
    register(over)
    assert run_sweep(in_days(days), keys=["usage.overage_unreviewed"]).findings.count() == late


def test_a_ground_that_stands_is_reviewed_again_later(over: House) -> None:
    made = register(over)
    with pytest.raises(Refused, match="下次复核日期"):
        over.do("usage.review_overage", today(), id=made.pk, result="stands")
    over.do("usage.review_overage", today(), id=made.pk, result="stands", review_on=in_days(290))
    made.refresh_from_db()
    assert (made.review_on, made.reviewed_on, made.excuse.closed_on) == (in_days(290), today(), None)


def test_a_ground_that_is_gone_ends_the_excuse(over: House) -> None:
    made = register(over)
    over.do("usage.review_overage", today(), id=made.pk, result="gone", note="改造后可分隔")
    assert Finding.objects.get(check_key=CHECK).state == "open"
    assert Excuse.objects.get().close_reason == "改造后可分隔"
    with pytest.raises(Refused, match="已经终止"):
        over.do("usage.review_overage", today(), id=made.pk, result="stands", review_on=in_days(20))


def test_after_its_end_the_finding_stands_again(over: House) -> None:
    register(over)
    states = [run_sweep(in_days(days), keys=[CHECK]).findings.get().state for days in (300, 301)]
    assert states == ["excused", "open"]


def test_the_form_begins_at_the_room_and_keeps_its_proof(over: House) -> None:
    browser, found = Client(), Finding.objects.current().get(check_key=CHECK)
    browser.force_login(over.manager)
    assert f"/usage/overage/new/?finding={found.pk}" in browser.get(f"/offices/room/{over.room.pk}/").content.decode()
    row = {"finding": str(found.pk), "ground": "daylight", "note": "分隔后无窗", "valid_to": in_days(90), "review_on": in_days(60)}
    proof = SimpleUploadedFile("survey.pdf", b"%PDF-", "application/pdf")
    assert browser.post("/usage/overage/new/", {**row, "evidence": proof}).status_code == 302
    assert Overage.objects.get().ground == "daylight" and Attachment.objects.count() == 1


def test_without_the_proof_the_form_says_so(over: House) -> None:
    browser, found = Client(), Finding.objects.current().get(check_key=CHECK)
    browser.force_login(over.manager)
    row = {"finding": str(found.pk), "ground": "daylight", "note": "分隔后无窗", "valid_to": in_days(90), "review_on": in_days(60)}
    assert "须附证明材料" in browser.post("/usage/overage/new/", row).content.decode() and not Overage.objects.exists()
