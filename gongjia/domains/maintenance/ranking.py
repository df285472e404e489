"""The priority of projects, with its arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from gongjia.domains.maintenance.choices import ProjectState
from gongjia.domains.maintenance.models import Project
from gongjia.domains.maintenance.rules.scoring import Priority, priority
from gongjia.domains.maintenance.terms import full_values, weights
from gongjia.org.models import Unit


def measures_of(project: Project) -> dict[str, Decimal | None]:
    """Return the measure of each factor as far as it is known: points, years, kWh per m²."""
    age = project.applied_on.year - project.built_year if project.built_year else None
    months = project.age_months if project.repaired_on or project.built_year else None
    return {
        "safety": None if project.safety is None else Decimal(project.safety),
        "damage": None if project.damage is None else Decimal(project.damage),
        "age": None if age is None else Decimal(max(0, age)),
        "repair": None if months is None else (Decimal(months) / 12).quantize(Decimal("0.1")),
        "energy": project.energy,
    }


def priority_of(project: Project, unit: Unit, greatest: Decimal) -> Priority:
    """Return the priority by the parameters of the unit that ranks; energy counts against the greatest of the year."""
    on = project.applied_on
    return priority(measures_of(project), weights(unit, on), full_values(unit, on, greatest))


def greatest_energy(year: int) -> Decimal:
    """Return the greatest known energy per area among the projects of a year."""
    known = Project.objects.live().filter(year=year, energy__isnull=False).exclude(state=ProjectState.REFUSED)
    return max((project.energy for project in known if project.energy), default=Decimal(0))


def priorities(projects: Iterable[Project], unit: Unit) -> dict[int, Priority]:
    """Return the priority of each project."""
    energies: dict[int, Decimal] = {}
    found = {}
    for project in projects:
        if project.year not in energies:
            energies[project.year] = greatest_energy(project.year)
        found[project.pk] = priority_of(project, unit, energies[project.year])
    return found
