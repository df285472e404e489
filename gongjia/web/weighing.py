"""What a form says while it is being filled in: verdicts on the case as typed, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongjia.core.registry import Registry


@dataclass(frozen=True)
class Weigher:
    """Weighs the input of an action as typed; `weigh(user, typed)` returns the template's variables, None while too little is known."""

    action: str
    template: str
    weigh: Callable[[Any, Mapping[str, Any]], dict[str, Any] | None]


weighers: Registry[Weigher] = Registry("weigher")


def declare_weigher(made: Weigher) -> Weigher:
    """Declare what weighs the inputs of an action."""
    return weighers.add(made.action, made)
