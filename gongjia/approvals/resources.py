"""What may be read of approvals: requests and their steps, routes, delegations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.models import Delegation, Request, Route, RouteVersion, Step
from gongjia.approvals.seeing import visible_requests
from gongjia.core.access import access
from gongjia.core.permissions import page_permissions
from gongjia.core.resource import Column, Resource, resource

page_permissions.add("approvals.ask", _("提出申请"))
page_permissions.add("approvals.sign", _("签署审批"))
page_permissions.add("approvals.talk", _("留言和抄送"))
page_permissions.add("approvals.void", _("作废申请"))
page_permissions.add("approvals.manage_routes", _("管理审批流程"))


class ByParticipant(Resource):
    """Rows that belong to requests: who takes part in a request sees them, wherever his own unit is."""

    path_to_request = "pk"

    def queryset(self, user: Any, unit_path: str = "", *, wide: bool = False) -> QuerySet[Any]:
        if not access(user).can(self.view_permission):
            return self.model._default_manager.none()
        rows = self.all_rows().filter(**{f"{self.path_to_request}__in": visible_requests(user).values("pk")})
        return rows.filter(**{f"{self.scope}__path__startswith": unit_path}) if unit_path else rows

    def units_of(self, ids: Iterable[int]) -> dict[int, int | None]:
        """Return none: who may act on a request is decided by its part in it, not by the unit."""
        return {}


class OfRequest(ByParticipant):
    """Rows that hang on a request."""

    path_to_request = "request"


class OwnDelegations(Resource):
    """Delegations given or received."""

    def queryset(self, user: Any, unit_path: str = "", *, wide: bool = False) -> QuerySet[Any]:
        rows = super().queryset(user, unit_path, wide=wide)
        if access(user).can("approvals.manage_routes"):
            return rows
        return rows.filter(Q(principal=user.pk) | Q(proxy=user.pk))


REQUESTS = resource(
    ByParticipant(
        key="approvals.request",
        icon="file-text",
        model=Request,
        label=_("申请"),
        title="title",
        scope="unit",
        search=("key", "title"),
        lookup=("key",),
        group="handling",
        live="",
        columns=(
            Column("key", sort=True),
            Column("title", link="approvals.request"),
            Column("unit", path="unit__name"),
            Column("applicant", path="applicant__name"),
            Column("state", filter=True),
            Column("made_on", sort=True, filter=True),
            Column("submitted_at", sort=True, shown=False),
            Column("finished_at", sort=True, shown=False),
            Column("action", shown=False),
            Column("reason", shown=False),
        ),
    )
)

STEPS = resource(
    OfRequest(
        key="approvals.step",
        icon="checks",
        model=Step,
        label=_("审批步骤"),
        title="label",
        scope="request__unit",
        lookup=(),
        group="",
        live="",
        columns=(
            Column("request", path="request__title", label=_("申请")),
            Column("label", link="approvals.step"),
            Column("state", filter=True),
            Column("mode", filter=True),
            Column("opened_at", sort=True),
            Column("due_at", sort=True),
            Column("closed_at", sort=True, shown=False),
        ),
    )
)

ROUTES = resource(
    Resource(
        key="approvals.route",
        icon="route",
        model=Route,
        label=_("审批流程"),
        title="name",
        lookup=("key",),
        group="system",
        live="",
        order="key",
        columns=(
            Column("key", sort=True),
            Column("name", link="approvals.route"),
            Column("unit", path="unit__name", label=_("适用单位")),
        ),
    )
)

ROUTE_VERSIONS = resource(
    Resource(
        key="approvals.route_version",
        icon="versions",
        model=RouteVersion,
        label=_("流程版本"),
        title="number",
        lookup=("digest",),
        group="",
        live="",
        view_permission="approvals.view_route",
        columns=(
            Column("route", path="route__name", label=_("审批流程")),
            Column("number", sort=True, link="approvals.route_version"),
            Column("state", filter=True),
            Column("made_at", sort=True),
            Column("note"),
        ),
    )
)

DELEGATIONS = resource(
    OwnDelegations(
        key="approvals.delegation",
        icon="arrows-transfer-up",
        model=Delegation,
        label=_("委托"),
        title="pk",
        lookup=(),
        group="handling",
        live="ended_at",
        create="approvals.delegate",
        actions=("approvals.end_delegation",),
        columns=(
            Column("principal", path="principal__name", label=_("委托人")),
            Column("proxy", path="proxy__name", label=_("受托人")),
            Column("valid_from", sort=True),
            Column("valid_to", sort=True),
            Column("reason"),
        ),
    )
)
