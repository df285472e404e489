"""What the tests of leasing share."""

import pytest

from tests.domains.leasing.letting import Estate


@pytest.fixture
def estate(db: None) -> Estate:
    """A town whose space has a manager; no building yet."""
    return Estate()
