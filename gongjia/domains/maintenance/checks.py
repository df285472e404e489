"""What speaks against projects, by which text, and what is late."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.check import Check, declare_check

FACTS = "maintenance.projects"

declare_check(
    Check(
        key="maintenance.ticket_overdue",
        label=_("维修工单超时"),
        facts="maintenance.late",
        value="hours_overdue",
        table="repair_terms",
        limit="overdue_hours",
        evidence=("due_on", "hours_overdue"),
        advice=_("催办，或改派其他队伍；缺材料的在工单里写明。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.split_project",
        label=_("大中修化整为零"),
        facts=FACTS,
        where="split_sum > 0",
        value="split_sum",
        table="repair_split",
        limit="amount",
        evidence=("split_sum",),
        advice=_("同一单位、同一楼、同一部位的项目合并成一个申报，按合计金额审批。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.bundled_daily",
        label=_("大中修打包日常维修"),
        facts=FACTS,
        where="daily_sum > 0",
        value="daily_sum",
        table="repair_bundling",
        limit="amount",
        evidence=("daily_sum",),
        advice=_("把小额和已有工单的分项移出，按日常维修从部门预算列支。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.new_user",
        label=_("因更换使用人装修"),
        facts=FACTS,
        where="user_months IS NOT NULL",
        value="user_months",
        table="repair_new_user",
        limit="months",
        compare="at_least",
        evidence=("user_months",),
        advice=_("不因更换使用人或使用单位装修；确有安全或功能问题的，改报相应事由并附鉴定。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.fitting_over_standard",
        label=_("超标准装修"),
        facts=FACTS,
        where="fitting_percent IS NOT NULL",
        value="fitting_percent",
        table="repair_fitting",
        limit="percent",
        evidence=("fitting_percent",),
        advice=_("核对材料和做法，降到同类项目的水平；确有特殊需要的写明依据。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.extension",
        label=_("大修扩建超过比例"),
        facts=FACTS,
        where="extension_percent IS NOT NULL",
        value="extension_percent",
        table="repair_extension",
        limit="percent",
        places=2,
        evidence=("extension_percent",),
        advice=_("减少扩建面积，或按建设项目另行报批。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.before_period",
        label=_("未满周期整体大修"),
        facts=FACTS,
        where="scale = 'major' AND years_since IS NOT NULL",
        value="years_since",
        table="repair_period",
        limit="years",
        places=2,
        compare="at_least",
        evidence=("years_since",),
        advice=_("改为局部中修，或附安全鉴定说明为什么等不到周期。"),
        group="offices",
    )
)

declare_check(
    Check(
        key="maintenance.over_run",
        label=_("大中修决算超预算"),
        facts=FACTS,
        where="over_run > 0",
        value="over_run",
        limit="0",
        unit=_("元"),
        places=2,
        value_label=_("决算超预算"),
        evidence=("approved", "over_run"),
        advice=_("说明超支原因；追加预算须另行审批。"),
        group="contradictions",
        kind="contradiction",
    )
)
