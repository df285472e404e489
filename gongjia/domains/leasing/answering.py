"""What an applicant answered to the owned space found for a lease: taken, refused with a reason, or not yet said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.inputs import Input, given
from gongjia.domains.leasing.rules import UNKNOWN
from gongjia.domains.leasing.vacancy import Need, Space

ALL_UNKNOWN = 0
"""Stands for all buildings whose vacancy nobody knows: one reason answers for them together."""
SHOWN_UNKNOWN = 12


class TakeOrRefuse(Input):
    """The answer to one building found: it is taken, or refused with a reason that the approver sees."""

    line: int = given(label=_("第几行"))
    building: int = given(ALL_UNKNOWN, label=_("房屋"))
    take: bool | None = given(None, label=_("改用这处"))
    reason: str = given("", label=_("不用的理由"))


@dataclass
class Answered:
    """One lease of a request with what was found for it and what was said of that."""

    number: int
    name: str
    need: Need
    spaces: Sequence[Space]
    taken: Space | None = None
    reasons: dict[int, str] = field(default_factory=dict)
    gone: list[int] = field(default_factory=list)

    @property
    def known(self) -> list[Space]:
        return [space for space in self.spaces if space.standing != UNKNOWN]

    @property
    def unknown(self) -> list[Space]:
        return [space for space in self.spaces if space.standing == UNKNOWN]

    @property
    def waiting(self) -> list[int]:
        """The buildings, and 0 for the unknown ones together, that still need an answer."""
        if self.taken is not None:
            return []
        open_ones = [space.pk for space in self.known if not self.reasons.get(space.pk)]
        return [*open_ones, *([ALL_UNKNOWN] if self.unknown and not self.reasons.get(ALL_UNKNOWN) else [])]

    def told(self) -> dict[str, Any]:
        """Return what the request keeps of the lease."""
        return {
            "line": self.number,
            "name": self.name,
            "city": self.need.city,
            "usable": str(self.need.usable) if self.need.usable else "",
            "floor": str(self.need.floor) if self.need.floor else "",
            "known": [self._told(space) for space in self.known],
            "unknown": [self._told(space) for space in self.unknown[:SHOWN_UNKNOWN]],
            "unknown_count": len(self.unknown),
            "unknown_reason": self.reasons.get(ALL_UNKNOWN, ""),
            "unknown_open": ALL_UNKNOWN in self.waiting,
            "gone": self.gone,
        }

    def _told(self, space: Space) -> dict[str, Any]:
        taken = self.taken is not None and self.taken.pk == space.pk
        said = "taken" if taken else "refused" if self.reasons.get(space.pk) else ""
        return {**space.told(), "said": said, "reason": self.reasons.get(space.pk, ""), "open": space.pk in self.waiting}


def answered(number: int, name: str, need: Need, spaces: Sequence[Space], answers: Sequence[Mapping[str, Any]]) -> Answered:
    """Sort what was found for one lease by what the answers say of it."""
    made = Answered(number, name, need, spaces)
    by_pk = {space.pk: space for space in spaces}
    for said in (TakeOrRefuse(**each) for each in answers if each.get("line") == number):
        if said.take and said.building in by_pk:
            made.taken = by_pk[said.building]
        elif said.take:
            made.gone.append(said.building)
        elif said.reason:
            made.reasons[said.building] = said.reason
    return made
