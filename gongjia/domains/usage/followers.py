"""What the use of rooms follows: people who leave, posts that end, rooms that are given or given back."""

from __future__ import annotations

from collections.abc import Sequence

from gongjia.core.action import Context
from gongjia.core.following import Followed, Follower, declare_follower
from gongjia.domains.offices.models import Occupancy
from gongjia.domains.usage.settling import settle
from gongjia.org.models import Post

TELLING = {"status", "left_on", "unit_id"}


def people_changed(context: Context, changes: Sequence[Followed]) -> None:
    """Open the hand-back of who leaves or moves to another unit; a new person has no room yet."""
    settle(context, [one.pk for one in changes if one.before is not None and one.after and TELLING & one.after.keys()])


def posts_changed(context: Context, changes: Sequence[Followed]) -> None:
    """Open the hand-back of a room that came with a post which has ended."""
    settle(context, _people(Post, changes))


def rooms_changed(context: Context, changes: Sequence[Followed]) -> None:
    """Close the hand-back of a room that was simply vacated, and open that of one given to somebody who has left."""
    settle(context, _people(Occupancy, changes))


def _people(model: type[Post] | type[Occupancy], changes: Sequence[Followed]) -> set[int]:
    ids, found = [one.pk for one in changes], set()
    for start in range(0, len(ids), 900):
        found |= set(model.objects.filter(pk__in=ids[start : start + 900]).values_list("person", flat=True))
    return found


declare_follower(Follower("usage.people_changed", "org.person", people_changed))
declare_follower(Follower("usage.posts_changed", "org.post", posts_changed))
declare_follower(Follower("usage.rooms_changed", "offices.occupancy", rooms_changed))
