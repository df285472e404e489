"""What the tests of the warehouse share."""

import pytest

from tests.domains.warehouse import stock as making


@pytest.fixture
def stock(db: None) -> making.Stock:
    """A town with a warehouse, still empty."""
    return making.build()
