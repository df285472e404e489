"""What may be read of drawings, floors and the rooms on them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.drawings.models import Drawing, FloorPlan, Shape

DRAWINGS = resource(
    Resource(
        key="drawings.drawing",
        model=Drawing,
        label=_("图纸"),
        title="name",
        scope="building__place__unit",
        search=("name", "building__place__name"),
        lookup=("name",),
        actions=("drawings.withdraw_drawing",),
        icon="file-upload",
        empty=_("还没有图纸。打开一栋楼，上传它的 DXF、DWG 或 IFC 平面图。"),
        columns=(
            Column("name", sort=True, link="drawings.drawing"),
            Column("building", path="building__place__name", label=_("楼栋")),
            Column("unit", path="building__place__unit__name", label=_("单位")),
            Column("storey", shown=False),
            Column("state", filter=True),
            Column("created_at", label=_("上传时间"), sort=True),
            Column("actor", path="actor__name", label=_("上传人")),
            Column("problem", shown=False),
        ),
    )
)

PLANS = resource(
    Resource(
        key="drawings.plan",
        model=FloorPlan,
        label=_("楼层平面图"),
        title="storey",
        scope="building__place__unit",
        search=("building__place__name", "storey"),
        lookup=(),
        actions=("drawings.accept_plan", "drawings.revise_plan", "drawings.drop_plan"),
        icon="layout-list",
        empty=_("还没有平面图。上传图纸、读出房间，采用以后就在这里。"),
        columns=(
            Column("building", path="building__place__name", label=_("楼栋"), link="drawings.plan"),
            Column("storey"),
            Column("edition"),
            Column("state", filter=True),
            Column("unit", path="building__place__unit__name", label=_("单位")),
            Column("drawing", path="drawing__name", label=_("图纸"), shown=False),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True),
        ),
    )
)

SHAPES = resource(
    Resource(
        key="drawings.shape",
        model=Shape,
        label=_("图上房间"),
        title="mark",
        scope="plan__building__place__unit",
        lookup=(),
        edit="drawings.correct_shape",
        actions=("drawings.split_shape", "drawings.remove_shape"),
        group="",
        icon="door",
        columns=(
            Column("mark", link="drawings.shape"),
            Column("number", sort=True),
            Column("name"),
            Column("use", filter=True),
            Column("building", path="plan__building__place__name", label=_("楼栋")),
            Column("storey", path="plan__storey", label=_("楼层")),
            Column("edition", path="plan__edition", label=_("版次")),
            Column("room", path="room__place__code", label=_("台账房间")),
            Column("linked", filter=True),
            Column("area", sort=True),
            Column("said_area", shown=False),
        ),
    )
)
