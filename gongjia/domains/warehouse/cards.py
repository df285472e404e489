"""One item as the window draws it: picture or pictogram, condition, age, what is left of it, how far it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.core.models import Attachment
from gongjia.core.periods import today
from gongjia.domains.warehouse.choices import Grade
from gongjia.domains.warehouse.models import Favourite, StockItem
from gongjia.domains.warehouse.nearness import BUILDING, COMPOUND, FAR, Distance, Standpoint
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.ledger.ages import months_between
from gongjia.web.wording import number

PICTURES = ("image/jpeg", "image/png", "image/webp")
_ICONS = (
    ("A020210", "printer"),
    ("A020204", "printer"),
    ("A02020100", "printer"),
    ("A020202", "presentation"),
    ("A020205", "camera"),
    ("A0202", "presentation"),
    ("A0201", "device-desktop"),
    ("A020211", "device-desktop"),
    ("A02091", "device-desktop"),
    ("A0203", "car"),
    ("A02", "bolt"),
    ("A050104", "sofa"),
    ("A050105", "archive"),
    ("A0501", "sofa"),
    ("A01", "building"),
)
_TONES = {Grade.NEW: "order", Grade.GOOD: "order", Grade.FAIR: "info", Grade.REPAIR: "doubt", Grade.SPENT: "breach"}


def icon_of(code: str) -> str:
    """Return the pictogram of a class."""
    return next((icon for start, icon in sorted(_ICONS, key=lambda each: -len(each[0])) if code.startswith(start)), "package")


def months_words(months: int | None) -> str:
    """Return a number of months in years and months."""
    if months is None:
        return _("未估")
    years, rest = divmod(months, 12)
    parts = [ngettext("%(n)s 年", "%(n)s 年", years) % {"n": years}] if years else []
    parts += [ngettext("%(n)s 个月", "%(n)s 个月", rest) % {"n": rest}] if rest or not years else []
    return " ".join(parts)


def distance_words(distance: Distance) -> str:
    """Return how far something is."""
    if distance.ring == BUILDING:
        return _("同楼")
    if distance.ring == COMPOUND:
        return _("同院")
    if distance.km is not None:
        return _("约 %(n)s 公里") % {"n": number(distance.km)}
    return _("较远") if distance.ring == FAR else _("同城")


@dataclass
class Card:
    """What the window shows of one item."""

    item: StockItem
    distance: str
    photo: int | None
    starred: bool

    @property
    def url(self) -> str:
        return reverse("warehouse:offer", args=[self.item.pk])

    @property
    def icon(self) -> str:
        return icon_of(self.item.category_code)

    @property
    def grade(self) -> str:
        return str(self.item.get_grade_display())

    @property
    def tone(self) -> str:
        return _TONES.get(Grade(self.item.grade), "plain") if self.item.grade else "plain"

    @property
    def age(self) -> str:
        begun = self.item.acquired_on
        return months_words(months_between(begun, today())) if begun else _("不详")

    @property
    def left(self) -> str:
        return months_words(self.item.remaining_months)

    @property
    def held(self) -> str:
        """For whom the item is held, while it is."""
        day = today()
        if self.item.own_until and self.item.own_until >= day:
            return _("本单位优先至 %(day)s") % {"day": self.item.own_until.isoformat()}
        if self.item.level_until and self.item.level_until >= day:
            return _("同级单位优先至 %(day)s") % {"day": self.item.level_until.isoformat()}
        return ""

    @property
    def fresh(self) -> bool:
        return bool(self.item.published_at and self.item.published_at.date() >= today() - dt.timedelta(days=7))


def photos_of(keys: Sequence[int]) -> dict[int, list[int]]:
    """Return the pictures that hang on items, by item, oldest first."""
    rows = Attachment.objects.filter(subject=ITEMS.key, subject_id__in=keys, file__content_type__in=PICTURES).order_by("pk")
    found: dict[int, list[int]] = {}
    for pk, subject in rows.values_list("pk", "subject_id"):
        found.setdefault(subject, []).append(pk)
    return found


def cards_of(user: Any, items: Sequence[StockItem], point: Standpoint) -> list[Card]:
    """Return the cards of the items, with one query for pictures and one for stars."""
    keys = [item.pk for item in items]
    pictures = photos_of(keys)
    stars = set(Favourite.objects.filter(user=user.pk, item__in=keys).values_list("item", flat=True))
    return [
        Card(
            item,
            distance_words(point.to(item.building_id, item.compound_id)),
            next(iter(pictures.get(item.pk, [])), None),
            item.pk in stars,
        )
        for item in items
    ]
