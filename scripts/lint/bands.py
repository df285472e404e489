"""The bands of the style: sizes of files and functions, names of modules, tests to code.

The hard limits fail (a file over 400 lines, a function over 40, a module named after nothing); the medians are printed.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
CODE, TESTS = ("gongjia", "scripts", "demo", "bench"), ("tests", "e2e")
NAMELESS = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
FILE_LIMIT, FILE_MEDIAN, FUNCTION_LIMIT, FUNCTION_MEDIAN = 400, 80, 40, 8
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(folders: tuple[str, ...]) -> list[Path]:
    """Return the hand-written modules; migrations are generated."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield name, first line and length of each function, decorators and docstring apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            documented = len(node.body) > 1 and ast.get_docstring(node) is not None
            first = node.body[1].lineno if documented else node.body[0].lineno
            yield node.name, node.lineno, (node.end_lineno or first) - first + 2  # the body and its `def`


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def outside(path: Path) -> Iterator[str]:
    """Say what of one module is over a hard limit."""
    place = path.relative_to(ROOT)
    if lines(path) > FILE_LIMIT:
        yield f"{place}: {lines(path)} lines, {FILE_LIMIT} at most"
    if path.stem in NAMELESS:
        yield f"{place}: name the module after what it promises"
    for name, line, length in functions(path):
        if length > FUNCTION_LIMIT:
            yield f"{place}:{line}: {name} has {length} lines, {FUNCTION_LIMIT} at most"


def band(label: str, value: float, limit: float, unit: str) -> None:
    print(f"  {label}: {value:g} {unit} (band {limit:g}){'' if value <= limit else '  OUTSIDE'}")


def main() -> int:
    code, tests = modules(CODE), modules(TESTS)
    product = [path for path in code if path.is_relative_to(ROOT / "gongjia") and lines(path)]
    faults = [fault for path in [*code, *tests] for fault in outside(path)]
    print(*faults, sep="\n", end="\n" if faults else "")
    written, tested = sum(map(lines, product)), sum(map(lines, tests))
    print(f"bands: {len(product)} modules, {written} lines; tests {tested} lines, {tested / max(written, 1):.2f} to a line of code")
    band("median file", median(map(lines, product)), FILE_MEDIAN, "lines")
    band("median function", median(length for path in product for _, _, length in functions(path)), FUNCTION_MEDIAN, "lines")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
