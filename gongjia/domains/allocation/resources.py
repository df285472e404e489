"""What may be read of room plans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.allocation.models import RoomPlan

PLANS = resource(
    Resource(
        key="allocation.plan",
        model=RoomPlan,
        label=_("用房调配方案"),
        title="pk",
        scope="unit",
        lookup=(),
        live="",
        group="",
        icon="hierarchy",
        columns=(
            Column("made_at", sort=True),
            Column("unit", path="unit__name", label=_("范围")),
            Column("state", filter=True),
        ),
    )
)
