"""Writing the plans through the same actions that every door uses, as of the day on which the ledger began."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gongjia.core import audit, search
from gongjia.core.action import Context, actions, context_for
from gongjia.demo.constants import LIVE, LIVE_ON
from gongjia.org.models import User

ORIGIN = "demo"
SETUP = "setup"


@dataclass
class Keys:
    """The primary keys that the plans got: units and rooms by code, people by staff code, classes by code."""

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    buildings: dict[str, int] = field(default_factory=dict)
    rooms: dict[str, int] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)


def setup_account() -> User:
    """Return the account in whose name the city is recorded; nobody can sign in with it."""
    user = User(username=SETUP, name="台账初始化", is_superuser=True, is_active=False)
    user.set_unusable_password()
    user.save()
    return user


def act(actor: User, key: str, raws: Sequence[dict[str, Any]], on: dt.date = LIVE_ON, now: dt.datetime = LIVE) -> list[int]:
    """Run an action over all rows and return their keys; a refused row ends the seeding with its reason."""
    given = [{name: value for name, value in raw.items() if value is not None and value != ""} for raw in raws]
    return actions[key].run_many(actor, given, origin=ORIGIN, on=on, now=now).ids if given else []


@contextmanager
def recording(actor: User, action: str) -> Iterator[Context]:
    """Give a context for rows that no action makes alone; audit and index are written when it closes, as an action's commit does."""
    context = context_for(actor, ORIGIN, on=LIVE_ON, now=LIVE)
    context.batch = audit.open_batch(action, context.actor_id, ORIGIN, None)
    yield context
    audit.write(context.trail, context.batch, action, context.actor_id)
    search.refresh(context.trail)
