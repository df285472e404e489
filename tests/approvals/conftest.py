"""The staffed town for every test of approvals."""

from __future__ import annotations

import pytest

from tests.approvals.working import Office, serve, staff
from tests.people import Town


@pytest.fixture
def office(town: Town) -> Office:
    """A town whose registrations of cards go through one signature."""
    serve("simple")
    return staff(town)
