"""Static files, and the browser files that the project keeps."""

import subprocess
import sys
from pathlib import Path

from django.templatetags.static import static

from gongjia.config.static import content_hash

ROOT = Path(__file__).resolve().parents[2]


def test_an_address_changes_with_the_content() -> None:
    name = "vendor/htmx-2.0.11.min.js"
    assert static(name) == f"/static/{name}?v={content_hash(name)}"
    assert len(content_hash(name)) == 10


def test_a_missing_file_keeps_its_plain_address() -> None:
    assert static("no/such.css") == "/static/no/such.css"


def test_the_vendored_files_are_those_that_the_manifest_vouches_for() -> None:
    assert subprocess.run([sys.executable, "scripts/vendor.py", "check"], cwd=ROOT, check=False).returncode == 0
