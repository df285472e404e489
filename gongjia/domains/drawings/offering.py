"""What a person may do with a version of a floor, as its pages offer it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from gongjia.core.access import access
from gongjia.core.action import actions
from gongjia.domains.drawings.models import FloorPlan

VERBS = ("accept", "revise", "drop")


@dataclass(frozen=True)
class Offered:
    """The verbs that this person may do now, and whether rooms may be corrected."""

    verbs: dict[str, str]
    corrects: bool


def acts_of(request: HttpRequest, plan: FloorPlan) -> Offered:
    """Return what may be done with a version, by its state and by this person's rights in the building's unit."""
    rights, unit = access(request.user), plan.building.place.unit_id
    made = {verb: actions[f"drawings.{verb}_plan"] for verb in VERBS}
    open_to = {verb: str(act.label) for verb, act in made.items() if act.fits and act.fits(plan) and rights.can(act.permission, unit)}
    return Offered(open_to, plan.state == "draft" and rights.can("drawings.correct_shape", unit))
