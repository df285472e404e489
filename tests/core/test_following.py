"""A package above follows what changes below, in the same transaction, whichever action did it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from gongjia.core.action import Context, actions
from gongjia.core.following import Followed, Follower, declare_follower, follow, followers
from gongjia.core.problems import Refused
from gongjia.core.resource import resources
from gongjia.org.models import Person
from tests.people import Town

pytestmark = pytest.mark.django_db


class Listener:
    """Keeps what it was told, or fails."""

    def __init__(self) -> None:
        self.told: list[list[Followed]] = []
        self.fails = False

    def __call__(self, context: Any, changes: Any) -> None:
        self.told.append(list(changes))
        if self.fails:
            raise RuntimeError("the follower fell over")


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    declare_follower(Follower("tests.listener", "org.person", made))
    yield made
    followers.remove("tests.listener")


def edit(town: Town, **more: Any) -> int:
    return actions["org.edit_person"].run(town.clerk, {"id": "P001", **more})


def test_it_is_told_once_of_all_changes_with_their_former_values(town: Town, listener: Listener) -> None:
    edit(town, title="科长")
    [[one]] = listener.told
    assert (one.pk, one.unit_id, one.before, one.after) == (town.person.pk, town.water.pk, {"title": ""}, {"title": "科长"})


def test_it_is_not_told_of_others_nor_of_what_was_refused(town: Town, listener: Listener) -> None:
    actions["ledger.register_asset"].run(town.clerk, {"number": "A-1", "name": "电脑", "unit": "YC-SW"})
    with pytest.raises(Refused):
        edit(town, status="gone")
    assert listener.told == []


def test_when_it_falls_over_nothing_was_written(town: Town, listener: Listener) -> None:
    listener.fails = True
    with pytest.raises(RuntimeError):
        edit(town, title="科长")
    assert Person.objects.get(pk=town.person.pk).title == ""


def test_an_empty_trail_tells_nobody(listener: Listener) -> None:
    follow(Context(actor=None, access=None))  # type: ignore[arg-type]
    assert listener.told == []


def test_every_follower_follows_a_resource() -> None:
    assert {one.subject for one in followers} <= set(resources.keys())
