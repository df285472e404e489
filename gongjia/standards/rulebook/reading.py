"""From the plain mapping of one YAML file to a typed table; the first thing that does not fit is raised as BadTable."""

import calendar
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from gongjia.standards.rulebook.errors import N_, BadTable, Flaw
from gongjia.standards.rulebook.forms import BadForm, Form, read_form
from gongjia.standards.rulebook.schema import (
    COMPARISONS,
    OPEN_END,
    VERIFICATIONS,
    Code,
    CodeTable,
    Condition,
    Row,
    Source,
    Table,
    Text,
    Value,
    Version,
)

TABLE_FIELDS = {"key", "topic", "title", "source", "keys", "values", "versions", "note"}
CODE_TABLE_FIELDS = {"key", "kind", "title", "source", "verification", "codes", "note"}
VERSION_FIELDS = {
    "id",
    "source",
    "from",
    "from_known",
    "to",
    "binds",
    "guides",
    "jurisdiction",
    "clause",
    "clause_verified",
    "verification",
    "note",
    "rows",
}
ROW_FIELDS = {"label", "clause", "clause_verified", "verification", "soft", "note"}
VALUE_FIELDS = {"title", "unit", "fact", "compare", "places", "keys", "text"}
START_KNOWN = ("day", "month", "year", "assumed")


