"""Leases taken in: renewed or taken only by request, given up, paid year by year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.leasing.choices import EndCause, ProvisionWay, TermKind
from gongjia.domains.leasing.models import LeaseEnd, LeaseTerm, Provision, RentPayment
from gongjia.domains.leasing.resources import ENDS, RENTS, TERMS
from gongjia.domains.leasing.rules import year_of_rent
from gongjia.domains.offices.models import Lease
from gongjia.domains.offices.resources import LEASES
from gongjia.domains.offices.services.leases import EditLease, edit_leases

IMPORT = "import"


class RenewLease(Input, of=LeaseTerm):
    """A further term of a lease."""

    id: Annotated[int, Ref("offices.lease")] = given(label=_("租赁合同"))
    starts_on: dt.date = given(help=_("从原租期止的次日起。"))
    ends_on: dt.date = given()
    annual_rent: Decimal = given()
    usable_area: Decimal | None = given(None, help=_("不填则与原合同相同。"))
    reason: str = given(help=_("为什么还需要租用。"))
    document: str = given("")


class TakeLease(Input, of=Lease):
    """Space that is to be taken in."""

    unit: Annotated[int, Ref("org.unit")] = given()
    number: str = given()
    name: str = given()
    city: str = given()
    region: str = given("")
    address: str = given("")
    lessor: str = given("")
    starts_on: dt.date = given()
    ends_on: dt.date = given()
    usable_area: Decimal = given()
    floor_area: Decimal | None = given(None)
    annual_rent: Decimal = given()
    latitude: Decimal | None = given(None)
    longitude: Decimal | None = given(None)
    provision: Annotated[int | None, Ref("leasing.provision")] = given(None, label=_("配置申请"), help=_("已批准的、方式为租用的配置。"))
    reason: str = given("", lender="leasing.LeaseTerm.reason")


class EndLease(Input, of=LeaseEnd):
    """A lease that is given up."""

    id: Annotated[int, Ref("offices.lease")] = given(label=_("租赁合同"))
    ended_on: dt.date = given()
    cause: str = given("expired")
    note: str = given("")


class PayRent(Input, of=RentPayment):
    """Rent that was paid."""

    lease: Annotated[int, Ref("offices.lease")] = given(synonyms=("租赁合同编号", "合同编号"))
    year: int = given(synonyms=("所属年度", "年度"))
    amount: Decimal = given(synonyms=("金额", "租金"))
    paid_on: dt.date = given(synonyms=("付款日期",))
    voucher: str = given("", synonyms=("付款凭证号",))


class LeaseChange(Input):
    """What a new term changes of a lease."""

    id: int
    ends_on: dt.date
    annual_rent: Decimal
    usable_area: Decimal | None = None


class LastDay(Input):
    """The day on which a lease ends early."""

    id: int
    ends_on: dt.date


def whole_leases(context: Context, rows: Sequence[Any]) -> list[Claim]:
    """Reserve the leases: nothing is renewed twice."""
    return [Claim("offices.lease", row.id) for row in rows]


def runs(lease: Any) -> bool:
    """Say whether a lease was not given up."""
    return not hasattr(lease, "end")


@action("leasing.renew_lease", label=_("申请续租"), subject="offices.lease", by_request=True, claims=whole_leases)
def renew_leases(context: Context, rows: Sequence[RenewLease]) -> list[int]:
    """Add a term to each lease, and let the lease run until its end."""
    leases = Lease.objects.in_bulk([row.id for row in rows])
    owners = [leases[row.id].unit_id for row in rows]
    extra = {
        "number": numbered("XZ", context.on.year, len(rows)),
        "lease_id": [row.id for row in rows],
        "unit_id": owners,
        "kind": TermKind.RENEWAL.value,
        "ended_before": [leases[row.id].ends_on for row in rows],
        "request_key": context.request_key,
    }
    create_rows(context, TERMS, rows, owners, **extra)
    for row in rows:
        changed: dict[str, Any] = {"id": row.id, "ends_on": row.ends_on, "annual_rent": row.annual_rent}
        changed |= {"usable_area": row.usable_area} if row.usable_area else {}
        change_rows(context, LEASES, [LeaseChange(**changed)])
    return [row.id for row in rows]


renew_leases.when(runs)


@renew_leases.check
def terms_follow(context: Context, rows: Sequence[RenewLease]) -> list[Problem]:
    """Refuse the renewal of what was given up, and terms that overlap or run backwards."""
    leases = Lease.objects.select_related("end").in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        lease = leases[row.id]
        if not runs(lease):
            problems.append(Problem("ended", _now("这份合同已经退租，不能续租。"), "id", index))
        if lease.ends_on and row.starts_on <= lease.ends_on:
            text = _now("原租期到 %(day)s 为止，续租应从次日起。") % {"day": lease.ends_on}
            problems.append(Problem("dates", text, "starts_on", index, value=row.starts_on))
        problems += _term_problems(row, index)
    return problems


def _term_problems(row: Any, index: int) -> list[Problem]:
    problems = []
    if row.ends_on < row.starts_on:
        problems.append(Problem("dates", _now("租期止早于租期起。"), "ends_on", index, value=row.ends_on))
    if row.annual_rent < 0:
        problems.append(Problem("rent", _now("年租金不能小于 0。"), "annual_rent", index, value=row.annual_rent))
    return problems


@action("leasing.take_lease", label=_("申请租用"), subject="offices.lease", unit="unit", by_request=True)
def take_leases(context: Context, rows: Sequence[TakeLease]) -> list[int]:
    """Take space in, with its first term."""
    ids = create_rows(context, LEASES, rows, **context.provenance())
    terms = [NewTerm(lease=pk, **row.model_dump(include=set(NewTerm.model_fields) - {"lease"})) for pk, row in zip(ids, rows, strict=True)]
    numbers = numbered("XZ", context.on.year, len(rows))
    create_rows(context, TERMS, terms, number=numbers, kind=TermKind.NEW.value, request_key=context.request_key)
    return ids


class NewTerm(Input):
    """The first term of a lease."""

    lease: int
    unit: int
    starts_on: dt.date
    ends_on: dt.date
    annual_rent: Decimal
    usable_area: Decimal
    reason: str = ""


@take_leases.check
def provision_allows(context: Context, rows: Sequence[TakeLease]) -> list[Problem]:
    """Refuse a provision of another unit or way; warn where the lease was not provided for at all."""
    known = Provision.objects.in_bulk([row.provision for row in rows if row.provision])
    problems = []
    for index, row in enumerate(rows):
        provision = known.get(row.provision)
        if provision is None:
            text = _now("没有填写已批准的配置申请：租用应在调剂、置换都无法解决之后，经机关事务管理部门核准。")
            problems.append(Problem("no_provision", text, "provision", index, "warning"))
        elif provision.unit_id != row.unit or provision.way != ProvisionWay.LEASE:
            problems.append(Problem("provision", _now("这项配置不是本单位的租用。"), "provision", index, value=provision.number))
        problems += _term_problems(row, index)
    return problems


@action("leasing.end_lease", label=_("登记退租"), subject="offices.lease")
def end_leases(context: Context, rows: Sequence[EndLease]) -> list[int]:
    """Record that leases were given up."""
    leases = Lease.objects.in_bulk([row.id for row in rows])
    owners = [leases[row.id].unit_id for row in rows]
    create_rows(context, ENDS, rows, owners, lease_id=[row.id for row in rows], unit_id=owners)
    early = [LastDay(id=row.id, ends_on=row.ended_on) for row in rows if (last := leases[row.id].ends_on) is None or row.ended_on < last]
    change_rows(context, LEASES, early)
    return [row.id for row in rows]


end_leases.when(runs)


@end_leases.check
def can_end(context: Context, rows: Sequence[EndLease]) -> list[Problem]:
    """Refuse what was given up already, and an early end that is called an expiry."""
    leases = Lease.objects.select_related("end").in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        lease = leases[row.id]
        if not runs(lease):
            problems.append(Problem("ended", _now("这份合同已经退租。"), "id", index))
        elif row.cause == EndCause.EXPIRED and lease.ends_on and row.ended_on < lease.ends_on:
            text = _now("租期到 %(day)s 为止，提前退租的原因不是到期。") % {"day": lease.ends_on}
            problems.append(Problem("cause", text, "cause", index, value=row.cause))
    return problems


@action("leasing.pay_rent", label=_("登记支付租金"), subject="leasing.rent", unit="lease", undo=restore_records)
def pay_rents(context: Context, rows: Sequence[PayRent]) -> list[int]:
    """Record rent that was paid."""
    units = dict(Lease.objects.filter(pk__in={row.lease for row in rows}).values_list("pk", "unit"))
    owners = [units[row.lease] for row in rows]
    return create_rows(context, RENTS, rows, owners, unit_id=owners, **context.provenance())


def agreed_rent(lease: Lease, year: int) -> Decimal | None:
    """Return what was agreed for a year: by the terms on record, else by the lease itself; None where no rent is known."""
    terms = list(lease.terms.live().order_by("starts_on"))
    spans = [(term.starts_on, term.ends_on, term.annual_rent) for term in terms]
    first = min((term.ended_before or term.starts_on for term in terms), default=lease.ends_on)
    if not terms and lease.annual_rent is not None and lease.starts_on and first:
        spans = [(lease.starts_on, first, lease.annual_rent)]
    return sum((year_of_rent(*span, year) for span in spans), Decimal(0)) if spans else None


@pay_rents.check
def rent_makes_sense(context: Context, rows: Sequence[PayRent]) -> list[Problem]:
    """Refuse rent of nothing; warn of more than was agreed for the year."""
    leases, problems = Lease.objects.in_bulk({row.lease for row in rows}), []
    for index, row in enumerate(rows):
        if row.amount <= 0:
            problems.append(Problem("no_rent", _now("金额应大于 0。"), "amount", index, value=row.amount))
            continue
        agreed = agreed_rent(leases[row.lease], row.year)
        paid = RentPayment.objects.live().filter(lease=row.lease, year=row.year).aggregate(total=Sum("amount"))["total"] or Decimal(0)
        if agreed is not None and paid + row.amount > agreed:
            text = _now("%(year)s 年约定租金 %(agreed)s 元，连同这一笔已付 %(paid)s 元。")
            words = text % {"year": row.year, "agreed": agreed, "paid": paid + row.amount}
            problems.append(Problem("over_agreed", words, "amount", index, "warning", row.amount))
    return problems


@edit_leases.check
def not_renewed_in_silence(context: Context, rows: Sequence[EditLease]) -> list[Problem]:
    """Refuse a later last day by way of an edit: that is a renewal, and asked for; a file that is read again tells what happened."""
    changed = [row.id for row in rows if row.ends_on is not None]
    if context.origin == IMPORT or not changed:
        return []
    last = dict(Lease.objects.filter(pk__in=changed).values_list("pk", "ends_on"))
    text = _now("把租期止改晚就是续租，请走“申请续租”。")
    return [
        Problem("renewal", text, "ends_on", index, value=row.ends_on)
        for index, row in enumerate(rows)
        if row.ends_on and last.get(row.id) and row.ends_on > last[row.id]
    ]


LEASES.offer("leasing.renew_lease", "leasing.end_lease", bulk=False)
