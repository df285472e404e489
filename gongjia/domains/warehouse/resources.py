"""What may be read of the warehouse: its own ledgers by unit, and the published window that every unit looks into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.warehouse.choices import ItemState
from gongjia.domains.warehouse.models import Deal, Loan, MatchPlan, Occasion, Passage, StockCheck, StockItem, Wish
from gongjia.domains.warehouse.windows import open_to

STOCK, VALUE, SHOWN = _("在仓情况"), _("鉴定与估价"), _("发布")

ITEMS = resource(
    Resource(
        key="warehouse.item",
        model=StockItem,
        label=_("在仓资产"),
        title="name",
        scope="asset__unit",
        live="asset__closed_on",
        search=("asset__number", "asset__name", "asset__model", "asset__brand", "title"),
        lookup=("asset__number",),
        create="warehouse.register_idle",
        edit="warehouse.edit_item",
        actions=(
            "warehouse.take_in",
            "warehouse.appraise_item",
            "warehouse.store_item",
            "warehouse.publish_item",
            "warehouse.hide_item",
            "warehouse.withdraw_item",
        ),
        bulk_actions=("warehouse.take_in", "warehouse.store_item", "warehouse.publish_item", "warehouse.hide_item"),
        icon="building-warehouse",
        empty=_("这里放待盘活和在仓的资产。从登记一件闲置资产开始。"),
        columns=(
            Column("number", path="asset__number", sort=True, link="warehouse.item", group=STOCK),
            Column("name", path="asset__name", label=_("资产名称"), sort=True, group=STOCK),
            Column("unit", path="asset__unit__name", label=_("单位"), group=STOCK),
            Column("state", filter=True, group=STOCK),
            Column("cause", filter=True, group=STOCK, shown=False),
            Column("storage", filter=True, group=STOCK),
            Column("place", path="asset__place__name", label=_("存放地点"), group=STOCK),
            Column("occasion", path="occasion__name", label=_("临时机构或活动"), group=STOCK, shown=False),
            Column("registered_on", sort=True, filter=True, group=STOCK, shown=False),
            Column("stored_on", sort=True, filter=True, group=STOCK),
            Column("left_on", filter=True, group=STOCK, shown=False),
            Column("emergency", filter=True, group=STOCK, shown=False),
            Column("grade", filter=True, group=VALUE),
            Column("remaining_months", sort=True, group=VALUE),
            Column("appraised_value", group=VALUE),
            Column("repair_cost", group=VALUE, shown=False),
            Column("appraised_on", group=VALUE, shown=False),
            Column("appraiser", group=VALUE, shown=False),
            Column("defect", group=VALUE, shown=False),
            Column("cost", path="asset__cost", label=_("原值"), sort=True, group=VALUE, shown=False),
            Column("title", group=SHOWN, shown=False),
            Column("terms", filter=True, group=SHOWN, shown=False),
            Column("published_at", sort=True, group=SHOWN, shown=False),
            Column("own_until", group=SHOWN, shown=False),
            Column("level_until", group=SHOWN, shown=False),
        ),
    )
)


@dataclass
class Published(Resource):
    """Items on show: everybody who is signed in reads them, with few columns, as soon as their hold window lets him."""

    def queryset(self, user: Any, unit_path: str = "", *, wide: bool = False) -> QuerySet[Any]:
        if not access(user).can(self.view_permission):
            return self.model._default_manager.none()
        rows = self.all_rows().filter(open_to(user, access(user).units(ITEMS.view_permission)))
        return rows.filter(asset__unit__path__startswith=unit_path) if unit_path else rows


def on_show() -> QuerySet[StockItem]:
    """Return the items that are published, whoever may see them."""
    return StockItem.objects.filter(state=ItemState.PUBLISHED)


OFFERS = resource(
    Published(
        key="warehouse.offer",
        model=StockItem,
        label=_("公物仓橱窗"),
        title="title",
        live="asset__closed_on",
        base=on_show,
        lookup=("asset__number",),
        actions=("warehouse.lend_item", "warehouse.reallocate_item"),
        group="",
        icon="layout-grid",
        columns=(
            Column("title", sort=True, link="warehouse.offer"),
            Column("grade", filter=True, sort=True),
            Column("remaining_months", sort=True, filter=True),
            Column("acquired_on", sort=True, filter=True),
            Column("category_code", filter=True),
            Column("storage", filter=True),
            Column("terms", filter=True),
            Column("emergency", filter=True),
            Column("building", path="building__name", label=_("所在楼栋")),
            Column("unit", path="asset__unit__name", label=_("提供单位")),
            Column("model", path="asset__model", label=_("规格型号"), shown=False),
            Column("brand", path="asset__brand", label=_("品牌"), shown=False),
            Column("defect", shown=False),
            Column("published_at", sort=True, shown=False),
        ),
    )
)


def _loan_columns(link: str) -> Sequence[Column]:
    return (
        Column("name", path="item__asset__name", label=_("资产名称"), link=link),
        Column("number", path="item__asset__number", label=_("资产编号")),
        Column("owner", path="owner__name", label=_("出借单位")),
        Column("unit", path="unit__name", label=_("借用单位")),
        Column("purpose"),
        Column("occasion", path="occasion__name", label=_("临时机构或活动"), shown=False),
        Column("contact", shown=False, sensitive=True),
        Column("lent_on", sort=True, filter=True),
        Column("due_on", sort=True, filter=True),
        Column("returned_on", sort=True, filter=True),
        Column("damage", filter=True),
        Column("grade_out", shown=False),
        Column("grade_in", shown=False),
        Column("damage_note", shown=False),
        Column("repair_cost", shown=False),
        Column("compensation", shown=False),
        Column("inspector", shown=False),
        Column("request_key", shown=False),
    )


LOANS = resource(
    Resource(
        key="warehouse.loan",
        model=Loan,
        label=_("借出"),
        title="name",
        scope="owner",
        lookup=(),
        live="",
        actions=("warehouse.return_item", "warehouse.extend_loan"),
        group="handling",
        icon="switch-horizontal",
        columns=_loan_columns("warehouse.loan"),
    )
)

BORROWED = resource(
    Resource(
        key="warehouse.borrowed",
        model=Loan,
        label=_("借入"),
        title="name",
        scope="unit",
        lookup=(),
        live="",
        group="",
        icon="arrow-back-up",
        columns=_loan_columns("warehouse.borrowed"),
    )
)

OCCASIONS = resource(
    Resource(
        key="warehouse.occasion",
        model=Occasion,
        label=_("临时机构与活动"),
        title="name",
        scope="unit",
        search=("code", "name"),
        lookup=("code", "name"),
        natural_key=("code",),
        create="warehouse.register_occasion",
        edit="warehouse.edit_occasion",
        actions=("warehouse.claim_card",),
        group="",
        icon="calendar-event",
        columns=(
            Column("code", sort=True, link="warehouse.occasion"),
            Column("name", sort=True),
            Column("unit", path="unit__name", label=_("承办单位")),
            Column("kind", filter=True),
            Column("starts_on", sort=True, filter=True),
            Column("ends_on", sort=True, filter=True),
            Column("document", shown=False),
        ),
    )
)

PASSAGES = resource(
    Resource(
        key="warehouse.passage",
        model=Passage,
        label=_("出入仓台账"),
        title="pk",
        scope="unit",
        lookup=(),
        live="",
        group="",
        icon="arrows-exchange",
        columns=(
            Column("on", sort=True, filter=True),
            Column("kind", filter=True),
            Column("number", path="item__asset__number", label=_("资产编号")),
            Column("name", path="item__asset__name", label=_("资产名称")),
            Column("unit", path="unit__name", label=_("原单位")),
            Column("other", path="other__name", label=_("对方单位")),
            Column("cost", sort=True),
            Column("days", sort=True),
            Column("request_key", shown=False),
        ),
    )
)

WISHES = resource(
    Resource(
        key="warehouse.wish",
        model=Wish,
        label=_("需求清单"),
        title="name",
        scope="unit",
        search=("name", "purpose", "bundle"),
        lookup=(),
        create="warehouse.make_wish",
        edit="warehouse.edit_wish",
        actions=("warehouse.close_wish",),
        group="handling",
        icon="list-check",
        empty=_("想要什么，先写在这里；仓里一有合适的，工作台就会提醒。"),
        columns=(
            Column("name", sort=True, link="warehouse.wish"),
            Column("category", path="category__code", label=_("分类代码")),
            Column("quantity", sort=True),
            Column("met"),
            Column("unit", path="unit__name", label=_("需求单位")),
            Column("bundle", filter=True),
            Column("urgency", filter=True, sort=True),
            Column("needed_by", sort=True, filter=True),
            Column("state", filter=True),
            Column("least_grade", shown=False),
            Column("least_months", shown=False),
            Column("place", path="place__name", label=_("用在哪里"), shown=False),
            Column("purpose", shown=False),
            Column("made_on", sort=True, filter=True, shown=False),
        ),
    )
)

DEALS = resource(
    Resource(
        key="warehouse.deal",
        model=Deal,
        label=_("共享凭证"),
        title="number",
        scope="unit",
        lookup=("number",),
        live="",
        group="",
        icon="certificate",
        columns=(
            Column("number", sort=True, link="warehouse.deal"),
            Column("kind", filter=True),
            Column("name", path="item__asset__name", label=_("资产名称")),
            Column("giver", path="giver__name", label=_("提供单位")),
            Column("unit", path="unit__name", label=_("使用单位")),
            Column("on", sort=True, filter=True),
            Column("price_source", filter=True),
            Column("price", sort=True),
            Column("saving", sort=True),
            Column("request_key", shown=False),
        ),
    )
)

CHECKS = resource(
    Resource(
        key="warehouse.stock_check",
        model=StockCheck,
        label=_("查仓记录"),
        title="request_key",
        scope="unit",
        lookup=("request_key",),
        live="",
        group="",
        icon="list-search",
        columns=(
            Column("on", sort=True, filter=True),
            Column("request_key"),
            Column("unit", path="unit__name", label=_("单位")),
            Column("wanted", sort=True),
            Column("found", sort=True),
            Column("taken", sort=True),
            Column("refused", sort=True),
        ),
    )
)

PLANS = resource(
    Resource(
        key="warehouse.match_plan",
        model=MatchPlan,
        label=_("撮合方案"),
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
