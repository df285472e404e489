"""How seats make a step: whose turn it is, and when a step is agreed to or refused."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Literal, Protocol

Outcome = Literal["open", "after", "approved", "refused"]


class Seated(Protocol):
    """What the rules need to know of a seat."""

    kind: str
    state: str


def is_ripe(seat: Seated, seats: Sequence[Seated]) -> bool:
    """Say whether it is this seat's turn: co-signers before the others go first, those after them last."""
    if seat.state != "waiting":
        return False
    earlier = {"before": (), "assigned": ("before",), "after": ("before", "assigned")}[seat.kind]
    return not any(other.state == "waiting" and other.kind in earlier for other in seats)


def outcome(mode: str, ratio: int, seats: Sequence[Seated]) -> Outcome:
    """Return how a step stands; a seat that was skipped counts as agreed, "after" waits for the last co-signers only."""
    if any(seat.state == "refused" and seat.kind != "assigned" for seat in seats):
        return "refused"
    if any(seat.state == "waiting" and seat.kind == "before" for seat in seats):
        return "open"
    found = assigned_outcome(mode, ratio, [seat.state for seat in seats if seat.kind == "assigned"])
    if found == "approved" and any(seat.state == "waiting" and seat.kind == "after" for seat in seats):
        return "after"
    return found


def assigned_outcome(mode: str, ratio: int, states: Sequence[str]) -> Literal["open", "approved", "refused"]:
    """Return what the assigned signers say together: one for all, all, or a share of them in percent."""
    agreed = sum(state in ("signed", "skipped") for state in states)
    refused = states.count("refused")
    needed = needed_of(mode, ratio, len(states))
    if agreed >= needed:
        return "approved"
    if mode != "ratio":
        return "refused" if refused else "open"
    return "refused" if len(states) - refused < needed else "open"


def needed_of(mode: str, ratio: int, count: int) -> int:
    """Return how many of `count` signers must agree."""
    if mode == "any":
        return 1
    return count if mode == "all" else max(1, ceil(count * ratio / 100))
