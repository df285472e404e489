"""The work desk says what waits for this person, and how to begin where there is nothing."""

import pytest
from django.test import Client

from gongjia.core.models import StoredFile
from gongjia.core.periods import today
from gongjia.domains.offices.models import Lease
from gongjia.importer.models import ImportSession
from gongjia.ledger.models import Asset
from tests import people
from tests.people import Town


@pytest.fixture
def desk(client: Client):
    """Return the text of the desk of a person."""

    def read(person: people.User) -> str:
        client.force_login(person)
        return client.get("/").content.decode()

    return read


def test_the_desk_counts_what_waits_to_be_mended(town: Town, desk):  # noqa: ANN001
    page = desk(town.inspector)
    assert 'data-testid="desk-standards-waiting"' in page
    assert "check_key=ledger.price" in page


def test_the_desk_names_what_lies_idle_with_its_cost(town: Town, desk):  # noqa: ANN001
    idle = Asset.objects.filter(status="idle", on_books=True)
    assert f">{idle.count()}</a>" in desk(town.inspector)


def test_the_desk_shows_leases_that_end_soon_only_where_there_are_any(town: Town, desk):  # noqa: ANN001
    Lease.objects.update(ends_on=today())
    assert 'data-testid="desk-offices-ending"' in desk(town.inspector)
    Lease.objects.update(ends_on=None)
    assert 'data-testid="desk-offices-ending"' not in desk(town.inspector)


def test_shortcuts_follow_the_role(town: Town, desk):  # noqa: ANN001
    assert 'data-testid="shortcut-ledger.register_asset"' in desk(town.clerk)
    assert 'data-testid="shortcut-ledger.register_asset"' not in desk(town.inspector)


def test_one_who_sees_no_cards_yet_is_told_how_to_begin(town: Town, desk):  # noqa: ANN001
    newcomer = people.user("newcomer", "asset_clerk", people.unit("YC-XX", "市新设局", town.city))
    assert 'data-testid="desk-ledger-begin"' in desk(newcomer)
    assert 'data-testid="desk-ledger-begin"' not in desk(town.clerk)


def test_the_desk_of_a_stranger_shows_no_figures(town: Town, desk):  # noqa: ANN001
    page = desk(town.stranger)
    assert "desk-standards-waiting" not in page
    assert "desk-ledger-idle" not in page


def test_the_desk_lists_ones_own_imports_with_what_they_did(town: Town, desk):  # noqa: ANN001
    stored = StoredFile.objects.create(digest="0" * 64, name="a.xlsx", content_type="x", size=1)
    values = {"file": stored, "name": "设备台账.xlsx", "into": "ledger.asset", "state": "done", "counts": {"new": 1200, "refused": 3}}
    ImportSession.objects.create(actor=town.clerk, **values)
    page = desk(town.clerk)
    assert "设备台账.xlsx" in page
    assert "1,200" in page
    assert "设备台账.xlsx" not in desk(town.inspector)
