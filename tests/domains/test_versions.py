"""A record and what extends it have one version: neither a form nor an import overwrites somebody's newer work."""

from __future__ import annotations

from typing import Any

import pytest

from gongjia.core.action import actions
from gongjia.core.problems import Conflict
from gongjia.core.resource import resources
from tests.people import Town

pytestmark = pytest.mark.django_db
KINDS = {
    "vehicles.vehicle": ({"number": "V-1", "name": "轿车", "plate": "皖Z0001", "unit": "YC-SW"}, {"seats": 5}, {"brand": "某牌"}),
    "offices.building": ({"code": "B-1", "name": "一号楼", "unit": "YC-SW"}, {"storeys": 6}, {"name": "1 号楼"}),
}


def version(key: str, pk: int) -> Any:
    return resources[key].version_of(resources[key].model._base_manager.get(pk=pk))


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize("part", [1, 2], ids=["own field", "field of the record"])
def test_every_change_counts_and_an_older_reading_is_refused(town: Town, key: str, part: int) -> None:
    resource, given = resources[key], KINDS[key]
    pk = actions[resource.create].run(town.clerk, given[0])
    read = version(key, pk)
    actions[resource.edit].run(town.clerk, {"id": pk, **given[part]}, expected={pk: read})
    assert version(key, pk) == read + 1
    with pytest.raises(Conflict):
        actions[resource.edit].run(town.clerk, {"id": pk, **given[3 - part]}, expected={pk: read})
