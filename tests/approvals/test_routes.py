"""The routes that come with the software, and the check that no bad one passes."""

from __future__ import annotations

import pytest

from gongjia.approvals.checking import flaws_of
from gongjia.approvals.engine.reading import compiled
from gongjia.approvals.shipping import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.mark.parametrize("route", shipped(), ids=lambda one: one["key"])
def test_every_shipped_route_is_sound(route: dict):
    assert [flaw for flaw in flaws_of(route["bpmn"], route["actions"]) if flaw.element] == []


@pytest.mark.parametrize("route", shipped(), ids=lambda one: one["key"])
def test_every_shipped_route_can_be_drawn(route: dict):
    drawn = route["bpmn"].split("BPMNDiagram")[1]
    assert all(f'bpmnElement="{spec}"' in drawn for spec in compiled(route["bpmn"]).steps)
