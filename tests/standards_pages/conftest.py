"""A bureau with a room that is too large, another unit's, and people who may and may not see them."""

import pytest
from django.test import Client

from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.people import Town
from tests.standards_sweep.places import person, room

ROOMS = "offices.room_over_entitlement"


@pytest.fixture
def breach(town: Town) -> Finding:
    """A clerk of the water bureau in 12.6 m² where 9 are allowed; the archive has the like."""
    room("0615", town.water, "12.6", person("W1", town.water))
    room("0707", town.archive, "15", person("D1", town.archive))
    run_sweep(keys=[ROOMS])
    return Finding.objects.get(check_key=ROOMS, unit=town.water)


@pytest.fixture
def foreign(town: Town, breach: Finding) -> Finding:
    """The finding of the archive."""
    return Finding.objects.get(check_key=breach.check_key, unit=town.archive)


@pytest.fixture
def inspector(client: Client, town: Town) -> Client:
    """Somebody who may do everything about findings, in all units."""
    client.force_login(town.inspector)
    return client


@pytest.fixture
def clerk(town: Town) -> Client:
    """Somebody of the water bureau who reads findings but neither excuses nor sweeps."""
    made = Client()
    made.force_login(town.clerk)
    return made


@pytest.fixture
def stranger(town: Town) -> Client:
    """Somebody signed in without any role."""
    made = Client()
    made.force_login(town.stranger)
    return made


def text(answer: object) -> str:
    """The body of an answer as text."""
    return answer.content.decode()  # type: ignore[attr-defined]
