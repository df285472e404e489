"""Commits an import and is killed after the rows were inserted; started again, says what is left."""

import datetime as dt
import os
import signal
import sys

import django

django.setup()

from django.core.management import call_command

from gongjia.core import files, jobs, search
from gongjia.core.models import AuditEntry, Job
from gongjia.importer import services
from gongjia.importer.models import ImportSession
from gongjia.ledger.models import Asset, Entry
from tests import people

ROWS = "".join(f"{number:04d},桌,YC-SW,100,在用\n" for number in range(2000))


def next_job() -> Job:
    row = Job.objects.get(state=Job.State.WAITING)
    Job.objects.filter(pk=row.pk).update(state=Job.State.RUNNING, heartbeat_at=row.created_at)
    return Job.objects.get(pk=row.pk)


def commit() -> None:
    call_command("migrate", verbosity=0)
    town = people.build()
    stored = files.store_chunks([f"资产编号,资产名称,使用单位,原值,使用状况\n{ROWS}".encode()], "台账.csv", "text/csv")
    session = services.begin(town.clerk, stored, "台账.csv", "ledger.asset")
    jobs.perform(next_job())
    session.refresh_from_db()
    services.decide(session, session.plan, {})
    jobs.perform(next_job())
    session.refresh_from_db()
    services.commit(session)
    search.refresh = lambda trail: os.kill(os.getpid(), signal.SIGKILL)
    jobs.perform(next_job())


def restart() -> None:
    jobs.reap(dt.timedelta(0))
    session = services.reconcile(ImportSession.objects.get())
    audited = AuditEntry.objects.filter(subject="ledger.asset").count()
    job = Job.objects.latest("pk")
    left = f"{Asset.objects.count()} cards, {Entry.objects.count()} entries, {audited} audit entries"
    print(left, job.state, job.message, session.state, sep="|")  # noqa: T201


if __name__ == "__main__":
    {"commit": commit, "restart": restart}[sys.argv[1]]()
