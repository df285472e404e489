"""Asking: an action that a person may not do, or nobody may do directly, becomes a request; who keeps requests registers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from gongjia.core.access import Access
from gongjia.core.action import Action
from gongjia.core.problems import NeedsRequest
from gongjia.core.registry import Registry
from gongjia.core.validate import Raw

Way = Literal["do", "ask", ""]


@dataclass(frozen=True)
class Asked:
    """A draft request: its key and its page."""

    key: str
    url: str


Asker = Callable[[Any, Action, Sequence[Raw]], Asked]
askers: Registry[Asker] = Registry("asker")


def declare_asker(made: Asker) -> Asker:
    """Register the one function `(user, action, rows)` that makes a draft request, or raises Refused for rows that no request may hold."""
    return askers.add("asker", made)


def way(rights: Access, action: Action, unit_id: int | None = None) -> Way:
    """Return how a person goes about an action: it is done, it is asked for, or neither."""
    if not action.by_request and rights.can(action.permission, unit_id):
        return "do"
    return "ask" if "asker" in askers and rights.can(action.ask_permission, unit_id) else ""


def ask(actor: Any, action: Action, raws: Sequence[Raw]) -> Asked:
    """Make a draft request of the rows and return it; raises NeedsRequest where nobody keeps requests."""
    asker = askers.get("asker")
    if asker is None:
        raise NeedsRequest(action.permission)
    return asker(actor, action, raws)
