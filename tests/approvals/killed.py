"""Approves a request and is killed while it is carried out; started again, says what is left and approves once more."""

import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command

from gongjia.approvals.models import Request, Step
from gongjia.core import search
from gongjia.core.action import actions
from gongjia.ledger.models import Asset, Entry
from gongjia.org.models import User
from tests import people
from tests.approvals import working


def approve() -> None:
    """Come as far as the last signature and be killed before its transaction ends."""
    call_command("migrate", verbosity=0)
    office = working.staff(people.build())
    working.serve("simple")
    request = working.submitted(office)
    refresh = search.refresh
    search.refresh = lambda trail: os.kill(os.getpid(), signal.SIGKILL) if "ledger.asset" in trail.subjects else refresh(trail)
    working.approve(office.head, request)


def restart() -> None:
    """Say what is left, approve once more where it still waits, and say what is there then."""
    print(told())  # noqa: T201
    head, open_steps = User.objects.get(username="head"), Step.objects.filter(state="open")
    for pk in list(open_steps.values_list("pk", flat=True)):
        actions["approvals.approve_step"].run(head, {"id": pk})
    print(told())  # noqa: T201


def told() -> str:
    request = Request.objects.get()
    return f"{request.state} {request.decisions.count()} acts, {Asset.objects.count()} cards, {Entry.objects.count()} entries"


if __name__ == "__main__":
    {"approve": approve, "restart": restart}[sys.argv[1]]()
