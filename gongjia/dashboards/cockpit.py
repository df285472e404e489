"""The cockpit as a whole: the figures at its head and its panes, for one look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongjia.core.indicator import indicators
from gongjia.dashboards import findings, limits, panes
from gongjia.dashboards.looking import Look
from gongjia.dashboards.shapes import Pane

MADE: tuple[tuple[str, Callable[[Look], Pane]], ...] = (
    ("ledger.cost_by_unit", panes.owned_by_unit),
    ("standards.findings_by_rule", findings.findings_by_rule),
    ("ledger.cost_by_class", panes.owned_by_class),
    ("standards.outcomes_by_unit", findings.findings_by_unit),
    ("vehicles.held_by_unit", limits.vehicles_by_unit),
    ("offices.office_area_by_unit", limits.offices_by_unit),
    ("standards.idle_cost_by_unit", panes.idle_by_unit),
    ("standards.findings_over_time", findings.findings_over_time),
)


COMPARED = ("ledger.cost_by_unit", "standards.outcomes_by_unit")


def panes_of(look: Look) -> Iterator[Pane]:
    """Yield the panes of those indicators that exist; one unit alone is not compared with itself."""
    alone = len(set(look.groups.values())) <= 1
    for key, made in MADE:
        if key in indicators and not (alone and key in COMPARED):
            yield made(look)
