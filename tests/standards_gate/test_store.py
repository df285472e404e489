"""A store that stays: facts are read into it again and again, each time those that are wanted."""

from __future__ import annotations

import pytest

from gongjia.core.facts import facts
from gongjia.core.periods import today
from gongjia.standards.engine.store import fill, ready
from gongjia.standards.rulebook.loading import load
from tests.people import Town

pytestmark = [pytest.mark.django_db, pytest.mark.data]


def test_what_was_judged_once_may_be_a_part_of_something_else_the_next_time(town: Town) -> None:
    store = ready(today(), load())
    for keys in (["ledger.assets"], ["ledger.unit_items"], ["ledger.assets", "ledger.unit_items"], ["vehicles.fleet"], ["ledger.assets"]):
        fill(store, keys)
        assert all(store.count(facts[key].relation) == store.rows[key] for key in keys)
