"""Followers: what a package above does when records of a package below change, in the same transaction and under the same batch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from gongjia.core.audit import Trail
from gongjia.core.registry import Registry

_DECODE = msgspec.json.decode


@dataclass(frozen=True)
class Followed:
    """One record that was changed, as the trail tells it: only the fields that changed; `before` is None for a new one."""

    pk: int
    unit_id: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Follower:
    """One consequence: whichever action changes records of `subject`, in whichever door, `follow(context, changes)` is called once.

    What it writes it notes in the context's trail, so that undoing the batch takes it back as well. It may not refuse: that is
    what checks of the action are for.
    """

    key: str
    subject: str
    follow: Callable[[Any, Sequence[Followed]], None]


followers: Registry[Follower] = Registry("follower")


def declare_follower(made: Follower) -> Follower:
    """Declare a follower under its key."""
    return followers.add(made.key, made)


def follow(context: Any) -> None:
    """Call everybody who follows what the context's trail holds; what followers change themselves is not followed."""
    trail: Trail = context.trail
    changed = set(trail.subjects)
    gathered = [(each, list(_changes(trail, each.subject))) for each in followers if each.subject in changed]
    for each, changes in gathered:
        each.follow(context, changes)


def _changes(trail: Trail, subject: str) -> Sequence[Followed]:
    rows = zip(trail.subjects, trail.ids, trail.units, trail.befores, trail.afters, strict=True)
    return [Followed(pk, unit, _read(before), _read(after)) for name, pk, unit, before, after in rows if name == subject]


def _read(text: str | None) -> Mapping[str, Any] | None:
    return None if text is None else _DECODE(text)
