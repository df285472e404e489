"""What a check found, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjia.journal.streams import STREAMS

ONE_MISSING = _("第 %(seal)s 次存证缺第 %(from)s 条。")
SENTENCES: dict[str, Any] = {
    "header": _("文件的第一行不是“gongjia-journal 1”。"),
    "unreadable": _("第 %(line)s 行不是日志的行。"),
    "cut": _("文件被截断：没有结束行。"),
    "end": _("第 %(line)s 行（结束行）与前文不符：有存证缺失或多出。"),
    "after_end": _("第 %(line)s 行加在结束行之后。"),
    "order": _("第 %(line)s 行：应为第 %(wanted)s 次存证，却是第 %(seal)s 次；有存证缺失、重复或错位。"),
    "head": _("第 %(seal)s 次存证：存证头或旁注的存证号被改动。"),
    "chain": _("第 %(seal)s 次存证与前一次接不上：其中之一是伪造的。"),
    "signature": _("第 %(seal)s 次存证：签名不符。"),
    "key": _("第 %(seal)s 次存证用了未经确认的公钥 %(key)s。"),
    "altered": _("第 %(no)s 条（%(stream)s %(id)s）被改动。"),
    "leaf": _("第 %(no)s 条（%(stream)s %(id)s）内容未动，叶摘要被改动。"),
    "number": _("第 %(no)s 条（%(stream)s %(id)s）内容未动，但序号应为 %(wanted)s。"),
    "moved": _("第 %(no)s 条（%(stream)s %(id)s）被挪了位置。"),
    "added": _("第 %(no)s 条（%(stream)s %(id)s）是加进来或重复的，没有在此存证。"),
    "missing": _("第 %(seal)s 次存证缺第 %(from)s 至 %(to)s 条。"),
    "block": _(
        "第 %(seal)s 次存证第 %(block)s 段（第 %(from)s 至 %(to)s 条，%(stream)s %(after)s 之后至 %(upto)s；"
        "应有 %(sealed)s 条，实有 %(found)s 条）与存证不符：除已点名的以外，也可能有连叶摘要一起伪造的。"
    ),
    "stray": _("%(stream)s %(id)s 夹在已存证的记录之间，却从未存证：是后来塞进去的。"),
    "tail": _("这里没有存证号 %(head)s：缺了尾部，或不是同一份日志。"),
}


def sentence(kind: str, facts: dict[str, Any], in_file: bool = False) -> str:
    """Return one problem as a sentence; of a file, its line is said first."""
    labels = {stream.key: str(stream.label) for stream in STREAMS}
    text = str(ONE_MISSING if kind == "missing" and facts["from"] == facts["to"] else SENTENCES[kind])
    said = text % {**facts, "stream": labels.get(str(facts.get("stream")), facts.get("stream"))}
    if not in_file or "line" not in facts or "%(line)s" in text:
        return said
    return gettext("第 %(line)s 行：%(said)s") % {"line": facts["line"], "said": said}
