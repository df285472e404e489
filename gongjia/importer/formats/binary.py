"""XLSX, XLSM, XLS, XLSB and ODS: parsed in a process of its own, taken over as columns."""

import pickle
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any, cast

from gongjia.importer.errors import Unreadable
from gongjia.importer.limits import Limits
from gongjia.importer.sheets import Sheet

SCRIPT = Path(__file__).with_name("isolated.py")


class PlainUnpickler(pickle.Unpickler):
    """Takes plain values and dates from the parsing process, and nothing that could run code."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in {"date", "datetime", "time", "timedelta"}:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def read_binary(path: Path, kind: str, limits: Limits) -> list[Sheet]:
    """Return every worksheet, or raise `Unreadable` within the limits of time and memory."""
    with tempfile.TemporaryDirectory() as folder:
        link = Path(folder) / f"workbook.{kind}"
        link.symlink_to(path.resolve())
        return read_in_child(path.name, link, kind, limits)


def read_in_child(name: str, link: Path, kind: str, limits: Limits) -> list[Sheet]:
    arguments = [str(link), kind, str(limits.cells), str(limits.memory_bytes), str(limits.seconds)]
    with subprocess.Popen([sys.executable, "-I", str(SCRIPT), *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
        answer = cast(IO[bytes], child.stdout)
        clock = threading.Timer(limits.seconds, child.kill)
        clock.start()
        try:
            return receive(answer, name)
        except (EOFError, pickle.UnpicklingError) as error:
            raise death_of(child, clock, name, limits) from error
        finally:
            clock.cancel()
            child.kill()


def death_of(child: "subprocess.Popen[bytes]", clock: threading.Timer, name: str, limits: Limits) -> Unreadable:
    """Say why the parsing process ended without an answer: its time, its memory, or a crash."""
    status = child.wait()
    if clock.finished.is_set() or status == -24:
        return Unreadable("too_slow", name, seconds=limits.seconds)
    if status == -6:
        return Unreadable("too_many_cells", name, cells="?")
    return Unreadable("broken", name, detail=f"reader ended with {status}")


def receive(stream: IO[bytes], name: str) -> list[Sheet]:
    head = receive_one(stream, name)
    return [receive_sheet(stream, name) for _ in range(head["sheets"])]


def receive_sheet(stream: IO[bytes], name: str) -> Sheet:
    head = receive_one(stream, name)
    columns = [PlainUnpickler(stream).load() for _ in range(head["width"])]
    return Sheet(head["name"], columns, head["hidden"], head["merged"], head["trouble"])


def receive_one(stream: IO[bytes], name: str) -> dict[str, Any]:
    answer: dict[str, Any] = PlainUnpickler(stream).load()
    if "failed" in answer:
        raise Unreadable(answer.pop("failed"), name, **answer)
    return answer
