"""The demo city for tests: built once a session into a database of its own, given to each test inside a transaction that is rolled back."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.utils import load_backend

from gongjia.demo.city import Built, build
from gongjia.demo.constants import TODAY
from gongjia.org.models import Unit, User

ALIAS = "default"


class City:
    """The small city: about a tenth of the people, with every kind of case."""

    today: dt.date = TODAY

    def __init__(self, built: Built) -> None:
        self.built = built

    def user(self, name: str) -> User:
        """Return a demo account: chief, assets, space, fleet, dispatcher, inspector, auditor, system or county."""
        return User.objects.get(username=name)

    def unit(self, code: str) -> Unit:
        return Unit.objects.get(code=code)


@contextmanager
def connected(settings: dict[str, Any]) -> Iterator[None]:
    """Let the default connection be one to another database for a while."""
    former = connections[ALIAS]
    connections[ALIAS] = fresh = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, ALIAS)
    try:
        yield
    finally:
        fresh.close()
        connections[ALIAS] = former


def _copy_of_the_empty_database(folder: Path) -> dict[str, Any]:
    """Copy the migrated test database and return the settings of the copy."""
    source = connections[ALIAS]
    settings = copy.deepcopy(source.settings_dict)
    if source.vendor == "sqlite":
        settings["NAME"] = str(folder / "city.sqlite3")
        source.ensure_connection()
        with connected(settings):
            connections[ALIAS].ensure_connection()
            source.connection.backup(connections[ALIAS].connection)
        return settings
    name, settings["NAME"] = settings["NAME"], f"{settings['NAME']}_city"
    source.close()
    with source.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{settings["NAME"]}"')
        cursor.execute(f'CREATE DATABASE "{settings["NAME"]}" TEMPLATE "{name}"')
    return settings


def _drop(settings: dict[str, Any]) -> None:
    if settings["ENGINE"].endswith("postgresql"):
        with connections[ALIAS].creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{settings["NAME"]}"')


@pytest.fixture(scope="session")
def city_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Built]]:
    """The settings of the database that holds the small city, and what was built."""
    with django_db_blocker.unblock():
        settings = _copy_of_the_empty_database(tmp_path_factory.mktemp("city"))
        with connected(settings):
            built = build(small=True)
    yield settings, built
    with django_db_blocker.unblock():
        _drop(settings)


@pytest.fixture
def demo_city(db: None, city_database: tuple[dict[str, Any], Built]) -> Iterator[City]:
    """The small city; whatever the test writes is taken back."""
    settings, built = city_database
    with connected(settings), transaction.atomic():
        yield City(built)
        transaction.set_rollback(True)
