"""Requests on their way in the invented city: one in every state, and some that wait for each of those who sign."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongjia.approvals.models import Request
from gongjia.approvals.seeing import waiting_for
from gongjia.core.action import actions
from gongjia.core.models import Reservation
from gongjia.core.periods import SHANGHAI
from gongjia.demo.constants import TODAY
from gongjia.demo.seeding import ORIGIN
from gongjia.ledger.models import Asset
from gongjia.org.models import Unit, User

TRANSFER = "ledger.transfer_asset"
REASONS = (
    "处室合并后设备闲置，调给新设的办事窗口。",
    "按年度调剂计划，从富余单位调给缺设备的单位。",
    "对方来函商请，本单位近期用不上。",
    "档案室改造，旧设备腾出。",
)
GIVER, TAKER = ("requester", "YC-SL"), ("bureau", "YC-JG")


def write_requests(size: float) -> int:
    """Write the requests and return how many there are."""
    given = _cards(GIVER[1], 10)
    states = (_draft, _submitted, _submitted, _submitted, _at_the_taker, _at_the_office, _sent_back, _refused, _done)
    for number, (card, state) in enumerate(zip(given, states, strict=False)):
        state(_ask(GIVER[0], card, TAKER[1], number), number)
    for number, card in enumerate(_cards(TAKER[1], max(3, round(40 * size)))):
        _at_the_office(_ask(TAKER[0], card, GIVER[1], number), number)
    _act("finance", "delegate", 1, proxy="chief", valid_from=TODAY, valid_to=TODAY + dt.timedelta(days=14), reason="外出学习")
    return Request.objects.count()


def _cards(unit: str, count: int) -> list[Asset]:
    """Return plain cards of a unit that nobody has reserved."""
    held = Reservation.objects.filter(subject="ledger.asset", released_at__isnull=True).values("subject_id")
    rows = Asset.objects.live().filter(unit=Unit.objects.get(code=unit), status="in_use", holding="owned", on_books=True, vehicle=None)
    return list(rows.exclude(pk__in=held).filter(cost__lt=20_000).order_by("number")[:count])


def _at(days: int) -> dt.datetime:
    return dt.datetime.combine(TODAY - dt.timedelta(days=days), dt.time(9, 30), SHANGHAI)


def _act(name: str, verb: str, days: int, **raw: Any) -> int:
    """Do one verb of approvals as somebody, so many days ago."""
    user = User.objects.get(username=name)
    return actions[f"approvals.{verb}"].run(user, raw, origin=ORIGIN, on=TODAY - dt.timedelta(days=days), now=_at(days))


def _ask(name: str, card: Asset, to: str, number: int) -> Request:
    rows = [{"id": card.pk, "unit": to}]
    pk = _act(name, "draft_request", 9 - number % 7, action=TRANSFER, rows=rows, reason=REASONS[number % len(REASONS)])
    return Request.objects.select_related("applicant").get(pk=pk)


def _sign(request: Request, name: str, days: int, verb: str = "approve_step", note: str = "同意。") -> None:
    step = waiting_for(User.objects.get(username=name)).filter(request=request).first()
    if step is not None:
        _act(name, verb, days, id=step.pk, note=note)


def _draft(request: Request, number: int) -> None:
    """Leave it as it is."""


def _submitted(request: Request, number: int) -> None:
    """Send it on its way; one in three is overdue."""
    _act(request.applicant.username, "submit_request", 2 + 5 * (number % 3 == 0), id=request.pk)


def _at_the_taker(request: Request, number: int) -> None:
    _submitted(request, number)
    heads = ("head", "bureau_head") if request.applicant.username == GIVER[0] else ("bureau_head", "head")
    _sign(request, heads[0], 2, note="同意调出，请尽快办理交接。")


def _at_the_office(request: Request, number: int) -> None:
    _at_the_taker(request, number)
    for name in ("head", "bureau_head"):
        _sign(request, name, 1)
    if not number % 3:
        _act(request.applicant.username, "comment", 1, id=request.pk, text="设备已清点，资料随件移交。")


def _sent_back(request: Request, number: int) -> None:
    _submitted(request, number)
    _sign(request, "head", 1, "return_step", "请写明新放置地点和使用人。")


def _refused(request: Request, number: int) -> None:
    _at_the_taker(request, number)
    _sign(request, "bureau_head", 1, "refuse_step", "我局同类设备已够用，不再调入。")


def _done(request: Request, number: int) -> None:
    _at_the_office(request, number)
    _sign(request, "office", 0, note="同意，按规定办理账卡变更。")
