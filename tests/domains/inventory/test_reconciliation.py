"""Accounts, cards and things: every planted difference is found with its ground, none is invented, the rest is said to be unexplained."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from gongjia.domains.inventory.rules import Account, Card, Difference, Surplus, reconcile

ON = dt.date(2026, 12, 31)


def card(pk: int, cost: int = 100, **more: object) -> Card:
    made = Card(pk, f"A-{pk}", "打印机", cost, cost // 4, True, dt.date(2026, 1, 1), "", "found")
    return replace(made, **more)  # type: ignore[arg-type]


def booked(cards: list[Card]) -> list[Account]:
    """Return the list that finance would have of these cards."""
    return [Account("160101", one.number, one.cost) for one in cards] + [Account("1602", one.number, one.accumulated) for one in cards]


def grounds(differences: list[Difference]) -> list[tuple[str, str, int]]:
    return [(one.ground, one.number, one.amount) for one in differences]


PLANTED = [
    card(1),
    card(2, booked=False),
    card(3, booked_on=dt.date(2027, 1, 5)),
    card(4, gone="open"),
    card(5, gone="closed"),
    card(6, cost=300),
    card(7),
    card(8, found="missing"),
    card(9, found=""),
]


def test_every_planted_difference_is_found_with_its_ground_card_by_card() -> None:
    finance = [card(1), card(4), card(6, cost=250), card(8), card(9), card(99, cost=70)]
    cost, depreciation = reconcile(ON, booked(finance), PLANTED).accounts
    assert grounds(cost.differences) == [
        ("unbooked", "A-2", 100),
        ("booked_later", "A-3", 100),
        ("not_written_off", "A-4", -100),
        ("other_amount", "A-6", 50),
        ("only_in_cards", "A-7", 100),
        ("only_in_accounts", "A-99", -70),
    ]
    assert (cost.unexplained, depreciation.unexplained) == (0, 0)


def test_totals_are_explained_by_what_the_cards_know_and_the_rest_is_said() -> None:
    right = sum(one.cost for one in PLANTED if one.in_accounts(ON))
    [side] = reconcile(ON, [Account("1601", "", right + 7)], PLANTED).accounts
    assert [one.ground for one in side.differences] == ["unbooked", "booked_later", "not_written_off"]
    assert side.unexplained == -7


def test_the_things_are_held_against_the_cards() -> None:
    things = reconcile(ON, [], PLANTED, [Surplus(1, "饮水机", 60)], counted=True).things
    assert things is not None and things.unexplained == 0
    assert [(one.ground, one.amount) for one in things.differences] == [("missing", -100), ("uncounted", -100), ("surplus", 60)]


def test_what_agrees_has_no_difference() -> None:
    cards = [card(1), card(2), card(3)]
    made = reconcile(ON, booked(cards), cards, counted=True)
    assert all(not side.differences and side.gap == 0 for side in (*made.accounts, made.things) if side)


CARDS = st.lists(
    st.builds(
        card,
        st.integers(1, 40),
        cost=st.integers(0, 500),
        booked=st.booleans(),
        gone=st.sampled_from(["", "", "open", "closed"]),
        found=st.sampled_from(["found", "moved", "missing", ""]),
    ),
    max_size=25,
    unique_by=lambda one: one.pk,
)


@given(CARDS, CARDS)
def test_card_by_card_nothing_is_ever_left_unexplained(cards: list[Card], finance: list[Card]) -> None:
    made = reconcile(ON, booked(finance), cards, counted=True)
    assert [side.unexplained for side in made.accounts] == [0] * len(made.accounts)
    assert made.things is not None and made.things.unexplained == 0


@given(CARDS)
def test_a_finance_that_knows_what_it_should_leaves_no_total_unexplained(cards: list[Card]) -> None:
    right = sum(one.cost for one in cards if one.in_accounts(ON))
    assert reconcile(ON, [Account("1601", "", right)], cards).accounts[0].unexplained == 0
