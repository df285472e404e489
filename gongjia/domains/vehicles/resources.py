"""What may be read of vehicles."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.vehicles.models import Quota, Vehicle

VEHICLES = resource(
    Resource(
        key="vehicles.vehicle",
        model=Vehicle,
        label=_("公务用车"),
        title="plate",
        scope="asset__unit",
        live="asset__closed_on",
        search=("plate", "asset__name", "asset__number", "vin"),
        lookup=("plate", "asset__number"),
        natural_key=("unit", "number"),
        create="vehicles.register_vehicle",
        edit="vehicles.edit_vehicle",
        icon="car",
        columns=(
            Column("number", path="asset__number", sort=True, link="vehicles.vehicle"),
            Column("plate", sort=True),
            Column("name", path="asset__name", sort=True),
            Column("unit", path="asset__unit__name", label=_("单位"), filter=True),
            Column("purpose", filter=True),
            Column("body", filter=True),
            Column("energy", filter=True),
            Column("displacement"),
            Column("price", shown=False),
            Column("cost", path="asset__cost", sort=True, filter=True),
            Column("acquired_on", path="asset__acquired_on", sort=True, filter=True),
            Column("status", path="asset__status", filter=True),
            Column("brand", path="asset__brand", shown=False),
            Column("model", path="asset__model", shown=False),
            Column("year", shown=False),
            Column("vin", shown=False),
            Column("engine_number", shown=False),
            Column("seats", shown=False),
            Column("registered_on", shown=False),
            Column("special_need", filter=True, shown=False),
        ),
    )
)

QUOTAS = resource(
    Resource(
        key="vehicles.quota",
        icon="car-garage",
        model=Quota,
        label=_("车辆编制"),
        title="pk",
        scope="unit",
        lookup=(),
        live="superseded_at",
        create="vehicles.set_quota",
        columns=(
            Column("unit", path="unit__name", label=_("单位"), filter=True),
            Column("purpose", filter=True),
            Column("count"),
            Column("document"),
            Column("valid_from"),
            Column("valid_to"),
        ),
    )
)
