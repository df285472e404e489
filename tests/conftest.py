"""What all tests share: the marks that sort them, and the optional folder of real data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "client", "admin_client", "live_server", "demo_city"}

# A busy machine is no defect: what an example takes is measured by `make bench`, never asserted.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that one word selects the tests to repeat on PostgreSQL."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker(pytest.mark.data)


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real input files; a test that needs it says so and is skipped where it is absent."""
    folder = Path(os.environ.get("GONGJIA_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no folder of real input files at GONGJIA_DATA ({folder.name})")
    return folder


import pytest

from tests import people
from tests.city import city_database, demo_city  # noqa: F401 - fixtures for every test


@pytest.fixture
def town(db: None) -> people.Town:
    """A small administration."""
    return people.build()
