"""OpenAPI from the declarations: what a row looks like, what an action takes, what a failure says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Action
from gongjia.core.inputs import InputField, describe
from gongjia.core.resource import Column, Resource

Schema = dict[str, Any]

# Exact numbers travel as text: a JSON number would pass through binary fractions.
_TYPES: dict[str, Schema] = {
    "integer": {"type": "integer"},
    "ref": {"type": "integer"},
    "decimal": {"type": "string", "format": "decimal"},
    "money": {"type": "string", "format": "decimal"},
    "area": {"type": "string", "format": "decimal"},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "format": "date-time"},
    "bool": {"type": "boolean"},
    "json": {},
}
_OPERATORS: dict[str, Any] = {"": _("等于；可重复，取其一"), "gte": "≥", "lte": "≤", "gt": ">", "lt": "<", "empty": _("1 为空，0 不空")}


def _type(kind: str) -> Schema:
    return dict(_TYPES.get(kind, {"type": "string"}))


def _or_null(schema: Schema) -> Schema:
    own = schema.get("type")
    return {**schema, "type": [*(own if isinstance(own, list) else [own]), "null"]} if own else schema


def _words(choices: Sequence[tuple[str, Any]]) -> Any:
    """Return `code 标签` of each choice as one text in the reader's language."""
    parts = [part for code, label in choices for part in (" · ", code, " ", label)]
    return format_lazy("{}" * (len(parts) - 1), *parts[1:]) if parts else ""


def _told(schema: Schema, label: Any, unit: str, choices: Sequence[tuple[str, Any]], help: Any = "") -> Schema:
    """Add label, unit, choices and help, in words."""
    told = {**schema, "title": label}
    text = [part for part in (help, _words(choices)) if part]
    if text:
        told["description"] = format_lazy(" ".join("{}" for _part in text), *text)
    return {**told, "x-unit": unit} if unit else told


def column_schema(column: Column) -> Schema:
    """Return the schema of one value of a row."""
    schema = _or_null(_type(column.kind))
    if column.kind == "choice":
        schema = {"enum": [*(code for code, _label in column.choices), "", None]}
    return _told(schema, column.label, column.unit, column.choices)


def row_schema(resource: Resource, whole: bool = False) -> Schema:
    """Return the schema of a row: of a list, whose columns can be chosen, or `whole`, with all of them."""
    columns = {name: column_schema(column) for name, column in resource.by_name.items()}
    required = ["id", *columns] if whole else ["id"]
    extra = {"version": {"type": "integer"}} if whole else {}
    return {
        "type": "object",
        "properties": {"id": {"type": "integer"}, **columns, **extra},
        "required": required,
        "additionalProperties": False,
    }