class Reader:
    """Reads one file; remembers where it is, for the flaw that it may have to raise."""

    def __init__(self, file: str, x_places: Callable[[str], int]) -> None:
        self.file, self.x_places = file, x_places

    def fail(self, where: str, code: str, message: str, **params: Any) -> NoReturn:
        raise BadTable(Flaw(self.file, where, code, message, params))

    def only(self, where: str, found: Mapping[str, Any], allowed: set[str], needed: Sequence[str] = ()) -> None:
        if not isinstance(found, Mapping):
            self.fail(where, "not_a_mapping", N_("此处应为“名称：内容”"))
        if unknown := sorted(str(name) for name in set(found) - allowed):
            self.fail(where, "unknown_field", N_("不认识的字段：%(names)s"), names=", ".join(unknown))
        if missing := [name for name in needed if found.get(name) in (None, "", [])]:
            self.fail(where, "missing_field", N_("缺少字段：%(names)s"), names=", ".join(missing))

    def text(self, where: str, found: Any) -> Text:
        if isinstance(found, str):
            return Text(found, found)
        self.only(where, found or {}, {"zh", "en"}, ["zh", "en"])
        return Text(str(found["zh"]), str(found["en"]))

    def source(self, where: str, found: Any) -> Source:
        self.only(where, found, {"document", "number", "issuer", "url", "number_verified"}, ["document"])
        texts = {name: str(part) for name, part in found.items() if name != "number_verified"}
        return Source(**texts, number_verified=bool(found.get("number_verified", True)))

    def table(self, found: Mapping[str, Any], principal: Table | None) -> Table:
        """A table of limits; one that answers another table's topic takes its keys and values from there."""
        needed = ["key", "title", "source", "versions"] + ([] if principal else ["values"])
        self.only("", found, TABLE_FIELDS, needed)
        keys = tuple(found.get("keys", principal.keys if principal else ()))
        values = dict(principal.values) if principal else {}
        values |= {name: self.value(name, spec, keys) for name, spec in found.get("values", {}).items()}
        source = self.source("source", found["source"])
        versions = [
            self.version(found["key"], number, version, source, keys, values) for number, version in enumerate(found["versions"], 1)
        ]
        return Table(
            str(found["key"]),
            str(found.get("topic", found["key"])),
            self.text("title", found["title"]),
            keys,
            values,
            tuple(sorted(versions, key=lambda version: version.start)),
            found.get("note", ""),
            self.file,
        )

    def value(self, name: str, spec: Mapping[str, Any], keys: tuple[str, ...]) -> Value:
        where = f"values.{name}"
        self.only(where, spec, VALUE_FIELDS, ["title"])
        compare = spec.get("compare", "none")
        if compare not in COMPARISONS:
            self.fail(where, "unknown_comparison", N_("不认识的比较方式：%(name)s"), name=compare)
        return Value(
            name,
            self.text(where, spec["title"]),
            self.text(where, spec.get("unit", "")) if spec.get("unit") else Text("", ""),
            spec.get("fact", ""),
            compare,
            spec.get("places", 0),
            tuple(spec.get("keys", keys)),
            spec.get("text", False),
        )

    def version(
        self,
        key: str,
        number: int,
        found: Mapping[str, Any],
        source: Source,
        keys: tuple[str, ...],
        values: Mapping[str, Value],
    ) -> Version:
        where = f"versions[{number}]"
        self.only(where, found, VERSION_FIELDS, ["from", "verification", "rows"])
        start, known = self.start(where, found["from"])
        version = Version(
            id=f"{key}@{found.get('id', start.isoformat())}",
            source=self.source(where, found["source"]) if "source" in found else source,
            start=start,
            end=self.end(where, found.get("to")),
            start_known=found.get("from_known", known),
            rows=(),
            binds=self.conditions(where, found.get("binds", [])),
            guides=self.conditions(where, found.get("guides", [])),
            jurisdiction=self.text(where, found["jurisdiction"]) if "jurisdiction" in found else Text("", ""),
            clause=found.get("clause", ""),
            clause_verified=found.get("clause_verified", False),
            verification=self.tag(where, found["verification"]),
            note=found.get("note", ""),
        )
        if version.start_known not in START_KNOWN:
            self.fail(where, "unknown_start", N_("起始日期的确知程度不认识：%(name)s"), name=version.start_known)
        rows = (self.row(f"{where}.rows[{at}]", row, version, keys, values) for at, row in enumerate(found["rows"], 1))
        return Version(**{name: getattr(version, name) for name in Version.__slots__} | {"rows": tuple(rows)})

    def start(self, where: str, found: Any) -> tuple[date, str]:
        """The first day that surely belonged to the period: the last one of a bare year or month."""
        if isinstance(found, date):
            return found, "day"
        parts = [int(part) for part in str(found).split("-") if part.isdigit()]
        if len(parts) not in (1, 2):
            self.fail(where, "bad_date", N_("日期写法不认识：%(value)s"), value=found)
        year, month = parts[0], [*parts, 12][1]
        return date(year, month, calendar.monthrange(year, month)[1]), "year" if len(parts) == 1 else "month"

    def end(self, where: str, found: Any) -> date:
        if found is None:
            return OPEN_END
        if not isinstance(found, date):
            self.fail(where, "bad_date", N_("日期写法不认识：%(value)s"), value=found)
        return found

    def conditions(self, where: str, found: Sequence[Mapping[str, Any]]) -> tuple[Condition, ...]:
        for condition in found:
            self.only(where, condition, {"tier", "nature", "division", "vertical"})
        return tuple(
            Condition(
                frozenset(each.get("tier", ())),
                frozenset(each.get("nature", ())),
                tuple(map(str, each.get("division", ()))),
                each.get("vertical"),
            )
            for each in found
        )

    def tag(self, where: str, found: Any) -> str:
        if found not in VERIFICATIONS:
            self.fail(where, "unknown_tag", N_("核实标记不认识：%(name)s"), name=found)
        return str(found)

    def row(
        self,
        where: str,
        found: Mapping[str, Any],
        version: Version,
        keys: tuple[str, ...],
        values: Mapping[str, Value],
    ) -> Row:
        self.only(where, found, ROW_FIELDS | set(keys) | set(values))
        if not (given := [name for name in values if name in found]):
            self.fail(where, "no_value", N_("这一行没有任何数值"))
        return Row(
            {name: _cells(found[name]) for name in keys if found.get(name, "any") != "any"},
            {name: self.cell(f"{where}.{name}", found[name], values[name]) for name in given},
            found.get("label", ""),
            found.get("clause", version.clause),
            found.get("clause_verified", version.clause_verified),
            self.tag(where, found.get("verification", version.verification)),
            found.get("soft", False),
            found.get("note", ""),
        )

    def cell(self, where: str, found: Any, value: Value) -> Form | Text:
        if value.text:
            return self.text(where, found)
        try:
            return read_form(found, value.places, self.x_places)
        except (BadForm, LookupError, TypeError, ValueError) as error:
            self.fail(where, "bad_value", N_("数值写法不认识（小数须加引号）：%(value)s"), value=error)

    def codes(self, found: Mapping[str, Any]) -> CodeTable:
        """A code table; fields beside code, zh and en are kept as they are."""
        self.only("", found, CODE_TABLE_FIELDS, ["key", "title", "source", "verification", "codes"])
        codes = {}
        for number, line in enumerate(found["codes"], 1):
            where = f"codes[{number}]"
            self.only(where, line, set(line), ["code", "zh", "en"])
            if line["code"] in codes:
                self.fail(where, "key_not_unique", N_("代码重复：%(key)s"), key=line["code"])
            more = {name: part for name, part in line.items() if name not in ("code", "zh", "en")}
            codes[str(line["code"])] = Code(str(line["code"]), Text(str(line["zh"]), str(line["en"])), more)
        return CodeTable(
            str(found["key"]),
            self.text("title", found["title"]),
            self.source("source", found["source"]),
            self.tag("", found["verification"]),
            codes,
            found.get("note", ""),
            self.file,
        )


def _cells(found: Any) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else (str(found),)
