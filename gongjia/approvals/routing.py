"""Which route a request takes: the live one for its action, of the nearest unit above it, else the general one."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongjia.approvals.choices import RouteState
from gongjia.approvals.engine.reading import Compiled, compiled
from gongjia.approvals.models import Request, RouteVersion
from gongjia.core.problems import Problem, Refused


class Routes:
    """The live routes, read once for a batch."""

    def __init__(self) -> None:
        live = RouteVersion.objects.filter(state=RouteState.LIVE).select_related("route__unit").order_by("pk")
        self._live = [(set(version.route.actions), version) for version in live]

    def find(self, action: str, path: str) -> RouteVersion | None:
        """Return the live version for an action of a unit with this path; a deeper unit's route wins, then one naming the action."""
        found = [
            (version.route.unit.path if version.route.unit else "", action in named, version) for named, version in self._serving(action)
        ]
        fitting = [row for row in found if path.startswith(row[0])]
        return max(fitting, key=lambda row: (len(row[0]), row[1]))[2] if fitting else None

    def _serving(self, action: str) -> list[tuple[set[str], RouteVersion]]:
        package = action.split(".")[0] + ".*"
        return [(named, version) for named, version in self._live if named & {action, package, "*"}]

    def needed(self, request: Request) -> RouteVersion:
        """Return the route of a request or raise Refused with a sentence."""
        version = self.find(request.action, request.unit.path)
        if version is None:
            text = _("“%(title)s”没有可走的审批流程，不能提交。请管理员为这项业务启用一个流程。")
            raise Refused([Problem("no_route", text % {"title": request.title}, "id")])
        return version


def compiled_of(request: Request) -> Compiled:
    """Return the route that a request runs on."""
    assert request.route_version is not None  # noqa: S101 - a running request has one
    return compiled(request.route_version.bpmn)
