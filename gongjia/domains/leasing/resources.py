"""What may be read of leasing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.leasing.models import (
    IdleSpace,
    LeaseEnd,
    LeaseTerm,
    Provision,
    RentPayment,
    SpaceDisposal,
    SpaceIncome,
    SpaceLetting,
    SpaceManager,
    TitleFiling,
)
from gongjia.domains.offices.models import Title

UNIT = Column("unit", path="unit__name", filter=True)
PLACE = Column("place", path="place__name")
LEASE = Column("lease", path="lease__number")

MANAGERS = resource(
    Resource(
        key="leasing.manager",
        icon="building-bank",
        model=SpaceManager,
        label=_("房产管理部门"),
        title="pk",
        scope="over",
        lookup=(),
        create="leasing.name_manager",
        group="system",
        empty=_("写明哪个单位是本级机关事务管理部门：权属登记、统一配置和处置都以它为准。"),
        columns=(
            Column("over", path="over__name", link="leasing.manager"),
            Column("manager", path="manager__name"),
            Column("document"),
        ),
    )
)

TERMS = resource(
    Resource(
        key="leasing.term",
        icon="calendar-event",
        model=LeaseTerm,
        label=_("租期"),
        title="number",
        scope="unit",
        search=("number", "lease__number", "lease__name"),
        lookup=("number",),
        group="handling",
        empty=_("续租或新租获批后，每一期记一条：从何时到何时、租金多少、依据哪一件申请。"),
        columns=(
            Column("number", sort=True, link="leasing.term"),
            LEASE,
            UNIT,
            Column("kind", filter=True),
            Column("starts_on", sort=True, filter=True),
            Column("ends_on", sort=True, filter=True),
            Column("annual_rent", sort=True),
            Column("usable_area"),
            Column("reason", shown=False),
            Column("document", shown=False),
            Column("request_key"),
        ),
    )
)

ENDS = resource(
    Resource(
        key="leasing.end",
        icon="calendar",
        model=LeaseEnd,
        label=_("退租"),
        title="pk",
        scope="unit",
        search=("lease__number", "lease__name"),
        lookup=(),
        group="handling",
        empty=_("退租以后记在这里。在租赁合同上选“登记退租”。"),
        columns=(
            Column("lease", path="lease__number", link="leasing.end"),
            UNIT,
            Column("ended_on", sort=True, filter=True),
            Column("cause", filter=True),
            Column("note"),
        ),
    )
)

RENTS = resource(
    Resource(
        key="leasing.rent",
        icon="receipt",
        model=RentPayment,
        label=_("支付租金"),
        title="pk",
        scope="unit",
        search=("lease__number", "lease__name", "voucher"),
        lookup=(),
        create="leasing.pay_rent",
        group="handling",
        empty=_("按年度登记付出的租金，与合同年租金对照。"),
        columns=(
            Column("lease", path="lease__number", link="leasing.rent"),
            UNIT,
            Column("year", sort=True, filter=True),
            Column("amount", sort=True, filter=True),
            Column("paid_on", sort=True, filter=True),
            Column("voucher"),
        ),
    )
)

LETTINGS = resource(
    Resource(
        key="leasing.letting",
        icon="key",
        model=SpaceLetting,
        label=_("房屋出租出借"),
        title="number",
        scope="unit",
        search=("number", "party", "contract", "place__name"),
        lookup=("number",),
        create="leasing.register_letting",
        actions=("leasing.take_back",),
        group="ledgers",
        empty=_("出租出借由机关事务管理部门统一申请；使用单位原有的在这里登记，到期收回。"),
        columns=(
            Column("number", sort=True, link="leasing.letting"),
            PLACE,
            UNIT,
            Column("origin", filter=True),
            Column("kind", filter=True),
            Column("party"),
            Column("area", sort=True),
            Column("starts_on", sort=True, filter=True),
            Column("due_on", sort=True, filter=True),
            Column("annual_rent", sort=True),
            Column("taken_back_on", filter=True),
            Column("purpose", shown=False),
            Column("contract", shown=False),
            Column("document", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

INCOMES = resource(
    Resource(
        key="leasing.income",
        icon="coin-yuan",
        model=SpaceIncome,
        label=_("房屋收入"),
        title="pk",
        scope="unit",
        lookup=(),
        create="leasing.record_income",
        edit="leasing.remit_income",
        group="handling",
        empty=_("出租和处置的收入记在这里；收支两条线，上缴后补记缴款书号。"),
        columns=(
            Column("received_on", sort=True, filter=True, link="leasing.income"),
            Column("letting", path="letting__number"),
            Column("disposal", path="disposal__number"),
            UNIT,
            Column("kind", filter=True),
            Column("year", sort=True, filter=True),
            Column("amount", sort=True, filter=True),
            Column("remitted_on", sort=True, filter=True),
            Column("voucher"),
        ),
    )
)

PROVISIONS = resource(
    Resource(
        key="leasing.provision",
        icon="building-estate",
        model=Provision,
        label=_("办公用房配置"),
        title="number",
        scope="unit",
        search=("number", "purpose"),
        lookup=("number",),
        create="leasing.provide_space",
        actions=("leasing.move_in",),
        group="handling",
        empty=_("需要办公用房时在这里申请：先调剂，再置换，再租用，最后建设；前面的方式走不通，要附上依据。"),
        columns=(
            Column("number", sort=True, link="leasing.provision"),
            UNIT,
            Column("way", filter=True),
            Column("purpose"),
            Column("city", filter=True, shown=False),
            Column("wanted_area", sort=True),
            Column("granted_area"),
            Column("excess_area"),
            PLACE,
            Column("old_place", path="old_place__name", shown=False),
            Column("granted_on", sort=True, filter=True),
            Column("moved_in_on", filter=True),
            Column("handed_over_on", filter=True),
            Column("project", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

IDLE = resource(
    Resource(
        key="leasing.idle_space",
        icon="door",
        model=IdleSpace,
        label=_("闲置房源"),
        title="pk",
        scope="unit",
        search=("place__code", "place__name"),
        lookup=("place__code",),
        create="leasing.register_idle",
        actions=("leasing.dispose_space",),
        group="ledgers",
        empty=_("用不上的房屋登记在这里，先供全市调剂，再按顺序考虑其他处置利用方式。"),
        columns=(
            Column("place", path="place__name", link="leasing.idle_space"),
            UNIT,
            Column("ground", filter=True),
            Column("since", sort=True, filter=True),
            Column("usable_area", sort=True),
            Column("floor_area"),
            Column("rooms"),
            Column("evidence", shown=False),
            Column("settled_on", filter=True),
        ),
    )
)

DISPOSALS = resource(
    Resource(
        key="leasing.disposal",
        icon="recycle",
        model=SpaceDisposal,
        label=_("房屋处置利用"),
        title="number",
        scope="unit",
        search=("number", "party", "idle__place__name"),
        lookup=("number",),
        actions=("leasing.complete_disposal", "leasing.record_proceeds"),
        group="handling",
        empty=_("闲置房源的处置利用先申请：调剂使用、转换用途、置换、出租、拍卖、拆除，依次考虑。"),
        columns=(
            Column("number", sort=True, link="leasing.disposal"),
            Column("place", path="idle__place__name", label=_("房屋")),
            UNIT,
            Column("way", filter=True),
            Column("receiver", path="receiver__name"),
            Column("party"),
            Column("value"),
            Column("granted_on", sort=True, filter=True),
            Column("completed_on", filter=True),
            Column("document", shown=False),
            Column("reason", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

TITLES = resource(
    Resource(
        key="leasing.title",
        icon="certificate",
        model=Title,
        label=_("权属登记"),
        title="pk",
        scope="place__unit",
        live="superseded_at",
        search=("number", "holder", "place__code", "place__name"),
        lookup=("number",),
        create="leasing.register_title",
        group="ledgers",
        empty=_("每处房屋的权属证书记在这里：证号、权利人、证载面积。没有证书的，先做权属备案。"),
        columns=(
            Column("place", path="place__name", link="leasing.title"),
            Column("unit", path="place__unit__name", label=_("使用单位"), filter=True),
            Column("number", sort=True),
            Column("holder", filter=True),
            Column("registered", filter=True),
            Column("certified_area"),
            Column("valid_from", sort=True, filter=True),
            Column("note", shown=False),
        ),
    )
)

FILINGS = resource(
    Resource(
        key="leasing.filing",
        icon="file-alert",
        model=TitleFiling,
        label=_("权属备案"),
        title="pk",
        scope="unit",
        search=("place__code", "place__name", "problem"),
        lookup=(),
        create="leasing.file_title",
        edit="leasing.settle_filing",
        group="handling",
        empty=_("手续不全、权属不清的房屋在这里备案；备案期间使用单位不得自行处置。"),
        columns=(
            Column("place", path="place__name", link="leasing.filing"),
            UNIT,
            Column("problem"),
            Column("filed_on", sort=True, filter=True),
            Column("document"),
            Column("settled_on", filter=True),
        ),
    )
)
