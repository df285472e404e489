"""Reading in a process of its own: a hostile or damaged file may hang, crash or ask for all memory; then only that process dies."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from gongjia.domains.drawings.reading.opening import kind_of
from gongjia.domains.drawings.reading.plan import CannotRead, Reading, ReadPlan

CHILD = "gongjia.domains.drawings.reading.answering"


@dataclass(frozen=True)
class Limits:
    """What one reading may use: seconds of computing, and bytes of memory."""

    seconds: int = 180
    memory: int = 6 << 30


def read_apart(path: str | Path, reading: Reading | None = None, name: str = "", limits: Limits | None = None) -> ReadPlan:
    """Read a drawing as `read_plan` does, within limits. Raises CannotRead."""
    limits, path = limits or Limits(), Path(path)
    name = name or path.name
    kind_of(path, name)
    asked = pickle.dumps((str(path), reading, name, limits))
    command = [sys.executable, "-m", CHILD]
    try:
        done = subprocess.run(command, input=asked, capture_output=True, timeout=3 * limits.seconds, check=False)
    except subprocess.TimeoutExpired as late:
        raise CannotRead("too_slow", name=name, seconds=str(limits.seconds)) from late
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise CannotRead("too_slow", name=name, seconds=str(limits.seconds))
    if done.returncode:
        raise CannotRead("broken", name=name, detail=_last_line(done.stderr) or f"exit {done.returncode}")
    answer = pickle.loads(done.stdout)  # noqa: S301 - the bytes are our own process's
    if isinstance(answer, ReadPlan):
        return answer
    raise CannotRead(answer["code"], **answer["params"])


def _last_line(text: bytes) -> str:
    return (text.decode("utf-8", "replace").strip().splitlines() or [""])[-1][:160]
