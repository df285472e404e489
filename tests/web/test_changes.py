"""The audit in words: only what changed, choices by label, references by name."""

import pytest

from gongjia.core.models import AuditEntry
from gongjia.core.resource import resources
from gongjia.web.changes import Change, changes_of
from tests.people import Town

pytestmark = pytest.mark.django_db
ASSETS = resources["ledger.asset"]


def changes(before: dict[str, object] | None, after: dict[str, object]) -> list[Change]:
    return changes_of(ASSETS, None, [AuditEntry(before=before, after=after)])[0]


def test_a_change_has_its_before_and_after():
    assert changes({"name": "甲"}, {"name": "乙"}) == [Change("资产名称", "甲", "乙")]


def test_what_stayed_is_not_told():
    assert changes({"name": "甲", "brand": "x"}, {"name": "甲", "brand": "x"}) == []


def test_a_state_is_told_by_its_label():
    assert changes({"status": "in_use"}, {"status": "idle"}) == [Change("使用状况", "在用", "闲置")]


def test_a_reference_is_told_by_its_name(town: Town):
    assert changes({"unit_id": town.water.pk}, {"unit_id": town.archive.pk}) == [Change("单位", "市水务局", "市档案馆")]


def test_what_was_empty_is_a_dash():
    assert changes(None, {"brand": "联想"}) == [Change("品牌", "–", "联想")]
