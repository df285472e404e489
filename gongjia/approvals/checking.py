"""The check before a route goes live: each flaw with the element's id and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from django.utils.translation import gettext as _

from gongjia.approvals.choices import SigningMode
from gongjia.approvals.engine.expressions import FUNCTIONS, Expression, NotAllowed, parsed
from gongjia.approvals.engine.graph import condition_of, faults
from gongjia.approvals.engine.reading import NAMESPACES, StepRule, Unreadable, compiled, properties_of, rule_of, tree_of
from gongjia.approvals.engine.trying import stops
from gongjia.approvals.reckoning import NAMES
from gongjia.approvals.seating import WHERES
from gongjia.core.action import Action, actions
from gongjia.core.inputs import InputField, describe
from gongjia.core.terms import measures, terms
from gongjia.org.access import roles
from gongjia.org.models import User

_PROPERTIES = ("role", "where", "user", "mode", "ratio", "deadline", "skip_signed")


@dataclass(frozen=True)
class Flaw:
    """One thing wrong with a route."""

    element: str
    text: str


_UNREADABLE: dict[str, Callable[[str], str]] = {
    "too_large": lambda _d: _("文件过大，流程文件最大 1 MB。"),
    "no_xml": lambda d: _("不是可读的 XML：%(detail)s") % {"detail": d},
    "no_bpmn": lambda _d: _("不是 BPMN 2.0 文件。"),
    "one_process": lambda _d: _("文件里要有且只有一个可执行的流程。"),
    "not_readable": lambda d: _("流程读不出来：%(detail)s") % {"detail": d},
}
_FAULTS: dict[str, Callable[[str], str]] = {
    "unsupported": lambda d: _("不支持的元素“%(kind)s”。") % {"kind": d},
    "no_timer": lambda _d: _("事件只能是定时事件。"),
    "one_start": lambda d: _("应有一个开始事件，现有 %(count)s 个。") % {"count": d},
    "no_end": lambda _d: _("没有结束事件。"),
    "unreached": lambda _d: _("从开始走不到这里。"),
    "dead_end": lambda _d: _("走到这里就断了，到不了结束。"),
    "implicit_split": lambda _d: _("这里分出多条线，请用网关分支。"),
    "unsigned_way": lambda _d: _("有一条路不经任何人签署就能结束。"),
    "no_condition": lambda _d: _("这条线没有条件，也不是默认线。"),
    "no_default": lambda _d: _("网关没有默认线，条件也没有覆盖全部情形。"),
}
_NOT_ALLOWED: dict[str, Callable[[dict[str, Any]], str]] = {
    "too_long": lambda _p: _("条件过长。"),
    "syntax": lambda _p: _("条件写法有误。"),
    "element": lambda p: _("条件里不允许“%(element)s”这种写法。") % p,
}


def flaws_of(bpmn: str, serves: Sequence[str]) -> list[Flaw]:
    """Return everything wrong with a BPMN text as the route of the given actions; an empty list lets it go live."""
    try:
        root = tree_of(bpmn)
    except Unreadable as failure:
        return [_unreadable(failure)]
    processes = [node for node in root.findall("bpmn:process", NAMESPACES) if node.get("isExecutable") == "true"]
    if len(processes) != 1:
        return [Flaw("", _UNREADABLE["one_process"](""))]
    [process] = processes
    served = _served(serves)
    found = [Flaw(fault.element, _FAULTS[fault.why](fault.detail)) for fault in faults(process)]
    found += [flaw for task in process.iterfind(".//bpmn:userTask", NAMESPACES) for flaw in _of_task(task, served)]
    found += list(_of_conditions(process, served))
    found += [Flaw("", _("没有名为“%(key)s”的动作。") % {"key": key}) for key in serves if "*" not in key and key not in actions]
    return found or _of_run(bpmn, process)


def _unreadable(failure: Unreadable) -> Flaw:
    return Flaw(failure.element, _UNREADABLE[failure.why](failure.detail))


def _served(serves: Sequence[str]) -> list[Action]:
    """Return the actions that a route is to serve, as far as they exist."""
    packages = {key.removesuffix(".*") for key in serves if key.endswith(".*")}
    return [made for made in actions if made.key in serves or made.key.split(".")[0] in packages]


def _fields(served: Sequence[Action]) -> dict[str, list[InputField]]:
    """Return the inputs of the actions by name."""
    found: dict[str, list[InputField]] = {}
    for made in served:
        for field in describe(made.input_type):
            found.setdefault(field.name, []).append(field)
    return found


def _refs(fields: dict[str, list[InputField]], name: str) -> set[str]:
    """Return the resources that an input names; '' for one that names none or does not exist."""
    return {field.ref for field in fields.get(name, ())} or {""}


def _of_task(task: Any, served: Sequence[Action]) -> Iterator[Flaw]:
    told, rule, key = properties_of(task), rule_of(task), task.get("id", "")
    if not rule.role and not rule.user:
        yield Flaw(key, _("这一步没有写明由谁签署（role 或 user）。"))
    if rule.role and rule.role not in roles():
        yield Flaw(key, _("没有名为“%(role)s”的角色。") % {"role": rule.role})
    elif rule.role and not _may_sign(rule.role):
        yield Flaw(key, _("角色“%(role)s”没有签署审批的权限。") % {"role": rule.role})
    if rule.user and not User.objects.filter(username=rule.user, is_active=True).exists():
        yield Flaw(key, _("没有名为“%(user)s”的用户。") % {"user": rule.user})
    if rule.mode not in SigningMode.values:
        yield Flaw(key, _("签署方式只有 all、any、ratio。"))
    for name in ("ratio", "deadline"):
        if name in told and not (told[name].isdigit() and 1 <= int(told[name]) <= (100 if name == "ratio" else 3650)):
            yield Flaw(key, _("“%(name)s”要写成正整数。") % {"name": name})
    for name in set(told) - set(_PROPERTIES):
        yield Flaw(key, _("不认识的属性“%(name)s”。") % {"name": name})
    yield from _of_where(rule, task, served)


def _may_sign(role: str) -> bool:
    return any(fnmatchcase("approvals.sign", pattern) for pattern in roles()[role]["permissions"])


def _of_where(rule: StepRule, task: Any, served: Sequence[Action]) -> Iterator[Flaw]:
    where, _colon, name = rule.where.partition(":")
    fields = _fields(served)
    if rule.user:
        return
    if where not in (*WHERES, "field", "record") or (where == "field") != bool(name and where != "record"):
        yield Flaw(rule.spec, _("不认识的位置“%(where)s”。") % {"where": rule.where})
    elif where == "item" and not rule.many:
        yield Flaw(rule.spec, _("位置 item 只能用在多实例步骤上。"))
    elif where == "field" and served and _refs(fields, name) != {"org.unit"}:
        yield Flaw(rule.spec, _("输入项“%(name)s”不是单位。") % {"name": name})
    elif where == "record" and name and served and "" in _refs(fields, name):
        yield Flaw(rule.spec, _("输入项“%(name)s”不指向记录。") % {"name": name})
    loop = task.find("bpmn:multiInstanceLoopCharacteristics", NAMESPACES)
    source = loop.findtext("bpmn:loopDataInputRef", "", NAMESPACES).strip() if loop is not None else ""
    if source and served and _refs(fields, source.removeprefix("units_")) != {"org.unit"}:
        yield Flaw(rule.spec, _("多实例的集合“%(name)s”不存在；可写 units_ 加单位输入项的名称。") % {"name": source})


def _of_conditions(process: Any, served: Sequence[Action]) -> Iterator[Flaw]:
    items = {node.get("id", "") for node in process.iterfind(".//bpmn:inputDataItem", NAMESPACES)}
    for flow in process.iterfind(".//bpmn:sequenceFlow", NAMESPACES):
        text = condition_of(flow)
        if text is not None:
            yield from (Flaw(flow.get("id", ""), said) for said in _of_expression(text, served, items))
    for kind in ("timeDuration", "timeDate", "completionCondition", "loopCardinality"):
        for node in process.iterfind(f".//bpmn:{kind}", NAMESPACES):
            owner = next(found for found in node.iterancestors() if found.get("id"))
            yield from (Flaw(_holder(owner), said) for said in _of_expression((node.text or "").strip(), served, items))


def _holder(node: Any) -> str:
    """Return the id of the event or task that holds a definition."""
    inner = node.tag.endswith("EventDefinition") or node.tag.endswith("LoopCharacteristics")
    return str((node.getparent() if inner else node).get("id", ""))


def _of_expression(text: str, served: Sequence[Action], items: set[str]) -> Iterator[str]:
    try:
        expression = parsed(text)
    except NotAllowed as failure:
        yield _NOT_ALLOWED[failure.why](failure.params)
        return
    for path in expression.paths():
        if path not in items and not _is_known(path, served):
            yield _("条件里的“%(name)s”没有定义。") % {"name": path}
    for name in expression.calls():
        if name not in FUNCTIONS and name not in terms:
            yield _("条件里的函数“%(name)s”没有定义。") % {"name": name}
    yield from _of_terms(expression)


def _is_known(path: str, served: Sequence[Action]) -> bool:
    parts = path.split(".")
    if parts[0] != "request" or len(parts) < 2:
        return False
    if parts[1] == "rows":
        return len(parts) == 2 or (len(parts) == 3 and (not served or parts[2] in _fields(served)))
    measured = {one.name for one in measures if not served or any(one.measures(made.key) for made in served)}
    return len(parts) == 2 and parts[1] in {*NAMES, *measured}


def _of_terms(expression: Expression) -> Iterator[str]:
    for name, arguments, keys in expression.constant_calls():
        term = terms.get(name)
        if term is not None and term.flaw is not None and (said := term.flaw(arguments, keys)):
            yield said


def _of_run(bpmn: str, process: Any) -> list[Flaw]:
    try:
        route = compiled(bpmn)
    except Unreadable as failure:
        return [_unreadable(failure)]
    conditions = [text for flow in process.iterfind(".//bpmn:sequenceFlow", NAMESPACES) if (text := condition_of(flow))]
    text = _("走到这里会停住（当“%(supposed)s”成立时）：汇合等待的分支不会到来。")
    return [Flaw(element, text % {"supposed": supposed or _("没有条件")}) for element, supposed in stops(route, conditions)]
