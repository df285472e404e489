"""三方核对 账-卡-物: every difference between the accounts, the cards and the things, each with its ground, and what no ground explains."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

COST, DEPRECIATION = "1601", "1602"
SEEN = ("found", "moved")


@dataclass(frozen=True)
class Card:
    """A card at the end of the day; money in 分. `gone` says how far a disposal is: "" (held), "open" (no voucher), "closed"."""

    pk: int
    number: str
    name: str
    cost: int
    accumulated: int
    booked: bool
    booked_on: dt.date | None = None
    gone: str = ""
    found: str = ""
    """What the last count found of it: found, moved, missing, or nothing when it was not counted."""

    def in_accounts(self, on: dt.date) -> bool:
        """Say whether the accounts should know it on the day."""
        if self.gone:
            return self.gone == "open" and self.booked
        return self.booked and (self.booked_on is None or self.booked_on <= on)


@dataclass(frozen=True)
class Account:
    """A balance of finance; `detail` is an asset number, or empty for a total."""

    subject: str
    detail: str
    amount: int


@dataclass(frozen=True)
class Surplus:
    """A thing that was found without a card."""

    pk: int
    name: str
    value: int


@dataclass(frozen=True)
class Difference:
    """One difference, and by how much the second side is more than the first: accounts → cards, or cards → things.

    `ground` is one of unbooked, booked_later, not_written_off, only_in_accounts, only_in_cards, other_amount; missing, surplus, uncounted.
    """

    ground: str
    number: str
    name: str
    amount: int
    pk: int = 0


@dataclass
class Side:
    """Two sums that should be equal, the differences that explain why they are not, and the rest."""

    subject: str
    first: int
    second: int
    differences: list[Difference] = field(default_factory=list)

    @property
    def gap(self) -> int:
        return self.second - self.first

    @property
    def unexplained(self) -> int:
        """Return what no difference explains; nothing, when every one was found."""
        return self.gap - sum(difference.amount for difference in self.differences)


@dataclass
class Reconciliation:
    """账 against 卡 by subject, where finance was given, and 卡 against 物, where a count was."""

    accounts: list[Side]
    things: Side | None


def reconcile(
    on: dt.date, accounts: Iterable[Account], cards: Sequence[Card], surpluses: Sequence[Surplus] = (), counted: bool = False
) -> Reconciliation:
    """Compare the three at the end of a day. With details card by card, the accounts are compared card by card; else as totals."""
    by_subject: dict[str, dict[str, int]] = defaultdict(dict)
    for account in accounts:
        known = by_subject[account.subject[:4]]
        known[account.detail] = known.get(account.detail, 0) + account.amount
    sides = [_accounts(on, subject, details, cards) for subject, details in sorted(by_subject.items()) if subject in (COST, DEPRECIATION)]
    return Reconciliation(sides, _things(cards, surpluses) if counted else None)


def added(books: Iterable[Sequence[Side]]) -> list[Side]:
    """Add the sides of several accounting units up, by subject."""
    sums: dict[str, Side] = {}
    for side in (side for sides in books for side in sides):
        total = sums.setdefault(side.subject, Side(side.subject, 0, 0))
        total.first, total.second = total.first + side.first, total.second + side.second
        total.differences += side.differences
    return [sums[subject] for subject in sorted(sums)]


def value_of(card: Card, subject: str) -> int:
    """Return what a card adds to a subject."""
    return card.cost if subject == COST else card.accumulated


def _accounts(on: dt.date, subject: str, details: Mapping[str, int], cards: Sequence[Card]) -> Side:
    held = [card for card in cards if not card.gone]
    by_number = {detail: amount for detail, amount in details.items() if detail}
    side = Side(subject, details.get("", sum(by_number.values())), sum(value_of(card, subject) for card in held))
    side.differences = [_ground(on, subject, card) for card in cards if _differs(on, subject, card)]
    if by_number:
        side.differences = _card_by_card(on, subject, by_number, cards)
    return side


def _differs(on: dt.date, subject: str, card: Card) -> bool:
    """Say whether a card is in the cards and should not be in the accounts, or the other way round."""
    return bool(value_of(card, subject)) and (not card.gone) != card.in_accounts(on)


def _ground(on: dt.date, subject: str, card: Card) -> Difference:
    value = value_of(card, subject)
    if card.gone:
        return Difference("not_written_off", card.number, card.name, -value, card.pk)
    ground = "booked_later" if card.booked and card.booked_on and card.booked_on > on else "unbooked"
    return Difference(ground, card.number, card.name, value, card.pk)


def _card_by_card(on: dt.date, subject: str, details: Mapping[str, int], cards: Sequence[Card]) -> list[Difference]:
    """Compare the accounts' own list with the cards; a card that a known ground explains is explained by that."""
    found, seen = [], set()
    for card in cards:
        amount, value = details.get(card.number), 0 if card.gone else value_of(card, subject)
        seen.add(card.number)
        if amount is None and _differs(on, subject, card):
            found += [] if card.gone else [_ground(on, subject, card)]
        elif amount is None and value:
            found.append(Difference("only_in_cards", card.number, card.name, value, card.pk))
        elif amount is not None and amount != value:
            ground = "not_written_off" if card.gone else "other_amount"
            found.append(Difference(ground, card.number, card.name, value - amount, card.pk))
    strangers = sorted(set(details) - seen)
    return found + [Difference("only_in_accounts", number, "", -details[number]) for number in strangers if details[number]]


def _things(cards: Sequence[Card], surpluses: Sequence[Surplus]) -> Side:
    held = [card for card in cards if not card.gone]
    side = Side(
        "", sum(card.cost for card in held), sum(card.cost for card in held if card.found in SEEN) + sum(s.value for s in surpluses)
    )
    for card in held:
        if card.found not in SEEN:
            ground = "missing" if card.found == "missing" else "uncounted"
            side.differences.append(Difference(ground, card.number, card.name, -card.cost, card.pk))
    side.differences += [Difference("surplus", "", one.name, one.value, one.pk) for one in surpluses]
    return side
