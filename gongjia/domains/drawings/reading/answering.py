"""The process that `apart` starts: answers on stdout, as a pickle, what stdin asks."""

from __future__ import annotations

import os
import pickle
import resource
import sys
from typing import Any

from gongjia.domains.drawings.reading.opening import read_plan
from gongjia.domains.drawings.reading.plan import CannotRead


def main() -> None:
    """Read one drawing within limits; what libraries print goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    path, reading, name, limits = pickle.load(sys.stdin.buffer)  # noqa: S301 - the bytes are our own process's
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    answer: Any
    try:
        answer = read_plan(path, reading, name)
    except CannotRead as refusal:
        answer = {"code": refusal.code, "params": refusal.params}
    except MemoryError:
        answer = {"code": "too_much_memory", "params": {"name": name, "limit": f"{limits.memory >> 30} GB"}}
    pickle.dump(answer, answers)
    answers.close()


if __name__ == "__main__":
    main()
