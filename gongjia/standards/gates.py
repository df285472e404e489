"""The gate of the standards: what would break a rule after a request that does not break it now, with clause, arithmetic and a way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.check import checks
from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.core.problems import Conflict, Forbidden, Refused
from gongjia.core.resource import NotFound
from gongjia.standards.asking import Answer
from gongjia.standards.choices import Outcome
from gongjia.standards.foreseeing import Foresight, cured, scope_of, worse
from gongjia.standards.naming import titles

KEY = "standards.after"
MOST_TOUCHED = 2_000
SHOWN = 12
_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode
_FIGURES = ("value", "bound", "over")


def judge(case: Case) -> Judgement | None:
    """Carry the request out, look, and take it back: block what binds and breaks, warn of the rest, say nothing where no rule speaks."""
    try:
        with case.applied():
            foresight = Foresight(scope_of(case.touched[:MOST_TOUCHED]), case.context.on)
            names = titles((one.subject, one.pk) for one in case.touched[:MOST_TOUCHED])
    except Refused as refusal:
        return Judgement("blocked", "；".join(dict.fromkeys(str(problem.message) for problem in refusal.problems[:5])))
    except (Conflict, Forbidden, NotFound) as lost:
        return Judgement("warning", _now("现在办不成，所以看不到办成之后的样子：%(why)s") % {"why": lost})
    if not foresight.judged:
        return None
    before, after = foresight.compare()
    new, gone = worse(before, after), cured(foresight, after)
    data = {"verdicts": [plain(one, names) for one in new[:SHOWN]], "new": len(new), "cured": gone}
    return Judgement(_verdict(new), _words(new, gone), data)


def _verdict(new: Sequence[Answer]) -> Any:
    return "blocked" if any(stops(one) for one in new) else "warning" if new else "clear"


def stops(one: Answer) -> bool:
    """Say whether a verdict keeps a request from being sent: a breach of a limit that binds and whose text is known."""
    return one.blocks and one.outcome == Outcome.BREACH


def _words(new: Sequence[Answer], gone: int) -> str:
    cures = _now("另外会消除 %(n)s 项现有问题。") % {"n": gone} if gone else ""
    if not new:
        return _now("办成之后，所涉记录和单位没有新的超标或疑点。") + cures
    binding = sum(stops(one) for one in new)
    if binding:
        return _now("办成之后会新增 %(n)s 项超标或疑点，其中 %(b)s 项可作处理依据，因此不能提交。") % {"n": len(new), "b": binding} + cures
    return _now("办成之后会新增 %(n)s 项超标或疑点，只作提示：条文待核，或只是参照。") % {"n": len(new)} + cures


# -- a verdict as the request keeps it ---------------------------------------------------------------------------------


def plain(one: Answer, names: Mapping[tuple[str, int], str]) -> dict[str, Any]:
    """Return a verdict as JSON, with what its subject is called and the way out that was found: both may be gone afterwards."""
    pair = (one.subject, one.subject_id)
    known = titles([pair]).get(pair)
    made = asdict(replace(one, name=known or names.get(pair, ""), excuse=None))
    made["ways"] = [{"text": str(way.text), "resource": way.resource, "pk": way.pk} for way in (_ways(one) if known else ())]
    return msgspec.json.decode(_ENCODE(made))


def _ways(one: Answer) -> Sequence[Any]:
    look = checks[one.check_key].alternatives
    return list(look(one.subject_id, {"bound": one.bound, "value": one.value, **one.inputs}))[:3] if look is not None else ()


def kept_answer(kept: Mapping[str, Any]) -> Answer:
    """Return the verdict that a request has kept."""
    values = {name: value for name, value in kept.items() if name != "ways"}
    values.update({name: Decimal(kept[name]) for name in _FIGURES if kept[name] is not None})
    values.update({name: dt.date.fromisoformat(kept[name]) for name in ("judged_on", "event_on") if kept[name]})
    return Answer(**values)


declare_gate(Gate(KEY, _("配置标准"), ("*",), judge, template="standards/gate_after.html", order=20, patient=True))
