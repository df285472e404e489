"""Versions of a floor: one is current, those before it are kept, and what changed is shown."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from gongjia.core.models import Batch
from gongjia.core.problems import Refused
from gongjia.core.undo import undo_batch
from gongjia.domains.drawings.models import FloorPlan
from tests.domains.drawings.plans import House

MARCH, JUNE = dt.date(2026, 3, 1), dt.date(2026, 6, 1)


def test_the_next_version_takes_over_and_the_former_is_kept_with_its_days(house: House):
    first = house.accepted(house.wanted(), MARCH)
    second = house.accepted(house.wanted((0, "20.00")), JUNE)
    first.refresh_from_db()
    assert (first.state, first.valid_from, first.valid_to) == ("former", MARCH, JUNE)
    assert (second.state, second.edition, second.valid_from) == ("current", 2, JUNE)


def test_no_version_begins_before_the_one_that_holds(house: House):
    house.accepted(house.wanted(), JUNE)
    with pytest.raises(Refused, match="不能更早"):
        house.accepted(house.wanted(), MARCH)


def test_accepting_is_undone_as_a_whole(house: House):
    first = house.accepted(house.wanted(), MARCH)
    second = house.accepted(house.wanted(), JUNE)
    undo_batch(house.keeper, Batch.objects.filter(action="drawings.accept_plan").latest("pk"), "form")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.valid_to, second.state) == ("current", None, "draft")


def test_what_was_accepted_is_never_dropped(house: House):
    plan = house.accepted(house.wanted())
    with pytest.raises(Refused, match="保留"):
        house.do("drop_plan", id=plan.pk)


def test_a_draft_is_dropped(house: House):
    plan = house.draft(house.wanted())
    house.do("drop_plan", id=plan.pk)
    assert not FloorPlan.objects.live().exists()


def test_the_page_of_changes_tells_added_gone_and_resized(house: House, client: Client):
    first = house.accepted(house.wanted((3, None)), MARCH)
    second = house.accepted(house.wanted((0, "20.00"), (1, None)), JUNE)
    client.force_login(house.keeper)
    html = client.get(reverse("drawings:changes", args=[second.pk]), {"with": first.pk}).content.decode()
    rows = re.findall(r"<tr><td>(\S+)</td><td><span class=\"tag \w+\">(\S+)</span>", html)
    assert {("0304", "新增"), ("0302", "去掉"), ("0301", "面积变化")} <= set(rows)
    assert not {row for row in rows if row[0] == "0303"}


def test_a_first_version_has_nothing_to_be_compared_with(house: House, client: Client):
    plan = house.accepted(house.wanted())
    client.force_login(house.keeper)
    assert "只有一个版本" in client.get(reverse("drawings:changes", args=[plan.pk])).content.decode()
