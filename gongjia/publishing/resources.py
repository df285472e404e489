"""What may be read of returns and of units' own ledgers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.publishing.models import Division, LedgerLine, OfficeReturn

DIVISIONS = resource(
    Resource(
        key="publishing.division",
        icon="map-pin",
        model=Division,
        label=_("填报区划"),
        title="name",
        scope="unit",
        search=("name", "code"),
        lookup=("code", "name"),
        create="publishing.register_division",
        group="oversight",
        empty=_("每一级只填本级。写明区划全称和 12 位代码，报送文件名由它们组成。"),
        columns=(
            Column("name", link="publishing.division"),
            Column("level", filter=True),
            Column("code", sort=True),
            Column("unit", path="unit__name"),
        ),
    )
)

RETURNS = resource(
    Resource(
        key="publishing.office_return",
        icon="file-check",
        model=OfficeReturn,
        label=_("办公用房统计报告"),
        title="file_name",
        scope="unit",
        live="",
        search=("file_name",),
        lookup=(),
        group="oversight",
        empty=_("报送过的统计报告一版一条，内容不再改变。先预览，校核通过后报送。"),
        columns=(
            Column("file_name", link="publishing.office_return"),
            Column("year", sort=True, filter=True),
            Column("version"),
            Column("on", sort=True, filter=True),
            Column("failed", filter=True),
            Column("form"),
            Column("filed_at", sort=True),
            Column("digest", shown=False),
            Column("note", shown=False),
        ),
    )
)

LINES = resource(
    Resource(
        key="publishing.ledger_line",
        icon="list-details",
        model=LedgerLine,
        label=_("分台账"),
        title="name",
        scope="unit",
        search=("code", "name"),
        lookup=("code",),
        natural_key=("unit", "code"),
        create="publishing.state_line",
        edit="publishing.edit_line",
        group="ledgers",
        empty=_("使用单位自己的台账导入到这里，与总台账逐处核对。"),
        columns=(
            Column("code", sort=True, link="publishing.ledger_line"),
            Column("name"),
            Column("unit", path="unit__name", filter=True),
            Column("floor_area", sort=True),
            Column("usable_area", sort=True),
            Column("rooms"),
            Column("certificate", shown=False),
            Column("stated_on", sort=True, filter=True),
        ),
    )
)
