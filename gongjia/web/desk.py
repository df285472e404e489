"""What every person has on the work desk: jobs, and the shortest ways to what they do."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import Access, access
from gongjia.core.action import actions
from gongjia.core.models import Job
from gongjia.core.nav import DeskCard, declare_desk_card, nav
from gongjia.core.resource import resources
from gongjia.web.offering import offered
from gongjia.web.shapes import Link
from gongjia.web.working import JobPage

PAGES = ("importer.imports", "standards.ask", "standards.finding", "dashboards.cockpit", "dashboards.one_page", "standards.simulate")
REGISTERS = ("ledger.asset", "vehicles.vehicle", "offices.occupancy", "offices.lease", "org.person")
SHOWN = 8


def my_jobs(user: Any, path: str) -> dict[str, Any] | None:
    """The person's jobs that run, and those that ended today or yesterday."""
    recent = Q(finished_at__gte=timezone.now() - dt.timedelta(days=1)) | Q(finished_at__isnull=True)
    rows = list(Job.objects.select_related("result_file").filter(recent, actor=user).order_by("-id")[:5])
    return {"jobs": [JobPage(row) for row in rows]} if rows else None


def _pages(rights: Access) -> list[Link]:
    found = [nav[key] for key in PAGES if key in nav and (not nav[key].permission or rights.can(nav[key].permission))]
    links = []
    for item in found:
        try:
            links.append(Link(item.label, reverse(item.url_name, args=item.url_args), key=item.key, icon=item.icon))
        except NoReverseMatch:
            continue
    return links


def _registers(rights: Access) -> list[Link]:
    tables = [resources[key] for key in REGISTERS if key in resources and resources[key].create]
    links = [offered(table, actions.get(table.create), rights) for table in tables]
    return [replace(link, icon="plus") for link in links if link is not None]


def shortcuts(user: Any, path: str) -> dict[str, Any] | None:
    """What this person's roles do most: pages to work on, records to add."""
    rights = access(user)
    links = (_pages(rights) + _registers(rights))[:SHOWN]
    return {"links": links} if links else None


declare_desk_card(DeskCard("web.shortcuts", _("常用"), "web/desk_shortcuts.html", shortcuts, order=5))
declare_desk_card(DeskCard("web.jobs", _("我的任务"), "web/desk_jobs.html", my_jobs, order=20))
