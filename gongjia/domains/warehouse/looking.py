"""The search of the shop window: words, filters, and nearness, over one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, Q, QuerySet, When

from gongjia.core import search
from gongjia.core.access import access
from gongjia.domains.warehouse.choices import Grade, ItemState, Storage, Terms
from gongjia.domains.warehouse.models import Favourite, StockItem
from gongjia.domains.warehouse.nearness import Standpoint
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.domains.warehouse.windows import open_to

SIZE, DEEPEST, CAP = 24, 40, 1_000
STEPS_KM = (2, 5, 10, 30, 100)
NEAR, NEW, BEST, LONGEST = "near", "new", "best", "longest"
SORTS = (NEAR, NEW, BEST, LONGEST)
_ORDERS = {NEW: ("-published_at", "-pk"), BEST: ("grade", "-remaining_months", "pk"), LONGEST: ("-remaining_months", "pk")}


@dataclass(frozen=True)
class Asked:
    """What a visitor of the window asks for; everything unknown in an address is ignored."""

    q: str = ""
    kind: str = ""
    grade: str = ""
    months: int = 0
    terms: str = ""
    storage: str = ""
    emergency: bool = False
    starred: bool = False
    sort: str = NEAR
    page: int = 1

    @property
    def words(self) -> dict[str, str]:
        """The filters that are on, as they stand in an address."""
        texts = {"q": self.q, "kind": self.kind, "grade": self.grade, "terms": self.terms, "storage": self.storage}
        flags = {"emergency": self.emergency, "starred": self.starred}
        found = {name: value for name, value in texts.items() if value} | {name: "1" for name, on in flags.items() if on}
        return found | ({"months": str(self.months)} if self.months else {}) | ({"sort": self.sort} if self.sort != NEAR else {})


def read(data: Mapping[str, str]) -> Asked:
    """Read what an address asks for."""

    def one_of(name: str, known: Sequence[str]) -> str:
        return value if (value := data.get(name, "")) in known else ""

    def whole(name: str, most: int) -> int:
        text = data.get(name, "")
        return min(int(text), most) if text.isdecimal() and len(text) < 9 else 0

    kind = data.get("kind", "")
    return Asked(
        q=data.get("q", "").strip()[:100],
        kind=kind if kind.isalnum() and len(kind) <= 20 else "",
        grade=one_of("grade", Grade.values),
        months=whole("months", 600),
        terms=one_of("terms", Terms.values),
        storage=one_of("storage", Storage.values),
        emergency=data.get("emergency") == "1",
        starred=data.get("starred") == "1",
        sort=one_of("sort", SORTS) or NEAR,
        page=max(1, whole("page", DEEPEST)),
    )


@dataclass
class Found:
    """One page of the window: the items with their cards, how many there are in all (capped), and whether more follow."""

    items: list[StockItem] = field(default_factory=list)
    count: int = 0
    more: bool = False

    @property
    def capped(self) -> bool:
        return self.count > CAP


def visible(user: Any) -> QuerySet[StockItem]:
    """Return the published items that a person may see."""
    return StockItem.objects.filter(open_to(user, access(user).units(ITEMS.view_permission)), state=ItemState.PUBLISHED)


def matching(user: Any, asked: Asked) -> QuerySet[StockItem]:
    """Return the visible items that match, unordered."""
    rows = visible(user).filter(_filters(user, asked))
    return search.narrow(ITEMS, rows, asked.q) if asked.q else rows


def _hits(asked: Asked) -> list[int] | None:
    """Return the items on show that the words find, None where they are too many to be listed."""
    shown = StockItem.objects.filter(state=ItemState.PUBLISHED)
    found = list(search.narrow(ITEMS, shown, asked.q).values_list("pk", flat=True)[: CAP + 1])
    return found if len(found) <= CAP else None


def _filters(user: Any, asked: Asked) -> Q:
    wanted = Q(category_code__startswith=asked.kind) if asked.kind else Q()
    wanted &= Q(grade__gte=Grade.NEW, grade__lte=asked.grade) if asked.grade else Q()
    wanted &= Q(remaining_months__gte=asked.months) if asked.months else Q()
    wanted &= Q(terms__in=[asked.terms, Terms.BOTH]) if asked.terms else Q()
    wanted &= Q(storage=asked.storage) if asked.storage else Q()
    wanted &= Q(emergency=True) if asked.emergency else Q()
    return wanted & (Q(pk__in=Favourite.objects.filter(user=user.pk).values("item")) if asked.starred else Q())


def look(user: Any, asked: Asked, point: Standpoint) -> Found:
    """Return one page of the window in the order asked for."""
    hits = _hits(asked) if asked.q else None
    rows = matching(user, asked) if hits is None else matching(user, replace(asked, q="")).filter(pk__in=hits)
    end = asked.page * SIZE
    keys = _keys(rows, asked, point, end + 1)
    shown = keys[end - SIZE : end]
    found = StockItem.objects.select_related("asset__unit", "building").filter(asset__closed_on__isnull=True).in_bulk(shown)
    return Found([found[pk] for pk in shown if pk in found], _count(rows, keys, end, asked, hits), len(keys) > end)


def _count(rows: QuerySet[StockItem], keys: list[int], end: int, asked: Asked, hits: list[int] | None) -> int:
    """Return how many items match, capped; words alone that hit more than the cap are not searched for a third time."""
    if len(keys) <= end:
        return len(keys)
    if asked.q and hits is None and set(asked.words) <= {"q", "sort"}:
        return CAP + 1
    return rows.values("pk")[: CAP + 1].count()


def _keys(rows: QuerySet[StockItem], asked: Asked, point: Standpoint, wanted: int) -> list[int]:
    """Return the first keys in the order asked for; few hits are ranked by nearness, all items are walked ring by ring."""
    if asked.sort == NEAR and not asked.q:
        return _near(rows, point, wanted)
    order: tuple[Any, ...] = _ORDERS.get(asked.sort, ())
    if asked.sort == NEAR:
        rank = Case(*(When(ring, then=place) for place, ring in enumerate(rings(point)) if ring), default=99)
        order = (rank, "-published_at", "-pk")
    return list(rows.order_by(*order).values_list("pk", flat=True)[:wanted])


def _near(rows: QuerySet[StockItem], point: Standpoint, wanted: int) -> list[int]:
    """Return the first keys ring by ring from where somebody stands, the newest of a ring first."""
    keys: list[int] = []
    for ring in rings(point):
        if len(keys) < wanted:
            part = rows.filter(ring).order_by("-published_at", "-pk")
            keys += part.values_list("pk", flat=True)[: wanted - len(keys)]
    return keys


def rings(point: Standpoint) -> Iterator[Q]:
    """Yield conditions that part the town from near to far; together they let every item through, each once."""
    if point.compound is None:
        yield Q()
        return
    if point.building is not None:
        yield Q(building=point.building)
    inside = Q(compound=point.compound)
    yield inside & ~Q(building=point.building) if point.building is not None else inside
    outside = ~inside | Q(compound__isnull=True)
    here = point.places.get(point.building or 0)
    if here is None:
        yield outside
        return
    by_step: dict[int, list[int]] = {}
    for building in point.places:
        step = next((index for index, km in enumerate(STEPS_KM) if (point.to(building, None).km or 0) <= km), len(STEPS_KM))
        by_step.setdefault(step, []).append(building)
    for step in sorted(by_step):
        yield outside & Q(building__in=by_step[step])
    yield outside & (~Q(building__in=list(point.places)) | Q(building__isnull=True))
