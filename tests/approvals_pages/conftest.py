"""The staffed town, and browsers signed in as its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from gongjia.org.models import User
from tests.approvals.working import Office, serve, staff
from tests.people import Town

Enter = Callable[[User], Client]


@pytest.fixture
def office(town: Town) -> Office:
    """A town whose registrations of cards go through one signature."""
    serve("simple")
    return staff(town)


@pytest.fixture
def enter() -> Enter:
    """Sign somebody in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