def list_schema(resource: Resource) -> Schema:
    """Return the schema of one page of a list."""
    properties = {
        "rows": {"type": "array", "items": row_schema(resource)},
        "next": {"type": ["string", "null"], "description": _("下一页的 after；没有下一页时为 null")},
        "count": {"type": "integer", "description": _("总数；超过一万时停在一万")},
        "capped": {"type": "boolean", "description": _("总数是否停在一万")},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _parameter(name: str, schema: Schema, description: Any, many: bool = False) -> Schema:
    return {
        "in": "query",
        "name": name,
        "required": False,
        "description": description,
        "schema": {"type": "array", "items": schema} if many else schema,
    }


def list_parameters(resource: Resource) -> list[Schema]:
    """Return the query parameters of a list: search, order, cursor, columns, unit, and one set a filter."""
    sortable = [sign + column.name for column in resource.by_name.values() if column.sort for sign in ("", "-")]
    found = [
        _parameter("q", {"type": "string"}, _("查找：汉字、拼音首字母或编号的一部分")),
        _parameter("sort", {"enum": [*sortable, ""]}, _("按哪一列排序；前加 - 为倒序")),
        _parameter("after", {"type": "string"}, _("上一页的 next")),
        _parameter("size", {"type": "integer", "minimum": 1, "maximum": 500}, _("每页几行，默认 50")),
        _parameter("columns", {"type": "string"}, _("要哪些列，用逗号隔开")),
        _parameter("unit", {"type": "string"}, _("单位编码：只看这个单位及下属")),
    ]
    for column in resource.by_name.values():
        if column.filter:
            found += [_filter(column, operator, words) for operator, words in _OPERATORS.items()]
    return found


def _filter(column: Column, operator: str, words: Any) -> Schema:
    schema = {"enum": ["0", "1"]} if operator == "empty" else _type(column.kind)
    if column.kind == "choice" and not operator:
        schema = {"enum": [code for code, _label in column.choices]}
    name = f"{column.name}__{operator}" if operator else column.name
    return _parameter(name, schema, format_lazy("{} {}", column.label, words), many=not operator)


def field_schema(field: InputField) -> Schema:
    """Return the schema of one input; a reference takes a code or a primary key, a choice its code or its label."""
    schema = _type(field.kind)
    if field.kind == "ref":
        schema = {"type": ["string", "integer"], "x-resource": field.ref}
    elif field.kind in ("decimal", "money", "area"):
        schema = {"type": ["string", "number"], "format": "decimal"}
    if field.max_length:
        schema["maxLength"] = field.max_length
    if not field.required:
        schema = _or_null(schema)
    return _told(schema, field.label, field.unit, field.choices, field.help)


def input_schema(action: Action) -> Schema:
    """Return the schema of one row that an action takes."""
    fields = describe(action.input_type)
    properties = {field.name: field_schema(field) for field in fields}
    if action.is_edit and "version" not in properties:
        properties["version"] = {"type": "integer", "description": _("读到时的版本；此后别人改过则答 409")}
    required = [field.name for field in fields if field.required]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "row": {"type": ["integer", "null"]},
        "field": {"type": "string"},
        "code": {"type": "string"},
        "level": {"enum": ["refused", "warning"]},
        "message": {"type": "string"},
        "value": {},
    },
    "required": ["row", "field", "code", "level", "message"],
}
_PROBLEMS: Schema = {"type": "array", "items": PROBLEM}
FAILURE: Schema = {
    "type": "object",
    "properties": {"error": {"type": "string"}, "message": {"type": "string"}, "problems": _PROBLEMS},
    "required": ["error", "message", "problems"],
}
DONE: Schema = {
    "type": "object",
    "properties": {
        "ids": {"type": "array", "items": {"type": "integer"}},
        "refused": {"type": "integer"},
        "problems": _PROBLEMS,
        "batch": {"type": ["integer", "null"]},
    },
    "required": ["ids", "refused", "problems", "batch"],
    "additionalProperties": False,
}
JOB: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "kind": {"type": "string"},
        "state": {"enum": ["waiting", "running", "done", "failed", "cancelled", "lost"]},
        "done": {"type": "integer"},
        "total": {"type": ["integer", "null"]},
        "message": {"type": "string"},
        "result": {},
        "file": {"type": ["string", "null"]},
        "created_at": {"type": "string", "format": "date-time"},
        "finished_at": {"type": ["string", "null"], "format": "date-time"},
    },
    "required": ["id", "kind", "state", "done", "total", "message", "result", "file", "created_at", "finished_at"],
    "additionalProperties": False,
}
ASKED: dict[int, Schema] = {
    202: {
        "description": _("要先申请：已存为申请草稿"),
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {"request": {"type": "string"}, "url": {"type": "string"}},
                    "required": ["request", "url"],
                    "additionalProperties": False,
                }
            }
        },
    }
}
_SAYS: dict[int, Any] = {
    400: _("问得不对"),
    401: _("没有登录或令牌无效"),
    403: _("没有这个权限"),
    404: _("没有这一条，或不在你能看的范围内"),
    409: _("读到之后被别人改过"),
    413: _("一次送来的太多"),
    422: _("有问题，什么也没有写入"),
}


def responses(good: Schema, *failures: int) -> dict[int, Schema]:
    """Return the responses of an operation: what it answers, and how it fails."""
    found: dict[int, Schema] = {200: {"description": "OK", "content": {"application/json": {"schema": good}}}}
    for status in (401, *failures):
        found[status] = {"description": _SAYS[status], "content": {"application/json": {"schema": FAILURE}}}
    return found


def action_body(action: Action) -> Schema:
    """Return the request body of an action: one row or a list of rows."""
    one = input_schema(action)
    schema = {"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    return {"required": True, "content": {"application/json": {"schema": schema}}}
