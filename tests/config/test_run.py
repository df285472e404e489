"""The supervisor of `make run`."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.run import demo_environment

ROOT = Path(__file__).resolve().parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_when_one_ends_the_other_is_ended_and_the_code_is_told() -> None:
    began = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-c", f"from scripts.run import together; import sys; sys.exit(together([['false'], {SLEEP!r}], {{}}))"], cwd=ROOT
    ).returncode
    assert code == 1
    assert time.monotonic() - began < 15


def test_a_signal_ends_both() -> None:
    script = f"from scripts.run import together; together([{SLEEP!r}, {SLEEP!r}], {{}})"
    process = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    time.sleep(1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0


def test_the_demo_has_a_home_of_its_own_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GONGJIA_HOME", raising=False)
    assert demo_environment()["GONGJIA_HOME"] == str(ROOT / "var" / "demo")
    monkeypatch.setenv("GONGJIA_HOME", "/srv/city")
    assert demo_environment()["GONGJIA_HOME"] == "/srv/city"
    assert demo_environment()["GONGJIA_DEMO"] == "1"


def test_a_signal_while_the_city_is_built_ends_the_building(tmp_path: Path) -> None:
    slow = tmp_path / "gongjia"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec sleep 60\n")
    slow.chmod(0o700)
    process = subprocess.Popen([sys.executable, "-c", f"from scripts import run; run.GONGJIA = '{slow}'; run.main()"], cwd=ROOT)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
