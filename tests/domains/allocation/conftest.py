"""What the tests of room plans share."""

from __future__ import annotations

import pytest

from tests.domains.allocation.premises import Premises, premises
from tests.people import Town


@pytest.fixture
def house(town: Town) -> Premises:
    return premises(town)
