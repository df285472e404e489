"""kill -9 in the middle of a commit leaves nothing, and the job says so when the worker is started again."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("killed.py")
ROOT = Path(__file__).resolve().parents[2]


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GONGJIA_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "gongjia.config.settings",
        "DATABASE_URL": "",
    }
    return subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, env=environment, cwd=ROOT, timeout=120)


@pytest.mark.slow
def test_a_killed_commit_leaves_all_or_nothing_and_the_job_says_so(tmp_path: Path) -> None:
    killed = run(tmp_path, "commit")
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    told = run(tmp_path, "restart").stdout.split("|")
    assert told[:2] == ["0 cards, 0 entries, 0 audit entries", "lost"]
    assert "没有写入任何记录" in told[2] and told[3].strip() == "previewed"
