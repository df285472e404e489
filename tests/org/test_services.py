"""People, posts, the dated tree and rights change through actions, and keep what was so before."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.core.undo import undo_batch
from gongjia.org.models import AuthorisedPosts, Person, Post, RoleGrant, Unit, UnitParentage, User
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(town: Town) -> User:
    return User.objects.create_superuser("root", password="a-long-password-1")


def test_a_person_is_registered_with_the_post_that_decides_entitlement(town: Town) -> None:
    row = {"staff_code": "P9", "name": "何静", "unit": "市水务局", "level": "县处级正职", "title": "局长", "since": "2025-11-02"}
    pk = actions["org.register_person"].run(town.clerk, row)
    assert Post.objects.values_list("level", "valid_from").get(person=pk) == ("division_chief", dt.date(2025, 11, 2))


def test_undoing_an_import_of_people_takes_their_posts_back(town: Town) -> None:
    outcome = actions["org.register_person"].run_many(town.clerk, [{"staff_code": "P9", "name": "何静", "unit": "YC-SW", "level": "staff"}])
    undo_batch(town.clerk, outcome.batch)
    assert not Person.objects.live().filter(staff_code="P9").exists()
    assert not Post.objects.known().exists()


def test_a_new_primary_post_ends_the_one_before(root: User, town: Town) -> None:
    for day, level in (("2020-01-01", "section_chief"), ("2024-03-01", "division_deputy")):
        actions["org.appoint_person"].run(root, {"person": "P001", "unit": "YC-SW", "level": level, "valid_from": day})
    assert Post.objects.current(dt.date(2023, 1, 1)).get().level == "section_chief"
    assert Post.objects.current(dt.date(2024, 3, 1)).get().level == "division_deputy"


def test_a_unit_registered_under_another_is_in_its_tree(root: User, town: Town) -> None:
    row = {"code": "YC-SW-1", "name": "规划科", "parent": "YC-SW", "kind": "department", "tier": "市级", "division": "340900"}
    unit = Unit.objects.get(pk=actions["org.register_unit"].run(root, row))
    assert unit in Unit.objects.in_tree(town.water) and UnitParentage.objects.get(unit=unit).parent == town.water


def test_a_moved_unit_takes_its_subtree_along_and_its_history_stays(root: User, town: Town) -> None:
    row = {"code": "YC-SW-1", "name": "规划科", "parent": "YC-SW", "kind": "department", "tier": "市级", "division": "340900"}
    below = actions["org.register_unit"].run(root, row)
    actions["org.move_unit"].run(root, {"id": town.water.pk, "parent": "YC-DA", "moved_on": "2026-06-01"})
    assert Unit.objects.get(pk=below) in Unit.objects.in_tree(Unit.objects.get(pk=town.archive.pk))
    assert UnitParentage.objects.current(dt.date(2026, 6, 1)).get(unit=town.water).parent == town.archive


def test_a_unit_cannot_stand_below_itself(root: User, town: Town) -> None:
    with pytest.raises(Refused, match="下级"):
        actions["org.move_unit"].run(root, {"id": town.city.pk, "parent": "YC-SW", "moved_on": "2026-06-01"})


def test_authorised_posts_are_dated(root: User, town: Town) -> None:
    for day, count in (("2020-01-01", 10), ("2025-01-01", 12)):
        actions["org.set_authorised_posts"].run(root, {"unit": "YC-SW", "level": "staff", "count": count, "valid_from": day})
    counts = [AuthorisedPosts.objects.current(dt.date(year, 6, 1)).get().count for year in (2024, 2025)]
    assert counts == [10, 12]


@pytest.mark.parametrize(("change", "code"), [({"role": "emperor"}, "unknown_choice"), ({"user": "root"}, "own_rights")])
def test_rights_are_granted_with_care(root: User, town: Town, change: dict[str, Any], code: str) -> None:
    row = {"user": "stranger", "role": "auditor", "unit": "YC", "valid_from": "2026-01-01", **change}
    with pytest.raises(Refused) as refusal:
        actions["org.grant_role"].run(root, row)
    assert [problem.code for problem in refusal.value.problems] == [code]
    assert not RoleGrant.objects.filter(user=town.stranger).exists()


def test_an_undone_appointment_gives_the_earlier_post_back(root: User, town: Town) -> None:
    first = {"person": "P001", "unit": "YC-SW", "level": "staff", "valid_from": "2020-01-01"}
    actions["org.appoint_person"].run(root, first)
    outcome = actions["org.appoint_person"].run_many(root, [{**first, "level": "section_chief", "valid_from": "2024-03-01"}])
    undo_batch(root, outcome.batch)
    assert list(Post.objects.known().values_list("level", "valid_to")) == [("staff", None)]
