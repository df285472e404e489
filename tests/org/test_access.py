"""Rights follow from dated roles over subtrees, and from nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from gongjia.core.access import access
from gongjia.org.models import RoleGrant
from tests.people import Town

pytestmark = pytest.mark.django_db
VIEW, WRITE = "ledger.view_asset", "ledger.register_asset"


def test_a_clerk_may_write_in_her_unit_only(town: Town) -> None:
    rights = access(town.clerk)
    assert rights.can(WRITE) and rights.can(WRITE, town.water.pk)
    assert not rights.can(WRITE, town.archive.pk) and not rights.can(WRITE, town.city.pk)


def test_a_role_at_the_root_reaches_the_whole_subtree(town: Town) -> None:
    rights = access(town.inspector)
    assert rights.allowed(VIEW, [town.city.pk, town.water.pk, town.archive.pk]) == {town.city.pk, town.water.pk, town.archive.pk}
    assert not rights.can(WRITE)


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_a_stranger_has_no_rights(town: Town, who: str) -> None:
    rights = access(town.stranger if who == "stranger" else AnonymousUser())
    assert not rights.can(VIEW) and rights.allowed(VIEW, [town.water.pk]) == set()
    assert list(rights.units(VIEW)) == []


@pytest.mark.parametrize(("begins", "ends"), [(dt.date(2100, 1, 1), None), (dt.date(2019, 1, 1), dt.date(2020, 1, 1))])
def test_a_grant_counts_only_while_it_is_valid(town: Town, begins: dt.date, ends: dt.date | None) -> None:
    RoleGrant.objects.create(user=town.stranger, role="asset_clerk", unit=town.water, valid_from=begins, valid_to=ends)
    assert not access(town.stranger).can(VIEW)


def test_an_inactive_account_has_no_rights(town: Town) -> None:
    town.clerk.is_active = False
    assert not access(town.clerk).can(VIEW)


def test_the_paths_of_a_unit_and_of_its_namesake_prefix_do_not_mix(town: Town) -> None:
    town.archive.path = town.water.path.rstrip(".") + "9."
    town.archive.save(update_fields=["path"])
    assert not access(town.clerk).can(WRITE, town.archive.pk)
