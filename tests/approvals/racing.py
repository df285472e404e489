"""Two clients at the same moment, each with a connection of its own: for one card, and for one signature."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import django

django.setup()

from django.core.management import call_command
from django.db import connections

from gongjia.approvals.models import Request, Seat, Step
from gongjia.core.action import actions
from gongjia.core.models import Reservation
from gongjia.core.problems import Conflict, Refused
from gongjia.ledger.models import Asset
from gongjia.org.models import User
from tests import people
from tests.approvals import working

ROUNDS = 6


def together(*calls: Callable[[], object]) -> list[str]:
    """Call all at the same moment and say how each went."""
    barrier = Barrier(len(calls))

    def one(call: Callable[[], object]) -> str:
        barrier.wait()
        try:
            call()
        except (Refused, Conflict) as told:
            return f"told: {str(told)[:20]}" if str(told) else "untold"
        finally:
            connections.close_all()
        return "won"

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(one, calls))


def does(name: str, verb: str, pk: int) -> Callable[[], object]:
    return lambda: actions[f"approvals.{verb}"].run(User.objects.get(username=name), {"id": pk})


def race(office: working.Office, number: int) -> tuple[list[str], list[str]]:
    """Two requests for one card, then two heads at one step."""
    card = actions[working.REGISTER].run(office.town.clerk, {"number": f"R-{number}", "name": "桌", "unit": "YC-SW"})
    raw = {"action": "ledger.transfer_asset", "rows": {"id": card, "unit": "YC-DA"}}
    drafts = [working.act(office.asker, "draft_request", raw) for _twice in range(2)]
    submitting = together(*(does("asker", "submit_request", pk) for pk in drafts))
    step = Step.objects.get(request__in=drafts, state="open")
    return submitting, together(does("head", "approve_step", step.pk), does("other_head", "approve_step", step.pk))


def main() -> None:
    call_command("migrate", verbosity=0)
    office = working.staff(people.build())
    for number in range(ROUNDS):
        for results in race(office, number):
            print(sorted(result[:4] for result in results))  # noqa: T201
    held = Reservation.objects.filter(released_at__isnull=True).count()
    signed = Seat.objects.filter(state="signed").count()
    print(Asset.objects.count(), held, signed, Request.objects.filter(state="running").count())  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
