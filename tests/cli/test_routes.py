"""`gongjia routes`: what is live, and whether a file may be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongjia.approvals.shipping import FOLDER
from tests.approvals.drawing import line, task
from tests.cli.conftest import Ended

pytestmark = pytest.mark.data


def test_the_live_routes_are_listed_with_what_they_serve(cli: Callable[..., Ended]) -> None:
    ended = cli("routes")
    assert ended.code == 0 and "disposal.scrap_asset" in ended.out and "[通用]" in ended.out
    assert ended.out == cli("routes", "list").out


def test_a_sound_file_passes(cli: Callable[..., Ended]) -> None:
    ended = cli("routes", "check", str(FOLDER / "transfer.bpmn"), "--for", "ledger.transfer_asset")
    assert (ended.code, ended.err) == (0, "")


def test_a_fault_is_printed_with_its_element_and_the_command_ends_with_one(cli: Callable[..., Ended], tmp_path: Path) -> None:
    file = tmp_path / "mine.bpmn"
    file.write_text(line(task("head")), encoding="utf-8")
    ended = cli("routes", "check", str(file))
    assert ended.code == 1 and ended.out.startswith("mine.bpmn: head: ")


def test_a_file_that_is_no_route_is_told_in_one_line(cli: Callable[..., Ended], tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("敬启者", encoding="utf-8")
    assert cli("routes", "check", str(file)).code == 1
    assert cli("routes", "check", str(tmp_path / "none.bpmn")).code == 2
