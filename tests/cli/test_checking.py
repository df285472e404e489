"""`gongjia check`, `explain`, `ask`, `standards`: findings as objects, verdicts in full."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from gongjia.core.check import checks
from gongjia.standards.models import Finding
from tests.city import City

Cli = Callable[..., object]
ROOM = ("ask", "offices.room_over_entitlement", "tier=municipal", "level=division_chief", "division=110000")


def test_check_prints_one_object_a_finding(cli: Cli, demo_city: City):
    ended = cli("check", "--json")
    found = [msgspec.json.decode(line) for line in ended.out.splitlines()]
    assert (ended.code, len(found)) == (1, Finding.objects.current().count())
    assert {each["finding"] for each in found} == set(Finding.objects.values_list("pk", flat=True))
    breach = next(each for each in found if each["outcome"] == "breach" and each["check"].startswith("offices"))
    assert breach["clause"]["document"]
    assert breach["limit"] is not None


def test_check_keeps_to_a_unit_and_to_a_check(cli: Cli, demo_city: City):
    ended = cli("check", "--unit", "SQ", "--check", "vehicles.quota", "--json")
    found = [msgspec.json.decode(line) for line in ended.out.splitlines()]
    assert {each["check"] for each in found} <= {"vehicles.quota"}
    assert all(each["unit"].startswith("SQ") for each in found)


def test_before_the_standards_bound_there_was_no_breach(cli: Cli, demo_city: City):
    ended = cli("check", "--on", "1990-01-01", "--check", "offices.room_over_entitlement", "--json")
    assert (ended.code, ended.out) == (0, "")


def test_a_check_in_words_says_how_much_was_judged(cli: Cli, demo_city: City):
    ended = cli("check")
    assert all(f"[{check.key}]" in ended.out for check in checks)


def test_a_finding_is_explained_in_full(cli: Cli, demo_city: City):
    cli("check", "--check", "offices.room_over_entitlement")
    pk = Finding.objects.filter(outcome="breach").first().pk
    assert "2674" in cli("explain", f"F-{pk}").out
    assert cli("explain", str(pk), "--json").json["arithmetic"]


@pytest.mark.parametrize(("area", "code", "outcome"), [("24", 0, "compliant"), ("24.01", 1, "breach"), ("", 1, "cannot_decide")])
def test_asking_answers_with_verdict_and_code(cli: Cli, area: str, code: int, outcome: str):
    ended = cli(*ROOM, f"area={area}", "--json")
    assert (ended.code, ended.json["outcome"]) == (code, outcome)
    assert ended.json["clause"]["number"] == "发改投资〔2014〕2674号"


def test_asking_of_the_day_before_is_judged_by_the_former_standard(cli: Cli):
    ended = cli(*ROOM, "area=20", "--on", "2014-11-23", "--json")
    assert (ended.json["limit"], ended.json["version"]) == ("12.00", "office_room_area@1999-12-31")


WRONG = [
    ["explain", "F-0"], ["explain", "x"], ["ask", "no.check"], ["ask", "vehicles.price", "price"], ["ask", "vehicles.price", "colour=red"],
    ["ask", "vehicles.price", "price=much"], ["check", "--on", "2026-13-01"], ["check", "--unit", "no"], ["check", "--check", "no.check"],
    ["standards", "show", "no"], ["no-such-command"], ["export", "no.thing"], ["import"],
]  # fmt: skip


@pytest.mark.parametrize("line", WRONG, ids=" ".join)
def test_what_cannot_be_done_is_one_line_on_stderr(cli: Cli, line: list[str]):
    ended = cli(*line)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert len(ended.err) > len("gongjia: ")


def test_the_standards_are_listed_shown_and_sound(cli: Cli):
    assert "office_room_area@2014-11-24" in cli("standards").out
    assert "财资〔2016〕27号" in cli("standards", "show", "equipment").out
    assert (cli("standards", "lint").code, cli("standards", "lint").out) == (0, "")
