"""An amount with more places than are kept changes card and entry alike."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from gongjia.core.action import actions
from gongjia.ledger.models import Asset, Entry
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("given", ["10.005", "61.285", "19.995"])
def test_the_deltas_add_up_to_the_card_to_the_cent(town: Town, given: str):
    row = {"number": "R-1", "name": "桌", "unit": town.water.pk, "cost": "20.00", "acquired_on": "2024-01-01"}
    [pk] = actions["ledger.register_asset"].run_many(town.clerk, [row]).ids
    actions["ledger.edit_asset"].run(town.clerk, {"id": pk, "cost": given})
    assert Entry.objects.filter(asset=pk).aggregate(whole=Sum("cost_delta"))["whole"] == Asset.objects.get(pk=pk).cost
