"""Who manages the space of a unit: the manager named over the nearest unit above it, or over itself."""

from __future__ import annotations

from collections.abc import Iterable

from gongjia.domains.leasing.models import SpaceManager
from gongjia.org.models import Unit


class Managers:
    """The managers by the subtree that they are named for, read once."""

    def __init__(self) -> None:
        rows = SpaceManager.objects.live().select_related("over", "manager").order_by("pk")
        self.by_path = {row.over.path: row.manager for row in rows}

    def of(self, unit: Unit) -> Unit | None:
        """Return the manager of a unit's space; None where nobody was named."""
        parts = [part for part in unit.path.split(".") if part]
        for length in range(len(parts), 0, -1):
            found = self.by_path.get(".".join(parts[:length]) + ".")
            if found is not None:
                return found
        return None

    def is_manager(self, unit: Unit) -> bool:
        """Say whether a unit manages any space, or stands within one that does."""
        return any(unit.path.startswith(manager.path) for manager in self.by_path.values())


def managers_of(units: Iterable[int]) -> dict[int, Unit | None]:
    """Return the manager of each unit by key."""
    known = Managers()
    return {unit.pk: known.of(unit) for unit in Unit.objects.filter(pk__in=set(units))}
