"""What a form says while it is being filled in: verdicts on the case as typed, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.core.registry import Registry
from gongjia.web.shapes import Verdict


@dataclass(frozen=True)
class Weigher:
    """Weighs the input of an action as typed; `weigh(user, typed)` returns nothing while too little is known."""

    action: str
    weigh: Callable[[Any, Mapping[str, str]], Sequence[Verdict]]


weighers: Registry[Weigher] = Registry("weigher")


def declare_weigher(made: Weigher) -> Weigher:
    """Declare what weighs the inputs of an action."""
    return weighers.add(made.action, made)
