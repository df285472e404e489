"""Terms and measures: what the conditions of a route may read beyond the rows of a request. Declared from above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.core.action import Context
from gongjia.core.registry import Registry


@dataclass(frozen=True)
class Ground:
    """On what a term is reckoned: the unit of a request and the day."""

    unit_id: int
    on: dt.date


@dataclass(frozen=True)
class Term:
    """A function of conditions: `function(ground, *arguments, **keys)` returns a value, None where nobody knows it.

    `flaw(arguments, keys)` says in a sentence what is wrong with a call, before a route goes live; '' when nothing is.
    """

    name: str
    function: Callable[..., Any]
    flaw: Callable[[Sequence[Any], Mapping[str, Any]], str] | None = None


terms: Registry[Term] = Registry("term")


def declare_term(name: str, function: Callable[..., Any], flaw: Callable[[Sequence[Any], Mapping[str, Any]], str] | None = None) -> Term:
    """Declare a function that the conditions of routes may call by name."""
    return terms.add(name, Term(name, function, flaw))


@dataclass(frozen=True)
class Measure:
    """A value of a request that conditions read as `request.<name>`: `function(context, rows)` over its validated rows."""

    name: str
    label: Any
    actions: tuple[str, ...]
    function: Callable[[Context, Sequence[Any]], Any]

    def measures(self, action: str) -> bool:
        return "*" in self.actions or action in self.actions


measures: Registry[Measure] = Registry("measure")


def declare_measure(name: str, label: Any, actions: tuple[str, ...], function: Callable[[Context, Sequence[Any]], Any]) -> Measure:
    """Declare a value of the requests of some actions; a later package may measure another action under the same name."""
    made = Measure(name, label, actions, function)
    return measures.add(f"{name} {' '.join(actions)}", made)


def measures_of(action: str) -> dict[str, Measure]:
    """Return the measures of an action by name; one that names the action wins over one for all."""
    found = [measure for measure in measures if measure.measures(action)]
    return {measure.name: measure for measure in sorted(found, key=lambda one: "*" not in one.actions)}
