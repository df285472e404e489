"""What may be read of the use of office space."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.usage.models import (
    Certificate,
    FiledRoom,
    Filing,
    HandBack,
    InspectedRoom,
    Inspection,
    Issue,
    Overage,
    Publication,
    PublishedRoom,
)

UNIT = Column("unit", path="unit__name", label=_("单位"), filter=True)
ROOM = Column("room", path="room__place__name", label=_("房间"))

HAND_BACKS = resource(
    Resource(
        key="usage.handback",
        icon="key",
        model=HandBack,
        label=_("办公用房腾退"),
        title="number",
        scope="unit",
        search=("number", "person__name", "room__place__name", "room__place__code"),
        lookup=("number",),
        actions=("usage.hand_back",),
        group="handling",
        empty=_("这里放应腾退的房间。人员调离、退休或免去兼任职务时自动出现，不用登记。"),
        columns=(
            Column("number", sort=True, link="usage.handback"),
            Column("person", path="person__name", label=_("使用人")),
            ROOM,
            UNIT,
            Column("occasion", filter=True),
            Column("event_on", sort=True),
            Column("due_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("done_on", sort=True, filter=True),
            Column("keys_returned", shown=False),
            Column("condition", filter=True, shown=False),
            Column("inspector", shown=False),
            Column("note", shown=False),
        ),
    )
)

CERTIFICATES = resource(
    Resource(
        key="usage.certificate",
        icon="certificate",
        model=Certificate,
        label=_("办公用房使用凭证"),
        title="number",
        scope="unit",
        search=("number", "agreement", "unit__name"),
        lookup=("number",),
        create="usage.issue_certificate",
        actions=("usage.revoke_certificate",),
        group="handling",
        help=_("凭证可用于法人登记、集体户籍、大中修施工许可，不得用于出租、出借、经营（第十八条）。"),
        empty=_("这里放发给各单位的分配使用凭证和使用协议。从给一个单位发证开始。"),
        columns=(
            Column("number", sort=True, link="usage.certificate"),
            UNIT,
            Column("rooms", sort=True),
            Column("usable_area", sort=True),
            Column("valid_from", sort=True, filter=True),
            Column("valid_to", sort=True, filter=True),
            Column("state", filter=True),
            Column("agreement"),
            Column("issued_on", sort=True, filter=True),
            Column("issuer", path="issuer__name", label=_("发证单位"), shown=False),
            Column("legal_person", filter=True, shown=False),
            Column("household", filter=True, shown=False),
            Column("repair_permit", filter=True, shown=False),
            Column("revoked_on", shown=False),
            Column("revoke_reason", shown=False),
        ),
    )
)

OVERAGES = resource(
    Resource(
        key="usage.overage",
        icon="ruler-2",
        model=Overage,
        label=_("结构性超面积"),
        title="number",
        scope="unit",
        search=("number", "room__place__name", "note"),
        lookup=("number",),
        create="usage.register_overage",
        actions=("usage.review_overage",),
        group="oversight",
        empty=_("这里放因结构原因暂时超面积的房间。须附证明、写明截止和复核日期；它立在发现的例外上，到期自动恢复。"),
        columns=(
            Column("number", sort=True, link="usage.overage"),
            ROOM,
            UNIT,
            Column("ground", filter=True),
            Column("over", sort=True),
            Column("registered_on", sort=True),
            Column("valid_to", path="excuse__valid_to", label=_("例外截止日期"), sort=True, filter=True),
            Column("review_on", sort=True, filter=True),
            Column("reviewed_on"),
            Column("result", filter=True),
            Column("note", shown=False),
        ),
    )
)

PUBLICATIONS = resource(
    Resource(
        key="usage.publication",
        icon="presentation",
        model=Publication,
        label=_("用房内部公示"),
        title="number",
        scope="unit",
        search=("number", "unit__name"),
        lookup=("number",),
        create="usage.publish_use",
        group="handling",
        empty=_("这里放各单位每年一次的用房内部公示。公示时冻结当天的使用情况。"),
        columns=(
            Column("number", sort=True, link="usage.publication"),
            UNIT,
            Column("year", sort=True, filter=True),
            Column("rooms"),
            Column("people"),
            Column("published_on", sort=True, filter=True),
            Column("until", sort=True),
            Column("place"),
            Column("digest", shown=False),
        ),
    )
)

LINE = (
    Column("building"),
    Column("person"),
    Column("title"),
    Column("level", filter=True),
    Column("sharing"),
    Column("area"),
    Column("ceiling"),
)

PUBLISHED = resource(
    Resource(
        key="usage.publishedroom",
        icon="list-details",
        model=PublishedRoom,
        label=_("公示明细"),
        title="room",
        scope="publication__unit",
        live="",
        search=("person", "room"),
        lookup=(),
        group="handling",
        columns=(
            Column("publication", path="publication__number", label=_("公示编号"), filter=True),
            Column("year", path="publication__year", label=_("年度"), filter=True),
            Column("unit", path="publication__unit__name", label=_("单位")),
            Column("room", link="usage.publishedroom"),
            *LINE,
        ),
    )
)

FILINGS = resource(
    Resource(
        key="usage.filing",
        icon="archive",
        model=Filing,
        label=_("领导办公室备案"),
        title="number",
        scope="unit",
        search=("number", "unit__name"),
        lookup=("number",),
        create="usage.file_leaders",
        actions=("usage.receive_filing", "usage.return_filing"),
        bulk_actions=("usage.receive_filing",),
        group="handling",
        help=_("省部级领导干部的办公室不进入本系统。"),
        empty=_("这里放各单位每年报送的领导干部办公室情况。"),
        columns=(
            Column("number", sort=True, link="usage.filing"),
            UNIT,
            Column("year", sort=True, filter=True),
            Column("leaders"),
            Column("state", filter=True),
            Column("submitted_on", sort=True, filter=True),
            Column("received_on", sort=True, filter=True),
            Column("receiver", path="receiver__name", label=_("受理人"), shown=False),
            Column("note", shown=False),
        ),
    )
)

FILED = resource(
    Resource(
        key="usage.filedroom",
        icon="list-details",
        model=FiledRoom,
        label=_("备案明细"),
        title="room",
        scope="filing__unit",
        live="",
        search=("person", "room"),
        lookup=(),
        group="handling",
        columns=(
            Column("filing", path="filing__number", label=_("备案编号"), filter=True),
            Column("year", path="filing__year", label=_("年度"), filter=True),
            Column("unit", path="filing__unit__name", label=_("单位")),
            Column("room", link="usage.filedroom"),
            *LINE,
        ),
    )
)

INSPECTIONS = resource(
    Resource(
        key="usage.inspection",
        icon="route",
        model=Inspection,
        label=_("用房巡检"),
        title="title",
        scope="unit",
        search=("number", "title"),
        lookup=("number",),
        create="usage.open_inspection",
        actions=("usage.close_inspection",),
        group="handling",
        empty=_("这里放办公用房巡检。开一次巡检，用手机逐间走一遍。"),
        columns=(
            Column("number", sort=True, link="usage.inspection"),
            Column("title"),
            UNIT,
            Column("building", path="building__place__name", label=_("楼栋")),
            Column("opened_on", sort=True, filter=True),
            Column("due_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("ended_on", shown=False),
        ),
    )
)

INSPECTED = resource(
    Resource(
        key="usage.inspectedroom",
        icon="list-details",
        model=InspectedRoom,
        label=_("巡检房间"),
        title="room__place__name",
        scope="unit",
        live="",
        lookup=(),
        actions=("usage.pass_room", "usage.raise_issue"),
        bulk_actions=("usage.pass_room",),
        group="handling",
        columns=(
            Column("inspection", path="inspection__number", label=_("巡检编号"), filter=True),
            Column("room", path="room__place__name", label=_("房间"), link="usage.inspectedroom"),
            UNIT,
            Column("seen", filter=True),
            Column("seen_on"),
            Column("inspector", path="inspector__name", label=_("巡检人"), shown=False),
        ),
    )
)

ISSUES = resource(
    Resource(
        key="usage.issue",
        icon="alert-triangle",
        model=Issue,
        label=_("巡检问题"),
        title="number",
        scope="unit",
        search=("number", "description", "room__place__name"),
        lookup=("number",),
        actions=("usage.mend_issue", "usage.look_again"),
        group="oversight",
        empty=_("这里放巡检发现的问题：整改到期限，复查通过才销号。"),
        columns=(
            Column("number", sort=True, link="usage.issue"),
            ROOM,
            UNIT,
            Column("kind", filter=True),
            Column("description"),
            Column("found_on", sort=True),
            Column("due_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("mended_on", shown=False),
            Column("measure", shown=False),
            Column("looked_on", shown=False),
            Column("remark", shown=False),
        ),
    )
)
