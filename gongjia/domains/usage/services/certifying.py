"""使用凭证与使用协议: issued for the rooms that a unit uses on that day, taken back when they change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows, set_values
from gongjia.domains.offices.models import Room
from gongjia.domains.usage.choices import CertificateState
from gongjia.domains.usage.marks import mark_of, text_of
from gongjia.domains.usage.models import Certificate, CertifiedRoom
from gongjia.domains.usage.resources import CERTIFICATES
from gongjia.org.models import Unit

NO_AREA = Decimal(0)


class IssueCertificate(Input, of=Certificate):
    """A certificate over all rooms of a unit and what stands below it, or those in one building."""

    unit: Annotated[int, Ref("org.unit")] = given(help=_("这个单位及其内设机构现用的全部房间。"))
    issuer: Annotated[int, Ref("org.unit")] = given(help=_("本级机关事务管理部门。"))
    building: Annotated[int | None, Ref("offices.building")] = given(None, help=_("只发这幢楼的；不填则为全部。"))
    valid_from: dt.date = given()
    valid_to: dt.date | None = given(None)
    legal_person: bool = given(False)
    household: bool = given(False)
    repair_permit: bool = given(False, help=_("凭证不得用于出租、出借、经营（第十八条）。"))


class RevokeCertificate(Input, of=Certificate):
    """A certificate that is taken back."""

    id: Annotated[int, Ref("usage.certificate")] = given(label=_("使用凭证"))
    revoked_on: dt.date = given()
    revoke_reason: str = given()


def rooms_of(unit: Unit, building: int | None) -> QuerySet[Room]:
    """Return the live rooms of a unit's tree, or those of it in one building."""
    rows = Room.objects.filter(place__unit__path__startswith=unit.path, place__closed_on__isnull=True).select_related("place")
    return (rows.filter(building=building) if building else rows).order_by("place__code", "pk")


@action("usage.issue_certificate", label=_("发放使用凭证"), subject="usage.certificate", unit="unit")
def issue_certificates(context: Context, rows: Sequence[IssueCertificate]) -> list[int]:
    """Issue certificates with their agreements; rooms and areas are frozen, and the whole is marked."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    rooms = [list(rooms_of(units[row.unit], row.building)) for row in rows]
    numbers, agreements = (numbered(prefix, context.on.year, len(rows)) for prefix in ("PZ", "XY"))
    ids = create_rows(
        context, CERTIFICATES, rows, number=numbers, agreement=agreements, issued_on=context.on, mark="",
        rooms=[len(found) for found in rooms], usable_area=[_sum(found) for found in rooms],
    )  # fmt: skip
    for pk, found in zip(ids, rooms, strict=True):
        _freeze(pk, found)
        made = Certificate.objects.select_related("unit").get(pk=pk)
        set_values(Certificate, [(pk, {"mark": mark_of(text_of(made))})], {})
    return ids


def _sum(rooms: Sequence[Room]) -> Decimal:
    return sum((room.place.usable_area or NO_AREA for room in rooms), NO_AREA)


def _freeze(certificate: int, rooms: Sequence[Room]) -> None:
    bulk.insert(
        CertifiedRoom,
        len(rooms),
        certificate_id=certificate,
        room_id=[room.pk for room in rooms],
        code=[room.place.code for room in rooms],
        name=[room.place.name for room in rooms],
        use=[room.place.use for room in rooms],
        usable_area=[room.place.usable_area for room in rooms],
    )


@issue_certificates.check
def there_is_something_to_certify(context: Context, rows: Sequence[IssueCertificate]) -> list[Problem]:
    """Refuse a certificate over no rooms, over rooms that a valid one covers, and one that ends before it begins."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    problems = []
    for index, row in enumerate(rows):
        rooms = [room.pk for room in rooms_of(units[row.unit], row.building)]
        if not rooms:
            problems.append(Problem("no_rooms", _now("这个范围里没有登记房间。"), "unit", index))
        if row.valid_to and row.valid_to < row.valid_from:
            problems.append(Problem("ends_before_start", _now("截止日期早于起始日期。"), "valid_to", index))
        if (number := _covered(rooms, row.valid_from)) is not None:
            text = _now("这些房间已在有效的凭证 %(number)s 上；先收回，再发新的。") % {"number": number}
            problems.append(Problem("covered", text, "unit", index))
    return problems


def _covered(rooms: Sequence[int], begins: dt.date) -> str | None:
    """Return the number of a valid certificate that one of the rooms stands on when a new one begins."""
    valid = Certificate.objects.live().filter(state=CertificateState.VALID).exclude(valid_to__lt=begins)
    for start in range(0, len(rooms), 900):
        number = valid.filter(lines__room__in=rooms[start : start + 900]).values_list("number", flat=True).first()
        if number:
            return number
    return None


@action("usage.revoke_certificate", label=_("收回使用凭证"), subject="usage.certificate", danger=True)
def revoke_certificates(context: Context, rows: Sequence[RevokeCertificate]) -> list[int]:
    """Take certificates back: their public page says so from then on."""
    change_rows(context, CERTIFICATES, [_Revoked(**row.model_dump(), state=CertificateState.REVOKED.value) for row in rows])
    return [row.id for row in rows]


class _Revoked(Input, of=Certificate):
    id: int
    revoked_on: dt.date
    revoke_reason: str
    state: str


revoke_certificates.when(lambda made: made.state == CertificateState.VALID)


@revoke_certificates.check
def is_valid(context: Context, rows: Sequence[RevokeCertificate]) -> list[Problem]:
    """Refuse to take back twice, or on a day to come."""
    gone = set(Certificate.objects.filter(pk__in=[row.id for row in rows], state=CertificateState.REVOKED).values_list("pk", flat=True))
    problems = [Problem("revoked", _now("这份凭证已经收回。"), "id", index) for index, row in enumerate(rows) if row.id in gone]
    late = [index for index, row in enumerate(rows) if row.revoked_on > context.on]
    return problems + [Problem("dates", _now("收回日期还没有到。"), "revoked_on", index) for index in late]
