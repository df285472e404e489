"""The locks hold what pyproject.toml asks for, every release with hashes, none with an index address."""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)")


def pins(text: str) -> dict[str, str]:
    """Return the locked version of each package."""
    return {canonicalize_name(found[1]): found[2] for line in text.splitlines() if (found := PIN.match(line))}


def faults(wanted: list[str], text: str) -> Iterator[str]:
    """Say what a lock lacks or holds too much."""
    locked = pins(text)
    for requirement in map(Requirement, wanted):
        version = locked.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement}: locked is {version or 'nothing'}; run make lock"
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    yield from (f"{block.split()[0]}: no hash" for block in blocks if PIN.match(block) and "--hash=sha256:" not in block)
    if re.search(r"^--|https?://", text, flags=re.MULTILINE):
        yield "an index address or option stands in the lock"


def main() -> int:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run, tools = listed["project"]["dependencies"], listed["dependency-groups"]["dev"]
    wanted = {"requirements.lock": run, "requirements-dev.lock": run + tools}
    found = [f"{name}: {fault}" for name, group in wanted.items() for fault in faults(group, (ROOT / name).read_text(encoding="utf-8"))]
    print(*found, sep="\n", end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
