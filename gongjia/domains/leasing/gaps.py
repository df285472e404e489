"""What the register of titles lacks: owned buildings without a certificate, registered to somebody else, or unclear and not filed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.domains.leasing.managing import Managers
from gongjia.domains.leasing.models import TitleFiling
from gongjia.domains.offices.models import Building, Title
from gongjia.domains.offices.resources import BUILDINGS
from gongjia.org.choices import Holding
from gongjia.org.models import Unit

NO_TITLE, NO_CERTIFICATE, NOT_UNIFIED, UNFILED, CLEAR = "no_title", "no_certificate", "not_unified", "unfiled", "clear"
GAPS = (NO_TITLE, NO_CERTIFICATE, NOT_UNIFIED, UNFILED)
HEADS = (
    _("房屋编号"),
    _("房屋"),
    _("使用单位"),
    _("应登记的权利人"),
    _("登记的权利人"),
    _("权证号"),
    _("缺口"),
    _("权属备案"),
)


def gap_words(gap: str) -> str:
    """Return a gap in words."""
    return {
        NO_TITLE: _now("没有权属登记"),
        NO_CERTIFICATE: _now("没有权属证书"),
        NOT_UNIFIED: _now("未统一登记到机关事务管理部门"),
        UNFILED: _now("权属不清且未备案"),
        CLEAR: _now("齐全"),
    }[gap]


@dataclass(frozen=True)
class Held:
    """One owned building as the register of titles has it."""

    building: Building
    title: Title | None
    manager: Unit | None
    filing: TitleFiling | None

    @property
    def gaps(self) -> list[str]:
        if self.title is None:
            return [NO_TITLE, *([] if self.filing else [UNFILED])]
        found = [] if self.title.registered and self.title.number else [NO_CERTIFICATE]
        if found and self.filing is None:
            found.append(UNFILED)
        if not found and self.manager is not None and self.title.holder != self.manager.name:
            found.append(NOT_UNIFIED)
        return found


@dataclass
class Progress:
    """One unit: how many owned buildings it uses, and what of their titles is in order."""

    unit: Unit
    total: int = 0
    certified: int = 0
    unified: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, held: Held) -> None:
        self.total += 1
        self.certified += NO_TITLE not in held.gaps and NO_CERTIFICATE not in held.gaps
        self.unified += not held.gaps
        self.counts.update(held.gaps)

    @property
    def share(self) -> float:
        """The percentage of buildings whose title is in order."""
        return round(100 * self.unified / self.total, 1) if self.total else 0.0


def held_buildings(user: Any, path: str = "") -> list[Held]:
    """Return the owned buildings that a user sees, each with title, manager and filing."""
    owned = (
        BUILDINGS.queryset(user, path)
        .filter(place__holding=Holding.OWNED)
        .select_related("place__unit")
        .order_by("place__unit__path", "pk")
    )
    rows = list(owned)
    keys = [building.pk for building in rows]
    titles, filings = {}, {}
    for start in range(0, len(keys), 900):
        part = keys[start : start + 900]
        titles.update({title.place_id: title for title in Title.objects.current().filter(place__in=part).order_by("valid_from", "pk")})
        filings.update({one.place_id: one for one in TitleFiling.objects.live().filter(place__in=part, settled_on__isnull=True)})
    managers = Managers()
    return [Held(b, titles.get(b.pk), managers.of(b.place.unit), filings.get(b.pk)) for b in rows]


def by_unit(rows: Sequence[Held]) -> list[Progress]:
    """Return the progress of each unit in the order of the tree."""
    found: dict[int, Progress] = {}
    for held in rows:
        unit = held.building.place.unit
        found.setdefault(unit.pk, Progress(unit)).add(held)
    return list(found.values())


def lines(rows: Sequence[Held]) -> Iterator[list[Any]]:
    """Yield each building as a line of the export."""
    for held in rows:
        place, title = held.building.place, held.title
        words = [place.code, place.name, place.unit.name, held.manager.name if held.manager else ""]
        yield [
            *words,
            title.holder if title else "",
            title.number if title else "",
            "；".join(gap_words(gap) for gap in held.gaps) or gap_words(CLEAR),
            str(held.filing.filed_on) if held.filing else "",
        ]
