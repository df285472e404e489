"""What may be read of office space."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.offices.models import Building, Lease, Occupancy, Project, Room, SecondRoom

BUILDINGS = resource(
    Resource(
        key="offices.building",
        model=Building,
        label=_("楼栋"),
        title="name",
        scope="place__unit",
        live="place__closed_on",
        search=("place__code", "place__name", "place__address", "city"),
        lookup=("place__code", "place__name"),
        natural_key=("unit", "code"),
        create="offices.register_building",
        edit="offices.edit_building",
        icon="building",
        columns=(
            Column("code", path="place__code", sort=True, link="offices.building"),
            Column("name", path="place__name", sort=True),
            Column("kind", filter=True),
            Column("unit", path="place__unit__name", label=_("单位")),
            Column("holding", path="place__holding", filter=True),
            Column("floor_area", path="place__floor_area", sort=True, filter=True),
            Column("usable_area", path="place__usable_area", sort=True),
            Column("standing", filter=True, shown=False),
            Column("structure", filter=True, shown=False),
            Column("storeys"),
            Column("built_year", filter=True),
            Column("address", path="place__address"),
            Column("city", filter=True, shown=False),
            Column("region", filter=True, shown=False),
            Column("postcode", shown=False),
            Column("district", shown=False),
            Column("title_reference", shown=False),
            Column("heritage", shown=False),
            Column("note", shown=False),
        ),
    )
)

ROOMS = resource(
    Resource(
        key="offices.room",
        model=Room,
        label=_("房间"),
        title="name",
        scope="place__unit",
        live="place__closed_on",
        search=("place__code", "place__name"),
        lookup=("place__code",),
        natural_key=("unit", "code"),
        create="offices.register_room",
        edit="offices.edit_room",
        icon="door",
        columns=(
            Column("code", path="place__code", sort=True, link="offices.room"),
            Column("name", path="place__name", sort=True),
            Column("building", path="building__place__name", label=_("楼栋")),
            Column("floor_name"),
            Column("unit", path="place__unit__name", label=_("使用单位"), filter=True),
            Column("use", path="place__use", filter=True),
            Column("usable_area", path="place__usable_area", sort=True, filter=True),
            Column("seats"),
            Column("rest_area", shown=False),
            Column("toilet_area", shown=False),
            Column("project", path="project__number", label=_("立项文号"), shown=False),
            Column("note", shown=False),
        ),
    )
)

OCCUPANCIES = resource(
    Resource(
        key="offices.occupancy",
        icon="sofa",
        model=Occupancy,
        label=_("房间使用"),
        title="pk",
        scope="room__place__unit",
        lookup=(),
        live="superseded_at",
        create="offices.assign_room",
        actions=("offices.vacate_room",),
        columns=(
            Column("room", path="room__place__name", label=_("房间")),
            Column("person", path="person__name", label=_("使用人")),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True, filter=True),
            Column("document"),
        ),
    )
)

LEASES = resource(
    Resource(
        key="offices.lease",
        model=Lease,
        label=_("租赁合同"),
        title="number",
        scope="unit",
        search=("number", "name", "location", "address", "lessor"),
        lookup=("number",),
        create="offices.register_lease",
        edit="offices.edit_lease",
        icon="file-certificate",
        columns=(
            Column("number", sort=True, link="offices.lease"),
            Column("name"),
            Column("location", sort=True, shown=False),
            Column("unit", path="unit__name", label=_("承租单位"), filter=True),
            Column("lessor"),
            Column("starts_on", sort=True, filter=True),
            Column("ends_on", sort=True, filter=True),
            Column("usable_area", sort=True),
            Column("floor_area", shown=False),
            Column("annual_rent", sort=True),
            Column("address", shown=False),
            Column("city", filter=True, shown=False),
            Column("region", filter=True, shown=False),
            Column("postcode", shown=False),
            Column("district", shown=False),
            Column("latitude", shown=False),
            Column("longitude", shown=False),
            Column("note", shown=False),
        ),
    )
)

PROJECTS = resource(
    Resource(
        key="offices.project",
        model=Project,
        label=_("立项批复"),
        title="name",
        scope="unit",
        search=("number", "name", "issuer"),
        lookup=("number",),
        natural_key=("unit", "number"),
        create="offices.register_project",
        edit="offices.edit_project",
        icon="file-certificate",
        help=_("技术业务用房以立项文件列明为准；批复文件附在记录上，房间才不按办公用房计。"),
        empty=_("这里放技术业务用房的立项批复。先登记文号，再附批复文件，然后在房间里填这个文号。"),
        columns=(
            Column("number", sort=True, link="offices.project"),
            Column("name", sort=True),
            Column("unit", path="unit__name", label=_("单位"), filter=True),
            Column("issuer"),
            Column("approved_on", sort=True, filter=True),
            Column("standard", shown=False),
            Column("area", sort=True),
        ),
    )
)

SECOND_ROOMS = resource(
    Resource(
        key="offices.secondroom",
        model=SecondRoom,
        label=_("另配办公室"),
        title="person",
        scope="unit",
        search=("person__name", "room__place__name", "document"),
        lookup=(),
        create="offices.grant_second_room",
        actions=("offices.end_second_room",),
        group="handling",
        icon="door",
        empty=_("这里放经严格审批、在兼职单位另配的一处办公室。提出申请，批准后出现在这里。"),
        columns=(
            Column("person", path="person__name", label=_("领导干部"), link="offices.secondroom"),
            Column("unit", path="unit__name", label=_("兼职单位"), filter=True),
            Column("room", path="room__place__name", label=_("房间")),
            Column("area", path="room__place__usable_area", label=_("使用面积")),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True, filter=True),
            Column("distance", shown=False),
            Column("reason", shown=False),
            Column("document"),
            Column("request_key", shown=False),
        ),
    )
)
