"""Which economic subjects may pay for what: from the facts on 部门预算支出经济分类科目."""

from __future__ import annotations

PURCHASE_SUBJECTS = {
    "30902": "办公设备购置",
    "30903": "专用设备购置",
    "30907": "信息网络及软件购置更新",
    "30913": "公务用车购置",
    "30919": "其他交通工具购置",
    "30921": "文物和陈列品购置",
    "30922": "无形资产购置",
    "31002": "办公设备购置",
    "31003": "专用设备购置",
    "31007": "信息网络及软件购置更新",
    "31013": "公务用车购置",
    "31019": "其他交通工具购置",
    "31021": "文物和陈列品购置",
    "31022": "无形资产购置",
}


def pays_for_assets(subject: str) -> bool:
    """Say whether the subject is one of those under which assets are bought."""
    return subject in PURCHASE_SUBJECTS
