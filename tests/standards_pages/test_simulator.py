"""The simulator: its numbers are those of a real sweep under that table, and nothing is saved."""

import pytest
from django.http import QueryDict
from django.test import Client

from gongjia.core.files import path_of
from gongjia.core.jobs import run_job
from gongjia.core.models import Job
from gongjia.standards import sweep as sweeping
from gongjia.standards.drafting import Draft, read_draft, run
from gongjia.standards.models import Finding
from gongjia.standards.rulebook.loading import load
from gongjia.standards.sweep import run_sweep
from tests.people import Town
from tests.standards_pages.conftest import ROOMS, text
from tests.standards_sweep.places import person, room

pytestmark = pytest.mark.django_db
PAGE, VERSION = "/standards/simulate/", "office_room_area@2014-11-24"
STAFF = "18.max_m2"
BROKEN = ("breach", "doubt")


@pytest.fixture
def rooms(town: Town) -> None:
    """Rooms of 7, 8.5, 9 and 12 m², one clerk in each."""
    for number, area in enumerate(("7", "8.5", "9", "12")):
        room(f"080{number}", town.water, area, person(f"S{number}", town.water))
    room("0900", town.archive, "8.8", person("SA", town.archive))
    run_sweep(keys=[ROOMS])


def simulated(by: Client, query: str) -> str:
    """Start the simulation of an address, let the worker do it, and return the part of the page that shows it."""
    run_job.func(start(by, query).pk)
    return text(by.get(f"{PAGE}{Job.objects.latest('pk').pk}/", headers={"HX-Request": "true"}))


def start(by: Client, query: str) -> Job:
    by.post(f"{PAGE}run/?version={VERSION}&{query}")
    return Job.objects.get(kind="standards.simulate")


def drafted(number: str) -> Draft:
    version = load().find(VERSION)[1]
    return read_draft(QueryDict(f"a.{STAFF}={number}"), "a", version)


@pytest.mark.parametrize("number", ["6", "8", "8.5", "13"])
def test_a_simulation_finds_what_a_sweep_under_that_table_finds(rooms: None, town: Town, number: str, monkeypatch: pytest.MonkeyPatch):
    made = drafted(number)
    found = run(made, town.inspector, "").simulation
    book = made.book()
    monkeypatch.setattr(sweeping, "load", lambda: book)
    run_sweep(keys=[each.check.key for each in found.compared])
    for each in found.compared:
        swept = Finding.objects.current().filter(check_key=each.check.key, outcome__in=BROKEN)
        assert each.bad(each.after) == swept.count()
        assert each.over_after == sum((row.over for row in swept), 0)


def test_a_simulation_saves_nothing(rooms: None, inspector: Client):
    before = list(Finding.objects.order_by("pk").values())
    simulated(inspector, f"a.{STAFF}=8")
    assert list(Finding.objects.order_by("pk").values()) == before
    assert load().row(VERSION, 18).values["max_m2"].printed == "9"


def test_the_page_says_who_would_change_and_that_nothing_is_saved(rooms: None, inspector: Client):
    assert "这里什么都不改" in text(inspector.get(PAGE))
    said = simulated(inspector, f"a.{STAFF}=8")
    assert "1 号楼 0801" in said
    assert "1 号楼 0800" not in said


def test_two_drafts_stand_side_by_side(rooms: None, inspector: Client):
    said = simulated(inspector, f"a.{STAFF}=8&b.{STAFF}=20")
    assert "草案甲 超出" in said
    assert "草案乙 超出" in said


def test_only_the_units_that_a_person_sees_are_simulated(rooms: None, town: Town):
    found = run(drafted("8"), town.clerk, "")
    assert {unit.name for unit in found.units} == {town.water.name}
    assert found.simulation.worse == 2


def test_a_draft_is_scoped_by_the_chosen_unit(rooms: None, town: Town):
    assert run(drafted("8"), town.inspector, town.archive.path).simulation.worse == 1


def test_a_cell_that_is_no_number_is_named_and_left_out(inspector: Client):
    said = text(inspector.get(f"{PAGE}?version={VERSION}&a.{STAFF}=很多"))
    assert "第 18 行的“很多”不能作数" in said


@pytest.mark.parametrize("place", ["99.max_m2", "x.max_m2", "18.nonsense", "18"])
def test_a_place_that_is_not_in_the_table_is_ignored(place: str):
    version = load().find(VERSION)[1]
    assert not read_draft(QueryDict(f"a.{place}=8"), "a", version).cells


def test_the_changes_are_downloaded_as_csv(rooms: None, inspector: Client):
    assert "下载 CSV" in simulated(inspector, f"a.{STAFF}=8&b.{STAFF}=7.5")
    stored = Job.objects.get().result_file
    lines = path_of(stored).read_text(encoding="utf-8-sig").splitlines()
    assert stored.name.endswith(".csv")
    assert sum("1 号楼 0801" in line for line in lines) == 2
    assert {line[:3] for line in lines[1:]} == {"草案甲", "草案乙"}


def test_while_it_runs_the_page_shows_how_far_it_is(rooms: None, inspector: Client):
    row = start(inspector, f"a.{STAFF}=8")
    Job.objects.filter(pk=row.pk).update(state="running", done=2, total=3, message="办公室超标")
    said = text(inspector.get(f"{PAGE}{row.pk}/", headers={"HX-Request": "true"}))
    assert "已核 2 / 3 项" in said
    assert f'hx-get="{PAGE}{row.pk}/' in said


def test_a_simulation_reports_each_check(rooms: None, inspector: Client):
    simulated(inspector, f"a.{STAFF}=8&b.{STAFF}=20")
    row = Job.objects.get()
    assert (row.state, row.done, row.total) == ("done", row.total, 2 * len(row.result["found"][0]["checks"]))


def test_a_simulation_that_was_stopped_says_so(rooms: None, inspector: Client):
    row = start(inspector, f"a.{STAFF}=8")
    Job.objects.filter(pk=row.pk).update(cancel_requested=True)
    run_job.func(row.pk)
    assert "已按要求停止" in text(inspector.get(f"{PAGE}{row.pk}/"))


def test_the_same_drafts_are_not_judged_twice_at_once(rooms: None, inspector: Client):
    for _turn in range(2):
        start(inspector, f"a.{STAFF}=8")
    assert Job.objects.count() == 1


def test_nobody_sees_the_simulation_of_another(rooms: None, inspector: Client, clerk: Client):
    row = start(inspector, f"a.{STAFF}=8")
    assert clerk.get(f"{PAGE}{row.pk}/").status_code == 404


def test_without_a_change_nothing_is_started(rooms: None, inspector: Client):
    assert inspector.post(f"{PAGE}run/?version={VERSION}").status_code == 302
    assert not Job.objects.exists()


def test_simulating_is_a_right_of_its_own(clerk: Client, stranger: Client):
    for who in (clerk, stranger):
        assert who.get(PAGE).status_code == 403
        assert who.post(f"{PAGE}run/?version={VERSION}&a.{STAFF}=8").status_code == 403
