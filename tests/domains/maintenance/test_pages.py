"""The pages of repairs: who sees them, what they do, what they say when it cannot be done."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongjia.core.action import actions, context_for
from gongjia.core.gate import Case
from gongjia.core.models import Attachment
from gongjia.domains.maintenance.comparing import lines
from gongjia.domains.maintenance.gates import judge
from gongjia.domains.maintenance.models import Selection, Ticket
from gongjia.org.models import User
from tests import people
from tests.domains.maintenance.works import TODAY, Works

pytestmark = [pytest.mark.django_db, pytest.mark.data]
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["report", "mine", "board", "choose", "property"])
def test_a_stranger_sees_no_page(works: Works, page: str) -> None:
    assert of(works.town.stranger).get(f"/maintenance/{page}/").status_code == 403


@pytest.mark.parametrize("code", ["http://house/offices/room/{pk}/", "B1-101"])
def test_the_label_at_the_door_says_where(works: Works, code: str) -> None:
    page = told(of(works.employee).get("/maintenance/report/", {"code": code.format(pk=works.room.pk)}))
    assert 'data-testid="spot"' in page
    assert "一号楼101" in page


def test_a_label_of_another_unit_is_not_known(works: Works) -> None:
    foreign = people.user("archivist", "requester", works.town.archive)
    assert 'data-testid="unknown"' in told(of(foreign).get("/maintenance/report/", {"code": "B1-101"}))


def test_a_defect_is_reported_with_its_picture_once(works: Works) -> None:
    client = of(works.employee)
    for _again in range(2):
        photo = SimpleUploadedFile("tap.png", PICTURE, content_type="image/png")
        raw = {"place": works.room.pk, "trade": "water", "urgency": "urgent", "fault": "漏水", "client_key": "k1", "photo": photo}
        assert client.post("/maintenance/report/", raw).status_code == 302
    assert Ticket.objects.count() == Attachment.objects.count() == 1
    picture = f"/maintenance/photo/{Attachment.objects.get().pk}/"
    assert client.get(picture).status_code == 200
    assert of(works.town.stranger).get(picture).status_code == 404


def test_what_was_typed_stays_when_it_cannot_be_taken(works: Works) -> None:
    answer = of(works.employee).post("/maintenance/report/", {"fault": "走廊灯不亮", "trade": "power", "urgency": "ordinary"})
    assert answer.status_code == 422
    assert "走廊灯不亮" in told(answer)
    assert "地点或资产" in told(answer)


def test_from_the_board_to_the_stars(works: Works) -> None:
    ticket = works.report()
    board = of(works.dispatcher)
    assert ticket.fault in told(board.get("/maintenance/board/"))
    board.post(f"/maintenance/ticket/{ticket.pk}/dispatch/step/", {"crew": works.crew.pk})
    worker, employee = of(works.worker), of(works.employee)
    assert 'data-testid="work"' in told(worker.get("/maintenance/mine/"))
    worker.post(f"/maintenance/ticket/{ticket.pk}/accept/step/")
    worker.post(f"/maintenance/ticket/{ticket.pk}/finish/step/", {"work": "换阀芯", "hours": "0.5", "part": "阀芯", "unit_price": "35"})
    assert 'data-testid="rate-5"' in told(employee.get("/maintenance/mine/"))
    employee.post(f"/maintenance/ticket/{ticket.pk}/confirm/step/", {"rating": "5"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.rating, str(ticket.parts_cost)) == ("confirmed", 5, "35.00")


def test_a_step_that_cannot_be_done_is_said(works: Works) -> None:
    ticket = works.report()
    answer = of(works.worker).post(
        f"/maintenance/ticket/{ticket.pk}/finish/step/", {"work": "x", "next": "/maintenance/mine/"}, follow=True
    )
    assert "待派单" in told(answer)
    assert of(works.worker).post(f"/maintenance/ticket/{ticket.pk}/burn/step/").status_code == 404


def test_the_year_is_chosen_pinned_and_accepted(works: Works) -> None:
    small, line = works.reviewed(name="小", estimate="330000", trade="wall"), works.line("1000000")
    works.reviewed(name="大", damage=90, safety=90, estimate="900000", trade="lift")
    client = of(works.dispatcher)
    client.post("/maintenance/choose/run/", {"line": line.pk, "year": "2027"})
    first = Selection.objects.get()
    client.post(f"/maintenance/choose/{first.pk}/mark/", {"project": small.pk, "mark": "pinned"})
    page = told(client.get("/maintenance/choose/", {"year": "2027"}))
    assert 'data-mark="pinned"' in page
    answer = client.post(f"/maintenance/choose/{Selection.objects.latest('pk').pk}/accept/")
    assert "/approvals/request/" in answer["Location"]
    small.refresh_from_db()
    assert small.state == "chosen"


def test_the_page_of_a_project_shows_its_arithmetic_and_flags(works: Works) -> None:
    project = works.reviewed()
    works.apply(name="屋面二期")
    page = told(of(works.dispatcher).get(f"/maintenance/project/{project.pk}/"))
    assert 'data-testid="arithmetic"' in page
    assert 'data-flag="split"' in page
    assert "未知" in page


def contract(works: Works, unit: str, price: str, **more: object) -> None:
    raw = {"number": f"WY-{unit}", "unit": unit, "provider": "物业公司", "place": works.building.pk}
    raw |= {"area": "1000", "yearly_price": price}
    works.do("maintenance.register_contract", works.dispatcher, {**raw, "starts_on": "2026-01-01", "ends_on": "2026-12-31", **more})


def test_property_services_are_held_against_peers_and_evidence(works: Works) -> None:
    works.done()
    for unit, price in (("YC-SW", "60000"), ("YC-DA", "40000"), ("YC", "50000")):
        contract(works, unit, price)
    found = lines(works.dispatcher, TODAY)
    assert [(str(line.price), str(line.peers)) for line in found] == [("60.00", "45.00"), ("50.00", "50.00"), ("40.00", "55.00")]
    assert (found[0].evidence.share, found[0].evidence.finished) == (100, 1)


def test_an_area_of_nothing_is_refused(works: Works) -> None:
    with pytest.raises(Exception, match="应大于 0"):
        contract(works, "YC-SW", "1", area="0")


def test_the_page_of_a_ticket_shows_its_way_and_material(works: Works) -> None:
    page = told(of(works.dispatcher).get(f"/maintenance/ticket/{works.done().pk}/"))
    assert "阀芯" in page
    assert "合计 35 元" in page


def test_a_place_shows_what_is_broken_in_it_and_lets_report(works: Works) -> None:
    ticket = works.report()
    page = told(of(works.dispatcher).get(f"/org/place/{works.building.pk}/"))
    assert ticket.fault in page
    assert f"/maintenance/report/?place={works.building.pk}" in page


def test_an_overdue_ticket_is_on_the_desk(works: Works) -> None:
    ticket = works.report()
    Ticket.objects.update(due_at=ticket.reported_at)
    assert "desk-maintenance-waiting" in told(of(works.dispatcher).get("/"))


def test_the_comparison_names_the_peers_median(works: Works) -> None:
    for unit, price in (("YC-SW", "60000"), ("YC-DA", "40000")):
        contract(works, unit, price, starts_on="2020-01-01", ends_on="2099-12-31")
    page = told(of(works.dispatcher).get("/maintenance/property/"))
    assert 'data-testid="bars"' in page
    assert "+50 %" in page


def test_a_year_without_projects_says_how_to_begin(works: Works) -> None:
    assert "30213" in told(of(works.dispatcher).get("/maintenance/choose/", {"year": "2031"}))


def test_the_gate_shows_the_flags_of_what_is_to_be_approved(works: Works) -> None:
    project, _half = works.reviewed(), works.apply(name="屋面二期")
    act = actions["maintenance.approve_project"]
    rows = [act.input_type(id=project.pk, line=works.line().pk, approved=project.estimate)]
    said = judge(Case(act, context_for(works.dispatcher, on=TODAY, request_key="SQ-1"), rows))
    assert (said.verdict, [flag["key"] for row in said.data["rows"] for flag in row["flags"]]) == ("warning", ["split"])


def test_the_label_on_a_thing_says_where_it_stands(works: Works) -> None:
    raw = {"number": "K1", "unit": "YC-SW", "category": works.town.desktop.pk, "name": "台式计算机", "cost": "4000", "place": works.room.pk}
    card = actions["ledger.register_asset"].run(works.town.clerk, {**raw, "acquired_on": "2024-01-01"})
    client = of(works.employee)
    assert "K1" in told(client.get("/maintenance/report/", {"code": "K1"}))
    client.post("/maintenance/report/", {"asset": card, "trade": "equipment", "urgency": "ordinary", "fault": "开不了机"})
    ticket = Ticket.objects.get()
    assert (ticket.asset_id, ticket.place) == (card, works.room)
