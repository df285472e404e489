"""The gate of large repairs: what speaks against a project is on the request, with the text that says so."""

from __future__ import annotations

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.domains.maintenance.flags import flags_of
from gongjia.domains.maintenance.models import Project

KEY = "maintenance.flags"


def judge(case: Case) -> Judgement:
    """Show the flags of the projects that are to be approved; one that breaks a binding text stops the request."""
    found = Project.objects.select_related("unit").filter(pk__in=[row.id for row in case.rows]).order_by("pk")
    rows = [{"pk": project.pk, "name": str(project), "flags": [vars(flag) for flag in flags_of(project)]} for project in found]
    flags = [flag for row in rows for flag in row["flags"]]
    data = {"rows": [row for row in rows if row["flags"]]}
    if any(flag["breach"] for flag in flags):
        return Judgement("blocked", _now("有项目违反有约束力的规定，不能批准。"), data)
    if flags:
        return Judgement("warning", _now("有 %(n)s 项提示，审批时请逐项核对。") % {"n": len(flags)}, data)
    return Judgement("clear", _now("没有发现化整为零、打包、因更换使用人装修或超标准。"), data)


declare_gate(
    Gate(
        key=KEY,
        label=_("大中修核查"),
        actions=("maintenance.approve_project",),
        judge=judge,
        template="maintenance/gate_flags.html",
        order=40,
    )
)
