"""What of leasing breaks a rule or contradicts itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

declare_check(
    Check(
        key="leasing.let_by_using_unit",
        label=_("使用单位出租出借办公用房"),
        facts="leasing.let",
        value="1",
        table="space_letting",
        limit="lettings",
        keys={"letting_party": "party"},
        evidence=("event_on", "due_on"),
        advice=_("到期收回，不再续签；收回前租金收支两条线。确需继续的，由机关事务管理部门统一办理。"),
        group="offices",
    )
)
declare_check(
    Check(
        key="leasing.title_not_unified",
        label=_("权属未统一登记"),
        facts="leasing.titles",
        value="CASE WHEN holder = manager THEN 0 ELSE 1 END",
        where="certified = 1 AND manager <> ''",
        table="office_title",
        limit="gaps",
        keys={"title_gap": "'not_unified'"},
        evidence=("holder", "manager"),
        advice=_("办理变更登记，登记至本级机关事务管理部门；涉密等经核准不变更的，登记例外并附核准文件。"),
        group="offices",
    )
)
declare_check(
    Check(
        key="leasing.title_unfiled",
        label=_("权属不清且未备案"),
        facts="leasing.titles",
        value="1 - filed",
        where="certified = 0",
        table="office_title",
        limit="gaps",
        keys={"title_gap": "'unfiled'"},
        evidence=("holder",),
        advice=_("向机关事务管理部门权属备案，并补办手续；备案期间不得自行处置。"),
        group="offices",
    )
)
declare_check(
    Check(
        key="leasing.old_space_kept",
        label=_("迁入新房未移交旧房"),
        facts="leasing.old_space",
        value="days_kept",
        table="space_handover",
        limit="days",
        evidence=("old_place_id",),
        advice=_("办理移交并登记日期；确需保留的，按新增配置另行申请。"),
        group="offices",
    )
)

# No text that was read names a number of days: the day after the agreed one is late, and income is due the day after it came in.
declare_check(
    Check(
        key="leasing.lease_over",
        label=_("租约已过期"),
        facts="leasing.running",
        value="ended",
        limit="0",
        unit=_("份"),
        value_name="ended",
        value_label=_("过期租约"),
        evidence=("event_on",),
        advice=_("续租的补办申请；不再使用的登记退租。"),
        group="contradictions",
        kind="contradiction",
    )
)
declare_check(
    Check(
        key="leasing.not_taken_back",
        label=_("出租出借房屋到期未收回"),
        facts="leasing.let",
        value="late",
        limit="0",
        unit=_("处"),
        value_name="late",
        value_label=_("到期未收回的房屋"),
        evidence=("due_on",),
        advice=_("收回房屋并登记日期。"),
        group="contradictions",
        kind="contradiction",
    )
)
declare_check(
    Check(
        key="leasing.income_not_remitted",
        label=_("房屋收入未上缴"),
        facts="leasing.kept_income",
        value="kept",
        limit="0",
        unit=_("笔"),
        value_name="kept",
        value_label=_("未上缴的收入"),
        evidence=("event_on", "amount"),
        advice=_("收支两条线：及时足额上缴国库，补记缴款书号。"),
        group="contradictions",
        kind="contradiction",
    )
)
