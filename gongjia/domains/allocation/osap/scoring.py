"""The published penalties: wasted space once, overused space twice, and so much for each soft constraint that is broken."""

from __future__ import annotations

from collections.abc import Sequence

from gongjia.domains.allocation.osap.reading import Constraint, Instance, Rule

OVERUSE = 2.0
PENALTIES = dict.fromkeys(Rule, 10.0) | {Rule.ALLOCATION: 20.0, Rule.NOT_SHARING: 50.0}
EPSILON = 1e-6


def misuse(capacity: float, used: float) -> float:
    """Return the penalty of a room: what is wasted, or twice what is overused."""
    return capacity - used if used <= capacity else OVERUSE * (used - capacity)


def broken(instance: Instance, plan: Sequence[int], constraint: Constraint) -> bool:
    """Say whether a plan (the room of each entity) breaks a constraint."""
    rule, first, second = constraint.rule, constraint.first, constraint.second
    if rule == Rule.CAPACITY:
        return sum(size for size, room in zip(instance.sizes, plan, strict=True) if room == first) > instance.capacities[first] + EPSILON
    here = plan[first]
    if rule == Rule.ALLOCATION:
        return here != second
    if rule == Rule.NONALLOCATION:
        return here == second
    if rule == Rule.NOT_SHARING:
        return sum(room == here for room in plan) > 1
    there = plan[second]
    if rule == Rule.SAME_ROOM:
        return here != there
    if rule == Rule.NOT_SAME_ROOM:
        return here == there
    if rule == Rule.ADJACENCY:
        return there not in instance.adjacent[here]
    return (instance.floors[here] == instance.floors[there]) == (rule == Rule.AWAY_FROM)


def penalty(instance: Instance, plan: Sequence[int]) -> float:
    """Return the penalty of a plan."""
    used = [0.0] * len(instance.capacities)
    for size, room in zip(instance.sizes, plan, strict=True):
        used[room] += size
    space = sum(misuse(capacity, taken) for capacity, taken in zip(instance.capacities, used, strict=True))
    return space + sum(PENALTIES[c.rule] for c in instance.constraints if not c.hard and broken(instance, plan, c))


def feasible(instance: Instance, plan: Sequence[int]) -> bool:
    """Say whether a plan keeps every hard constraint."""
    return not any(broken(instance, plan, constraint) for constraint in instance.constraints if constraint.hard)
