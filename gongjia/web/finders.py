"""What the one search finds beside tables and pages: each package above declares its own (clauses, requests)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.core.registry import Registry
from gongjia.web.shapes import Link


@dataclass(frozen=True)
class Finder:
    """Finds things by text; `find(user, text, most)` returns at most `most` links that this person may open."""

    key: str
    label: Any
    find: Callable[[Any, str, int], Sequence[Link]]


finders: Registry[Finder] = Registry("finder")


def declare_finder(made: Finder) -> Finder:
    """Declare a finder."""
    return finders.add(made.key, made)
