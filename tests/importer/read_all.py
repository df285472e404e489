"""Reads every file named on the command line under one gigabyte of memory and prints how each ended."""

import resource
import sys
import time

from gongjia.importer.errors import Unreadable
from gongjia.importer.headers import find_table
from gongjia.importer.reading import read

GIGABYTE = 1 << 30


def ending(path: str) -> str:
    try:
        table = find_table(read(path))
    except Unreadable as error:
        return f"error {error.code} {error}"
    return f"table {len(table.data)} {len(table.headings)}"


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))
    for path in sys.argv[1:]:
        started = time.monotonic()
        end = ending(path)
        print(path, f"{time.monotonic() - started:.1f}", end, sep="\t", flush=True)  # noqa: T201
