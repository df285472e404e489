#!/usr/bin/env python3
"""Fetch the browser files that vendor.toml names, or check that the tree still holds exactly them."""

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "scripts" / "vendor.toml"
TARGET = ROOT / "gongjia" / "web" / "static" / "vendor"
HASHES = TARGET / "hashes.json"
SOURCE_MAP = re.compile(rb"\n?(/\*|//)# sourceMappingURL=\S+( \*/)?\s*$")

Package = dict[str, Any]


def sha512(content: bytes) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode("ascii")


def download(package: Package) -> bytes:
    """Return the package's archive as the registry serves it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"{package['name']}@{package['version']}"], check=True, cwd=folder)
        return next(Path(folder).glob("*.tgz")).read_bytes()


def verified(package: Package, archive: bytes) -> None:
    """Exit unless the archive is the one whose integrity the manifest records."""
    found = sha512(archive)
    if package["integrity"] != found:
        sys.exit(f"{package['name']} {package['version']}: vendor.toml says “{package['integrity']}”, the registry served {found}")


def symbol(name: str, svg: str) -> str:
    """Turn one icon file into a <symbol>; colour and stroke stay with the page."""
    body = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    inner = re.search(r"<svg[^>]*>(.*)</svg>", body, flags=re.DOTALL)
    shapes = re.sub(r"\s*\n\s*", "", inner[1]) if inner else ""
    shapes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", shapes)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def member(archive: tarfile.TarFile, path: str) -> bytes:
    found = archive.extractfile(f"package/{path}")
    if found is None:
        sys.exit(f"the package holds no file {path}")
    return found.read()


def sprite(names: list[str], archive: tarfile.TarFile) -> str:
    """Draw one file of symbols, in the order of their names."""
    symbols = (symbol(name, member(archive, f"icons/outline/{name}.svg").decode("utf-8")) for name in sorted(set(names)))
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def renamed(package: Package, content: bytes) -> bytes:
    """Let a module import its neighbours under the names by which they are kept."""
    for before, after in package.get("imports", {}).items():
        content = content.replace(f"from '{before}'".encode(), f"from '{after}'".encode())
    return content


def unpack(package: Package, content: bytes) -> None:
    """Write the package's wanted files into the target folder."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for source, name in package["files"].items():
            (TARGET / name).write_bytes(renamed(package, SOURCE_MAP.sub(b"\n", member(archive, source))))
        if "sprite" in package:
            (TARGET / package["sprite"]).write_text(sprite(package["icons"], archive), encoding="utf-8")


def fetch(packages: list[Package]) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for package in packages:
        content = download(package)
        verified(package, content)
        unpack(package, content)
    HASHES.write_text(json.dumps(present(), indent=2, sort_keys=True) + "\n", encoding="utf-8")


def present() -> dict[str, str]:
    """Return the hash of each vendored file in the tree."""
    return {path.name: sha512(path.read_bytes()) for path in sorted(TARGET.iterdir()) if path != HASHES}


def check(packages: list[Package]) -> None:
    """Exit with the names of files that are missing, foreign or altered."""
    wanted = {name for package in packages for name in [*package["files"].values(), package.get("sprite")] if name}
    recorded, found = json.loads(HASHES.read_text(encoding="utf-8")), present()
    wrong = sorted((wanted ^ found.keys()) | {name for name in found if recorded.get(name) != found[name]})
    if wrong:
        sys.exit("vendored files that vendor.toml and hashes.json do not vouch for: " + ", ".join(wrong))


if __name__ == "__main__":
    listed = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["package"]
    {"fetch": fetch, "check": check}[sys.argv[1] if len(sys.argv) > 1 else "check"](listed)
