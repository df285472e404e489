import pytest

from tests import people


@pytest.fixture
def town(db: None) -> people.Town:
    """A small administration."""
    return people.build()
