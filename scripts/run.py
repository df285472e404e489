#!/usr/bin/env python3
"""Serve the demo city: seed it if absent, print its sign-in links, keep web and worker running together until one ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
GONGJIA = str(ROOT / ".venv" / "bin" / "gongjia")
Process = subprocess.Popen[bytes]


def demo_environment() -> dict[str, str]:
    """Return the environment of the demo: a home of its own, so that invented records never meet real ones."""
    return {"GONGJIA_HOME": str(ROOT / "var" / "demo"), **os.environ, "GONGJIA_DEMO": "1"}


def stop(processes: list[Process], patience: float = 10) -> None:
    """Ask all to end, and end those that do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + patience
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def together(commands: list[list[str]], environment: dict[str, str]) -> int:
    """Run the commands side by side; when one ends, or a signal comes, end the others and return its exit code."""
    # In sessions of their own: Ctrl-C reaches this process alone, and each of them is asked once to end.
    processes = [subprocess.Popen(command, env=environment, start_new_session=True) for command in commands]

    def interrupted(number: int, frame: FrameType | None) -> None:
        stop(processes)
        sys.exit(0)

    signal.signal(signal.SIGINT, interrupted)
    signal.signal(signal.SIGTERM, interrupted)
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)
    stop(processes)
    return next((process.returncode for process in processes if process.returncode), 0)


def main() -> int:
    environment = demo_environment()
    if failed := together([[GONGJIA, "demo"]], environment):
        return failed
    return together([[GONGJIA, "serve"], [GONGJIA, "worker"]], environment)


if __name__ == "__main__":
    sys.exit(main())
