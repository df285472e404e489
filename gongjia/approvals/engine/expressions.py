"""Conditions of routes: a small language over the request and the standards, read from its syntax tree and never run as Python."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

_LONGEST = 500
_DEEPEST = 20

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"sum": sum, "max": max, "min": min, "any": any, "all": all, "count": len}
"""Functions over a column of the request's rows; the standards add `limit`."""


class NotAllowed(ValueError):
    """Raised when an expression is not of the language; the message key says why, `params` what."""

    def __init__(self, why: str, **params: Any) -> None:
        self.why, self.params = why, params
        super().__init__(why)


class Undecided(Exception):
    """Raised when a condition meets a value that nobody knows: it is told, never passed over in silence."""

    def __init__(self, expression: str, what: str) -> None:
        self.expression, self.what = expression, what
        super().__init__(f"{expression}: {what}")


@dataclass(frozen=True)
class Expression:
    """One parsed condition with the names, attributes and functions that it uses."""

    text: str
    tree: ast.expr

    def paths(self) -> Iterator[str]:
        """Yield each name with its attributes, as `request.rows.cost`, outermost only."""
        inner = {id(node.value) for node in ast.walk(self.tree) if isinstance(node, ast.Attribute)}
        called = {id(node.func) for node in ast.walk(self.tree) if isinstance(node, ast.Call)}
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.Name, ast.Attribute)) and id(node) not in inner and id(node) not in called:
                yield ast.unparse(node)

    def calls(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func)

    def constant_calls(self) -> Iterator[tuple[str, list[Any], dict[str, Any]]]:
        """Yield each call with its arguments, None for those that are not written out."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                keys = {str(keyword.arg): _constant(keyword.value) for keyword in node.keywords}
                yield ast.unparse(node.func), [_constant(part) for part in node.args], keys

    def value(self, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> Any:
        """Return the value over the given names; raises Undecided where a part of it is not known."""
        return _Reading(self.text, names, {**FUNCTIONS, **functions}).of(self.tree)


def _constant(node: ast.expr) -> Any:
    return node.value if isinstance(node, ast.Constant) else None


@lru_cache(maxsize=1024)
def parsed(text: str) -> Expression:
    """Return the expression, or raise NotAllowed for anything but comparisons, logic, arithmetic, names and calls by name."""
    if len(text) > _LONGEST:
        raise NotAllowed("too_long")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotAllowed("syntax") from None
    _refuse_foreign(tree, 0)
    return Expression(text.strip(), tree)


def _refuse_foreign(node: ast.AST, depth: int) -> None:
    if depth > _DEEPEST:
        raise NotAllowed("too_long")
    if not _is_of_the_language(node):
        raise NotAllowed("element", element=type(node).__name__)
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop)):
            _refuse_foreign(child, depth + 1)


def _is_of_the_language(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return node.value is None or isinstance(node.value, (bool, int, float, str))
    if isinstance(node, (ast.Name, ast.Attribute)):
        name = node.id if isinstance(node, ast.Name) else node.attr
        return not name.startswith("_")
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and all(keyword.arg for keyword in node.keywords)
    if isinstance(node, ast.BinOp):
        return type(node.op) in _BINARY
    if isinstance(node, ast.Compare):
        return all(type(found) in _COMPARE for found in node.ops)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, (ast.Not, ast.USub))
    return isinstance(node, (ast.BoolOp, ast.Tuple, ast.List, ast.keyword))


class _Reading:
    """One walk over a tree."""

    def __init__(self, text: str, names: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self.text, self.names, self.functions = text, names, functions

    def of(self, node: ast.AST) -> Any:
        return getattr(self, f"_{type(node).__name__.lower()}")(node)

    def _known(self, node: ast.AST) -> Any:
        """Return a value that can be reckoned with."""
        value = self.of(node)
        if value is None:
            raise Undecided(self.text, ast.unparse(node))
        return value

    def _constant(self, node: ast.Constant) -> Any:
        return Decimal(str(node.value)) if isinstance(node.value, float) else node.value

    def _name(self, node: ast.Name) -> Any:
        if node.id not in self.names:
            raise Undecided(self.text, node.id)
        return self.names[node.id]

    def _attribute(self, node: ast.Attribute) -> Any:
        owner = self._known(node.value)
        if not isinstance(owner, Mapping) and not hasattr(owner, "column"):
            raise Undecided(self.text, ast.unparse(node))
        found = owner.get(node.attr) if isinstance(owner, Mapping) else owner.column(node.attr)
        return found() if callable(found) else found

    def _tuple(self, node: ast.Tuple) -> list[Any]:
        return [self.of(item) for item in node.elts]

    _list = _tuple

    def _boolop(self, node: ast.BoolOp) -> bool:
        if isinstance(node.op, ast.And):
            return all(self._known(part) for part in node.values)
        return any(self._known(part) for part in node.values)

    def _unaryop(self, node: ast.UnaryOp) -> Any:
        value = self._known(node.operand)
        return not value if isinstance(node.op, ast.Not) else -value

    def _binop(self, node: ast.BinOp) -> Any:
        return self._try(node, _BINARY[type(node.op)], self._known(node.left), self._known(node.right))

    def _compare(self, node: ast.Compare) -> bool:
        left = self._operand(node, node.left)
        for op, part in zip(node.ops, node.comparators, strict=True):
            right = self._operand(node, part)
            if not self._try(node, _COMPARE[type(op)], left, right):
                return False
            left = right
        return True

    def _operand(self, node: ast.Compare, part: ast.AST) -> Any:
        equality = all(isinstance(op, (ast.Eq, ast.NotEq)) for op in node.ops)
        explicit = any(isinstance(side, ast.Constant) and side.value is None for side in (node.left, *node.comparators))
        return self.of(part) if equality and explicit else self._known(part)

    def _call(self, node: ast.Call) -> Any:
        name = ast.unparse(node.func)
        if name not in self.functions:
            raise Undecided(self.text, name)
        arguments = [self._known(part) for part in node.args]
        keys = {str(keyword.arg): self._known(keyword.value) for keyword in node.keywords}
        return self._try(node, self.functions[name], *arguments, **keys)

    def _try(self, node: ast.AST, function: Callable[..., Any], *arguments: Any, **keys: Any) -> Any:
        try:
            return function(*arguments, **keys)
        except (TypeError, ValueError, ArithmeticError):
            raise Undecided(self.text, ast.unparse(node)) from None
