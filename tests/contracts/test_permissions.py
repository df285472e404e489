"""Every permission exists, is held by some role, and every word of the roles means something."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest

from gongjia.core.nav import nav
from gongjia.core.permissions import all_permissions
from gongjia.org.access import roles
from tests.contracts.conftest import role_for

PATTERNS = [(role, pattern) for role, held in roles().items() for pattern in held["permissions"]]


@pytest.mark.parametrize(("role", "pattern"), PATTERNS)
def test_every_pattern_of_a_role_matches_a_declared_permission(role: str, pattern: str):
    assert any(fnmatchcase(permission, pattern) for permission in all_permissions())


@pytest.mark.parametrize("permission", all_permissions())
def test_every_permission_is_held_by_some_role(permission: str):
    assert role_for(permission)


@pytest.mark.parametrize("item", [item for item in nav if item.permission], ids=lambda item: item.key)
def test_a_menu_entry_asks_for_a_permission_that_exists(item: Any):
    assert item.permission in all_permissions()


def test_those_who_administer_the_system_cannot_touch_records_and_auditors_change_nothing():
    names = set(all_permissions())
    admin = {p for p in names if any(fnmatchcase(p, pattern) for pattern in roles()["system_admin"]["permissions"])}
    auditor = {p for p in names if any(fnmatchcase(p, pattern) for pattern in roles()["auditor"]["permissions"])}
    assert not {p for p in admin if p.split(".")[0] in ("ledger", "offices", "vehicles", "standards")}
    assert all(p.split(".")[1].startswith("view_") for p in auditor)
