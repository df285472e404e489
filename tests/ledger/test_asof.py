"""The state of every card on any day, as known at any instant: the database's fold, the plain fold and the cards agree."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.core.resource import NotFound
from gongjia.core.undo import undo_batch
from gongjia.ledger.asof import CardState, Moment, Wanted, cards, former, states, totals
from gongjia.ledger.models import Asset, Entry
from gongjia.ledger.rules import fold
from gongjia.org.models import User
from tests.city import City
from tests.people import Town

FAR = Moment(dt.date(2100, 1, 1), dt.datetime(2100, 1, 1, tzinfo=dt.UTC))
FIELDS = ("unit", "place", "custodian", "category", "status")


def by_plain_fold(moment: Moment) -> dict[int, CardState]:
    """Fold every card's entries one by one, as the rule is written."""
    entries: dict[int, list[dict[str, Any]]] = {}
    for row in Entry.objects.values():
        entries.setdefault(row["asset_id"], []).append({name.removesuffix("_id"): value for name, value in row.items()})
    known = {
        pk: [one for one in rows if one["effective_on"] <= moment.on and one["recorded_at"] <= moment.known] for pk, rows in entries.items()
    }
    return {pk: as_state(fold(rows, moment.on, moment.known)) for pk, rows in known.items() if rows}


def as_state(folded: Any) -> CardState:
    keys: Any = [folded.values.get(name) for name in FIELDS[:4]]
    sums: Any = [int(value * 100) for value in (folded.quantity, folded.cost, folded.accumulated)]
    whole: list[Any] = [*keys, folded.values.get("status") or "", *sums]
    return CardState(*whole)


def from_cards() -> dict[int, CardState]:
    rows = Asset.objects.values_list("pk", *(f"{name}_id" for name in FIELDS[:4]), "status", "quantity", "cost", "accumulated")
    return {row[0]: CardState(*row[1:6], *[int(cell * 100) for cell in row[6:]]) for row in rows}


def test_folding_entries_gives_the_state_of_every_asset_of_the_demo_city(demo_city: City) -> None:
    assert states(FAR) == by_plain_fold(FAR) == from_cards()


@pytest.mark.parametrize("on", [dt.date(2021, 1, 4), dt.date(2023, 6, 30), dt.date(2025, 12, 31)])
@pytest.mark.parametrize("later", [0, 15, 400])
def test_the_database_folds_as_the_rule_is_written_on_any_day(demo_city: City, on: dt.date, later: int) -> None:
    known = dt.datetime.combine(on, dt.time(), dt.UTC) + dt.timedelta(days=later)
    assert states(Moment(on, known)) == by_plain_fold(Moment(on, known))


def test_totals_add_up_to_the_cards_and_to_the_ledger(demo_city: City) -> None:
    whole = Asset.objects.filter(on_books=True).exclude(status="disposed").aggregate(cost=Sum("cost"))["cost"]
    for by in ("unit", "category", "status"):
        found = totals(FAR, by)
        assert sum(total.cost for total in found) == int(whole * 100)
    assert sum(card.cost for card in cards(FAR)) == int(whole * 100)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["register", "transfer", "revalue", "depreciate", "status", "split", "undo"]),
        st.integers(0, 5),
        st.integers(1, 900),
        st.integers(0, 400),
    ),
    min_size=1,
    max_size=14,
)


