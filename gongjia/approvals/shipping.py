"""The routes that come with the software, published when the database is migrated; a route changed by the office is left alone."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gongjia.approvals.choices import RouteState
from gongjia.approvals.engine.reading import digest_of
from gongjia.approvals.models import Route, RouteVersion

FOLDER = Path(__file__).with_name("routes")
NOTE = "随软件提供"


@lru_cache(maxsize=1)
def shipped() -> list[dict[str, Any]]:
    """Return key, name, actions and text of each route that comes with the software."""
    rows = yaml.load((FOLDER / "routes.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [{**row, "bpmn": (FOLDER / f"{row['key']}.bpmn").read_text(encoding="utf-8")} for row in rows]


def ship() -> int:
    """Publish what is new among the shipped routes and return how many versions that were."""
    made = 0
    for row in shipped():
        route, _new = Route.objects.get_or_create(key=row["key"], defaults={"name": row["name"], "actions": row["actions"]})
        last = route.versions.order_by("-number").first()
        if last is None or (last.note == NOTE and last.state == RouteState.LIVE):
            made += _publish(route, row, last)
    return made


def _publish(route: Route, row: dict[str, Any], last: RouteVersion | None) -> int:
    if route.actions != row["actions"]:
        route.actions = row["actions"]
        route.save(update_fields=["actions"])
    digest = digest_of(row["bpmn"])
    if last is not None and last.digest == digest:
        return 0
    route.versions.filter(state=RouteState.LIVE).update(state=RouteState.RETIRED)
    number = last.number + 1 if last is not None else 1
    RouteVersion.objects.create(route=route, number=number, digest=digest, bpmn=row["bpmn"], state=RouteState.LIVE, note=NOTE)
    return 1
