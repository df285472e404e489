"""Acting on findings through the pages: excuse with evidence, give to somebody to mend, print, sweep again."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.models import Attachment, Job
from gongjia.core.periods import today
from gongjia.standards.models import Excuse, Finding, Rectification
from gongjia.standards.notices import notice
from tests import people
from tests.people import Town
from tests.standards_pages.conftest import text

pytestmark = pytest.mark.django_db
LIST = "/standards/finding/"


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path):
    settings.GONGJIA_HOME = tmp_path


def excuse(client: Client, finding: Finding, **more: object):
    given = {
        "reason": "结构所限",
        "document": "云事管〔2026〕9号",
        "valid_from": today(),
        "valid_to": today() + dt.timedelta(days=200),
        **more,
    }
    return client.post(f"{LIST}{finding.pk}/do/standards.excuse_finding/", given)


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("批件.pdf", b"%PDF-1.4 yes", "application/pdf")


def test_an_exception_with_evidence_takes_the_finding_off_the_list(inspector: Client, breach: Finding):
    assert excuse(inspector, breach, evidence=paper()).url == f"{LIST}{breach.pk}/"
    assert "1 号楼 0615" not in text(inspector.get(LIST))
    assert "例外 · 至" in text(inspector.get(f"{LIST}?state=any"))
    assert "结构所限" in text(inspector.get("/standards/excuse/"))


def test_the_evidence_hangs_on_the_exception_and_opens_from_the_verdict(inspector: Client, breach: Finding):
    excuse(inspector, breach, evidence=paper())
    hung = Attachment.objects.get(subject="standards.excuse", subject_id=Excuse.objects.get().pk)
    assert f"/files/{hung.pk}/" in text(inspector.get(f"{LIST}{breach.pk}/"))
    assert inspector.get(f"/files/{hung.pk}/").status_code == 200


def test_an_exception_without_evidence_is_refused_and_keeps_what_was_typed(inspector: Client, breach: Finding):
    said = text(excuse(inspector, breach))
    assert "登记例外须附证明材料" in said
    assert "云事管〔2026〕9号" in said
    assert not Excuse.objects.exists()


def test_an_exception_that_ends_before_it_begins_is_refused(inspector: Client, breach: Finding):
    assert "早于起始日期" in text(excuse(inspector, breach, evidence=paper(), valid_to=today() - dt.timedelta(days=1)))


def test_a_program_is_no_evidence(inspector: Client, breach: Finding):
    assert "类型或大小不收" in text(excuse(inspector, breach, evidence=SimpleUploadedFile("a.exe", b"MZ")))


def test_somebody_who_only_reads_may_not_excuse(clerk: Client, breach: Finding):
    assert excuse(clerk, breach, evidence=paper()).status_code == 403
    assert "登记例外" not in text(clerk.get(f"{LIST}{breach.pk}/?beside=1")).split("acts")[-1]


def assign(client: Client, finding: Finding, due: dt.date):
    return client.post(f"{LIST}{finding.pk}/do/standards.assign_rectification/", {"due_on": due, "owner": "", "note": "换房"})


def test_a_finding_is_given_to_somebody_until_a_day(inspector: Client, breach: Finding):
    due = today() + dt.timedelta(days=9)
    assert assign(inspector, breach, due).url == f"{LIST}{breach.pk}/"
    assert f"{due} 前" in text(inspector.get(LIST))
    assert "换房" in text(inspector.get("/standards/rectification/"))


def test_an_overdue_rectification_is_marked(inspector: Client, breach: Finding):
    late = today() - dt.timedelta(days=1)
    Rectification.objects.create(finding=breach, unit=breach.unit, due_on=late)
    assert f"{late} 逾期" in text(inspector.get(LIST))
    assert f"{late} 逾期" in text(inspector.get("/standards/rectification/"))


def test_rectifications_are_set_in_bulk(inspector: Client, breach: Finding, foreign: Finding):
    ids = ",".join(str(each.pk) for each in (breach, foreign))
    inspector.post("/bulk/standards.finding/", {"id": ids, "action": "standards.assign_rectification", "due_on": "2027-01-31", "sure": "1"})
    assert Rectification.objects.filter(due_on="2027-01-31").count() == 2


@pytest.mark.parametrize("address", ["/standards/rectification/", "/standards/excuse/", "/standards/sweeps/", "/standards/sweeps/1/"])
def test_what_is_under_way_is_closed_to_a_stranger(stranger: Client, address: str):
    assert stranger.get(address).status_code == 403


def test_the_notice_is_a_pdf_for_those_who_see_the_finding(inspector: Client, clerk: Client, breach: Finding, foreign: Finding):
    answer = inspector.get(f"{LIST}notice/?id={breach.pk},{foreign.pk}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert clerk.get(f"{LIST}notice/?id={foreign.pk}").status_code == 404


def test_a_notice_names_unit_clause_and_day(breach: Finding, town: Town):
    said = notice([breach], "云川市机关事务管理局")
    assert said["to"] == town.water.name
    assert "发改投资〔2014〕2674号" in said["rows"][0][-1]
    assert said["basis"] == []


def test_a_sweep_is_started_as_a_job(inspector: Client, breach: Finding):
    answer = inspector.post("/standards/sweeps/run/")
    assert answer.url == f"/jobs/{Job.objects.get(kind='standards.sweep').pk}/"


def test_an_inspector_of_one_unit_sweeps_that_unit(client: Client, breach: Finding, town: Town):
    client.force_login(people.user("deputy", "inspector", town.water))
    client.post("/standards/sweeps/run/")
    assert Job.objects.get(kind="standards.sweep").unit_id == town.water.pk


def test_who_may_not_sweep_is_told_so(clerk: Client):
    assert clerk.post("/standards/sweeps/run/").status_code == 403


def test_a_sweep_shows_what_it_found_new(inspector: Client, clerk: Client, breach: Finding):
    address = f"/standards/sweeps/{breach.first_sweep_id}/?kind=new"
    assert "1 号楼 0707" in text(inspector.get(address))
    assert "1 号楼 0707" not in text(clerk.get(address))
    assert "历次核查" in text(inspector.get("/standards/sweeps/"))
