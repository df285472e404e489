"""Reservations: what a pending request holds, so that nothing is granted twice; services ask here before they move a record."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.core.models import Reservation
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import resources

_CHUNK = 900


@dataclass(frozen=True)
class Claim:
    """What a request reserves: a record as a whole, or an amount out of the `capacity` that the record has."""

    subject: str
    subject_id: int
    amount: Decimal | None = None
    capacity: Decimal | None = None
    name: str = ""


def live(subject: str, ids: Iterable[int]) -> list[Reservation]:
    """Return the reservations that stand on the given records."""
    wanted, found = list(ids), []
    for start in range(0, len(wanted), _CHUNK):
        found += Reservation.objects.filter(subject=subject, subject_id__in=wanted[start : start + _CHUNK], released_at__isnull=True)
    return found


def reserve(holder: str, claims: Sequence[Claim], until: dt.date | None = None) -> None:
    """Reserve all claims for `holder` in the caller's transaction, or raise Refused naming each that somebody else holds.

    The claimed records are locked first, in the order of their keys, so that of two requests for one item one is told.
    """
    _lock(claims)
    taken = [problem for claim in claims for problem in _obstacle(holder, claim)]
    if taken:
        raise Refused(taken)
    Reservation.objects.bulk_create(
        Reservation(subject=claim.subject, subject_id=claim.subject_id, amount=claim.amount, holder=holder, until=until) for claim in claims
    )


def _lock(claims: Sequence[Claim]) -> None:
    """Lock the claimed records; SQLite's transactions hold the one write lock already."""
    by_subject: dict[str, set[int]] = defaultdict(set)
    for claim in claims:
        by_subject[claim.subject].add(claim.subject_id)
    for subject in sorted(by_subject):
        rows = resources[subject].model._base_manager.filter(pk__in=by_subject[subject]).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))


def _obstacle(holder: str, claim: Claim) -> list[Problem]:
    standing = Reservation.objects.filter(subject=claim.subject, subject_id=claim.subject_id, released_at__isnull=True)
    whole = standing.filter(amount__isnull=True).first()
    name = claim.name or f"{resources[claim.subject].label} {claim.subject_id}"
    if whole is not None or (claim.amount is None and standing.exists()):
        other = whole or standing[0]
        text = _("“%(name)s”已被申请 %(holder)s 预留，现在不能再申请。") % {"name": name, "holder": other.holder}
        return [Problem("reserved", text, value=name)]
    if claim.amount is None or claim.capacity is None:
        return []
    left = claim.capacity - (standing.aggregate(held=Sum("amount"))["held"] or Decimal(0))
    if claim.amount <= left:
        return []
    text = _("“%(name)s”只剩 %(left)s 可用，申请了 %(amount)s；其余已被别的申请预留。")
    return [Problem("reserved", text % {"name": name, "left": left, "amount": claim.amount}, value=claim.amount)]


def holders(keys: Iterable[str]) -> set[str]:
    """Return those of the given holders that hold anything, in one query."""
    return set(Reservation.objects.filter(holder__in=list(keys), released_at__isnull=True).values_list("holder", flat=True))


def release(holder: str) -> int:
    """Let go of everything that `holder` still holds; a second call releases nothing. Returns how many were released."""
    return Reservation.objects.filter(holder=holder, released_at__isnull=True).update(released_at=timezone.now())


def release_overdue(on: dt.date) -> int:
    """Let go of every reservation whose last day has passed."""
    overdue = Q(released_at__isnull=True, until__lt=on)
    return Reservation.objects.filter(overdue).update(released_at=timezone.now())


def refuse_reserved(subject: str, ids: Sequence[int], holder: str = "") -> None:
    """Raise Refused when somebody other than `holder` holds one of the records: what is reserved does not move."""
    found = problems_of(subject, ids, holder)
    if found:
        raise Refused(found)


def problems_of(subject: str, ids: Sequence[int], holder: str = "") -> list[Problem]:
    """Return one problem for each record, by its index, that somebody other than `holder` holds."""
    held: dict[int, Any] = {row.subject_id: row.holder for row in live(subject, set(ids)) if row.holder != holder}
    text = _("已被申请 %(holder)s 预留，在它办结之前不能变动。")
    return [Problem("reserved", text % {"holder": held[pk]}, "id", index, value=pk) for index, pk in enumerate(ids) if pk in held]
