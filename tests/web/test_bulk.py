"""The selection bar: jobs and actions over marked rows."""

import pytest
from django.test import Client

from gongjia.core.models import Job
from gongjia.web.bulk import BulkJob, bulk_jobs, declare_bulk_job, read_ids
from tests.people import Town
from tests.web.cards import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting():
    job = BulkJob("count", "数一数", "ledger.asset", "web.export", permission="ledger.register_asset", params=(("shape", "csv"),))
    yield declare_bulk_job(job)
    bulk_jobs.remove("ledger.asset/count")


@pytest.mark.parametrize(("text", "ids"), [("3,1,3, 2", [3, 1, 2]), ("", []), ("x,-1,4", [4])])
def test_ids_are_read_once_each_in_their_order(text: str, ids: list[int]):
    assert read_ids(text) == ids


def test_a_declared_job_is_offered_and_started(client: Client, town: Town, counting: BulkJob):
    ids = register(town, 2)
    client.force_login(town.clerk)
    assert "数一数" in client.get("/ledger/asset/").content.decode()
    client.post("/bulk/ledger.asset/", {"id": ",".join(map(str, ids)), "action": "count"})
    assert Job.objects.get().params == {"resource": "ledger.asset", "ids": ids, "shape": "csv", "origin": "http://testserver"}


def test_a_job_is_closed_to_one_without_its_permission(client: Client, town: Town, counting: BulkJob):
    [pk] = register(town, 1)
    client.force_login(town.inspector)
    assert "数一数" not in client.get("/ledger/asset/").content.decode()
    assert client.post("/bulk/ledger.asset/", {"id": pk, "action": "count"}).status_code == 403
    assert not Job.objects.exists()
