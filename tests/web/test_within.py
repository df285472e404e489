"""An address may name the unit whose rows it shows: for this page alone, and never more than the person may see."""

import pytest
from django.test import Client

from gongjia.core.models import Job
from gongjia.ledger.models import Asset
from tests.people import Town


@pytest.fixture
def site(town: Town, client: Client) -> Client:
    """A browser of the inspector over the whole city, which holds a card in each of two units."""
    Asset.objects.create(unit=town.water, number="SW-1", name="水泵")
    Asset.objects.create(unit=town.archive, number="DA-1", name="密集架")
    client.force_login(town.inspector)
    return client


def test_the_list_shows_the_unit_of_its_address_alone(site: Client, town: Town):
    page = site.get(f"/ledger/asset/?within={town.water.pk}").content.decode()
    assert "SW-1" in page
    assert "DA-1" not in page


def test_the_next_page_shows_the_chosen_scope_again(site: Client, town: Town):
    site.get(f"/ledger/asset/?within={town.water.pk}")
    assert "DA-1" in site.get("/ledger/asset/").content.decode()


def test_sorting_keeps_the_unit_and_its_chip_takes_it_away(site: Client, town: Town):
    page = site.get(f"/ledger/asset/?within={town.water.pk}").content.decode()
    assert f"within={town.water.pk}&amp;sort=" in page or f"sort=number&amp;within={town.water.pk}" in page
    assert "单位：市水务局" in page


def test_an_export_holds_the_unit_of_the_list(site: Client, town: Town):
    query = f"within={town.water.pk}"
    site.post("/ledger/asset/export/start/", {"query": query, "format": "csv", "col": ["number"]})
    assert Job.objects.get().params["path"] == town.water.path


def test_a_unit_out_of_sight_opens_nothing(site: Client, town: Town):
    site.force_login(town.clerk)  # sees the water bureau alone
    page = site.get(f"/ledger/asset/?within={town.archive.pk}").content.decode()
    assert "DA-1" not in page
    assert "SW-1" in page


def test_nonsense_for_a_unit_is_left_out(site: Client):
    assert site.get("/ledger/asset/?within=x").status_code == 200
