"""People, routes and requests for the tests of approvals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongjia.approvals.models import Request, Step
from gongjia.approvals.seeing import waiting_for
from gongjia.approvals.services.publishing import publish
from gongjia.approvals.shipping import FOLDER
from gongjia.core.action import actions
from gongjia.org.models import User
from tests import people

REGISTER = "ledger.register_asset"


@dataclass
class Office:
    """The town with everybody who asks and signs."""

    town: people.Town
    asker: User
    head: User
    other_head: User
    archive_head: User
    assets: User
    second_assets: User
    finance: User
    chief: User


def staff(town: people.Town) -> Office:
    """Seat the town's offices."""
    city, water = town.city, town.water
    return Office(
        town,
        asker=people.user("asker", "requester", water),
        head=people.user("head", "unit_head", water),
        other_head=people.user("other_head", "unit_head", water),
        archive_head=people.user("archive_head", "unit_head", town.archive),
        assets=people.user("assets", "asset_office", city),
        second_assets=people.user("second_assets", "asset_office", city),
        finance=people.user("finance", "finance_office", city),
        chief=people.user("chief", "chief", city),
    )


def serve(key: str, *serves: str) -> None:
    """Let a shipped route serve further actions."""
    publish(f"test-{key}", key, serves or (REGISTER,), None, (FOLDER / f"{key}.bpmn").read_text(encoding="utf-8"))


def act(user: User, verb: str, raw: dict[str, Any]) -> int:
    """Do one verb of approvals."""
    return actions[f"approvals.{verb}"].run(user, raw)


def draft(office: Office, **more: Any) -> int:
    """Draft the registration of one card."""
    row = {"number": "A-1", "name": "打印机", "unit": "YC-SW", "cost": "1200.50", **more}
    return act(office.asker, "draft_request", {"action": REGISTER, "rows": row, "reason": "旧机已报废"})


def submitted(office: Office, **more: Any) -> Request:
    """Draft and submit."""
    pk = draft(office, **more)
    act(office.asker, "submit_request", {"id": pk})
    return Request.objects.get(pk=pk)


def step_for(user: User, request: Request) -> Step:
    """Return the one step of a request that waits for a user."""
    return waiting_for(user).get(request=request)


def approve(user: User, request: Request, note: str = "") -> Request:
    """Approve what waits for the user and return the request as it is then."""
    act(user, "approve_step", {"id": step_for(user, request).pk, "note": note})
    return Request.objects.get(pk=request.pk)
