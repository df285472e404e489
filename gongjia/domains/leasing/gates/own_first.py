"""Own space before leased space: the gate before a lease is renewed or taken, which searches, asks, and keeps what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Prepared
from gongjia.core.audit import Trail
from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.core.periods import SHANGHAI
from gongjia.core.reservations import Claim
from gongjia.domains.leasing.answering import Answered, TakeOrRefuse, answered
from gongjia.domains.leasing.choices import ProvisionWay
from gongjia.domains.leasing.services.providing import ProvideSpace, provide_spaces
from gongjia.domains.leasing.vacancy import PLACE, Need, Stock, Whereabouts
from gongjia.domains.offices.models import Lease

OWN_FIRST = "leasing.own_first"
RENEW, TAKE = "leasing.renew_lease", "leasing.take_lease"


def said_of(case: Case, key: str) -> Sequence[dict[str, Any]]:
    """Return the answers that a gate was given."""
    said = case.answers.get(key) or []
    return [said] if isinstance(said, dict) else said


def _needs(case: Case) -> list[tuple[str, int, Need]]:
    """Return name, unit and need of each row, of a lease that stands or of one that is to be taken."""
    if case.action.key == TAKE:
        return [(row.name, row.unit, _need_of(row)) for row in case.rows]
    leases = Lease.objects.in_bulk([row.id for row in case.rows])
    whereabouts = Whereabouts(leases.values())
    found = []
    for row in case.rows:
        lease, need = leases[row.id], whereabouts.need(leases[row.id])
        found.append((lease.name or lease.number, lease.unit_id, replace(need, usable=row.usable_area or need.usable)))
    return found


def _need_of(row: Any) -> Need:
    position = (float(row.latitude), float(row.longitude)) if row.latitude is not None and row.longitude is not None else None
    return Need(row.city, row.region, position, row.usable_area, row.floor_area)


def _lines(case: Case) -> list[Answered]:
    stock, answers = Stock.read(case.context.request_key), said_of(case, OWN_FIRST)
    needs = enumerate(_needs(case), 1)
    return [answered(number, name, need, stock.suiting(need), answers) for number, (name, _unit, need) in needs]


def _claims(lines: Sequence[Answered]) -> list[Claim]:
    claims = []
    for line in lines:
        if (space := line.taken) is not None:
            amount = line.need.usable if space.capacity is not None else None
            claims.append(Claim(PLACE, space.pk, amount, space.capacity if amount else None, space.name))
    return claims


def judge_lease(case: Case) -> Judgement:
    """Search the owned space of the city; what would do is taken or refused with a reason."""
    lines = _lines(case)
    claims = _claims(lines)
    counts = {
        "known": sum(len(line.known) for line in lines),
        "unknown": sum(len(line.unknown) for line in lines),
        "taken": len(claims),
    }
    data = {"searched_at": case.context.now.astimezone(SHANGHAI).isoformat(), "lines": [line.told() for line in lines], **counts}
    if not counts["known"] and not counts["unknown"] and not any(line.gone for line in lines):
        return Judgement("clear", _now("已查存量房源：同城没有面积合适的自有房屋。"), data)
    if any(line.waiting or line.gone for line in lines):
        text = _now("同城有 %(known)s 处空置或富余、%(unknown)s 处空置情况未知的自有房屋面积合适：改用，或写明不用的理由。")
        return Judgement("question", text % counts, data, claims)
    if counts["taken"] == len(lines):
        return Judgement("clear", _now("改用存量房源，不再租用。"), data, claims)
    text = _now("已查存量房源：%(known)s 处空置或富余、%(unknown)s 处空置情况未知，改用 %(taken)s 处，其余写明了理由。")
    return Judgement("warning", text % counts, data, claims)


def settle_lease(case: Case) -> list[Any]:
    """Provide what was taken instead of leasing, and return the rows that are still to be leased."""
    lines, needs = _lines(case), _needs(case)
    instead = [
        ProvideSpace(
            unit=unit,
            way=ProvisionWay.REALLOCATE.value,
            purpose=_now("以存量房源代替租用“%(name)s”")[:200] % {"name": line.name},
            city=need.city,
            wanted_area=need.usable or need.floor or line.taken.size or Decimal(0),
            granted_area=need.usable,
            place=line.taken.pk,
        )
        for line, (_name, unit, need) in zip(lines, needs, strict=True)
        if line.taken is not None
    ]
    if instead:
        inner = replace(case.context, batch=None, trail=Trail(), expected={})
        provide_spaces.commit(inner, Prepared(instead, list(range(len(instead)))))
    return [row for row, line in zip(case.rows, lines, strict=True) if line.taken is None]


declare_gate(
    Gate(
        key=OWN_FIRST,
        label=_("先查存量房源"),
        actions=(RENEW, TAKE),
        judge=judge_lease,
        template="leasing/gate_own_first.html",
        answer=TakeOrRefuse,
        many_answers=True,
        settle=settle_lease,
        order=10,
    )
)
