"""What the tests of repairs share."""

import pytest

from tests.domains.maintenance import works as making


@pytest.fixture
def works(db: None) -> making.Works:
    """A town with a house to mend."""
    return making.build()