class History:
    """Does things to cards, some entered for an earlier day than what was entered before."""

    def __init__(self, town: Town) -> None:
        self.town, self.root = town, User.objects.create_superuser(f"root{timezone.now().timestamp()}")
        self.ids: list[int] = []
        self.batches: list[Any] = []

    def run(self, key: str, raw: dict[str, Any], back: int) -> None:
        on = dt.date(2026, 11, 24) - dt.timedelta(days=back)
        outcome = actions[key].run_many(self.root, [raw], on=on, request_key="R-1" if actions[key].by_request else "")
        self.batches.append(outcome.batch)
        self.ids += outcome.ids if key == "ledger.register_asset" else []

    def step(self, kind: str, which: int, amount: int, back: int) -> None:
        if kind == "register" or not self.ids:
            number, unit = f"R-{len(self.ids)}-{self.root.pk}", self.town.water.pk
            raw = {"number": number, "name": "桌", "unit": unit, "cost": str(amount), "acquired_on": "2024-01-01", "quantity": "4"}
            return self.run("ledger.register_asset", raw, back)
        if kind == "undo":
            return self.undo()
        pk = self.ids[which % len(self.ids)]
        changes: dict[str, tuple[str, dict[str, Any]]] = {
            "transfer": ("ledger.transfer_asset", {"unit": (self.town.archive, self.town.water)[amount % 2].pk}),
            "revalue": ("ledger.edit_asset", {"cost": str(amount)}),
            "depreciate": ("ledger.edit_asset", {"accumulated": str(Decimal(amount) / 7)[:6]}),
            "status": ("ledger.change_status", {"status": ("idle", "in_use", "to_dispose", "lent")[amount % 4]}),
            "split": ("ledger.edit_asset", {"quantity": str(amount % 5)}),
        }
        key, raw = changes[kind]
        return self.run(key, {"id": pk, **raw}, back)

    def undo(self) -> None:
        if self.batches:
            undo_batch(self.root, self.batches.pop())


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.integers(0, 400), st.randoms())
def test_random_histories_fold_to_the_cards_and_to_the_rule_on_any_day(
    town: Town, steps: list[tuple[str, int, int, int]], back: int, random: Random
) -> None:
    history, instants = History(town), [timezone.now()]
    for step in steps:
        with suppress(Refused, NotFound):  # a transfer to where it is, a card that was taken back
            history.step(*step)
        instants.append(timezone.now())
    moment = Moment(dt.date(2026, 11, 24) - dt.timedelta(days=back), random.choice(instants))
    assert states(moment) == by_plain_fold(moment)
    there = {pk: state for pk, state in states(FAR).items() if state.unit is not None}
    assert there == {pk: state for pk, state in from_cards().items() if pk in there}
    assert set(there) == set(Asset.objects.live().values_list("pk", flat=True))


@pytest.mark.django_db
def test_what_was_entered_late_for_an_earlier_day_stands_over_what_was_entered_before(town: Town) -> None:
    history = History(town)
    history.step("register", 0, 100, 300)
    history.run("ledger.change_status", {"id": history.ids[0], "status": "idle"}, 30)
    before = timezone.now()
    history.run("ledger.change_status", {"id": history.ids[0], "status": "lent"}, 60)
    on = dt.date(2026, 11, 20)
    assert states(Moment(on, before))[history.ids[0]].status == "idle"
    assert states(Moment(on, timezone.now()))[history.ids[0]].status == "lent"


@pytest.mark.django_db
def test_what_entries_do_not_carry_is_read_back_from_the_audit(town: Town) -> None:
    history = History(town)
    history.step("register", 0, 100, 300)
    known = timezone.now()
    actions["ledger.edit_asset"].run(history.root, {"id": history.ids[0], "on_books": False})
    assert former("on_books", known) == {history.ids[0]: True}
    assert [card.cost for card in cards(Moment(FAR.on, known))] == [10000]
    assert cards(FAR) == []


@pytest.mark.django_db
def test_only_the_cards_of_the_asked_units_class_and_state_are_given(town: Town) -> None:
    history = History(town)
    history.step("register", 0, 100, 300)
    assert len(cards(FAR, Wanted(units=(town.water.pk,), prefix="-", status="in_use", text="桌"))) == 1
    assert cards(FAR, Wanted(units=(town.archive.pk,))) == cards(FAR, Wanted(status="idle")) == cards(FAR, Wanted(prefix="A02")) == []
