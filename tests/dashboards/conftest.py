import pytest

from tests import people
from tests.dashboards.holdings import furnish


@pytest.fixture
def town(db: None) -> people.Town:
    """A small administration that owns something."""
    made = people.build()
    furnish(made)
    return made
