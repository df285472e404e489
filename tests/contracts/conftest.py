"""The city after a sweep, and people who hold one permission over one part of it."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.db import transaction

from gongjia.demo.city import Built
from gongjia.demo.oversight import first_sweep
from gongjia.demo.seeding import SETUP
from gongjia.org.access import roles
from gongjia.org.models import RoleGrant, Unit, User
from tests.city import City, _copy_of_the_empty_database, _drop, connected

SINCE = "2020-01-01"
HOME, ABROAD = "SQ", "YC-JG"
"""A county, and a unit that the county's people know nothing of."""


@pytest.fixture(scope="session")
def swept_database(
    city_database: tuple[dict[str, Any], Built], django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Built]]:
    settings, built = city_database
    with django_db_blocker.unblock():
        with connected(settings):
            mine = _copy_of_the_empty_database(tmp_path_factory.mktemp("swept"))
        with connected(mine):
            first_sweep(User.objects.get(username=SETUP))
    yield mine, built
    with django_db_blocker.unblock():
        _drop(mine)


@pytest.fixture
def city(db: None, swept_database: tuple[dict[str, Any], Built]) -> Iterator[City]:
    """The small city with its findings; whatever the test writes is taken back."""
    settings, built = swept_database
    with connected(settings), transaction.atomic():
        yield City(built)
        transaction.set_rollback(True)


def role_for(permission: str) -> str:
    """Return a role that holds a permission, '' when none does."""
    return next((key for key, role in roles().items() if any(fnmatchcase(permission, p) for p in role["permissions"])), "")


def person(name: str, *held: tuple[str, str]) -> User:
    """Make an account that holds roles over units, given as (role, unit code)."""
    made = User.objects.create(username=name, name=name)
    for role, code in held:
        RoleGrant.objects.create(user=made, role=role, unit=Unit.objects.get(code=code), valid_from=SINCE)
    return made
